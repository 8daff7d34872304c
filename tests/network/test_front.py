"""The front of points, share covered and minutes."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, covered, person_minutes, small_problems, trips
from tests.network.conftest import scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.front import Front, FrontPoint, front
from luukku.network.problem import Problem, Progress, Stop

LIMITS = (5.0, 10.0)


@st.composite
def counted_problems(draw: st.DrawFn) -> tuple[Problem, list[int]]:
    """Small problems, some with sites of which one at most may be chosen, and numbers of points."""
    problem = draw(small_problems())
    least, most = len(problem.fixed), len(problem.fixed) + len(problem.candidates)
    counts = draw(st.lists(st.integers(least, most), min_size=1, max_size=4, unique=True))
    return problem, counts


def measures(of: FrontPoint) -> tuple[float, ...]:
    return of.points, *(-share for share in of.shares), of.mean_minutes


def penalised_minutes(problem: Problem, points: tuple[int, ...], penalty: float) -> float:
    """Person-minutes, everybody over the first limit counting so many minutes more."""
    table = trips(problem)
    serving = {*points, *problem.free}
    total = 0.0
    for cell, people in enumerate(problem.people.tolist()):
        trip = min([problem.times.horizon, *(table[site].get(cell, 1e9) for site in serving)])
        reached = any(cell in table[site] for site in serving)
        total += people * (trip + penalty * (trip > LIMITS[0] or not reached))
    return total


def assert_sound(problem: Problem, found: Front) -> None:
    """Every network is what it says, and none beats another."""
    total = float(problem.people.sum())
    for of in found.networks:
        assert len(of.sites) == of.points
        assert set(of.sites) >= problem.fixed
        assert not set(of.sites) & (problem.closed | problem.free)
        for limit, share in zip(found.limits, of.shares, strict=True):
            assert share == pytest.approx(covered(problem, of.sites, limit) / total if total else 1.0)
        assert of.mean_minutes == pytest.approx(person_minutes(problem, of.sites) / total if total else 0.0)
        assert of.proved == (of.gap <= 1e-9)
    for one, other in combinations(found.networks, 2):
        assert not all(ours <= theirs for ours, theirs in zip(measures(one), measures(other), strict=True))
        assert not all(theirs <= ours for ours, theirs in zip(measures(one), measures(other), strict=True))


@settings(max_examples=150, deadline=None)
@given(counted_problems())
def test_the_ends_of_the_front_equal_trying_everything(drawn):
    problem, counts = drawn
    found = front(problem, within=LIMITS, points=counts)
    assert found.limits == LIMITS
    assert_sound(problem, found)
    total = float(problem.people.sum())
    by_count = {count: [choice for choice in choices(problem) if len(choice) == count] for count in counts}
    for of in found.networks:
        assert of.proved
        if of.best_in.objective == "covered":
            best = max(covered(problem, choice, of.best_in.within) for choice in by_count[of.points])
        else:
            best = min(person_minutes(problem, choice) for choice in by_count[of.points])
        assert of.value == pytest.approx(best, abs=1e-6)
    for count, possible in by_count.items():
        so_far = [of for of in found.networks if of.points <= count]
        for place, limit in enumerate(LIMITS):
            best = max(covered(problem, choice, limit) for choice in possible)
            assert max(of.shares[place] for of in so_far) == pytest.approx(best / total if total else 1.0)
        nearest = min(person_minutes(problem, choice) for choice in possible)
        assert min(of.mean_minutes for of in so_far) == pytest.approx(nearest / total if total else 0.0)


@settings(max_examples=100, deadline=None)
@given(counted_problems(), st.sampled_from([1.0, 7.5, 40.0]))
def test_networks_between_the_ends_are_best_with_their_penalty(drawn, penalty):
    problem, counts = drawn
    found = front(problem, within=LIMITS, points=counts, objectives=(), between=[penalty])
    assert_sound(problem, found)
    for of in found.networks:
        assert of.best_in.penalty == penalty
        best = min(
            penalised_minutes(problem, choice, penalty) for choice in choices(problem) if len(choice) == of.points
        )
        assert of.value == pytest.approx(best, rel=1e-5)
        assert of.bound <= best * (1 + 1e-5)


@settings(max_examples=100, deadline=None)
@given(counted_problems())
def test_without_time_every_bound_holds_all_the_same(drawn):
    problem, counts = drawn
    found = front(problem, within=LIMITS, points=counts, stop=Stop(seconds=0.0))
    assert_sound(problem, found)
    for of in found.networks:
        possible = [choice for choice in choices(problem) if len(choice) == of.points]
        if of.best_in.objective == "covered":
            assert of.bound >= max(covered(problem, choice, of.best_in.within) for choice in possible) - 1e-6
        else:
            assert of.bound <= min(person_minutes(problem, choice) for choice in possible) + 1e-6


def test_the_front_ends_where_no_further_point_helps():
    times = scattered(40, 20, side=60.0)
    found = front(Problem(np.ones(40), times), within=60.0, points=range(1, 21), objectives=["covered"])
    assert found.networks[-1].shares == (1.0,)
    assert found.networks[-1].points < 6
    shares = [of.shares[0] for of in found.networks]
    assert shares == sorted(set(shares))


def test_at_most_one_of_a_group_is_in_a_network():
    problem = Problem(np.ones(60), scattered(60, 12, side=100.0), groups=(frozenset(range(4)), frozenset({5, 6})))
    hasty = front(problem, within=30.0, points=range(1, 8), stop=Stop(seconds=0.0))
    for of in hasty.networks:
        assert all(len(group & set(of.sites)) <= 1 for group in problem.groups)


def test_a_planner_who_asks_to_stop_gets_a_network_for_every_number_with_the_bounds_so_far():
    problem = Problem(np.ones(60), scattered(60, 25, side=100.0))
    asked = threading.Event()
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 3:
            asked.set()

    found = front(problem, within=20.0, points=range(1, 9), stop=Stop(asked=asked, tell=tell))
    assert {of.points for of in found.networks} == set(range(1, 9))
    assert any(of.stopped_by == "asked" for of in found.networks)
    whole = front(problem, within=20.0, points=range(1, 9))
    assert all(of.proved for of in whole.networks)


def test_existing_and_free_points_are_read_as_the_other_methods_read_them(line):
    problem = Problem(np.ones(5), line, open=frozenset({0, 4}), free=frozenset({4}))
    found = front(problem, within=10.0, points=[1, 2])
    assert [(of.points, of.sites[0], of.shares) for of in found.networks] == [(1, 0, (0.8,)), (2, 0, (1.0,))]


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"points": []}, Contradiction, "number of points"),
        ({"within": []}, Contradiction, "limit in minutes"),
        ({"objectives": []}, Contradiction, "best in"),
        ({"within": 121.0}, Contradiction, "known from 0 to 120"),
        ({"within": float("nan")}, Contradiction, "known from 0 to 120"),
        ({"points": [0]}, Impossible, "1 are fixed"),
        ({"points": [2, 6]}, Impossible, "there are 5 places"),
        ({"between": [-1.0]}, Contradiction, "penalty"),
    ],
)
def test_what_cannot_be_asked_is_refused(line, asked, error, words):
    problem = Problem(np.ones(5), line, open=frozenset({2}))
    with pytest.raises(error, match=words):
        front(problem, **{"within": 10.0, "points": [2], **asked})


def test_nobody_at_all_is_covered_by_the_fewest_points(line):
    found = front(replace(Problem(np.ones(5), line), people=np.zeros(5)), within=10.0, points=[1, 2, 3])
    assert [(of.points, of.shares, of.mean_minutes) for of in found.networks] == [(1, (1.0,), 0.0)]
