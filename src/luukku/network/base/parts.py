"""A part of the country in which points may change while those elsewhere stay as they are.

The part is a smaller ground of its own, equal to the whole for every choice of its free sites: cells that no free site
could serve are left out, cells whom the same sites would serve in the same order become one, and of the sites that stay
only those are kept that free sites may take people from.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network import tally
from luukku.network.base import catchments
from luukku.network.base.catchments import Bools, Ground, Int32s, Int64s

FIRST, TIMES = np.uint64(14_695_981_039_346_656_037), np.uint64(1_099_511_628_211)
"""Fowler-Noll-Vo hashing, with a shift: it tells lists of sites apart."""
COVERED = -1
"""In place of how many free sites are within the limit: somebody who stays open is."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sites by number: the free ones, then those kept open that may lose people, then one for whoever else is open.

    land:    the ground of the part.
    free:    (free,) site numbers in the whole, ascending; they come first.
    is_open: (sites,) as in the choice the part was made of.
    exempt:  (sites,) those that stand with whatever base they have.
    """

    land: Ground
    free: Int64s
    is_open: Bools
    exempt: Bools


def part(land: Ground, is_open: Bools, exempt: Bools, free: Int64s) -> Part:
    """The part of a choice in which some sites are free to open and close. free: (free,) site numbers, ascending."""
    beside = is_open.copy()
    beside[free] = False
    others = catchments.choice(land, beside)
    number = np.full(len(is_open), -1)
    number[free] = np.arange(len(free))
    cells, lists = _lists(land, others.first, number, free)
    _, first, group = np.unique(lists.key, return_index=True, return_inverse=True)
    people = np.bincount(group, weights=land.people[cells])
    of = lists.owner[first]
    owned = np.bincount(lists.owner + 1, weights=land.people[cells], minlength=len(is_open) + 1)[1:]
    kept = np.flatnonzero((owned > 0) & ~exempt)
    sites = len(free) + len(kept) + 1
    number[:] = sites - 1
    number[kept] = np.arange(len(free), sites - 1)
    last = np.where(of < 0, sites - 1, number[of])
    still_theirs = others.served[kept] - owned[kept]
    cell_start, site, limit = _by_cell(lists.start, lists.site, lists.near, first, last, number[kept])
    site_start, cell, place = _by_site(cell_start, site, sites)
    now = np.ones(sites, dtype=np.bool_)
    now[: len(free)] = is_open[free]
    exempted = np.zeros(sites, dtype=np.bool_)
    exempted[-1] = True
    ground = Ground(
        people=tally.still(np.concatenate((people, still_theirs)), np.float64),
        site_start=tally.still(site_start, np.int64),
        cell=tally.still(cell, np.int32),
        place=tally.still(place, np.int32),
        cell_start=tally.still(cell_start, np.int64),
        site=tally.still(site, np.int32),
        limit=tally.still(limit, np.int32),
    )
    return Part(ground, free, now, exempted)


@dataclass(frozen=True, slots=True, eq=False)
class _Lists:
    """For every cell of a part the free sites that would serve it, the nearest first.

    start: (cells + 1,) and site: (pairs,) by number in the part; near: (cells,) how many are within the limit, COVERED
    when somebody who stays open is; owner: (cells,) site that serves the cell when no free one does, -1 for none;
    key: (cells,) equal for equal lists.
    """

    start: Int64s
    site: Int32s
    near: Int64s
    owner: Int64s
    key: NDArray[np.uint64]


def _lists(land: Ground, wall: Int32s, number: Int64s, free: Int64s) -> tuple[Int64s, _Lists]:
    """The cells, and the sites before the wall of each."""
    cells = _touched(land, wall, free)
    return cells, _Lists(*_listed(land, wall, number, cells))


@njit(cache=True, nogil=True)
def _touched(land: Ground, wall: Int32s, free: Int64s) -> Int64s:
    touched = np.zeros(len(land.people), np.bool_)
    for site in free:
        for pair in range(land.site_start[site], land.site_start[site + 1]):
            cell = land.cell[pair]
            if land.place[pair] < wall[cell] and land.people[cell] > 0:
                touched[cell] = True
    return np.flatnonzero(touched)


@njit(cache=True, nogil=True)
def _listed(
    land: Ground, wall: Int32s, number: Int64s, cells: Int64s
) -> tuple[Int64s, Int32s, Int64s, Int64s, NDArray[np.uint64]]:
    pairs = 0
    for cell in cells:
        pairs += wall[cell] - land.cell_start[cell]
    start, site = np.zeros(len(cells) + 1, np.int64), np.empty(pairs, np.int32)
    near, owner = np.zeros(len(cells), np.int64), np.full(len(cells), -1, np.int64)
    key = np.empty(len(cells), np.uint64)
    filled = 0
    for row in range(len(cells)):
        cell = cells[row]
        end, mixed = wall[cell], FIRST
        for place in range(land.cell_start[cell], end):
            mine = number[land.site[place]]
            if mine >= 0:
                site[filled] = mine
                filled += 1
                near[row] += place < land.limit[cell]
                mixed = _mixed(mixed, mine)
        start[row + 1] = filled
        if end < land.cell_start[cell + 1]:
            owner[row] = land.site[end]
        if end < land.limit[cell]:
            near[row] = COVERED
        key[row] = _mixed(_mixed(mixed, near[row]), owner[row])
    return start, site[:filled].copy(), near, owner, key


@njit(cache=True, nogil=True)
def _mixed(key: np.uint64, number: int) -> np.uint64:
    key = (key ^ np.uint64(number + 2)) * TIMES
    return key ^ (key >> np.uint64(29))


@njit(cache=True, nogil=True)
def _by_cell(
    start: Int64s, site: Int32s, near: Int64s, first: Int64s, last: Int64s, kept: Int64s
) -> tuple[Int64s, Int32s, Int32s]:
    """The lists of the `first` cells of every group, each ended by its last site, and a cell for what nobody takes."""
    groups = len(first)
    cell_start, limit = np.zeros(groups + len(kept) + 1, np.int64), np.empty(groups + len(kept), np.int32)
    for group in range(groups):
        cell_start[group + 1] = cell_start[group] + start[first[group] + 1] - start[first[group]] + 1
    for other in range(groups, groups + len(kept)):
        cell_start[other + 1] = cell_start[other] + 1
    item = np.empty(cell_start[-1], np.int32)
    for group in range(groups):
        begin, end, row = cell_start[group], cell_start[group + 1], first[group]
        item[begin : end - 1] = site[start[row] : start[row + 1]]
        item[end - 1] = last[group]
        limit[group] = end if near[row] == COVERED else begin + near[row]
    for other in range(len(kept)):
        item[cell_start[groups + other]] = kept[other]
        limit[groups + other] = cell_start[groups + other]
    return cell_start, item, limit


@njit(cache=True, nogil=True)
def _by_site(cell_start: Int64s, site: Int32s, sites: int) -> tuple[Int64s, Int32s, Int32s]:
    """The pairs by site: where each site's begin, their cells, and their places among the pairs by cell."""
    start = np.zeros(sites + 1, np.int64)
    for one in site:
        start[one + 1] += 1
    for one in range(sites):
        start[one + 1] += start[one]
    at, cell, places = start[:-1].copy(), np.empty(len(site), np.int32), np.empty(len(site), np.int32)
    for row in range(len(cell_start) - 1):
        for place in range(cell_start[row], cell_start[row + 1]):
            cell[at[site[place]]], places[at[site[place]]] = row, place
            at[site[place]] += 1
    return start, cell, places
