"""Sets inside other sets."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from luukku.network.dominance import around_another, family, first_equal, inside_another, sums_inside

ITEMS = 6
some_sets = st.lists(st.frozensets(st.integers(0, ITEMS - 1)), min_size=1, max_size=9)


def matrix(sets):
    table = np.array([[item in one for item in range(ITEMS)] for one in sets], dtype=float)
    return family(sparse.csr_array(table))


def no_bars(sets):
    return np.zeros(len(sets) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)


@settings(max_examples=300, deadline=None)
@given(some_sets)
def test_equal_sets_have_the_same_first_one(sets):
    assert first_equal(matrix(sets)).tolist() == [sets.index(one) for one in sets]


@settings(max_examples=300, deadline=None)
@given(some_sets, st.data())
def test_a_set_that_goes_is_inside_one_that_stays_and_costs_no_more(sets, data):
    cost = np.array(data.draw(st.lists(st.integers(1, 3).map(float), min_size=len(sets), max_size=len(sets))))
    gone = inside_another(matrix(sets), cost, *no_bars(sets))
    for one, items in enumerate(sets):
        better = [
            other
            for other in range(len(sets))
            if other != one
            and items <= sets[other]
            and cost[other] <= cost[one]
            and (items != sets[other] or cost[other] < cost[one] or other < one)
        ]
        assert gone[one] == (not items or bool(better))
        assert not gone[one] or not items or any(not gone[other] for other in better)


@settings(max_examples=300, deadline=None)
@given(some_sets, st.data())
def test_a_set_around_a_chosen_one_goes(sets, data):
    which = np.array(data.draw(st.lists(st.booleans(), min_size=len(sets), max_size=len(sets))))
    gone = around_another(matrix(sets), which)
    for one, items in enumerate(sets):
        inside = [other for other in range(len(sets)) if which[other] and other != one and sets[other] <= items]
        if any(sets[other] < items for other in inside):
            assert gone[one]
        if gone[one]:
            assert any(not gone[other] for other in inside)


@settings(max_examples=300, deadline=None)
@given(some_sets)
def test_sums_are_over_the_sets_inside(sets):
    value = np.arange(1.0, len(sets) + 1)
    told = sums_inside(matrix(sets), value)
    assert told.tolist() == [sum(value[k] for k, inner in enumerate(sets) if inner <= one) for one in sets]
