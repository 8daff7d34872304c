"""The linear relaxation of choosing sites for people, with a row only for those groups that need one.

Most groups are covered more than once by any good choice, and their rows never bind. So the relaxation begins with the
groups whose prices matter, and others join where the sites taken in part do not cover them (Dantzig, Fulkerson &
Johnson 1954 did so with the constraints of tours). Cuts join when no group lacks its row (see `cuts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.coverage.cuts import CUT, Cuts
from luukku.network.coverage.model import Best, Coverage
from luukku.network.coverage.prices import Prices, bound_at, price_of_room
from luukku.network.highs import Answer, Growing, Programme

PRICED = 0.1
"""Price of a group, as a share of its people, above which its row is there from the beginning."""
LACKING = 1e-6
"""Part of a group neither covered nor outside at which its row joins."""
IDLE = 1e-9
"""Price of a row, in thousands of people, below which it has none."""
WIDE = 0.5
"""So many points' worth between bound and choice call for the relaxation; with less between, branching is faster."""
LONGEST = 0.9
"""Share of the time left that the relaxation of most covered and its cuts may take."""
LITTLE, LULL = 0.01, 3
"""Share of the gap that so many rounds of cuts have to take, or they end."""
THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def relaxations(
    beside: Programme,
    rows: sparse.csr_array,
    must: NDArray[np.bool_],
    begun: NDArray[np.bool_],
    left: Callable[[], float],
    *,
    cuts: Callable[[NDArray[np.float64]], sparse.csr_array | None] = lambda _: None,
) -> Iterator[Answer]:
    """Ever more of the relaxation: the last one is all of it, unless there was no time or nothing satisfies it.

    beside: the programme without the groups; its columns are those of `rows`, (groups, columns) CSR of ones, then how
    much of each group is outside. must: (groups,) those that may not be outside; begun: (groups,) those with whose rows
    to begin. left: the seconds left. cuts: asked for rows that the values of all of it miss, as (rows, columns of the
    programme) CSR that every choice brings to CUT at least, until there are none. When cuts join, rows without a price
    leave: most cuts have one for a round only, and a group's row comes back when it is lacked.

    The values of an answer are those of the columns. Its duals, of the rows of `beside`, of the cuts and then of the
    groups, bound the whole: a group without a row has the price 0.
    """
    groups, columns = rows.shape
    first = beside.rows.shape[0]
    relaxation = Growing(beside)
    order: list[int] = []  # of the rows that are there: groups, or groups + the number of a cut
    known = 0
    new = np.flatnonzero(must | begun)
    while True:
        for group in new.tolist():
            mine = rows.indices[rows.indptr[group] : rows.indptr[group + 1]].astype(np.intp)
            relaxation.add(mine if must[group] else np.append(mine, columns + group), 1.0)
        order += new.tolist()
        answer = relaxation.solve(left())
        if answer.infeasible:
            yield answer
        if not answer.complete or answer.values is None:
            return
        prices = np.zeros(groups + known)
        prices[order] = answer.row_duals[first:]
        values = np.clip(answer.values[:columns], 0.0, 1.0)
        duals = np.concatenate((answer.row_duals[:first], prices[groups:], prices[:groups]))
        yield replace(answer, values=values, row_duals=duals)
        lacks = rows @ values < 1 - LACKING
        lacks[[row for row in order if row < groups]] = False
        new = np.flatnonzero(lacks)
        if not len(new):
            found = cuts(values)
            if found is None:
                return
            idle = np.abs(answer.row_duals[first:]) < IDLE
            relaxation.drop(first + np.flatnonzero(idle))
            order = [row for row, useless in zip(order, idle.tolist(), strict=True) if not useless]
            for begin, end in zip(found.indptr[:-1], found.indptr[1:], strict=True):
                relaxation.add(found.indices[begin:end].astype(np.intp), CUT, found.data[begin:end])
            order += range(groups + known, groups + known + found.shape[0])
            known += found.shape[0]


def wide(data: Coverage, best: Best, prices: Prices) -> bool:
    """Whether so much lies between the prices' bound and the best choice that branching on sites would be long."""
    columns = data.columns(best.sites)
    worth = price_of_room(data, prices.share * data.people) * float(data.price[columns].sum())
    return prices.bound - best.value > WIDE * worth / max(len(columns), 1)


def relaxed(data: Coverage, prices: Prices, best: Best) -> tuple[Prices, Prices]:
    """The prices of the linear relaxation, or the best on the way to them, and those of the relaxation with cuts.

    The watch hears of all bounds. prices: the best so far.
    """
    groups, columns = data.rows.shape
    watch = best.watch
    limits = sparse.vstack([sparse.csr_array(data.price[None, :]), data.barred])
    bars = data.barred.shape[0]
    beside = Programme(
        cost=np.concatenate((np.zeros(columns), data.people / THOUSAND)),
        upper=np.ones(columns + groups),
        rows=sparse.csr_array(sparse.hstack([limits, sparse.csr_array((1 + bars, groups))])),
        row_lower=np.full(1 + bars, -np.inf),
        row_upper=np.concatenate(([data.room], np.ones(bars))),
    )
    none = np.zeros(groups, dtype=np.bool_)
    spare = (1 - LONGEST) * watch.left if np.isfinite(watch.left) else 0.0
    cuts = Cuts(data.rows, data.people)
    bounds: list[float] = []  # of the rounds of cuts

    def missed(values: NDArray[np.float64]) -> sparse.csr_array | None:
        bounds.append(lowest.bound)
        lull = len(bounds) > LULL and bounds[-1 - LULL] - bounds[-1] < LITTLE * (bounds[-1] - best.value)
        new = 0 if lull else cuts.find(values)
        return sparse.csr_array(sparse.hstack([cuts.factors[-new:], cuts.members[-new:]])) if new else None

    lowest = prices
    for answer in relaxations(beside, data.rows, none, prices.share > PRICED, lambda: watch.left - spare, cuts=missed):
        if answer.values is None:
            raise RuntimeError("the relaxation has no values, though choosing nothing is allowed")
        share = answer.row_duals[-groups:] * THOUSAND / data.people
        if not bounds:
            now = bound_at(data, share, answer.values)
            prices = now if now.bound < prices.bound else prices
        else:
            paid = answer.row_duals[1 + bars : -groups] * THOUSAND
            now = bound_at(data, share, answer.values, cuts.dues(paid))
        lowest = now if now.bound < lowest.bound else lowest
        watch.improve(bound=data.lowered(now.bound))
        if watch.why is not None:
            break
    return prices, lowest
