"""The linear relaxation of choosing sites for people, with a row only for those groups that need one.

Most groups are covered more than once by any good choice, and their rows never bind. So the relaxation begins with the
groups whose prices matter, and others join where the sites taken in part do not cover them (Dantzig, Fulkerson &
Johnson 1954 did so with the constraints of tours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.coverage.model import Coverage
from luukku.network.coverage.prices import Prices, bound_at
from luukku.network.highs import Answer, Growing, Programme
from luukku.network.watch import Watch

PRICED = 0.1
"""Price of a group, as a share of its people, above which its row is there from the beginning."""
LACKING = 1e-6
"""Part of a group neither covered nor outside at which its row joins."""
LONGEST = 0.25
"""Share of the time left that the relaxation of most covered may take; regions, which follow, bound without it too."""
THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def relaxations(
    beside: Programme,
    rows: sparse.csr_array,
    must: NDArray[np.bool_],
    begun: NDArray[np.bool_],
    left: Callable[[], float],
) -> Iterator[Answer]:
    """Ever more of the relaxation: the last one is all of it, unless there was no time or nothing satisfies it.

    beside: the programme without the groups; its columns are those of `rows`, (groups, columns) CSR of ones, then how
    much of each group is outside. must: (groups,) those that may not be outside; begun: (groups,) those with whose rows
    to begin. left: the seconds left.

    The values of an answer are those of the columns. Its duals, of the rows of `beside` and then of the groups, bound
    the whole: a group without a row has the price 0.
    """
    columns, first = rows.shape[1], beside.rows.shape[0]
    relaxation = Growing(beside)
    joined = np.empty(0, dtype=np.intp)
    new = np.flatnonzero(must | begun)
    while True:
        for group in new.tolist():
            mine = rows.indices[rows.indptr[group] : rows.indptr[group + 1]].astype(np.intp)
            relaxation.add(mine if must[group] else np.append(mine, columns + group), 1.0)
        joined = np.concatenate((joined, new))
        answer = relaxation.solve(left())
        if answer.infeasible:
            yield answer
        if not answer.complete or answer.values is None:
            return
        prices = np.zeros(rows.shape[0])
        prices[joined] = answer.row_duals[first:]
        values = np.clip(answer.values[:columns], 0.0, 1.0)
        yield replace(answer, values=values, row_duals=np.concatenate((answer.row_duals[:first], prices)))
        lacks = rows @ values < 1 - LACKING
        lacks[joined] = False
        new = np.flatnonzero(lacks)
        if not len(new):
            return


def relaxed(data: Coverage, prices: Prices, watch: Watch) -> Prices:
    """The prices of the linear relaxation, or the best on the way to them; the watch hears of their bounds.

    prices: the best so far.
    """
    groups, columns = data.rows.shape
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
    for answer in relaxations(beside, data.rows, none, prices.share > PRICED, lambda: watch.left - spare):
        if answer.values is None:
            raise RuntimeError("the relaxation has no values, though choosing nothing is allowed")
        now = bound_at(data, answer.row_duals[-groups:] * THOUSAND / data.people, answer.values)
        watch.improve(bound=data.lowered(now.bound))
        prices = now if now.bound < prices.bound else prices
        if watch.why is not None:
            break
    return prices
