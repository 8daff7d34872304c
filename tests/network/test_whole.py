"""Bounds of whole numbers."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.network.problem import Stop
from luukku.network.whole import Enough, common_measure, lifted


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_every_whole_number_is_a_multiple_of_the_measure(values):
    measure = common_measure(np.array(values, dtype=np.float64))
    assert all(value % measure == 0 for value in values) if any(values) else measure == 0


@pytest.mark.parametrize("values", [[0.5, 1.0], [], [2.0**60], [np.inf], [np.nan]])
def test_there_is_no_measure_of_other_numbers(values):
    assert common_measure(np.array(values)) == 0


@pytest.mark.parametrize(
    ("bound", "measure", "to"), [(6.2, 3.0, 9.0), (6.0, 3.0, 6.0), (6.001, 3.0, 6.0), (6.2, 0.0, 6.2), (-1.0, 3.0, 0.0)]
)
def test_a_bound_is_lifted_to_the_next_multiple(bound, measure, to):
    assert lifted(bound, measure, 1e-2) == to


def test_the_end_that_somebody_asks_for_from_outside_counts_too():
    outer = threading.Event()
    enough = Enough(Stop(asked=outer))
    assert not enough.is_set()
    outer.set()
    assert enough.is_set()
