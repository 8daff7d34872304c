"""Who saves how many minutes with which candidate: the p-median problem once the open points are taken for granted.

Every cell has a trip already, to the nearest open point or, beyond the horizon, charged with the horizon's minutes.
A candidate matters only to the cells that it brings nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.network.problem import Problem
from luukku.travel.times import ByCell, TravelTimes

FREE, WITHIN, WITHOUT = 0, 1, 2
"""What is decided of a candidate: nothing, chosen, or not to be chosen (numbers that the kernels share)."""


@dataclass(frozen=True, slots=True, eq=False)
class Savings:
    """Pairs of a candidate and a cell that it brings nearer, by cell from near to far and, a second time, by candidate.

    A national matrix has tens of millions of pairs, so they are the matrix's own arrays whenever all of it counts.

    sites:   (columns,) site numbers; cells: (rows,) cell numbers.
    people:  (rows,) float64; minutes: (rows,) float64 of the trip without any candidate.
    start:   (rows + 1,) int64, column: (pairs,) int32, trip: (pairs,) float32 minutes, by row, the nearest first,
             equals by site number.
    column_start: (columns + 1,) int64, row: (pairs,) int32, column_trip: (pairs,) float32, the same pairs by column.
    base:    person-minutes that no candidate changes.
    """

    sites: NDArray[np.intp]
    cells: NDArray[np.intp]
    people: NDArray[np.float64]
    minutes: NDArray[np.float64]
    start: NDArray[np.int64]
    column: NDArray[np.int32]
    trip: NDArray[np.float32]
    column_start: NDArray[np.int64]
    row: NDArray[np.int32]
    column_trip: NDArray[np.float32]
    base: float

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.column)

    def cost(self, columns: Sequence[int]) -> float:
        """Person-minutes of all people when these candidates are chosen."""
        return self.base + float(self.people @ self.nearest(columns))

    def nearest(self, columns: Sequence[int]) -> NDArray[np.float64]:
        """(rows,) minutes to the nearest of the open points and these candidates."""
        from luukku.network.median.kernels import bring_nearer

        minutes = self.minutes.copy()
        bring_nearer(minutes, self.column_start, self.row, self.column_trip, np.array(columns, dtype=np.int64))
        return minutes

    def saving(self, minutes: NDArray[np.float64], column: int) -> float:
        """Person-minutes that a candidate saves when everybody's trip takes (rows,) `minutes`."""
        from luukku.network.median.kernels import saving

        return float(saving(self.people, minutes, self.column_start, self.row, self.column_trip, column))

    def shrunk(self, decided: NDArray[np.int8], last: NDArray[np.float64]) -> Shrunk:
        """What is left of the problem once some candidates are chosen and some ruled out.

        decided: (columns,) FREE, WITHIN or WITHOUT. last: (rows,) minutes beyond which no choice that is wanted serves
        a cell: the first candidate beyond is no longer one, its trip is what the cell is charged without the others.
        No choice costs more in the problem that is left, and one that serves nobody from beyond costs the same.
        """
        return _shrunk(self, decided, last)


@dataclass(frozen=True, slots=True, eq=False)
class Shrunk:
    """A smaller problem within another: rows and columns are numbers in the larger one."""

    data: Savings
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]


def savings(problem: Problem) -> Savings:
    """The candidates' savings over the open points of a problem.

    A cell that nothing open reaches is charged with the horizon, or with its farthest known trip when that is more:
    whatever is absent from the matrix is farther than both.
    """
    times = problem.times
    by_cell = times.by_cell()
    charge = _charge(times, by_cell)
    whole = Savings(
        sites=np.arange(times.sites),
        cells=np.arange(times.cells),
        people=problem.people,
        minutes=charge,
        start=by_cell.start,
        column=by_cell.site,
        trip=by_cell.minutes,
        column_start=times.start,
        row=times.cell,
        column_trip=times.minutes,
        base=0.0,
    )
    if len(problem.candidates) == times.sites:
        return whole
    decided = np.full(times.sites, WITHOUT, dtype=np.int8)
    decided[problem.candidates] = FREE
    decided[list(problem.open)] = WITHIN
    return whole.shrunk(decided, np.full(times.cells, np.inf)).data


def _charge(times: TravelTimes, by_cell: ByCell) -> NDArray[np.float64]:
    charge = np.full(times.cells, float(times.horizon))
    some = np.flatnonzero(np.diff(by_cell.start) > 0)
    charge[some] = np.maximum(charge[some], by_cell.minutes[by_cell.start[some + 1] - 1])
    return charge


def _shrunk(data: Savings, decided: NDArray[np.int8], last: NDArray[np.float64]) -> Shrunk:
    from luukku.network.median.kernels import copied_pairs, kept_pairs
    from luukku.travel.lengthen import turned_pairs

    begin, minutes = kept_pairs(data.start, data.column, data.trip, decided, data.minutes, last)
    number = np.full(len(data.sites), -1, dtype=np.int32)
    columns = np.flatnonzero(decided == FREE)
    number[columns] = np.arange(len(columns))
    column, trip = copied_pairs(data.start, data.column, data.trip, number, begin)
    counts = np.diff(begin)
    matters = (counts > 0) & (data.people > 0)
    if not matters[counts > 0].all():
        pairs = np.repeat(matters, counts)
        column, trip = column[pairs], trip[pairs]
    rows = np.flatnonzero(matters)
    start = np.concatenate(([0], np.cumsum(counts[rows]))).astype(np.int64)
    column_start, row, column_trip = turned_pairs(start, column, trip, len(columns))
    smaller = Savings(
        sites=data.sites[columns],
        cells=data.cells[rows],
        people=data.people[rows],
        minutes=minutes[rows],
        start=start,
        column=column,
        trip=trip,
        column_start=column_start,
        row=row,
        column_trip=column_trip,
        base=data.base + float(data.people[~matters] @ minutes[~matters]),
    )
    return Shrunk(smaller, rows, columns)
