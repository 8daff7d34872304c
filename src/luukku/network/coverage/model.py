"""What maximal covering has to decide: candidates with their prices, groups of people, and room for so much.

A choice is worth the people of every group that one of its sites covers. Its sites may not cost more than the room, and
of each set of alternatives at most one may be in it. Everything here keeps a best choice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.problem import Problem
from luukku.network.reduce import cover_sets
from luukku.network.watch import Watch
from luukku.network.whole import common_measure

ALIKE = 1e-9
"""Relative difference up to which two choices cover equally many, where people are no whole numbers."""
ROUNDING = 0.1
"""How far rounding may have lowered a bound, as a share of the measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """The undecided part of a maximal covering problem.

    sites:   (columns,) candidate site numbers, ascending; price: (columns,) float64, what each takes of the room.
    room:    what the choice may take altogether.
    rows:    (rows, columns) CSR of ones, sorted: which sites cover a group; by_site: the same turned round.
    people:  (rows,) float64.
    barred:  (sets, columns) CSR of ones: of the sites of each set at most one may be chosen; by_bar: turned round.
    served:  people covered whatever is chosen.
    taken:   site numbers decided to be in the choice.
    measure: every choice covers a multiple of so many people (more than `served`); 0 when there is no such number.
    """

    sites: NDArray[np.intp]
    price: NDArray[np.float64]
    room: float
    rows: sparse.csr_array
    by_site: sparse.csr_array
    people: NDArray[np.float64]
    barred: sparse.csr_array
    by_bar: sparse.csr_array
    served: float
    taken: tuple[int, ...]
    measure: float

    @property
    def reachable(self) -> float:
        """People whom all candidates together cover."""
        return self.served + float(self.people.sum())

    def worth(self, columns: NDArray[np.intp]) -> float:
        """People covered by a choice of columns, counted afresh."""
        covered = np.zeros(len(self.people), dtype=np.bool_)
        for column in columns:
            covered[self.by_site.indices[self.by_site.indptr[column] : self.by_site.indptr[column + 1]]] = True
        return self.served + float(self.people[covered].sum())

    def fits(self, columns: NDArray[np.intp]) -> bool:
        """Whether a choice of columns keeps to the room and the alternatives."""
        chosen = np.zeros(len(self.sites))
        chosen[columns] = 1.0
        return bool(self.price @ chosen <= self.room and (self.barred @ chosen).max(initial=0.0) <= 1.5)

    def columns(self, sites: list[int]) -> NDArray[np.intp]:
        """The columns of those of the sites that are still undecided."""
        return np.flatnonzero(np.isin(self.sites, sites))

    def goal(self, value: float) -> float:
        """What a choice has to cover at least to be better than one that covers `value`."""
        return value + 0.5 * self.measure if self.measure > 0 else value + ALIKE * max(value, 1e-9)

    def lowered(self, bound: float) -> float:
        """The most that a choice within a bound can cover: a multiple of the measure, and no more than all."""
        if self.measure > 0:
            bound = self.measure * math.floor(bound / self.measure + ROUNDING)
        return min(bound, self.reachable)


class Best:
    """The best choice known.

    sites: site numbers; value: people it covers.
    """

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.sites: list[int] = []
        self.value = -np.inf

    def offer(self, data: Coverage, columns: NDArray[np.intp]) -> bool:
        """Keep a choice of columns if it is allowed and better; whether it is."""
        if not data.fits(columns):
            return False
        value = data.worth(columns)
        if value <= self.value:
            return False
        self.sites, self.value = [*data.taken, *data.sites[columns].tolist()], value
        self.watch.improve(value=value)
        return True


def coverage(problem: Problem, within: float, price: NDArray[np.float64], room: float) -> Coverage:
    """The problem, with all that follows at once decided.

    price: (sites,) what each site takes of `room`, which is what is left beside the fixed sites.

    Raises Contradiction when the travel times do not reach so far.
    """
    sets = cover_sets(problem, within)
    place = {int(site): column for column, site in enumerate(sets.sites)}
    bars = [sorted(place[site] for site in group if site in place) for group in problem.groups]
    return reduced(
        _built(
            sites=sets.sites,
            price=price[sets.sites],
            room=room,
            rows=sets.rows,
            people=sets.people,
            barred=_matrix([bar for bar in bars if len(bar) > 1], len(sets.sites)),
            served=sets.served,
            taken=(),
            measure=common_measure(problem.people),
        )
    )


def decided(data: Coverage, into: NDArray[np.bool_], out: NDArray[np.bool_]) -> Coverage:
    """What is left when the columns `into`, which fit, are chosen and the columns `out` are not."""
    if not (into.any() or out.any()):
        return data
    chosen = into.astype(np.float64)
    covered = data.rows @ chosen > 0
    alternatives = data.barred.T @ (data.barred @ chosen) > 0
    keep = ~(into | out | alternatives)
    room = max(data.room - float(data.price[into].sum()), 0.0)
    keep &= data.price <= room
    return reduced(
        _built(
            sites=data.sites[keep],
            price=data.price[keep],
            room=room,
            rows=sparse.csr_array(data.rows[~covered][:, keep]),
            people=data.people[~covered],
            barred=sparse.csr_array(data.barred[:, keep]),
            served=data.served + float(data.people[covered].sum()),
            taken=(*data.taken, *data.sites[into].tolist()),
            measure=data.measure,
        )
    )


def reduced(data: Coverage) -> Coverage:
    """Merge groups with the same sites and leave out dominated sites, until nothing changes.

    A site is dominated by another that covers all it covers, costs no more and stands in no set of alternatives in
    which it does not stand itself: the other can take its place in every choice. Of equals the first stays.
    """
    keep = data.price <= data.room
    while True:
        label = merged(data.rows)
        people = np.bincount(label, weights=data.people, minlength=label.max(initial=-1) + 1).astype(np.float64)
        first = np.full(len(people), -1)
        first[label[::-1]] = np.arange(len(label))[::-1]
        reached = np.diff(data.rows.indptr)[first] > 0
        data = _built(
            sites=data.sites,
            price=data.price,
            room=data.room,
            rows=sparse.csr_array(data.rows[first[reached]]),
            people=people[reached],
            barred=data.barred,
            served=data.served,
            taken=data.taken,
            measure=data.measure,
        )
        keep &= ~_dominated(
            data.rows.indptr,
            data.rows.indices,
            data.by_site.indptr,
            data.by_site.indices,
            data.by_bar.indptr,
            data.by_bar.indices,
            data.price,
            keep,
        )
        if keep.all():
            return data
        data = replace(
            data,
            sites=data.sites[keep],
            price=data.price[keep],
            rows=sparse.csr_array(data.rows[:, keep]),
            barred=sparse.csr_array(data.barred[:, keep]),
        )
        keep = np.ones(len(data.sites), dtype=np.bool_)


def merged(rows: sparse.csr_array) -> NDArray[np.intp]:
    """(rows,) a number for each row, the same for rows of the same columns, counted from 0 in order of appearance."""
    draw = np.random.default_rng(0)
    mark = draw.integers(0, 2**63, size=(2, rows.shape[1]), dtype=np.uint64)
    keys = np.zeros((3, rows.shape[0]), dtype=np.uint64)
    keys[0] = np.diff(rows.indptr)
    full = keys[0] > 0
    for key, marks in zip(keys[1:], mark, strict=True):
        key[full] = np.add.reduceat(marks[rows.indices], rows.indptr[:-1][full])
    order = np.lexsort(keys)
    label = _labels(rows.indptr, rows.indices, keys[:, order], order)
    names = np.full(len(label), -1)
    _, first = np.unique(label, return_index=True)
    names[label[np.sort(first)]] = np.arange(len(first))
    return names[label].astype(np.intp)


def _built(
    *,
    sites: NDArray[np.intp],
    price: NDArray[np.float64],
    room: float,
    rows: sparse.csr_array,
    people: NDArray[np.float64],
    barred: sparse.csr_array,
    served: float,
    taken: tuple[int, ...],
    measure: float,
) -> Coverage:
    rows.sort_indices()
    barred = sparse.csr_array(barred[np.diff(barred.indptr) > 1])
    return Coverage(
        sites=sites,
        price=price,
        room=room,
        rows=rows,
        by_site=_turned(rows),
        people=people,
        barred=barred,
        by_bar=_turned(barred),
        served=served,
        taken=taken,
        measure=measure,
    )


def _turned(matrix: sparse.csr_array) -> sparse.csr_array:
    turned = sparse.csr_array(matrix.T)
    turned.sort_indices()
    return turned


def _matrix(sets: list[list[int]], columns: int) -> sparse.csr_array:
    start = np.cumsum([0, *(len(one) for one in sets)])
    indices = np.array([column for one in sets for column in one], dtype=np.int32)
    return sparse.csr_array((np.ones(len(indices)), indices, start), shape=(len(sets), columns))


@njit(cache=True)
def _labels(
    start: NDArray[np.int32], column: NDArray[np.int32], keys: NDArray[np.uint64], order: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Equal labels for equal rows: only rows of equal keys are compared, each with the first of its run."""
    label = np.empty(len(order), np.intp)
    fresh = 0
    head = -1
    for at, row in enumerate(order):
        same = at > 0 and head >= 0
        if same:
            for key in range(3):
                same = same and keys[key, at] == keys[key, at - 1]
        if same:
            for pair in range(start[row + 1] - start[row]):
                if column[start[row] + pair] != column[start[head] + pair]:
                    same = False
                    break
        if same:
            label[row] = label[head]
        else:
            head = row
            label[row] = fresh
            fresh += 1
    return label


@njit(cache=True)
def _dominated(  # noqa: PLR0917 - compiled loops take arrays
    row_start: NDArray[np.int32],
    row_column: NDArray[np.int32],
    column_start: NDArray[np.int32],
    column_row: NDArray[np.int32],
    bar_start: NDArray[np.int32],
    bar: NDArray[np.int32],
    price: NDArray[np.float64],
    wanted: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(columns,) whether another wanted column can take the place of the column."""
    columns = len(price)
    worse = np.zeros(columns, np.bool_)
    for column in range(columns):
        rows = column_row[column_start[column] : column_start[column + 1]]
        if len(rows) == 0:
            worse[column] = True
            continue
        rarest = rows[0]
        for row in rows:
            if row_start[row + 1] - row_start[row] < row_start[rarest + 1] - row_start[rarest]:
                rarest = row
        bars = bar[bar_start[column] : bar_start[column + 1]]
        for other in row_column[row_start[rarest] : row_start[rarest + 1]]:
            if other == column or not wanted[other] or worse[other] or price[other] > price[column]:
                continue
            others = column_row[column_start[other] : column_start[other + 1]]
            other_bars = bar[bar_start[other] : bar_start[other + 1]]
            equal = price[other] == price[column] and len(others) == len(rows) and len(other_bars) == len(bars)
            if equal and other > column:
                continue
            if _within(rows, others) and _within(other_bars, bars):
                worse[column] = True
                break
    return worse


@njit(cache=True)
def _within(some: NDArray[np.int32], more: NDArray[np.int32]) -> bool:
    """Whether all of an ascending list are in another."""
    if len(some) > len(more):
        return False
    at = 0
    for item in some:
        while at < len(more) and more[at] < item:
            at += 1
        if at == len(more) or more[at] != item:
            return False
    return True
