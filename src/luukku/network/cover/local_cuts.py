"""The linear relaxation of a covering, tightened by cuts from windows of rows near each other (see `windows`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.cover.windows import Cut, Windows
from luukku.network.highs import Answer, Growing, Programme

SIZES = (30, 45, 65)
"""Columns taken in part that a window has at most: small windows first, larger ones once those give little."""
APART = 8
"""Rows covered just once, the nearest to a window's centre, around which none is laid in the same round."""
LITTLE = 0.03
"""Part of what the bound lacks that a round should give it; after LULLS rounds that give less, windows grow or end."""
LULLS = 2
MUCH = 0.1
"""Part of the columns that a bound rules out for the problem to be made smaller before the next round."""
ROUNDING = 1e-6
"""How far, relatively, a bound may be off and still be it."""
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
    known: sparse.csr_array | None = None,
    left: Callable[[], float],
    stopped: Callable[[float], bool],
    seed: int = 0,
) -> Tightened | None:
    """Cut off the points of the relaxation that windows do not allow, round by round, until that gives little.

    rows: (rows, columns) CSR of ones; costs: (columns,), above 0. enough: a bound beyond which nothing is asked.
    known: cuts to begin with, each asking for 1. The rounds also end when the bound leaves MUCH fewer columns.
    left: the seconds left. stopped: told every bound; True ends the rounds.
    None when there was no time for the first relaxation. The bound is counted from prices by weak duality, and the cuts
    are proved in whole numbers, so that nothing rests on the solver's rounding.
    """
    random = np.random.default_rng(seed)
    begun = rows if known is None else sparse.csr_array(sparse.vstack([rows, known]))
    ones = np.ones(begun.shape[0])
    relaxation = Growing(Programme(costs, np.ones(len(costs)), begun, ones, np.full(len(ones), np.inf)))
    cuts: list[Cut] = []
    best: Tightened | None = None
    size, lulls = 0, 0
    while True:
        answer = relaxation.solve(left())
        if not answer.complete:
            return best
        now = _tightened(begun, rows.shape[0], costs, cuts, answer)
        gain = now.bound - best.bound if best else np.inf
        best = now if best is None or now.bound > best.bound else best
        lulls = lulls + 1 if gain < LITTLE * (enough - best.bound) else 0
        if lulls >= LULLS:
            size, lulls = size + 1, 0
        if stopped(best.bound) or best.bound > enough or size == len(SIZES):
            return best
        if np.mean(best.bound + best.reduced > enough * (1 + ROUNDING)) > MUCH:
            return best
        new = _round(Windows(rows, now.values), SIZES[size], random, partial(stopped, best.bound))
        if not new:
            size, lulls = size + 1, 0
            if size == len(SIZES):
                return best
        for cut in new:
            relaxation.add(cut.column, 1.0, cut.weight / cut.least)
        cuts.extend(new)


def _round(windows: Windows, columns: int, random: np.random.Generator, stopped: Callable[[], bool]) -> list[Cut]:
    """The cuts of windows all over."""
    waiting = np.zeros(len(windows.row), dtype=np.bool_)
    waiting[windows.tight] = True
    cuts: list[Cut] = []
    for centre in random.permutation(windows.tight).tolist():
        if not waiting[centre]:
            continue
        if stopped():
            break
        near, inside = windows.grow(centre, columns)
        waiting[[place for place in near.tolist() if waiting[place]][:APART]] = False
        cut = windows.cut(near, inside, int(random.integers(2**32))) if len(near) > 1 else None
        if cut is not None:
            cuts.append(cut)
    return cuts


def _tightened(
    begun: sparse.csr_array, rows: int, costs: NDArray[np.float64], cuts: list[Cut], answer: Answer
) -> Tightened:
    values = np.zeros(len(costs)) if answer.values is None else np.clip(answer.values, 0.0, 1.0)
    price = np.maximum(answer.row_duals, 0.0)
    matrix = _with_cuts(begun, cuts)
    reduced = costs - matrix.T @ price
    bound = float(price.sum() + np.minimum(reduced, 0.0).sum())
    kept = matrix @ values <= 1 + NEAR
    kept[:rows] = True
    return Tightened(sparse.csr_array(matrix[kept]), values, bound, reduced)


def _with_cuts(rows: sparse.csr_array, cuts: list[Cut]) -> sparse.csr_array:
    if not cuts:
        return rows
    start = np.cumsum([0, *(len(cut.column) for cut in cuts)])
    column = np.concatenate([cut.column for cut in cuts])
    weight = np.concatenate([cut.weight / cut.least for cut in cuts])
    below = sparse.csr_array((weight, column, start), shape=(len(cuts), rows.shape[1]))
    return sparse.csr_array(sparse.vstack([rows, below]))
