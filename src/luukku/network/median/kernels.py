"""The loops of the p-median beside the swaps (`swap_kernels`) and the prices (`price_kernels`), compiled by numba.

Pairs of a row (cell) and a column (candidate) come in compressed rows, the nearest first, and again by column. This
module takes a second to import, so it is imported where a p-median is solved and not before.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Trips = NDArray[np.float32]
Starts = NDArray[np.int64]
Numbers = NDArray[np.int32]

FREE, WITHIN, WITHOUT = 0, 1, 2
"""What is decided of a column: nothing, chosen, or not to be chosen."""


@njit(cache=True, nogil=True)
def kept_pairs(
    start: Starts,
    column: Numbers,
    trip: Trips,
    decided: NDArray[np.int8],
    charge: Floats,
    last: Floats,
) -> tuple[Starts, Floats]:
    """(rows + 1,) where each row's kept pairs would begin, and (rows,) the trip without any undecided column.

    Kept are the undecided columns nearer than the nearest chosen one and than the charge. The first pair beyond
    `last` is not kept either: its trip becomes the charge, as nothing of the row's that is left is nearer.
    """
    rows = len(start) - 1
    begin = np.zeros(rows + 1, np.int64)
    without = charge.copy()
    for row in range(rows):
        count = 0
        for pair in range(start[row], start[row + 1]):
            time = np.float64(trip[pair])
            if time >= without[row]:
                break
            state = decided[column[pair]]
            if state == WITHOUT:
                continue
            if state == WITHIN or time > last[row]:
                without[row] = time
                break
            count += 1
        begin[row + 1] = begin[row] + count
    return begin, without


@njit(cache=True, nogil=True)
def copied_pairs(start: Starts, column: Numbers, trip: Trips, number: Numbers, begin: Starts) -> tuple[Numbers, Trips]:
    """The kept pairs with their new column numbers; number: (columns,), below 0 for those that are not kept."""
    columns = np.empty(begin[-1], np.int32)
    trips = np.empty(begin[-1], np.float32)
    for row in range(len(start) - 1):
        free, end, pair = begin[row], begin[row + 1], start[row]
        while free < end:
            if number[column[pair]] >= 0:
                columns[free] = number[column[pair]]
                trips[free] = trip[pair]
                free += 1
            pair += 1
    return columns, trips


@njit(cache=True, nogil=True)
def bring_nearer(minutes: Floats, begin: Starts, row: Numbers, trip: Trips, columns: Starts) -> None:
    """Lower each row's minutes to those of the nearest of the columns."""
    for column in columns:
        for pair in range(begin[column], begin[column + 1]):
            minutes[row[pair]] = min(minutes[row[pair]], np.float64(trip[pair]))


@njit(cache=True, nogil=True)
def saving(people: Floats, minutes: Floats, begin: Starts, row: Numbers, trip: Trips, column: int) -> float:
    """Person-minutes that one more column would save."""
    total = 0.0
    for pair in range(begin[column], begin[column + 1]):
        total += people[row[pair]] * max(minutes[row[pair]] - np.float64(trip[pair]), 0.0)
    return total


# Prices


@njit(cache=True, nogil=True)
def common_measure(values: Trips) -> int:
    """The greatest whole number that all values are multiples of; 0 when they are not whole, or all 0."""
    measure = np.int64(0)
    for value in values:
        if value != np.rint(value):
            return 0
        other = np.int64(value)
        while other:
            measure, other = other, measure % other
    return int(measure)
