"""The relaxation by ever more rows: as strong as with all rows at once, and every bound on the way holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack
from tests.network.conftest import scattered
from tests.network.coverage.test_solve import WITHIN, columns_of, problems_with_alternatives_and_costs

from luukku.network.coverage import relaxation as method
from luukku.network.coverage.model import Best, Coverage, coverage
from luukku.network.coverage.prices import Prices, bound_at, priced
from luukku.network.coverage.relaxation import relaxed, wide
from luukku.network.coverage.search import searched
from luukku.network.problem import Problem, Stop
from luukku.network.watch import Watch


def unpriced(data: Coverage) -> Prices:
    """No prices at all, so that no row is there at first."""
    return bound_at(data, np.zeros(len(data.people)), np.zeros(len(data.sites)))


def heard(data: Coverage, prices: Prices, seconds: float = 60.0) -> tuple[Prices, list[float]]:
    """The prices of the relaxation, and the bounds told on the way."""
    told: list[float] = []
    best = Best(Watch(Stop(seconds, tell=lambda progress: told.append(progress.bound or np.inf)), most=True))
    best.offer(data, np.empty(0, dtype=np.intp))
    return relaxed(data, prices, best)[0], told


@settings(max_examples=100, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12))
def test_no_choice_covers_more_than_any_bound_told(problem, within, room):
    data = coverage(problem, within, problem.price, room)
    if not len(data.people):
        return
    last, told = heard(data, unpriced(data))  # those of the relaxation, then those with cuts
    for choice in columns_of(data):
        assert all(data.worth(choice) <= bound + 1e-6 * max(data.reachable, 1.0) for bound in (*told, last.bound))


def test_rows_that_join_bound_as_well_as_all_rows_at_once(monkeypatch):
    people = np.random.default_rng(3).lognormal(6, 1, 600).round()
    data = coverage(Problem(people, scattered(600, 90, seed=3)), 30.0, np.ones(90), 15.0)
    monkeypatch.setattr(method.Cuts, "find", lambda *_: 0)
    joined: list[int] = []
    add = method.Growing.add
    monkeypatch.setattr(method.Growing, "add", lambda self, *row: (joined.append(1), add(self, *row))[1])
    first = priced(data, 0.0, Watch(Stop(60.0), most=True))[0]
    last, _ = heard(data, first)
    groups, columns = data.rows.shape
    whole = linprog(
        np.concatenate((np.zeros(columns), data.people)),
        A_ub=csr_array(hstack([-data.rows, -eye_array(groups)])),
        b_ub=-np.ones(groups),
        A_eq=np.repeat((1.0, 0.0), (columns, groups))[None, :],
        b_eq=[15.0],
        bounds=(0, 1),
    )
    assert last.bound == pytest.approx(data.reachable - whole.fun, rel=1e-7)
    assert 0 < len(joined) < groups


def test_cuts_bound_better_than_the_relaxation_and_never_below_a_choice(monkeypatch):
    left: list[int] = []
    drop = method.Growing.drop
    monkeypatch.setattr(method.Growing, "drop", lambda self, rows: (left.append(len(rows)), drop(self, rows))[1])
    people = np.random.default_rng(1).lognormal(6, 1, 2_000).round()
    data = coverage(Problem(people, scattered(2_000, 300, seed=1)), 25.0, np.ones(300), 30.0)
    best = Best(Watch(Stop(60.0), most=True))
    best.offer(data, searched(data, np.empty(0, dtype=np.intp), rounds=3_000, seed=1))
    plain, tight = relaxed(data, priced(data, best.value, best.watch)[-1], best)
    assert best.value <= tight.bound < best.value + 0.8 * (plain.bound - best.value)
    assert best.watch.bound == data.lowered(tight.bound)
    assert sum(left) > 0  # rows that had no price


def test_wide_means_half_a_point_between_bound_and_choice():
    people = np.random.default_rng(5).lognormal(6, 1, 1_500).round()
    data = coverage(Problem(people, scattered(1_500, 200, seed=5)), 25.0, np.ones(200), 20.0)
    columns = searched(data, np.empty(0, dtype=np.intp), rounds=3_000, seed=1)
    good, poor = (Best(Watch(Stop(60.0), most=True)) for _ in range(2))
    good.offer(data, columns)
    poor.offer(data, columns[:19])
    prices = priced(data, good.value, good.watch)[-1]
    assert not wide(data, good, prices)
    assert wide(data, poor, prices)


def test_without_time_the_prices_stay_as_they_were():
    people = np.random.default_rng(3).lognormal(6, 1, 600).round()
    data = coverage(Problem(people, scattered(600, 90, seed=3)), 30.0, np.ones(90), 7.0)
    prices = unpriced(data)
    assert heard(data, prices, seconds=0.0)[0] is prices
