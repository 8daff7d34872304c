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
HALVINGS = 50
"""Halvings of the interval in which the price of the budget lies."""


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
def by_column(columns: int, start: Starts, column: Numbers, trip: Trips) -> tuple[Starts, Numbers, Trips]:
    """The same pairs kept by column: starts, rows, trips."""
    begin = np.zeros(columns + 1, np.int64)
    for pair in range(len(column)):
        begin[column[pair] + 1] += 1
    for each in range(columns):
        begin[each + 1] += begin[each]
    free = begin[:-1].copy()
    rows = np.empty(len(column), np.int32)
    trips = np.empty(len(column), np.float32)
    for row in range(len(start) - 1):
        for pair in range(start[row], start[row + 1]):
            rows[free[column[pair]]] = row
            trips[free[column[pair]]] = trip[pair]
            free[column[pair]] += 1
    return begin, rows, trips


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


@njit(cache=True, nogil=True)
def profits(
    start: Starts, column: Numbers, trip: Trips, people: Floats, price: Floats, end: Starts, profit: Floats
) -> float:
    """The sum of the prices; `profit` becomes what each column saves at them, `end` where each row's pairs stop."""
    profit[:] = 0.0
    total = 0.0
    for row in range(len(start) - 1):
        asked, each = price[row], people[row]
        total += asked
        pair, stop = start[row], start[row + 1]
        while pair < stop:
            worth = each * np.float64(trip[pair]) - asked
            if worth >= 0.0:
                break
            profit[column[pair]] += worth
            pair += 1
        end[row] = pair
    return total


@njit(cache=True, nogil=True)
def select(
    profit: Floats, cost: Floats, room: float, counted: bool, first_group: Numbers, groups: int, share: Floats
) -> tuple[float, float]:
    """The price of the room at which the columns save most, and what they save there; `share` is how far each is taken.

    At any price of at least 0, no choice saves more than the best column of each group does, each paying for its room,
    and the room's own price. counted: every column costs 1 and is in no group.
    """
    columns = len(profit)
    share[:] = 0.0
    if counted:
        points = int(room)
        if points >= columns:
            share[:] = 1.0
            return 0.0, profit.sum()
        if points == 0:
            return -profit.min(), 0.0
        last = np.partition(profit, points - 1)[points - 1]
        total, taken = 0.0, 0
        for each in range(columns):
            if profit[each] < last:
                share[each] = 1.0
                total += profit[each]
                taken += 1
        for each in range(columns):
            if taken < points and profit[each] == last:
                share[each] = 1.0
                total += last
                taken += 1
        return -last, total
    best = np.full(groups, -1, np.int64)
    high = 0.0
    for each in range(columns):
        if cost[each] > 0.0:
            high = max(high, -profit[each] / cost[each])
    low = 0.0
    used_low, value_low = _taken(profit, cost, low, first_group, best)
    if used_low <= room:
        _share(profit, cost, low, first_group, best, 1.0, share)
        return low, value_low
    high = high * (1.0 + 1e-9) + 1e-300
    used_high, _ = _taken(profit, cost, high, first_group, best)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        used, _ = _taken(profit, cost, middle, first_group, best)
        if used > room:
            low, used_low = middle, used
        else:
            high, used_high = middle, used
    # The choices at both ends, mixed so that they fill the room: the solution of the linear knapsack.
    mix = (room - used_high) / (used_low - used_high) if used_low > used_high else 0.0
    _taken(profit, cost, low, first_group, best)
    _share(profit, cost, low, first_group, best, mix, share)
    _, value = _taken(profit, cost, high, first_group, best)
    _share(profit, cost, high, first_group, best, 1.0 - mix, share)
    return high, value - high * room


@njit(cache=True, nogil=True)
def _taken(profit: Floats, cost: Floats, rate: float, first_group: Numbers, best: Starts) -> tuple[float, float]:
    """Room that the columns worth their cost at this rate need, and their worth; `best` is each group's one."""
    best[:] = -1
    used, value = 0.0, 0.0
    for each in range(len(profit)):
        worth = profit[each] + rate * cost[each]
        group = first_group[each]
        if group < 0:
            if worth < 0.0:
                used += cost[each]
                value += worth
        elif worth < 0.0 and (best[group] < 0 or worth < profit[best[group]] + rate * cost[best[group]]):
            best[group] = each
    for group in range(len(best)):
        if best[group] >= 0:
            used += cost[best[group]]
            value += profit[best[group]] + rate * cost[best[group]]
    return used, value


@njit(cache=True, nogil=True)
def _share(
    profit: Floats, cost: Floats, rate: float, first_group: Numbers, best: Starts, part: float, share: Floats
) -> None:
    for each in range(len(profit)):
        if first_group[each] < 0:
            if profit[each] + rate * cost[each] < 0.0:
                share[each] += part
        elif best[first_group[each]] == each:
            share[each] += part


@njit(cache=True, nogil=True)
def rises(profit: Floats, cost: Floats, rate: float, first_group: Numbers, groups: int) -> tuple[float, Floats, Floats]:
    """What the columns save at a rate of the room, and how much less when each has to join, and when each has to leave.

    No less than this: other columns may save less still.
    """
    columns = len(profit)
    best, next_best = np.full(groups, -1, np.int64), np.zeros(groups)
    saved = 0.0
    worth = profit + rate * cost
    for each in range(columns):
        group = first_group[each]
        if group < 0:
            saved += min(worth[each], 0.0)
        elif worth[each] < 0.0:
            if best[group] < 0 or worth[each] < worth[best[group]]:
                if best[group] >= 0:
                    next_best[group] = worth[best[group]]
                best[group] = each
            else:
                next_best[group] = min(next_best[group], worth[each])
    for group in range(groups):
        if best[group] >= 0:
            saved += worth[best[group]]
    joins, leaves = np.zeros(columns), np.zeros(columns)
    for each in range(columns):
        group = first_group[each]
        if group < 0:
            joins[each], leaves[each] = max(worth[each], 0.0), max(-worth[each], 0.0)
        elif best[group] == each:
            leaves[each] = next_best[group] - worth[each]
        else:
            joins[each] = worth[each] - (worth[best[group]] if best[group] >= 0 else 0.0)
    return saved, joins, leaves


BOUND, STEP, REFERENCE, SINCE, RATE = range(5)
"""Places in the state of a climb."""


@njit(cache=True, nogil=True)
def climb(
    start: Starts,
    column: Numbers,
    trip: Trips,
    people: Floats,
    most: Floats,
    cost: Floats,
    room: float,
    counted: bool,
    first_group: Numbers,
    groups: int,
    value: float,
    enough: float,
    sweeps: int,
    patience: int,
    shrink: float,
    memory: float,
    shortest: float,
    price: Floats,
    direction: Floats,
    best_price: Floats,
    best_profit: Floats,
    average: Floats,
    share: Floats,
    state: Floats,
) -> int:
    """Adjust prices so many times, or until the bound is enough or the steps are too short; how many times.

    All arrays from `price` on change in place. `share` is the last relaxed choice, `average` a running mean of them.
    """
    rows = len(start) - 1
    end = np.empty(rows, np.int64)
    profit = np.empty(len(cost))
    for turn in range(sweeps):
        total = profits(start, column, trip, people, price, end, profit)
        rate, saved = select(profit, cost, room, counted, first_group, groups, share)
        bound = total + saved
        for each in range(len(cost)):
            average[each] += 0.08 * (share[each] - average[each])
        if bound > state[BOUND]:
            state[BOUND], state[RATE] = bound, rate
            best_price[:] = price
            best_profit[:] = profit
            if bound >= enough:
                return turn + 1
        state[SINCE] += 1
        if state[SINCE] >= patience:
            state[SINCE] = 0
            if state[BOUND] - state[REFERENCE] < shrink * (value - state[BOUND]):
                state[STEP] *= 0.7
                price[:] = best_price
                direction[:] = 0.0
            state[REFERENCE] = state[BOUND]
        if state[STEP] < shortest:
            return turn + 1
        length = 0.0
        for row in range(rows):
            missing = 1.0
            for pair in range(start[row], end[row]):
                missing -= share[column[pair]]
            direction[row] = (1.0 - memory) * missing + memory * direction[row]
            length += people[row] * direction[row] ** 2
        stride = state[STEP] * (value - bound) / max(length, 1e-12)
        for row in range(rows):
            price[row] = min(max(price[row] + stride * people[row] * direction[row], 0.0), most[row])
    return sweeps
