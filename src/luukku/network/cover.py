"""Covering: the fewest points for a share of the people.

Sources: Toregas et al. (1971) for the problem; Cordeau, Furini & Ljubić (2019) for the formulation of partial covering.
It is solved this way: reduce (see `reduce`), choose well by swaps (`swap`),
bound by the linear relaxation, and, where the two do not meet, let HiGHS branch on what the bound has not decided.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Contradiction, Impossible
from luukku.network.coverage import check_points, most_covered
from luukku.network.highs import Answer, Programme, solve
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.reduce import (
    CoverSets,
    cover_sets,
    drop_implied,
    held_back,
    with_musts,
    without_dominated_sites,
)
from luukku.network.swap import CoverSearch
from luukku.network.watch import Watch

__all__ = ["check_points", "fewest_points", "most_covered"]

SHAKES = 60
"""Shakes of the search after which a number of sites is given up."""
SMALL = 2_000
"""Entries of the covering below which branching is as fast as searching."""
WHOLE = 1e-6
"""How far from a whole number the solver's bound may lie and still be it."""
THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""


def fewest_points(problem: Problem, *, within: float, share: float = 1.0, stop: Stop = ONE_MINUTE) -> Solution:
    """The fewest points that bring `share` of the people within `within` minutes (partial set covering).

    The objective counts the fixed points, not the free ones.

    Raises Impossible with the best share that all candidates together reach, Contradiction for a share outside 0-1
    or a limit beyond the travel times.
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
    chosen = _fewest(sets, spare, len(given), watch)
    return watch.solution([*given, *chosen], "Partial set covering by reduction, swaps and HiGHS (Cordeau et al. 2019)")


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
    """A linear bound, and how much it rises when a site or a group is forced the other way.

    value: the bound, in the objective's unit.
    site:  (columns,) its rise when the site is chosen, or, where negative, its rise when the site is not.
    group: (rows,) its rise when the group stays outside, with all that stay outside with it.
    """

    value: float
    site: NDArray[np.float64]
    group: NDArray[np.float64]


def _fewest(sets: CoverSets, spare: float, given: int, watch: Watch) -> list[int]:
    """Site numbers of the fewest sites that leave at most `spare` people outside."""
    search = _search(sets, spare)
    search.add_greedily(spare, len(sets.sites))
    best = _numbers(sets, search.chosen)
    watch.improve(value=float(given + len(best)), bound=float(given + min(len(best), 1)))
    if watch.why:
        return best
    answer = solve(_partial_cover(sets, spare), seconds=watch.left)
    if answer.values is None:
        return best
    watch.improve(bound=float(given + math.ceil(_partial_bound(sets, spare, answer).value - WHOLE)))
    best = _swapped_down(search, sets, answer.values, spare=spare, given=given, watch=watch)
    while watch.why is None:
        sets, answer = _shrunk(sets, spare, len(best) - 1, answer, watch)
        if answer.values is None:
            watch.improve(bound=float(given + len(best)) if answer.infeasible else None)
            break
        found = _searched(sets, spare, len(best) - 1, answer.values, watch)
        if found is None:
            best = _branched_down(sets, spare, given, best, watch)
            break
        best = found
        watch.improve(value=float(given + len(best)))
    return best


def _search(sets: CoverSets, spare: float) -> CoverSearch:
    """A search in which leaving out a group that must be covered is never enough."""
    return CoverSearch(sets.rows, np.where(sets.must, np.maximum(sets.people, 1.01 * spare + 1), sets.people))


def _swapped_down(
    search: CoverSearch, sets: CoverSets, relaxed: NDArray[np.float64], *, spare: float, given: int, watch: Watch
) -> list[int]:
    """Fewer sites by swapping, from the best choice and from the largest values of the relaxation in turn."""
    best = list(search.chosen)
    likely = _likely(sets, relaxed)
    while watch.why is None:
        search.choose(best)
        search.remove(search.chosen[int(np.argmin(search.losses()))])
        fewer = len(search.chosen)
        if not search.swap_until(spare, search.PATIENCE, lambda: watch.why is not None):
            search.choose(likely[:fewer])
            if not search.swap_until(spare, search.PATIENCE, lambda: watch.why is not None):
                break
        best = list(search.chosen)
        watch.improve(value=float(given + fewer))
    return _numbers(sets, best)


def _shrunk(sets: CoverSets, spare: float, target: int, answer: Answer, watch: Watch) -> tuple[CoverSets, Answer]:
    """What at most `target` sites leave undecided, and its relaxation, decided by prices until little more is."""
    while answer.values is not None and watch.why is None:
        before = sets.rows.shape[0]
        sets = _undecided(sets, _partial_bound(sets, spare, answer), target)
        answer = solve(_partial_cover(sets, spare), seconds=watch.left)
        if sets.rows.shape[0] > 0.9 * before:
            break
    return sets, answer


def _searched(
    sets: CoverSets, spare: float, sites: int, relaxed: NDArray[np.float64], watch: Watch
) -> list[int] | None:
    """So many sites that leave at most `spare` outside, by a longer search; None when it finds none or need not try."""
    if sets.rows.nnz < SMALL:
        return None
    search = _search(sets, spare)
    search.choose(_likely(sets, relaxed)[:sites])
    if not search.search_until(spare, SHAKES, lambda: watch.why is not None):
        return None
    return _numbers(sets, search.chosen)


def _likely(sets: CoverSets, relaxed: NDArray[np.float64]) -> list[int]:
    """Columns by their value in the relaxation, the greatest first."""
    return [int(column) for column in np.argsort(-relaxed[: len(sets.sites)], kind="stable")]


def _branched_down(sets: CoverSets, spare: float, given: int, best: list[int], watch: Watch) -> list[int]:
    """Fewer sites, or the proof that there are none, by branch and bound over what is undecided."""
    fewer = len(best) - 1

    def hear(_cost: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=float(min(given + math.ceil(bound - WHOLE), given + len(best))))
        return watch.why is not None

    programme = _partial_cover(sets, spare, most=fewer)
    answer = solve(programme, seconds=watch.left, tell=hear, options={"mip_heuristic_effort": 0.0})
    found = _columns(answer, len(sets.sites))
    better = found is not None and _outside(sets, found) <= spare
    if found is not None and better:
        best = _numbers(sets, found)
        watch.improve(value=float(given + len(best)))
    if answer.infeasible or (answer.complete and better):
        watch.improve(bound=float(given + len(best)))
    elif np.isfinite(answer.bound):
        watch.improve(bound=float(given + math.ceil(answer.bound - WHOLE)))
    return best


def _partial_cover(sets: CoverSets, spare: float, most: int | None = None) -> Programme:
    """Fewest sites, each group covered or outside, at most `spare` people outside; with `most`, so few and whole."""
    groups, columns = sets.rows.shape
    loose = np.flatnonzero(~sets.must)
    outside = sparse.csr_array((np.ones(len(loose)), (loose, np.arange(len(loose)))), shape=(groups, len(loose)))
    blocks = [
        sparse.hstack([sets.rows, outside]),
        sparse.csr_array(np.concatenate((np.zeros(columns), sets.people[loose] / THOUSAND))[None, :]),
    ]
    lower, upper = [np.ones(groups), np.array([-np.inf])], [np.full(groups, np.inf), np.array([spare / THOUSAND])]
    if most is not None:
        blocks.append(sparse.csr_array(np.concatenate((np.ones(columns), np.zeros(len(loose))))[None, :]))
        lower.append(np.array([-np.inf]))
        upper.append(np.array([float(most)]))
    return Programme(
        cost=np.concatenate((np.ones(columns), np.zeros(len(loose)))),
        upper=np.ones(columns + len(loose)),
        rows=sparse.csr_array(sparse.vstack(blocks)),
        row_lower=np.concatenate(lower),
        row_upper=np.concatenate(upper),
        whole=columns if most is not None else 0,
    )


def _partial_bound(sets: CoverSets, spare: float, answer: Answer) -> _Bound:
    """The Lagrangian bound of the duals, which holds whatever their rounding (weak duality)."""
    groups = len(sets.people)
    price = max(-float(answer.row_duals[groups]), 0.0) / THOUSAND
    most = np.where(sets.must, np.inf, price * sets.people)
    dual = np.clip(answer.row_duals[:groups], 0.0, most)
    reduced = 1.0 - sets.rows.T @ dual
    value = float(dual.sum() - price * spare + np.minimum(reduced, 0.0).sum())
    left = np.where(sets.must, 0.0, price * sets.people - dual)
    return _Bound(value, reduced, held_back(sets, left))


def _undecided(sets: CoverSets, bound: _Bound, target: int) -> CoverSets:
    """What at most `target` sites leave open: costly sites go, groups that cost too much outside must be in."""
    over = target + WHOLE - bound.value
    keep = np.maximum(bound.site, 0.0) <= over
    must = sets.must | (bound.group > over)
    sets = replace(sets, must=must, sites=sets.sites[keep], rows=sparse.csr_array(sets.rows[:, keep]))
    return without_dominated_sites(drop_implied(without_dominated_sites(sets)))


def _numbers(sets: CoverSets, columns: list[int]) -> list[int]:
    return sets.sites[columns].tolist() if columns else []


def _columns(answer: Answer, columns: int) -> list[int] | None:
    return None if answer.values is None else [int(c) for c in np.flatnonzero(answer.values[:columns] > 0.5)]


def _outside(sets: CoverSets, columns: list[int]) -> float:
    """People whom none of the columns covers."""
    chosen = np.zeros(len(sets.sites))
    chosen[columns] = 1.0
    return float(sets.people[sets.rows @ chosen == 0].sum())
