"""Bounds by regions: whatever the rates and the parting, no choice covers more, and larger regions bound better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.conftest import scattered
from tests.network.coverage.test_solve import WITHIN, columns_of, problems_with_alternatives_and_costs

from luukku.network.coverage import regions as method
from luukku.network.coverage import solve
from luukku.network.coverage.model import Best, Coverage, coverage
from luukku.network.coverage.prices import price_of_room, priced
from luukku.network.coverage.regions import Rates, bounded_by_regions, evaluated, joined_people, regions, wide
from luukku.network.coverage.search import searched
from luukku.network.coverage.solve import most_covered
from luukku.network.problem import Problem, Stop
from luukku.network.watch import Watch


def known(data: Coverage, columns: np.ndarray, seconds: float = 60.0) -> Best:
    """A choice of columns as the best known, with no bound yet."""
    best = Best(Watch(Stop(seconds), most=True))
    best.offer(data, columns)
    return best


@settings(max_examples=100, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12), st.floats(0, 50), st.integers(0, 5))
def test_any_rates_and_any_parting_bound_every_choice(problem, within, room, rate, seed):
    data = coverage(problem, within, problem.price, room)
    draw = np.random.default_rng(seed)
    parted = regions(data, joined_people(data), draw.random(len(data.sites)), 0.5)
    rates = Rates(draw.random(len(data.people)) * data.people, rate)
    bound = evaluated(data, parted, rates, known(data, np.empty(0, dtype=np.intp))).bound
    for choice in columns_of(data):
        assert data.worth(choice) <= bound + 1e-6 * max(data.reachable, 1.0)


@pytest.fixture
def plain() -> Coverage:
    """Towns scattered over a plain, and room for twenty points."""
    people = np.random.default_rng(5).lognormal(6, 1, 1_500).round()
    return coverage(Problem(people, scattered(1_500, 200, seed=5)), 25.0, np.ones(200), 20.0)


def test_every_column_is_in_one_region_and_no_region_has_too_many_points(plain):
    chosen = np.full(len(plain.sites), 20 / len(plain.sites))
    parted = regions(plain, joined_people(plain), chosen, 6.0)
    assert len(parted) > 3
    assert sorted(np.concatenate([region.columns for region in parted]).tolist()) == list(range(len(plain.sites)))
    for region in parted:
        assert chosen[region.columns].sum() <= 6.0
        covered = np.flatnonzero(np.diff(plain.rows[:, region.columns].indptr))
        assert region.rows.tolist() == covered.tolist()


def test_regions_bound_better_than_prices_and_never_below_a_choice(plain, monkeypatch):
    best = known(plain, searched(plain, np.empty(0, dtype=np.intp), rounds=3_000, seed=1))
    prices = priced(plain, best.value, best.watch)[-1]
    chosen = prices.chosen
    paid = prices.share * plain.people
    rates = Rates(paid, price_of_room(plain, paid))
    small, large = (
        evaluated(plain, regions(plain, joined_people(plain), chosen, most), rates, best).bound for most in (5.0, 12.0)
    )
    assert best.value <= large < prices.bound
    assert large <= small <= prices.bound + 1.0
    monkeypatch.setattr(method, "POINTS", 5.0)
    bounded_by_regions(plain, best, prices)
    assert best.value <= best.watch.bound <= small


def test_wide_means_points_between_bound_and_choice(plain):
    good = known(plain, searched(plain, np.empty(0, dtype=np.intp), rounds=3_000, seed=1))
    prices = priced(plain, good.value, good.watch)[-1]
    assert not wide(plain, good, prices)
    poor = known(plain, searched(plain, np.empty(0, dtype=np.intp), rounds=0, seed=1)[:10])
    assert wide(plain, poor, prices)


def test_a_choice_proved_with_regions_first_is_as_good(monkeypatch):
    people = np.random.default_rng(3).lognormal(6, 1, 900).round()
    problem = Problem(people, scattered(900, 160, seed=3))
    directly = most_covered(problem, within=25.0, points=18, stop=Stop(120.0))
    monkeypatch.setattr(solve, "wide", lambda *_: True)
    monkeypatch.setattr(method, "POINTS", 5.0)
    regions_first = most_covered(problem, within=25.0, points=18, stop=Stop(120.0))
    assert directly.proved
    assert regions_first.proved
    assert regions_first.objective == directly.objective


def test_regions_stop_when_time_is_up(plain):
    best = known(plain, searched(plain, np.empty(0, dtype=np.intp), rounds=100, seed=1), seconds=1.5)
    bounded_by_regions(plain, best, priced(plain, best.value, best.watch)[-1])
    assert best.watch.seconds < 3.0


def test_what_shares_nobody_is_parted_first(plain):
    columns = len(plain.sites)
    one = np.random.default_rng(2).permutation(columns) < columns // 2
    joined = np.where(one[:, None] == one, 1.0, 0.0)
    np.fill_diagonal(joined, 0.0)
    parted = regions(plain, joined, np.full(columns, 1.0), columns - 1.0)
    assert [len(set(one[region.columns].tolist())) for region in parted] == [1, 1]
