"""The linear relaxation of a covering, tightened by cuts from windows of rows near each other (see `windows`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.highs import Answer, Growing, Programme
from luukku.network.windows import Cut, Windows

SIZES = (30, 45, 65)
"""Columns taken in part that a window has at most: small windows first, larger ones once those give little."""
APART = 8
"""Rows covered just once, the nearest to a window's centre, around which none is laid in the same round."""
LITTLE = 0.03
"""Part of what the bound lacks that a round should give it; after LULLS rounds that give less, windows grow or end."""
LULLS = 2
NEAR = 0.02
"""How far over a cut the last point may lie for the cut to be kept."""


@dataclass(frozen=True, slots=True, eq=False)
class Tightened:
    """A relaxation with cuts.

    rows:    (all rows, columns) CSR, first those given, then the cuts, each divided by what covers weigh at least, so
             that every row asks for 1.
    values:  (columns,) a point of least cost; bound, reduced: no cover costs less, and how much more one with a column.
    """

    rows: sparse.csr_array
    values: NDArray[np.float64]
    bound: float
    reduced: NDArray[np.float64]


def tightened(
    rows: sparse.csr_array,
    costs: NDArray[np.float64],
    *,
    enough: float,
    left: Callable[[], float],
    stopped: Callable[[float], bool],
    seed: int = 0,
) -> Tightened | None:
    """Cut off the points of the relaxation that windows do not allow, round by round, until that gives little.

    rows: (rows, columns) CSR of ones; costs: (columns,), above 0. enough: a bound beyond which nothing is asked.
    left: the seconds left. stopped: told every bound; True ends the rounds.
    None when there was no time for the first relaxation. The bound is counted from prices by weak duality, and the cuts
    are proved in whole numbers, so that nothing rests on the solver's rounding.
    """
    columns = len(costs)
    random = np.random.default_rng(seed)
    relaxation = Growing(
        Programme(costs, np.ones(columns), rows, np.ones(rows.shape[0]), np.full(rows.shape[0], np.inf))
    )
    cuts: list[Cut] = []
    best: Tightened | None = None
    size, lulls = 0, 0
    while True:
        answer = relaxation.solve(left())
        if not answer.complete:
            return best
        now = _tightened(rows, costs, cuts, answer)
        gain = now.bound - best.bound if best else np.inf
        best = now if best is None or now.bound > best.bound else best
        lulls = lulls + 1 if gain < LITTLE * (enough - best.bound) else 0
        if lulls >= LULLS:
            size, lulls = size + 1, 0
        if stopped(best.bound) or best.bound > enough or size == len(SIZES):
            return best
        new = _round(Windows(rows, now.values, random), SIZES[size], stopped, best.bound)
        if not new:
            size, lulls = size + 1, 0
            if size == len(SIZES):
                return best
        for cut in new:
            relaxation.add(cut.column, 1.0, cut.weight / cut.least)
        cuts.extend(new)


def _round(windows: Windows, columns: int, stopped: Callable[[float], bool], bound: float) -> list[Cut]:
    """The cuts of windows all over."""
    cuts: list[Cut] = []
    waiting = np.zeros(len(windows.row), dtype=np.bool_)
    waiting[windows.tight] = True
    for centre in windows.random.permutation(windows.tight).tolist():
        if not waiting[centre]:
            continue
        if stopped(bound):
            break
        near, inside = windows.grow(centre, columns)
        waiting[[place for place in near.tolist() if waiting[place]][:APART]] = False
        cut = windows.cut(near, inside) if len(near) > 1 else None
        if cut is not None:
            cuts.append(cut)
    return cuts


def _tightened(rows: sparse.csr_array, costs: NDArray[np.float64], cuts: list[Cut], answer: Answer) -> Tightened:
    values = np.zeros(len(costs)) if answer.values is None else np.clip(answer.values, 0.0, 1.0)
    price = np.maximum(answer.row_duals, 0.0)
    matrix = _with_cuts(rows, cuts)
    reduced = costs - matrix.T @ price
    bound = float(price.sum() + np.minimum(reduced, 0.0).sum())
    kept = np.array([True] * rows.shape[0] + [cut.over(values) <= NEAR for cut in cuts])
    return Tightened(sparse.csr_array(matrix[kept]), values, bound, reduced)


def _with_cuts(rows: sparse.csr_array, cuts: list[Cut]) -> sparse.csr_array:
    if not cuts:
        return rows
    start = np.cumsum([0, *(len(cut.column) for cut in cuts)])
    column = np.concatenate([cut.column for cut in cuts])
    weight = np.concatenate([cut.weight / cut.least for cut in cuts])
    below = sparse.csr_array((weight, column, start), shape=(len(cuts), rows.shape[1]))
    return sparse.csr_array(sparse.vstack([rows, below]))
