"""Who is served where when points can serve only so many: the cheapest way for given open points.

A transportation problem solved by successive shortest paths (Busacker & Gowen 1960) over the points alone: everybody
starts at the cheapest point, and people are pushed from points that are too full along the cheapest chain of moves to
points with room. What cannot be pushed anywhere cannot be served (max flow, min cut). Compiled by numba.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]


class Trips(NamedTuple):
    """Pairs of a cell and an open point, by cell and by point.

    cell_start: (cells + 1,); point, cost: (pairs,) by cell, the cheapest first.
    point_start: (points + 1,); pair, cell: (pairs,) the same pairs by point.
    """

    cell_start: Int64s
    point: Int64s
    cost: Float64s
    point_start: Int64s
    pair: Int64s
    cell: Int64s


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """Who is served where.

    load:     (points,) people served at each point.
    cost:     what serving them costs in all: person-minutes when costs are minutes.
    unserved: people who cannot be served; out_of_reach: those of them whom no open point reaches.
    full:     (points,) bool, the points that together are too small for whom they alone reach.
    elsewhere: people served at another point than the cheapest one for them.
    """

    load: Float64s
    cost: float
    unserved: float
    out_of_reach: float
    full: NDArray[np.bool_]
    elsewhere: float


def trips(
    cell: NDArray[np.integer], point: NDArray[np.integer], cost: NDArray[np.floating], cells: int, points: int
) -> Trips:
    """The pairs (pairs,) given in any order; of equal costs the point with the lower number comes first."""
    order = np.lexsort((point, cost, cell))
    of_cell, of_point = cell[order].astype(np.int64), point[order].astype(np.int64)
    by_point = np.argsort(of_point, kind="stable").astype(np.int64)
    return Trips(
        cell_start=_starts(of_cell, cells),
        point=of_point,
        cost=cost[order].astype(np.float64),
        point_start=_starts(of_point, points),
        pair=by_point,
        cell=of_cell[by_point],
    )


def serve(pairs: Trips, people: Float64s, capacity: Float64s) -> Service:
    """The cheapest way to serve everybody, or, where not all can be served, as many as can.

    people: (cells,); capacity: (points,) people each point can serve. A cell may be split between points.
    """
    amount = np.zeros(len(pairs.point))
    load = np.zeros(len(capacity))
    small = 1e-10 * max(float(people.sum()), 1.0)
    _cheapest(pairs, people, amount, load)
    full: NDArray[np.bool_] = _spread(pairs, amount, load, capacity, small)
    first = np.zeros(len(amount), dtype=np.bool_)
    first[pairs.cell_start[:-1][np.diff(pairs.cell_start) > 0]] = True
    out_of_reach = float(people[np.diff(pairs.cell_start) == 0].sum())
    over = float(np.maximum(load - capacity, 0.0).sum())
    _turn_away(pairs, amount, load, capacity)
    return Service(
        load=load,
        cost=float(pairs.cost @ amount),
        unserved=out_of_reach + (over if over > small else 0.0),
        out_of_reach=out_of_reach,
        full=full,
        elsewhere=float(amount[~first].sum()),
    )


def _starts(number: Int64s, count: int) -> Int64s:
    return np.concatenate(([0], np.cumsum(np.bincount(number, minlength=count)))).astype(np.int64)


@njit(cache=True, nogil=True)
def _cheapest(pairs: Trips, people: Float64s, amount: Float64s, load: Float64s) -> None:
    for cell in range(len(people)):
        pair = pairs.cell_start[cell]
        if pair < pairs.cell_start[cell + 1]:
            amount[pair] = people[cell]
            load[pairs.point[pair]] += people[cell]


@njit(cache=True, nogil=True)
def _spread(pairs: Trips, amount: Float64s, load: Float64s, capacity: Float64s, small: float) -> NDArray[np.bool_]:
    """Push people from points that are too full to points with room; the points from which none is reached at last."""
    points = len(load)
    step = np.full((points, points), np.inf)
    gives, takes = np.full((points, points), -1), np.full((points, points), -1)
    for point in range(points):
        _look(pairs, amount, point, step, gives, takes, small)
    while True:
        far, before = np.full(points, np.inf), np.full(points, -1)
        for point in range(points):
            if load[point] > capacity[point] + small:
                far[point] = 0.0
        _walk(step, far, before)
        target = _nearest_room(far, load, capacity, small)
        if target < 0:
            reached: NDArray[np.bool_] = np.isfinite(far)
            return reached
        push, point = capacity[target] - load[target], target
        while before[point] >= 0:
            push = min(push, amount[gives[before[point], point]])
            point = before[point]
        push = min(push, load[point] - capacity[point])
        load[point] -= push
        load[target] += push
        point = target
        while before[point] >= 0:
            amount[gives[before[point], point]] -= push
            amount[takes[before[point], point]] += push
            point = before[point]
        point = target
        while point >= 0:
            _look(pairs, amount, point, step, gives, takes, small)
            point = before[point]


@njit(cache=True, nogil=True)
def _nearest_room(far: Float64s, load: Float64s, capacity: Float64s, small: float) -> int:
    """The point with room that the cheapest chain of moves leads to, -1 when none does."""
    target = -1
    for point in range(len(load)):
        roomy = load[point] < capacity[point] - small
        if roomy and np.isfinite(far[point]) and (target < 0 or far[point] < far[target]):
            target = point
    return target


@njit(cache=True, nogil=True)
def _look(
    pairs: Trips, amount: Float64s, point: int, step: Float64s, gives: Int64s, takes: Int64s, small: float
) -> None:
    """The cheapest cell to move from a point to each other one."""
    step[point] = np.inf
    for place in range(pairs.point_start[point], pairs.point_start[point + 1]):
        mine, cell = pairs.pair[place], pairs.cell[place]
        if amount[mine] > small:
            for pair in range(pairs.cell_start[cell], pairs.cell_start[cell + 1]):
                other, more = pairs.point[pair], pairs.cost[pair] - pairs.cost[mine]
                if pair != mine and more < step[point, other]:
                    step[point, other], gives[point, other], takes[point, other] = more, mine, pair


@njit(cache=True, nogil=True)
def _walk(step: Float64s, far: Float64s, before: Int64s) -> None:
    """Cheapest chains of moves from the points with `far` 0 to all (Bellman 1958, Ford 1956)."""
    points = len(far)
    for _ in range(points):
        changed = False
        for point in range(points):
            if np.isfinite(far[point]):
                for other in range(points):
                    if far[point] + step[point, other] < far[other] - 1e-9:  # rounding makes no cycle
                        far[other], before[other] = far[point] + step[point, other], point
                        changed = True
        if not changed:
            return


@njit(cache=True, nogil=True)
def _turn_away(pairs: Trips, amount: Float64s, load: Float64s, capacity: Float64s) -> None:
    """Let nobody be served beyond what a point can serve: those with the dearest trips are not."""
    for point in range(len(load)):
        while load[point] > capacity[point]:
            worst = -1
            for place in range(pairs.point_start[point], pairs.point_start[point + 1]):
                pair = pairs.pair[place]
                if amount[pair] > 0.0 and (worst < 0 or pairs.cost[pair] > pairs.cost[worst]):
                    worst = pair
            if worst < 0:
                break
            over = load[point] - capacity[point]
            if amount[worst] > over:
                amount[worst] -= over
                load[point] = capacity[point]
            else:
                load[point] -= amount[worst]
                amount[worst] = 0.0
