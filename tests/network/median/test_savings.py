"""What the p-median is built from: savings, limits, swaps, prices, and what is left when some of it is decided."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, person_minutes, small_problems
from tests.network.conftest import matrix, scattered

from luukku.network.median.interchange import greedy, shaken, swapped
from luukku.network.median.lagrangian import Climb
from luukku.network.median.limits import limits
from luukku.network.median.linear import form, linear_prices, settled_by_solver
from luukku.network.median.savings import FREE, WITHIN, WITHOUT, savings
from luukku.network.problem import Problem

EASY = settings(max_examples=200, deadline=None)


def limited(problem: Problem, points: int):
    data = savings(problem)
    return data, limits(problem, data.sites, points=points + len(problem.fixed), budget=None)


def sites_of(problem: Problem, data, columns) -> tuple[int, ...]:
    return tuple(sorted(problem.fixed)) + tuple(int(data.sites[column]) for column in columns)


@EASY
@given(small_problems(), st.data())
def test_savings_tell_what_every_choice_costs(problem, draw):
    data = savings(problem)
    columns = draw.draw(st.lists(st.integers(0, len(data.sites) - 1), unique=True)) if len(data.sites) else []
    assert data.cost(columns) == pytest.approx(person_minutes(problem, sites_of(problem, data, columns)))


def test_a_matrix_of_which_everything_counts_is_not_copied():
    times = scattered(50, 10)
    data = savings(Problem(np.ones(50), times))
    assert data.row is times.cell
    assert data.column_trip is times.minutes


def test_a_cell_with_trips_beyond_the_horizon_is_charged_with_the_farthest():
    times = matrix([[5.0, 130.0], [None, 200.0]], horizon=120.0)
    data = savings(Problem(np.array([10.0, 1.0]), times))
    assert data.minutes.tolist() == [120.0, 200.0]
    assert data.cost([]) == 10 * 120 + 200


@EASY
@given(small_problems(), st.integers(1, 4))
def test_swaps_end_where_no_single_swap_saves(problem, points):
    data, within = limited(problem, points)
    if not len(data.sites):
        return
    begin = greedy(data, within)
    chosen = swapped(data, within, begin)
    assert data.cost(chosen) <= data.cost(begin) + 1e-9
    assert within.allows(chosen)
    for out in chosen:
        for into in set(range(len(data.sites))) - set(chosen):
            other = data.cost(sorted({*chosen} - {out} | {into}))
            assert data.cost(chosen) <= other * (1 + 1e-6) + 1e-6


@EASY
@given(small_problems(), st.integers(2, 4))
def test_shakes_keep_what_is_allowed_and_never_lose(problem, points):
    data, within = limited(problem, points)
    begin = swapped(data, within, greedy(data, within))
    chosen = shaken(data, within, begin)
    assert data.cost(chosen) <= data.cost(begin) * (1 + 1e-9) + 1e-9
    assert within.allows(chosen)
    assert len(chosen) == len(begin)


def test_shakes_find_what_swaps_alone_do_not():
    problem = Problem(np.ones(400), scattered(400, 120, seed=3))
    data, within = limited(problem, 20)
    begin = swapped(data, within, greedy(data, within))
    assert data.cost(shaken(data, within, begin)) < data.cost(begin)


def test_shakes_stay_within_a_budget_and_groups():
    costs = np.random.default_rng(4).uniform(1, 4, 80)
    pairs = tuple(frozenset({site, site + 1}) for site in range(0, 80, 2))
    problem = Problem(np.ones(300), scattered(300, 80), costs=costs, groups=pairs)
    data = savings(problem)
    within = limits(problem, data.sites, points=None, budget=25.0)
    begin = swapped(data, within, greedy(data, within))
    chosen = shaken(data, within, begin)
    assert within.allows(chosen)
    assert data.cost(chosen) <= data.cost(begin) * (1 + 1e-9)


@EASY
@given(small_problems(), st.integers(1, 4), st.integers(1, 60))
def test_prices_stay_below_every_choice_and_decide_only_what_a_better_one_agrees_with(problem, points, sweeps):
    data, within = limited(problem, points)
    if not len(data.sites):
        return
    every = [
        (data.cost(columns), set(columns))
        for size in range(min(points, len(data.sites)) + 1)
        for columns in combinations(range(len(data.sites)), size)
    ]
    best = min(cost for cost, _ in every)
    climb = Climb.begin(data, within, data.people * data.minutes / 2)
    climb.go(sweeps, best * 1.1 + 1, np.inf)
    assert climb.bound <= best * (1 + 1e-9) + 1e-9
    enough = best * 1.1 + 1e-6
    decided = climb.decided(enough)
    for cost, columns in every:
        if cost < enough and len(columns) == min(points, len(data.sites)):
            assert columns >= set(np.flatnonzero(decided == WITHIN).tolist())
            assert not columns & set(np.flatnonzero(decided == WITHOUT).tolist())
    rest = climb.shrunk(decided, enough)
    within_now = np.flatnonzero(decided == WITHIN).tolist()
    for size in range(len(rest.columns) + 1):
        for columns in combinations(range(len(rest.columns)), size):
            whole = data.cost([*within_now, *rest.columns[list(columns)].tolist()])
            assert rest.data.cost(columns) <= whole * (1 + 1e-6) + 1e-6
            if whole < enough and len(columns) + len(within_now) <= points:
                assert rest.data.cost(columns) == pytest.approx(whole)


@EASY
@given(small_problems(), st.integers(1, 3), st.data())
def test_the_linear_relaxation_gives_prices_no_worse_than_sweeps(problem, points, draw):
    data, within = limited(problem, points)
    data = data.shrunk(np.full(len(data.sites), FREE, dtype=np.int8), np.full(len(data.cells), np.inf)).data
    if data.pairs == 0:
        return
    found = linear_prices(data, within, 10.0)
    assert found is not None
    price, share = found
    assert share.sum() <= points + 1e-6
    exact = Climb.begin(data, within, price)
    exact.go(1, 1.0, np.inf)
    swept = Climb.begin(data, within, data.people * data.minutes / 2)
    swept.go(300, data.cost(swapped(data, within, greedy(data, within))), np.inf)
    best = min(
        data.cost(columns)
        for size in range(min(points, len(data.sites)) + 1)
        for columns in combinations(range(len(data.sites)), size)
    )
    assert swept.bound <= exact.bound * (1 + 1e-5) + 1e-5
    assert exact.bound <= best * (1 + 1e-9) + 1e-9


@EASY
@given(small_problems(), st.integers(1, 3), st.integers(0, 3))
def test_the_solver_finds_a_better_choice_or_says_that_there_is_none(problem, points, worse):
    problem = replace(problem, people=np.ceil(problem.people))
    data, within = limited(problem, points)
    data = data.shrunk(np.full(len(data.sites), FREE, dtype=np.int8), np.full(len(data.cells), np.inf)).data
    if data.pairs == 0:
        return
    costs = [
        data.cost(columns)
        for size in range(min(points, len(data.sites)) + 1)
        for columns in combinations(range(len(data.sites)), size)
    ]
    best = min(costs)
    told: list[float] = []
    answer, chosen = settled_by_solver(
        form(data, within),
        len(data.sites),
        below=best + worse - 0.5,
        measure=1.0,
        seconds=30.0,
        tell=lambda bound: bool(told.append(bound)),
    )
    assert answer.complete
    assert not told or min(told) <= best + 1e-6
    if worse:
        assert data.cost(chosen) == pytest.approx(best)
    else:
        assert answer.infeasible
        assert not chosen


def test_equal_distances_of_a_cell_share_a_row_of_the_programme():
    times = matrix([[10.0, 5.0], [20.0, 5.0], [20.0, 5.0], [30.0, 5.0]])
    data = savings(Problem(np.ones(2), times))
    assert form(data, limited(Problem(np.ones(2), times), 1)[1]).distances == 4


def test_limits_rule_out_what_no_longer_fits():
    problem = Problem(
        np.ones(5), scattered(5, 4), groups=(frozenset({0, 1}), frozenset({1, 2})), costs=np.array([4.0, 1.0, 2.0, 3.0])
    )
    within = limits(problem, np.arange(4), points=None, budget=6.0)
    decided = np.array([WITHIN, FREE, FREE, FREE], dtype=np.int8)
    assert within.completed(decided)
    assert decided.tolist() == [WITHIN, WITHOUT, FREE, WITHOUT]
    assert within.allows([0, 2])
    assert not within.allows([0, 1])
    assert not within.allows([0, 3])
    assert within.left(decided).room == 2.0
    assert not within.completed(np.array([WITHIN, WITHIN, FREE, FREE], dtype=np.int8))


def test_fixed_points_take_their_share_of_the_budget():
    problem = Problem(np.ones(5), scattered(5, 3), open=frozenset({0}), costs=np.array([4.0, 1.0, 2.0]))
    assert limits(problem, np.arange(1, 3), points=None, budget=6.0).room == 2.0
    kept = replace(problem, existing=frozenset({0}))
    assert limits(kept, np.arange(1, 3), points=None, budget=6.0).room == 6.0


def test_savings_of_choices_of_a_problem_with_everything_decided():
    problem = Problem(np.ones(3), scattered(3, 2), open=frozenset({0}), closed=frozenset({1}))
    data = savings(problem)
    assert len(data.sites) == 0
    assert data.cost([]) == pytest.approx(min(person_minutes(problem, choice) for choice in choices(problem)))
