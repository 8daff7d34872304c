"""A better choice area by area: the chosen candidates around a cell are chosen anew, all others stay.

Swaps end on a plateau where many choices cost nearly the same; several chosen candidates that lie together have to
change at once to leave it. So few are soon chosen anew by prices and a short tree. Source: Shaw (1998) for large
neighbourhoods; Taillard (2003), "Heuristic methods for large centroid clustering problems", for areas of a p-median.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.lagrangian import Climb
from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.median.search import Part, Search, first_prices
from luukku.network.median.tree import branch
from luukku.network.problem import Stop
from luukku.network.watch import Watch

AREA = 30
"""Chosen candidates of an area."""
LEAST = 5
"""Areas in all from which on this is tried: with fewer, swaps do as well."""
SWEEPS, NODES = 100, 60
"""Adjustments of an area's prices, and nodes of its tree, at most."""
OVERLAP = 6
"""How many areas in vain, on average, a chosen candidate is in before the search ends."""


def mend(search: Search, part: Part) -> bool:
    """Choose anew around cells drawn at random until that is in vain; whether it gave a better choice. Deterministic.

    Only where points are counted and there are several areas: elsewhere nothing is tried.
    """
    points = int(part.limits.room)
    if not part.limits.counted or points < LEAST * AREA:
        return False
    place = np.full(len(search.data.sites), -1)
    place[part.columns] = np.arange(len(part.columns))
    draw, before, vain = np.random.default_rng(0), search.value, 0
    while vain * AREA < OVERLAP * points and not search.stopped():
        chosen = np.zeros(len(part.columns), dtype=np.bool_)
        chosen[[place[column] for column in search.chosen if place[column] >= 0]] = True
        around = _around(search, place, chosen, int(draw.choice(part.rows)))
        vain = 0 if _chosen_anew(search, part, chosen, around) else vain + 1
    return search.value < before


def _around(search: Search, place: NDArray[np.intp], chosen: NDArray[np.bool_], row: int) -> NDArray[np.intp]:
    """Columns of a part from the one nearest to a row up to the last chosen one of its area.

    place: (columns of the whole,) their numbers in the part, below 0 for others; chosen: (columns of the part,).
    """
    data = search.data
    near = place[data.column[data.start[row] : data.start[row + 1]]]
    near = near[near >= 0]
    inside: NDArray[np.intp] = near[np.cumsum(chosen[near]) - chosen[near] < AREA]
    return inside


def _chosen_anew(search: Search, part: Part, chosen: NDArray[np.bool_], around: NDArray[np.intp]) -> bool:
    decided = np.where(chosen, WITHIN, WITHOUT).astype(np.int8)
    decided[around] = FREE
    rest = part.data.shrunk(decided, np.full(len(part.rows), np.inf))
    if rest.data.pairs == 0:
        return False
    own = Search(rest.data, part.limits.left(decided), Watch(Stop(search.watch.left)), search.measure)
    own.offer(np.flatnonzero(chosen[rest.columns]).tolist())
    own.watch.improve(bound=rest.data.base)
    climb = Climb.begin(rest.data, own.limits, first_prices(own), step=0.5)
    climb.go(SWEEPS, own.value, own.enough)
    if climb.bound >= own.enough:
        return False
    own.bound = climb.bound
    whole = Part(rest.data, own.limits, np.arange(len(rest.columns)), np.arange(len(rest.rows)), [])
    branch(own, whole, climb, together=whole.crowded, most=NODES)
    stay = np.flatnonzero(decided == WITHIN).tolist()
    return search.offer(part.in_whole([*stay, *rest.columns[own.chosen].tolist()]))
