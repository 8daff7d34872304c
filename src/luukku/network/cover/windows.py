"""Cuts for covering from windows: what some rows near each other need of the columns, found by their cheapest covers.

A point of the linear relaxation may cover every row of a window by parts of columns though no mixture of whole covers
of the window is so cheap. A weight for every column then tells them apart: all covers weigh at least so much, the point
weighs less. Sources: Boyd (1994), "Fenchel cutting planes for integer programs"; Applegate, Bixby, Chvátal & Cook
(2001), "TSP cuts which do not conform to the template paradigm" (local cuts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.cover.window_kernels import MOST_ROWS, NEVER, Bits, Window, all_rows, cheapest_covers, cut_out
from luukku.network.dominance import around_another, family
from luukku.network.highs import Growing, Programme

UNIT = 10_000
"""Weights are whole multiples of one part in so many."""
VIOLATED = 0.01
"""Part of the weight of every cover by which a cut has to be missed."""
SURE = 0.002
"""Part of its weight by which a cover has to be lighter to count as lighter."""
BEGUN = 24
"""Covers, of costs drawn at random, to begin with."""
AT_ONCE = 6
"""Covers at most that one search tells."""
NODES = 20_000
"""Nodes of a search at most; a window that needs more is left."""
QUICK = 200
"""Nodes of a search for a cover to begin with."""
LIFTING = 2_000
"""Nodes of the search for a weight of one more column at most; one that needs more gets the weight of a whole cover."""
SHARED = 0.02
"""Part of a column that a row at least shares with a window that it joins."""
TAKEN = 1e-7
"""Value above which a column is taken in part."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Every cover weighs at least `least`: weight @ x[column] >= least. Whole numbers, so nothing is rounded."""

    column: NDArray[np.intp]
    weight: NDArray[np.int64]
    least: int

    def over(self, values: NDArray[np.float64]) -> float:
        """How far, relative to `least`, a point lies over the cut; below 0 when the cut cuts it off."""
        return float(self.weight @ values[self.column]) / self.least - 1.0


class Windows:
    """The windows around the rows that a point of the relaxation covers just once.

    row:   of the rows around which no others are for the columns that the point takes, whom each is.
    part:  (those rows, columns) CSR: by which parts of columns the point covers them.
    tight: the places among them of those that are covered just once.
    """

    def __init__(self, rows: sparse.csr_array, values: NDArray[np.float64]) -> None:
        self.rows, self.values = rows, values
        self.start, self.column = rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
        order = np.argsort(np.diff(rows.indptr), kind="stable")  # of equals the row with the fewest columns says most
        part = sparse.csr_array(rows[order].multiply(np.where(values > TAKEN, values, 0.0)[None, :]))
        part.eliminate_zeros()
        part.sort_indices()
        least = ~around_another(family(part), np.ones(len(order), dtype=np.bool_))
        self.row, self.part = order[least], sparse.csr_array(part[least])
        self.sums = np.asarray(self.part.sum(axis=1)).ravel()
        self.tight = np.flatnonzero(self.sums < 1 + 1e-6)

    def grow(self, centre: int, columns: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
        """Places of rows around one of them, nearest first, and the columns taken in part that cover them.

        The row that has least outside what there is joins, as long as the columns are not more than so many.
        """
        inside = np.zeros(len(self.values), dtype=np.bool_)
        done = np.zeros(len(self.row), dtype=np.bool_)
        joined: list[int] = []
        at = centre
        while len(joined) < MOST_ROWS:
            done[at] = True
            mine = self.part.indices[self.part.indptr[at] : self.part.indptr[at + 1]]
            if not joined or inside.sum() + np.count_nonzero(~inside[mine]) <= columns:
                inside[mine] = True
                joined.append(at)
            shares = self.part @ inside.astype(np.float64)
            outside = np.where(done | (shares <= SHARED), np.inf, self.sums - shares)
            at = int(np.argmin(outside))
            if not np.isfinite(outside[at]):
                break
        return np.array(joined), np.flatnonzero(inside)

    def cut(self, places: NDArray[np.intp], columns: NDArray[np.intp], seed: int) -> Cut | None:
        """The cut of a window that the point misses most, or None when it misses none by enough.

        seed: of the covers that the search for it begins with.
        """
        random = np.random.default_rng(seed)
        rows = self.row[places].astype(np.int64)
        place = np.full(len(self.values), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        window = cut_out(self.start, self.column, rows, place, len(columns))
        values, need = self.values[columns], all_rows(window)
        found = np.zeros((AT_ONCE, len(columns)), dtype=np.bool_)
        begun: list[NDArray[np.bool_]] = []
        for _ in range(BEGUN):
            cost = (UNIT * (1 + random.random(len(columns)) - values / 2)).astype(np.int64)
            _, kept = cheapest_covers(window, cost, need, (NEVER, QUICK), found)
            begun.extend(found[max(kept - 1, 0) : kept].copy())
        least = np.ones(len(begun))
        # The lightest weights of the point that give every cover known at least 1.
        known = sparse.csr_array(np.array(begun, dtype=np.float64))
        lightest = Growing(Programme(values, np.ones(len(columns)), known, least, np.full(len(least), np.inf)))
        lighter = round(UNIT * (1 - SURE))
        while True:
            answer = lightest.solve()
            if answer.values is None or answer.cost >= 1 - VIOLATED:
                return None
            cost = np.rint(np.maximum(answer.values, 0.0) * UNIT).astype(np.int64)
            weight, kept = cheapest_covers(window, cost, need, (lighter, NODES), found)
            if weight < 0:
                return None
            if kept == 0:
                break
            for cover in found[:kept]:
                lightest.add(np.flatnonzero(cover), 1.0)
        weight, _ = cheapest_covers(window, cost, need, (NEVER, NODES), found)
        if weight <= 0 or cost @ values >= weight * (1 - VIOLATED):
            return None
        needed = _needed(window, cost, need, weight)
        return self._lifted(rows[needed], columns, np.minimum(cost, weight), weight)

    def _lifted(self, rows: NDArray[np.int64], columns: NDArray[np.intp], weight: NDArray[np.int64], least: int) -> Cut:
        """The cut with the other columns that cover rows of the window.

        Each weighs as much as the lightest columns of the window that cover the same: put in its place, they turn any
        cover into one of the window's columns that weighs no more, so that the cut holds for all columns at once.
        """
        around = np.unique(self.rows[rows].indices)
        others = np.setdiff1d(around, columns)
        place = np.full(len(self.values), -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        window = cut_out(self.start, self.column, rows, place, len(columns))
        place[:] = -1
        place[others] = np.arange(len(others))
        covered = cut_out(self.start, self.column, rows, place, len(others)).covers
        found = np.zeros((1, len(columns)), dtype=np.bool_)
        more = np.full(len(others), least, dtype=np.int64)
        for number in range(len(others)):
            lightest, _ = cheapest_covers(window, weight, covered[number], (least, LIFTING), found)
            if lightest >= 0:
                more[number] = lightest
        column, weights = np.concatenate((columns, others)), np.concatenate((weight, more))
        heavy = weights > 0
        return Cut(column[heavy].astype(np.intp), weights[heavy], int(least))


def _needed(window: Window, cost: NDArray[np.int64], need: Bits, least: int) -> NDArray[np.bool_]:
    """The rows of a window that it takes for every cover of them to weigh at least so much: the fewer, the stronger."""
    found = np.zeros((1, len(cost)), dtype=np.bool_)
    kept = np.ones(len(window.start) - 1, dtype=np.bool_)
    for row in range(len(kept) - 1, -1, -1):  # the farthest from the centre first
        without = need.copy()
        without[row >> 6] &= ~(np.uint64(1) << np.uint64(row & 63))
        lightest, _ = cheapest_covers(window, cost, without, (least, LIFTING), found)
        if lightest == least:
            need, kept[row] = without, False
    return kept
