"""The smallest radius with so many points."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import apart, choices, grouped_problems, keeps_to, small_problems, trips
from tests.network.conftest import matrix

from luukku.errors import Impossible
from luukku.network.problem import Problem, Stop
from luukku.network.radius import smallest_radius


def radius(problem, points):
    """Minutes of the worst served inhabited cell; infinite when one is out of reach."""
    table = trips(problem)
    serving = {*points, *problem.free}
    return max(
        (
            min([float("inf"), *(table[site].get(cell, float("inf")) for site in serving)])
            for cell, people in enumerate(problem.people.tolist())
            if people > 0
        ),
        default=0.0,
    )


@settings(max_examples=300, deadline=None)
@given(small_problems(), st.integers(0, 7))
def test_the_smallest_radius_equals_brute_force(problem, points):
    sized = [choice for choice in choices(problem) if len(choice) == points]
    best = min((radius(problem, choice) for choice in sized), default=float("inf"))
    if not np.isfinite(best):
        with pytest.raises(Impossible):
            smallest_radius(problem, points=points)
        return
    solution = smallest_radius(problem, points=points)
    assert solution.proved
    assert len(solution.sites) == points
    assert keeps_to(problem, solution.sites)
    assert solution.objective == solution.bound == best
    assert radius(problem, solution.sites) == best


@settings(max_examples=300, deadline=None)
@given(grouped_problems(), st.integers(0, 7))
def test_the_smallest_radius_with_at_most_one_of_each_group_equals_brute_force(problem, points):
    sized = [choice for choice in choices(problem) if apart(problem, choice)]
    room = any(len(choice) == points for choice in sized)
    best = min((radius(problem, choice) for choice in sized if len(choice) <= points), default=float("inf"))
    if not room or not np.isfinite(best):
        with pytest.raises(Impossible, match=r"points? (were asked|reaches every cell)|within the horizon of no site"):
            smallest_radius(problem, points=points)
        return
    solution = smallest_radius(problem, points=points)
    assert solution.proved
    assert len(solution.sites) <= points
    assert keeps_to(problem, solution.sites)
    assert apart(problem, solution.sites)
    assert solution.objective == solution.bound == best
    assert radius(problem, solution.sites) == best


def test_a_cell_that_nobody_reaches_is_told():
    with pytest.raises(Impossible, match="1 cells are within the horizon of no site"):
        smallest_radius(Problem(np.ones(2), matrix([[5.0, None]])), points=1)


def test_too_few_points_for_everybody_are_refused():
    with pytest.raises(Impossible, match="more points are needed"):
        smallest_radius(Problem(np.ones(2), matrix([[5.0, None], [None, 5.0]])), points=1)


def test_without_people_the_radius_is_nothing():
    solution = smallest_radius(Problem(np.zeros(2), matrix([[5.0, 7.0], [5.0, 5.0]])), points=1)
    assert (solution.objective, solution.sites) == (0.0, (0,))


def test_minutes_of_nothing_are_a_radius_of_nothing():
    solution = smallest_radius(Problem(np.ones(2), matrix([[0.0, 0.0]])), points=1)
    assert solution.proved
    assert solution.objective == 0.0


def test_a_search_that_is_asked_to_end_gives_the_best_so_far_with_a_bound():
    place = np.random.default_rng(3).random((200, 2))
    minutes = np.hypot(*(place[:, None] - place[None]).T) * 100
    asked = threading.Event()
    asked.set()
    solution = smallest_radius(
        Problem(np.ones(200), matrix(minutes.tolist(), horizon=200.0)), points=12, stop=Stop(60.0, asked=asked)
    )
    assert solution.stopped_by == "asked"
    assert solution.bound < solution.objective
    assert solution.objective == pytest.approx(minutes[:, list(solution.sites)].min(axis=1).max(), rel=1e-6)
