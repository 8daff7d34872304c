"""The prices of the p-median and what columns save at them, compiled by numba; see `lagrangian`.

Imported where prices are adjusted and not before: this module takes a second to import.
"""

# ruff: noqa: C901, PLR0912, PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.step_kernels import remember, shortened
from luukku.network.steps import BOUND, RATE, STEP, Pace

Floats = NDArray[np.float64]
Trips = NDArray[np.float32]
Starts = NDArray[np.int64]
Numbers = NDArray[np.int32]

HALVINGS = 50
"""Halvings of the interval in which the price of the budget lies."""
LEAST_HALF = 0.1
"""The least share that counts as a half."""


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
    profit: Floats,
    cost: Floats,
    room: float,
    counted: bool,
    first_group: Numbers,
    groups: int,
    needed: Numbers,
    needs: int,
    share: Floats,
) -> tuple[float, float]:
    """The price of the room at which the columns save most, and what they save there; `share` is how far each is taken.

    At any price of at least 0, no choice saves more than the best column of each group does, each paying for its room,
    and the room's own price. counted: every column costs 1 and is in no group; then the best column of every needed
    set is taken, as some best choice of such a sort does, and the best of the others.
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
        forced = 0.0
        if needs > 0:
            profit = profit.copy()
            forced = _force(profit, needed, needs, share)
            points -= needs
            if points == 0:
                return max(-profit.min(), 0.0), forced
        last = np.partition(profit, points - 1)[points - 1]
        total, taken = forced, 0
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
def _force(profit: Floats, needed: Numbers, needs: int, share: Floats) -> float:
    """Take the best column of every needed set, and leave it out of what is left; what they save together."""
    first = np.full(needs, -1, np.int64)
    for each in range(len(profit)):
        which = needed[each]
        if which >= 0 and (first[which] < 0 or profit[each] < profit[first[which]]):
            first[which] = each
    saved = 0.0
    for which in range(needs):
        share[first[which]] = 1.0
        saved += profit[first[which]]
        profit[first[which]] = np.inf
    return saved


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
def rises(
    profit: Floats, cost: Floats, rate: float, first_group: Numbers, groups: int, needed: Numbers, needs: int
) -> tuple[float, Floats, Floats]:
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
    if needs > 0:
        saved += _needing(worth, needed, needs, joins, leaves)
    return saved, joins, leaves


@njit(cache=True, nogil=True)
def _needing(worth: Floats, needed: Numbers, needs: int, joins: Floats, leaves: Floats) -> float:
    """What it costs that of every needed set one joins; added to what each column's joining and leaving costs."""
    first, second = np.full(needs, -1, np.int64), np.full(needs, np.inf)
    for each in range(len(worth)):
        which = needed[each]
        if which < 0:
            continue
        if first[which] < 0 or worth[each] < worth[first[which]]:
            if first[which] >= 0:
                second[which] = worth[first[which]]
            first[which] = each
        else:
            second[which] = min(second[which], worth[each])
    lifted = 0.0
    for which in range(needs):
        lifted += max(worth[first[which]], 0.0)
    for each in range(len(worth)):
        which = needed[each]
        if which < 0:
            continue
        least = max(worth[first[which]], 0.0)
        joins[each] -= least
        if first[which] == each:
            leaves[each] += max(second[which], 0.0) - least
    return lifted


@njit(cache=True, nogil=True)
def halved(start: Starts, column: Numbers, trip: Trips, minutes: Floats, average: Floats) -> tuple[int, int]:
    """A row and how many of its nearest columns make up half of those that serve it, -1 for no row.

    average: (columns,) how far relaxed choices take each. The row is the one whose two halves lie farthest apart.
    """
    most, best, length = 0.0, -1, 0
    for row in range(len(start) - 1):
        inside, near, far, count = 0.0, 0.0, 0.0, 0
        for pair in range(start[row], start[row + 1]):
            more = average[column[pair]]
            if inside + 0.5 * more > 0.5 and count > 0:
                break
            inside += more
            near += more * np.float64(trip[pair])
            count += 1
        if inside < LEAST_HALF or inside > 1.0 - LEAST_HALF:
            continue
        taken = inside
        for pair in range(start[row] + count, start[row + 1]):
            more = min(average[column[pair]], 1.0 - taken)
            taken += more
            far += more * np.float64(trip[pair])
            if taken >= 1.0:
                break
        far += (1.0 - taken) * minutes[row]
        apart = (far / (1.0 - inside) - near / inside) * min(inside, 1.0 - inside)
        if apart > most:
            most, best, length = apart, row, count
    return best, length


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
    needed: Numbers,
    needs: int,
    value: float,
    enough: float,
    sweeps: int,
    pace: Pace,
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
    for sweep in range(sweeps):
        total = profits(start, column, trip, people, price, end, profit)
        rate, saved = select(profit, cost, room, counted, first_group, groups, needed, needs, share)
        bound = total + saved
        remember(average, share, pace)
        if bound > state[BOUND]:
            state[BOUND], state[RATE] = bound, rate
            best_price[:] = price
            best_profit[:] = profit
            if bound >= enough:
                return sweep + 1
        if shortened(state, value, pace):
            price[:] = best_price
            direction[:] = 0.0
        if state[STEP] < pace.shortest:
            return sweep + 1
        length = 0.0
        for row in range(rows):
            missing = 1.0
            for pair in range(start[row], end[row]):
                missing -= share[column[pair]]
            direction[row] = (1.0 - pace.memory) * missing + pace.memory * direction[row]
            length += people[row] * direction[row] ** 2
        stride = state[STEP] * (value - bound) / max(length, 1e-12)
        for row in range(rows):
            price[row] = min(max(price[row] + stride * people[row] * direction[row], 0.0), most[row])
    return sweeps
