"""Points that each keep a base: most people covered, both readings, against trying everything."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, covered, grouped_problems, keeps_to, small_problems, trips
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.base.solve import bases, fewest_points_with_base, most_covered_with_base
from luukku.network.problem import Problem, Progress, Stop


def base_of(problem: Problem, points: tuple[int, ...], site: int, reading: str, within: float) -> float:
    """People behind a point, counted cell by cell in plain Python."""
    table = trips(problem)
    behind = 0.0
    for cell, people in enumerate(problem.people.tolist()):
        if reading == "within":
            behind += people if table[site].get(cell, 1e9) <= within else 0.0
        else:
            near = [(table[each][cell], each) for each in {*points, *problem.free} if cell in table[each]]
            behind += people if near and min(near)[1] == site else 0.0
    return behind


def allowed(problem: Problem, points: tuple[int, ...], base: float, reading: str, within: float) -> bool:
    """Whether every chosen point has its base and no two of a group are chosen."""
    fed = all(
        base_of(problem, points, site, reading, within) >= base * (1 - 1e-9)
        for site in points
        if site not in problem.fixed
    )
    return fed and all(len(group & set(points)) <= 1 for group in problem.groups)


@settings(max_examples=300, deadline=None)
@given(
    grouped_problems(),
    st.sampled_from([5.0, 10.0, 20.0]),
    st.sampled_from([0.0, 10.0, 30.0, 60.0, 1e6]),
    st.sampled_from(["nearest", "within"]),
    st.one_of(st.none(), st.integers(0, 7)),
)
def test_the_most_people_covered_with_a_base_equal_brute_force(problem, within, base, reading, points):
    if points is not None and points < len(problem.fixed):
        with pytest.raises(Impossible, match="fewest possible"):
            most_covered_with_base(problem, within=within, base=base, reading=reading, points=points)
        return
    good = [
        choice
        for choice in choices(problem)
        if (points is None or len(choice) <= points) and allowed(problem, choice, base, reading, within)
    ]
    best = max(covered(problem, choice, within) for choice in good)
    solution = most_covered_with_base(problem, within=within, base=base, reading=reading, points=points)
    assert solution.proved
    assert keeps_to(problem, solution.sites)
    assert points is None or len(solution.sites) <= points
    assert allowed(problem, solution.sites, base, reading, within)
    assert solution.objective == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert covered(problem, solution.sites, within) == pytest.approx(best, rel=1e-6, abs=1e-6)


@settings(max_examples=200, deadline=None)
@given(
    grouped_problems(),
    st.sampled_from([5.0, 10.0, 20.0]),
    st.sampled_from([0.0, 10.0, 30.0, 60.0, 1e6]),
    st.sampled_from(["nearest", "within"]),
    st.sampled_from([0.0, 0.3, 0.6, 0.9, 1.0]),
)
def test_the_fewest_points_with_a_base_equal_brute_force(problem, within, base, reading, share):
    need = share * problem.people.sum() * (1 - 1e-9)
    good = [
        len(choice)
        for choice in choices(problem)
        if allowed(problem, choice, base, reading, within) and covered(problem, choice, within) >= need - 1e-9
    ]
    if not good:
        with pytest.raises(Impossible, match="best possible is"):
            fewest_points_with_base(problem, within=within, base=base, reading=reading, share=share)
        return
    solution = fewest_points_with_base(problem, within=within, base=base, reading=reading, share=share)
    assert solution.proved
    assert solution.objective == solution.bound == len(solution.sites) == min(good)
    assert keeps_to(problem, solution.sites)
    assert allowed(problem, solution.sites, base, reading, within)
    assert covered(problem, solution.sites, within) >= need - 1e-6


@settings(max_examples=100, deadline=None)
@given(small_problems(), st.sampled_from(["nearest", "within"]))
def test_the_people_behind_points_equal_a_plain_count(problem, reading):
    points = next(choices(problem))
    counted = [base_of(problem, points, site, reading, 10.0) for site in points]
    assert bases(problem, points, within=10.0, reading=reading) == pytest.approx(counted)


@pytest.fixture
def villages() -> Problem:
    """Two hundred cells and 30 candidates that compete for too few people."""
    people = np.random.default_rng(5).lognormal(5, 1, 200).round()
    return Problem(people, scattered(200, 30, seed=5))


@pytest.mark.parametrize("reading", ["nearest", "within"])
def test_villages_that_compete_are_proved_and_nobody_falls_short(villages, reading):
    solution = most_covered_with_base(villages, within=30.0, base=2_000.0, reading=reading)
    assert solution.proved
    assert solution.objective == pytest.approx(covered(villages, solution.sites, 30.0))
    assert bases(villages, solution.sites, within=30.0, reading=reading).min() >= 2_000


def test_a_share_that_the_base_does_not_allow_is_refused(villages):
    with pytest.raises(Impossible, match=r"base of 8,000 was asked, but the best possible is at most"):
        fewest_points_with_base(villages, within=30.0, base=8_000.0, share=0.5)


def test_the_stricter_reading_never_covers_more(villages):
    loose = most_covered_with_base(villages, within=30.0, base=0.0)
    strict = most_covered_with_base(villages, within=30.0, base=3_000.0)
    assert strict.objective <= loose.objective
    assert loose.objective == covered(villages, tuple(range(30)), 30.0)


def test_equally_near_people_go_to_the_lower_number():
    problem = Problem(np.array([10.0, 5.0]), matrix([[5.0, 30.0], [5.0, 5.0]]))
    assert bases(problem, (0, 1), within=10.0).tolist() == [10.0, 5.0]


def test_a_fixed_point_stands_though_it_falls_short_and_takes_people_from_others():
    problem = Problem(np.array([10.0, 5.0]), matrix([[1.0, None], [2.0, 2.0]]), open=frozenset({0}))
    assert most_covered_with_base(problem, within=10.0, base=12.0).sites == (0,)
    assert bases(problem, (0,), within=10.0).tolist() == [10.0]
    alone = replace(problem, open=frozenset())
    assert most_covered_with_base(alone, within=10.0, base=12.0).sites == (1,)


def test_a_base_larger_than_all_people_leaves_the_fixed_points_only(villages):
    solution = most_covered_with_base(replace(villages, open=frozenset({3})), within=30.0, base=1e9)
    assert solution.sites == (3,)
    assert solution.proved


def test_no_points_cover_nobody(villages):
    solution = most_covered_with_base(villages, within=30.0, base=1_000.0, points=0)
    assert (solution.sites, solution.objective, solution.proved) == ((), 0.0, True)


def test_no_point_is_chosen_without_which_nobody_more_is_left_out(villages):
    solution = most_covered_with_base(villages, within=30.0, base=2_000.0)
    for site in solution.sites:
        others = tuple(other for other in solution.sites if other != site)
        assert covered(villages, others, 30.0) < solution.objective


def test_equal_input_gives_equal_answers(villages):
    first, second = (most_covered_with_base(villages, within=30.0, base=2_000.0) for _ in range(2))
    assert (first.sites, first.bound) == (second.sites, second.bound)


def test_progress_only_improves(villages):
    heard: list[Progress] = []
    most_covered_with_base(villages, within=30.0, base=2_000.0, stop=Stop(tell=heard.append))
    values = [step.value for step in heard if step.value is not None]
    bounds = [step.bound for step in heard if step.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] == pytest.approx(values[-1])


def test_with_no_time_the_answer_is_sound_and_says_that_it_is_not_proved(villages):
    solution = most_covered_with_base(villages, within=30.0, base=3_000.0, stop=Stop(seconds=0.0))
    assert solution.stopped_by == "time"
    assert solution.bound > solution.objective == covered(villages, solution.sites, 30.0)


def test_a_solver_asked_to_stop_gives_its_best_so_far(villages):
    asked = threading.Event()
    asked.set()
    assert most_covered_with_base(villages, within=30.0, base=3_000.0, stop=Stop(asked=asked)).stopped_by == "asked"


@pytest.mark.parametrize("base", [-1.0, float("nan"), float("inf")])
def test_a_base_that_is_no_number_of_people_is_refused(villages, base):
    with pytest.raises(Contradiction, match="zero or more"):
        most_covered_with_base(villages, within=30.0, base=base)


def test_an_unknown_reading_is_refused(villages):
    with pytest.raises(Contradiction, match="nearest, within"):
        most_covered_with_base(villages, within=30.0, base=1.0, reading="farthest")


def test_a_limit_beyond_the_travel_times_is_refused(villages):
    with pytest.raises(Contradiction, match="known from 0 to 120"):
        most_covered_with_base(villages, within=121.0, base=1.0)
