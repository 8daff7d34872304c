"""Covering: the fewest points for a share of the people.

Sources: Toregas et al. (1971) for the problem; Cordeau, Furini & Ljubić (2019) for the formulation of partial covering.
It is solved this way: reduce (see `reduce`); when everybody has to be covered, it is a set covering (see `cheapest`);
else choose by swaps between sweeps of prices (`share_search`), decide by the prices what fewer points cannot afford,
solve the linear relaxation of the rest, and, where the two do not meet, branch.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Contradiction, Impossible
from luukku.network.cover import share_search
from luukku.network.cover.cheapest import least_cost
from luukku.network.coverage.model import Coverage
from luukku.network.coverage.relaxation import PRICED, THOUSAND, relaxations
from luukku.network.coverage.search import searched
from luukku.network.dominance import family
from luukku.network.highs import Answer, Programme, solve
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.reduce import (
    CoverSets,
    bars,
    cover_sets,
    drop_implied,
    held_back,
    with_musts,
    without_dominated_sites,
)
from luukku.network.scip import solve_whole
from luukku.network.watch import Watch

PATIENCE = 100
"""Rounds of swaps in vain after which a number of sites is given up for now."""
SWEEPS = 100
"""Sweeps of the prices between two searches."""
AGAIN = 0.5
"""Length of a step with which the prices go on for one site fewer."""
ROUNDS = 2_000
"""Rounds of a longer search between two looks at the clock."""
SEARCHES = 10
"""So many of them before a number of sites is given up."""
SMALL = 2_000
"""Entries of the covering below which branching is as fast as searching."""
ENTRIES = 100_000
"""Entries of a covering above which SCIP branches instead of HiGHS, which ends seconds late there."""
WHOLE = 1e-6
"""How far from a whole number the solver's bound may lie and still be it."""
ROUNDING = 1e-9
"""How far, relatively, sums of people may be off by rounding."""


def fewest_points(problem: Problem, *, within: float, share: float = 1.0, stop: Stop = ONE_MINUTE) -> Solution:
    """The fewest points that bring `share` of the people within `within` minutes (partial set covering).

    The objective counts the fixed points, not the free ones. At most one site of each of the problem's groups is
    chosen.

    Raises Impossible with the best share that all candidates together reach, or when the groups leave no choice that
    reaches the share, or none that was found in time; Contradiction for a share outside 0-1 or a limit beyond the
    travel times.
    """
    if not 0 <= share <= 1:
        raise Contradiction(f"The share of people to cover is {share:g}; it has to lie between 0 and 1.")
    watch = Watch(stop)
    total = float(problem.people.sum())
    sets = cover_sets(problem, within)
    spare = total * (1 - share) - sets.out_of_reach + 1e-9 * total
    if spare < 0:
        raise Impossible(_cannot_reach(problem, sets.out_of_reach, within, share))
    given = sorted(problem.fixed)
    sets = without_dominated_sites(with_musts(without_dominated_sites(sets), spare))
    if sets.must.all() and not sets.clashes:
        columns = least_cost(sets.rows, np.ones(len(sets.sites)), watch, beside=float(len(given)))
        return watch.solution([*given, *sets.sites[columns].tolist()], "Set covering by reduction, search and SCIP")
    chosen = _fewest(sets, spare, len(given), watch)
    if chosen is None:
        raise Impossible(
            f"{share:.4%} of the people within {within:g} minutes was asked, with at most one site of each group: "
            + ("no choice reaches that." if watch.bound == math.inf else "no choice was found within the time limit.")
        )
    return watch.solution(
        [*given, *chosen], "Partial set covering by swaps, prices and branching (Cordeau et al. 2019)"
    )


def _cannot_reach(problem: Problem, out_of_reach: float, within: float, share: float) -> str:
    total = float(problem.people.sum())
    best = 1 - out_of_reach / total
    return (
        f"{share:.4%} of the people within {within:g} minutes was asked, but the best possible is "
        f"{math.floor(best * 1e6) / 1e4:.4f}%: all {len(problem.open)} given points and {len(problem.candidates)} "
        f"candidates together leave {out_of_reach:,.0f} of {total:,.0f} people farther away."
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """A bound, in sites or in people, and how much worse it gets when a site or a group is forced the other way.

    site:  (columns,) when the site is chosen. group: (rows,) when the group stays outside, with all that do with it.
    """

    value: float
    site: NDArray[np.float64]
    group: NDArray[np.float64]


def _fewest(sets: CoverSets, spare: float, given: int, watch: Watch) -> list[int] | None:
    """Site numbers of the fewest sites that leave at most `spare` people outside; None when no choice was found."""
    run = _Run(sets, spare, given, watch)
    share_search.add_greedily(run.rows, run.weight, run.bars, run.choice, spare)
    if run.choice.outside[0] > spare:  # what was chosen first bars what is needed
        return run.branched(len(sets.sites))
    run.take()
    watch.improve(bound=float(given + min(run.fewer + 1, 1)))
    run.search_down()
    run.sweep_down()
    while watch.why is None:
        before = run.sets.rows.shape
        bound, values = run.relaxed()
        if bound is None or values is None:
            break
        fewer = run.search_from(values)
        if watch.why is None:
            run.shrink(_undecided(run.sets, bound, run.fewer + WHOLE - bound.value))
        if not fewer and run.sets.rows.shape[0] > 0.9 * before[0] and not run.search_longer():
            return run.branched(run.fewer)
    return run.best


class _Run:
    """What is undecided, a choice under change, and the best one that leaves at most `spare` people outside.

    best: its site numbers; None while there is none. priced: (groups,) share of its people that covering each group is
    worth at good prices.
    """

    def __init__(self, sets: CoverSets, spare: float, given: int, watch: Watch) -> None:
        self.spare, self.given, self.watch = spare, given, watch
        self.best: list[int] | None = None
        self.sets, self.priced = sets, np.ones(len(sets.people))
        self.shrink(sets)

    def shrink(self, sets: CoverSets) -> None:
        """Go on with what is left undecided, from an empty choice."""
        self.sets, self.priced = sets, _carried(self.sets, self.priced, sets)
        self.rows = family(sets.rows)
        self.bars = share_search.Bars(*bars(sets), len(sets.clashes))
        # One group that must be covered left out is never enough.
        self.weight = np.where(sets.must, np.maximum(sets.people, 1.01 * self.spare + 1), sets.people)
        self.choice = share_search.nothing_chosen(self.rows, self.weight, self.bars)

    @property
    def fewer(self) -> int:
        """One site fewer than the best choice has."""
        return len(self.best or []) - 1

    def take(self) -> None:
        """Note the choice, which is good enough, as the best."""
        self.best = self.sets.sites[self.choice.chosen].tolist()
        self.watch.improve(value=float(self.given + len(self.best)))

    def search_down(self) -> None:
        """One site fewer, again and again, as long as swaps make that good enough."""
        while self.watch.why is None and self.choice.chosen.any():
            share_search.leave_least(self.rows, self.weight, self.bars, self.choice)
            if share_search.swap(self.rows, self.weight, self.bars, self.choice, (self.spare, PATIENCE)) > self.spare:
                return
            self.take()

    def search_from(self, likely: NDArray[np.floating] | NDArray[np.int64]) -> bool:
        """Swap from the likeliest sites, one fewer than the best has; whether that led to fewer."""
        chosen = np.zeros(len(likely), dtype=np.bool_)
        chosen[np.argsort(-likely, kind="stable")[: self.fewer]] = True
        share_search.choose(self.rows, self.weight, self.bars, self.choice, chosen)
        if share_search.swap(self.rows, self.weight, self.bars, self.choice, (self.spare, PATIENCE)) > self.spare:
            return False
        self.take()
        self.search_down()
        return True

    def _coverage(self) -> Coverage:
        """What the people are whom one site fewer than the best has can cover, as maximal covering asks it."""
        bars = sparse.csr_array(self.bars.matrix(len(self.sets.sites)).T)
        return Coverage(
            sites=self.sets.sites,
            price=np.ones(len(self.sets.sites)),
            room=float(self.fewer),
            rows=self.sets.rows,
            by_site=sparse.csr_array(self.sets.rows.T),
            people=self.weight,
            barred=bars,
            by_bar=sparse.csr_array(bars.T),
            served=0.0,
            taken=(),
            measure=0.0,
        )

    def search_longer(self) -> bool:
        """Swap and shake for longer, one site fewer than the best has; whether that led to fewer."""
        whole = self.sets
        if whole.rows.nnz < SMALL:
            return False
        data = self._coverage()
        found = np.flatnonzero(self.choice.chosen)
        for seed in range(SEARCHES):
            if self.watch.why is not None:
                break
            found = searched(data, found, rounds=ROUNDS, seed=seed)
            if self.weight.sum() - data.worth(found) <= self.spare:
                chosen = np.zeros(len(whole.sites), dtype=np.bool_)
                chosen[found] = True
                share_search.choose(self.rows, self.weight, self.bars, self.choice, chosen)
                self.take()
                self.search_down()
                return True
        return False

    def sweep_down(self) -> None:
        """Mend prices for one site fewer, and search from what they choose, until neither gets on; then shrink."""
        sets, need = self.sets, float(self.sets.people.sum()) - self.spare
        prices = share_search.half_price(len(sets.people), len(sets.sites))
        going = True
        while going and self.watch.why is None:
            limits = (need, self.fewer, SWEEPS)
            going = share_search.sweep(self.rows, sets.people, sets.must, prices, limits)
            self._bound(prices, need)
            if self.watch.why is None and self.search_from(prices.often):
                prices.state[:] = np.inf, max(prices.state[1], AGAIN), 0.0
                going = True
            prices.often[:] //= 2
        self.priced = prices.best
        if self.watch.why is None:
            bound = self._people_bound(prices)
            self.shrink(_undecided(sets, bound, bound.value - need * (1 - ROUNDING)))

    def _bound(self, prices: share_search.Prices, need: float) -> None:
        """The fewest sites whose bound on the people covered is as many as have to be."""
        worth = share_search.credit(self.rows, self.sets.people, prices.best)
        rest = float((self.sets.people * (1 - prices.best)).sum())
        reach = rest + np.concatenate(([0.0], np.cumsum(np.sort(worth)[::-1]))) * (1 + ROUNDING)
        least = int(np.searchsorted(reach, need * (1 - ROUNDING)))
        self.watch.improve(bound=float(self.given + least))

    def _people_bound(self, prices: share_search.Prices) -> _Bound:
        """The bound on the people whom one site fewer than the best has covers, and what it falls by."""
        worth = share_search.credit(self.rows, self.sets.people, prices.best)
        outside = self.sets.people * (1 - prices.best)
        order = np.sort(worth)[::-1]
        value = float(outside.sum() + order[: self.fewer].sum())
        left = np.where(self.sets.must, 0.0, np.maximum(outside, 0.0))
        least = order[self.fewer - 1] if self.fewer else np.inf
        return _Bound(value, np.maximum(least - worth, 0.0), held_back(self.sets, left))

    def relaxed(self) -> tuple[_Bound | None, NDArray[np.float64] | None]:
        """The bound of the linear relaxation, and how much of each site it takes; None for what time did not allow."""
        sets, bound, values = self.sets, None, None
        beside = _beside(sets, self.spare)
        for answer in relaxations(beside, sets.rows, sets.must, self.priced > PRICED, lambda: self.watch.left):
            if answer.infeasible:
                self.watch.improve(bound=self.watch.value)
                return None, None
            bound, values = _bound_at(sets, self.spare, answer), answer.values
            self.watch.improve(bound=float(self.given + math.ceil(bound.value - WHOLE)))
            self.priced = (answer.row_duals[-len(sets.people) :] > 0).astype(np.float64)
            if self.watch.why is not None:
                break
        return bound, values

    def branched(self, most: int) -> list[int] | None:
        """At most so many sites, or the proof that there are none, by branch and bound; the best choice then.

        Groups whose rows do not bind in the relaxation are left out at first: fewer rows ask for no more sites. Where
        what is found leaves too many people of others outside, these join.
        """
        sets, watch = self.sets, self.watch
        known = math.inf if self.best is None else float(self.given + len(self.best))
        inside = sets.must | (self.priced > PRICED)
        while True:
            answer, found = self._answered(inside, most, known)
            if not len(found):
                break
            outside = np.asarray(sets.rows[:, found].sum(axis=1)).ravel() == 0
            if sets.people[outside].sum() <= self.spare and not outside[sets.must].any() and len(found) <= most:
                self.best = sets.sites[found].tolist()
                known = float(self.given + len(self.best))
                watch.improve(value=known)
                break
            if not (outside & ~inside).any() or watch.why is not None:
                return self.best  # time, or the solver's rounding took for enough what is not
            inside |= outside
        if answer.complete:
            watch.improve(bound=known)
        elif np.isfinite(answer.bound):
            watch.improve(bound=min(float(self.given + math.ceil(answer.bound - WHOLE)), known))
        return self.best

    def _answered(self, inside: NDArray[np.bool_], most: int, known: float) -> tuple[Answer, NDArray[np.intp]]:
        """What a solver says of so many sites, and columns that are so few, if any were found.

        Those are what swaps beside it found only where time cut the solver short, so that who is faster changes no
        answer.
        known: a value that no bound exceeds.
        """

        def hear(_cost: float, bound: float) -> bool:
            if np.isfinite(bound):
                self.watch.improve(bound=min(self.given + math.ceil(bound - WHOLE), known))
            return self.watch.why is not None

        ended = Event()
        with ThreadPoolExecutor(1) as beside:
            swaps = beside.submit(self._searched_on, most, ended)
            programme = _partial_cover(self.sets, self.spare, inside, most)
            if programme.rows.nnz > ENTRIES:
                answer = solve_whole(programme, seconds=self.watch.left, below=most + 0.5, tell=hear)
            else:
                options = {"mip_heuristic_effort": 0.0}
                answer = solve(programme, seconds=self.watch.left, tell=hear, options=options)
            ended.set()
        if answer.values is not None:
            return answer, np.flatnonzero(answer.values[: len(self.sets.sites)] > 0.5)
        return answer, swaps.result() if not answer.complete else np.empty(0, dtype=np.intp)

    def _searched_on(self, most: int, ended: Event) -> NDArray[np.intp]:
        """At most so many columns that leave few enough people outside, by swaps until `ended`; none if none did."""
        data = replace(self._coverage(), room=float(most))
        found, seed = np.flatnonzero(self.choice.chosen), SEARCHES
        while len(found) and not ended.is_set():
            found = searched(data, found, rounds=ROUNDS, seed=seed)
            if data.reachable - data.worth(found) <= self.spare:  # one that must be covered is more than may be outside
                return found
            seed += 1
        return np.empty(0, dtype=np.intp)


def _carried(before: CoverSets, priced: NDArray[np.float64], after: CoverSets) -> NDArray[np.float64]:
    """(groups after,) the prices of the groups before with the same of the sites that are left, the highest of each."""
    if before is after:
        return priced
    mark = np.random.default_rng(0).integers(1, 2**40, size=int(before.sites.max(initial=-1)) + 1).astype(np.float64)
    left = before.keep(np.isin(before.sites, after.sites))
    keys, place = np.unique(
        np.concatenate((left.rows @ mark[left.sites], after.rows @ mark[after.sites])), return_inverse=True
    )
    highest = np.zeros(len(keys))
    np.maximum.at(highest, place[: len(priced)], priced)
    return highest[place[len(priced) :]]


def _beside(sets: CoverSets, spare: float) -> Programme:
    """Fewest sites, at most `spare` people outside, one of each clash: all but that each group is covered or outside.

    The columns are the sites, then how much of each group is outside; the first row is that of the people.
    """
    groups, columns = sets.rows.shape
    people = np.concatenate((np.zeros(columns), np.where(sets.must, 0.0, sets.people) / THOUSAND))
    clashes = [np.isin(np.arange(columns + groups), clash).astype(np.float64) for clash in sets.clashes]
    return Programme(
        cost=np.repeat((1.0, 0.0), (columns, groups)),
        upper=np.concatenate((np.ones(columns), (~sets.must).astype(np.float64))),
        rows=sparse.csr_array(np.array([people, *clashes])),
        row_lower=np.full(1 + len(clashes), -np.inf),
        row_upper=np.concatenate(([spare / THOUSAND], np.ones(len(clashes)))),
    )


def _partial_cover(sets: CoverSets, spare: float, inside: NDArray[np.bool_], most: int) -> Programme:
    """At most so many whole sites, each of the groups `inside` covered or outside, and what else holds."""
    some = replace(sets, rows=sparse.csr_array(sets.rows[inside]), people=sets.people[inside], must=sets.must[inside])
    beside = _beside(some, spare)
    groups, columns = some.rows.shape
    each = sparse.hstack([some.rows, sparse.eye_array(groups)])
    number = sparse.csr_array(beside.cost[None, :])
    return Programme(
        cost=beside.cost,
        upper=beside.upper,
        rows=sparse.csr_array(sparse.vstack([beside.rows, number, each])),
        row_lower=np.concatenate((beside.row_lower, [-np.inf], np.ones(groups))),
        row_upper=np.concatenate((beside.row_upper, [float(most)], np.full(groups, np.inf))),
        whole=columns,
    )


def _bound_at(sets: CoverSets, spare: float, answer: Answer) -> _Bound:
    """The Lagrangian bound of the duals, which holds whatever their rounding (weak duality)."""
    price = max(-float(answer.row_duals[0]), 0.0) / THOUSAND
    most = np.where(sets.must, np.inf, price * sets.people)
    dual = np.clip(answer.row_duals[-len(sets.people) :], 0.0, most)
    reduced = 1.0 - sets.rows.T @ dual
    value = float(dual.sum() - price * spare + np.minimum(reduced, 0.0).sum())
    left = np.where(sets.must, 0.0, price * sets.people - dual)
    return _Bound(value, reduced, held_back(sets, left))


def _undecided(sets: CoverSets, bound: _Bound, over: float) -> CoverSets:
    """What a bound leaves open that may change by `over`: costly sites go, groups too costly outside must be in."""
    keep = np.maximum(bound.site, 0.0) <= over
    must = sets.must | (bound.group > over)
    sets = replace(sets, must=must).keep(keep)
    return without_dominated_sites(drop_implied(without_dominated_sites(sets)))
