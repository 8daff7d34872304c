"""What sites that can serve only so many save at prices, and the adjusting of the prices; see `prices`.

Compiled by numba, and imported where prices are adjusted and not before: this module takes a second to import.
"""

# ruff: noqa: C901, PLR0912, PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.step_kernels import remember, shortened
from luukku.network.steps import BOUND, STEP, Pace

Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Int8s = NDArray[np.int8]


@njit(cache=True, nogil=True)
def fills(
    start: Int64s,
    row: Int32s,
    cost: Float32s,
    people: Float64s,
    price: Float64s,
    capacity: Float64s,
    decided: Int8s,
    saved: Float64s,
    worth: Float64s,
    part: Float64s,
) -> None:
    """What each column saves at the prices when it fills up with the people worth most (the continuous knapsack).

    price: (rows,) of serving one person. saved: (columns,) at least 0; worth: what room for one more would add, and
    people worth just so much are served for the share `part`. Columns that are WITHOUT are left out.
    """
    most = 0
    for column in range(len(capacity)):
        most = max(most, start[column + 1] - start[column])
    value, weight = np.empty(most), np.empty(most)
    for column in range(len(capacity)):
        saved[column], worth[column], part[column] = 0.0, 0.0, 0.0
        if decided[column] == WITHOUT:
            continue
        count, wishing, total = 0, 0.0, 0.0
        for pair in range(start[column], start[column + 1]):
            each = price[row[pair]] - np.float64(cost[pair])
            if each > 0.0:
                some = people[row[pair]]
                value[count], weight[count] = each, some
                wishing += some
                total += some * each
                count += 1
        if wishing <= capacity[column]:
            saved[column] = total
        else:
            saved[column], worth[column], part[column] = _fullest(value, weight, count, capacity[column])


@njit(cache=True, nogil=True)
def _fullest(value: Float64s, weight: Float64s, count: int, room: float) -> tuple[float, float, float]:
    """What the room is worth when the most valuable get it, their least value, and the share of those worth just that.

    By parting the values as in quicksort, again only the part in which the room ends (Balas & Zemel 1980).
    """
    first, last, total = 0, count, 0.0
    while True:
        low, middle, high = value[first], value[(first + last) // 2], value[last - 1]
        pivot = max(min(low, middle), min(max(low, middle), high))
        above, at, end = first, first, last
        wishing, worth, equal = 0.0, 0.0, 0.0
        while at < end:
            each, some = value[at], weight[at]
            if each > pivot:
                wishing += some
                worth += some * each
                value[at], weight[at] = value[above], weight[above]
                value[above], weight[above] = each, some
                above += 1
                at += 1
            elif each < pivot:
                end -= 1
                value[at], weight[at] = value[end], weight[end]
                value[end], weight[end] = each, some
            else:
                equal += some
                at += 1
        if wishing > room:
            last = above
        elif wishing + equal >= room or end == last:
            share = min((room - wishing) / equal, 1.0)
            return total + worth + share * equal * pivot, pivot, share
        else:
            total += worth + equal * pivot
            room -= wishing + equal
            first = end


@njit(cache=True, nogil=True)
def chosen(saved: Float64s, decided: Int8s, more: int, taken: NDArray[np.bool_]) -> float:
    """What the columns that are WITHIN and the `more` best FREE ones save; `taken` says which they are."""
    taken[:] = decided == WITHIN
    total, left = 0.0, more
    free = np.flatnonzero(decided == FREE)
    for column in range(len(saved)):
        if taken[column]:
            total += saved[column]
    if more >= len(free):
        last = -1.0
    elif more <= 0:
        last = np.inf
    else:
        last = np.partition(saved[free], len(free) - more)[len(free) - more]
    for number in range(len(free)):
        if saved[free[number]] > last:
            taken[free[number]] = True
            total += saved[free[number]]
            left -= 1
    for number in range(len(free)):
        if left > 0 and saved[free[number]] == last:
            taken[free[number]] = True
            total += last
            left -= 1
    return total


LONELY, RISE = 0.98, 1.2
"""How far the last sweeps have to have left out a row for its price to rise by more than a step, and how many times."""


@njit(cache=True, nogil=True)
def climb(
    start: Int64s,
    row: Int32s,
    cost: Float32s,
    people: Float64s,
    most: Float64s,
    capacity: Float64s,
    decided: Int8s,
    more: int,
    target: float,
    enough: float,
    sweeps: int,
    pace: Pace,
    price: Float64s,
    direction: Float64s,
    best_price: Float64s,
    best_saved: Float64s,
    worth: Float64s,
    taken: NDArray[np.bool_],
    average: Float64s,
    state: Float64s,
) -> None:
    """Adjust prices so many times, or until the bound is enough or the steps are too short.

    most: (rows,) what no price may exceed. All arrays from `price` on change in place; `worth` and `taken` are those of
    the last relaxed choice, `average` is a running mean of what was taken.
    """
    columns = len(capacity)
    saved, part = np.empty(columns), np.empty(columns)
    missing = np.empty(len(people))
    for _ in range(sweeps):
        fills(start, row, cost, people, price, capacity, decided, saved, worth, part)
        bound = -chosen(saved, decided, more, taken)
        for each in range(len(people)):
            bound += people[each] * price[each]
        remember(average, taken, pace)
        if bound > state[BOUND]:
            state[BOUND] = bound
            best_price[:] = price
            best_saved[:] = saved
            if bound >= enough:
                return
        if shortened(state, target, pace):
            price[:] = best_price
            direction[:] = 0.0
            continue
        if state[STEP] < pace.shortest:
            return
        missing[:] = 1.0
        for column in range(columns):
            if taken[column]:
                for pair in range(start[column], start[column + 1]):
                    each = price[row[pair]] - np.float64(cost[pair])
                    if each > worth[column]:
                        missing[row[pair]] -= 1.0
                    elif each == worth[column] and part[column] > 0.0:
                        missing[row[pair]] -= part[column]
        length = 0.0
        for each in range(len(people)):
            direction[each] = (1.0 - pace.memory) * missing[each] + pace.memory * direction[each]
            length += people[each] * direction[each] ** 2
        if length <= 0.0:
            return
        step = state[STEP] * (target - bound) / length
        for each in range(len(people)):
            if direction[each] > LONELY:
                price[each] *= RISE
            price[each] = min(max(price[each] + step * direction[each], 0.0), most[each])


@njit(cache=True, nogil=True)
def nearer(
    start: Int64s, row: Int32s, cost: Float32s, most: Float64s, kept: NDArray[np.bool_]
) -> tuple[Int64s, Int32s, Float32s]:
    """The pairs of kept columns, by column, that cost less than the most of their row; columns not kept have none."""
    columns = len(start) - 1
    first = np.zeros(columns + 1, np.int64)
    for column in range(columns):
        count = 0
        if kept[column]:
            for pair in range(start[column], start[column + 1]):
                count += np.float64(cost[pair]) < most[row[pair]]
        first[column + 1] = first[column] + count
    rows, costs = np.empty(first[columns], np.int32), np.empty(first[columns], np.float32)
    for column in range(columns):
        at = first[column]
        if kept[column]:
            for pair in range(start[column], start[column + 1]):
                if np.float64(cost[pair]) < most[row[pair]]:
                    rows[at], costs[at] = row[pair], cost[pair]
                    at += 1
    return first, rows, costs


@njit(cache=True, nogil=True)
def renumbered(
    start: Int64s, column: Int32s, cost: Float32s, most: Float64s, number: Int32s
) -> tuple[Int64s, Int32s, Float32s]:
    """The same pairs by row, the cheapest first; number: (columns,) their new numbers, -1 for those not kept."""
    rows = len(start) - 1
    first = np.zeros(rows + 1, np.int64)
    for each in range(rows):
        count = 0
        for pair in range(start[each], start[each + 1]):
            if np.float64(cost[pair]) >= most[each]:
                break
            count += number[column[pair]] >= 0
        first[each + 1] = first[each] + count
    columns, costs = np.empty(first[rows], np.int32), np.empty(first[rows], np.float32)
    for each in range(rows):
        at = first[each]
        for pair in range(start[each], start[each + 1]):
            if np.float64(cost[pair]) >= most[each]:
                break
            if number[column[pair]] >= 0:
                columns[at], costs[at] = number[column[pair]], cost[pair]
                at += 1
    return first, columns, costs


@njit(cache=True, nogil=True)
def two_cheapest(
    start: Int64s, point: Int32s, cost: Float64s, price: Float64s, away: float
) -> tuple[Int32s, Float64s, Float64s]:
    """(rows,) the point (-1 for none) that costs least with the worth of its room added, that, and the second least."""
    rows = len(start) - 1
    best, near, second = np.full(rows, -1, np.int32), np.full(rows, away), np.full(rows, away)
    for each in range(rows):
        for pair in range(start[each], start[each + 1]):
            if cost[pair] >= second[each]:
                break
            worth = cost[pair] + price[point[pair]]
            if worth < near[each]:
                second[each], near[each], best[each] = near[each], worth, point[pair]
            elif worth < second[each]:
                second[each] = worth
    return best, near, second


@njit(cache=True, nogil=True)
def swaps(
    start: Int64s,
    column: Int32s,
    cost: Float32s,
    people: Float64s,
    worth: Float64s,
    best: Int32s,
    near: Float64s,
    second: Float64s,
    points: int,
) -> tuple[Float64s, Float64s]:
    """What closing each point costs at the worth of room, and what each column then saves of that when it opens.

    (points,) what its people's second cheapest trips cost more, at least 0; (points, columns) how much of it a column
    saves that is not the point's people's own gain from it (Resende & Werneck 2007).
    """
    loss, regained = np.zeros(points), np.zeros((points, len(worth)))
    for each in range(len(near)):
        point = best[each]
        if point < 0:
            continue
        loss[point] += people[each] * (second[each] - near[each])
        for pair in range(start[each], start[each + 1]):
            trip = np.float64(cost[pair])
            if trip >= second[each]:
                break
            there = max(trip + worth[column[pair]], near[each])
            if there < second[each]:
                regained[point, column[pair]] += people[each] * (second[each] - there)
    return loss, regained
