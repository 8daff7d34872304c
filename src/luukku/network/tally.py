"""The loops that count a network, compiled by numba: who is served where, how many are how near, who would lose.

Pairs of sites and cells come as `TravelTimes` keeps them by site, or as `ByCell` keeps them by cell, the nearest site
first and of equally far ones the one with the lower number. Every sum runs over the cells in one order, so that it is
the same to the last bit however a network came about.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.travel.times import TravelTimes

Kind = TypeVar("Kind", bound=np.generic)
Bools = NDArray[np.bool_]
Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

BUCKETS = 4096
"""Ranges of minutes in which people are counted; only those that hold the median and the tenth are sorted."""


class Pairs(NamedTuple):
    """Pairs in compressed rows: row r, a site or a cell, has start[r]:start[r + 1], each with one of the other kind."""

    start: Int64s
    other: Int32s
    trip: Float32s


class Counts(NamedTuple):
    """What one pass over the cells counts.

    rings:   (rings,) people within each; at: (sites,) people whose nearest site it is; lost: people out of reach.
    within, out, minutes: (groups,) people within the limit and not, and person-minutes, the horizon charged beyond it.
    extra_within, extra_minutes: (counts,) the same of the cells' further counts.
    """

    rings: Float64s
    at: Float64s
    lost: float
    within: Float64s
    out: Float64s
    minutes: Float64s
    extra_within: Float64s
    extra_minutes: Float64s


def pairs_by_site(times: TravelTimes) -> Pairs:
    """The pairs of a matrix by site."""
    return Pairs(still(times.start, np.int64), still(times.cell, np.int32), still(times.minutes, np.float32))


def pairs_by_cell(times: TravelTimes) -> Pairs:
    """The pairs of a matrix by cell."""
    turned = times.by_cell()
    return Pairs(still(turned.start, np.int64), still(turned.site, np.int32), still(turned.minutes, np.float32))


def still(values: NDArray[Any], kind: type[Kind]) -> NDArray[Kind]:
    """The values as a plain array that cannot be written to: loops are compiled for this kind alone."""
    plain = np.ascontiguousarray(values, dtype=kind).view(np.ndarray)
    plain.flags.writeable = False
    return plain


@njit(cache=True, nogil=True)
def people_within(pairs: Pairs, people: Float64s, limit: np.float32) -> Float64s:
    """(sites,) people within the limit of each site."""
    found = np.zeros(len(pairs.start) - 1)
    for site in range(len(found)):
        for pair in range(pairs.start[site], pairs.start[site + 1]):
            if pairs.trip[pair] <= limit:
                found[site] += people[pairs.other[pair]]
    return found


@njit(cache=True, nogil=True)
def join(pairs: Pairs, sites: Int64s, minutes: Float32s, nearest: Int32s) -> None:
    """Let sites serve the cells to which they are nearer than what serves them; of equally near ones the lowest."""
    for site in sites:
        for pair in range(pairs.start[site], pairs.start[site + 1]):
            cell, trip = pairs.other[pair], pairs.trip[pair]
            if trip < minutes[cell] or (trip == minutes[cell] and site < nearest[cell]):
                minutes[cell] = trip
                nearest[cell] = site


@njit(cache=True, nogil=True)
def leave(pairs: Pairs, by_cell: Pairs, site: int, is_open: Bools, minutes: Float32s, nearest: Int32s) -> None:
    """Let a site's cells go to the nearest open one, or to none. The site is not among the open ones any more."""
    for pair in range(pairs.start[site], pairs.start[site + 1]):
        cell = pairs.other[pair]
        if nearest[cell] == site:
            minutes[cell], nearest[cell] = np.inf, -1
            for near in range(by_cell.start[cell], by_cell.start[cell + 1]):
                if is_open[by_cell.other[near]]:
                    minutes[cell], nearest[cell] = by_cell.trip[near], by_cell.other[near]
                    break


@njit(cache=True, nogil=True)
def count(
    people: Float64s,
    minutes: Float32s,
    nearest: Int32s,
    rings: Float32s,
    limit: np.float32,
    horizon: float,
    sites: int,
    group: Int64s,
    groups: int,
    extra: Float64s,
) -> Counts:
    """Count the cells once. rings: ascending; group: (cells,) from 0 to `groups` - 1; extra: (cells, counts)."""
    between, at, sides = np.zeros(len(rings) + 1), np.zeros(sites + 1), np.zeros((groups, 2))
    spent = np.zeros(groups)
    extra_within, extra_spent = np.zeros(extra.shape[1]), np.zeros(extra.shape[1])
    for cell in range(len(people)):
        some, trip = people[cell], minutes[cell]
        near, charged = np.int64(trip <= limit), min(np.float64(trip), horizon)
        passed = 0
        for ring in rings:
            passed += trip > ring
        between[passed] += some
        at[nearest[cell] + 1] += some
        sides[group[cell], near] += some
        spent[group[cell]] += some * charged
        for which in range(extra.shape[1]):
            extra_within[which] += extra[cell, which] * near
            extra_spent[which] += extra[cell, which] * charged
    in_rings = np.cumsum(between)[:-1]
    within, out = sides[:, 1].copy(), sides[:, 0].copy()
    return Counts(in_rings, at[1:], at[0], within, out, spent, extra_within, extra_spent)


@njit(cache=True, nogil=True)
def over(order: Int64s, minutes: Float32s, limit: np.float32) -> Int64s:
    """The cells over the limit or out of reach, in the order given."""
    found, size = np.empty(len(order), np.int64), 0
    for cell in order:
        found[size] = cell
        size += minutes[cell] > limit
    return found[:size].copy()


def spread(people: Float64s, minutes: Float32s, horizon: float) -> tuple[float, float, float]:
    """The mean, the median and the mean of the worst-off tenth of the minutes of all people, of whom there are some.

    Exact: the ranges of minutes only find which cells need sorting. The tenth's last cell counts with the part of its
    people that the tenth still needs.
    """
    place, weight, spent = _ranges(people, minutes, horizon)
    everybody = float(weight.sum())
    upto, upto_spent = (np.cumsum(of[::-1])[::-1] for of in (weight, spent))

    def farthest(wanted: float) -> tuple[float, float]:
        """Of the farthest so many people the minutes of the last one, and the person-minutes of all."""
        at = int(np.flatnonzero(upto >= wanted)[-1])
        cells = np.flatnonzero((place == at) & (people > 0))
        trips = np.minimum(minutes[cells].astype(np.float64), horizon)
        order = np.argsort(-trips, kind="stable")
        trips, some = trips[order], people[cells[order]]
        with_each = upto[at] - weight[at] + np.cumsum(some)
        part = np.clip(wanted - (with_each - some), 0.0, some)
        last = min(int(np.searchsorted(with_each, wanted)), len(trips) - 1)
        return float(trips[last]), float(upto_spent[at] - spent[at] + part @ trips)

    median, _ = farthest(everybody / 2)
    _, worst = farthest(everybody / 10)
    return float(spent.sum()) / everybody, median, worst / (everybody / 10)


@njit(cache=True, nogil=True)
def _ranges(people: Float64s, minutes: Float32s, horizon: float) -> tuple[NDArray[np.int16], Float64s, Float64s]:
    """(cells,) the range of minutes of each cell, and (ranges,) people and person-minutes of each."""
    weight, spent = np.zeros(BUCKETS), np.zeros(BUCKETS)
    place = np.empty(len(people), np.int16)
    scale = BUCKETS / max(horizon, 1e-9)
    for cell in range(len(people)):
        trip = min(np.float64(minutes[cell]), horizon)
        at = min(int(trip * scale), BUCKETS - 1)
        place[cell] = at
        weight[at] += people[cell]
        spent[at] += people[cell] * trip
    return place, weight, spent


@njit(cache=True, nogil=True)
def without(
    pairs: Pairs, sites: Int64s, people: Float64s, minutes: Float32s, nearest: Int32s, limit: np.float32, horizon: float
) -> tuple[Float64s, Float64s]:
    """(all sites,) people over the limit without a site, and the person-minutes by which trips would grow without it.

    minutes, nearest: (cells,) with all `sites` open.
    """
    second = np.full(len(people), np.inf, dtype=np.float32)
    for site in sites:
        for pair in range(pairs.start[site], pairs.start[site + 1]):
            cell = pairs.other[pair]
            if nearest[cell] != site:
                second[cell] = min(second[cell], pairs.trip[pair])
    lost, added = np.zeros(len(pairs.start) - 1), np.zeros(len(pairs.start) - 1)
    for cell in range(len(people)):
        site = nearest[cell]
        if site >= 0:
            if minutes[cell] <= limit < second[cell]:
                lost[site] += people[cell]
            now, then = min(np.float64(minutes[cell]), horizon), min(np.float64(second[cell]), horizon)
            added[site] += people[cell] * (then - now)
    return lost, added


@njit(cache=True, nogil=True)
def next_door(
    pairs: Pairs, by_cell: Pairs, sites: Int64s, is_open: Bools, could: Bools
) -> tuple[Int64s, Float64s, Int64s, Float64s]:
    """For each site, from the cell nearest to it: the nearest other open site and the nearest that could be, minutes.

    -1 and NaN where there is none within the horizon.
    """
    other, other_trip = np.full(len(sites), -1), np.full(len(sites), np.nan)
    spare, spare_trip = np.full(len(sites), -1), np.full(len(sites), np.nan)
    for place in range(len(sites)):
        site = sites[place]
        begin, end = pairs.start[site], pairs.start[site + 1]
        if begin == end:
            continue
        home = pairs.other[begin + np.argmin(pairs.trip[begin:end])]
        for near in range(by_cell.start[home], by_cell.start[home + 1]):
            reached = by_cell.other[near]
            if other[place] < 0 and is_open[reached] and reached != site:
                other[place], other_trip[place] = reached, by_cell.trip[near]
            if spare[place] < 0 and could[reached]:
                spare[place], spare_trip[place] = reached, by_cell.trip[near]
            if other[place] >= 0 and spare[place] >= 0:
                break
    return other, other_trip, spare, spare_trip


@njit(cache=True, nogil=True)
def gains(
    pairs: Pairs, site: int, people: Float64s, minutes: Float32s, limit: np.float32, horizon: float
) -> tuple[float, float, float]:
    """What one more site brings: people who come within the limit, person-minutes saved, people it would serve."""
    covered, saved, served = 0.0, 0.0, 0.0
    for pair in range(pairs.start[site], pairs.start[site + 1]):
        cell, trip = pairs.other[pair], pairs.trip[pair]
        now = minutes[cell]
        if trip < now:
            served += people[cell]
            saved += people[cell] * (min(np.float64(now), horizon) - np.float64(trip))
            if trip <= limit < now:
                covered += people[cell]
    return covered, saved, served


@njit(cache=True, nogil=True)
def best_gain(
    pairs: Pairs,
    people: Float64s,
    minutes: Float32s,
    limit: np.float32,
    horizon: float,
    may: Bools,
    first: Float64s,
    second: Float64s,
    by_cover: bool,
) -> int:
    """The site that brings most by one measure, of equal ones by the other, then the lowest number; -1 for none.

    first, second: (sites,) at least what each brings by either measure; made exact where that decides. What a site
    brings only shrinks as others open, so most sites need no counting (Minoux 1978).
    """
    exact = np.zeros(len(may), dtype=np.bool_)
    while True:
        best = -1
        for site in range(len(may)):
            if may[site] and (
                best < 0 or first[site] > first[best] or (first[site] == first[best] and second[site] > second[best])
            ):
                best = site
        if best < 0 or exact[best]:
            return best
        covered, saved, _ = gains(pairs, best, people, minutes, limit, horizon)
        first[best], second[best] = (covered, saved) if by_cover else (saved, covered)
        exact[best] = True
