"""Choices of points that can serve only so many, with a bound: greedy, swaps, prices, and HiGHS for small problems.

Source of the bound: Cornuéjols, Sridharan & Thizy (1991).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.capacity_task import Task
from luukku.network.cover import most_covered
from luukku.network.highs import Programme, solve
from luukku.network.median import best_access
from luukku.network.problem import Stop
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


def chosen_candidates(task: Task, watch: Watch) -> NDArray[np.intp] | None:
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


def _roomiest(task: Task) -> NDArray[np.intp]:
    """The candidates that can serve most people, wherever they are; a start when all have to be served."""
    return task.allowed(task.column[np.argsort(-task.capacity[task.column], kind="stable")])


def _greedy(task: Task) -> NDArray[np.intp]:
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
    task: Task, best: NDArray[np.intp] | None, value: float, watch: Watch
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


def _first_prices(task: Task, best: NDArray[np.intp] | None) -> Float64s:
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
    task: Task, best: NDArray[np.intp] | None, value: float, watch: Watch
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


def _served_at(task: Task, price: Float64s, columns: NDArray[np.intp]) -> Float64s:
    """(rows,) people served by sites that each fill up with whom they save most with, as often as they do."""
    served = np.zeros(len(task.people))
    for column in columns.tolist():
        left = task.people.copy()
        _fill(task.start, task.row, task.cost, price, left, column, task.capacity[column], taking=True)
        served += task.people - left
    return served


def _swapped(task: Task, chosen: NDArray[np.intp], profits: Float64s, watch: Watch) -> NDArray[np.intp]:
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
    task: Task, best: NDArray[np.intp] | None, value: float, watch: Watch
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


def _programme(task: Task) -> Programme:
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
