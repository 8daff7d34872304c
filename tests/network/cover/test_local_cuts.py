"""Cuts of windows, and the relaxation that they tighten."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from luukku.network.cover.local_cuts import tightened
from luukku.network.cover.window_kernels import NEVER, all_rows, cheapest_covers, cut_out
from luukku.network.cover.windows import Windows
from luukku.network.highs import Growing, Programme


@st.composite
def coverings(draw):
    """A few rows, each covered by some of a few columns."""
    rows, columns = draw(st.integers(1, 9)), draw(st.integers(2, 8))
    row = st.lists(st.booleans(), min_size=columns, max_size=columns).filter(any)
    return np.array(draw(st.lists(row, min_size=rows, max_size=rows)), dtype=np.float64)


def whole_covers(covers):
    """(covers, columns) every cover of the rows."""
    choices = np.array(list(product([0, 1], repeat=covers.shape[1])))
    return choices[(choices @ covers.T > 0).all(axis=1)]


def relaxed(covers):
    """A vertex of the relaxation with unit costs."""
    rows, columns = covers.shape
    programme = Programme(
        np.ones(columns), np.ones(columns), sparse.csr_array(covers), np.ones(rows), np.full(rows, np.inf)
    )
    return np.clip(Growing(programme).solve().values, 0.0, 1.0)


def as_window(covers):
    rows = sparse.csr_array(covers)
    columns = np.arange(covers.shape[1], dtype=np.int64)
    start, item = rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
    return cut_out(start, item, np.arange(len(covers), dtype=np.int64), columns, covers.shape[1])


@settings(max_examples=200, deadline=None)
@given(coverings(), st.data())
def test_the_cheapest_cover_of_a_window_equals_brute_force(covers, data):
    columns = covers.shape[1]
    cost = np.array(data.draw(st.lists(st.integers(0, 6), min_size=columns, max_size=columns)), dtype=np.int64)
    found = np.zeros((3, columns), dtype=np.bool_)
    need = all_rows(as_window(covers))
    best = int((whole_covers(covers) @ cost).min())
    least, kept = cheapest_covers(as_window(covers), cost, need, (NEVER, 10_000), found)
    assert least == best
    assert cost[found[kept - 1]].sum() == best
    assert ((covers @ found[:kept].T) > 0).all()
    assert cheapest_covers(as_window(covers), cost, need, (best, 10_000), found) == (best, 0)


def test_a_search_that_needs_more_nodes_says_so():
    covers = 1.0 - np.eye(8)
    found = np.zeros((1, 8), dtype=np.bool_)
    least, _ = cheapest_covers(
        as_window(covers), np.ones(8, dtype=np.int64), all_rows(as_window(covers)), (NEVER, 2), found
    )
    assert least == -1


@settings(max_examples=200, deadline=None)
@given(coverings(), st.integers(2, 8), st.integers(0, 5))
def test_a_cut_holds_for_every_cover_and_cuts_off_the_point(covers, size, seed):
    values = relaxed(covers)
    windows = Windows(sparse.csr_array(covers), values)
    for centre in windows.tight:
        cut = windows.cut(*windows.grow(centre, size), seed)
        if cut is not None:
            assert (whole_covers(covers)[:, cut.column] @ cut.weight >= cut.least).all()
            assert cut.over(values) < 0


@settings(max_examples=200, deadline=None)
@given(coverings(), st.data())
def test_the_tightened_bound_lies_between_the_relaxation_and_the_optimum(covers, data):
    columns = covers.shape[1]
    costs = np.array(data.draw(st.lists(st.sampled_from([0.5, 1.0, 2.7]), min_size=columns, max_size=columns)))
    value = float((whole_covers(covers) @ costs).min())
    result = tightened(sparse.csr_array(covers), costs, enough=value, left=lambda: 60.0, stopped=lambda _: False)
    assert result.bound <= value + 1e-9
    choices = whole_covers(covers)
    assert (result.rows @ choices.T >= 1 - 1e-12).all()
    for column in range(columns):  # a column costs at least as much more as it says
        those = choices[choices[:, column] == 1]
        assert (those @ costs).min() >= result.bound + result.reduced[column] - 1e-9


def test_an_odd_cycle_is_cut_to_its_optimum():
    covers = np.eye(7) + np.roll(np.eye(7), 1, axis=1)
    result = tightened(sparse.csr_array(covers), np.ones(7), enough=4.0, left=lambda: 60.0, stopped=lambda _: False)
    assert result.bound == pytest.approx(4.0)


def test_equal_seeds_give_equal_cuts():
    random = np.random.default_rng(2)
    rows = sparse.csr_array(
        [np.isin(np.arange(24), random.choice(24, 4, replace=False)) for _ in range(50)], dtype=float
    )
    one, other = (
        tightened(rows, np.ones(24), enough=24.0, left=lambda: 60.0, stopped=lambda _: False, seed=3) for _ in range(2)
    )
    assert one.rows.shape[0] > 50
    assert (one.rows != other.rows).nnz == 0


def test_rounds_end_when_they_are_told_to():
    rows = sparse.csr_array((np.random.default_rng(1).random((60, 40)) < 0.1).astype(float) + np.eye(60, 40))
    rows = sparse.csr_array(rows[np.diff(rows.indptr) > 0])
    told = []

    def stopped(bound):
        told.append(bound)
        return True

    result = tightened(rows, np.ones(40), enough=40.0, left=lambda: 60.0, stopped=stopped)
    assert told == [result.bound]
    assert tightened(rows, np.ones(40), enough=40.0, left=lambda: 0.0, stopped=stopped) is None
