"""Who is served where when points can serve only so many: the cheapest way for given open points.

A transportation problem, solved exactly by `transport_kernels`. It can begin from what room was worth at each point in
a similar network, and can end as soon as it is sure to cost too much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from luukku.network.capacity.transport_kernels import Trips

Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
SMALL = 1e-11
"""Share of all people below which a number of them is nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """Who is served where.

    load:     (points,) people served at each point.
    cost:     what serving them costs in all: person-minutes when costs are minutes.
    unserved: people who cannot be served; out_of_reach: those of them whom no open point reaches.
    full:     (points,) bool, the points that together are too small for whom they alone reach.
    elsewhere: people served at another point than the cheapest one for them.
    price:    (points,) what room for one more person would save at each point, at least 0.
    """

    load: Float64s
    cost: float
    unserved: float
    out_of_reach: float
    full: NDArray[np.bool_]
    elsewhere: float
    price: Float64s


def trips(
    start: Int64s, column: Int32s, trip: Float32s, place: Int32s, points: int, *, within: float = np.inf
) -> Trips:
    """Those of the pairs that lead to an open point and take at most `within`.

    start: (cells + 1,); column, trip: (pairs,) by cell, the cheapest first; place: (columns,) the open point's number,
    -1 for a column that is not open.
    """
    from luukku.network.capacity.transport_kernels import Trips, by_point, opened

    cell_start, point, cost, cell = opened(start, column, trip, place, within)
    point_start, pair = by_point(point, points)
    return Trips(cell_start, point, cost, cell, point_start, pair)


def serve(
    pairs: Trips,
    people: Float64s,
    capacity: Float64s,
    away: float,
    *,
    price: Float64s | None = None,
    enough: float = np.inf,
) -> Service | None:
    """The cheapest way to serve everybody, where turning a person away costs `away`.

    people: (cells,); capacity: (points,) people each point can serve. A cell may be split between points.
    price:  (points,) what room was worth in a similar network, at least 0: the nearer it is, the sooner this ends.
    enough: None as soon as service, with what turning people away costs, is sure to cost so much.
    """
    from luukku.network.capacity.transport_kernels import crowded, settle

    amount, apart = np.zeros(len(pairs.point)), np.zeros(len(people))
    worth = np.zeros(len(capacity)) if price is None else price.copy()
    small = SMALL * max(float(people.sum()), 1.0)
    if not settle(pairs, people, capacity, away, worth, amount, apart, small, enough):
        return None
    reached = np.diff(pairs.cell_start) > 0
    first = pairs.cell_start[:-1][reached]
    unserved = float(apart.sum())
    served = float(amount.sum())
    return Service(
        load=np.bincount(pairs.point, weights=amount, minlength=len(capacity)).astype(np.float64),
        cost=float(pairs.cost @ amount),
        unserved=unserved if unserved > len(capacity) * small else 0.0,
        out_of_reach=float(people[~reached].sum()),
        full=crowded(pairs, amount, apart, len(capacity), small),
        elsewhere=max(served - float(amount[first].sum()), 0.0),
        price=worth,
    )
