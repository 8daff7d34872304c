"""Cuts for the relaxation of most covered: of some groups, either all share one site, or two sites or absences show.

Source: Balas & Ng (1989), "On the set covering polytope: I. All the facets with coefficients in {0, 1, 2}", with a
column for each group that stays outside. Whoever covers several groups takes one site that covers them all, or at least
two of the sites that cover some of them; and where a group stays outside, that counts as one. So

    2 x(sites covering all of them) + x(sites covering some, but not all) + z(the groups themselves) >= 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.coverage.prices import Dues

CUT = 2.0
"""What every choice brings each cut to."""
LEAST, MOST = 0.3, 1.35
"""How much of the sites may cover a group for it to be among those of a cut: what covers it oftener is in no cut."""
GROUPS = 4_000
"""Groups from which cuts are made, those of most people."""
NEIGHBOURS = 6
"""Pairs that begin with a group: with those that share most nearly half a site with it."""
LONGEST = 10
"""Groups in a cut at most."""
TAKEN = 1e-7
"""Value above which a column is taken in part."""
MISSED = 0.01
"""How far a point has to miss a cut."""
AT_ONCE = 1_500
"""Cuts of one round."""
EACH = 12
"""Cuts of one round in which a group may be."""
BATCH = 1_000
"""Beginnings compared with all groups at a time."""


class Cuts:
    """The cuts found so far.

    members: (cuts, groups) CSR of ones; factors: (cuts, columns) CSR, 1 or 2 for the columns that count.
    """

    def __init__(self, rows: sparse.csr_array, people: NDArray[np.float64]) -> None:
        """rows: (groups, columns) CSR of ones; people: (groups,)."""
        self.rows, self.people = rows, people
        self.members = sparse.csr_array((0, rows.shape[0]))
        self.factors = sparse.csr_array((0, rows.shape[1]))
        self._known: set[tuple[int, ...]] = set()

    def find(self, values: NDArray[np.float64]) -> int:
        """How many new cuts a point of the relaxation misses; first those whose lack times the people at stake is most.

        values: (columns,) between 0 and 1.
        """
        group, parts, outside = self._candidates(values)
        if len(group) < 3:
            return 0
        sets, lacks = _grown(parts, outside)
        stake = lacks * np.array([self.people[group[places]].min() for places in sets])
        often = np.zeros(len(group), dtype=np.intp)
        found: list[tuple[int, ...]] = []
        for number in np.argsort(-stake, kind="stable"):
            places = sets[number]
            name = tuple(sorted(group[places].tolist()))
            if lacks[number] >= MISSED and name not in self._known and often[places].max() < EACH:
                self._known.add(name)
                often[places] += 1
                found.append(name)
            if len(found) == AT_ONCE:
                break
        self._add(found)
        return len(found)

    def _add(self, sets: list[tuple[int, ...]]) -> None:
        """Note cuts by the groups of each."""
        size = np.array([len(groups) for groups in sets], dtype=np.intp)
        pairs = (np.repeat(np.arange(len(sets)), size), [group for groups in sets for group in groups])
        members = sparse.csr_array((np.ones(size.sum()), pairs), shape=(len(sets), self.rows.shape[0]))
        factors = sparse.csr_array(members @ self.rows)
        every = factors.data > np.repeat(size, np.diff(factors.indptr)) - 0.5
        factors.data = np.where(every, 2.0, 1.0)
        self.members = sparse.csr_array(sparse.vstack([self.members, members]))
        self.factors = sparse.csr_array(sparse.vstack([self.factors, factors]))

    def dues(self, price: NDArray[np.float64]) -> Dues:
        """What every choice owes when each cut has a price, 0 or more."""
        price = np.maximum(price, 0.0)
        columns, outside = np.asarray(self.factors.T @ price), np.asarray(self.members.T @ price)
        return Dues(CUT * float(price.sum()), columns, outside)

    def _candidates(
        self, values: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
        """Groups, (groups, columns in part) what each takes of a column, and (groups,) how much is outside.

        Of groups covered by the same columns in part the one with most people stands for all.
        """
        covered = np.asarray(self.rows @ values)
        group = np.flatnonzero((covered > LEAST) & (covered < MOST))
        group = group[np.argsort(-self.people[group], kind="stable")]
        taken = np.flatnonzero(values > TAKEN)
        part = sparse.csr_array(self.rows[group][:, taken])
        ends = zip(part.indptr[:-1].tolist(), part.indptr[1:].tolist(), strict=True)
        names = [part.indices[begin:end].tobytes() for begin, end in ends]
        first = sorted({name: place for place, name in reversed(list(enumerate(names)))}.values())[:GROUPS]
        parts = part[first].toarray().astype(np.float32) * values[taken].astype(np.float32)
        return group[first], parts, np.maximum(1 - covered[group[first]], 0.0).astype(np.float32)


def _grown(parts: NDArray[np.float32], outside: NDArray[np.float32]) -> tuple[list[list[int]], NDArray[np.float64]]:
    """Sets of places of groups, and how far each cut is missed: from pairs that share about half a site.

    The group that makes a cut be missed most joins, as long as one does. parts, outside: as of the candidates.
    """
    has = (parts > 0).astype(np.float32)
    nearly = -np.abs(parts @ has.T - 0.5)
    np.fill_diagonal(nearly, -np.inf)
    count = min(NEIGHBOURS, len(parts) - 1)
    other = np.argpartition(-nearly, count - 1, axis=1)[:, :count].ravel()
    one = np.repeat(np.arange(len(parts)), count)
    apart = (one < other) & (nearly[one, other] > -0.4)
    one, other = one[apart], other[apart]
    value = parts.max(axis=0, initial=0.0)
    some, every = np.maximum(has[one], has[other]), has[one] * has[other]
    zero = outside[one] + outside[other]
    sets = [[a, b] for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    weight = np.full(len(sets), np.inf)
    growing = np.arange(len(sets))
    while len(growing) and len(sets[growing[0]]) < LONGEST:
        joins, least = np.empty(len(growing), dtype=np.intp), np.empty(len(growing))
        for begin in range(0, len(growing), BATCH):
            batch = growing[begin : begin + BATCH]
            without = (some[batch] @ value + zero[batch])[:, None] + outside[None, :]
            with_each = without + (1 - some[batch] + every[batch]) @ parts.T
            joins[begin : begin + BATCH] = with_each.argmin(axis=1)
            least[begin : begin + BATCH] = with_each.min(axis=1)
        lighter = least < weight[growing] - 1e-4
        growing, joins = growing[lighter], joins[lighter]
        weight[growing] = least[lighter]
        some[growing] = np.maximum(some[growing], has[joins])
        every[growing] *= has[joins]
        zero[growing] += outside[joins]
        for place, joined in zip(growing.tolist(), joins.tolist(), strict=True):
            sets[place].append(joined)
    return sets, CUT - weight
