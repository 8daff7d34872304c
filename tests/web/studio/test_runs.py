"""Computing in the background: asked once, followed, stopped, told in words, and never over somebody's change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.errors import Impossible
from luukku.network.problem import Progress
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import services, solving
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative, Run
from luukku.web.studio.proof import proof_of
from luukku.web.studio.services.runs import PATIENCE, SILENT, ask_to_stop, compute, latest, start, unattended
from luukku.web.studio.settings import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def easy(plan, planner):
    """The plan, asked for a share that the solver proves in no time."""
    services.set_asked(plan, Asked.of(plan).but(coverage=0.8), version=plan.version, by=planner)
    return plan


def ended(run):
    run.refresh_from_db()
    return run.status


def test_a_computed_network_is_put_into_the_plan_with_its_certificate(transactional_db, easy, planner):
    run = start(easy, by=planner)
    compute(run.pk)
    assert ended(run) == Run.Status.DONE
    easy.refresh_from_db()
    assert easy.certificate["proved"]
    assert easy.certificate["objective"] == len(easy.open_sites)
    assert proof_of(easy).tone == "good"


def test_the_computed_network_is_one_step_and_undone_like_any_other(transactional_db, easy, planner):
    before = easy.open_sites
    compute(start(easy, by=planner).pk)
    easy.refresh_from_db()
    services.undo(easy, version=easy.version, by=planner)
    easy.refresh_from_db()
    assert (easy.open_sites, easy.certificate) == (before, None)


def test_a_plan_changed_by_hand_after_computing_says_so_and_keeps_the_bound(transactional_db, easy, planner):
    compute(start(easy, by=planner).pk)
    easy.refresh_from_db()
    services.set_point(easy, easy.open_sites[0], opened=False, version=easy.version, by=planner)
    proof = proof_of(Alternative.objects.get(pk=easy.pk))
    assert proof.tone == "neutral"
    assert str(round(easy.certificate["bound"])) in proof.sentence


def test_a_certificate_does_not_outlive_its_settings_or_its_data(transactional_db, easy, planner):
    compute(start(easy, by=planner).pk)
    easy.refresh_from_db()
    easy.minutes = 45
    assert proof_of(easy).tone == "attention"
    easy.minutes = 60
    assert proof_of(easy).tone == "good"
    easy.certificate["country"] = "another country"
    assert proof_of(easy).tone == "attention"


def test_shortest_trips_say_for_how_many_people_they_are_longer_than_known(transactional_db, plan, planner):
    services.set_asked(plan, Asked.of(plan).but(objective="best_access", points=40), version=plan.version, by=planner)
    compute(start(plan, by=planner).pk)
    plan.refresh_from_db()
    assert plan.certificate["capped"] > 0
    assert f"{plan.certificate['capped']:,.0f}" in proof_of(plan).sentence.replace("\xa0", ",")
    plan.certificate["capped"] = 0.0
    assert "true value" in proof_of(plan).sentence


def test_a_plan_changed_meanwhile_stays_and_the_result_becomes_a_plan_of_its_own(transactional_db, easy, planner):
    run = start(easy, by=planner)
    services.set_point(easy, "M422", opened=True, version=easy.version, by=planner)
    compute(run.pk)
    run.refresh_from_db()
    easy.refresh_from_db()
    assert easy.certificate is None
    assert run.result != easy
    assert run.result.owner == planner
    assert run.result.certificate["proved"]


def test_only_one_computation_of_a_plan_goes_on_at_a_time(easy, planner):
    start(easy, by=planner)
    with pytest.raises(NotPossible):
        start(easy, by=planner)


def test_what_is_impossible_is_told_with_the_best_possible(transactional_db, plan, planner):
    services.set_asked(plan, Asked.of(plan).but(minutes=5, coverage=1), version=plan.version, by=planner)
    run = start(plan, by=planner)
    compute(run.pk)
    assert ended(run) == Run.Status.IMPOSSIBLE
    assert "%" in run.message


def test_an_objective_with_a_number_of_points_needs_the_number(plan, planner):
    services.set_asked(plan, Asked.of(plan).but(objective="best_access"), version=plan.version, by=planner)
    with pytest.raises(NotPossible):
        start(plan, by=planner)


@pytest.mark.parametrize("objective", ["most_covered", "best_access"])
def test_a_given_number_of_points_is_used(transactional_db, plan, planner, objective):
    asked = Asked.of(plan).but(objective=objective, points=20)
    services.set_asked(plan, asked, version=plan.version, by=planner)
    compute(start(plan, by=planner).pk)
    plan.refresh_from_db()
    assert len(plan.open_sites) == 20


def test_a_stop_keeps_the_best_so_far(transactional_db, easy, planner, monkeypatch):
    run = start(easy, by=planner)

    def slow(alternative, stop):
        stop.tell(Progress(0.1, 70.0, 60.0))
        ask_to_stop(run, by=planner)
        assert stop.asked.wait(10), "the solver hears that it has to stop"
        found = {"objective": 70.0, "bound": 60.0, "gap": 0.14, "stopped_by": "asked", "seconds": 0.2}
        return ["M091"], {**found, "proved": False, "sites": ["M091"], "asked": [], "country": "", "method": ""}

    monkeypatch.setattr(solving, "solve", slow)
    compute(run.pk)
    assert ended(run) == Run.Status.STOPPED
    easy.refresh_from_db()
    assert easy.open_sites == ["M091"]
    assert run.gap == pytest.approx(1 / 7)


def test_progress_is_written_while_the_solver_works(transactional_db, easy, planner, monkeypatch):
    run, seen = start(easy, by=planner), []

    def slow(alternative, stop):
        stop.tell(Progress(0.1, 70.0, 60.0))
        for _ in range(100):
            run.refresh_from_db()
            if run.value is not None:
                break
            stop.asked.wait(0.1)
        seen.append((run.status, run.value, run.bound))
        raise Impossible("at most 1 %")

    monkeypatch.setattr(solving, "solve", slow)
    compute(run.pk)
    assert seen == [("running", 70.0, 60.0)]


def test_a_run_that_waits_is_called_off_before_it_begins(easy, planner):
    run = start(easy, by=planner)
    ask_to_stop(run, by=planner)
    compute(run.pk)
    assert ended(run) == Run.Status.STOPPED
    easy.refresh_from_db()
    assert easy.certificate is None


def test_a_run_that_was_cut_off_is_told_and_a_new_one_can_start(easy, planner):
    run = start(easy, by=planner)
    gone = timezone.now() - SILENT - timedelta(seconds=1)
    Run.objects.filter(pk=run.pk).update(status=Run.Status.RUNNING, heard_at=gone)
    assert latest(easy).status == Run.Status.FAILED
    start(easy, by=planner)


def test_a_run_that_no_worker_takes_says_so_on_the_page(easy, planner, planner_client):
    run = start(easy, by=planner)
    assert not unattended(run), "a worker may still be about to take it"
    Run.objects.filter(pk=run.pk).update(asked_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    assert "no background worker" in planner_client.get(f"/en/studio/{easy.pk}/").content.decode()


def test_a_run_that_waits_for_its_turn_is_not_said_to_be_without_a_worker(easy, planner):
    run, before = start(easy, by=planner), services.copy(easy, by=planner)
    run.asked_at = timezone.now() - PATIENCE - timedelta(seconds=1)
    assert unattended(run)
    Run.objects.create(alternative=before, version=before.version, status=Run.Status.RUNNING)
    assert not unattended(run)


def test_an_accident_is_told_in_words_and_the_plan_is_as_it_was(transactional_db, easy, planner, monkeypatch):
    def broken(alternative, stop):
        raise ZeroDivisionError

    monkeypatch.setattr(solving, "solve", broken)
    run, before = start(easy, by=planner), easy.open_sites
    with pytest.raises(ZeroDivisionError):
        compute(run.pk)
    assert ended(run) == Run.Status.FAILED
    assert len(run.message) > 10
    easy.refresh_from_db()
    assert easy.open_sites == before


def test_nobody_starts_a_computation_of_a_plan_of_somebody_else(plan, colleague):
    with pytest.raises(NotAllowed):
        start(plan, by=colleague)


def test_a_region_counts_its_own_points_and_its_neighbours_serve(transactional_db, planner):
    asked = Asked(region="12", coverage=0.9)
    plan = services.create("Pohjois-Karjala", by=planner, asked=asked)
    compute(start(plan, by=planner).pk)
    plan.refresh_from_db()
    from luukku.web.studio import picture

    seen = picture.of(plan)
    tiers = {point.tier for point in seen.points}
    own = [point for point in seen.points if point.tier != "neighbour"]
    assert "neighbour" in tiers
    assert plan.certificate["objective"] == len(own)
    assert sum(point.near for point in seen.points) < 200_000, "only the region's own people are counted"


def test_the_demo_is_made_once(planner):
    made = services.make_demo(planner)
    assert {plan.pk for plan in services.make_demo(planner)} == {plan.pk for plan in made}
    assert proof_of(made[0]).tone == "good"
    assert len(made) == 3
