"""Access: the least person-minutes with so many points (the p-median).

Sources: Hakimi (1964) for the problem; `lagrangian` for the bound; ReVelle & Swain (1970) for the whole-number model,
here in the form of García, Labbé & Marín (2011), with a variable for "nothing within so many minutes" of a cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.cover import check_points
from luukku.network.highs import Programme, solve
from luukku.network.lagrangian import Prices, priced
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.savings import Savings, savings, swapped
from luukku.network.watch import SAME, Watch

MOST_ENTRIES = 4_000_000
"""Entries of the whole-number model beyond which it is not tried; the bound of the prices stands then."""
SCALE = 1e-4
"""Person-minutes are given to the solver in ten thousands."""


def best_access(problem: Problem, *, points: int, stop: Stop = ONE_MINUTE) -> Solution:
    """The `points` points with the least person-minutes from every cell to its nearest one.

    The fixed points are among the `points`, the free ones are not. People beyond the horizon of the travel times are
    charged with the horizon's minutes, as nothing more is known, and counted in the solution's `capped`. When that is
    0, the choice is best without the charge as well, because no choice costs less than what is charged for it.

    Raises Impossible when there are not so many candidates, or more points are fixed.
    """
    check_points(problem, points)
    watch = Watch(stop)
    data = savings(problem)
    given = sorted(problem.fixed)
    more = points - len(given)
    chosen = _chosen(data, more, watch)
    sites = data.sites[chosen].tolist()
    rest = [site for site in problem.candidates.tolist() if site not in set(sites)]
    sites += rest[: more - len(sites)]
    method = "p-median by swaps, Lagrangian bound and HiGHS (Resende & Werneck 2007, García et al. 2011)"
    return watch.solution([*given, *sites], method, capped=_beyond_horizon(problem, [*problem.open, *sites]))


def _chosen(data: Savings, points: int, watch: Watch) -> list[int]:
    """Columns of at most `points` candidates with the least person-minutes."""
    points = min(points, len(data.sites))
    first = data.greedy(points)
    if len(first) < points:  # the greedy choice has all that can be saved
        watch.improve(value=data.cost(first), bound=data.cost(first))
        return first
    watch.improve(value=data.cost(first), bound=data.base)
    if points == 0:
        watch.improve(bound=data.cost(first))
    if watch.why:
        return first
    first = swapped(data, first)
    watch.improve(value=data.cost(first))
    prices = priced(data, points, first, watch)
    if watch.why:
        return prices.chosen
    return _branched(data, points, prices, watch)


def _branched(data: Savings, points: int, prices: Prices, watch: Watch) -> list[int]:
    """A better choice, or the proof that there is none, by branch and bound over what the prices have not decided."""
    value = data.cost(prices.chosen)
    over = value - prices.bound + SAME * value
    within, without = _decided(prices, points, over)
    model = _Model.build(data, points, prices, over=over, within=within, without=without)
    if len(model.free) == 0:  # nothing is undecided: whatever is better has exactly the candidates within
        best = min(prices.chosen, np.flatnonzero(within).tolist(), key=data.cost)
        watch.improve(value=data.cost(best), bound=data.cost(best))
        return best
    if model.programme.rows.nnz > MOST_ENTRIES:
        return prices.chosen

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=min(model.base + bound / SCALE, value))
        return watch.why is not None

    answer = solve(model.programme, seconds=watch.left, tell=hear, start=model.begin(prices.chosen))
    best = prices.chosen
    if answer.values is not None:
        free = np.flatnonzero(answer.values[: len(model.free)] > 0.5)
        found = [*within.nonzero()[0].tolist(), *model.free[free].tolist()]
        if len(found) <= points and data.cost(found) < value:
            best = found
            watch.improve(value=data.cost(best))
    if answer.infeasible or (answer.complete and model.base + answer.cost / SCALE >= data.cost(best) * (1 - 1e-7)):
        watch.improve(bound=data.cost(best))
    elif np.isfinite(answer.bound):
        watch.improve(bound=min(model.base + answer.bound / SCALE, value))
    return best


def _decided(prices: Prices, points: int, over: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(columns,) which candidates every better choice has, and which none has: the other way costs too much."""
    ordered = np.sort(prices.profit)
    last_in = ordered[points - 1]
    first_out = ordered[points] if points < len(ordered) else 0.0
    inside = np.zeros(len(ordered), dtype=np.bool_)
    inside[np.argpartition(prices.profit, points - 1)[:points]] = True
    return inside & (first_out - prices.profit > over), ~inside & (prices.profit - last_in > over)


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """The whole-number model of what is undecided: y for each free candidate, u for "none of these" of each set.

    free: (columns,) of the savings; base: person-minutes beside the programme's cost; sets: rows x free candidates.
    """

    programme: Programme
    base: float
    free: NDArray[np.intp]
    sets: sparse.csr_array
    loose: NDArray[np.intp]

    @classmethod
    def build(
        cls,
        data: Savings,
        points: int,
        prices: Prices,
        *,
        over: float,
        within: NDArray[np.bool_],
        without: NDArray[np.bool_],
    ) -> _Model:
        """Cells share the variable of a set of candidates; a set that a better choice cannot do without has none."""
        trip_now = data.nearest(np.flatnonzero(within).tolist())
        row = np.repeat(np.arange(len(data.cells)), np.diff(data.cell_start))
        use = ~(within | without)[data.column] & (data.cell_trip < trip_now[row])
        use &= data.people[row] * data.cell_trip - prices.price[row] <= over
        row, column, trip = row[use], data.column[use], data.cell_trip[use]
        needed = data.people * trip_now - prices.price > over

        start = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(data.cells)))))
        lone = start[1:] == start[:-1]
        base = data.base + float(data.people[lone] @ trip_now[lone])
        last = np.append(row[1:] != row[:-1], True) if len(row) else np.zeros(0, dtype=np.bool_)
        base += float(data.people[row[start[:-1][~lone]]] @ trip[start[:-1][~lone]]) if len(row) else 0.0
        following = np.where(last, trip_now[row], np.append(trip[1:], 0.0)) if len(row) else trip
        ends = np.flatnonzero(following > trip)

        free = np.flatnonzero(~(within | without))
        place = np.cumsum(~(within | without)) - 1
        number: dict[bytes, int] = {}
        members: list[NDArray[np.intp]] = []
        cost: list[float] = []
        must: list[bool] = []
        for end in ends.tolist():
            cell = int(row[end])
            inside = np.sort(place[column[start[cell] : end + 1]])
            key = inside.tobytes()
            if key not in number:
                number[key] = len(members)
                members.append(inside)
                cost.append(0.0)
                must.append(False)
            which = number[key]
            if last[end] and needed[cell]:
                must[which] = True
            else:
                cost[which] += float(data.people[cell] * (following[end] - trip[end])) * SCALE
        if (needed & lone).any():  # a better choice would have to serve a cell that nothing cheap enough serves
            members.append(np.zeros(0, dtype=np.intp))
            cost.append(0.0)
            must.append(True)
        sizes = np.array([len(inside) for inside in members], dtype=np.intp)
        indices = np.concatenate(members) if members else np.zeros(0, dtype=np.intp)
        sets = sparse.csr_array(
            (np.ones(len(indices)), indices, np.concatenate(([0], np.cumsum(sizes)))), shape=(len(sizes), len(free))
        )
        loose = np.flatnonzero(~np.array(must, dtype=np.bool_))
        none_of = sparse.csr_array(
            (np.ones(len(loose)), (loose, np.arange(len(loose)))), shape=(len(sizes), len(loose))
        )
        count = sparse.csr_array(np.concatenate((np.ones(len(free)), np.zeros(len(loose))))[None, :])
        programme = Programme(
            cost=np.concatenate((np.zeros(len(free)), np.array(cost, dtype=np.float64)[loose])),
            upper=np.ones(len(free) + len(loose)),
            rows=sparse.csr_array(sparse.vstack([sparse.hstack([sets, none_of]), count])),
            row_lower=np.concatenate((np.ones(len(sizes)), [-np.inf])),
            row_upper=np.concatenate((np.full(len(sizes), np.inf), [float(points - int(within.sum()))])),
            whole=len(free),
        )
        return cls(programme, base, free, sets, loose)

    def begin(self, chosen: list[int]) -> NDArray[np.float64]:
        """The values of the programme's columns for a choice."""
        taken = np.isin(self.free, chosen).astype(np.float64)
        return np.concatenate((taken, (self.sets @ taken == 0).astype(np.float64)[self.loose]))


def _beyond_horizon(problem: Problem, sites: list[int]) -> float:
    """People whom none of the sites reaches within the horizon."""
    reached = np.zeros(problem.times.cells, dtype=np.bool_)
    for site in sites:
        reached[problem.times.of(site)[0]] = True
    return float(problem.people[~reached].sum())
