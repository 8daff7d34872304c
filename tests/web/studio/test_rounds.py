"""Rounds of service vehicles: computed in the background, shown while they hold, the same on the map and in the table."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from luukku.errors import Impossible
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import services
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Rounds
from luukku.web.studio.rounds import clock, named, trips_of
from luukku.web.studio.services import rounds as computing
from luukku.web.studio.services.rounds import ask, compute, key_of, latest, unattended

pytestmark = pytest.mark.django_db


@pytest.fixture
def kainuu(planner):
    """A small plan, whose rounds take little time."""
    from luukku.web.studio.settings import Asked

    asked = Asked().but(region="18", minutes=45.0)
    return services.create("Kainuu", by=planner, asked=asked, open_sites=["M205"])


@pytest.fixture
def made(kainuu, planner):
    """The plan's rounds, computed."""
    rounds = ask(kainuu, by=planner)
    compute(rounds.pk, rounds.key)
    rounds.refresh_from_db()
    return rounds


def part(client, plan, **asked):
    return client.get(reverse("studio:rounds", args=[plan.pk]), asked, headers={"HX-Request": "true"}).content.decode()


def test_rounds_serve_the_people_over_the_limit_from_stops_and_homes_that_are_named(made):
    told = made.told

    assert made.status == Rounds.Status.DONE
    assert told["reached"] > 0
    assert {call["stop"] for each in told["rounds"] for call in each["calls"]} <= {s["code"] for s in told["stops"]}
    assert len(trips_of(told)) == len(told["rounds"])


def test_the_map_and_the_tables_tell_the_same_stops_and_rounds(planner_client, kainuu, made):
    page = part(planner_client, kainuu)
    drawn = json.loads(html.unescape(re.search(r'data-map="([^"]*)"', page)[1]))["features"]
    stops = {each["properties"]["name"] for each in drawn if each["properties"]["what"] == "stop"}
    lines = [each for each in drawn if each["properties"]["what"] == "round"]

    assert stops == {stop["name"] for stop in made.told["stops"]}
    assert all(name in page for name in stops)
    assert len(lines) == page.count("rounds-number")
    assert "not proved best" in page
    cost = made.told["cost"]
    assert cost["total"] == cost["vehicles"] + cost["driving"] + cost["staff"] > 0
    assert f"The rounds cost {round(cost['total'] / 100):,} euros a year" in page


def test_rounds_of_another_state_of_the_plan_are_not_shown_and_undo_brings_them_back(
    planner_client, planner, kainuu, made
):
    services.set_point(kainuu, "M290", opened=True, version=kainuu.version, by=planner)
    assert "another state of the plan" in part(planner_client, kainuu)
    assert "rounds-data" not in part(planner_client, kainuu)

    services.undo(kainuu, version=kainuu.version, by=planner)
    assert "rounds-data" in part(planner_client, kainuu)


def test_a_plan_is_computed_by_one_at_a_time(kainuu, planner):
    ask(kainuu, by=planner)

    with pytest.raises(NotPossible, match="already"):
        ask(kainuu, by=planner)


def test_a_plan_that_changed_before_its_turn_is_not_computed_for_nothing(kainuu, planner):
    rounds = ask(kainuu, by=planner)
    services.set_point(kainuu, "M290", opened=True, version=kainuu.version, by=planner)
    compute(rounds.pk, rounds.key)
    rounds.refresh_from_db()

    assert (rounds.status, rounds.told) == (Rounds.Status.FAILED, None)
    assert "changed" in rounds.message


def test_a_plan_without_points_is_refused_with_the_reason(planner):
    empty = services.create("Tyhjä", by=planner)

    with pytest.raises(NotPossible, match="Open a point first"):
        ask(empty, by=planner)


def test_what_is_impossible_is_told_and_can_be_asked_again(planner_client, kainuu, planner, monkeypatch):
    def impossible(_alternative):
        raise Impossible("no stop comes near anybody")

    monkeypatch.setattr(computing, "_made", impossible)
    rounds = ask(kainuu, by=planner)
    compute(rounds.pk, rounds.key)

    assert "no stop comes near anybody" in part(planner_client, kainuu)
    assert ask(kainuu, by=planner).status == Rounds.Status.WAITING


def test_rounds_that_were_cut_off_are_told_as_failed_and_those_nobody_takes_as_waiting_in_vain(kainuu, planner):
    rounds = ask(kainuu, by=planner)
    long_ago = timezone.now() - timedelta(minutes=10)
    Rounds.objects.update(heard_at=long_ago)
    assert unattended(latest(kainuu))
    Rounds.objects.update(status=Rounds.Status.RUNNING, heard_at=long_ago)

    assert latest(kainuu).status == Rounds.Status.FAILED
    assert ask(kainuu, by=planner).pk == rounds.pk


def test_only_those_who_may_change_a_plan_ask_and_all_who_may_see_it_look(client, kainuu, made, planner, reader):
    with pytest.raises(NotAllowed):
        ask(kainuu, by=reader)
    token = services.share(kainuu, by=planner)

    page = part(client, kainuu, token=token)
    assert "rounds-data" in page
    assert "<form" not in page


def test_the_file_has_a_row_for_every_call(planner_client, kainuu, made):
    with translation.override("fi"):
        response = planner_client.get(reverse("studio:rounds_file", args=[kainuu.pk]))
    lines = response.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + sum(len(each["calls"]) for each in made.told["rounds"])


def test_two_stops_of_one_name_are_told_apart(kainuu, made):
    first, second = ({"code": code, "name": "Kylä"} for code in ("A00001", "A00002"))
    told = made.told | {"stops": [first, second, {"code": "A00003", "name": "Saari"}]}
    assert [stop["name"] for stop in named(told, kainuu)["stops"]] == ["Kylä 00001", "Kylä 00002", "Saari"]


def test_places_are_called_as_the_language_calls_them(planner_client, kainuu, made):
    address = reverse("studio:rounds", args=[kainuu.pk])
    swedish = planner_client.get(address.replace("/en/", "/sv/"), headers={"HX-Request": "true"}).content.decode()

    assert "Kajana" in swedish
    assert "Kajaani" not in swedish


def test_times_of_day_are_written_as_the_language_does():
    with translation.override("fi"):
        assert clock(555) == "9.15"
    with translation.override("en"):
        assert clock(555) == "9:15"


def test_what_rounds_rest_on_is_the_same_after_undo_and_other_with_other_points(kainuu, planner):
    before = key_of(kainuu)
    services.set_point(kainuu, "M290", opened=True, version=kainuu.version, by=planner)
    assert key_of(kainuu) != before
    services.undo(kainuu, version=kainuu.version, by=planner)
    assert key_of(kainuu) == before
