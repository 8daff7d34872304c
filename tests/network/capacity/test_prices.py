"""Prices of serving people by points that can serve only so many: what they bound, and what they decide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.capacity.test_solve import allowed, crowded
from tests.network.conftest import matrix

from luukku.errors import Impossible
from luukku.network.capacity.prices import Climb, settle
from luukku.network.capacity.swaps import promises
from luukku.network.capacity.task import Task, task_of
from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.problem import Problem


def costs(task: Task, points: int) -> dict[tuple[int, ...], float]:
    """What every choice that is allowed costs, by its candidates' columns."""
    column = {int(site): number for number, site in enumerate(task.sites)}
    found = {}
    for sites in allowed(task.problem, points):
        chosen = tuple(sorted(column[site] for site in sites if site not in task.problem.open))
        service = task.served(chosen)
        assert service is not None
        found[chosen] = task.value(service)
    return found


def made(given_: tuple, points: int, within: float | None) -> Task | None:
    problem, capacity = given_
    try:
        return task_of(problem, capacity, points, within)
    except Impossible:
        return None


@settings(max_examples=40, deadline=None)
@given(crowded(), st.integers(0, 4), st.sampled_from([None, 10.0]), st.floats(0.0, 30.0))
def test_any_prices_bound_every_choice_and_leave_the_best_ones_undecided_or_chosen(given_, points, within, price):
    task = made(given_, points, within)
    if task is None:
        return
    every = costs(task, points)
    least = min(every.values())
    near = 1e-9 * (1 + abs(least))
    decided = np.where(task.standing, WITHIN, FREE).astype(np.int8)
    climb = Climb.begin(task, decided, np.full(len(task.people), price), step=1.0)
    for _ in range(4):
        climb.go(5, least, np.inf)
        assert climb.bound <= least + near
        climb.decide(least + near)
    needed = set(np.flatnonzero((climb.decided == WITHIN) & ~task.standing).tolist())
    ruled_out = set(np.flatnonzero(climb.decided == WITHOUT).tolist())
    for chosen, cost in every.items():
        if cost <= least + near / 2:
            assert needed <= set(chosen)
            assert not ruled_out & set(chosen)


@settings(max_examples=100, deadline=None)
@given(crowded(), st.integers(1, 4), st.sampled_from([None, 10.0]))
def test_no_swap_saves_more_than_it_promises(given_, points, within):
    task = made(given_, points, within)
    if task is None:
        return
    every = costs(task, points)
    for chosen, cost in every.items():
        service = task.served(chosen)
        assert service is not None
        promised = promises(task, list(chosen), service)
        near = 1e-7 * (1 + abs(cost))
        for other, then in every.items():
            out, into = set(chosen) - set(other), set(other) - set(chosen)
            if len(into) == 1 and len(out) <= 1:
                most = promised.swaps[chosen.index(*out)] if out else promised.joins
                assert cost - then <= most[min(into)] + near


def test_prices_rise_until_they_show_what_must_be(line):
    """Two cells that only one site each can serve: the relaxation is exact, and the prices find it."""
    people = np.array([10.0, 0.0, 0.0, 0.0, 10.0])
    task = task_of(Problem(people, line), np.full(5, 10.0), 2, None)
    climb = Climb.begin(task, np.zeros(5, dtype=np.int8), np.zeros(2), step=1.0)
    climb.go(300, 20.0, 20.0 - 1e-6)
    assert climb.bound == pytest.approx(20.0, rel=1e-3)


def test_no_candidate_is_left_where_more_would_have_to_be_chosen_than_may_be():
    problem = Problem(np.array([4.0, 4.0]), matrix([[1.0, 9.0], [9.0, 1.0], [5.0, 5.0]]))
    task = task_of(problem, np.full(3, 8.0), 1, None)
    decided = np.array([WITHIN, WITHIN, FREE], dtype=np.int8)
    settle(task, decided)
    assert decided.tolist() == [WITHOUT] * 3
