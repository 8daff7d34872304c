"""The loops of the p-median, compiled by numba.

Pairs of a row (cell) and a column (candidate) come in compressed rows, the nearest first, and again by column. This
module takes a second to import, so it is imported where a p-median is solved and not before.
"""

# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
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
TOLERANCE = 1e-9
"""Relative gain below which a swap is no gain but rounding."""


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


# Swaps (Resende & Werneck 2007)


@njit(cache=True, nogil=True)
def two_nearest(
    start: Starts, column: Numbers, trip: Trips, charge: float, slot: Numbers, row: int
) -> tuple[float, float, int, int]:
    """Minutes to the nearest and second nearest chosen column of a row, and their slots, -1 for neither."""
    first, second, server = charge, charge, -1
    for pair in range(start[row], start[row + 1]):
        time = np.float64(trip[pair])
        if time >= charge:
            break
        here = slot[column[pair]]
        if here >= 0:
            if server >= 0:
                return first, time, server, here
            first, server = time, here
    return first, second, server, -1


@njit(cache=True, nogil=True)
def two_nearest_trips(
    start: Starts, column: Numbers, trip: Trips, minutes: Floats, slot: Numbers
) -> tuple[Floats, Floats]:
    """(rows,) minutes to the nearest and the second nearest chosen column; slot: (columns,), below 0 for no choice."""
    first, second = np.empty(len(minutes)), np.empty(len(minutes))
    for row in range(len(minutes)):
        first[row], second[row], _, _ = two_nearest(start, column, trip, minutes[row], slot, row)
    return first, second


@njit(cache=True, nogil=True)
def weigh(
    sign: float,
    row: int,
    people: float,
    near: tuple[float, float, int, int],
    start: Starts,
    column: Numbers,
    trip: Trips,
    slot: Numbers,
    gain: Floats,
    loss: Floats,
    extra: Floats,
) -> None:
    """Add (or with sign -1 take back) what a row says about every swap."""
    first, second, server, _ = near
    if server >= 0:
        loss[server] += sign * people * (second - first)
    for pair in range(start[row], start[row + 1]):
        time = np.float64(trip[pair])
        if time >= second:
            break
        other = column[pair]
        if slot[other] >= 0:
            continue
        if time < first:
            gain[other] += sign * people * (first - time)
            if server >= 0:
                extra[server, other] += sign * people * (second - first)
        else:
            extra[server, other] += sign * people * (second - time)


@njit(cache=True, nogil=True)
def swap(
    people: Floats,
    minutes: Floats,
    start: Starts,
    column: Numbers,
    trip: Trips,
    begin: Starts,
    row_of: Numbers,
    trip_of: Trips,
    cost: Floats,
    room: float,
    group_start: Starts,
    group: Numbers,
    groups: int,
    chosen: Starts,
    most_swaps: int,
) -> int:
    """Swap one chosen column for another while that saves person-minutes, the best swap each time; how many swaps.

    `chosen` changes in place. A swap has to stay within the room of the columns' costs and, of every group, to choose
    at most one. What every row says about every swap is kept, and told anew for the rows whose two nearest change.
    """
    rows, columns, slots = len(start) - 1, len(begin) - 1, len(chosen)
    slot = np.full(columns, -1, np.int32)
    spent = 0.0
    crowd = np.zeros(groups, np.int64)
    for place in range(slots):
        slot[chosen[place]] = place
        spent += cost[chosen[place]]
        for each in range(group_start[chosen[place]], group_start[chosen[place] + 1]):
            crowd[group[each]] += 1
    first, second = np.empty(rows), np.empty(rows)
    server, follower = np.empty(rows, np.int32), np.empty(rows, np.int32)
    gain, loss, extra = np.zeros(columns), np.zeros(slots), np.zeros((slots, columns))
    total = 0.0
    for row in range(rows):
        near = two_nearest(start, column, trip, minutes[row], slot, row)
        first[row], second[row], server[row], follower[row] = near
        weigh(1.0, row, people[row], near, start, column, trip, slot, gain, loss, extra)
        total += people[row] * first[row]
    changed = np.empty(rows, np.int64)
    seen = np.zeros(rows, np.bool_)
    for turn in range(most_swaps):
        best, out, into = TOLERANCE * total, -1, -1
        for place in range(slots):
            left = room - spent + cost[chosen[place]] + TOLERANCE * room
            for other in range(columns):
                change = gain[other] - loss[place] + extra[place, other]
                if change > best and slot[other] < 0 and cost[other] <= left:
                    fits = True
                    for each in range(group_start[other], group_start[other + 1]):
                        crowded = crowd[group[each]]
                        for mine in range(group_start[chosen[place]], group_start[chosen[place] + 1]):
                            if group[mine] == group[each]:
                                crowded -= 1
                        fits = fits and crowded <= 0
                    if fits:
                        best, out, into = change, place, other
        if out < 0:
            return turn
        count = 0
        for row in range(rows):
            if server[row] == out or follower[row] == out:
                seen[row] = True
                changed[count] = row
                count += 1
        for pair in range(begin[into], begin[into + 1]):
            row = row_of[pair]
            if not seen[row] and np.float64(trip_of[pair]) < second[row]:
                seen[row] = True
                changed[count] = row
                count += 1
        for row in changed[:count]:
            near = (first[row], second[row], server[row], follower[row])
            weigh(-1.0, row, people[row], near, start, column, trip, slot, gain, loss, extra)
        leaving = chosen[out]
        slot[leaving], slot[into], chosen[out] = -1, out, into
        spent += cost[into] - cost[leaving]
        for each in range(group_start[leaving], group_start[leaving + 1]):
            crowd[group[each]] -= 1
        for each in range(group_start[into], group_start[into + 1]):
            crowd[group[each]] += 1
        for row in changed[:count]:
            seen[row] = False
            near = two_nearest(start, column, trip, minutes[row], slot, row)
            first[row], second[row], server[row], follower[row] = near
            weigh(1.0, row, people[row], near, start, column, trip, slot, gain, loss, extra)
        total -= best
    return most_swaps


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
