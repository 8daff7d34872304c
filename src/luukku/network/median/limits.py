"""What limits a choice of sites: how many, or what they cost, and of which sets at most one may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.problem import Problem

ROUNDING = 1e-9
"""Share of the room by which a sum of costs may be above it."""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """The costs of columns, the room for them, and groups of columns of which at most one may be chosen.

    cost:        (columns,) float64, 1 each when points are counted.
    room:        what the chosen columns may cost together.
    group_start, group: the groups of each column in compressed rows; groups: how many there are.
    first_group: (columns,) int32, one of each column's groups, -1 for none: what a relaxation keeps of them.
    counted:     whether points are counted and there are no groups.
    needed:      (columns,) int32, the set of which each column is one, -1 for none: of every set at least one has to be
                 chosen, as a branch says; needs: how many sets there are. Only where points are counted.
    """

    cost: NDArray[np.float64]
    room: float
    group_start: NDArray[np.int64]
    group: NDArray[np.int32]
    groups: int
    first_group: NDArray[np.int32]
    counted: bool
    needed: NDArray[np.int32]
    needs: int = 0

    @property
    def most(self) -> float:
        """The room, with what rounding may add."""
        return self.room + ROUNDING * max(self.room, 1.0)

    def groups_of(self, column: int) -> list[int]:
        """The groups that a column is in."""
        members: list[int] = self.group[self.group_start[column] : self.group_start[column + 1]].tolist()
        return members

    def allows(self, columns: Sequence[int]) -> bool:
        """Whether these columns may be chosen together."""
        inside = [group for column in columns for group in self.groups_of(column)]
        return len(set(inside)) == len(inside) and float(self.cost[list(columns)].sum()) <= self.most

    def filled(self, columns: Sequence[int], more: Sequence[int]) -> list[int]:
        """The columns, and of the others, in the order given, those that may join them."""
        chosen, taken = list(columns), set(columns)
        spent = float(self.cost[chosen].sum())
        crowded = {group for column in chosen for group in self.groups_of(column)}
        for column in more:
            groups = self.groups_of(column)
            if column not in taken and spent + self.cost[column] <= self.most and crowded.isdisjoint(groups):
                chosen.append(column)
                taken.add(column)
                crowded.update(groups)
                spent += float(self.cost[column])
        return chosen

    def completed(self, decided: NDArray[np.int8]) -> bool:
        """Rule out what the columns chosen so far leave no room for; False when they cannot be chosen together.

        decided: (columns,) FREE, WITHIN or WITHOUT, changed in place.
        """
        chosen = np.flatnonzero(decided == WITHIN)
        if not self.allows(chosen.tolist()):
            return False
        left = self.most - float(self.cost[chosen].sum())
        decided[(decided == FREE) & (self.cost > left)] = WITHOUT
        if self.groups:
            crowded = np.zeros(self.groups, dtype=np.bool_)
            for column in chosen.tolist():
                crowded[self.groups_of(column)] = True
            member = np.repeat(np.arange(len(self.cost)), np.diff(self.group_start))
            beside = member[crowded[self.group]]
            decided[beside[decided[beside] == FREE]] = WITHOUT
        return self.needs == 0 or self._met(decided)

    def _met(self, decided: NDArray[np.int8]) -> bool:
        """Decide what the needed sets leave no choice about; False when they cannot be met."""
        inside = self.needed >= 0
        while True:
            met = np.bincount(self.needed[inside & (decided == WITHIN)], minlength=self.needs) > 0
            free = np.bincount(self.needed[inside & (decided == FREE)], minlength=self.needs)
            room = round(self.room) - int((decided == WITHIN).sum())
            if (free[~met] == 0).any() or (~met).sum() > room:
                return False
            wanted = np.append(~met, False)[self.needed]  # -1 is the one appended
            if (~met).sum() == room:
                decided[(decided == FREE) & ~wanted] = WITHOUT
            single = np.append(~met & (free == 1), False)[self.needed] & (decided == FREE)
            if not single.any():
                return True
            decided[single] = WITHIN

    def left(self, decided: NDArray[np.int8]) -> Limits:
        """The limits of the undecided columns once the chosen ones have taken their room."""
        columns = np.flatnonzero(decided == FREE)
        counts = np.diff(self.group_start)
        free = np.repeat(decided == FREE, counts)
        met = np.isin(self.needed, self.needed[decided == WITHIN])
        needs, needed = np.unique(np.where(met, -1, self.needed)[columns], return_inverse=True)
        outside = int(len(needs) > 0 and needs[0] < 0)
        return Limits(
            cost=self.cost[columns],
            room=self.room - float(self.cost[decided == WITHIN].sum()),
            group_start=np.concatenate(([0], np.cumsum(counts[columns]))).astype(np.int64),
            group=self.group[free],
            groups=self.groups,
            first_group=self.first_group[columns],
            counted=self.counted,
            needed=(needed - outside).astype(np.int32),
            needs=len(needs) - outside,
        )


def limits(problem: Problem, sites: NDArray[np.intp], *, points: int | None, budget: float | None) -> Limits:
    """The limits of candidates, given by their site numbers, beside the fixed points."""
    if budget is None:
        cost, room = np.ones(len(sites)), float((points or 0) - len(problem.fixed))
    else:
        price = problem.price
        cost, room = price[sites], budget - float(price[list(problem.fixed)].sum())
    column = {site: number for number, site in enumerate(sites.tolist())}
    groups = [[column[site] for site in sorted(group) if site in column] for group in problem.groups]
    groups = [members for members in groups if len(members) > 1]
    inside: list[list[int]] = [[] for _ in sites]
    for number, members in enumerate(groups):
        for member in members:
            inside[member].append(number)
    return Limits(
        cost=cost,
        room=max(room, 0.0),
        group_start=np.concatenate(([0], np.cumsum([len(each) for each in inside]))).astype(np.int64),
        group=np.array([number for each in inside for number in each], dtype=np.int32),
        groups=len(groups),
        first_group=np.array([each[0] if each else -1 for each in inside], dtype=np.int32),
        counted=budget is None and not groups,
        needed=np.full(len(sites), -1, dtype=np.int32),
    )
