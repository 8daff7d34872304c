"""The most people covered with so many points, or for so much money: maximal covering.

Source: Church & ReVelle (1974). Reduce (`model`), choose well by swaps (`search`), bound by prices
(`prices`), decide by the bound what a better choice cannot afford, bound what is wide open by the linear relaxation
with cuts (`relaxation`, `cuts`), and branch on the rest (`branching`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Contradiction, Impossible
from luukku.network.coverage.branching import branched
from luukku.network.coverage.model import Best, Coverage, coverage, decided
from luukku.network.coverage.prices import Prices, priced
from luukku.network.coverage.relaxation import relaxed, wide
from luukku.network.coverage.search import greedy, searched
from luukku.network.highs import Programme, solve
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.watch import Watch

CENT = 1e-9
"""Share of a budget by which rounding may let the prices exceed it."""
ROUNDS = 1_000
"""Rounds of swaps between two looks at the clock."""
IN_VAIN = 10
"""So many looks in a row without a better choice end a search."""
OTHERS = 10_000
"""Seed of the first search while the relaxation is solved, beyond those of the searches before."""
LESS = 0.9
"""Prices are adjusted anew when what they decided leaves less than this share of the covering."""
KEPT = 8
"""The newest prices that give the tree its first cuts."""


def most_covered(
    problem: Problem,
    *,
    within: float,
    points: int | None = None,
    budget: float | None = None,
    start: Sequence[int] = (),
    stop: Stop = ONE_MINUTE,
) -> Solution:
    """The most people within `within` minutes of `points` points, or of points whose prices the `budget` pays.

    Exactly one of the two is given. The fixed points are among the points and paid from the budget, the free ones are
    neither. A budget is in the unit of the problem's costs; what exists or is free takes nothing of it. When fewer
    points already cover everybody whom any point could, the rest of `points` are those that reach most people.

    start: site numbers of a choice known to be good; what the limits do not allow is left out.

    Raises Impossible when there are not so many candidates, or the fixed points are more or dearer; Contradiction when
    both or neither are given, or the problem has no costs for a budget.
    """
    watch = Watch(stop, most=True)
    given = sorted(problem.fixed)
    if (points is None) == (budget is None):
        raise Contradiction("Either a number of points or a budget has to be given.")
    if points is not None:
        check_points(problem, points)
        price, room = np.ones(problem.times.sites), float(points - len(given))
    else:
        price = problem.price
        room = _room(budget or 0.0, float(price[given].sum()))
    data = coverage(problem, within, price, room)
    chosen = _most(data, watch, start)
    if points is not None:
        chosen += _reaching_most(problem, within, chosen, points - len(given) - len(chosen))
    return watch.solution(
        [*given, *chosen], "Maximal covering by swaps, Lagrangian prices and Benders cuts (Cordeau et al. 2019)"
    )


def check_points(problem: Problem, points: int) -> None:
    """Raises Impossible when `points` is fewer than the fixed points or more than there can be."""
    fixed, candidates = len(problem.fixed), problem.candidates
    if points < fixed:
        raise Impossible(f"{points} points were asked, but {fixed} are fixed. The fewest possible is {fixed}.")
    if points > fixed + len(candidates):
        raise Impossible(
            f"{points} points were asked, but there are {fixed + len(candidates)} places: {fixed} fixed and "
            f"{len(candidates)} candidates. The most possible is {fixed + len(candidates)}."
        )
    if problem.groups and points > fixed + (places := len(_side_by_side(problem, []))):
        raise Impossible(
            f"{points} points were asked, but of the {len(candidates)} candidates only {places} can be chosen side by "
            f"side, and {fixed} points are fixed. The most possible is {fixed + places}."
        )


def _room(budget: float, fixed: float) -> float:
    """What a budget leaves beside the fixed points."""
    if not (math.isfinite(budget) and budget >= 0):
        raise Contradiction(f"The budget is {budget:g}; it has to be a number, zero or more.")
    if fixed > budget * (1 + CENT):
        raise Impossible(f"The budget is {budget:g}, but the fixed points cost {fixed:g}. That is the least possible.")
    return max(budget * (1 + CENT) - fixed, 0.0)


def _most(data: Coverage, watch: Watch, start: Sequence[int]) -> list[int]:
    """Site numbers of a choice that covers the most people."""
    best = Best(watch)
    best.offer(data, greedy(data))
    known = data.columns(list(start))
    best.offer(data, known)
    best.offer(data, searched(data, data.columns(best.sites), rounds=ROUNDS, seed=0))
    watch.improve(bound=data.reachable)
    met: list[Prices] = []
    while watch.why is None:
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(_swapped, data, data.columns(best.sites), watch)
            met = priced(data, best.value, watch)
            best.offer(data, found.result())
        best.offer(data, _swapped(data, np.argsort(-met[-1].chosen, kind="stable"), watch))
        goal = data.goal(best.value)
        into, out = met[-1].bound - met[-1].out < goal, met[-1].bound - met[-1].into < goal
        # What leads to more needs a site both ways, or more sites than may stand side by side: nothing leads to more.
        if met[-1].bound < goal or (into & out).any() or not data.fits(np.flatnonzero(into)):
            watch.improve(bound=best.value)
        if watch.why is not None:
            break
        before = data.rows.nnz
        data = decided(data, into, out)
        if data.reachable < goal:
            watch.improve(bound=best.value)
        elif data.rows.nnz > LESS * before:
            if data.rows.nnz < before:
                met = priced(data, best.value, watch)
            tight: Prices | None = None
            if wide(data, best, met[-1]) and watch.why is None:
                with ThreadPoolExecutor(1) as beside:
                    found = beside.submit(_swapped, data, data.columns(best.sites), watch, seed=OTHERS)
                    prices, tight = relaxed(data, met[-1], best)
                    met.append(prices)
                    best.offer(data, found.result())
            if watch.why is None:
                branched(data, best, [prices.share for prices in met[-KEPT:]], whole=tight)
            break
    return best.sites


def _swapped(data: Coverage, start: NDArray[np.intp], watch: Watch, seed: int = 0) -> NDArray[np.intp]:
    """The best choice that swaps find from a start, before they are in vain for long or the watch says to stop.

    seed: of the first search.
    """
    best, value, vain = start[:0], -np.inf, 0
    while vain < IN_VAIN and watch.why is None:
        start = searched(data, start, rounds=ROUNDS, seed=seed)
        seed += 1
        vain += 1
        if (worth := data.worth(start)) > value:
            best, value, vain = start, worth, 0
    return best


def _side_by_side(problem: Problem, chosen: list[int]) -> list[int]:
    """As many of the other candidates as can be chosen beside each other and a choice."""
    bars = [group for group in problem.groups if not group & set(chosen)]
    barred = frozenset().union(*(group for group in problem.groups if group & set(chosen)))
    others = [int(site) for site in problem.candidates if site not in barred and site not in chosen]
    place = {site: column for column, site in enumerate(others)}
    pairs = [(row, place[site]) for row, group in enumerate(bars) for site in group if site in place]
    if not pairs:
        return others
    row, column = np.array(pairs).T
    answer = solve(
        Programme(
            cost=np.full(len(others), -1.0),
            upper=np.ones(len(others)),
            rows=sparse.csr_array((np.ones(len(pairs)), (row, column)), shape=(len(bars), len(others))),
            row_lower=np.zeros(len(bars)),
            row_upper=np.ones(len(bars)),
            whole=len(others),
        ),
        seconds=math.inf,
    )
    if answer.values is None:
        raise RuntimeError("no choice side by side was found, though choosing nothing is one")
    return [site for site, value in zip(others, answer.values, strict=True) if value > 0.5]


def _reaching_most(problem: Problem, within: float, chosen: list[int], more: int) -> list[int]:
    """So many of the other candidates that can stand beside a choice, if there are: those that reach most people."""
    if more <= 0:
        return []
    times = problem.times
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = np.asarray(times.minutes) <= within
    reach = np.bincount(site[near], weights=problem.people[np.asarray(times.cell)[near]], minlength=times.sites)
    taken = set(chosen)
    added: list[int] = []
    for other in sorted(problem.candidates.tolist(), key=lambda one: (-reach[one], one)):
        if len(added) < more and other not in taken and not any(other in g and g & taken for g in problem.groups):
            taken.add(other)
            added.append(other)
    return added
