"""Points that can serve only so many visits a week: least person-minutes, or most people served, within capacities.

Capacitated p-median and capacitated maximal covering (Pirkul & Schilling 1991). Whoever plans decides who is served
where: a cell may be split between points, and not everybody is served at the nearest one; `service` tells how many are
not. Bounds: letting go that every cell is served once (Cornuéjols, Sridharan & Thizy 1991), where each candidate fills
up with whom it serves best; small problems are settled by HiGHS.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction, Impossible
from luukku.network.capacity_search import chosen_candidates
from luukku.network.capacity_task import check, in_the_way, room_of_largest, task_of
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.transport import Service, serve, trips
from luukku.network.watch import Watch

Float64s = NDArray[np.float64]


def best_access_within_capacity(
    problem: Problem, capacity: Float64s, *, points: int, stop: Stop = ONE_MINUTE
) -> Solution:
    """The least person-minutes with at most `points` points that serve everybody within their capacities.

    capacity: (sites,) people (or visits a week, when the problem's people are visits) each site can serve at most.

    The fixed points are among the `points`, the free ones are not; both serve within their capacities.

    Raises Impossible, with what is in the way, when not everybody can be served, BadInput for capacities that are
    negative or no numbers.
    """
    task = task_of(problem, capacity, points, None)
    total = float(problem.people.sum())
    watch = Watch(stop)
    chosen = chosen_candidates(task, watch)
    if chosen is None:
        everywhere = task.served(task.column)
        if everywhere.unserved > 1e-9 * total:
            raise Impossible(in_the_way(task, everywhere))
        largest = np.sort(task.capacity[task.standing])[::-1].sum() + room_of_largest(task)
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
    task = task_of(problem, capacity, points, within)
    watch = Watch(_counting_down(stop))
    chosen = chosen_candidates(task, watch)
    assert chosen is not None
    solution = watch.solution([*problem.fixed, *chosen.tolist()], "Capacitated maximal covering by prices and HiGHS")
    return replace(solution, objective=0.0 - solution.objective, bound=0.0 - solution.bound)


def service(problem: Problem, sites: tuple[int, ...], capacity: Float64s, *, within: float | None = None) -> Service:
    """Who is served where by these points and the free ones: loads in the order of the sites, then of the free ones.

    within: serve nobody farther than this; None serves up to the horizon. Least person-minutes in either case.
    """
    check(problem, capacity)
    points = [*sites, *sorted(problem.free)]
    chosen = problem.times.select(np.array(points, dtype=np.intp))
    point = np.repeat(np.arange(len(points)), np.diff(chosen.start))
    minutes = np.asarray(chosen.minutes, dtype=np.float64)
    near = minutes <= (problem.times.horizon if within is None else within)
    pairs = trips(np.asarray(chosen.cell)[near], point[near], minutes[near], chosen.cells, len(points))
    return serve(pairs, problem.people, capacity[points].astype(np.float64))


def _counting_down(stop: Stop) -> Stop:
    """The same limits for a search for the least of what is told as the most."""
    tell = stop.tell
    if tell is None:
        return stop

    def turned(progress: Progress) -> None:
        signed = [None if number is None else -number for number in (progress.value, progress.bound)]
        tell(Progress(progress.seconds, *signed))

    return replace(stop, tell=turned)
