"""The cheapest cover."""

from __future__ import annotations

import threading
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from luukku.errors import BadInput, Impossible
from luukku.network.cover import cheapest as method
from luukku.network.cover.cheapest import cheapest_cover
from luukku.network.cover.row_weighting import better_cover
from luukku.network.problem import Stop


def cheapest(covers, costs):
    """The least cost of a cover, by trying every one; infinite when there is none."""
    columns = range(covers.shape[1])
    return min(
        (
            sum(costs[column] for column in chosen)
            for size in range(covers.shape[1] + 1)
            for chosen in combinations(columns, size)
            if covers[:, list(chosen)].any(axis=1).all()
        ),
        default=float("inf"),
    )


@st.composite
def covers_and_costs(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    covers = np.array(
        draw(st.lists(st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    )
    kind = draw(st.sampled_from([st.integers(0, 5), st.just(1), st.sampled_from([0.0, 0.5, 0.7, 1.3, 6.0])]))
    return covers, np.array(draw(st.lists(kind, min_size=columns, max_size=columns)), dtype=np.float64)


@settings(max_examples=400, deadline=None)
@given(covers_and_costs())
def test_the_cheapest_cover_equals_brute_force(given_cover):
    covers, costs = given_cover
    best = cheapest(covers, costs.tolist())
    if not np.isfinite(best):
        with pytest.raises(Impossible):
            cheapest_cover(sparse.csr_array(covers.astype(float)), costs)
        return
    solution = cheapest_cover(sparse.csr_array(covers.astype(float)), costs)
    assert solution.proved
    assert solution.objective == pytest.approx(best, rel=1e-6, abs=1e-9)
    assert costs[list(solution.sites)].sum() == pytest.approx(best, rel=1e-6, abs=1e-9)
    assert covers[:, list(solution.sites)].any(axis=1).all()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("unit", [True, False])
def test_cuts_of_windows_keep_the_cheapest_cover(seed, unit, monkeypatch):
    monkeypatch.setattr(method, "EASY", 0)  # even these small covers get cuts
    monkeypatch.setattr(method, "better_cover", lambda _rows, _costs, cover, **_: cover)  # the search leaves work to do
    random = np.random.default_rng(seed)
    covers = np.array([np.isin(np.arange(13), random.choice(13, 3, replace=False)) for _ in range(24)])
    costs = np.ones(13) if unit else random.integers(3, 7, 13).astype(np.float64)
    choices = np.array([[number >> bit & 1 for bit in range(13)] for number in range(2**13)])
    best = (choices[(choices @ covers.T > 0).all(axis=1)] @ costs).min()
    solution = cheapest_cover(sparse.csr_array(covers.astype(float)), costs)
    assert solution.proved
    assert solution.objective == pytest.approx(best)
    assert covers[:, list(solution.sites)].any(axis=1).all()


@pytest.fixture(scope="module")
def random_cover():
    random = np.random.default_rng(5)
    covers = (random.random((150, 900)) < 0.03).astype(float)
    covers[:, :2] = 1.0
    costs = random.integers(1, 60, 900).astype(float)
    costs[:2] = 900.0, 905.0
    return sparse.csr_array(covers), costs


def test_equal_seeds_give_equal_covers(random_cover):
    assert cheapest_cover(*random_cover, seed=4).sites == cheapest_cover(*random_cover, seed=4).sites


def test_a_cover_cut_short_has_a_bound_below_it(random_cover):
    asked = threading.Event()
    asked.set()
    covers, costs = random_cover
    solution = cheapest_cover(covers, costs, stop=Stop(60.0, asked=asked))
    assert solution.stopped_by == "asked"
    assert solution.bound < solution.objective
    assert (covers[:, list(solution.sites)].sum(axis=1) > 0).all()


def test_a_row_that_nothing_covers_is_named():
    with pytest.raises(Impossible, match="No column covers row 2"):
        cheapest_cover(sparse.csr_array(np.array([[1.0], [0.0]])), np.ones(1))


@pytest.mark.parametrize("cost", [-1.0, np.nan, np.inf])
def test_costs_that_are_none_are_refused(cost):
    with pytest.raises(BadInput, match="column 2"):
        cheapest_cover(sparse.csr_array(np.ones((1, 2))), np.array([1.0, cost]))


def test_the_search_never_worsens_a_cover_and_keeps_it_a_cover(random_cover):
    covers, costs = random_cover
    begin = np.zeros(900, dtype=bool)
    begin[0] = True
    found = better_cover(covers, costs, begin, seed=1, vain=20_000, stopped=lambda _: False)
    assert (covers @ found > 0).all()
    assert costs[found].sum() < costs[begin].sum()
    assert begin.sum() == 1
