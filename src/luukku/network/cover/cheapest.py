"""The cheapest cover: every row covered by columns that cost as little as possible (set covering with costs).

Sources: Toregas & ReVelle (1972) and Beasley (1987) for the reductions; Caprara, Fischetti & Toth (1999) for working on
the columns that the prices of the linear relaxation leave cheap; `row_weighting` for the search. SCIP, HiGHS or cuts
(`local_cuts`) prove what is left.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import BadInput, Fault, Impossible
from luukku.network.cover.covers import SLACK, Cover, greedy, shrunk, without_implied
from luukku.network.cover.local_cuts import MUCH, tightened
from luukku.network.cover.row_weighting import better_cover
from luukku.network.highs import Answer, Programme, solve
from luukku.network.problem import ONE_MINUTE, Solution, Stop
from luukku.network.scip import solve_whole
from luukku.network.watch import Watch
from luukku.network.whole import common_measure

AT_ONCE = 6_000
"""Columns up to which the linear relaxation is solved at once."""
CORE = 3_000
"""Columns of least reduced cost that the search swaps."""
VAIN = 100_000
"""Swaps without a better cover after which a search ends."""
SEARCHES = 4
"""Searches: by turns afresh among the likeliest columns, and from the best cover among all."""
NARROW = 0.1
"""Reduced cost, in parts of its cost, that a likely column has at most."""
ENTRIES = 200_000
"""Entries of what is left up to which SCIP proves it; above, HiGHS, whose first bound comes sooner."""
FEW, EASY = 500, 20_000
"""Columns that a better cover may have, and entries, of which branching knows more than another search would."""
SOON = 500
"""Relaxations that a solver may solve to prove what is so small, before there are more searches after all."""
EACH_ROW = 10
"""Columns of each row at least, the best ones, that the first linear relaxation and the search have."""
LOOK = 0.1
"""Seconds between two looks at the solver in the second thread."""
NEAR = 1e-3
"""Relative distance of the bound of the prices from the relaxation's value at which no more columns join."""
METHOD = "Set covering by reduction, prices, search, cuts and SCIP or HiGHS (Caprara et al. 1999)"
JOINING = 500
"""Columns at least that may join the linear relaxation at once."""


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
    rows.sort_indices()
    free = np.flatnonzero(costs == 0)
    bare = np.asarray(rows[:, free].sum(axis=1)).ravel() == 0
    paid = np.flatnonzero(costs > 0)
    chosen = paid[least_cost(sparse.csr_array(rows[bare][:, paid]), costs[paid], watch, seed=seed)]
    sites = _without_spare(rows, costs, np.concatenate((free, chosen)))
    return watch.solution(sites, METHOD)


def least_cost(
    rows: sparse.csr_array, costs: NDArray[np.float64], watch: Watch, *, beside: float = 0.0, seed: int = 0
) -> NDArray[np.intp]:
    """The columns of the cheapest cover, or of the best that there was time to find; the watch has its certificate.

    rows: (rows, columns) CSR of ones, ascending, none of them empty; costs: (columns,), above 0.
    beside: what is spent besides, which the watch counts too.
    """
    whole = shrunk(Cover(np.arange(len(costs)), rows, costs, common_measure(costs), beside))
    alone = np.unique(whole.rows.indices[whole.rows.indptr[:-1][np.diff(whole.rows.indptr) == 1]])
    forced = np.isin(np.arange(len(whole.costs)), alone)
    left = replace(
        whole.keep(~forced),
        rows=sparse.csr_array(whole.rows[np.diff(whole.rows.indptr) > 1][:, ~forced]),
        beside=beside + float(whole.costs[forced].sum()),
    )
    return np.concatenate((whole.number[forced], _cheapest(left, watch, seed))).astype(np.intp)


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


def _cheapest(cover: Cover, watch: Watch, seed: int) -> list[int]:
    """Column numbers of the cheapest cover, or of the best one that there was time to find."""
    chosen = greedy(cover)
    watch.improve(value=cover.value(chosen), bound=cover.beside)
    if watch.why:
        return _numbers(cover, chosen)
    price = _prices(cover, watch)
    if price is None:
        return _numbers(cover, chosen)
    bound, reduced = cover.priced(price)
    watch.improve(bound=cover.lifted(bound))
    chosen = _improved(cover, chosen, price, watch, seed, searches=range(1))
    small = int(_kept(cover, chosen, bound, reduced).sum()) <= FEW or cover.rows.nnz <= EASY
    if small and watch.why is None:
        chosen = _branched(cover, _kept(cover, chosen, bound, reduced), chosen, watch, seed, most=SOON)
    if watch.why is None:
        chosen = _improved(cover, chosen, price, watch, seed, searches=range(1, SEARCHES))
    if watch.why is None:
        chosen = _branched(cover, _kept(cover, chosen, bound, reduced), chosen, watch, seed)
    return _numbers(cover, chosen)


def _kept(cover: Cover, chosen: NDArray[np.intp], bound: float, reduced: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(columns,) which of them a better cover than the one chosen may have."""
    value = cover.value(chosen)
    return bound + np.maximum(reduced, 0.0) <= cover.below(value) + SLACK * value


def _prices(cover: Cover, watch: Watch) -> NDArray[np.float64] | None:
    """(rows,) duals of the linear relaxation, from a growing part of the columns; None when there is no time.

    The columns that the prices of the part leave too cheap join it, until there are none (sifting, Bixby et al. 1992).
    """
    rows = cover.rows.shape[0]
    dear = cover.costs / np.asarray(cover.rows.sum(axis=0)).ravel()
    part = np.zeros(len(dear), dtype=np.bool_)
    part[_least_of_each_row(cover, dear) if len(dear) > AT_ONCE else slice(None)] = True
    while True:
        answer = solve(_programme(cover.keep(part), whole=False), seconds=watch.left)
        if not answer.complete or answer.values is None:
            return None
        price = np.maximum(answer.row_duals[:rows], 0.0)
        bound, reduced = cover.priced(price)
        near = NEAR if cover.measure else SLACK
        worth = cover.beside + answer.cost
        if bound >= worth * (1 - near) and cover.lifted(bound) >= cover.lifted(worth) * (1 - SLACK):
            return price
        cheap = np.flatnonzero((reduced < -SLACK * cover.costs) & ~part)
        if len(cheap) == 0:  # the solver's rounding, not a column, keeps the bound below its cost
            return price
        part[cheap[np.argsort(reduced[cheap], kind="stable")[: max(JOINING, int(part.sum()) // 2)]]] = True


def _least_of_each_row(cover: Cover, value: NDArray[np.float64]) -> NDArray[np.intp]:
    """The EACH_ROW columns of least value of every row."""
    sizes = np.diff(cover.rows.indptr)
    row = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((value[cover.rows.indices], row))
    nth = np.arange(len(row)) - np.repeat(cover.rows.indptr[:-1], sizes)
    return np.unique(cover.rows.indices[order[nth < EACH_ROW]]).astype(np.intp)


def _improved(
    cover: Cover, chosen: NDArray[np.intp], price: NDArray[np.float64], watch: Watch, seed: int, *, searches: range
) -> NDArray[np.intp]:
    """A better cover by local searches of these numbers among the columns that a better cover may have."""
    bound, reduced = cover.priced(price)

    def stopped(cost: float) -> bool:
        watch.improve(value=cover.beside + cost)
        return watch.why is not None

    for begun in searches:
        value = cover.value(chosen)
        may = np.flatnonzero(_kept(cover, chosen, bound, reduced))
        near = may[reduced[may] <= NARROW * cover.costs[may]] if begun % 2 == 0 else may
        core = near[np.argsort(reduced[near], kind="stable")[:CORE]]
        if len(core) == CORE:
            core = np.union1d(core, _least_of_each_row(cover, reduced))
        part, begin = _searched(cover, core, chosen, afresh=begun % 2 == 0)
        found = better_cover(part.rows, part.costs, begin, seed=seed + begun, vain=VAIN, stopped=stopped)
        if part.value(np.flatnonzero(found)) < value:
            chosen = np.flatnonzero(np.isin(cover.number, part.number[found]))
        if watch.why is not None:
            break
    return chosen


def _searched(
    cover: Cover, core: NDArray[np.intp], chosen: NDArray[np.intp], *, afresh: bool
) -> tuple[Cover, NDArray[np.bool_]]:
    """What is searched, and the cover to begin with: a greedy one of the core, or the one chosen, which joins it."""
    part = cover.keep(np.isin(np.arange(len(cover.costs)), core))
    if afresh and (np.diff(part.rows.indptr) > 0).all():
        part = without_implied(part)
        return part, np.isin(np.arange(len(part.costs)), greedy(part))
    part = without_implied(cover.keep(np.isin(np.arange(len(cover.costs)), np.union1d(core, chosen))))
    return part, np.isin(part.number, cover.number[chosen])


def _branched(
    cover: Cover,
    kept: NDArray[np.bool_],
    chosen: NDArray[np.intp],
    watch: Watch,
    seed: int,
    *,
    most: float = np.inf,
) -> NDArray[np.intp]:
    """A cheaper cover of the columns kept, or the proof that there is none, by branch and bound, and by cuts beside.

    most: relaxations after which a solver gives up.
    """
    best, value = chosen, cover.value(chosen)
    left = _left(cover, kept)
    if left is None:
        watch.improve(bound=value)
        return best
    if EASY < left.rows.nnz <= ENTRIES:
        answer = _raced(left, value, watch, seed)
    else:
        answer = _answered(left, value, watch.left, _heard(left, value, watch, most))
    if answer.values is not None:
        found = np.flatnonzero(answer.values > 0.5)
        if (left.rows[:, found].sum(axis=1) > 0).all() and (better := left.value(found)) < value:
            best, value = np.flatnonzero(np.isin(cover.number, left.number[found])), better
            watch.improve(value=value)
    if answer.complete:
        watch.improve(bound=value)
    elif np.isfinite(answer.bound):
        watch.improve(bound=min(cover.lifted(cover.beside + answer.bound), value))
    return best


def _left(cover: Cover, kept: NDArray[np.bool_]) -> Cover | None:
    """What is left to decide with the columns kept, None when they do not cover every row."""
    part = cover.keep(kept)
    return shrunk(part) if (np.diff(part.rows.indptr) > 0).all() else None


def _heard(cover: Cover, value: float, watch: Watch, most: float = np.inf) -> Callable[[float, float], bool]:
    """What takes note of a solver's bound on covers below the value, and tells to stop, at last after so many notes."""
    notes = itertools.count(1)

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=min(cover.lifted(cover.beside + bound), value))
        return watch.why is not None or next(notes) > most

    return hear


def _answered(cover: Cover, value: float, seconds: float, hear: Callable[[float, float], bool]) -> Answer:
    """What a solver says about covers below the value."""
    most = cover.below(value) - cover.beside
    if cover.rows.nnz > ENTRIES:
        return solve(_programme(cover, whole=True, most=most), seconds=seconds, tell=hear)
    # Half a measure below the value no cover's cost is near, so that no rounding matters.
    below = most + max(SLACK * value, cover.measure / 2)
    return solve_whole(_programme(cover, whole=True), seconds=seconds, below=below, tell=hear)


def _raced(cover: Cover, value: float, watch: Watch, seed: int) -> Answer:
    """What SCIP says in a second thread while cuts of windows raise the bound in this one; either may end it.

    Covers come from SCIP alone, and cuts end the race only when there is none, so that who is faster changes no answer.
    """
    ended, hear = Event(), _heard(cover, value, watch)
    bounds = [-np.inf]

    def note(_cost: float, bound: float) -> bool:
        bounds.append(bound)
        return ended.is_set()

    def stopped(bound: float) -> bool:
        return hear(value, max(bound, bounds[-1])) or answer.done()

    with ThreadPoolExecutor(1) as second:
        answer = second.submit(_answered, cover, value, watch.left, note)
        try:
            _tighten(cover, value, watch, stopped, seed)
            while not answer.done() and not hear(value, bounds[-1]):
                wait([answer], timeout=LOOK)
        finally:
            ended.set()
    return answer.result()


def _tighten(cover: Cover, value: float, watch: Watch, stopped: Callable[[float], bool], seed: int) -> None:
    """Raise the bound by cuts of windows, with fewer columns again and again, as long as that gives much."""
    most = cover.below(value) - cover.beside
    cuts: sparse.csr_array | None = None
    fewer = True
    while fewer and not stopped(-np.inf):
        tight = tightened(
            cover.rows, cover.costs, enough=most, known=cuts, left=lambda: watch.left, stopped=stopped, seed=seed
        )
        if tight is None:
            return
        left = _left(cover, tight.bound + np.maximum(tight.reduced, 0.0) <= most + SLACK * value)
        if left is None:
            watch.improve(bound=value)
            return
        fewer = len(left.costs) < len(cover.costs) * (1 - MUCH / 2)
        cuts = sparse.csr_array(tight.rows[cover.rows.shape[0] :][:, np.searchsorted(cover.number, left.number)])
        cover = left


def _numbers(cover: Cover, columns: NDArray[np.intp]) -> list[int]:
    return [int(column) for column in cover.number[columns]]


def _programme(cover: Cover, *, whole: bool, most: float = np.inf) -> Programme:
    """The covering programme, or its linear relaxation; with `most`, of covers that cost no more."""
    matrix, (rows, columns) = cover.rows, cover.rows.shape
    lower, upper = np.ones(rows), np.full(rows, np.inf)
    if np.isfinite(most):
        matrix = sparse.csr_array(sparse.vstack([matrix, sparse.csr_array(cover.costs[None, :])]))
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
