"""The cheapest cover: every row covered by columns that cost as little as possible (set covering with costs).

Sources: Toregas & ReVelle (1972) and Beasley (1987) for the reductions; Caprara, Fischetti & Toth (1999) for working on
the columns that the prices of the linear relaxation leave cheap; `row_weighting` for the search. HiGHS proves what is
left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import BadInput, Fault, Impossible
from luukku.network.highs import Programme, solve
from luukku.network.problem import ONE_MINUTE, Solution, Stop
from luukku.network.row_weighting import better_cover
from luukku.network.watch import Watch
from luukku.network.whole import common_measure, lifted

PAIRWISE = 6_000
"""Columns up to which every two are compared for dominance, and the linear relaxation is solved at once."""
CORE = 3_000
"""Columns of least reduced cost that the search swaps."""
VAIN = 200_000
"""Swaps without a better cover after which a search ends."""
SEARCHES = 5
"""Searches, each from the best cover of the last."""
FEW = 500
"""Columns that a better cover may have, of which branching knows more than another search would."""
EACH_ROW = 10
"""Columns of each row at least, the best ones, that the first linear relaxation and the search have."""
NEAR = 1e-3
"""Relative distance of the bound of the prices from the relaxation's value at which no more columns join."""
JOINING = 500
"""Columns at least that may join the linear relaxation at once."""
SLACK = 1e-6
"""How far a computed bound may lie from a number and still be it."""


def cheapest_cover(
    covers: sparse.csr_array, costs: NDArray[np.float64], *, stop: Stop = ONE_MINUTE, seed: int = 0
) -> Solution:
    """The columns with the least total cost that cover every row.

    covers: (rows, columns) CSR; a stored entry means that the column covers the row. costs: (columns,), at least 0.
    seed:   of the random numbers of the search; equal seeds give equal covers when time does not cut it short.

    When all costs are whole numbers, bounds are rounded up to their common measure. Raises BadInput for costs that are
    negative or no numbers, Impossible when no column covers some row.
    """
    _check(covers, costs)
    watch = Watch(stop)
    rows = sparse.csr_array((np.ones(len(covers.indices)), covers.indices, covers.indptr), shape=covers.shape)
    free = np.flatnonzero(costs == 0)
    bare = np.asarray(rows[:, free].sum(axis=1)).ravel() == 0
    whole = _Cover(np.arange(len(costs)), sparse.csr_array(rows[bare]), costs, common_measure(costs))
    chosen = _cheapest(_reduced(whole.keep(costs > 0)), watch, seed)
    sites = _without_spare(rows, costs, np.concatenate((free, np.array(chosen, dtype=np.intp))))
    return watch.solution(sites, "Set covering by reduction, prices, search and HiGHS (Caprara et al. 1999)")


def _check(covers: sparse.csr_array, costs: NDArray[np.float64]) -> None:
    if (bad := ~(np.isfinite(costs) & (costs >= 0))).any():
        first = int(np.argmax(bad))
        fault = Fault(
            f"{int(bad.sum())} costs are negative or no numbers, such as that of column {first + 1}: {costs[first]}",
            "finite numbers, zero or more",
            "mend these costs",
        )
        raise BadInput("The costs of the cover", [fault])
    if (bare := np.diff(covers.indptr) == 0).any():
        raise Impossible(
            f"No column covers row {int(np.argmax(bare)) + 1}. The best possible is to cover "
            f"{int((~bare).sum())} of {len(bare)} rows."
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Cover:
    """What is still to decide.

    number:  (columns,) column numbers of the whole; rows: CSR of ones; costs: (columns,), above 0.
    measure: every cover's cost is a multiple of it; 0 when nothing is known.
    """

    number: NDArray[np.intp]
    rows: sparse.csr_array
    costs: NDArray[np.float64]
    measure: float

    def keep(self, columns: NDArray[np.bool_]) -> _Cover:
        """The same rows with some of the columns."""
        rows = sparse.csr_array(self.rows[:, columns])
        return replace(self, number=self.number[columns], rows=rows, costs=self.costs[columns])

    def lifted(self, bound: float) -> float:
        """The least cost that a cover can have when none costs less than the bound."""
        return lifted(bound, self.measure, SLACK)

    def below(self, value: float) -> float:
        """The most that a better cover than this value can cost."""
        return value - self.measure * (1 - SLACK)

    def priced(self, price: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The bound and the reduced costs of (rows,) prices at least 0, which hold whatever their rounding."""
        reduced = self.costs - self.rows.T @ price
        return float(price.sum() + np.minimum(reduced, 0.0).sum()), reduced


def _reduced(cover: _Cover) -> _Cover:
    """Leave out rows that are covered whenever another is, and columns that others replace at no more cost."""
    while True:
        shape = cover.rows.shape
        cover = _without_dear(_without_implied(cover))
        if cover.rows.shape == shape:
            return cover


def _without_implied(cover: _Cover) -> _Cover:
    """Leave out every row whose columns include all columns of another row; of equals the first stays."""
    size = np.diff(cover.rows.indptr)
    shared = sparse.coo_array(cover.rows @ cover.rows.T)
    inside, around = shared.coords
    implied = (shared.data >= size[inside] - 0.5) & (inside != around)
    implied &= (size[around] > size[inside]) | (inside < around)
    keep = np.ones(len(size), dtype=np.bool_)
    keep[around[implied]] = False
    return replace(cover, rows=sparse.csr_array(cover.rows[keep]))


def _without_dear(cover: _Cover) -> _Cover:
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
    if len(cover.costs) > PAIRWISE:
        return cover
    by_column = sparse.csr_array(cover.rows.T)
    size = np.diff(by_column.indptr)
    shared = sparse.coo_array(by_column @ cover.rows)
    inside, around = shared.coords
    dear = (shared.data >= size[inside] - 0.5) & (inside != around) & (cover.costs[around] <= cover.costs[inside])
    equal = (size[around] == size[inside]) & (cover.costs[around] == cover.costs[inside])
    dear &= ~equal | (around < inside)
    keep = np.ones(len(size), dtype=np.bool_)
    keep[inside[dear]] = False
    return cover.keep(keep)


def _cheapest(cover: _Cover, watch: Watch, seed: int) -> list[int]:
    """Column numbers of the cheapest cover, or of the best one that there was time to find."""
    chosen = _greedy(cover)
    watch.improve(value=float(cover.costs[chosen].sum()), bound=0.0)
    if watch.why:
        return _numbers(cover, chosen)
    price = _prices(cover, watch)
    if price is None:
        return _numbers(cover, chosen)
    bound, reduced = cover.priced(price)
    watch.improve(bound=cover.lifted(bound))
    chosen = _improved(cover, chosen, price, watch, seed)
    if watch.why is None and watch.value is not None:
        kept = bound + np.maximum(reduced, 0.0) <= cover.below(watch.value) + SLACK * watch.value
        return _branched(cover, kept, chosen, watch)
    return _numbers(cover, chosen)


def _greedy(cover: _Cover) -> NDArray[np.intp]:
    """A cover that takes the column of least cost for each row newly covered, again and again (Chvátal 1979)."""
    by_column = sparse.csr_array(cover.rows.T)
    bare = np.ones(cover.rows.shape[0])
    chosen: list[int] = []
    while bare.any():
        column = int(np.argmax((by_column @ bare) / cover.costs))
        chosen.append(column)
        bare[by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]]] = 0.0
    return np.array(chosen, dtype=np.intp)


def _prices(cover: _Cover, watch: Watch) -> NDArray[np.float64] | None:
    """(rows,) duals of the linear relaxation, from a growing part of the columns; None when there is no time.

    The columns that the prices of the part leave too cheap join it, until there are none (sifting, Bixby et al. 1992).
    """
    rows = cover.rows.shape[0]
    dear = cover.costs / np.asarray(cover.rows.sum(axis=0)).ravel()
    part = np.zeros(len(dear), dtype=np.bool_)
    part[_least_of_each_row(cover, dear) if len(dear) > PAIRWISE else slice(None)] = True
    while True:
        answer = solve(_programme(cover.keep(part), whole=False), seconds=watch.left)
        if not answer.complete or answer.values is None:
            return None
        price = np.maximum(answer.row_duals[:rows], 0.0)
        bound, reduced = cover.priced(price)
        near = NEAR if cover.measure else SLACK
        if bound >= answer.cost * (1 - near) and cover.lifted(bound) >= cover.lifted(answer.cost) * (1 - SLACK):
            return price
        cheap = np.flatnonzero((reduced < -SLACK * cover.costs) & ~part)
        if len(cheap) == 0:  # the solver's rounding, not a column, keeps the bound below its cost
            return price
        part[cheap[np.argsort(reduced[cheap], kind="stable")[: max(JOINING, int(part.sum()) // 2)]]] = True


def _least_of_each_row(cover: _Cover, value: NDArray[np.float64]) -> NDArray[np.intp]:
    """The EACH_ROW columns of least value of every row."""
    sizes = np.diff(cover.rows.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((value[cover.rows.indices], row))
    nth = np.arange(len(row)) - np.repeat(cover.rows.indptr[:-1], sizes)
    return np.unique(cover.rows.indices[order[nth < EACH_ROW]]).astype(np.intp)


def _improved(
    cover: _Cover, chosen: NDArray[np.intp], price: NDArray[np.float64], watch: Watch, seed: int
) -> NDArray[np.intp]:
    """A better cover by local search, begun anew a few times, among the columns that a better cover may have."""
    bound, reduced = cover.priced(price)

    def stopped(value: float) -> bool:
        watch.improve(value=value)
        return watch.why is not None

    for begun in range(SEARCHES):
        value = float(cover.costs[chosen].sum())
        may = np.flatnonzero(bound + reduced <= cover.below(value) + SLACK * value)
        core = may[np.argsort(reduced[may], kind="stable")[:CORE]]
        if len(core) == CORE:
            core = np.union1d(core, _least_of_each_row(cover, reduced))
        core = np.union1d(core, chosen)
        part = cover.keep(np.isin(np.arange(len(cover.costs)), core))
        begin = np.isin(core, chosen)
        chosen = core[better_cover(part.rows, part.costs, begin, seed=seed + begun, vain=VAIN, stopped=stopped)]
        if watch.why is not None or len(may) <= FEW:
            break
    return chosen


def _branched(cover: _Cover, kept: NDArray[np.bool_], chosen: NDArray[np.intp], watch: Watch) -> list[int]:
    """A cheaper cover of the columns kept, or the proof that there is none, by branch and bound."""
    best = _numbers(cover, chosen)
    value = float(cover.costs[chosen].sum())
    if (np.diff(cover.rows[:, kept].tocsr().indptr) == 0).any():
        watch.improve(bound=value)
        return best
    left = _reduced(cover.keep(kept))

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=min(cover.lifted(bound), value))
        return watch.why is not None

    programme = _programme(left, whole=True, most=cover.below(value))
    answer = solve(programme, seconds=watch.left, tell=hear)
    if answer.values is not None:
        found = np.flatnonzero(answer.values > 0.5)
        if (left.rows[:, found].sum(axis=1) > 0).all() and (cost := float(left.costs[found].sum())) < value:
            best, value = _numbers(left, found), cost
            watch.improve(value=value)
    if answer.complete:
        watch.improve(bound=value)
    elif np.isfinite(answer.bound):
        watch.improve(bound=min(cover.lifted(answer.bound), value))
    return best


def _numbers(cover: _Cover, columns: NDArray[np.intp]) -> list[int]:
    return [int(column) for column in cover.number[columns]]


def _programme(cover: _Cover, *, whole: bool, most: float = np.inf) -> Programme:
    """The covering programme, or its linear relaxation; with `most`, of covers that cost no more."""
    rows, columns = cover.rows.shape
    matrix, upper = cover.rows, np.full(rows, np.inf)
    lower = np.ones(rows)
    if np.isfinite(most):
        matrix = sparse.csr_array(sparse.vstack([cover.rows, sparse.csr_array(cover.costs[None, :])]))
        lower, upper = np.append(lower, -np.inf), np.append(upper, most)
    return Programme(cover.costs, np.ones(columns), matrix, lower, upper, columns if whole else 0)


def _without_spare(rows: sparse.csr_array, costs: NDArray[np.float64], chosen: NDArray[np.intp]) -> list[int]:
    """The chosen columns without those that cost nothing and cover nothing that the others do not."""
    by_column = sparse.csr_array(rows[:, chosen].T)
    times = np.asarray(by_column.sum(axis=0)).ravel()
    kept = []
    for place, column in enumerate(chosen.tolist()):
        mine = by_column.indices[by_column.indptr[place] : by_column.indptr[place + 1]]
        if costs[column] == 0 and (times[mine] > 1).all():
            times[mine] -= 1
        else:
            kept.append(column)
    return kept
