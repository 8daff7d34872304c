"""A problem with capacities made ready to solve: who can be served where, and what stands in the way of serving all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Contradiction, Fault, Impossible
from luukku.network.problem import Problem
from luukku.network.transport import Service, Trips, serve, trips

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Pairs of a served cell and a site that stands or may be chosen, and what serving costs.

    sites:    (columns,) site numbers: those that stand, then the candidates; standing: (columns,) bool.
    column:   (candidates,) their columns; more: how many of them may be chosen; groups: columns, at most one of each.
    people:   (rows,) of cells with people; pairs: between rows and columns; start, row, cost: the same by column.
    within:   minutes within which people are served, None when all must be; cost: minutes, or else -1 a person served.
    """

    problem: Problem
    sites: NDArray[np.intp]
    standing: NDArray[np.bool_]
    column: NDArray[np.intp]
    more: int
    groups: list[list[int]]
    capacity: Float64s
    people: Float64s
    start: Int64s
    row: Int64s
    cost: Float64s
    within: float | None

    @property
    def may_turn_away(self) -> bool:
        """Whether not everybody has to be served."""
        return self.within is not None

    def served(self, columns: NDArray[np.intp]) -> Service:
        """Who is served where when these columns are chosen."""
        taken = np.concatenate((np.flatnonzero(self.standing), columns))
        place = np.full(len(self.sites), -1)
        place[taken] = np.arange(len(taken))
        point = place[np.repeat(np.arange(len(self.sites)), np.diff(self.start))]
        mine = point >= 0
        pairs: Trips = trips(self.row[mine], point[mine], self.cost[mine], len(self.people), len(taken))
        return serve(pairs, self.people, self.capacity[taken])

    def score(self, service: Service) -> float:
        """What a service costs, with ten times the horizon for everybody who is not served but must be."""
        wanting = 0.0 if self.may_turn_away else service.unserved
        return service.cost + 10 * self.problem.times.horizon * wanting

    def value(self, service: Service) -> float:
        """What a service costs; infinite when somebody is not served who must be."""
        if self.may_turn_away or service.unserved <= 1e-9 * self.people.sum():
            return service.cost
        return np.inf

    def crowd(self, columns: NDArray[np.intp]) -> float:
        """The share of people who find no room at the cheapest of these columns."""
        taken = self.standing.copy()
        taken[columns] = True
        of = np.repeat(np.arange(len(self.sites)), np.diff(self.start))
        pairs = np.flatnonzero(taken[of])
        order = pairs[np.lexsort((self.cost[pairs], self.row[pairs]))]
        first = order[np.unique(self.row[order], return_index=True)[1]]
        load = np.bincount(of[first], weights=self.people[self.row[first]], minlength=len(self.sites))
        return float(np.maximum(load - self.capacity, 0.0).sum() / max(self.people.sum(), 1e-9))

    def allowed(self, order: NDArray[np.intp]) -> NDArray[np.intp]:
        """The first columns of an order, as many as may be chosen, and at most one of each group."""
        kept: list[int] = []
        for column in order.tolist():
            if len(kept) < self.more and not any(column in group and set(kept) & set(group) for group in self.groups):
                kept.append(column)
        return np.array(sorted(kept), dtype=np.intp)


def check(problem: Problem, capacity: Float64s) -> None:
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
    check(problem, capacity)
    if points < len(problem.fixed):
        fewest = len(problem.fixed)
        raise Impossible(f"{points} points were asked, but {fewest} are fixed. The fewest possible is {fewest}.")
    stand = np.array(sorted(problem.open), dtype=np.intp)
    sites = np.concatenate((stand, problem.candidates))
    chosen = problem.times.select(sites)
    site = np.repeat(np.arange(len(sites)), np.diff(chosen.start))
    cell, minutes = np.asarray(chosen.cell), np.asarray(chosen.minutes, dtype=np.float64)
    wanted = (problem.people[cell] > 0) & (minutes <= (problem.times.horizon if within is None else within))
    row = np.full(chosen.cells, -1)
    inhabited = problem.people > 0
    row[inhabited] = np.arange(int(inhabited.sum()))
    column = {int(number): place for place, number in enumerate(sites.tolist()) if place >= len(stand)}
    counts = np.bincount(site[wanted], minlength=len(sites))
    return Task(
        problem=problem,
        sites=sites,
        standing=np.arange(len(sites)) < len(stand),
        column=np.arange(len(stand), len(sites)),
        more=points - len(problem.fixed),
        groups=[[column[member] for member in sorted(group) if member in column] for group in problem.groups],
        capacity=capacity[sites].astype(np.float64),
        people=problem.people[inhabited].astype(np.float64),
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        row=row[cell[wanted]].astype(np.int64),
        cost=minutes[wanted] if within is None else np.full(int(wanted.sum()), -1.0),
        within=within,
    )


def in_the_way(task: Task, everywhere: Service) -> str:
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
    return float(np.sort(task.capacity[task.column])[::-1][: task.more].sum())
