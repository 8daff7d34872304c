"""How many people every choice leaves out in a region, proved by going through who is open there.

A node has sites that are open and sites that are out. Points take people from others and never give any, so whoever
falls short beside the open ones, or makes one of these fall short, is out at once and for all that follows: soon few
are left (implicit enumeration, Balas 1965). A node is given up when those left cannot cover enough people, or have too
few people to share for so many bases. It is split by the first open one of the sites of some people, or none of them.
No solver takes part, and no tolerance but that of the base.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.base import catchments
from luukku.network.base.catchments import Bools, Choice, Float64s, Ground, Int64s
from luukku.network.base.parts import Part
from luukku.network.reduce import CoverSets

FREE, IN, OUT = 0, 1, 2
"""What is decided about a site."""
PROVED, REFUTED, NOT_YET = 1, 2, 3
"""Whether every choice leaves out so many."""
TRIED = 40
"""Groups of people that are weighed to split a node by, those with most people."""
NODES = 500
"""Nodes between two looks at the clock."""
SAME = 1e-6
"""Share of a base that may be missing before a site is out: more than rounding, so that nobody is out who may be in."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Groups of people whom only the sites of a part of the country could cover.

    could: (groups, sites) whether a site is within the limit of a group; people: (groups,).
    """

    could: Bools
    people: Float64s

    @classmethod
    def of(cls, sets: CoverSets, columns: NDArray[np.intp]) -> Region:
        """The region of some columns, ascending."""
        inside = np.zeros(len(sets.sites))
        inside[columns] = 1.0
        groups = np.flatnonzero(sets.rows @ inside == np.diff(sets.rows.indptr))
        return cls(sets.rows[groups][:, columns].toarray() > 0, sets.people[groups])


class Nodes(NamedTuple):
    """A path of nodes from the first one to that of now; changes in place.

    state:  (sites,) FREE, IN or OUT.
    order:  (depth, sites) the sites each node is split by; ways: (depth,) how many; at: (depth,) which is open now.
    out:    (sites,) those that are out, in that order; mark: (depth,) how many were before each node.
    number: depth, and how many are out.
    """

    state: Int64s
    order: Int64s
    ways: Int64s
    at: Int64s
    out: Int64s
    mark: Int64s
    number: Int64s

    @classmethod
    def first(cls, sites: int) -> Nodes:
        """The node in which nothing is decided."""
        deepest = sites + 2
        flat = (np.zeros(deepest, np.int64) for _ in range(3))
        state, out, number = np.zeros(sites, np.int64), np.zeros(sites, np.int64), np.zeros(2, np.int64)
        ways, at, mark = flat
        return cls(state, np.zeros((deepest, sites), np.int64), ways, at, out, mark, number)


def leaves_out(region: Region, place: Part, base: float, target: float, stopped: Callable[[], bool]) -> bool | None:
    """Whether every choice leaves out `target` people of a region or more; None when stopped first.

    place: the part in which the sites of the region are free, and no others are open than those that stand.
    """
    land, exempt, made = place.land, place.exempt, catchments.choice(place.land, place.is_open)
    takes, nodes = _takes(land, made), Nodes.first(region.could.shape[1])
    while not stopped():
        found = _go(land, made, takes, exempt, base, region.could, region.people, target, nodes)
        if found != NOT_YET:
            return bool(found == PROVED)
    return None


@njit(cache=True, nogil=True)
def _go(
    land: Ground,
    made: Choice,
    takes: Float64s,
    exempt: Bools,
    base: float,
    could: Bools,
    people: Float64s,
    target: float,
    nodes: Nodes,
) -> int:
    """Go through some more nodes, deepest first."""
    depth, out = nodes.number
    for _ in range(NODES):
        nodes.mark[depth] = out
        if _lost(could, people, nodes.state) >= target:  # seen at once, so that the rest is spared
            nodes.ways[depth] = 0
        else:
            out = _shut_out(made, takes, exempt, base, nodes, out)
            order = nodes.order[depth]
            nodes.ways[depth] = _split(land, made, exempt, base, could, people, target, nodes.state, order)
        nodes.at[depth] = -1
        if nodes.ways[depth] < 0:
            return REFUTED
        while True:
            count, at = nodes.ways[depth], nodes.at[depth]
            if 0 <= at < count:
                site = nodes.order[depth, at]
                _close(land, made, takes, site)
                nodes.state[site], nodes.out[out] = OUT, site
                out += 1
            if count > 0 and at < count:
                break
            while out > nodes.mark[depth]:
                out -= 1
                nodes.state[nodes.out[out]] = FREE
            if depth == 0:
                return PROVED
            depth -= 1
        nodes.at[depth] += 1
        if nodes.at[depth] < nodes.ways[depth]:
            site = nodes.order[depth, nodes.at[depth]]
            nodes.state[site] = IN
            _open(land, made, takes, site)
        depth += 1
    nodes.number[0], nodes.number[1] = depth, out
    return NOT_YET


@njit(cache=True, nogil=True)
def _takes(land: Ground, made: Choice) -> Float64s:
    """(sites, sites) people whom each open site serves that another site would take from it."""
    takes = np.zeros((len(made.is_open), len(made.is_open)))
    for cell in range(len(land.people)):
        for place in range(land.cell_start[cell], made.first[cell]):
            takes[land.site[made.first[cell]], land.site[place]] += land.people[cell]
    return takes


@njit(cache=True, nogil=True)
def _open(land: Ground, made: Choice, takes: Float64s, new: int) -> None:
    """Open a site; whom others would take is then taken from it."""
    for pair in range(land.site_start[new], land.site_start[new + 1]):
        cell, place = land.cell[pair], land.place[pair]
        if place < made.first[cell]:
            before = land.site[made.first[cell]]
            for other in range(land.cell_start[cell], made.first[cell]):
                takes[before, land.site[other]] -= land.people[cell]
                if other < place:
                    takes[new, land.site[other]] += land.people[cell]
    catchments.open_point(land, made, new)


@njit(cache=True, nogil=True)
def _close(land: Ground, made: Choice, takes: Float64s, last: int) -> None:
    """Close the site that was opened last."""
    for pair in range(land.site_start[last], land.site_start[last + 1]):
        cell, place = land.cell[pair], land.place[pair]
        if place == made.first[cell]:
            after = land.site[made.second[cell]]
            for other in range(land.cell_start[cell], made.second[cell]):
                takes[after, land.site[other]] += land.people[cell]
                if other < place:
                    takes[last, land.site[other]] -= land.people[cell]
    catchments.close_point(land, made, last)


@njit(cache=True, nogil=True)
def _shut_out(made: Choice, takes: Float64s, exempt: Bools, base: float, nodes: Nodes, out: int) -> int:
    """Put out the free sites that fall short beside those that are in, or make one of these fall short."""
    least = base * (1 - SAME)
    open_sites = np.flatnonzero(made.is_open)
    for site in np.flatnonzero(nodes.state == FREE):
        own, fits = 0.0, True
        for other in open_sites:
            own += takes[other, site]
            fits &= exempt[other] or made.served[other] - takes[other, site] >= least
        if not fits or own < least:
            nodes.state[site], nodes.out[out] = OUT, site
            out += 1
    return out


@njit(cache=True, nogil=True)
def _bases_left(land: Ground, made: Choice, exempt: Bools, base: float, state: Int64s) -> int:
    """For how many more bases there are people: those whom a free site would take and whose point can spare them."""
    taken, spare = np.zeros(len(exempt)), 0.0
    for cell in range(len(land.people)):
        first, end = made.first[cell], land.cell_start[cell + 1]
        for place in range(land.cell_start[cell], first):
            site = land.site[place]
            if site < len(state) and state[site] == FREE:
                if first < end:
                    taken[land.site[first]] += land.people[cell]
                else:
                    spare += land.people[cell]
                break
    for site in range(len(exempt)):
        spare += taken[site] if exempt[site] else max(min(taken[site], made.served[site] - base), 0.0)
    return int(spare / base + SAME)


@njit(cache=True, nogil=True)
def _split(
    land: Ground,
    made: Choice,
    exempt: Bools,
    base: float,
    could: Bools,
    people: Float64s,
    target: float,
    state: Int64s,
    order: Int64s,
) -> int:
    """Put the sites to split a node by into `order`; how many, 0 when the node leaves out enough, -1 when it need not.

    Those with most to gain come first.
    """
    free = np.flatnonzero(state == FREE)
    left, gain, lost, more = _left_out(could, people, state, free)
    if lost >= target:
        return 0
    if len(left) == 0:
        return -1
    brought = np.sort(gain)[::-1][: _bases_left(land, made, exempt, base, state)].sum()
    if lost + more - brought >= target:
        return 0
    group = _group_to_split_by(could, people, left, free, target - lost)
    count = 0
    for number in np.argsort(-gain):
        if could[group, free[number]]:
            order[count] = free[number]
            count += 1
    return count


@njit(cache=True, nogil=True)
def _lost(could: Bools, people: Float64s, state: Int64s) -> float:
    """People of whom all sites are out."""
    some, lost = np.flatnonzero(state != OUT), 0.0
    for group in range(len(people)):
        hope = False
        for site in some:
            if could[group, site]:
                hope = True
                break
        if not hope:
            lost += people[group]
    return lost


@njit(cache=True, nogil=True)
def _left_out(could: Bools, people: Float64s, state: Int64s, free: Int64s) -> tuple[Int64s, Float64s, float, float]:
    """Groups that free sites could cover still, people by free site, people lost, and people of these groups."""
    left, count = np.empty(len(people), np.int64), 0
    gain, lost, more = np.zeros(len(free)), 0.0, 0.0
    inside = np.flatnonzero(state == IN)
    for group in range(len(people)):
        covered = False
        for site in inside:
            covered |= could[group, site]
        if covered:
            continue
        some = False
        for number in range(len(free)):
            if could[group, free[number]]:
                some = True
                gain[number] += people[group]
        if some:
            left[count] = group
            count += 1
            more += people[group]
        else:
            lost += people[group]
    return left[:count], gain, lost, more


@njit(cache=True, nogil=True)
def _group_to_split_by(could: Bools, people: Float64s, left: Int64s, free: Int64s, spare: float) -> int:
    """A group with few sites which, left out with all whose sites are among its own, loses more than `spare` people.

    When there is none, one that loses many.
    """
    words = (len(free) + 63) // 64
    mask = np.zeros((len(left), words), np.uint64)
    for row in range(len(left)):
        for number in range(len(free)):
            if could[left[row], free[number]]:
                mask[row, number >> 6] |= np.uint64(1) << np.uint64(number & 63)
    best, most = left[0], -np.inf
    for row in np.argsort(-people[left])[:TRIED]:
        loss, many = 0.0, 0
        for number in range(len(free)):
            many += could[left[row], free[number]]
        for other in range(len(left)):
            inside = True
            for word in range(words):
                inside &= (mask[other, word] & ~mask[row, word]) == 0
            if inside:
                loss += people[left[other]]
        worth = -many if loss >= spare else 100.0 * loss / spare - many - 100.0 - len(free)
        if worth > most:
            best, most = left[row], worth
    return int(best)
