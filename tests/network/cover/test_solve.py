"""Covering: fewest points for a share, most people with so many points."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, covered, keeps_to, small_problems
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import most_covered
from luukku.network.problem import Problem, Progress, Stop

CLOSE = 1e-6


@settings(max_examples=300, deadline=None)
@given(small_problems(), st.sampled_from([5.0, 10.0, 20.0]), st.sampled_from([0.0, 0.3, 0.5, 0.9, 0.995, 1.0]))
def test_the_fewest_points_equal_brute_force(problem, within, share):
    need = share * problem.people.sum() * (1 - 1e-9)
    good = [len(points) for points in choices(problem) if covered(problem, points, within) >= need - 1e-9]
    if not good:
        with pytest.raises(Impossible):
            fewest_points(problem, within=within, share=share)
        return
    solution = fewest_points(problem, within=within, share=share)
    assert solution.proved
    assert solution.objective == solution.bound == len(solution.sites) == min(good)
    assert keeps_to(problem, solution.sites)
    assert covered(problem, solution.sites, within) >= need - 1e-6


@settings(max_examples=300, deadline=None)
@given(small_problems(), st.data(), st.sampled_from([5.0, 10.0, 20.0]), st.sampled_from([0.3, 0.9, 1.0]))
def test_the_fewest_points_with_at_most_one_of_each_group_equal_brute_force(problem, data, within, share):
    sites = st.frozensets(st.integers(0, problem.times.sites - 1), min_size=2)
    drawn = data.draw(st.lists(sites, max_size=3)) if problem.times.sites > 1 else []
    groups = tuple(group for group in drawn if len(group & problem.fixed) <= 1)
    grouped = replace(problem, groups=groups)
    need = share * problem.people.sum() * (1 - 1e-9)
    good = [
        len(points)
        for points in choices(problem)
        if covered(problem, points, within) >= need - 1e-9 and all(len(group & set(points)) <= 1 for group in groups)
    ]
    if not good:
        with pytest.raises(Impossible):
            fewest_points(grouped, within=within, share=share)
        return
    solution = fewest_points(grouped, within=within, share=share)
    assert solution.proved
    assert solution.objective == solution.bound == len(solution.sites) == min(good)
    assert keeps_to(problem, solution.sites)
    assert all(len(group & set(solution.sites)) <= 1 for group in groups)
    assert covered(problem, solution.sites, within) >= need - 1e-6


@settings(max_examples=300, deadline=None)
@given(small_problems(), st.sampled_from([5.0, 10.0, 20.0]), st.integers(0, 7))
def test_the_most_people_covered_equal_brute_force(problem, within, points):
    sized = [choice for choice in choices(problem) if len(choice) == points]
    if not sized:
        with pytest.raises(Impossible):
            most_covered(problem, within=within, points=points)
        return
    best = max(covered(problem, choice, within) for choice in sized)
    solution = most_covered(problem, within=within, points=points)
    assert solution.proved
    assert len(solution.sites) == points
    assert keeps_to(problem, solution.sites)
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    assert covered(problem, solution.sites, within) == pytest.approx(best, rel=CLOSE, abs=CLOSE)


@pytest.fixture
def scattered_towns() -> Problem:
    """Four hundred cells and 120 candidates, large enough that neither reduction nor swaps alone settle it."""
    people = np.random.default_rng(7).lognormal(6, 1, 400).round()
    return Problem(people, scattered(400, 120, seed=7))


@pytest.mark.parametrize("share", [0.9, 0.97, 1.0])
def test_a_plan_of_hundreds_of_cells_is_proved_and_its_cover_holds(scattered_towns, share):
    best = 1.0 if share < 1 else covered(scattered_towns, tuple(range(120)), 30.0) / scattered_towns.people.sum()
    solution = fewest_points(scattered_towns, within=30.0, share=min(share, best))
    assert solution.proved
    assert covered(scattered_towns, solution.sites, 30.0) >= min(share, best) * scattered_towns.people.sum() - 1e-3
    one_fewer = most_covered(scattered_towns, within=30.0, points=len(solution.sites) - 1)
    assert one_fewer.bound < min(share, best) * scattered_towns.people.sum()  # so that one point fewer cannot do it


def test_equal_input_gives_equal_answers(scattered_towns):
    first = fewest_points(scattered_towns, within=30.0, share=0.95)
    second = fewest_points(scattered_towns, within=30.0, share=0.95)
    assert (first.sites, first.bound) == (second.sites, second.bound)
    assert (
        most_covered(scattered_towns, within=30.0, points=12).sites
        == most_covered(scattered_towns, within=30.0, points=12).sites
    )


def test_progress_only_ever_gets_better(scattered_towns):
    heard: list[Progress] = []
    fewest_points(scattered_towns, within=30.0, share=0.97, stop=Stop(tell=heard.append))
    values = [step.value for step in heard if step.value is not None]
    bounds = [step.bound for step in heard if step.bound is not None]
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert bounds[-1] == values[-1]
    heard.clear()
    most_covered(scattered_towns, within=30.0, points=12, stop=Stop(tell=heard.append))
    values = [step.value for step in heard if step.value is not None]
    bounds = [step.bound for step in heard if step.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)


def test_with_no_time_the_answer_is_sound_and_says_that_it_is_not_proved(scattered_towns):
    solution = fewest_points(scattered_towns, within=30.0, share=0.97, stop=Stop(seconds=0.0))
    assert solution.stopped_by == "time"
    assert not solution.proved
    assert solution.bound < solution.objective == len(solution.sites)
    assert covered(scattered_towns, solution.sites, 30.0) >= 0.97 * scattered_towns.people.sum()
    assert most_covered(scattered_towns, within=30.0, points=12, stop=Stop(seconds=0.0)).stopped_by == "time"


def test_a_solver_asked_to_stop_gives_its_best_so_far(scattered_towns):
    asked = threading.Event()
    asked.set()
    assert fewest_points(scattered_towns, within=30.0, share=0.97, stop=Stop(asked=asked)).stopped_by == "asked"
    assert most_covered(scattered_towns, within=30.0, points=12, stop=Stop(asked=asked)).stopped_by == "asked"


def test_a_choice_known_to_be_good_is_a_start_and_what_the_limits_forbid_of_it_is_left_out(scattered_towns):
    best = most_covered(scattered_towns, within=60.0, points=6)
    hasty = most_covered(scattered_towns, within=60.0, points=6, start=best.sites, stop=Stop(seconds=0.0))
    assert hasty.objective == best.objective
    fewer = most_covered(scattered_towns, within=60.0, points=3, start=best.sites)
    assert fewer == replace(
        most_covered(scattered_towns, within=60.0, points=3), seconds=fewer.seconds, sites=fewer.sites
    )


def test_a_gap_that_is_good_enough_ends_the_search(scattered_towns):
    solution = fewest_points(scattered_towns, within=30.0, share=0.97, stop=Stop(gap=0.9))
    assert solution.stopped_by in {"gap", "proved"}
    assert solution.gap <= 0.9


def test_a_coverage_that_no_candidates_reach_names_the_best_share():
    problem = Problem(np.array([90.0, 10.0]), matrix([[5.0, None]]))
    with pytest.raises(Impossible, match=r"99\.0000% .* best possible is 90\.0000%"):
        fewest_points(problem, within=60.0, share=0.99)


def test_more_points_than_places_names_the_most_possible(line):
    with pytest.raises(Impossible, match="most possible is 5"):
        most_covered(Problem(np.ones(5), line), within=60.0, points=6)


def test_fewer_points_than_are_fixed_names_the_fewest_possible(line):
    with pytest.raises(Impossible, match="fewest possible is 2"):
        most_covered(Problem(np.ones(5), line, open=frozenset({0, 1})), within=60.0, points=1)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_0_and_1_is_refused(line, share):
    with pytest.raises(Contradiction, match="between 0 and 1"):
        fewest_points(Problem(np.ones(5), line), within=10.0, share=share)


@pytest.mark.parametrize("within", [0.0, -5.0, 121.0, float("nan")])
def test_a_limit_beyond_the_travel_times_is_refused(line, within):
    with pytest.raises(Contradiction, match="known from 0 to 120"):
        fewest_points(Problem(np.ones(5), line), within=within)


def test_no_cells_and_no_people_need_no_points(line):
    assert fewest_points(Problem(np.zeros(0), matrix([[]])), within=10.0).sites == ()
    assert fewest_points(Problem(np.zeros(5), line), within=10.0).sites == ()


def test_a_neighbours_point_spares_one_of_our_own(line):
    alone = fewest_points(Problem(np.ones(5), line), within=10.0)
    helped = fewest_points(Problem(np.ones(5), line, open=frozenset({0}), free=frozenset({0})), within=10.0)
    assert alone.objective == 2
    assert helped.objective == 1
    assert 0 not in helped.sites


def test_a_site_that_its_group_may_bar_does_not_drive_out_the_one_that_may_take_its_place():
    # Sites 0 and 1 are alternatives; site 2 covers less than site 0, but must do when site 1 is needed.
    times = matrix([[5.0, 5.0, None], [None, None, 5.0], [5.0, 5.0, None], [None, 5.0, None]])
    problem = Problem(np.ones(3), times, groups=(frozenset({0, 1}),))
    assert fewest_points(problem, within=10.0).sites == (1, 2)


def test_groups_that_leave_no_choice_are_told():
    times = matrix([[5.0, None], [None, 5.0]])
    with pytest.raises(Impossible, match="at most one site of each group: no choice reaches"):
        fewest_points(Problem(np.ones(2), times, groups=(frozenset({0, 1}),)), within=10.0)


@pytest.mark.parametrize("share", [0.9, 0.97])
def test_a_large_cover_with_groups_is_proved_and_keeps_to_them(scattered_towns, share):
    groups = tuple(frozenset({first, first + 1}) for first in range(0, 120, 2))
    free = fewest_points(scattered_towns, within=30.0, share=share)
    solution = fewest_points(replace(scattered_towns, groups=groups), within=30.0, share=share)
    assert solution.proved
    assert solution.objective >= free.objective
    assert all(len(group & set(solution.sites)) <= 1 for group in groups)
    assert covered(scattered_towns, solution.sites, 30.0) >= share * scattered_towns.people.sum() - 1e-3


def test_a_long_search_stops_when_it_is_asked_from_another_thread():
    problem = Problem(np.random.default_rng(9).lognormal(6, 1, 1500).round(), scattered(1500, 500, seed=9))
    asked = threading.Event()
    threading.Timer(1.0, asked.set).start()
    begun = time.perf_counter()
    solution = fewest_points(problem, within=25.0, share=0.985, stop=Stop(seconds=120.0, asked=asked))
    assert solution.stopped_by in {"asked", "proved"}
    assert time.perf_counter() - begun < 90
    assert solution.bound <= solution.objective
    assert covered(problem, solution.sites, 25.0) >= 0.985 * problem.people.sum()
