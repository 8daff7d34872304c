"""The transportation problem of points that can serve only so many, compiled by numba.

Everybody starts at the point that is cheapest with the worth of its room added, and people are pushed from points that
are too full along the cheapest chains of moves to where room is, until none is (successive shortest paths, Busacker &
Gowen 1960, with the worth of room as potentials, Edmonds & Karp 1972). To be turned away is one more point, with room
for all; what is left of all room is one more node, where the worth of room is nothing.
"""

# ruff: noqa: C901, PLR0912, PLR0917 - what is compiled takes arrays, not objects, and stays in one loop
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
TIE = 1e-9
"""Minutes below which two moves cost the same."""


class Trips(NamedTuple):
    """Pairs of a cell and an open point, by cell and by point.

    cell_start: (cells + 1,); point, cost, cell: (pairs,) by cell, the cheapest first.
    point_start: (points + 1,); pair: (pairs,) numbers of the same pairs, by point.
    """

    cell_start: Int64s
    point: Int32s
    cost: Float64s
    cell: Int32s
    point_start: Int64s
    pair: Int32s


class Flow(NamedTuple):
    """People under way to their cheapest service. Nodes are the points, being turned away, and what is left of room.

    amount: (pairs,) people served; apart: (cells,) people turned away; small: people that are nobody.
    level:  (nodes,) the worth of room; used: (points + 1,) room that is used; excess: (nodes,) people too many, below 0
            where more can come.
    step:   (points + 1, points + 1) what moving a person from one to another costs at least; room: how many can move
            for that; stale: (points + 1,) those whose steps have to be looked at again.
    far:    (nodes,) cost of the cheapest chain of moves from where people are too many; before: the node before.
    """

    pairs: Trips
    capacity: Float64s
    away: float
    amount: Float64s
    apart: Float64s
    small: float
    level: Float64s
    used: Float64s
    excess: Float64s
    step: Float64s
    room: Float64s
    stale: NDArray[np.bool_]
    far: Float64s
    before: Int64s


@njit(cache=True, nogil=True)
def opened(
    start: Int64s, column: Int32s, trip: Float32s, place: Int32s, within: float
) -> tuple[Int64s, Int32s, Float64s, Int32s]:
    """The pairs by cell that lead to an open column: where each cell's begin, their point, cost and cell."""
    cells = len(start) - 1
    first = np.zeros(cells + 1, np.int64)
    for cell in range(cells):
        count = 0
        for pair in range(start[cell], start[cell + 1]):
            if place[column[pair]] >= 0 and trip[pair] <= within:
                count += 1
        first[cell + 1] = first[cell] + count
    point, cost = np.empty(first[cells], np.int32), np.empty(first[cells])
    of = np.empty(first[cells], np.int32)
    for cell in range(cells):
        at = first[cell]
        for pair in range(start[cell], start[cell + 1]):
            if place[column[pair]] >= 0 and trip[pair] <= within:
                point[at], cost[at], of[at] = place[column[pair]], trip[pair], cell
                at += 1
    return first, point, cost, of


@njit(cache=True, nogil=True)
def by_point(point: Int32s, points: int) -> tuple[Int64s, Int32s]:
    """Where each point's pairs begin, and their numbers, ascending within a point."""
    first = np.zeros(points + 1, np.int64)
    for each in point:
        first[each + 1] += 1
    first = np.cumsum(first)
    at, pair = first.copy(), np.empty(len(point), np.int32)
    for number in range(len(point)):
        pair[at[point[number]]] = number
        at[point[number]] += 1
    return first, pair


@njit(cache=True, nogil=True)
def settle(
    pairs: Trips,
    people: Float64s,
    capacity: Float64s,
    away: float,
    price: Float64s,
    amount: Float64s,
    apart: Float64s,
    small: float,
    enough: float,
) -> bool:
    """The cheapest service; False as soon as it is sure to cost `enough`.

    price: (points,) the worth of room, at first a guess and in the end right; amount: (pairs,) people served;
    apart: (cells,) people turned away. All three change in place.
    """
    points = len(capacity)
    turned, room_left = points, points + 1
    level, load = np.zeros(points + 2), np.zeros(points + 1)
    level[:points] = price
    cost = 0.0
    for cell in range(len(people)):
        best, at = away, -1
        for pair in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
            if pairs.cost[pair] > best:
                break
            worth = pairs.cost[pair] + price[pairs.point[pair]]
            if worth < best or (at < 0 and worth == best):
                best, at = worth, pair
        cost += people[cell] * best
        if at >= 0:
            amount[at] = people[cell]
            load[pairs.point[at]] += people[cell]
        else:
            apart[cell] = people[cell]
            load[turned] += people[cell]
    used, excess = load.copy(), np.zeros(points + 2)
    for point in range(points):
        cost -= capacity[point] * price[point]
        used[point] = capacity[point] if price[point] > 0.0 else min(load[point], capacity[point])
        excess[point] = load[point] - used[point]
    excess[room_left] = -excess[:points].sum()
    step, room = np.full((points + 1, points + 1), np.inf), np.zeros((points + 1, points + 1))
    stale = np.ones(points + 1, np.bool_)
    far, before = np.empty(points + 2), np.empty(points + 2, np.int64)
    flow = Flow(pairs, capacity, away, amount, apart, small, level, used, excess, step, room, stale, far, before)
    while cost < enough:
        over = 0.0
        for node in range(points + 2):
            if excess[node] > small:
                over += excess[node]
        if over == 0.0:
            break
        target = _walk(flow)
        if target < 0:
            break  # what is left over is rounding
        for node in range(points + 2):
            if far[node] < far[target]:
                level[node] += far[target] - far[node]
        cost += far[target] * over
        _push(flow, target)
    for point in range(points):
        price[point] = max(level[point] - level[room_left], 0.0)
    return bool(cost < enough)


@njit(cache=True, nogil=True)
def _walk(flow: Flow) -> int:
    """The nearest node that lacks people, from those that have too many (Dijkstra 1959); -1 when there is none."""
    level, excess, used, far, before, small = flow.level, flow.excess, flow.used, flow.far, flow.before, flow.small
    points = len(flow.capacity)
    room_left = points + 1
    done = np.zeros(points + 2, np.bool_)
    for node in range(points + 2):
        far[node], before[node] = (0.0 if excess[node] > small else np.inf), -1
    while True:
        node = -1
        for each in range(points + 2):
            if not done[each] and far[each] < np.inf and (node < 0 or far[each] < far[node]):
                node = each
        if node < 0 or excess[node] < -small:
            return node
        done[node] = True
        if node == room_left:
            for each in range(points + 1):
                there = far[node] + max(level[each] - level[node], 0.0)
                if used[each] > small and there < far[each]:
                    far[each], before[each] = there, node
            continue
        if flow.stale[node]:
            _look(flow, node)
            flow.stale[node] = False
        for each in range(points + 1):
            there = far[node] + max(flow.step[node, each] + level[each] - level[node], 0.0)
            if there < far[each]:
                far[each], before[each] = there, node
        there = far[node] + max(level[room_left] - level[node], 0.0)
        if (node == points or used[node] < flow.capacity[node] - small) and there < far[room_left]:
            far[room_left], before[room_left] = there, node


@njit(cache=True, nogil=True)
def _look(flow: Flow, point: int) -> None:
    """What moving somebody from a point to each other one costs at least, and how many can move for that."""
    pairs, away, amount, apart, small = flow.pairs, flow.away, flow.amount, flow.apart, flow.small
    step, room = flow.step[point], flow.room[point]
    step[:], room[:] = np.inf, 0.0
    turned = len(step) - 1
    if point == turned:
        for cell in range(len(apart)):
            if apart[cell] > small:
                for other in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                    _offer(step, room, pairs.point[other], pairs.cost[other] - away, apart[cell])
        return
    for number in range(pairs.point_start[point], pairs.point_start[point + 1]):
        mine = pairs.pair[number]
        if amount[mine] > small:
            cell, cost = pairs.cell[mine], pairs.cost[mine]
            for other in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                if other != mine:
                    _offer(step, room, pairs.point[other], pairs.cost[other] - cost, amount[mine])
            _offer(step, room, turned, away - cost, amount[mine])


@njit(cache=True, nogil=True)
def _offer(step: Float64s, room: Float64s, to: int, more: float, people: float) -> None:
    if more < step[to] - TIE:
        step[to], room[to] = more, people
    elif more <= step[to] + TIE:
        room[to] += people


@njit(cache=True, nogil=True)
def _push(flow: Flow, target: int) -> None:
    """Move as many as can be along the chain that leads to the target."""
    used, excess, before = flow.used, flow.excess, flow.before
    points = len(flow.capacity)
    room_left = points + 1
    people, node = -excess[target], target
    while before[node] >= 0:
        last = before[node]
        if last == room_left:
            people = min(people, used[node])
        elif node != room_left:
            people = min(people, flow.room[last, node])
        elif last < points:
            people = min(people, flow.capacity[last] - used[last])
        node = last
    people = min(people, excess[node])
    excess[node] -= people
    excess[target] += people
    node = target
    while before[node] >= 0:
        last = before[node]
        if last == room_left:
            used[node] -= people
        elif node == room_left:
            used[last] += people
        else:
            _move(flow, last, node, people)
            flow.stale[last] = flow.stale[node] = True
        node = last


@njit(cache=True, nogil=True)
def _move(flow: Flow, point: int, to: int, people: float) -> None:
    """Move so many people from a point to another, those whose move costs least."""
    pairs, away, amount, apart, small = flow.pairs, flow.away, flow.amount, flow.apart, flow.small
    turned, step = len(flow.capacity), flow.step[point, to]
    if point == turned:
        for number in range(pairs.point_start[to], pairs.point_start[to + 1]):
            pair = pairs.pair[number]
            cell = pairs.cell[pair]
            if apart[cell] > small and pairs.cost[pair] - away <= step + TIE:
                some = min(apart[cell], people)
                apart[cell] -= some
                amount[pair] += some
                people -= some
                if people <= 0.0:
                    return
        return
    for number in range(pairs.point_start[point], pairs.point_start[point + 1]):
        mine = pairs.pair[number]
        if amount[mine] <= small:
            continue
        cell, some = pairs.cell[mine], min(amount[mine], people)
        if to == turned:
            if away - pairs.cost[mine] <= step + TIE:
                apart[cell] += some
                amount[mine] -= some
                people -= some
        else:
            for other in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                if pairs.point[other] == to:
                    if pairs.cost[other] - pairs.cost[mine] <= step + TIE:
                        amount[other] += some
                        amount[mine] -= some
                        people -= some
                    break
        if people <= 0.0:
            return


@njit(cache=True, nogil=True)
def crowded(pairs: Trips, amount: Float64s, apart: Float64s, points: int, small: float) -> NDArray[np.bool_]:
    """The points that those turned away reach, and those that the people served there could make room at."""
    full, again = np.zeros(points, np.bool_), True
    for cell in range(len(apart)):
        if apart[cell] > small:
            for pair in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                full[pairs.point[pair]] = True
    while again:
        again = False
        for pair in range(len(amount)):
            if amount[pair] > small and full[pairs.point[pair]]:
                cell = pairs.cell[pair]
                for other in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                    if not full[pairs.point[other]]:
                        full[pairs.point[other]] = again = True
    return full
