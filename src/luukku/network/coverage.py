"""The most people covered with so many points: maximal covering.

Source: Church & ReVelle (1974). Reduce (see `reduce`), choose well by swaps (`swap`), bound by the linear relaxation,
and, where the two do not meet, let HiGHS branch on what the bound has not decided.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Impossible
from luukku.network.highs import Answer, Programme, solve
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.reduce import CoverSets, cover_sets, without_dominated_sites
from luukku.network.swap import CoverSearch
from luukku.network.watch import Watch

SHAKES = 60
"""Shakes of the search after which a number of sites is given up."""
WHOLE = 1e-6
"""How far from a whole number the solver's bound may lie and still be it."""
CLOSE = 1e-8
"""How far, relative to all people, the solver's count may lie from ours and still be the same choice."""
THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def most_covered(problem: Problem, *, within: float, points: int, stop: Stop = ONE_MINUTE) -> Solution:
    """The most people within `within` minutes of `points` points (maximal covering location, Church & ReVelle 1974).

    The fixed points are among the `points`, the free ones are not. When fewer points already cover everybody whom any
    point could, the rest are those that reach most people.

    Raises Impossible when there are not so many candidates, or more points are fixed.
    """
    check_points(problem, points)
    watch = Watch(stop, most=True)
    sets = cover_sets(problem, within)
    given = sorted(problem.fixed)
    more = points - len(given)
    chosen = _most(without_dominated_sites(sets), more, watch)
    chosen += _reaching_most(problem, within, chosen)[: more - len(chosen)]
    return watch.solution([*given, *chosen], "Maximal covering by reduction, swaps and HiGHS (Church & ReVelle 1974)")


def check_points(problem: Problem, points: int) -> None:
    """Raises Impossible when `points` is fewer than the fixed points or more than fixed points and candidates."""
    fixed, candidates = len(problem.fixed), len(problem.candidates)
    if points < fixed:
        raise Impossible(f"{points} points were asked, but {fixed} are fixed. The fewest possible is {fixed}.")
    if points > fixed + candidates:
        raise Impossible(
            f"{points} points were asked, but there are {fixed + candidates} places: {fixed} fixed and {candidates} "
            f"candidates. The most possible is {fixed + candidates}."
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Bound:
    """A linear bound, and how much it rises when a site or a group is forced the other way.

    value: the bound, in the objective's unit.
    site:  (columns,) its rise when the site is chosen, or, where negative, its rise when the site is not.
    group: (rows,) its rise when the group stays outside, with all that stay outside with it.
    """

    value: float
    site: NDArray[np.float64]
    group: NDArray[np.float64]


def _most(sets: CoverSets, points: int, watch: Watch) -> list[int]:
    """Site numbers of at most `points` sites that cover the most people."""
    search = CoverSearch(sets.rows, sets.people)
    search.add_greedily(0.0, points)
    reachable = sets.served + float(sets.people.sum())
    watch.improve(value=reachable - search.uncovered, bound=reachable)
    best = list(search.chosen)
    if watch.why:
        return _numbers(sets, best)

    answer = solve(_maximal_cover(sets, points), seconds=watch.left)
    if answer.complete and answer.values is not None:
        watch.improve(bound=reachable - THOUSAND * answer.cost)
        for begin in (best, _likely(sets, answer.values)[:points]):
            search.choose(begin)
            search.search_until(0.0, SHAKES, lambda: watch.why is not None)
            if search.uncovered < _outside(sets, best):
                best = list(search.chosen)
                watch.improve(value=reachable - search.uncovered)
        if watch.why is None:
            bound = _maximal_bound(sets, points, answer)
            kept = bound.site <= _outside(sets, best) - bound.value + WHOLE * reachable
            kept[best] = True
            place = np.cumsum(kept) - 1
            best = place[best].tolist()
            sets = replace(sets, sites=sets.sites[kept], rows=sparse.csr_array(sets.rows[:, kept]))
            best = _branched_most(sets, points, best, reachable, watch)
    return _numbers(sets, best)


def _branched_most(sets: CoverSets, points: int, best: list[int], reachable: float, watch: Watch) -> list[int]:
    """A choice that covers more, or the proof that there is none, by branch and bound."""

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=reachable - THOUSAND * bound)
        return watch.why is not None

    chosen = np.zeros(len(sets.sites))
    chosen[best] = 1.0
    start = np.concatenate((chosen, (sets.rows @ chosen == 0).astype(np.float64)))
    answer = solve(_maximal_cover(sets, points, whole=True), seconds=watch.left, tell=hear, start=start)
    found = _columns(answer, len(sets.sites))
    if found is not None and len(found) <= points and _outside(sets, found) < _outside(sets, best):
        best = found
        watch.improve(value=reachable - _outside(sets, best))
    exact = abs(THOUSAND * answer.cost - _outside(sets, best)) <= CLOSE * reachable
    if answer.complete and exact:
        watch.improve(bound=reachable - _outside(sets, best))
    elif np.isfinite(answer.bound):
        watch.improve(bound=reachable - THOUSAND * answer.bound)
    return best


def _maximal_cover(sets: CoverSets, points: int, *, whole: bool = False) -> Programme:
    """Fewest people outside (in thousands) with at most `points` sites."""
    groups, columns = sets.rows.shape
    cover = sparse.hstack([sets.rows, sparse.eye_array(groups)])
    count = sparse.csr_array(np.concatenate((np.ones(columns), np.zeros(groups)))[None, :])
    return Programme(
        cost=np.concatenate((np.zeros(columns), sets.people / THOUSAND)),
        upper=np.ones(columns + groups),
        rows=sparse.csr_array(sparse.vstack([cover, count])),
        row_lower=np.concatenate((np.ones(groups), [-np.inf])),
        row_upper=np.concatenate((np.full(groups, np.inf), [float(points)])),
        whole=columns if whole else 0,
    )


def _maximal_bound(sets: CoverSets, points: int, answer: Answer) -> _Bound:
    """The same for the people outside: (rows,) duals priced at most with the group's people."""
    groups = len(sets.people)
    dual = np.clip(THOUSAND * answer.row_duals[:groups], 0.0, sets.people)
    price = max(-THOUSAND * float(answer.row_duals[groups]), 0.0)
    reduced = price - sets.rows.T @ dual
    value = float(dual.sum() - price * points + np.minimum(reduced, 0.0).sum())
    return _Bound(value, reduced, sets.people - dual)


def _likely(sets: CoverSets, relaxed: NDArray[np.float64]) -> list[int]:
    """Columns by their value in the relaxation, the greatest first."""
    return [int(column) for column in np.argsort(-relaxed[: len(sets.sites)], kind="stable")]


def _numbers(sets: CoverSets, columns: list[int]) -> list[int]:
    return sets.sites[columns].tolist() if columns else []


def _columns(answer: Answer, columns: int) -> list[int] | None:
    return None if answer.values is None else [int(c) for c in np.flatnonzero(answer.values[:columns] > 0.5)]


def _outside(sets: CoverSets, columns: list[int]) -> float:
    """People whom none of the columns covers."""
    chosen = np.zeros(len(sets.sites))
    chosen[columns] = 1.0
    return float(sets.people[sets.rows @ chosen == 0].sum())


def _reaching_most(problem: Problem, within: float, chosen: list[int]) -> list[int]:
    """The other candidates, those with most people within the limit first, then by number."""
    times = problem.times
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = np.asarray(times.minutes) <= within
    reach = np.bincount(site[near], weights=problem.people[np.asarray(times.cell)[near]], minlength=times.sites)
    others = np.setdiff1d(problem.candidates, np.array(chosen, dtype=np.intp))
    return [int(site) for site in others[np.argsort(-reach[others], kind="stable")]]
