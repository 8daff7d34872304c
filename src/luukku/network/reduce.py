"""Which sites cover which people: the covering problem, made as small as it can be without losing an optimum.

Sources of the reductions: Toregas & ReVelle (1972) for dominated rows and columns of set covering;
Cordeau, Furini & Ljubić (2019), "Benders decomposition for very large scale partial set covering and maximal covering
location problems", for merging cells with the same covering sites.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Contradiction
from luukku.network.dominance import around_another, family, first_equal, inside_another, sums_inside
from luukku.network.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class CoverSets:
    """Groups of people that the same sites cover, and who is decided beforehand.

    sites:        (columns,) candidate site numbers, ascending.
    rows:         (rows, columns) CSR of ones, columns ascending: which of the sites cover the group.
    people:       (rows,) float64; must: (rows,) bool, groups that every good enough choice covers.
    served:       people whom the open sites cover, and those of groups that are covered whenever a `must` is.
    out_of_reach: people whom no site may cover.
    groups:       sets of site numbers of which at most one may be chosen.
    """

    sites: NDArray[np.intp]
    rows: sparse.csr_array
    people: NDArray[np.float64]
    must: NDArray[np.bool_]
    served: float
    out_of_reach: float
    groups: tuple[frozenset[int], ...] = ()

    def keep(self, columns: NDArray[np.bool_]) -> CoverSets:
        """The same groups of people with some of the sites."""
        return replace(self, sites=self.sites[columns], rows=sparse.csr_array(self.rows[:, columns]))

    @property
    def clashes(self) -> list[NDArray[np.intp]]:
        """The columns of every group of sites that still has two of them or more."""
        found = (np.flatnonzero(np.isin(self.sites, sorted(group))) for group in self.groups)
        return [columns for columns in found if len(columns) > 1]


def cover_sets(problem: Problem, within: float) -> CoverSets:
    """The groups of people whom no open site covers, by the candidates within so many minutes of them.

    Raises Contradiction when the travel times do not reach so far.
    """
    times = problem.times
    if not 0 < within <= times.horizon:
        raise Contradiction(
            f"The limit is {within:g} minutes, but the travel times are known from 0 to {times.horizon:g} minutes only."
        )
    candidates = problem.candidates
    column = np.full(times.sites, -1, dtype=np.int64)
    column[candidates] = np.arange(len(candidates))
    served = np.zeros(times.cells, dtype=np.bool_)
    for site in problem.open:
        cells, minutes = times.of(site)
        served[cells[minutes <= within]] = True
    done = served | (problem.people <= 0)
    start, item = _by_cell((times.start, times.cell, times.minutes), float(within), column, done)
    reached = np.diff(start) > 0
    rows = sparse.csr_array((np.ones(len(item)), item, start), shape=(times.cells, len(candidates)))
    return _merged(
        CoverSets(
            sites=candidates,
            rows=sparse.csr_array(rows[reached]),
            people=problem.people[reached],
            must=np.zeros(int(reached.sum()), dtype=np.bool_),
            served=float(problem.people[served].sum()),
            out_of_reach=float(problem.people[~served & ~reached].sum()),
            groups=problem.groups,
        )
    )


@njit(cache=True, nogil=True)
def _by_cell(
    pairs: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]],
    within: float,
    column: NDArray[np.int64],
    done: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The columns within the limit of every cell that is not done, ascending: where each cell's begin, and which."""
    start, cell, minutes = pairs
    begin = np.zeros(len(done) + 1, np.int64)
    for site in range(len(column)):
        if column[site] >= 0:
            for pair in range(start[site], start[site + 1]):
                if minutes[pair] <= within and not done[cell[pair]]:
                    begin[cell[pair] + 1] += 1
    for one in range(len(done)):
        begin[one + 1] += begin[one]
    at = begin[:-1].copy()
    item = np.empty(begin[-1], np.int32)
    for site in range(len(column)):
        if column[site] >= 0:
            for pair in range(start[site], start[site + 1]):
                if minutes[pair] <= within and not done[cell[pair]]:
                    item[at[cell[pair]]] = column[site]
                    at[cell[pair]] += 1
    return begin, item


def without_dominated_sites(sets: CoverSets) -> CoverSets:
    """Leave out sites that cover nothing more than another one does; of equals the first stays.

    A site of a group of which at most one may be chosen takes the place of sites of that group only.
    """
    while True:
        gone = inside_another(family(sets.rows).turned(), np.ones(len(sets.sites)), *bars(sets))
        smaller = _merged(sets.keep(~gone))
        if smaller.rows.shape == sets.rows.shape:
            return smaller
        sets = smaller


def with_musts(sets: CoverSets, spare: float) -> CoverSets:
    """Mark the groups that must be covered when at most `spare` people may stay outside; drop what follows from them.

    A group stays outside only together with every group whose covering sites are among its own; when these are more
    people than may stay outside, the group must be covered, and then every group with all its sites is covered too.
    """
    must = sets.must | (sets.people > spare)
    return drop_implied(replace(sets, must=must if must.all() else must | (held_back(sets, sets.people) > spare)))


def held_back(sets: CoverSets, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows,) the sum of `value` over the groups that stay outside whenever the group does, itself included."""
    return sums_inside(family(sets.rows), value)


def drop_implied(sets: CoverSets) -> CoverSets:
    """Leave out the groups that are covered whenever a group that must be covered is."""
    implied = around_another(family(sets.rows), sets.must)
    return replace(
        sets,
        rows=sparse.csr_array(sets.rows[~implied]),
        people=sets.people[~implied],
        must=sets.must[~implied],
        served=sets.served + float(sets.people[implied].sum()),
    )


def bars(sets: CoverSets) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Which groups of sites each column is in: where each column's begin, and which."""
    clashes = sets.clashes
    group = np.repeat(np.arange(len(clashes), dtype=np.int32), [len(columns) for columns in clashes])
    column = np.concatenate(clashes) if clashes else np.zeros(0, dtype=np.intp)
    order = np.lexsort((group, column))
    count = np.bincount(column, minlength=len(sets.sites))
    return np.concatenate(([0], np.cumsum(count))).astype(np.int64), group[order]


def _merged(sets: CoverSets) -> CoverSets:
    """Groups with the same sites become one."""
    first = first_equal(family(sets.rows))
    keep = first == np.arange(len(first))
    group = (np.cumsum(keep) - 1)[first]
    people = np.bincount(group, weights=sets.people, minlength=int(keep.sum())).astype(np.float64)
    must = np.zeros(len(people), dtype=np.bool_)
    must[group[sets.must]] = True
    return replace(sets, rows=sparse.csr_array(sets.rows[keep]), people=people, must=must)
