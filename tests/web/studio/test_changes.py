"""Changing an alternative step by step: points, settings, undo, redo, and two people at once."""

from __future__ import annotations

import threading

import pytest

from luukku.errors import UnknownPlace
from luukku.web.accounts.models import AuditEvent
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import services
from luukku.web.studio.errors import NotPossible, Stale
from luukku.web.studio.models import Alternative
from luukku.web.studio.settings import Asked, WrongSettings

pytestmark = pytest.mark.django_db


def fresh(plan):
    return Alternative.objects.get(pk=plan.pk)


def test_a_point_that_is_opened_is_open_and_a_step_of_the_history(plan, planner):
    services.set_point(plan, "M422", opened=True, version=1, by=planner)
    assert "M422" in fresh(plan).open_sites
    assert [(change.kind, change.site) for change in plan.changes.all()] == [("open", "M422")]


def test_a_point_that_is_closed_can_be_brought_back_by_undo_and_closed_again_by_redo(plan, planner):
    services.set_point(plan, "M167", opened=False, version=1, by=planner)
    assert "M167" not in fresh(plan).open_sites
    services.undo(plan, version=plan.version, by=planner)
    assert "M167" in fresh(plan).open_sites
    services.redo(plan, version=plan.version, by=planner)
    assert "M167" not in fresh(plan).open_sites


def test_a_change_after_undo_forgets_what_could_have_been_redone(plan, planner):
    services.set_point(plan, "M422", opened=True, version=1, by=planner)
    services.undo(plan, version=plan.version, by=planner)
    services.set_point(plan, "M541", opened=True, version=plan.version, by=planner)
    with pytest.raises(NotPossible):
        services.redo(plan, version=plan.version, by=planner)
    assert "M541" in fresh(plan).open_sites
    assert "M422" not in fresh(plan).open_sites


def test_undo_at_the_beginning_says_that_there_is_nothing_to_undo(plan, planner):
    with pytest.raises(NotPossible):
        services.undo(plan, version=1, by=planner)
    assert fresh(plan).version == 1, "a refused undo takes no version"


def test_opening_what_is_open_is_no_step(plan, planner):
    services.set_point(plan, "M091", opened=True, version=1, by=planner)
    assert fresh(plan).step == 0


def test_settings_are_undone_too(plan, planner):
    services.set_asked(plan, Asked.of(plan).but(minutes=45, scenario="fast"), version=1, by=planner)
    assert (fresh(plan).minutes, fresh(plan).scenario) == (45, "fast")
    services.undo(plan, version=plan.version, by=planner)
    assert (fresh(plan).minutes, fresh(plan).scenario) == (60, "assumed")


def test_a_point_marked_always_open_is_opened_and_cannot_be_closed(plan, planner):
    services.mark(plan, "M422", "fixed", version=1, by=planner)
    assert "M422" in fresh(plan).open_sites
    with pytest.raises(NotPossible):
        services.set_point(plan, "M422", opened=False, version=plan.version, by=planner)


def test_a_place_marked_never_a_point_is_closed_and_cannot_be_opened(plan, planner):
    services.mark(plan, "M091", "forbidden", version=1, by=planner)
    assert "M091" not in fresh(plan).open_sites
    with pytest.raises(NotPossible):
        services.set_point(plan, "M091", opened=True, version=plan.version, by=planner)


def test_a_place_that_nobody_knows_is_refused_and_nothing_changes(plan, planner):
    with pytest.raises(UnknownPlace, match="M999"):
        services.set_point(plan, "M999", opened=True, version=1, by=planner)
    assert fresh(plan).version == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 121}, "minutes"),
        ({"minutes": float("nan")}, "minutes"),
        ({"base": -1}, "base"),
        ({"coverage": 0}, "coverage"),
        ({"coverage": 1.01}, "coverage"),
        ({"points": 0}, "points"),
        ({"scenario": "none"}, "scenario"),
        ({"objective": "cheapest"}, "objective"),
        ({"region": "99"}, "region"),
        ({"fixed": ("M999",)}, "fixed"),
        ({"fixed": ("M091",), "forbidden": ("M091",)}, "forbidden"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_field(changed, field):
    with pytest.raises(WrongSettings) as refused:
        Asked().but(**changed)
    assert list(refused.value.faults) == [field]


def test_all_wrong_settings_are_told_at_once():
    with pytest.raises(WrongSettings) as refused:
        Asked().but(minutes=0, base=-1, coverage=2)
    assert set(refused.value.faults) == {"minutes", "base", "coverage"}


def test_the_second_of_two_changes_on_one_version_is_told_who_was_faster(plan, planner, colleague):
    services.let_in(plan, colleague.email, by=planner)
    services.set_point(plan, "M422", opened=True, version=1, by=planner)
    with pytest.raises(Stale, match="planner") as refused:
        services.set_point(Alternative.objects.get(pk=plan.pk), "M541", opened=True, version=1, by=colleague)
    assert refused.value.alternative.version == 2
    assert "M541" not in fresh(plan).open_sites


def test_of_two_changes_at_the_same_instant_exactly_one_is_made(transactional_db, plan, planner):
    start, outcomes = threading.Barrier(2), []

    def change(site: str) -> None:
        from django.db import connection

        try:
            mine = Alternative.objects.get(pk=plan.pk)
            start.wait()
            services.set_point(mine, site, opened=True, version=1, by=planner)
            outcomes.append(site)
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(site,)) for site in ("M422", "M541")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = [site for site in outcomes if site != "stale"]
    assert len(outcomes) == 2
    assert len(made) == 1
    assert fresh(plan).version == 2
    assert {"M422", "M541"} & set(fresh(plan).open_sites) == set(made)


def test_changes_are_in_the_audit_trail(plan, planner):
    services.set_point(plan, "M422", opened=True, version=1, by=planner)
    services.undo(plan, version=plan.version, by=planner)
    actions = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["studio.created", "studio.open", "studio.undone"]


def test_a_reader_and_a_stranger_may_not_change_a_plan(plan, reader, colleague):
    for person in (reader, colleague):
        with pytest.raises(NotAllowed):
            services.set_point(plan, "M422", opened=True, version=1, by=person)


def test_a_regional_planner_keeps_within_the_region(make_user):
    person = make_user("regional planner", region="12")
    with pytest.raises(NotAllowed):
        services.create("Koko maa", by=person)
    plan = services.create("Pohjois-Karjala", by=person, asked=Asked(region="12"))
    with pytest.raises(NotAllowed):
        services.set_asked(plan, Asked.of(plan).but(region=""), version=1, by=person)
    services.set_point(plan, "M167", opened=True, version=1, by=person)
    assert fresh(plan).open_sites == ["M167"]
