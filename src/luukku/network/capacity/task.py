"""A problem with capacities made ready to solve: who can be served where, and what stands in the way of serving all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Contradiction, Fault, Impossible
from luukku.network.capacity.transport import Service, serve, trips
from luukku.network.median.savings import WITHIN, WITHOUT
from luukku.network.problem import Problem

if TYPE_CHECKING:
    from luukku.network.capacity.transport_kernels import Trips

Float64s = NDArray[np.float64]
Float32s = NDArray[np.float32]
Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Pairs of a served cell and a site that stands or may be chosen, and what serving costs.

    Everybody who is not served costs `away`. Where all must be served that is so much that whoever can be served is;
    else people served cost nothing and people turned away 1.

    sites:    (columns,) site numbers: those that stand, then the candidates; standing: (columns,) bool.
    more:     how many of the candidates may be chosen; groups: columns, at most one of each.
    people:   (rows,) of cells with people; away: cost of a person turned away.
    start:    (columns + 1,), row, cost: (pairs,) by column, rows ascending.
    row_start: (rows + 1,), column, row_cost: (pairs,) the same pairs by row, the cheapest first.
    within:   minutes within which people are served, None when all must be.
    """

    problem: Problem
    sites: NDArray[np.intp]
    standing: NDArray[np.bool_]
    more: int
    groups: list[list[int]]
    capacity: Float64s
    people: Float64s
    away: float
    start: Int64s
    row: Int32s
    cost: Float32s
    row_start: Int64s
    column: Int32s
    row_cost: Float32s
    within: float | None

    @property
    def candidates(self) -> NDArray[np.intp]:
        """The columns that may be chosen."""
        return np.flatnonzero(~self.standing)

    def opened(self, chosen: Sequence[int]) -> NDArray[np.intp]:
        """The columns that stand, then those chosen: the points of a service, in this order."""
        return np.concatenate((np.flatnonzero(self.standing), np.array(chosen, dtype=np.intp)))

    def pairs(self, chosen: Sequence[int]) -> Trips:
        """Who can go where when these columns are chosen."""
        columns = self.opened(chosen)
        place = np.full(len(self.sites), -1, dtype=np.int32)
        place[columns] = np.arange(len(columns))
        return trips(self.row_start, self.column, self.row_cost, place, len(columns))

    def served(self, chosen: Sequence[int], *, worth: Float64s | None = None, enough: float = np.inf) -> Service | None:
        """Who is served where when these columns are chosen; None as soon as that is sure to cost `enough`.

        worth: (columns,) what room may be worth: a guess that is nearly right saves time.
        """
        columns = self.opened(chosen)
        price = None if worth is None else worth[columns]
        return serve(self.pairs(chosen), self.people, self.capacity[columns], self.away, price=price, enough=enough)

    def worth(self, chosen: Sequence[int], service: Service) -> Float64s:
        """(columns,) what room is worth at the points of a service, nothing at the others."""
        worth = np.zeros(len(self.sites))
        worth[self.opened(chosen)] = service.price
        return worth

    def value(self, service: Service) -> float:
        """What a service costs, those turned away included."""
        return service.cost + self.away * service.unserved

    def allowed(self, order: Sequence[int], chosen: Sequence[int] = ()) -> list[int]:
        """The choice with the first columns of an order, as many as may be chosen, and at most one of each group."""
        kept = list(chosen)
        for column in order:
            if len(kept) >= self.more:
                break
            if column not in kept and self.fits(column, kept):
                kept.append(column)
        return sorted(kept)

    def fits(self, column: int, chosen: Sequence[int]) -> bool:
        """Whether no group of a column has another one of these columns."""
        return not any(column in group and any(other in chosen for other in group) for group in self.groups)

    def part(self, decided: NDArray[np.int8], most: Float64s | None = None) -> Task:
        """The task that is left when some candidates are WITHIN, and so stand, and some are WITHOUT.

        most: (rows,) pairs of a row that cost so much or more are left out as well, and so services that have them.
        """
        from luukku.network.capacity.kernels import nearer, renumbered

        kept = self.standing | (decided != WITHOUT)
        standing = self.standing | (decided == WITHIN)
        left, number = kept & ~standing, np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        limit = np.full(len(self.people), np.inf) if most is None else most
        start, row, cost = nearer(self.start, self.row, self.cost, limit, kept)
        row_start, column, row_cost = renumbered(self.row_start, self.column, self.row_cost, limit, number)
        return replace(
            self,
            sites=self.sites[kept],
            standing=standing[kept],
            more=self.more - int((standing & ~self.standing).sum()),
            groups=[[int(number[each]) for each in group if left[each]] for group in self.groups],
            capacity=self.capacity[kept],
            start=start[np.append(kept, True)],
            row=row,
            cost=cost,
            row_start=row_start,
            column=column,
            row_cost=row_cost,
        )


def _starts(counts: NDArray[np.integer] | NDArray[np.bool_]) -> Int64s:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def check(problem: Problem, capacity: Float64s) -> None:
    """Refuse capacities that do not fit the problem: (sites,) people each site can serve.

    Raises Contradiction when there are more or fewer than sites, BadInput for negative ones and those that are no
    numbers.
    """
    if len(capacity) != problem.times.sites:
        raise Contradiction(f"There are {len(capacity)} capacities for {problem.times.sites} sites.")
    wrong = ~(np.isfinite(capacity) & (capacity >= 0))
    if wrong.any():
        first = int(np.argmax(wrong))
        fault = Fault(
            f"{int(wrong.sum())} capacities are negative or no numbers, such as that of site {first}: "
            f"{capacity[first]}",
            "finite numbers, zero or more",
            "mend these capacities",
        )
        raise BadInput("The problem's data", [fault])


def task_of(problem: Problem, capacity: Float64s, points: int, within: float | None) -> Task:
    """The task of serving everybody from so many points, or as many as can be `within` so many minutes.

    capacity: (sites,) people each site can serve.

    Raises as `check` does, and Impossible when more points are fixed than are asked.
    """
    check(problem, capacity)
    if points < len(problem.fixed):
        fewest = len(problem.fixed)
        raise Impossible(f"{points} points were asked, but {fewest} are fixed. The fewest possible is {fewest}.")
    stand = np.array(sorted(problem.open), dtype=np.intp)
    sites = np.concatenate((stand, problem.candidates))
    every = np.array_equal(sites, np.arange(problem.times.sites))
    times = problem.times if every else problem.times.select(sites)
    by_row = times.by_cell()
    inhabited = problem.people > 0
    number = np.where(inhabited, np.cumsum(inhabited) - 1, -1).astype(np.int32)
    limit = problem.times.horizon if within is None else within
    wanted = inhabited[times.cell] & (times.minutes <= limit)
    near = np.repeat(inhabited, np.diff(by_row.start)) & (by_row.minutes <= limit)
    cost, row_cost = times.minutes[wanted], by_row.minutes[near]
    column = {int(site): place for place, site in enumerate(sites.tolist()) if place >= len(stand)}
    more = points - len(problem.fixed)
    return Task(
        problem=problem,
        sites=sites,
        standing=np.arange(len(sites)) < len(stand),
        more=more,
        groups=[[column[member] for member in sorted(group) if member in column] for group in problem.groups],
        capacity=capacity[sites].astype(np.float64),
        people=problem.people[inhabited].astype(np.float64),
        # No chain of moves visits a point twice: with the same points, to serve one more never costs so much.
        away=1.0 if within is not None else (len(sites) + 1) * max(float(cost.max(initial=0.0)), 1.0),
        start=_starts(wanted)[times.start],
        row=number[times.cell[wanted]],
        cost=cost if within is None else np.zeros_like(cost),
        row_start=_starts(near)[by_row.start][np.append(inhabited, True)],
        column=by_row.site[near],
        row_cost=row_cost if within is None else np.zeros_like(row_cost),
        within=within,
    )


def in_the_way(task: Task, everywhere: Service) -> str:
    """Why not everybody can be served; everywhere: the service with every candidate open."""
    total, room = float(task.people.sum()), float(task.capacity.sum())
    if everywhere.out_of_reach > 0:
        return f"{everywhere.out_of_reach:,.0f} of {total:,.0f} are out of reach of every given point and candidate."
    if room < total:
        return f"All given points and candidates together can serve {room:,.0f}, but there are {total:,.0f} to serve."
    sites = task.sites[everywhere.full]
    named = ", ".join(str(site) for site in sites[:10].tolist()) + (" ..." if len(sites) > 10 else "")
    return (
        f"Even with every candidate open {everywhere.unserved:,.0f} of {total:,.0f} cannot be served: those near the "
        f"{len(sites)} sites {named} have no other within reach, and these can serve "
        f"{task.capacity[everywhere.full].sum():,.0f} only."
    )


def room_of_largest(task: Task) -> float:
    """People that the standing points and as many candidates as may be chosen can serve at most."""
    most = np.sort(task.capacity[~task.standing])[::-1][: task.more].sum()
    return float(task.capacity[task.standing].sum() + most)
