"""The loops of the search engine, compiled by numba.

Graphs are in compressed rows: node n has the arcs start[n]:start[n + 1], each to a node and of a whole number of
milliseconds. This module takes a second to import, so it is imported where minutes are computed and not before.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32s = NDArray[np.int32]

NEVER = 2**31 - 1
"""The time of a node that was not reached."""


@njit(cache=True, nogil=True)
def turned(start: Int32s, to: Int32s, time: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """The arcs turned round, in compressed rows: starts, nodes, times."""
    nodes = len(start) - 1
    rows = np.zeros(nodes + 1, np.int32)
    for arc in range(len(to)):
        rows[to[arc] + 1] += 1
    for node in range(nodes):
        rows[node + 1] += rows[node]
    free = rows[:-1].copy()
    source = np.empty(len(to), np.int32)
    times = np.empty(len(to), np.int32)
    for node in range(nodes):
        for arc in range(start[node], start[node + 1]):
            source[free[to[arc]]] = node
            times[free[to[arc]]] = time[arc]
            free[to[arc]] += 1
    return rows, source, times


@njit(cache=True, nogil=True)
def neighbours(start: Int32s, to: Int32s, back_start: Int32s, back_to: Int32s) -> Int32s:
    """(nodes,) how many other nodes each is joined to, in whichever direction."""
    nodes = len(start) - 1
    count = np.zeros(nodes, np.int32)
    seen_by = np.full(nodes, -1, np.int32)
    for node in range(nodes):
        seen_by[node] = node
        for arc in range(start[node], start[node + 1]):
            if seen_by[to[arc]] != node:
                seen_by[to[arc]] = node
                count[node] += 1
        for arc in range(back_start[node], back_start[node + 1]):
            if seen_by[back_to[arc]] != node:
                seen_by[back_to[arc]] = node
                count[node] += 1
    return count


@njit(cache=True, nogil=True)
def strip_dead_ends(
    start: Int32s, to: Int32s, back_start: Int32s, back_to: Int32s, keep: NDArray[np.bool_], count: Int32s
) -> NDArray[np.bool_]:
    """(nodes,) True for nodes that remain when dead ends are taken away until there are none.

    A node to be kept is no dead end. `count` (see `neighbours`) is brought down to the neighbours that remain.
    """
    nodes = len(start) - 1
    remains = np.ones(nodes, np.bool_)
    ends = np.empty(nodes, np.int32)
    waiting = 0
    for node in range(nodes):
        if count[node] <= 1 and not keep[node]:
            remains[node] = False
            ends[waiting] = node
            waiting += 1
    while waiting > 0:
        waiting -= 1
        node = ends[waiting]
        other = np.int32(-1)
        for arc in range(start[node], start[node + 1]):
            if remains[to[arc]]:
                other = to[arc]
        for arc in range(back_start[node], back_start[node + 1]):
            if remains[back_to[arc]]:
                other = back_to[arc]
        if other >= 0:
            count[other] -= 1
            if count[other] <= 1 and not keep[other]:
                remains[other] = False
                ends[waiting] = other
                waiting += 1
    return remains


@njit(cache=True, nogil=True)
def join_chains(
    start: Int32s,
    to: Int32s,
    time: Int32s,
    chain: NDArray[np.bool_],
    gone: NDArray[np.bool_],
    number: Int32s,
    nodes: Int32s,
    most: int,
) -> tuple[Int32s, Int32s, Int32s]:
    """The arcs of these nodes when each chain is one arc: (nodes,) how many, then their ends and times in order.

    chain: nodes with exactly two neighbours, which no search begins or ends at. gone: nodes taken away before.
    number: the number that each node that stays is given. An arc longer than `most` is left out.
    """
    counts = np.zeros(len(nodes), np.int32)
    room = 0
    for node in nodes:
        room += start[node + 1] - start[node]
    ends = np.empty(room, np.int32)
    times = np.empty(room, np.int32)
    made = 0
    for place in range(len(nodes)):
        begun = made
        for first in range(start[nodes[place]], start[nodes[place] + 1]):
            before, here, passed = nodes[place], to[first], np.int64(time[first])
            while chain[here] and passed <= most:
                on = np.int32(-1)
                quickest = np.int64(most) + 1
                for arc in range(start[here], start[here + 1]):
                    if to[arc] != before and to[arc] != here and not gone[to[arc]] and time[arc] < quickest:
                        on, quickest = to[arc], np.int64(time[arc])
                if on < 0:
                    passed = np.int64(most) + 1
                else:
                    before, here, passed = here, on, passed + quickest
            if passed <= most and not gone[here] and here != nodes[place]:
                ends[made] = number[here]
                times[made] = passed
                made += 1
        counts[place] = made - begun
    return counts, ends[:made], times[:made]


@njit(cache=True, nogil=True)
def along_hilbert_curve(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """(points,) the place of each point along a Hilbert curve through the square that holds them all.

    Source: Skilling (2004), Programming the Hilbert curve, in the form for two dimensions.
    """
    places = np.zeros(len(x), np.int64)
    if len(x) == 0:
        return places
    left, low = x.min(), y.min()
    side = max(x.max() - left, y.max() - low, 1e-9)
    for point in range(len(x)):
        east = np.int64((x[point] - left) / side * 65535.0)
        north = np.int64((y[point] - low) / side * 65535.0)
        place = np.int64(0)
        step = np.int64(32768)
        while step > 0:
            right = np.int64((east & step) > 0)
            upper = np.int64((north & step) > 0)
            place += step * step * ((3 * right) ^ upper)
            if upper == 0:
                if right == 1:
                    east, north = 65535 - east, 65535 - north
                east, north = north, east
            step >>= 1
        places[point] = place
    return places


@njit(cache=True, nogil=True)
def search(
    start: Int32s,
    arcs: Int32s,
    sites: Int32s,
    limit: int,
    shift: int,
    cell_start: Int32s,
    cell: Int32s,
) -> tuple[NDArray[np.int64], Int32s, Int32s]:
    """Shortest times to each site from the cells within the limit: (sites + 1,) starts, cells, times.

    arcs: (arcs, 2) the node that an arc leads to, and its time. cell: numbers of cells, those of node n at
    cell_start[n]:cell_start[n + 1]. Cells of a site come ascending. For `shift` see `_reach`.
    """
    nodes = len(start) - 1
    best = np.full(nodes, NEVER, np.int32)
    reached = np.empty(nodes, np.int32)
    bucket = np.full((limit >> shift) + 1, -1, np.int32)
    labels = np.empty((4096, 3), np.int32)
    found = np.zeros((len(cell) + 63) // 64, np.uint64)
    found_time = np.empty(len(cell), np.int32)
    starts = np.zeros(len(sites) + 1, np.int64)
    cells = np.empty(4096, np.int32)
    times = np.empty(4096, np.int32)
    for turn in range(len(sites)):
        count = _reach(start, arcs, sites[turn], limit, shift, best, reached, bucket, labels)
        while count < 0:
            labels = np.empty((2 * len(labels), 3), np.int32)
            count = _reach(start, arcs, sites[turn], limit, shift, best, reached, bucket, labels)
        new = _gather(reached[:count], best, cell_start, cell, found, found_time)
        starts[turn + 1] = starts[turn] + new
        while starts[turn + 1] > len(cells):
            cells, times = _twice(cells), _twice(times)
        _list_found(found, found_time, cells[starts[turn] :], times[starts[turn] :])
    return starts, cells[: starts[-1]].copy(), times[: starts[-1]].copy()


@njit(cache=True, nogil=True)
def _reach(
    start: Int32s,
    arcs: Int32s,
    source: int,
    limit: int,
    shift: int,
    best: Int32s,
    reached: Int32s,
    bucket: Int32s,
    labels: Int32s,
) -> int:
    """Set `best` of every node within the limit, list these nodes in `reached`, and tell how many they are.

    Dijkstra's algorithm with buckets (Dial 1969). A bucket is 2**shift milliseconds wide. Within a bucket nodes come
    in any order, and one whose time still falls is searched from again, so times are exact whatever the width.
    labels: (room, 3) node, time, and the next label of the bucket. When the room is too small everything is left as it
    was before, and -1 is told.
    """
    best[source] = 0
    reached[0] = source
    count = 1
    labels[0, 0], labels[0, 1], labels[0, 2] = source, 0, -1
    bucket[0] = 0
    made, waiting, now = 1, 1, 0
    while waiting > 0:
        while bucket[now] < 0:
            now += 1
        label = bucket[now]
        node, passed = labels[label, 0], labels[label, 1]
        bucket[now] = labels[label, 2]
        waiting -= 1
        if best[node] != passed:
            continue
        if made + start[node + 1] - start[node] > len(labels):
            for place in range(count):
                best[reached[place]] = NEVER
            bucket[now:] = -1
            return -1
        for arc in range(start[node], start[node + 1]):
            then = passed + arcs[arc, 1]
            if then > limit:
                continue
            end = arcs[arc, 0]
            if then < best[end]:
                if best[end] == NEVER:
                    reached[count] = end
                    count += 1
                best[end] = then
                labels[made, 0], labels[made, 1], labels[made, 2] = end, then, bucket[then >> shift]
                bucket[then >> shift] = made
                made += 1
                waiting += 1
    return count


@njit(cache=True, nogil=True)
def _gather(
    reached: Int32s,
    best: Int32s,
    cell_start: Int32s,
    cell: Int32s,
    found: NDArray[np.uint64],
    found_time: Int32s,
) -> int:
    """Note the cells at the reached nodes, one bit each, and forget the nodes; tell how many cells there are."""
    count = 0
    for node in reached:
        for at in range(cell_start[node], cell_start[node + 1]):
            found[cell[at] >> 6] |= np.uint64(1) << np.uint64(cell[at] & 63)
            found_time[cell[at]] = best[node]
            count += 1
        best[node] = NEVER
    return count


@njit(cache=True, nogil=True)
def _list_found(found: NDArray[np.uint64], found_time: Int32s, cells: Int32s, times: Int32s) -> None:
    """List the noted cells in ascending order, and forget them."""
    one = np.uint64(1)
    made = 0
    for word in range(len(found)):
        bits = found[word]
        found[word] = 0
        while bits != 0:
            at = (word << 6) + _lowest(bits)
            cells[made] = at
            times[made] = found_time[at]
            made += 1
            bits &= bits - one


@njit(cache=True, nogil=True)
def _twice(values: Int32s) -> Int32s:
    longer = np.empty(2 * len(values), np.int32)
    longer[: len(values)] = values
    return longer


@njit(cache=True, nogil=True)
def _lowest(bits: np.uint64) -> int:
    """The number of the lowest bit that is set; one is."""
    place = 0
    for step in (32, 16, 8, 4, 2, 1):
        if bits & ((np.uint64(1) << np.uint64(step)) - np.uint64(1)) == 0:
            bits >>= np.uint64(step)
            place += step
    return place
