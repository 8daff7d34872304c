"""A small p-median as a programme for a solver: for its best prices, or to settle what prices leave open.

In the form of Elloumi (2010), "A tighter formulation of the p-median problem", with the rows of García, Labbé & Marín
(2011): z says that a cell has nothing among its nearest k distances, and needs only the k-1 before it, so there are as
many entries as pairs, and as many rows as different distances. On a grid those are few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.highs import Answer, Programme, solve
from luukku.network.median.limits import Limits
from luukku.network.median.savings import Savings

LARGEST = 1_000.0
"""The largest cost that prices are sought with: the solver's tolerances are absolute."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The programme of a p-median: the candidates, then z, which is 1 where a cell has nothing so near.

    leads: (rows,) which row of the programme is about the nearest distance of each cell.
    base:  person-minutes beside its cost; distances: how many z there are.
    """

    programme: Programme
    leads: NDArray[np.intp]
    base: float
    distances: int

    def scaled(self, unit: float) -> Programme:
        """The programme with so many person-minutes as one."""
        return replace(self.programme, cost=self.programme.cost / unit)


def form(data: Savings, limits: Limits) -> Form:
    """The programme of a p-median in which every row has a pair, as in one that was shrunk."""
    pairs, columns = data.pairs, len(data.sites)
    leads = np.zeros(pairs, dtype=np.bool_)
    leads[data.start[:-1]] = True
    begins = leads.copy()
    begins[1:] |= data.trip[1:] != data.trip[:-1]
    distance = np.cumsum(begins) - 1  # which distance of which cell each pair is at
    nearest = np.flatnonzero(begins)
    distances = len(nearest)
    lead = leads[nearest]
    weight = np.repeat(data.people, np.diff(data.start))[nearest]
    here = data.trip[nearest].astype(np.float64)
    following = np.append(here[1:], 0.0)
    following[np.append(np.flatnonzero(lead)[1:], distances) - 1] = data.minutes
    after = np.flatnonzero(~lead)
    number = np.arange(distances)
    extra = 1 + limits.groups
    values = np.concatenate((np.ones(pairs + distances), -np.ones(len(after)), limits.cost, np.ones(len(limits.group))))
    counts = np.diff(limits.group_start)
    at_row = np.concatenate(
        (distance, number, after, np.full(columns, distances), distances + 1 + limits.group.astype(np.intp))
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
    programme = Programme(
        cost=np.concatenate((np.zeros(columns), np.maximum(weight * (following - here), 0.0))),
        upper=np.concatenate((np.ones(columns), np.full(distances, np.inf))),  # a bound of z would take of the price
        rows=sparse.csr_array((values, (at_row, at_column)), shape=(distances + extra, columns + distances)),
        row_lower=np.concatenate((lead.astype(np.float64), np.full(extra, -np.inf))),
        row_upper=np.concatenate((np.full(distances, np.inf), [limits.room], np.ones(limits.groups))),
    )
    nearest_trips = data.trip[data.start[:-1]].astype(np.float64)
    return Form(programme, np.flatnonzero(lead), data.base + float(data.people @ nearest_trips), distances)


def linear_prices(
    data: Savings, limits: Limits, seconds: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """(rows,) prices and (columns,) 0-1 how far each candidate is taken; None when time ran out.

    Every row has a pair, as in a problem that was shrunk. The solver's duals are used as prices and nothing else: the
    bound is computed anew from them by weak duality.
    """
    whole = form(data, limits)
    scale = LARGEST / max(float(whole.programme.cost.max(initial=0.0)), 1e-9)
    answer = solve(whole.scaled(1 / scale), seconds=seconds)
    if not answer.complete or answer.values is None:
        return None
    nearest = data.people * data.trip[data.start[:-1]]
    price = nearest + np.maximum(answer.row_duals[whole.leads], 0.0) / scale
    return price, np.clip(answer.values[: len(data.sites)], 0.0, 1.0)


def settled_by_solver(
    whole: Form,
    columns: int,
    *,
    below: float,
    measure: float,
    seconds: float,
    tell: Callable[[float], bool],
) -> tuple[Answer, list[int]]:
    """Let SCIP find a choice that costs less than `below`, or that there is none (`complete`, and no columns).

    measure: person-minutes of which every choice costs a multiple. tell: called with a bound on the person-minutes of
    such choices now and then; True stops the solver. The columns are those of the best choice it found.
    """
    from luukku.network.scip import solve_whole

    programme = whole.scaled(measure)
    programme = replace(programme, upper=np.minimum(programme.upper, 1.0), whole=columns)

    def hear(_value: float, bound: float) -> bool:
        return tell(whole.base + measure * bound)

    answer = solve_whole(programme, seconds=seconds, below=(below - whole.base) / measure, tell=hear)
    if answer.values is None or answer.infeasible:  # SCIP may keep a choice that costs more
        return answer, []
    return answer, np.flatnonzero(answer.values[:columns] > 0.5).tolist()
