"""Access: the least person-minutes with so many points, or with so much money (the p-median).

Sources: Hakimi (1964) for the problem; `interchange` for good choices, `lagrangian` for the bound and `branching` for
the proof.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction, Impossible
from luukku.network.coverage.solve import check_points
from luukku.network.median.branching import prove
from luukku.network.median.interchange import greedy, swapped
from luukku.network.median.limits import ROUNDING, Limits, limits
from luukku.network.median.savings import Savings, savings
from luukku.network.median.search import Search, first_prices, weighs_much
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.watch import Watch

METHOD = "p-median by swaps, Lagrangian bound and branching (Resende & Werneck 2007, Beasley 1993)"


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """A solution with the best prices found before anything was decided by them.

    price: (cells,) person-minutes, at least 0. For any such prices, no choice of p sites costs less than their sum and
           the p greatest savings at them (Cornuéjols, Fisher & Nemhauser 1977): anybody can check how near this is.
    nodes: how many nodes were branched on; 0 when prices, with what they decide, prove the choice.
    """

    solution: Solution
    price: NDArray[np.float64]
    nodes: int


def best_access(
    problem: Problem,
    *,
    points: int | None = None,
    budget: float | None = None,
    start: Sequence[int] = (),
    stop: Stop = ONE_MINUTE,
) -> Solution:
    """The `points` points with the least person-minutes from every cell to its nearest one, or the best for a budget.

    The fixed points are among the `points`, the free ones are not; of a group at most one is chosen, and where the
    groups leave no room for so many points, there are fewer. A budget pays the problem's `price` of every chosen site,
    the fixed ones included. People beyond the horizon of the travel times are charged with the horizon's minutes (or
    their farthest known trip when that is more), as nothing more is known, and counted in the solution's `capped`. When
    that is 0, the choice is best without the charge as well, because no choice costs less than what is charged for it.

    start: site numbers of a choice known to be good; what the limits do not allow is left out.

    Raises Contradiction unless exactly one of points and budget is given, and for a budget that is negative or no
    number. Raises Impossible when there are not so many
    candidates, or more points are fixed, or the fixed ones cost more than the budget.
    """
    return certified_access(problem, points=points, budget=budget, start=start, stop=stop).solution


def certified_access(
    problem: Problem,
    *,
    points: int | None = None,
    budget: float | None = None,
    start: Sequence[int] = (),
    price: NDArray[np.float64] | None = None,
    stop: Stop = ONE_MINUTE,
) -> Access:
    """As `best_access`, with the prices of the bound.

    price: (cells,) prices to begin from, such as those of a problem that differs little.
    """
    _check(problem, points, budget)
    watch = Watch(stop)
    data = savings(problem)
    within = limits(problem, data.sites, points=points, budget=budget)
    search = Search(data, within, watch, _measure(problem, data))
    _search(search, start, price)
    chosen = within.filled(search.chosen, range(len(data.sites))) if budget is None else _useful(search)
    sites = [*sorted(problem.fixed), *data.sites[chosen].tolist()]
    everywhere = np.zeros(problem.times.cells)
    everywhere[data.cells] = search.price
    capped = _beyond_horizon(problem, [*problem.open, *sites])
    return Access(watch.solution(sites, METHOD, capped=capped), everywhere, search.nodes)


def _search(search: Search, start: Sequence[int], price: NDArray[np.float64] | None) -> None:
    data, within, watch = search.data, search.limits, search.watch
    known = np.flatnonzero(np.isin(data.sites, list(start)))
    first = within.filled([], known.tolist())
    if not (within.counted and len(first) == within.room):
        first = greedy(data, within, first)
    search.offer(first)
    search.price = np.zeros(len(data.cells))
    watch.improve(bound=data.base)
    if (within.counted and len(first) < within.room) or len(first) == 0:  # the greedy choice has all that can be saved
        search.prove()
    if watch.why:
        return
    if not weighs_much(data, within):
        search.offer(swapped(data, within, first, search.stopped))
    prove(search, first_prices(search) if price is None else price[data.cells])


def _check(problem: Problem, points: int | None, budget: float | None) -> None:
    if (points is None) == (budget is None):
        raise Contradiction("Best access needs either a number of points or a budget, and not both.")
    if points is not None:
        check_points(problem, points)
    if budget is not None:
        if not (math.isfinite(budget) and budget >= 0):
            raise Contradiction(f"The budget is {budget:g}; it has to be a number, zero or more.")
        spent = float(problem.price[list(problem.fixed)].sum())
        if spent > budget * (1 + ROUNDING):
            raise Impossible(f"The budget is {budget:,.10g}, but the fixed points alone cost {spent:,.10g}.")


def _measure(problem: Problem, data: Savings) -> float:
    """What the person-minutes of every choice are a multiple of; 0 when that is not known."""
    from luukku.network.median.kernels import common_measure

    if (problem.people != np.rint(problem.people)).any() or problem.people.max(initial=0.0) >= 2**53:
        return 0.0
    minutes = int(common_measure(problem.times.minutes)) if problem.times.minutes.max(initial=0.0) < 2**53 else 0
    charge = np.float32(data.minutes.max(initial=0.0))
    if minutes == 0 or problem.times.horizon != np.rint(problem.times.horizon) or charge != np.rint(charge):
        return 0.0
    return float(np.gcd(minutes, int(problem.times.horizon)) * np.gcd.reduce(problem.people.astype(np.int64)))


def _useful(search: Search) -> list[int]:
    """The chosen columns without those that save nothing beside the others."""
    others = np.ones(len(search.data.sites), dtype=np.bool_)
    others[search.chosen] = False
    free = Limits(
        cost=np.where(others, np.inf, search.limits.cost),
        room=search.limits.room,
        group_start=search.limits.group_start,
        group=search.limits.group,
        groups=search.limits.groups,
        first_group=search.limits.first_group,
        counted=False,
        needed=search.limits.needed,
    )
    return greedy(search.data, free)


def _beyond_horizon(problem: Problem, sites: list[int]) -> float:
    """People whom none of the sites reaches within the horizon."""
    reached = np.zeros(problem.times.cells, dtype=np.bool_)
    for site in sites:
        reached[problem.times.of(site)[0]] = True
    return float(problem.people[~reached].sum())
