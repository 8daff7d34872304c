"""Longer rows for some cells of a travel-time matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction
from luukku.travel.lengthen import lengthened
from luukku.travel.times import TravelTimes


def table(times: TravelTimes) -> dict[tuple[int, int], float]:
    return {
        (site, int(cell)): float(trip)
        for site in range(times.sites)
        for cell, trip in zip(*times.of(site), strict=True)
    }


def part(times: TravelTimes, cells: list[int]) -> TravelTimes:
    known = table(times)
    return matrix([[known.get((site, cell)) for cell in cells] for site in range(times.sites)], times.horizon)


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.integers(0, 29), unique=True), st.integers(1, 5))
def test_the_rows_named_are_the_longer_ones_and_the_others_as_they_were(cells, seed):
    near, far = scattered(30, 8, seed=seed, horizon=60.0), scattered(30, 8, seed=seed, horizon=200.0)
    longer = lengthened(near, np.array(cells, dtype=np.intp), part(far, cells))
    wanted = {pair: trip for pair, trip in table(far).items() if pair[1] in cells or trip <= 60.0}
    assert table(longer) == wanted
    assert longer.horizon == 60.0
    for site in range(longer.sites):
        assert (np.diff(longer.of(site)[0]) > 0).all()
    for cell in range(30):
        sites, minutes = longer.by_cell().of(cell)
        assert (np.diff(minutes) >= 0).all()
        assert {(int(site), cell): float(trip) for site, trip in zip(sites, minutes, strict=True)} == {
            pair: trip for pair, trip in wanted.items() if pair[1] == cell
        }


@pytest.mark.parametrize(
    ("cells", "more", "told"),
    [
        ([0], matrix([[1.0, 2.0]], 200.0), "2 cells and 1 sites"),
        ([0, 0], matrix([[1.0, 2.0]] * 2, 200.0), "2 cells"),
        ([5], matrix([[1.0]] * 2, 200.0), "numbered from 0"),
        ([0], matrix([[1.0]] * 2, 30.0), "no farther"),
    ],
)
def test_minutes_that_do_not_fit_are_refused(cells, more, told):
    with pytest.raises(Contradiction, match=told):
        lengthened(matrix([[1.0, 2.0]] * 2, 60.0), np.array(cells), more)
