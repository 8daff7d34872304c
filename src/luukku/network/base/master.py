"""Covering in which every chosen point keeps its base, as a programme that learns what is forbidden.

A choice that leaves points short of their base is met, told by `cuts`, and cut off; everything else is maximal covering
(Church & ReVelle 1974).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network import tally
from luukku.network.base import catchments
from luukku.network.base.cuts import BaseCut, Rivalry
from luukku.network.base.search import BaseSearch
from luukku.network.highs import Programme
from luukku.network.problem import Problem
from luukku.network.reduce import CoverSets, cover_sets

Reading = Literal["nearest", "within"]
"""How a base is counted: people for whom the point is the nearest, or people who live within the limit of it."""

THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def people_within(problem: Problem, within: float) -> NDArray[np.float64]:
    """(sites,) people who live within so many minutes of each site."""
    pairs, people = tally.pairs_by_site(problem.times), tally.still(problem.people, np.float64)
    return tally.people_within(pairs, people, np.float32(within))


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """The covering that is left once the standing points are given and who can never have a base is out.

    sets: by the candidates that can have a base; rivalry: who takes whom; search: over the same candidates;
    more: points that may be chosen, None for any number; base: 0 when nothing is left to see to.
    """

    sets: CoverSets
    rivalry: Rivalry
    search: BaseSearch
    more: int | None
    base: float
    groups: list[tuple[int, ...]]

    @classmethod
    def of(cls, problem: Problem, within: float, base: float, more: int | None, reading: Reading) -> Task:
        """The task of a problem with a limit of `within` minutes; Contradiction for one beyond the travel times."""
        sites = problem.times.sites
        every = cover_sets(problem, within)  # refuses a limit beyond the travel times
        if reading == "within":
            has = people_within(problem, within)
            candidates, base = every.sites[has[every.sites] >= base * (1 - 1e-9)], 0.0
        else:
            candidates = every.sites
        land = catchments.ground(problem, within)
        standing = np.zeros(sites, dtype=np.bool_)
        standing[list(problem.open)] = True
        rivalry = Rivalry(land, standing, candidates, base)
        may = np.zeros(sites, dtype=np.bool_)
        may[rivalry.sites] = True
        never = frozenset(every.sites[~may[every.sites]].tolist())
        sets = cover_sets(replace(problem, closed=problem.closed | never), within)
        groups = [tuple(sorted(int(rivalry.column[site]) for site in group if may[site])) for group in problem.groups]
        search = BaseSearch(land, may=may, standing=standing, base=base, most=more, groups=problem.groups)
        return cls(sets, rivalry, search, more, base, [group for group in groups if len(group) > 1])


@dataclass(slots=True)
class Master:
    """Covering with what the base forbids, as far as it is known.

    Columns: sites, then groups left outside, then one for every list of sites that may stand in for one another: at
    least as great as each of them.
    """

    task: Task
    packings: list[tuple[int, ...]]
    cuts: list[BaseCut] = field(default_factory=list)

    def programme(self) -> Programme:
        """Fewest people outside, in thousands."""
        sets, more = self.task.sets, self.task.more
        groups, columns = sets.rows.shape
        of = {alike: columns + groups + number for number, alike in enumerate(self._lists())}
        entries: list[tuple[int, float]] = []
        starts, upper = [0], []

        def row(items: list[tuple[int, float]], most: float) -> None:
            entries.extend(items)
            starts.append(len(entries))
            upper.append(most)

        for packing in self.packings:
            row([(column, 1.0) for column in packing], 1.0)
        for alike, column in of.items():
            for member in alike:
                row([(member, 1.0), (column, -1.0)], 0.0)
        for cut in self.cuts:
            rivals = [of[alike] if len(alike) > 1 else alike[0] for alike in cut.rivals]
            row([(column, 1.0) for column in (cut.site, *rivals)], float(len(rivals)))
        if more is not None:
            row([(column, 1.0) for column in range(columns)], float(more))
        width = columns + groups + len(of)
        index, value = [column for column, _ in entries], [number for _, number in entries]
        packed = sparse.csr_array((np.array(value), np.array(index, dtype=np.int64), starts), (len(upper), width))
        cover = sparse.hstack([sets.rows, sparse.eye_array(groups), sparse.csr_array((groups, len(of)))])
        return Programme(
            cost=np.concatenate((np.zeros(columns), sets.people / THOUSAND, np.zeros(len(of)))),
            upper=np.ones(width),
            rows=sparse.csr_array(sparse.vstack([cover, packed])),
            row_lower=np.concatenate((np.ones(groups), np.full(len(upper), -np.inf))),
            row_upper=np.concatenate((np.full(groups, np.inf), upper)),
            whole=columns,
        )

    def forbid(self, columns: NDArray[np.intp]) -> bool:
        """Cut off a choice in which some fall short of their base, for each of them; whether there are any."""
        rivalry = self.task.rivalry
        value = np.zeros(len(rivalry.sites))
        value[columns] = 1.0
        starving, known = rivalry.starving(columns), set(self.cuts)
        self.cuts += [cut for column in starving if (cut := rivalry.cut(column, value)) not in known]
        return len(starving) > 0

    def start(self, columns: NDArray[np.intp]) -> NDArray[np.float64]:
        """The values of all columns of the programme for a choice of sites."""
        sets = self.task.sets
        taken = np.zeros(len(sets.sites))
        taken[columns] = 1.0
        lists = [float(taken[list(alike)].max()) for alike in self._lists()]
        return np.concatenate((taken, np.asarray(sets.rows @ taken == 0, dtype=np.float64), lists))

    def _lists(self) -> list[tuple[int, ...]]:
        return sorted({alike for cut in self.cuts for alike in cut.rivals if len(alike) > 1})

    def outside(self, columns: NDArray[np.intp]) -> float:
        """People whom the chosen columns leave outside, of those that some column could cover."""
        covers = np.asarray(self.task.sets.rows[:, columns].sum(axis=1)).ravel()
        return float(self.task.sets.people[covers == 0].sum())

    def without_idle(self, columns: NDArray[np.intp]) -> NDArray[np.intp]:
        """The columns without those whose people others cover too; closing a point starves nobody."""
        rows = sparse.csc_array(self.task.sets.rows)
        times = np.asarray(rows[:, columns].sum(axis=1)).ravel()
        kept = []
        for column in sorted(columns.tolist(), key=lambda column: (self.task.rivalry.reach[column], column)):
            mine = rows.indices[rows.indptr[column] : rows.indptr[column + 1]]
            if (times[mine] > 1).all():
                times[mine] -= 1
            else:
                kept.append(column)
        return np.array(sorted(kept), dtype=np.intp)
