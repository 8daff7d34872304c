"""Which sites cover which people: the covering problem, made as small as it can be without losing an optimum.

Sources of the reductions: Toregas & ReVelle (1972) for dominated rows and columns of set covering;
Cordeau, Furini & Ljubić (2019), "Benders decomposition for very large scale partial set covering and maximal covering
location problems", for merging cells with the same covering sites.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Contradiction
from luukku.network.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class CoverSets:
    """Groups of people that the same sites cover, and who is decided beforehand.

    sites:        (columns,) candidate site numbers, ascending.
    rows:         (rows, columns) CSR of ones: which of the sites cover the group.
    people:       (rows,) float64; must: (rows,) bool, groups that every good enough choice covers.
    served:       people whom the open sites cover, and those of groups that are covered whenever a `must` is.
    out_of_reach: people whom no site may cover.
    """

    sites: NDArray[np.intp]
    rows: sparse.csr_array
    people: NDArray[np.float64]
    must: NDArray[np.bool_]
    served: float
    out_of_reach: float


def cover_sets(problem: Problem, within: float) -> CoverSets:
    """The groups of people whom no open site covers, by the candidates within so many minutes of them.

    Raises Contradiction when the travel times do not reach so far.
    """
    times = problem.times
    if not 0 < within <= times.horizon:
        raise Contradiction(
            f"The limit is {within:g} minutes, but the travel times are known from 0 to {times.horizon:g} minutes only."
        )
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = np.asarray(times.minutes) <= within
    site, cell = site[near], np.asarray(times.cell)[near]
    already_open = np.zeros(times.sites, dtype=np.bool_)
    already_open[list(problem.open)] = True
    served = np.zeros(times.cells, dtype=np.bool_)
    served[cell[already_open[site]]] = True

    candidates = problem.candidates
    column = np.full(times.sites, -1)
    column[candidates] = np.arange(len(candidates))
    wanted = (column[site] >= 0) & ~served[cell] & (problem.people[cell] > 0)
    shape = (times.cells, len(candidates))
    rows = sparse.csr_array((np.ones(int(wanted.sum())), (cell[wanted], column[site[wanted]])), shape=shape)
    reached = np.diff(rows.indptr) > 0
    return _merged(
        CoverSets(
            sites=candidates,
            rows=sparse.csr_array(rows[reached]),
            people=problem.people[reached],
            must=np.zeros(int(reached.sum()), dtype=np.bool_),
            served=float(problem.people[served].sum()),
            out_of_reach=float(problem.people[~served & ~reached].sum()),
        )
    )


def without_dominated_sites(sets: CoverSets) -> CoverSets:
    """Leave out sites that cover nothing more than another one does; of equals the first stays."""
    while True:
        size = np.asarray(sets.rows.sum(axis=0)).ravel()
        shared = sparse.coo_array(sets.rows.T @ sets.rows)
        inside, around = shared.coords
        worse = (shared.data >= size[inside] - 0.5) & (inside != around)
        worse &= (size[around] > size[inside] + 0.5) | (around < inside)
        keep = size > 0
        keep[inside[worse]] = False
        smaller = _merged(replace(sets, sites=sets.sites[keep], rows=sparse.csr_array(sets.rows[:, keep])))
        if smaller.rows.shape == sets.rows.shape:
            return smaller
        sets = smaller


def with_musts(sets: CoverSets, spare: float) -> CoverSets:
    """Mark the groups that must be covered when at most `spare` people may stay outside; drop what follows from them.

    A group stays outside only together with every group whose covering sites are among its own; when these are more
    people than may stay outside, the group must be covered, and then every group with all its sites is covered too.
    """
    inside, around = _subsets(sets.rows)
    return drop_implied(replace(sets, must=sets.must | (held_back(sets, sets.people) > spare)), (inside, around))


def held_back(sets: CoverSets, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """(rows,) the sum of `value` over the groups that stay outside whenever the group does, itself included."""
    inside, around = _subsets(sets.rows)
    return np.bincount(around, weights=value[inside], minlength=len(value)).astype(np.float64)


def drop_implied(sets: CoverSets, subsets: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None) -> CoverSets:
    """Leave out the groups that are covered whenever a group that must be covered is."""
    inside, around = subsets if subsets is not None else _subsets(sets.rows)
    implied = np.zeros(len(sets.people), dtype=np.bool_)
    implied[around[sets.must[inside] & (inside != around)]] = True
    return replace(
        sets,
        rows=sparse.csr_array(sets.rows[~implied]),
        people=sets.people[~implied],
        must=sets.must[~implied],
        served=sets.served + float(sets.people[implied].sum()),
    )


def _subsets(rows: sparse.csr_array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of rows (inside, around): every site of the first is a site of the second."""
    size = np.diff(rows.indptr)
    shared = sparse.coo_array(rows @ rows.T)
    inside, around = shared.coords
    subset = shared.data >= size[inside] - 0.5
    return inside[subset].astype(np.intp), around[subset].astype(np.intp)


def _merged(sets: CoverSets) -> CoverSets:
    """Groups with the same sites become one."""
    rows = sets.rows
    rows.sort_indices()
    first: dict[bytes, int] = {}
    group = np.empty(rows.shape[0], dtype=np.intp)
    keep: list[int] = []
    for row, (begin, end) in enumerate(zip(rows.indptr[:-1].tolist(), rows.indptr[1:].tolist(), strict=True)):
        group[row] = first.setdefault(rows.indices[begin:end].tobytes(), len(first))
        if group[row] == len(keep):
            keep.append(row)
    people = np.bincount(group, weights=sets.people, minlength=len(keep)).astype(np.float64)
    must = np.zeros(len(keep), dtype=np.bool_)
    must[group[sets.must]] = True
    return replace(sets, rows=sparse.csr_array(rows[keep]), people=people, must=must)
