"""A set covering that is still to decide: what its prices prove, its reductions, and a greedy cover."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.dominance import around_another, family, inside_another
from luukku.network.whole import lifted

SLACK = 1e-6
"""How far a computed bound may lie from a number and still be it."""


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """What is still to decide.

    number:  (columns,) column numbers of the whole; rows: CSR of ones; costs: (columns,), above 0.
    measure: every cover's cost is a multiple of it; 0 when nothing is known.
    beside:  what is spent on what is decided, which values and bounds include.
    """

    number: NDArray[np.intp]
    rows: sparse.csr_array
    costs: NDArray[np.float64]
    measure: float
    beside: float

    def keep(self, columns: NDArray[np.bool_]) -> Cover:
        """The same rows with some of the columns."""
        rows = sparse.csr_array(self.rows[:, columns])
        return replace(self, number=self.number[columns], rows=rows, costs=self.costs[columns])

    def value(self, columns: NDArray[np.intp]) -> float:
        """What a choice of columns costs, with what is spent besides."""
        return self.beside + float(self.costs[columns].sum())

    def lifted(self, bound: float) -> float:
        """The least value that a cover can have when none has less than the bound."""
        return self.beside + lifted(bound - self.beside, self.measure, SLACK)

    def below(self, value: float) -> float:
        """The most that a better cover than this value can cost."""
        return value - self.measure * (1 - SLACK)

    def priced(self, price: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The bound and the reduced costs of (rows,) prices at least 0, which hold whatever their rounding."""
        reduced = self.costs - self.rows.T @ price
        return self.beside + float(price.sum() + np.minimum(reduced, 0.0).sum()), reduced


def shrunk(cover: Cover) -> Cover:
    """Leave out rows that are covered whenever another is, and columns that others replace at no more cost."""
    while True:
        shape = cover.rows.shape
        cover = _without_dear(without_implied(cover))
        if cover.rows.shape == shape:
            return cover


def without_implied(cover: Cover) -> Cover:
    """Leave out every row whose columns include all columns of another row; of equals one stays."""
    rows = cover.rows
    return replace(cover, rows=sparse.csr_array(rows[~around_another(family(rows), np.ones(rows.shape[0], np.bool_))]))


def _without_dear(cover: Cover) -> Cover:
    """Leave out columns that cover nothing, or nothing that others do not cover together or alone for as little."""
    rows, costs = cover.rows, cover.costs
    by_column = sparse.csr_array(rows.T)
    size = np.diff(by_column.indptr)
    keep = size > 0
    if rows.shape[0]:
        alone = np.full(rows.shape[0], np.inf)  # the cheapest column of each row
        np.minimum.at(alone, np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)), costs[rows.indices])
        keep &= (size <= 1) | (costs <= by_column @ alone)
    cover = cover.keep(keep)
    nothing_bars = np.zeros(len(cover.costs) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)
    return cover.keep(~inside_another(family(cover.rows).turned(), cover.costs, *nothing_bars))


def greedy(cover: Cover) -> NDArray[np.intp]:
    """A cover that takes the column of least cost for each row newly covered, again and again (Chvátal 1979)."""
    by_column = sparse.csr_array(cover.rows.T)
    bare = np.ones(cover.rows.shape[0])
    chosen: list[int] = []
    while bare.any():
        column = int(np.argmax((by_column @ bare) / cover.costs))
        chosen.append(column)
        bare[by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]]] = 0.0
    return np.array(chosen, dtype=np.intp)
