"""Points that can serve only so many visits a week: least person-minutes, or most people served, within capacities.

Capacitated p-median and capacitated maximal covering (Pirkul & Schilling 1991). Whoever plans decides who is served
where: a cell may be split between points, and not everybody is served at the nearest one; `service` tells how many are
not. Bounds: letting go that every cell is served once (Cornuéjols, Sridharan & Thizy 1991), where each candidate fills
up with whom it serves best; small problems are settled by HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import BadInput, Contradiction, Fault, Impossible
from luukku.network.cover import most_covered
from luukku.network.highs import Programme, solve
from luukku.network.median import best_access
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.transport import Service, Trips, serve, trips
from luukku.network.watch import Watch

Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]

SETTLED = 60_000
"""Pairs of a cell and a site up to which HiGHS settles the problem."""
SWEEPS = 400
"""Price adjustments at most."""
TRY_AFTER = (10, 40, 80, 120, 160, 200, 300)
"""Adjustments after which the relaxed choice is tried."""
CROWD = 0.3
"""Share of people without room at the nearest point above which a choice is hardly good, and long to work out."""
EASIER = 0.25
"""Share of the time for the problem without capacities, where HiGHS does not settle the one with them."""
TRIES = 2_000_000
"""Pairs of a cell and a site looked at while swapping from one choice."""
NEIGHBOURS = 8
"""Points and candidates that are swapped for one another."""
ROUND = 10
"""Adjustments after which a step that no longer helps is shortened."""
THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def best_access_within_capacity(
    problem: Problem, capacity: Float64s, *, points: int, stop: Stop = ONE_MINUTE
) -> Solution:
    """The least person-minutes with at most `points` points that serve everybody within their capacities.

    capacity: (sites,) people (or visits a week, when the problem's people are visits) each site can serve at most.

    The fixed points are among the `points`, the free ones are not; both serve within their capacities.

    Raises Impossible, with what is in the way, when not everybody can be served, BadInput for capacities that are
    negative or no numbers.
    """
    task = _task(problem, capacity, points, None)
    total = float(problem.people.sum())
    watch = Watch(stop)
    chosen = _chosen(task, watch)
    if chosen is None:
        everywhere = task.served(task.column)
        if everywhere.unserved > 1e-9 * total:
            raise Impossible(_in_the_way(task, everywhere))
        largest = np.sort(task.capacity[task.standing])[::-1].sum() + _largest(task)
        raise Impossible(
            f"No {points} points were found that can serve everybody. The {points} with the most capacity, and those "
            f"that stand anyway, can serve {largest:,.0f} of {total:,.0f}; all places together can serve everybody."
        )
    return watch.solution([*problem.fixed, *chosen.tolist()], "Capacitated p-median by prices and HiGHS")


def most_served_within_capacity(
    problem: Problem, capacity: Float64s, *, within: float, points: int, stop: Stop = ONE_MINUTE
) -> Solution:
    """The most people served within `within` minutes by at most `points` points and within their capacities.

    capacity: (sites,) people (or visits a week, when the problem's people are visits) each site can serve at most.

    Raises Impossible when more points are fixed than asked, BadInput for capacities that are negative or no numbers,
    Contradiction for a limit beyond the travel times.
    """
    if not 0 < within <= problem.times.horizon:
        raise Contradiction(
            f"The limit is {within:g} minutes, but the travel times are known from 0 to {problem.times.horizon:g} "
            "minutes only."
        )
    task = _task(problem, capacity, points, within)
    watch = Watch(_counting_down(stop))
    chosen = _chosen(task, watch)
    assert chosen is not None
    solution = watch.solution([*problem.fixed, *chosen.tolist()], "Capacitated maximal covering by prices and HiGHS")
    return replace(solution, objective=0.0 - solution.objective, bound=0.0 - solution.bound)


def service(problem: Problem, sites: tuple[int, ...], capacity: Float64s, *, within: float | None = None) -> Service:
    """Who is served where by these points and the free ones: loads in the order of the sites, then of the free ones.

    within: serve nobody farther than this; None serves up to the horizon. Least person-minutes in either case.
    """
    _check(problem, capacity)
    points = [*sites, *sorted(problem.free)]
    chosen = problem.times.select(np.array(points, dtype=np.intp))
    point = np.repeat(np.arange(len(points)), np.diff(chosen.start))
    minutes = np.asarray(chosen.minutes, dtype=np.float64)
    near = minutes <= (problem.times.horizon if within is None else within)
    pairs = trips(np.asarray(chosen.cell)[near], point[near], minutes[near], chosen.cells, len(points))
    return serve(pairs, problem.people, capacity[points].astype(np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
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


def _check(problem: Problem, capacity: Float64s) -> None:
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


def _task(problem: Problem, capacity: Float64s, points: int, within: float | None) -> _Task:
    _check(problem, capacity)
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
    return _Task(
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


def _in_the_way(task: _Task, everywhere: Service) -> str:
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


def _largest(task: _Task) -> float:
    return float(np.sort(task.capacity[task.column])[::-1][: task.more].sum())


def _chosen(task: _Task, watch: Watch) -> NDArray[np.intp] | None:
    """Site numbers of the best choice of candidates found; None when none serves all who must be served."""
    best: NDArray[np.intp] | None = None
    value = np.inf
    for start in (_greedy, _roomiest):
        choice = start(task)
        cost = task.value(task.served(choice))
        if cost < value:
            best, value = choice, cost
            break
    decided = task.more == 0 or not len(task.column)
    if decided and best is None:
        return None
    lowest = -float(task.people.sum()) if task.may_turn_away else 0.0
    watch.improve(value=value if best is not None else None, bound=value if decided else lowest)
    if watch.why:
        return None if best is None else task.sites[best]
    if len(task.row) <= SETTLED:
        best, value = _settled(task, best, value, watch)
    else:
        best, value = _priced(task, best, value, watch)
    return task.sites[best] if best is not None and np.isfinite(value) else None


def _counting_down(stop: Stop) -> Stop:
    """The same limits for a search for the least of what is told as the most."""
    tell = stop.tell
    if tell is None:
        return stop

    def turned(progress: Progress) -> None:
        signed = [None if number is None else -number for number in (progress.value, progress.bound)]
        tell(Progress(progress.seconds, *signed))

    return replace(stop, tell=turned)


def _roomiest(task: _Task) -> NDArray[np.intp]:
    """The candidates that can serve most people, wherever they are; a start when all have to be served."""
    return task.allowed(task.column[np.argsort(-task.capacity[task.column], kind="stable")])


def _greedy(task: _Task) -> NDArray[np.intp]:
    """Candidates that each, in turn, save most with what they can serve of those nobody serves yet; a start."""
    most = 0.0 if task.may_turn_away else float(task.problem.times.horizon) + 1
    worst, left = np.full(len(task.people), most), task.people.copy()
    order: list[int] = []
    for column in np.flatnonzero(task.standing).tolist():
        _fill(task.start, task.row, task.cost, worst, left, column, task.capacity[column], taking=True)
    open_ = set(task.column.tolist())
    worth = np.full(len(task.sites), np.inf)
    while open_ and len(order) < task.more:
        while True:  # what a candidate can save only shrinks (Minoux 1978)
            column = max(open_, key=lambda column: (worth[column], -column))
            before = worth[column]
            worth[column] = _fill(
                task.start, task.row, task.cost, worst, left, column, task.capacity[column], taking=False
            )
            if worth[column] >= before or all(worth[column] >= worth[other] for other in open_):
                break
        if worth[column] <= 0:
            break
        _fill(task.start, task.row, task.cost, worst, left, column, task.capacity[column], taking=True)
        order.append(column)
        open_.discard(column)
        for group in task.groups:
            if column in group:
                open_ -= set(group)
    return np.array(sorted(order), dtype=np.intp)


@njit(cache=True, nogil=True)
def _fill(  # noqa: PLR0917 - what is compiled takes arrays
    start: Int64s,
    row: Int64s,
    cost: Float64s,
    price: Float64s,
    left: Float64s,
    column: int,
    room: float,
    taking: bool,
) -> float:
    """Fill a site with the people worth most at the prices; what that is worth. Taking leaves them no longer left.

    There is nothing to choose, and nothing to sort, when there is room for all who are worth anything.
    """
    pairs, count, wishing = np.empty(start[column + 1] - start[column], np.int64), 0, 0.0
    for pair in range(start[column], start[column + 1]):
        if price[row[pair]] > cost[pair] and left[row[pair]] > 0.0:
            pairs[count] = pair
            wishing += left[row[pair]]
            count += 1
    worth = np.empty(count)
    for number in range(count):
        worth[number] = price[row[pairs[number]]] - cost[pairs[number]]
    order = np.arange(count) if wishing <= room else np.argsort(-worth)
    total = 0.0
    for number in order:
        if room <= 0.0:
            break
        which = row[pairs[number]]
        some = min(left[which], room)
        room -= some
        total += some * worth[number]
        if taking:
            left[which] -= some
    return total


@njit(cache=True, nogil=True)
def _profits(  # noqa: PLR0917 - what is compiled takes arrays
    start: Int64s, row: Int64s, cost: Float64s, price: Float64s, people: Float64s, capacity: Float64s
) -> Float64s:
    """(columns,) what each site saves at the prices of serving one person of each row."""
    profits = np.zeros(len(capacity))
    for column in range(len(capacity)):
        profits[column] = _fill(start, row, cost, price, people, column, capacity[column], False)
    return profits


def _without_capacities(
    task: _Task, best: NDArray[np.intp] | None, value: float, watch: Watch
) -> tuple[NDArray[np.intp] | None, float]:
    """Try the choice that would be best without capacities and groups; what it then is worth bounds all others."""
    problem = replace(task.problem, groups=())
    points = len(problem.fixed) + min(task.more, len(problem.candidates))
    stop = Stop(seconds=watch.left * EASIER, asked=watch.stop.asked)
    if task.within is None:
        found = best_access(problem, points=points, stop=stop)
        watch.improve(bound=found.bound)
    else:
        found = most_covered(problem, within=task.within, points=points, stop=stop)
        watch.improve(bound=-found.bound)
    choice = task.allowed(task.column[np.isin(task.sites[task.column], found.sites)])
    if watch.why is None and task.crowd(choice) < CROWD and (cost := task.value(task.served(choice))) < value:
        best, value = choice, cost
        watch.improve(value=cost)
    return best, value


def _first_prices(task: _Task, best: NDArray[np.intp] | None) -> Float64s:
    """(rows,) a little over what the trip to the nearest point of a choice takes, all candidates when there is none."""
    if task.may_turn_away:
        return np.full(len(task.people), -0.5)
    taken = task.standing.copy()
    taken[best if best is not None else task.column] = True
    mine = np.repeat(taken, np.diff(task.start))
    near = np.full(len(task.people), float(task.problem.times.horizon))
    np.minimum.at(near, task.row[mine], task.cost[mine])
    return 1.25 * near + 1.0


def _priced(
    task: _Task, best: NDArray[np.intp] | None, value: float, watch: Watch
) -> tuple[NDArray[np.intp] | None, float]:
    """Adjust the price of serving each cell until the bound helps no more, trying what is chosen at the prices.

    People times their prices, less what standing sites and the best candidates save at them, are a lower bound.
    """
    best, value = _without_capacities(task, best, value, watch)
    people = task.people
    lowest, highest = (-1.0, 0.0) if task.may_turn_away else (0.0, np.inf)
    price = _first_prices(task, best)
    bound_best, price_best = -np.inf, price.copy()
    step, reference, direction = 1.0, -np.inf, np.zeros(len(people))
    for sweep in range(SWEEPS):
        profits = _profits(task.start, task.row, task.cost, price, people, task.capacity)
        order = task.column[np.argsort(-profits[task.column], kind="stable")]
        some = order[: task.more]
        bound = float(people @ price - profits[task.standing].sum() - profits[some].sum())
        if bound > bound_best:
            bound_best, price_best = bound, price.copy()
            watch.improve(bound=bound)
        if sweep in TRY_AFTER and (best is None or task.crowd(task.allowed(order)) < CROWD):
            for begin in (task.allowed(order), *([best] if best is not None and sweep == TRY_AFTER[0] else [])):
                choice = _swapped(task, begin, profits, watch)
                cost = task.value(task.served(choice))
                if cost < value:
                    best, value = choice, cost
                    watch.improve(value=cost)
        if watch.why or step < 5e-3:
            break
        if sweep % ROUND == ROUND - 1:
            if bound_best - reference < 0.03 * (min(value, 2 * abs(bound_best) + 1) - bound_best):
                step *= 0.6
                price, direction = price_best.copy(), np.zeros(len(people))
            reference = bound_best
        served = _served_at(task, price, np.concatenate((np.flatnonzero(task.standing), some)))
        missing = (people - served) / people
        direction = 0.7 * missing + 0.3 * direction
        length = max(float(people @ direction**2), 1e-12)
        target = value if np.isfinite(value) else 1.1 * abs(bound_best) + 1.0
        price = np.clip(price + step * (target - bound) / length * direction, lowest, highest)
    return best, value


def _served_at(task: _Task, price: Float64s, columns: NDArray[np.intp]) -> Float64s:
    """(rows,) people served by sites that each fill up with whom they save most with, as often as they do."""
    served = np.zeros(len(task.people))
    for column in columns.tolist():
        left = task.people.copy()
        _fill(task.start, task.row, task.cost, price, left, column, task.capacity[column], taking=True)
        served += task.people - left
    return served


def _swapped(task: _Task, chosen: NDArray[np.intp], profits: Float64s, watch: Watch) -> NDArray[np.intp]:
    """Swap those that save least at the prices for others that save most, as long as that helps (Teitz & Bart 1968)."""
    score, tries = task.score(task.served(chosen)), TRIES // max(len(task.row), 1)
    better = True
    while better and tries > 0 and watch.why is None:
        better = False
        inside = chosen[np.argsort(profits[chosen], kind="stable")][:NEIGHBOURS]
        others = np.setdiff1d(task.column, chosen)
        outside = others[np.argsort(-profits[others], kind="stable")][:NEIGHBOURS]
        for out, into in product(inside.tolist(), outside.tolist()):
            tries -= 1
            if tries < 0 or watch.why:
                break
            first = np.append(chosen[chosen != out], into)
            choice = task.allowed(first)
            if len(choice) == len(first) and (found := task.score(task.served(choice))) < score:
                chosen, score, better = choice, found, True
                break
    return chosen


def _settled(
    task: _Task, best: NDArray[np.intp] | None, value: float, watch: Watch
) -> tuple[NDArray[np.intp] | None, float]:
    """The best choice, or the proof that none is better, by branch and bound over sites and who is served where."""

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=THOUSAND * bound)
        return watch.why is not None

    answer = solve(_programme(task), seconds=watch.left, tell=hear)
    if answer.values is not None:
        chosen = task.column[answer.values[: len(task.column)] > 0.5]
        cost = task.value(task.served(chosen))
        if cost < value:
            best, value = chosen, cost
            watch.improve(value=value)
    if answer.infeasible:
        return None, np.inf
    if answer.complete and abs(THOUSAND * answer.cost - value) <= 1e-6 * max(abs(value), 1.0):
        watch.improve(bound=value)
    elif np.isfinite(answer.bound):
        watch.improve(bound=THOUSAND * answer.bound)
    return best, value


def _programme(task: _Task) -> Programme:
    """Columns: candidates, then people of a pair served there (share of the cell), then shares turned away."""
    rows, candidates, pairs = len(task.people), len(task.column), len(task.row)
    of = np.repeat(np.arange(len(task.sites)), np.diff(task.start))
    turned = rows if task.may_turn_away else 0
    width = candidates + pairs + turned
    x = candidates + np.arange(pairs)
    weight = task.people[task.row]
    away = np.arange(turned)

    def block(value: Float64s, row: NDArray[np.integer], column: NDArray[np.integer], height: int) -> sparse.csr_array:
        return sparse.csr_array((value, (row, column)), shape=(height, width))

    everybody = block(np.ones(pairs + turned), np.append(task.row, away), np.append(x, candidates + pairs + away), rows)
    first = len(task.sites) - candidates
    room = block(
        np.append(weight, -task.capacity[task.column]) / THOUSAND,
        np.append(of, task.column),
        np.append(x, np.arange(candidates)),
        len(task.sites),
    )
    loose = np.flatnonzero(of >= first)
    linked = block(
        np.append(np.ones(len(loose)), -np.ones(len(loose))),
        np.tile(np.arange(len(loose)), 2),
        np.append(x[loose], of[loose] - first),
        len(loose),
    )
    limits = [list(range(candidates)), *[[member - first for member in group] for group in task.groups]]
    counts = block(
        np.ones(sum(map(len, limits))),
        np.repeat(np.arange(len(limits)), [len(limit) for limit in limits]),
        np.array([column for limit in limits for column in limit], dtype=np.int64),
        len(limits),
    )
    standing = np.where(task.standing, task.capacity, 0.0) / THOUSAND
    return Programme(
        cost=np.concatenate((np.zeros(candidates), weight * task.cost / THOUSAND, np.zeros(turned))),
        upper=np.ones(width),
        rows=sparse.csr_array(sparse.vstack([everybody, room, linked, counts])),
        row_lower=np.concatenate((np.ones(rows), np.full(len(task.sites) + len(loose) + len(limits), -np.inf))),
        row_upper=np.concatenate(
            (np.ones(rows), standing, np.zeros(len(loose)), [float(task.more)], np.ones(len(limits) - 1))
        ),
        whole=candidates,
    )
