"""The loops of the search by timetable, compiled by numba. Imported where minutes are computed and not before.

Times are whole seconds of a day. Walks are in compressed rows: starts, numbers of places, seconds.

A profile of a stop is a list of pairs (leave, arrive): who is at the stop no later than `leave` can be at the site at
`arrive`. Both fall along the list, so no pair is better than another. Profiles of all stops lie in one array of pairs,
each with room for every pair it could ever hold.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]
Walks = tuple[Int64s, Int32s, Int32s]

NEVER = 2**31 - 1


@njit(cache=True, nogil=True)
def search(
    connections: tuple[Int32s, Int32s, Int32s, Int32s, Int32s],
    doors: tuple[Bools, Bools],
    sizes: tuple[int, int, int],
    change: Walks,
    access: Walks,
    egress: Walks,
    on_foot: Walks,
    sites: NDArray[np.intp],
    span: tuple[int, int, int, int],
) -> tuple[Int64s, Int32s, Int32s]:
    """Median seconds from each cell to the sites: (sites + 1,) starts, cells ascending, seconds.

    connections: leaves, reaches, departure, arrival, ride, the latest departure first; doors: boards, alights.
    sizes: stops, rides, cells. span: first and end of setting out, longest trip, seconds between two departures.
    """
    stops, rides, cells = sizes
    leaves = connections[0]
    board_room, change_room = _rooms(leaves, change, stops)
    board, board_count = np.empty((board_room[-1], 2), np.int32), np.zeros(stops, np.int32)
    change_pairs, change_count = np.empty((change_room[-1], 2), np.int32), np.zeros(stops, np.int32)
    walk_out = np.full(stops, NEVER, np.int32)
    on_board = np.empty(rides, np.int32)
    on_foot_to = np.full(cells, NEVER, np.int32)
    instants = (span[1] - span[0] + span[3] - 1) // span[3]
    trip = np.empty(instants, np.int32)

    starts = np.zeros(len(sites) + 1, np.int64)
    found = np.empty(1024, np.int32)
    times = np.empty(1024, np.int32)
    for turn in range(len(sites)):
        site = sites[turn]
        board_count[:] = 0
        change_count[:] = 0
        on_board[:] = NEVER
        for walk in range(egress[0][site], egress[0][site + 1]):
            walk_out[egress[1][walk]] = egress[2][walk]
        for walk in range(on_foot[0][site], on_foot[0][site + 1]):
            on_foot_to[on_foot[1][walk]] = on_foot[2][walk]
        _scan(
            connections, doors, change, walk_out, span[2], on_board,
            board_room, board, board_count, change_room, change_pairs, change_count,
        )  # fmt: skip
        if starts[turn] + cells > len(found):
            found, times = _longer(found, cells), _longer(times, cells)
        starts[turn + 1] = starts[turn] + _medians(
            access, on_foot_to, span, board_room, board, board_count, trip, found[starts[turn] :], times[starts[turn] :]
        )
        for walk in range(egress[0][site], egress[0][site + 1]):
            walk_out[egress[1][walk]] = NEVER
        for walk in range(on_foot[0][site], on_foot[0][site + 1]):
            on_foot_to[on_foot[1][walk]] = NEVER
    return starts, found[: starts[-1]].copy(), times[: starts[-1]].copy()


@njit(cache=True, nogil=True)
def _rooms(leaves: Int32s, change: Walks, stops: int) -> tuple[Int64s, Int64s]:
    """Where each stop's profile begins: a pair for each connection that leaves it, or a stop that one can change to."""
    board = np.zeros(stops + 1, np.int64)
    changes = np.zeros(stops + 1, np.int64)
    for stop in leaves:
        board[stop + 1] += 1
    for stop in range(stops):
        for walk in range(change[0][stop], change[0][stop + 1]):
            changes[change[1][walk] + 1] += board[stop + 1]
    for stop in range(stops):
        board[stop + 1] += board[stop]
        changes[stop + 1] += changes[stop]
    return board, changes


@njit(cache=True, nogil=True)
def _scan(
    connections: tuple[Int32s, Int32s, Int32s, Int32s, Int32s],
    doors: tuple[Bools, Bools],
    change: Walks,
    walk_out: Int32s,
    longest: int,
    on_board: Int32s,
    board_room: Int64s,
    board: Int32s,
    board_count: Int32s,
    change_room: Int64s,
    change_pairs: Int32s,
    change_count: Int32s,
) -> None:
    """Fill the profiles of getting on at each stop, and of having just got off there, with one scan.

    The profile of having got off holds what the stops around it offer, each with the walk and the time for a change
    taken off, so a change has one walk and never a chain of them.
    """
    leaves, reaches, departure, arrival, ride = connections
    boards, alights = doors
    for one in range(len(leaves)):
        best = on_board[ride[one]]
        if alights[one]:
            stop = reaches[one]
            if walk_out[stop] != NEVER:
                best = min(best, arrival[one] + walk_out[stop])
            best = min(best, _arrive(change_pairs, change_room[stop], change_count[stop], arrival[one]))
        if best > departure[one] + longest:
            continue
        on_board[ride[one]] = best
        stop = leaves[one]
        if boards[one] and _add(board, board_room[stop], board_count, stop, departure[one], best):
            for walk in range(change[0][stop], change[0][stop + 1]):
                before = change[1][walk]
                _add(change_pairs, change_room[before], change_count, before, departure[one] - change[2][walk], best)


@njit(cache=True, nogil=True)
def _arrive(pairs: Int32s, room: int, count: int, at: int) -> int:
    """When one is at the site who is at the stop at an instant. The latest pairs are the earliest in time."""
    place = room + count - 1
    while place >= room and pairs[place, 0] < at:
        place -= 1
    return pairs[place, 1] if place >= room else NEVER


@njit(cache=True, nogil=True)
def _add(pairs: Int32s, room: int, count: Int32s, stop: int, leave: int, arrive: int) -> bool:
    """Add a pair to a stop's profile, where it belongs, unless another is as good; drop those that it beats."""
    end = room + count[stop]
    place = end
    while place > room and pairs[place - 1, 0] < leave:
        place -= 1
    if place > room and pairs[place - 1, 1] <= arrive:
        return False
    first = place
    while first > room and pairs[first - 1, 0] == leave:
        first -= 1
    after = place
    while after < end and pairs[after, 1] >= arrive:
        after += 1
    # Pairs first..after give way to the new one.
    move = first + 1 - after
    if move > 0:
        for at in range(end - 1, after - 1, -1):
            pairs[at + move] = pairs[at]
    elif move < 0:
        for at in range(after, end):
            pairs[at + move] = pairs[at]
    pairs[first, 0] = leave
    pairs[first, 1] = arrive
    count[stop] += move
    return True


@njit(cache=True, nogil=True)
def _medians(
    access: Walks,
    on_foot_to: Int32s,
    span: tuple[int, int, int, int],
    room: Int64s,
    board: Int32s,
    count: Int32s,
    trip: Int32s,
    found: Int32s,
    times: Int32s,
) -> int:
    """List the cells whose median trip is within the longest, and its seconds; tell how many they are."""
    made = 0
    for cell in range(len(on_foot_to)):
        served = False
        for walk in range(access[0][cell], access[0][cell + 1]):
            served |= count[access[1][walk]] > 0
        if not served and on_foot_to[cell] == NEVER:
            continue
        trip[:] = on_foot_to[cell]
        for walk in range(access[0][cell], access[0][cell + 1]):
            stop = access[1][walk]
            _take(board[room[stop] : room[stop] + count[stop]], access[2][walk], span[0], span[3], trip)
        middle = (len(trip) - 1) // 2
        median = np.partition(trip, middle)[middle]
        if median <= span[2]:
            found[made] = cell
            times[made] = median
            made += 1
    return made


@njit(cache=True, nogil=True)
def _take(profile: Int32s, walk: int, first: int, step: int, trip: Int32s) -> None:
    """Shorten the trips of every instant by way of a stop that is so many seconds away."""
    place = 0
    arrive = np.int64(NEVER)
    for instant in range(len(trip) - 1, -1, -1):
        out = first + instant * step
        while place < len(profile) and profile[place, 0] >= out + walk:
            arrive = profile[place, 1]
            place += 1
        if arrive != NEVER:
            trip[instant] = min(trip[instant], arrive - out)


@njit(cache=True, nogil=True)
def _longer(values: Int32s, more: int) -> Int32s:
    longer = np.empty(2 * len(values) + more, np.int32)
    longer[: len(values)] = values
    return longer
