"""What the base leaves out in single regions: bounds that add up, each proved in its own part of the country.

The people whom the best network leaves out live in a few regions; the sites near them and around these make a region.
All others are taken as closed, which starves nobody. Regions share no site, so nobody is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from luukku.network.base_enumeration import Region, leaves_out
from luukku.network.base_parts import part
from luukku.network.base_search import BaseSearch
from luukku.network.reduce import CoverSets

TARGETS = (0.4, 0.55, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Shares of the people left out in a region that are proved one after the other."""
AROUND = 1.3
"""So many times the sites near those left out make a region at first, and again when it is too small to prove more."""
LARGEST = 200
"""Sites of a region at most."""
SMALL = 0.02
"""Regions with less than this share of the people left out are not looked at."""


def left_out(
    sets: CoverSets, search: BaseSearch, chosen: NDArray[np.intp], stopped: Callable[[], bool]
) -> Iterator[float]:
    """How many people every choice leaves out in the regions where a good one does: more and more, as it is proved.

    sets: by the sites the search may open, none twice. chosen: site numbers of a good choice.
    """
    column = np.full(len(search.may), -1)
    column[sets.sites] = np.arange(len(sets.sites))
    before, taken = 0.0, set[int]()
    for near, people in _regions(sets, column[chosen]):
        targets = [share * people for share in TARGETS]
        sites = np.array(sorted(set(sets.sites[near].tolist()) - taken), dtype=np.int64)
        best = 0.0
        while targets and not stopped():
            size = int(AROUND * len(sites)) + 1
            grown = np.array(sorted(search.around(sites, size) - taken), dtype=np.int64)
            if not len(sites) < len(grown) <= LARGEST:
                break
            sites = grown
            place = part(search.land, search.standing, search.standing, sites)
            region = Region.of(sets, column[sites])
            while targets and leaves_out(region, place, search.base, targets[0], stopped):
                best = targets.pop(0)
                yield before + best
        before += best
        taken |= set(sites.tolist())


def _regions(sets: CoverSets, chosen: NDArray[np.intp]) -> list[tuple[NDArray[np.intp], float]]:
    """The columns near people who are left out, parted where no column is near both; those with most people first."""
    covers = np.asarray(sets.rows[:, chosen].sum(axis=1)).ravel()
    left = np.flatnonzero(covers == 0)
    rows = sparse.csr_array(sets.rows[left])
    groups = len(left)
    whole = sparse.block_array([[None, rows], [rows.T, None]], format="csr")
    _, label = connected_components(whole, directed=False)
    people = np.bincount(label[:groups], weights=sets.people[left], minlength=int(label.max(initial=0)) + 1)
    least = SMALL * people.sum()
    return [
        (np.flatnonzero(label[groups:] == one), float(people[one]))
        for one in np.argsort(-people, kind="stable")
        if people[one] > least
    ]
