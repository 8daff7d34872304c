"""Swaps and prices for covering a share of the people."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from luukku.network.cover import share_search
from luukku.network.dominance import family


@st.composite
def covers(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    table = draw(st.lists(st.lists(st.booleans(), min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    people = draw(st.lists(st.floats(0.5, 100.0), min_size=rows, max_size=rows))
    return np.array(table), np.array(people)


def bars_of(groups, columns):
    inside = np.zeros((columns, len(groups)))
    for number, group in enumerate(groups):
        inside[sorted(group), number] = 1.0
    matrix = sparse.csr_array(inside)
    return share_search.Bars(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), len(groups))


def outside(table, people, chosen):
    return float(people[~table[:, chosen].any(axis=1)].sum())


@settings(max_examples=200, deadline=None)
@given(covers(), st.data())
def test_scores_are_what_each_column_would_change(cover, data):
    table, people = cover
    columns = table.shape[1]
    rows, bars = family(sparse.csr_array(table.astype(float))), bars_of([], columns)
    choice = share_search.nothing_chosen(rows, people, bars)
    for column in data.draw(st.lists(st.integers(0, columns - 1), max_size=12)):
        share_search.flip(rows, people, bars, choice, column)
    chosen = choice.chosen.copy()
    assert choice.outside[0] == pytest.approx(outside(table, people, chosen), abs=1e-6)
    for column in range(columns):
        other = chosen.copy()
        other[column] = not other[column]
        change = abs(outside(table, people, other) - outside(table, people, chosen))
        assert choice.score[column] == pytest.approx(change, abs=1e-6)


@settings(max_examples=200, deadline=None)
@given(covers(), st.data())
def test_swaps_never_leave_more_outside_nor_choose_two_of_a_group(cover, data):
    table, people = cover
    columns = table.shape[1]
    groups = data.draw(st.lists(st.frozensets(st.integers(0, columns - 1), min_size=1), max_size=2))
    rows, bars = family(sparse.csr_array(table.astype(float))), bars_of(groups, columns)
    choice = share_search.nothing_chosen(rows, people, bars)
    share_search.add_greedily(rows, people, bars, choice, 0.0)
    if choice.chosen.any():
        share_search.leave_least(rows, people, bars, choice)
    before, size = outside(table, people, choice.chosen), choice.chosen.sum()
    after = share_search.swap(rows, people, bars, choice, (0.0, 20))
    assert after == pytest.approx(outside(table, people, choice.chosen), abs=1e-6)
    assert after <= before + 1e-6
    assert choice.chosen.sum() == size
    assert all(choice.chosen[sorted(group)].sum() <= 1 for group in groups)


@settings(max_examples=300, deadline=None)
@given(covers(), st.integers(0, 4), st.data())
def test_no_choice_covers_more_than_the_bound_of_the_prices(cover, points, data):
    table, people = cover
    must = np.array(data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people))))
    rows = family(sparse.csr_array(table.astype(float)))
    prices = share_search.half_price(len(people), table.shape[1])
    need = data.draw(st.floats(0.0, 1.0)) * people.sum()
    share_search.sweep(rows, people, must, prices, (need, points, 100))
    allowed = [
        people.sum() - outside(table, people, list(chosen))
        for chosen in combinations(range(table.shape[1]), min(points, table.shape[1]))
        if table[must][:, list(chosen)].any(axis=1).all()
    ]
    assert prices.state[0] >= max(allowed, default=0.0) - 1e-6
