"""A lower bound of the p-median: let go that every cell is served once, at a price, and adjust the prices.

Sources: Cornuéjols, Fisher & Nemhauser (1977) for the relaxation; Held, Wolfe & Crowder (1974) for the steps, here
scaled by the people of each cell, which closes the gap many times faster where cells differ much in size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.network.savings import Savings, swapped
from luukku.network.watch import Watch

SWEEPS = 600
"""Price adjustments at most."""
SEARCH_AFTER = (20, 60, 120, 200, 300, 400, 500)
"""Adjustments after which the relaxed choice is tried as a start for swaps."""
ROUND = 12
"""Adjustments after which a step that no longer helps is shortened."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """The best prices found.

    bound:  person-minutes that no choice can fall below; price: (rows,) for serving each cell;
    profit: (columns,) at most 0, what each candidate saves at these prices; chosen: the best choice met on the way.
    """

    bound: float
    price: NDArray[np.float64]
    profit: NDArray[np.float64]
    chosen: list[int]


def priced(data: Savings, points: int, chosen: list[int], watch: Watch) -> Prices:
    """Adjust prices from a first choice of `points` candidates, until they prove it best or help no more.

    For any prices between 0 and a cell's person-minutes without candidates, prices plus the `points` greatest profits
    are a lower bound.
    """
    most = data.people * data.minutes
    value = data.cost(chosen)
    near = data.nearest(chosen)
    price = np.minimum(data.people * (near + 0.25 * (data.minutes - near)), most)
    weighted = data.people[data.row] * data.trip
    best = Prices(-np.inf, price, np.zeros(len(data.sites)), chosen)
    step, reference = 1.0, -np.inf
    direction = np.zeros(len(data.cells))
    for sweep in range(SWEEPS):
        worth = np.minimum(weighted - price[data.row], 0.0)
        profit = np.add.reduceat(worth, data.start[:-1])
        taken = np.argpartition(profit, points - 1)[:points] if points < len(profit) else np.arange(len(profit))
        bound = data.base + float(price.sum() + profit[taken].sum())
        if bound > best.bound:
            best = Prices(bound, price.copy(), profit, best.chosen)
            watch.improve(bound=bound)
        if sweep in SEARCH_AFTER:
            found = swapped(data, taken.tolist())
            if (cost := data.cost(found)) < value:
                value, best = cost, Prices(best.bound, best.price, best.profit, found)
                watch.improve(value=value)
        if watch.why:
            break
        if sweep % ROUND == ROUND - 1:
            if best.bound - reference < 0.03 * (value - best.bound):
                step *= 0.7
                price, direction = best.price.copy(), np.zeros(len(data.cells))
            reference = best.bound
        if step < 2e-3:
            break
        pairs = np.concatenate([np.arange(data.start[column], data.start[column + 1]) for column in taken.tolist()])
        pairs = pairs[worth[pairs] < 0]
        missing = 1.0 - np.bincount(data.row[pairs], minlength=len(data.cells))
        direction = 0.7 * missing + 0.3 * direction
        length = max(float(data.people @ direction**2), 1e-12)
        price = np.clip(price + step * (value - bound) / length * data.people * direction, 0.0, most)
    return best
