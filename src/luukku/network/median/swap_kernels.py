"""Swaps of one chosen candidate of a p-median for another, compiled by numba.

What every swap would change is kept, and told anew only for the rows whose two nearest change (Resende & Werneck 2007,
"A fast swap-based local search procedure for location problems"); the best swap of each chosen candidate is kept as
well, and sought anew only where something changed. Imported where choices are swapped and not before: this module takes
a second to import.
"""

# ruff: noqa: C901, PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Trips = NDArray[np.float32]
Starts = NDArray[np.int64]
Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-9
"""Relative gain below which a swap is no gain but rounding."""
KICK_NEAR = 12
"""Of how many of a row's nearest columns the next one of a kick is drawn."""
MOST_LOGGED = 200
"""Swaps after a kick at most."""
TRIES = 20
"""Draws for a swap of a kick before it is given up."""


class Pairs(NamedTuple):
    """The problem: pairs by row, the nearest first, and by column; costs, room and groups as in `Limits`."""

    people: Floats
    minutes: Floats
    start: Starts
    column: Numbers
    trip: Trips
    begin: Starts
    row: Numbers
    column_trip: Trips
    cost: Floats
    group_start: Starts
    group: Numbers


class Weighed(NamedTuple):
    """A choice with what every swap would change.

    chosen:   (places,) columns; slot: (columns,) the place of each, -1 when not chosen; crowd: (groups,) how many.
    first, second, server, follower: (rows,) minutes to the two nearest chosen columns, and their places.
    gain:     (columns,) what a column saves when added; loss: (places,) what leaving costs; extra: (places, columns).
    best, into: (places,) what the best swap of each place saves, and the column it takes, -1 for none.
    old_place, old_column: where what is kept in `best` has to be sought anew.
    sums:     the choice's person-minutes, its cost, and how much was looked at (in pairs).
    """

    chosen: Starts
    slot: Numbers
    crowd: Starts
    first: Floats
    second: Floats
    server: Numbers
    follower: Numbers
    gain: Floats
    loss: Floats
    extra: Floats
    best: Floats
    into: Starts
    old_place: Flags
    old_column: Flags
    changed: Starts
    seen: Flags
    sums: Floats


TOTAL, SPENT, WORK = range(3)
"""Places in the sums."""


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
def _weigh(pairs: Pairs, now: Weighed, sign: float, row: int) -> None:
    """Add (or with sign -1 take back) what a row says about every swap."""
    first, second, server = now.first[row], now.second[row], now.server[row]
    people = sign * pairs.people[row]
    if server >= 0:
        now.loss[server] += people * (second - first)
        now.old_place[server] = True
    for pair in range(pairs.start[row], pairs.start[row + 1]):
        time = np.float64(pairs.trip[pair])
        now.sums[WORK] += 1.0
        if time >= second:
            break
        other = pairs.column[pair]
        if now.slot[other] >= 0:
            continue
        now.old_column[other] = True
        if time < first:
            now.gain[other] += people * (first - time)
            if server >= 0:
                now.extra[server, other] += people * (second - first)
        else:
            now.extra[server, other] += people * (second - time)


@njit(cache=True, nogil=True)
def _weighed(pairs: Pairs, groups: int, chosen: Starts) -> Weighed:
    rows, columns, places = len(pairs.start) - 1, len(pairs.begin) - 1, len(chosen)
    now = Weighed(
        chosen,
        np.full(columns, -1, np.int32),
        np.zeros(groups, np.int64),
        np.empty(rows),
        np.empty(rows),
        np.empty(rows, np.int32),
        np.empty(rows, np.int32),
        np.zeros(columns),
        np.zeros(places),
        np.zeros((places, columns)),
        np.zeros(places),
        np.full(places, -1, np.int64),
        np.ones(places, np.bool_),
        np.zeros(columns, np.bool_),
        np.empty(rows, np.int64),
        np.zeros(rows, np.bool_),
        np.zeros(3),
    )
    for place in range(places):
        now.slot[chosen[place]] = place
        now.sums[SPENT] += pairs.cost[chosen[place]]
        for each in range(pairs.group_start[chosen[place]], pairs.group_start[chosen[place] + 1]):
            now.crowd[pairs.group[each]] += 1
    for row in range(rows):
        near = two_nearest(pairs.start, pairs.column, pairs.trip, pairs.minutes[row], now.slot, row)
        now.first[row], now.second[row], now.server[row], now.follower[row] = near
        _weigh(pairs, now, 1.0, row)
        now.sums[TOTAL] += pairs.people[row] * near[0]
    now.sums[WORK] += pairs.start[rows]
    return now


@njit(cache=True, nogil=True)
def _fits(pairs: Pairs, now: Weighed, room: float, place: int, other: int) -> bool:
    """Whether the limits allow a column, which is not chosen, to take a place."""
    leaving = now.chosen[place]
    if pairs.cost[other] > room - now.sums[SPENT] + pairs.cost[leaving] + TOLERANCE * room:
        return False
    for each in range(pairs.group_start[other], pairs.group_start[other + 1]):
        crowded = now.crowd[pairs.group[each]]
        for mine in range(pairs.group_start[leaving], pairs.group_start[leaving + 1]):
            if pairs.group[mine] == pairs.group[each]:
                crowded -= 1
        if crowded > 0:
            return False
    return True


@njit(cache=True, nogil=True)
def _exchange(pairs: Pairs, now: Weighed, place: int, into: int) -> None:
    """Let a column take a place, and tell anew what changes."""
    count = 0
    for row in range(len(now.first)):
        if now.server[row] == place or now.follower[row] == place:
            now.seen[row] = True
            now.changed[count] = row
            count += 1
    for pair in range(pairs.begin[into], pairs.begin[into + 1]):
        row = pairs.row[pair]
        if not now.seen[row] and np.float64(pairs.column_trip[pair]) < now.second[row]:
            now.seen[row] = True
            now.changed[count] = row
            count += 1
    before = now.sums[SPENT]
    for row in now.changed[:count]:
        _weigh(pairs, now, -1.0, row)
        now.sums[TOTAL] -= pairs.people[row] * now.first[row]
    leaving = now.chosen[place]
    now.slot[leaving], now.slot[into], now.chosen[place] = -1, place, into
    now.sums[SPENT] += pairs.cost[into] - pairs.cost[leaving]
    for each in range(pairs.group_start[leaving], pairs.group_start[leaving + 1]):
        now.crowd[pairs.group[each]] -= 1
    for each in range(pairs.group_start[into], pairs.group_start[into + 1]):
        now.crowd[pairs.group[each]] += 1
    for row in now.changed[:count]:
        now.seen[row] = False
        near = two_nearest(pairs.start, pairs.column, pairs.trip, pairs.minutes[row], now.slot, row)
        now.first[row], now.second[row], now.server[row], now.follower[row] = near
        now.sums[TOTAL] += pairs.people[row] * near[0]
        _weigh(pairs, now, 1.0, row)
    now.sums[WORK] += count + len(now.first) // 10
    now.old_place[place] = True
    now.old_column[leaving] = True
    now.old_column[into] = True
    if len(now.crowd) > 0 or now.sums[SPENT] != before:  # then other swaps may fit than before
        now.old_place[:] = True


@njit(cache=True, nogil=True)
def _refresh(pairs: Pairs, now: Weighed, room: float) -> int:
    """Seek the best swaps where something changed; the place whose swap saves most."""
    places, columns = len(now.chosen), len(now.slot)
    for other in range(columns):
        if not now.old_column[other]:
            continue
        now.old_column[other] = False
        now.sums[WORK] += places
        free = now.slot[other] < 0
        for place in range(places):
            if now.old_place[place]:
                continue
            if now.into[place] == other:
                now.old_place[place] = True
            elif free:
                change = now.gain[other] - now.loss[place] + now.extra[place, other]
                if change > now.best[place] and _fits(pairs, now, room, place, other):
                    now.best[place], now.into[place] = change, other
    top = 0
    for place in range(places):
        if now.old_place[place]:
            now.old_place[place] = False
            now.sums[WORK] += columns
            best, into, loss = -np.inf, -1, now.loss[place]
            for other in range(columns):
                change = now.gain[other] - loss + now.extra[place, other]
                if change > best and now.slot[other] < 0 and _fits(pairs, now, room, place, other):
                    best, into = change, other
            now.best[place], now.into[place] = best, into
        if now.best[place] > now.best[top]:
            top = place
    return top


@njit(cache=True, nogil=True)
def swap(pairs: Pairs, room: float, groups: int, chosen: Starts, most_swaps: int) -> int:
    """Swap one chosen column for another while that saves person-minutes, the best swap each time; how many swaps.

    `chosen` changes in place. A swap has to stay within the room of the columns' costs and, of every group, to choose
    at most one.
    """
    now = _weighed(pairs, groups, chosen)
    for turn in range(most_swaps):
        place = _refresh(pairs, now, room)
        if now.best[place] <= TOLERANCE * now.sums[TOTAL]:
            return turn
        _exchange(pairs, now, place, now.into[place])
    return most_swaps


@njit(cache=True, nogil=True)
def shake(
    pairs: Pairs,
    room: float,
    groups: int,
    chosen: Starts,
    draw: np.random.Generator,
    most_moved: int,
    most_vain: int,
    most_work: float,
) -> int:
    """Kick a choice by a few random swaps close to each other, swap, and keep what is no worse; over and over.

    `chosen`, which no swap betters, changes in place. Ends after so many kicks in vain, or so many pairs looked at
    since the last better choice. Returns how often a better one was found (iterated local search, Lourenço, Martin &
    Stützle 2003).
    """
    now = _weighed(pairs, groups, chosen)
    _refresh(pairs, now, room)
    now.sums[WORK] = 0.0
    place_log, left_log = np.empty(MOST_LOGGED, np.int64), np.empty(MOST_LOGGED, np.int64)
    found = vain = 0
    while vain < most_vain and now.sums[WORK] < most_work:
        before, logged = now.sums[TOTAL], 0
        vain += 1
        into = _close(pairs, int(pairs.row[draw.integers(0, len(pairs.row))]), draw)
        now.sums[WORK] += 10
        for _ in range(draw.integers(1, most_moved + 1)):
            for _ in range(TRIES):
                row = _row_of(pairs, into, draw)
                place = now.server[row] if draw.random() < 0.5 else now.follower[row]
                if place >= 0 and now.slot[into] < 0 and _fits(pairs, now, room, place, into):
                    place_log[logged], left_log[logged] = place, now.chosen[place]
                    logged += 1
                    _exchange(pairs, now, place, into)
                    break
                into = _close(pairs, row, draw)
            into = _close(pairs, _row_of(pairs, into, draw), draw)
        while logged < MOST_LOGGED:
            place = _refresh(pairs, now, room)
            if now.best[place] <= TOLERANCE * now.sums[TOTAL]:
                break
            place_log[logged], left_log[logged] = place, now.chosen[place]
            logged += 1
            _exchange(pairs, now, place, now.into[place])
        if now.sums[TOTAL] < before * (1.0 - TOLERANCE):
            found += 1
            vain = 0
            now.sums[WORK] = 0.0
        elif now.sums[TOTAL] > before * (1.0 + TOLERANCE):
            while logged > 0:
                logged -= 1
                _exchange(pairs, now, place_log[logged], left_log[logged])
    return found


@njit(cache=True, nogil=True)
def _row_of(pairs: Pairs, column: int, draw: np.random.Generator) -> int:
    """A random row of a column, which has one."""
    return int(pairs.row[draw.integers(pairs.begin[column], pairs.begin[column + 1])])


@njit(cache=True, nogil=True)
def _close(pairs: Pairs, row: int, draw: np.random.Generator) -> int:
    """A random one of a row's nearest columns."""
    last = min(pairs.start[row] + KICK_NEAR, pairs.start[row + 1])
    return int(pairs.column[draw.integers(pairs.start[row], last)])
