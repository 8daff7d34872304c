"""The best prices of a small p-median by its linear relaxation, for when sweeps no longer better them.

In the form of Elloumi (2010), "A tighter formulation of the p-median problem": z says that a cell has nothing among its
nearest k candidates, and needs only the k-1 before it, so there are as many entries as pairs. The solver's duals are
used as prices and nothing else: the bound is computed anew from them by weak duality.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.highs import Programme, solve
from luukku.network.limits import Limits
from luukku.network.savings import Savings

LARGEST = 1_000.0
"""The largest cost the solver is given: its tolerances are absolute."""


def linear_prices(
    data: Savings, limits: Limits, seconds: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """(rows,) prices and (columns,) 0-1 how far each candidate is taken; None when time ran out.

    Every row has a pair, as in a problem that was shrunk.
    """
    pairs, columns = data.pairs, len(data.sites)
    first = data.start[:-1]
    leads = np.zeros(pairs, dtype=np.bool_)
    leads[first] = True
    weight = np.repeat(data.people, np.diff(data.start))
    following = np.append(data.trip[1:].astype(np.float64), 0.0)
    following[data.start[1:] - 1] = data.minutes
    cost = np.maximum(weight * (following - data.trip), 0.0)
    scale = LARGEST / max(float(cost.max(initial=0.0)), 1e-9)
    number = np.arange(pairs)
    after = np.flatnonzero(~leads)
    counts = np.diff(limits.group_start)
    extra = 1 + limits.groups
    values = np.concatenate((np.ones(2 * pairs), -np.ones(len(after)), limits.cost, np.ones(len(limits.group))))
    at_row = np.concatenate(
        (
            number,
            number,
            after,
            np.full(columns, pairs),
            pairs + 1 + limits.group.astype(np.intp),
        )
    )
    at_column = np.concatenate(
        (
            data.column.astype(np.intp),
            columns + number,
            columns + after - 1,
            np.arange(columns),
            np.repeat(np.arange(columns), counts),
        )
    )
    rows = sparse.csr_array((values, (at_row, at_column)), shape=(pairs + extra, columns + pairs))
    programme = Programme(
        cost=np.concatenate((np.zeros(columns), cost * scale)),
        upper=np.concatenate((np.ones(columns), np.full(pairs, np.inf))),  # a bound of z would take some of the price
        rows=rows,
        row_lower=np.concatenate((leads.astype(np.float64), np.full(extra, -np.inf))),
        row_upper=np.concatenate((np.full(pairs, np.inf), [limits.room], np.ones(limits.groups))),
    )
    answer = solve(programme, seconds=seconds)
    if not answer.complete or answer.values is None:
        return None
    price = data.people * data.trip[first] + np.maximum(answer.row_duals[first], 0.0) / scale
    return price, np.clip(answer.values[:columns], 0.0, 1.0)
