"""Who goes to which point while points open and close, and what opening or closing one is worth.

Everybody goes to the nearest open point within the horizon; of equally near ones to the one with the lower number.
A cell's sites stand in that order already (`ByCell`), so that a pair's place in the list says all: of two sites of a
cell the one with the lower place is the nearer. Loops are compiled by numba.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network import tally
from luukku.network.problem import Problem

Bools = NDArray[np.bool_]
Float64s = NDArray[np.float64]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


class Ground(NamedTuple):
    """What stays the same: the pairs by site and by cell.

    people:     (cells,).
    site_start: (sites + 1,) and cell: (pairs,) by site; place: (pairs,) where the pair stands among those by cell.
    cell_start: (cells + 1,) and site: (pairs,) by cell, the nearest first.
    limit:      (cells,) the place of a cell's first pair that is farther than the limit.
    """

    people: Float64s
    site_start: Int64s
    cell: Int32s
    place: Int32s
    cell_start: Int64s
    site: Int32s
    limit: Int32s


class Choice(NamedTuple):
    """Open points and whom they serve; changes in place.

    is_open: (sites,); first, second: (cells,) places of the pairs with the nearest and the second nearest open point,
    the end of the cell's list when there is none; served: (sites,) people whose nearest open point it is.
    """

    is_open: Bools
    first: Int32s
    second: Int32s
    served: Float64s


def ground(problem: Problem, within: float) -> Ground:
    """The ground of a problem; a trip of exactly `within` minutes is within the limit."""
    by_site, by_cell = tally.pairs_by_site(problem.times), tally.pairs_by_cell(problem.times)
    return Ground(
        people=tally.still(problem.people, np.float64),
        site_start=by_site.start,
        cell=by_site.other,
        place=tally.still(_places(by_site.start, by_cell.start, by_cell.other), np.int32),
        cell_start=by_cell.start,
        site=by_cell.other,
        limit=tally.still(_limits(by_cell.start, by_cell.trip, np.float32(within)), np.int32),
    )


def choice(land: Ground, is_open: Bools) -> Choice:
    """Everybody at the nearest of the open points."""
    cells, sites = len(land.people), len(is_open)
    made = Choice(is_open.copy(), np.empty(cells, np.int32), np.empty(cells, np.int32), np.zeros(sites))
    _begin(land, made)
    return made


@njit(cache=True, nogil=True)
def _places(site_start: Int64s, cell_start: Int64s, site: Int32s) -> Int32s:
    at, places = site_start[:-1].copy(), np.empty(len(site), np.int32)
    for cell in range(len(cell_start) - 1):
        for place in range(cell_start[cell], cell_start[cell + 1]):
            places[at[site[place]]] = place
            at[site[place]] += 1
    return places


@njit(cache=True, nogil=True)
def _limits(cell_start: Int64s, trip: NDArray[np.float32], within: np.float32) -> Int32s:
    limits = np.empty(len(cell_start) - 1, np.int32)
    for cell in range(len(limits)):
        place = cell_start[cell]
        while place < cell_start[cell + 1] and trip[place] <= within:
            place += 1
        limits[cell] = place
    return limits


@njit(cache=True, nogil=True)
def _begin(land: Ground, made: Choice) -> None:
    for cell in range(len(land.people)):
        end = land.cell_start[cell + 1]
        made.first[cell] = _next_open(land, made, cell, land.cell_start[cell])
        made.second[cell] = end
        if made.first[cell] < end:
            made.served[land.site[made.first[cell]]] += land.people[cell]
            made.second[cell] = _next_open(land, made, cell, made.first[cell] + 1)


@njit(cache=True, nogil=True)
def _next_open(land: Ground, made: Choice, cell: int, place: int) -> int:
    end = land.cell_start[cell + 1]
    while place < end and not made.is_open[land.site[place]]:
        place += 1
    return place


@njit(cache=True, nogil=True)
def covered(land: Ground, made: Choice) -> float:
    """People within the limit of an open point."""
    found = 0.0
    for cell in range(len(land.people)):
        if made.first[cell] < land.limit[cell]:
            found += land.people[cell]
    return found


@njit(cache=True, nogil=True)
def open_point(land: Ground, made: Choice, site: int) -> float:
    """Open a point; the people newly within the limit."""
    made.is_open[site] = True
    gained = 0.0
    for pair in range(land.site_start[site], land.site_start[site + 1]):
        cell, place = land.cell[pair], land.place[pair]
        if place < made.first[cell]:
            before = made.first[cell]
            if before < land.cell_start[cell + 1]:
                made.served[land.site[before]] -= land.people[cell]
            made.served[site] += land.people[cell]
            if place < land.limit[cell] <= before:
                gained += land.people[cell]
            made.second[cell], made.first[cell] = before, place
        elif place < made.second[cell]:
            made.second[cell] = place
    return gained


@njit(cache=True, nogil=True)
def close_point(land: Ground, made: Choice, site: int) -> float:
    """Close a point; the people no longer within the limit."""
    made.is_open[site] = False
    lost = 0.0
    for pair in range(land.site_start[site], land.site_start[site + 1]):
        cell, place = land.cell[pair], land.place[pair]
        end = land.cell_start[cell + 1]
        if place == made.first[cell]:
            after = made.second[cell]
            made.served[site] -= land.people[cell]
            if after < end:
                made.served[land.site[after]] += land.people[cell]
            if place < land.limit[cell] <= after:
                lost += land.people[cell]
            made.first[cell] = after
            made.second[cell] = _next_open(land, made, cell, min(after + 1, end))
        elif place == made.second[cell]:
            made.second[cell] = _next_open(land, made, cell, place + 1)
    return lost


@njit(cache=True, nogil=True)
def moves(
    land: Ground,
    made: Choice,
    out: int,
    into: Int64s,
    exempt: Bools,
    base: float,
    gain: Float64s,
    short: Float64s,
) -> tuple[float, float]:
    """What it does to close `out` (none when below 0) and to open each of `into` besides.

    gain:  (into,) is filled with the people more within the limit.
    short: (into,) is filled with the change of the people missing in all to a base behind every point not exempt.

    Returns the two for closing alone.
    """
    sites = len(made.is_open)
    moved, taken, touched = np.zeros(sites), np.zeros(sites), np.empty(sites, np.int64)
    gained, shorter = 0.0, 0.0
    if out >= 0:
        gained, shorter = _closing(land, made, out, exempt, base, moved)
    for number in range(len(into)):
        site, count, own, more = into[number], 0, 0.0, gained
        for pair in range(land.site_start[site], land.site_start[site + 1]):
            cell, place = land.cell[pair], land.place[pair]
            before, end = made.first[cell], land.cell_start[cell + 1]
            if out >= 0 and before < end and land.site[before] == out:
                before = made.second[cell]
            if place < before and land.people[cell] > 0:
                own += land.people[cell]
                if place < land.limit[cell] <= before:
                    more += land.people[cell]
                if before < end:
                    other = land.site[before]
                    if taken[other] == 0.0:
                        touched[count] = other
                        count += 1
                    taken[other] += land.people[cell]
        less = shorter + (0.0 if exempt[site] else max(base - own, 0.0))
        less += _missing(made, touched[:count], exempt, base, moved, taken)
        gain[number], short[number] = more, less
    return gained, shorter


@njit(cache=True, nogil=True)
def _missing(made: Choice, touched: Int64s, exempt: Bools, base: float, moved: Float64s, taken: Float64s) -> float:
    """The people more missing to the bases of those points from whom some are taken; `taken` is emptied."""
    more = 0.0
    for other in touched:
        if not exempt[other]:
            has = made.served[other] + moved[other]
            more += max(base - has + taken[other], 0.0) - max(base - has, 0.0)
        taken[other] = 0.0
    return more


@njit(cache=True, nogil=True)
def _closing(land: Ground, made: Choice, out: int, exempt: Bools, base: float, moved: Float64s) -> tuple[float, float]:
    """What closing does to coverage and to what is missing; `moved` is filled with who goes where instead."""
    gained, shorter = 0.0, 0.0
    for pair in range(land.site_start[out], land.site_start[out + 1]):
        cell, place = land.cell[pair], land.place[pair]
        if place == made.first[cell]:
            after = made.second[cell]
            if after < land.cell_start[cell + 1]:
                moved[land.site[after]] += land.people[cell]
            if place < land.limit[cell] <= after:
                gained -= land.people[cell]
    for other in range(len(moved)):
        if moved[other] > 0.0 and not exempt[other]:
            has = made.served[other]
            shorter += max(base - has - moved[other], 0.0) - max(base - has, 0.0)
    if not exempt[out]:
        shorter -= max(base - made.served[out], 0.0)
    return gained, shorter


@njit(cache=True, nogil=True)
def alone(land: Ground, standing: Bools) -> tuple[Float64s, Int64s]:
    """(sites,) people each site serves when only the standing ones are open besides; (cells,) where those begin."""
    reach, wall = np.zeros(len(standing)), np.empty(len(land.people), np.int64)
    for cell in range(len(land.people)):
        place, end = land.cell_start[cell], land.cell_start[cell + 1]
        while place < end:
            reach[land.site[place]] += land.people[cell]
            if standing[land.site[place]]:
                break
            place += 1
        wall[cell] = place
    return reach, wall


@njit(cache=True, nogil=True)
def taken_by(land: Ground, wall: Int64s, column: Int64s, columns: int) -> Float64s:
    """(columns, columns) people that one candidate takes from another when only the standing points are open besides.

    column: (sites,) the column of a candidate, -1 for other sites; wall: (cells,) where the standing points begin.
    """
    taken = np.zeros((columns, columns))
    nearer = np.empty(columns, np.int64)
    for cell in range(len(land.people)):
        count = 0
        for place in range(land.cell_start[cell], wall[cell]):
            mine = column[land.site[place]]
            if mine >= 0:
                for other in nearer[:count]:
                    taken[mine, other] += land.people[cell]
                nearer[count] = mine
                count += 1
    return taken


@njit(cache=True, nogil=True)
def rivals_of(land: Ground, wall: Int64s, column: Int64s, site: int) -> tuple[Int64s, Int64s, Int64s]:
    """Who may take whom from a site: cells it serves alone, and pairs (which of these, column of a nearer candidate).

    Only cells with people count; cells nearer to a standing point are not the site's.
    """
    begin, end = land.site_start[site], land.site_start[site + 1]
    cells, count, pairs = np.empty(end - begin, np.int64), 0, 0
    for pair in range(begin, end):
        cell = land.cell[pair]
        if land.place[pair] < wall[cell] and land.people[cell] > 0:
            cells[count] = cell
            count += 1
            pairs += land.place[pair] - land.cell_start[cell]
    row, rival, filled, number = np.empty(pairs, np.int64), np.empty(pairs, np.int64), 0, 0
    for pair in range(begin, end):
        cell = land.cell[pair]
        if land.place[pair] < wall[cell] and land.people[cell] > 0:
            for place in range(land.cell_start[cell], land.place[pair]):
                if column[land.site[place]] >= 0:
                    row[filled], rival[filled] = number, column[land.site[place]]
                    filled += 1
            number += 1
    return cells[:count].copy(), row[:filled].copy(), rival[:filled].copy()
