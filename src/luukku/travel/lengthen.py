"""Rows of a travel-time matrix made longer: some cells know farther sites than the horizon lets the others.

The loops are compiled by numba, so this module is imported where rows are lengthened and not before.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.travel.times import ByCell, TravelTimes


def lengthened(times: TravelTimes, cells: NDArray[np.integer], more: TravelTimes) -> TravelTimes:
    """The matrix with the rows of some cells taken from another one that reaches farther.

    cells: numbers of the cells that the columns of `more` stand for, in its order, each once; more: minutes of the
    same sites to these cells only. The horizon stays that of `times`: what is absent from a lengthened row is farther
    than the row's farthest site, and than the horizon.

    Raises Contradiction when the sites or cells do not agree, or `more` reaches less far.
    """
    cells = np.asarray(cells, dtype=np.int64)
    if more.sites != times.sites or more.cells != len(cells) or len(np.unique(cells)) != len(cells):
        raise Contradiction(
            f"Rows of {len(cells)} cells and {times.sites} sites are to be lengthened, but the minutes given are of "
            f"{more.cells} cells and {more.sites} sites."
        )
    if len(cells) and not 0 <= cells.min() <= cells.max() < times.cells:
        raise Contradiction(f"There are {times.cells} cells, numbered from 0; some of those to lengthen are none.")
    if more.horizon < times.horizon:
        raise Contradiction(f"{more.horizon:g} minutes are no farther than the {times.horizon:g} that are known.")
    place = np.full(times.cells, -1, np.int64)
    place[cells] = np.arange(len(cells))
    near, far = times.by_cell(), more.by_cell()
    turned = ByCell(*_rows(near.start, near.site, near.minutes, far.start, far.site, far.minutes, place))
    start, cell, minutes = turned_pairs(turned.start, turned.site, turned.minutes, times.sites)
    return TravelTimes(start, cell, minutes, times.cells, times.horizon, times.source, turned)


@njit(cache=True, nogil=True)
def _rows(
    start: NDArray[np.int64],
    site: NDArray[np.int32],
    minutes: NDArray[np.float32],
    more_start: NDArray[np.int64],
    more_site: NDArray[np.int32],
    more_minutes: NDArray[np.float32],
    place: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """The pairs by cell, those of a cell with a place from the further ones."""
    cells = len(place)
    begin = np.zeros(cells + 1, np.int64)
    for cell in range(cells):
        here = place[cell]
        count = start[cell + 1] - start[cell] if here < 0 else more_start[here + 1] - more_start[here]
        begin[cell + 1] = begin[cell] + count
    sites = np.empty(begin[-1], np.int32)
    times = np.empty(begin[-1], np.float32)
    for cell in range(cells):
        here, part = place[cell], slice(begin[cell], begin[cell + 1])
        if here < 0:
            sites[part] = site[start[cell] : start[cell + 1]]
            times[part] = minutes[start[cell] : start[cell + 1]]
        else:
            sites[part] = more_site[more_start[here] : more_start[here + 1]]
            times[part] = more_minutes[more_start[here] : more_start[here + 1]]
    return begin, sites, times


@njit(cache=True, nogil=True)
def turned_pairs(
    start: NDArray[np.int64], site: NDArray[np.int32], minutes: NDArray[np.float32], sites: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """The same pairs the other way round, those of a site together and its cells ascending: starts, cells, minutes."""
    begin = np.zeros(sites + 1, np.int64)
    for pair in range(len(site)):
        begin[site[pair] + 1] += 1
    for each in range(sites):
        begin[each + 1] += begin[each]
    free = begin[:-1].copy()
    cells = np.empty(len(site), np.int32)
    times = np.empty(len(site), np.float32)
    for cell in range(len(start) - 1):
        for pair in range(start[cell], start[cell + 1]):
            cells[free[site[pair]]] = cell
            times[free[site[pair]]] = minutes[pair]
            free[site[pair]] += 1
    return begin, cells, times
