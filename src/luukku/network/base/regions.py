"""What the base leaves out in single regions: bounds that add up, each proved in its own part of the country.

The people whom the best network leaves out live in a few regions; the sites near them and around these make a region.
All others are taken as closed, which starves nobody. Regions share no site, so nobody is counted twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from luukku.network.base.enumeration import Region, leaves_out
from luukku.network.base.parts import part
from luukku.network.base.search import BaseSearch
from luukku.network.reduce import CoverSets

TARGETS = (0.4, 0.5, *(number / 40 for number in range(22, 41)))
"""Shares of the people left out in a region that are proved one after the other."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a region grows from the sites near those left out, until it has so many times as many.

    By people, the next are those near the same people that have the fewest people; otherwise those nearest.
    """

    size: float
    by_people: bool


SHAPES = (
    Shape(1.3, by_people=False),
    Shape(1.3, by_people=True),
    Shape(1.6, by_people=True),
    Shape(1.5, by_people=False),
    Shape(1.5, by_people=True),
    Shape(1.2, by_people=False),
    Shape(1.4, by_people=True),
    Shape(1.4, by_people=False),
    Shape(1.6, by_people=True),
)
"""One after the other: which proves most is not known beforehand."""
LARGEST = 250
"""Sites of a region at most."""
SMALL = 0.02
"""Regions with less than this share of the people left out are not looked at."""


def left_out(
    sets: CoverSets, search: BaseSearch, chosen: NDArray[np.intp], shape: Shape, stopped: Callable[[], bool]
) -> Iterator[float]:
    """How many people every choice leaves out in the regions where a good one does: more and more, as it is proved.

    sets: by the sites the search may open. chosen: site numbers of a good choice.
    """
    column = np.full(len(search.may), -1)
    column[sets.sites] = np.arange(len(sets.sites))
    before, taken = 0.0, np.zeros(len(sets.sites), dtype=np.bool_)
    for near, people in _regions(sets, column[chosen]):
        targets = [share * people for share in TARGETS]
        begin, size = near[~taken[near]], math.ceil(shape.size * len(near))
        if shape.by_people:
            columns = _with_fewest_people(sets, begin, size, taken)
        else:
            columns = column[sorted(search.around(sets.sites[begin], size))]
            columns = columns[~taken[columns]]
        if not 0 < len(columns) <= LARGEST:
            continue
        sites = sets.sites[columns].astype(np.int64)
        place = part(search.land, search.standing, search.standing, sites)
        region, best = Region.of(sets, columns), 0.0
        while targets and leaves_out(region, place, search.base, targets[0], stopped):
            best = targets.pop(0)
            yield before + best
        before += best
        taken[columns] = True


def _with_fewest_people(
    sets: CoverSets, begin: NDArray[np.intp], size: int, taken: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """So many columns, ascending: some to begin with, then of those near the same people those with fewest people."""
    inside = np.zeros(len(sets.sites))
    inside[begin] = 1.0
    reach = sets.rows.T @ sets.people
    while inside.sum() < size:
        near = (sets.rows.T @ (sets.rows @ inside > 0).astype(np.float64) > 0) & (inside == 0) & ~taken
        if not near.any():
            break
        inside[int(np.argmin(np.where(near, reach, np.inf)))] = 1.0
    return np.flatnonzero(inside)


def _regions(sets: CoverSets, chosen: NDArray[np.intp]) -> list[tuple[NDArray[np.intp], float]]:
    """The columns near people who are left out, parted where no column is near both; those with most people first."""
    covers = np.asarray(sets.rows[:, chosen].sum(axis=1)).ravel()
    left = np.flatnonzero(covers == 0)
    rows = sparse.csr_array(sets.rows[left])
    groups = len(left)
    whole: Any = sparse.block_array([[None, rows], [rows.T, None]], format="csr")
    _, label = connected_components(whole, directed=False)
    people = np.bincount(label[:groups], weights=sets.people[left], minlength=int(label.max(initial=0)) + 1)
    least = SMALL * people.sum()
    return [
        (np.flatnonzero(label[groups:] == one), float(people[one]))
        for one in np.argsort(-people, kind="stable")
        if people[one] > least
    ]
