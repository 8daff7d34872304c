"""What choices the base forbids: points of which not all can be open without one of them falling short.

A site falls short when the open sites nearer to its people take so many that fewer than a base are left. Closing a site
never takes people from another, so whatever includes such a set of sites is forbidden too: a cover inequality, here
lifted by all sites that take the same people (Balas 1975; Laporte & Louveaux 1993 for cutting choices off lazily).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.base import catchments
from luukku.network.base.catchments import Bools, Ground

ALIKE = 40
"""Sites looked at as standing in for a rival."""


@dataclass(frozen=True, slots=True)
class BaseCut:
    """A site and rivals: the site falls short whenever it is open with one open site of every one of the `rivals`.

    Both by column.
    """

    site: int
    rivals: tuple[tuple[int, ...], ...]


class Rivalry:
    """Who takes whom from whom among the candidates, the standing points given.

    sites:  (columns,) site numbers of the candidates that can have a base at all.
    base:   people behind every point chosen.
    """

    def __init__(self, land: Ground, standing: Bools, candidates: NDArray[np.intp], base: float) -> None:
        self.land, self.standing, self.base = land, standing, base
        reach, self.wall = catchments.alone(land, standing)
        self.short = 1e-9 * base
        self.sites = candidates[reach[candidates] >= base - self.short]
        self.reach = reach[self.sites]
        self.column = np.full(len(standing), -1)
        self.column[self.sites] = np.arange(len(self.sites))

    def cliques(self) -> list[tuple[int, ...]]:
        """Sets of columns of which at most one can be open, that together hold every two that cannot both be."""
        taken = catchments.taken_by(self.land, self.wall, self.column, len(self.sites))
        starves = self.reach[:, None] - taken < self.base - self.short
        starves |= starves.T
        np.fill_diagonal(starves, val=False)
        rivals = [set(np.flatnonzero(row).tolist()) for row in starves]
        ones, others = (side.tolist() for side in np.nonzero(np.triu(starves)))
        left = set(zip(ones, others, strict=True))
        cliques = []
        for one, other in zip(ones, others, strict=True):
            if (one, other) in left:
                clique, common = [one, other], rivals[one] & rivals[other]
                while common:
                    clique.append(max(common, key=lambda mine: (len(rivals[mine] & common), -mine)))
                    common &= rivals[clique[-1]]
                left -= {(first, second) for first in clique for second in clique}
                cliques.append(tuple(sorted(clique)))
        return cliques

    def starving(self, columns: NDArray[np.intp]) -> list[int]:
        """Which of these columns fall short of their base when all of them are open besides the standing points."""
        is_open = self.standing.copy()
        is_open[self.sites[columns]] = True
        served = catchments.choice(self.land, is_open).served[self.sites[columns]]
        return [int(column) for column in columns[served < self.base - self.short]]

    def cut(self, site: int, value: NDArray[np.float64]) -> BaseCut:
        """Why a column falls short of its base beside the others, whose values are 1 when open.

        With fractions the cut may hold for them already. The sites of value 0 are no rivals, but may stand in for one.
        """
        theft = _Theft(self, site)
        rivals = theft.minimal(theft.enough(value), value)
        return BaseCut(site, tuple(tuple(sorted(alike)) for alike in theft.lifted(rivals)))


class _Theft:
    """The people of one site and who takes them."""

    def __init__(self, rivalry: Rivalry, site: int) -> None:
        cells, row, rival = catchments.rivals_of(rivalry.land, rivalry.wall, rivalry.column, int(rivalry.sites[site]))
        self.people = np.asarray(rivalry.land.people)[cells]
        self.need = rivalry.base - rivalry.short
        shape = (len(cells), len(rivalry.sites))
        self.takes = sparse.csc_array((np.ones(len(row), dtype=np.bool_), (row, rival)), shape=shape)

    def enough(self, value: NDArray[np.float64]) -> list[int]:
        """Open rivals that together leave less than a base, each the one that takes most for what it is closed."""
        left = np.ones(len(self.people), dtype=np.bool_)
        able = value > 0
        rivals: list[int] = []
        while self.people[left].sum() >= self.need:
            takes = self.takes.T @ np.where(left, self.people, 0.0)
            worth = np.where(able, takes / (1.01 - np.minimum(value, 1.0)), 0.0)
            best = int(np.argmax(worth))
            if worth[best] <= 0:
                break
            rivals.append(best)
            left[self._rows(best)] = False
        return rivals

    def minimal(self, rivals: list[int], value: NDArray[np.float64]) -> list[int]:
        """Without those that are not needed to leave less than a base."""
        times = np.zeros(len(self.people), dtype=np.int64)
        for rival in rivals:
            times[self._rows(rival)] += 1
        kept = list(rivals)
        for rival in sorted(rivals, key=lambda rival: (value[rival], self.people[self._rows(rival)].sum())):
            rows = self._rows(rival)
            if self.people[(times == 0)].sum() + self.people[rows[times[rows] == 1]].sum() < self.need:
                times[rows] -= 1
                kept.remove(rival)
        return kept

    def lifted(self, rivals: list[int]) -> list[list[int]]:
        """With each rival those that may stand in for it: one of every list always leaves less than a base.

        What a list takes is what all of it take.
        """
        zones = [np.zeros(len(self.people), dtype=np.bool_) for _ in rivals]
        for zone, rival in zip(zones, rivals, strict=True):
            zone[self._rows(rival)] = True
        times = np.sum(zones, axis=0, dtype=np.int64) if zones else np.zeros(len(self.people), dtype=np.int64)
        lists, used = [[rival] for rival in rivals], set(rivals)
        for zone, alike in zip(zones, lists, strict=True):
            overlap = np.asarray(self.takes.T @ np.where(zone, self.people, 0.0))
            for other in np.argsort(overlap, kind="stable")[::-1][: ALIKE + len(used)].tolist():
                if other in used or overlap[other] <= 0:
                    continue
                mine = np.zeros(len(zone), dtype=np.bool_)
                mine[self._rows(other)] = True
                given_up = zone & ~mine
                if self.people[(times == 0) | (given_up & (times == 1))].sum() < self.need:
                    np.logical_and(zone, mine, out=zone)
                    times -= given_up
                    alike.append(other)
                    used.add(other)
        return lists

    def _rows(self, rival: int) -> NDArray[np.int32]:
        return self.takes.indices[self.takes.indptr[rival] : self.takes.indptr[rival + 1]]
