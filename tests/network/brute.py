"""An independent checker: the problems solved by trying everything, in plain Python, sharing no code with the solvers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st
from tests.network.conftest import matrix

from luukku.network.problem import Problem

HORIZON = 20.0


def trips(problem: Problem) -> list[dict[int, float]]:
    """Minutes by cell of every site."""
    times = problem.times
    return [
        {
            int(times.cell[pair]): float(times.minutes[pair])
            for pair in range(int(times.start[site]), int(times.start[site + 1]))
        }
        for site in range(times.sites)
    ]


def choices(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every choice of points that keeps to what is decided, without the free ones."""
    sites = range(problem.times.sites)
    undecided = [site for site in sites if site not in problem.open and site not in problem.closed]
    fixed = tuple(sorted(problem.open - problem.free))
    for size in range(len(undecided) + 1):
        for more in combinations(undecided, size):
            yield fixed + more


def covered(problem: Problem, points: tuple[int, ...], within: float) -> float:
    """People within so many minutes of the points or the free ones."""
    table = trips(problem)
    serving = {*points, *problem.free}
    return sum(
        people
        for cell, people in enumerate(problem.people.tolist())
        if any(table[site].get(cell, 1e9) <= within for site in serving)
    )


def person_minutes(problem: Problem, points: tuple[int, ...]) -> float:
    """People times minutes to the nearest of the points or the free ones, the horizon charged beyond it."""
    table = trips(problem)
    serving = {*points, *problem.free}
    return sum(
        people * min([problem.times.horizon, *(table[site].get(cell, 1e9) for site in serving)])
        for cell, people in enumerate(problem.people.tolist())
    )


def keeps_to(problem: Problem, points: tuple[int, ...]) -> bool:
    """Whether a choice has every fixed point, no forbidden and no free one, and each site once."""
    chosen = set(points)
    return (
        len(chosen) == len(points)
        and list(points) == sorted(points)
        and problem.open - problem.free <= chosen
        and not chosen & (problem.closed | problem.free)
    )


def apart(problem: Problem, points: tuple[int, ...]) -> bool:
    """Whether at most one of each group is chosen."""
    return all(len(group & set(points)) <= 1 for group in problem.groups)


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """At most six cells and six sites, with ties, cells nobody reaches, sites reaching nobody, and decided sites."""
    cells = draw(st.integers(0, 6))
    sites = draw(st.integers(1, 6))
    trip = st.one_of(st.none(), st.integers(0, int(HORIZON)).map(float), st.sampled_from([5.0, 10.0]))
    rows = draw(st.lists(st.lists(trip, min_size=cells, max_size=cells), min_size=sites, max_size=sites))
    people = draw(
        st.lists(
            st.one_of(st.integers(0, 50).map(float), st.floats(0.1, 1000.0), st.just(0.0)),
            min_size=cells,
            max_size=cells,
        )
    )
    state = draw(
        st.lists(
            st.sampled_from(["candidate", "candidate", "candidate", "fixed", "closed", "free"]),
            min_size=sites,
            max_size=sites,
        )
    )
    import numpy as np

    def of(*names: str) -> frozenset[int]:
        return frozenset(site for site, name in enumerate(state) if name in names)

    times = matrix(rows, HORIZON)
    return Problem(
        np.array(people, dtype=np.float64), times, open=of("fixed", "free"), closed=of("closed"), free=of("free")
    )


@st.composite
def grouped_problems(draw: st.DrawFn) -> Problem:
    """Small problems with groups, which may overlap, of sites of which at most one may be chosen."""
    problem = draw(small_problems())
    some = st.frozensets(st.integers(0, problem.times.sites - 1), max_size=3)
    groups = draw(st.lists(some, max_size=3))
    return replace(problem, groups=tuple(group for group in groups if len(group & problem.fixed) <= 1))
