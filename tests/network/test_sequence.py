"""Which point next."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import covered, person_minutes, small_problems, trips
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.problem import Problem, Progress, Stop
from luukku.network.sequence import Objective, next_points, opening_sequence

WITHIN = 10.0
OBJECTIVES: tuple[Objective, ...] = ("covered", "access")


@st.composite
def staged_problems(draw: st.DrawFn) -> Problem:
    """Small problems in which some candidates exist already and some exclude each other."""
    problem = draw(small_problems())
    sites = st.integers(0, problem.times.sites - 1)
    existing = draw(st.frozensets(sites, max_size=2))
    groups = draw(st.lists(st.frozensets(sites, min_size=1, max_size=3), max_size=2))
    sound = tuple(group for group in groups if len(group & problem.fixed) <= 1)
    return replace(problem, existing=existing, groups=sound)


def standing(problem: Problem) -> set[int]:
    return set(problem.open) | (set(problem.existing) - set(problem.closed))


def openable(problem: Problem, besides: set[int]) -> list[int]:
    """Sites that may join those that stand."""
    return [
        site
        for site in range(problem.times.sites)
        if site not in besides
        and site not in problem.closed
        and not any(site in group and group & besides for group in problem.groups)
    ]


def value(problem: Problem, sites: set[int], objective: Objective) -> float:
    if objective == "covered":
        return covered(problem, tuple(sorted(sites)), WITHIN)
    return -person_minutes(problem, tuple(sorted(sites)))


def best_with(problem: Problem, more: int, objective: Objective) -> float:
    """The best value of so many further candidates, groups heeded."""
    stands = standing(problem)
    free = openable(problem, stands)
    return max(
        value(problem, stands | set(choice), objective)
        for choice in combinations(free, more)
        if all(len(group & set(choice)) <= 1 for group in problem.groups)
    )


@settings(max_examples=150, deadline=None)
@given(staged_problems(), st.sampled_from(OBJECTIVES), st.data())
def test_every_step_is_the_best_next_one_and_no_choice_passes_its_bound(problem, objective, data):
    sign = 1 if objective == "covered" else -1
    steps = data.draw(st.integers(0, 6))
    try:
        found = opening_sequence(problem, within=WITHIN, points=steps, objective=objective)
    except Impossible:
        assert len(openable(problem, standing(problem))) < steps or problem.groups
        return
    stands = standing(problem)
    assert set(found.standing) == stands
    assert len(found.openings) == steps
    last = value(problem, stands, objective)
    assert found.before == pytest.approx(sign * last)
    for step, opening in enumerate(found.openings):
        may = openable(problem, stands)
        assert opening.site in may
        stands = stands | {opening.site}
        now = value(problem, stands, objective)
        assert now == pytest.approx(max(value(problem, stands - {opening.site} | {other}, objective) for other in may))
        assert opening.value == pytest.approx(sign * now)
        assert opening.gain == pytest.approx(now - last, abs=1e-9)
        best = best_with(problem, step + 1, objective)
        assert sign * opening.bound >= best - 1e-6 * max(abs(best), 1)
        if found.stopped_by == "proved" and not problem.groups:
            assert sign * opening.bound == pytest.approx(best, abs=1e-6)
        if opening.proved:
            assert now == pytest.approx(best, abs=1e-6)
        last = now


@settings(max_examples=150, deadline=None)
@given(small_problems(), st.sampled_from(OBJECTIVES), st.integers(1, 6))
def test_greedy_gains_at_least_63_percent_of_the_best(problem, objective, steps):
    may = openable(problem, standing(problem))
    found = opening_sequence(
        problem, within=WITHIN, points=min(steps, len(may)), objective=objective, stop=Stop(seconds=0.0)
    )
    begun = value(problem, standing(problem), objective)
    for step, opening in enumerate(found.openings, 1):
        gained = abs(opening.value) - abs(begun) if objective == "covered" else abs(begun) - abs(opening.value)
        possible = best_with(problem, step, objective) - begun
        assert gained >= (1 - math.exp(-1)) * possible - 1e-6


@settings(max_examples=100, deadline=None)
@given(staged_problems(), st.sampled_from(OBJECTIVES), st.data())
def test_a_chosen_network_is_opened_best_first(problem, objective, data):
    stands = standing(problem)
    network = data.draw(st.sets(st.sampled_from(range(problem.times.sites)))) - problem.closed
    usable = set(openable(problem, stands))
    network = {site for site in network if site in stands or site in usable}
    if any(len(group & (network - stands)) > 1 for group in problem.groups):
        with pytest.raises(Contradiction, match="at most one"):
            opening_sequence(problem, within=WITHIN, order_of=network, objective=objective)
        return
    found = opening_sequence(problem, within=WITHIN, order_of=network, objective=objective)
    assert set(found.sites) == network - stands
    left = set(found.sites)
    for opening in found.openings:
        stands = stands | {opening.site}
        best = max(value(problem, stands - {opening.site} | {other}, objective) for other in left)
        assert value(problem, stands, objective) == pytest.approx(best)
        left -= {opening.site}


@settings(max_examples=150, deadline=None)
@given(staged_problems(), st.sampled_from(OBJECTIVES))
def test_every_candidate_is_tried_for_the_next_point(problem, objective):
    stands = standing(problem)
    found = next_points(problem, within=WITHIN, objective=objective)
    assert sorted(prospect.site for prospect in found) == openable(problem, stands)
    table = trips(problem)
    for prospect in found:
        more = stands | {prospect.site}
        assert prospect.gained == pytest.approx(
            value(problem, more, "covered") - value(problem, stands, "covered"), abs=1e-9
        )
        assert prospect.saved == pytest.approx(
            value(problem, more, "access") - value(problem, stands, "access"), abs=1e-6
        )
        assert prospect.within == pytest.approx(
            sum(problem.people[cell] for cell, trip in table[prospect.site].items() if trip <= WITHIN)
        )
        nearer = [
            cell
            for cell, trip in table[prospect.site].items()
            if trip < min((table[site].get(cell, math.inf) for site in stands), default=math.inf)
        ]
        assert prospect.nearest == pytest.approx(sum(problem.people[cell] for cell in nearer))
    measure = [prospect.gained if objective == "covered" else prospect.saved for prospect in found]
    assert measure == sorted(measure, reverse=True)


def test_of_equally_good_points_the_one_that_saves_more_minutes_then_the_lowest_number_comes_first():
    times = matrix([[5.0, None, None], [None, 9.0, None], [None, 4.0, None], [None, None, 4.0]])
    problem = Problem(np.array([10.0, 10.0, 10.0]), times)
    assert [prospect.site for prospect in next_points(problem, within=10.0)] == [2, 3, 0, 1]
    assert [prospect.site for prospect in next_points(problem, within=10.0, most=2)] == [2, 3]
    assert opening_sequence(problem, within=10.0, points=3).sites == (2, 3, 0)


def test_without_time_the_gains_alone_bound_every_step():
    problem = Problem(np.ones(60), scattered(60, 25, side=100.0))
    hasty = opening_sequence(problem, within=20.0, points=8, stop=Stop(seconds=0.0))
    assert hasty.stopped_by == "time"
    assert hasty.openings[0].proved
    patient = opening_sequence(problem, within=20.0, points=8)
    assert patient.stopped_by == "proved"
    assert patient.sites == hasty.sites
    for fast, slow in zip(hasty.openings, patient.openings, strict=True):
        assert fast.value == slow.value
        assert fast.bound >= slow.bound >= slow.value
        assert slow.share == slow.value / slow.bound


def test_a_planner_who_asks_to_stop_gets_the_sequence_with_the_bounds_so_far():
    problem = Problem(np.ones(60), scattered(60, 25, side=100.0))
    asked = threading.Event()
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        asked.set()

    found = opening_sequence(problem, within=20.0, points=8, stop=Stop(asked=asked, tell=tell))
    assert (found.stopped_by, len(found.openings), len(told)) == ("asked", 8, 1)


def test_everything_open_already_leaves_nothing_to_open(line):
    problem = Problem(np.ones(5), line, open=frozenset(range(5)))
    assert next_points(problem, within=10.0) == ()
    assert opening_sequence(problem, within=10.0, points=0).openings == ()
    assert opening_sequence(problem, within=10.0, order_of=[1, 2]).openings == ()
    with pytest.raises(Impossible, match="after 0 there is no other"):
        opening_sequence(problem, within=10.0, points=1)


def test_nobody_anywhere_is_covered_from_the_start(line):
    found = opening_sequence(Problem(np.zeros(5), line), within=10.0, points=2)
    assert [(opening.value, opening.share) for opening in found.openings] == [(0.0, 1.0), (0.0, 1.0)]


def test_a_sequence_is_of_a_network_or_of_a_number(line):
    problem = Problem(np.ones(5), line, closed=frozenset({3}))
    for both in ({}, {"order_of": [1], "points": 1}):
        with pytest.raises(Contradiction, match="either"):
            opening_sequence(problem, within=10.0, **both)
    with pytest.raises(Contradiction, match=r"\[3, 9\] cannot be opened"):
        opening_sequence(problem, within=10.0, order_of=[1, 3, 9])
    for limit in (0.0, 121.0):
        with pytest.raises(Contradiction, match="known from 0 to 120"):
            next_points(problem, within=limit)
