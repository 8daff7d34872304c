"""The studio's interface for scripts: changes, refusals in words, and whom it serves."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luukku.web.studio import services
from luukku.web.studio.models import Alternative

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(planner_client, plan):
    """Posts a change of the plan as the planner."""

    def post(verb, **body):
        address = reverse("studio:api:api-root") + f"plans/{plan.pk}/{verb}"
        return planner_client.post(address, body, content_type="application/json")

    return post


def covered(picture):
    return next(figure["value"] for figure in picture["figures"] if figure["key"] == "within")


def test_closing_a_point_answers_with_everything_that_follows(ask):
    before = ask("undo", version=1).json()
    assert "message" in before, "nothing to undo yet"
    opened = ask("point", site="M205", open=True, version=1).json()
    closed = ask("point", site="M205", open=False, version=2).json()
    assert covered(closed) < covered(opened), "Kajaani serves people whom nobody else reaches"
    assert closed["version"] == 3
    assert closed["canUndo"]


def test_the_shading_and_the_catchments_follow(ask):
    opened = ask("point", site="M205", open=True, version=1).json()
    closed = ask("point", site="M205", open=False, version=2).json()
    (kajaani,) = set(opened["open"]) - set(closed["open"])
    catchment = [area for area, site in enumerate(opened["nearest"]) if site == kajaani]
    assert catchment
    assert kajaani not in closed["nearest"]
    for area in catchment:
        assert closed["tenths"][area] == -1 or closed["tenths"][area] >= opened["tenths"][area]


def test_a_change_on_an_old_version_is_refused_with_the_newest_version(ask):
    ask("point", site="M205", open=True, version=1)
    response = ask("point", site="M422", open=True, version=1)
    assert response.status_code == 409
    assert response.json()["version"] == 2
    assert response.json()["message"]


def test_the_refused_change_can_be_kept_as_a_plan_of_its_own(ask, plan):
    response = ask("copy", open=plan.open_sites, site="M422", opened=True)
    made = Alternative.objects.exclude(pk=plan.pk).get(kind="plan")
    assert response.json()["address"] == reverse("studio:plan", args=[made.pk])
    assert set(made.open_sites) == {*plan.open_sites, "M422"}


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("point", {"site": "M205", "open": True}, 422),
        ("point", {"site": "M205", "open": "perhaps", "version": 1}, 422),
        ("point", {"site": "M205", "open": True, "version": 1, "more": 1}, 422),
        ("point", {"site": "M" * 100, "open": True, "version": 1}, 422),
        ("point", {"site": "M999", "open": True, "version": 1}, 400),
        ("settings", {"minutes": 500, "version": 1}, 422),
        ("settings", {"minutes": "long", "version": 1}, 422),
        ("settings", {"region": "99", "version": 1}, 422),
        ("mark", {"site": "M205", "mark": "perhaps", "version": 1}, 422),
        ("redo", {"version": 1}, 400),
    ],
)
def test_wrong_input_is_refused_in_words(ask, plan, verb, body, status):
    response = ask(verb, **body)
    assert response.status_code == status
    assert len(response.json()["message"]) > 10
    plan.refresh_from_db()
    assert plan.version == 1


def test_wrong_settings_are_told_by_field(ask):
    assert set(ask("settings", minutes=500, coverage=2, version=1).json()["faults"]) == {"minutes", "coverage"}


def test_settings_change_the_figures_at_once(ask):
    first = ask("settings", minutes=60, scenario="slow", version=1).json()
    second = ask("settings", minutes=30, version=first["version"]).json()
    assert covered(second) < covered(first)
    assert second["classes"] == [7.5, 15, 30, 45]
    assert second["settings"]["scenario"] == "slow"


def test_what_a_new_point_would_do_is_what_it_does(ask, planner_client, plan):
    address = reverse("studio:api:api-root") + f"plans/{plan.pk}/sites/M205"
    promised = planner_client.get(address).json()
    before = ask("settings", minutes=60, version=1).json()
    after = ask("point", site="M205", open=True, version=before["version"]).json()
    over = [next(f["value"] for f in picture["figures"] if f["key"] == "over") for picture in (before, after)]
    point = next(point for point in after["points"] if point["site"] == promised["site"])
    assert over[0] - over[1] == pytest.approx(promised["gained"])
    assert (point["near"], point["within"]) == pytest.approx((promised["near"], promised["within"]))


def test_nobody_but_the_planner_and_the_let_in_are_served(client, plan, planner, colleague, reader):
    address = reverse("studio:api:api-root") + f"plans/{plan.pk}/"
    body = {"site": "M205", "open": True, "version": 1}
    assert client.get(address + "picture").status_code == 401
    for person in (colleague, reader):
        client.force_login(person)
        assert client.get(address + "picture").status_code == 403
        assert client.post(address + "point", body, content_type="application/json").status_code == 403
    services.let_in(plan, colleague.email, by=planner)
    client.force_login(colleague)
    assert client.post(address + "point", body, content_type="application/json").status_code == 200


def test_a_change_without_the_page_s_token_is_refused(plan, planner):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(planner)
    address = reverse("studio:api:api-root") + f"plans/{plan.pk}/point"
    body = {"site": "M205", "open": True, "version": 1}
    assert strict.post(address, body, content_type="application/json").status_code == 403
    plan.refresh_from_db()
    assert plan.version == 1


def test_a_click_asks_the_database_a_bounded_number_of_times(ask, django_assert_max_num_queries):
    ask("point", site="M205", open=True, version=1)
    with django_assert_max_num_queries(16):
        ask("point", site="M205", open=False, version=2)


def test_another_plan_is_compared_by_this_plan_s_area_and_criteria(planner_client, plan):
    address = reverse("studio:api:api-root") + f"plans/{plan.pk}/compared"
    seen = {"region": "12", "minutes": 30, "base": 5000, "scenario": "slow"}
    compared = planner_client.get(address, seen).json()
    assert compared["settings"]["minutes"] == 30
    assert sum(point["near"] for point in compared["points"]) < 200_000, "only North Karelia's people"
    assert planner_client.get(address, {**seen, "minutes": 500}).status_code == 422
    plan.refresh_from_db()
    assert plan.minutes == 60
