"""Who saves how many minutes with which candidate: the p-median problem once the open points are taken for granted.

Every cell has a trip already, to the nearest open point or, beyond the horizon, charged with the horizon's minutes.
A candidate matters only to the cells that it brings nearer.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.network.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Savings:
    """Pairs of a candidate and a cell that it brings nearer, by site and, a second time, by cell from near to far.

    sites:   (columns,) site numbers; cells: (rows,) cell numbers.
    people:  (rows,) float64; minutes: (rows,) float64 of the trip without any candidate.
    start:   (columns + 1,), row: (pairs,), trip: (pairs,) float64 minutes, by site.
    cell_start, column, cell_trip: the same pairs by row, the nearest first, equals by site number.
    base:    person-minutes that no candidate changes.
    """

    sites: NDArray[np.intp]
    cells: NDArray[np.intp]
    people: NDArray[np.float64]
    minutes: NDArray[np.float64]
    start: NDArray[np.intp]
    row: NDArray[np.intp]
    trip: NDArray[np.float64]
    cell_start: NDArray[np.intp]
    column: NDArray[np.intp]
    cell_trip: NDArray[np.float64]
    base: float

    def cost(self, columns: list[int]) -> float:
        """Person-minutes of all people when these candidates are chosen."""
        return self.base + float(self.people @ self.nearest(columns))

    def nearest(self, columns: list[int]) -> NDArray[np.float64]:
        """(rows,) minutes to the nearest of the open points and these candidates."""
        minutes = self.minutes.copy()
        for column in columns:
            part = slice(self.start[column], self.start[column + 1])
            minutes[self.row[part]] = np.minimum(minutes[self.row[part]], self.trip[part])
        return minutes

    def greedy(self, points: int) -> list[int]:
        """At most so many candidates, each the one that saves most; lazily, as savings only shrink (Minoux 1978)."""
        minutes = self.minutes.copy()

        def saving(column: int) -> float:
            part = slice(self.start[column], self.start[column + 1])
            rows = self.row[part]
            return float(self.people[rows] @ np.maximum(minutes[rows] - self.trip[part], 0.0))

        queue = [(-saving(column), column, 0) for column in range(len(self.sites))]
        heapq.heapify(queue)
        chosen: list[int] = []
        while queue and len(chosen) < points:
            saved, column, when = heapq.heappop(queue)
            if when < len(chosen):
                heapq.heappush(queue, (-saving(column), column, len(chosen)))
            elif saved >= 0:
                break
            else:
                chosen.append(column)
                part = slice(self.start[column], self.start[column + 1])
                minutes[self.row[part]] = np.minimum(minutes[self.row[part]], self.trip[part])
        return chosen


def savings(problem: Problem) -> Savings:
    """The candidates' savings over the open points of a problem."""
    times = problem.times
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    cell, trip = np.asarray(times.cell), np.asarray(times.minutes, dtype=np.float64)
    minutes = np.full(times.cells, float(times.horizon))
    is_open = np.zeros(times.sites, dtype=np.bool_)
    is_open[list(problem.open)] = True
    np.minimum.at(minutes, cell[is_open[site]], trip[is_open[site]])

    may = np.zeros(times.sites, dtype=np.bool_)
    may[problem.candidates] = True
    better = may[site] & (trip < minutes[cell]) & (problem.people[cell] > 0)
    site, cell, trip = site[better], cell[better], trip[better]
    sites, start = np.unique(site, return_index=True)
    cells, row = np.unique(cell, return_inverse=True)
    column = np.repeat(np.arange(len(sites)), np.diff(np.append(start, len(site))))
    order = np.lexsort((column, trip, row))
    untouched = np.ones(times.cells, dtype=np.bool_)
    untouched[cells] = False
    return Savings(
        sites=sites,
        cells=cells.astype(np.intp),
        people=problem.people[cells],
        minutes=minutes[cells],
        start=np.append(start, len(site)).astype(np.intp),
        row=row.astype(np.intp),
        trip=trip,
        cell_start=np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(cells))))).astype(np.intp),
        column=column[order],
        cell_trip=trip[order],
        base=float(problem.people[untouched] @ minutes[untouched]),
    )


def swapped(data: Savings, chosen: list[int], most_swaps: int = 500) -> list[int]:
    """Swap one chosen candidate for another while that saves person-minutes, the best swap each time.

    The change of every swap at once: Resende & Werneck (2007), "A fast swap-based local search procedure for location
    problems". Deterministic; of equal swaps the first is taken.
    """
    chosen = sorted(chosen)
    columns = len(data.sites)
    for _ in range(most_swaps):
        slot = np.full(columns, -1)
        slot[chosen] = np.arange(len(chosen))
        first, second, server = _two_nearest(data, slot)
        rows = np.repeat(np.arange(len(data.cells)), np.diff(data.cell_start))
        close = (data.cell_trip < second[rows]) & (slot[data.column] < 0)
        row, column, trip = rows[close], data.column[close], data.cell_trip[close]
        gain = np.bincount(
            column, weights=data.people[row] * np.maximum(first[row] - trip, 0.0), minlength=columns
        ).astype(np.float64)
        held = server >= 0
        loss = np.bincount(server[held], weights=(data.people * (second - first))[held], minlength=len(chosen)).astype(
            np.float64
        )
        both = held[row]
        extra = np.bincount(
            server[row[both]] * columns + column[both],
            weights=data.people[row[both]] * (second[row[both]] - np.maximum(trip[both], first[row[both]])),
            minlength=len(chosen) * columns,
        ).reshape(len(chosen), columns)
        change = extra + gain[None, :] - loss[:, None]
        change[:, chosen] = -np.inf
        out, into = np.unravel_index(int(np.argmax(change)), change.shape)
        if change[out, into] <= 1e-9 * float(data.people @ first):
            break
        chosen[int(out)] = int(into)
        chosen.sort()
    return chosen


def _two_nearest(
    data: Savings, slot: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """(rows,) minutes to the nearest and second nearest choice, and the nearest one's slot, -1 for an open point."""
    mine = np.flatnonzero(slot[data.column] >= 0)
    row = np.searchsorted(data.cell_start, mine, side="right") - 1
    first, second = data.minutes.copy(), data.minutes.copy()
    server = np.full(len(data.cells), -1)
    lead = np.flatnonzero(np.append(True, row[1:] != row[:-1])) if len(row) else np.zeros(0, dtype=np.intp)
    first[row[lead]] = data.cell_trip[mine[lead]]
    server[row[lead]] = slot[data.column[mine[lead]]]
    follow = lead[(lead + 1 < len(row))]
    follow = follow[row[follow + 1] == row[follow]] + 1
    second[row[follow]] = data.cell_trip[mine[follow]]
    return first, second, server
