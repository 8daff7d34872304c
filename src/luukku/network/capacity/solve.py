"""Points that can serve only so many visits a week: least person-minutes, or most people served, within capacities.

Capacitated p-median and capacitated maximal covering (Pirkul & Schilling 1991). Whoever plans decides who is served
where: a cell may be split between points, and not everybody is served at the nearest one; `service` tells how many are
not. Bounds: letting go that every cell is served once (Cornuéjols, Sridharan & Thizy 1991), where each candidate fills
up with whom it serves best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction, Impossible
from luukku.network.capacity.search import searched
from luukku.network.capacity.task import check, in_the_way, room_of_largest, task_of
from luukku.network.capacity.transport import Service, serve, trips
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.watch import Watch

Float64s = NDArray[np.float64]
MEDIAN = "Capacitated p-median by swaps, prices and branching (Cornuéjols, Sridharan & Thizy 1991)"
COVERING = "Capacitated maximal covering by swaps, prices and branching (Cornuéjols, Sridharan & Thizy 1991)"


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """A solution with prices that show its bound.

    price: (cells,) minutes a person, at least 0. For any such prices, no p sites serve everybody for less than people
           times prices less what the p sites that save most at them, each filled up, save (Cornuéjols, Sridharan &
           Thizy 1991): anybody can check how near this is. The bound may be better when candidates were branched on.
    """

    solution: Solution
    price: Float64s


def best_access_within_capacity(
    problem: Problem, capacity: Float64s, *, points: int, stop: Stop = ONE_MINUTE
) -> Solution:
    """The least person-minutes with at most `points` points that serve everybody within their capacities.

    capacity: (sites,) people (or visits a week, when the problem's people are visits) each site can serve at most.

    The fixed points are among the `points`, the free ones are not; both serve within their capacities.

    Raises Impossible, with what is in the way, when not everybody can be served, BadInput for capacities that are
    negative or no numbers.
    """
    return certified_access_within_capacity(problem, capacity, points=points, stop=stop).solution


def certified_access_within_capacity(
    problem: Problem, capacity: Float64s, *, points: int, stop: Stop = ONE_MINUTE
) -> Access:
    """As `best_access_within_capacity`, with the prices of the bound, in minutes a person.

    Raises Impossible as it does, telling what stands in the way of serving everybody.
    """
    task = task_of(problem, capacity, points, None)
    total = float(problem.people.sum())
    watch = Watch(stop)
    search = searched(task, watch)
    if not search.sound:
        everywhere = task.served(task.candidates.tolist())
        if everywhere is not None and everywhere.unserved > 0:
            raise Impossible(in_the_way(task, everywhere))
        raise Impossible(
            f"No {points} points were found that can serve everybody. The {points} with the most capacity, and those "
            f"that stand anyway, can serve {room_of_largest(task):,.0f} of {total:,.0f}; all places together can serve "
            "everybody."
        )
    price = np.zeros(len(problem.people))
    price[problem.people > 0] = search.price
    return Access(watch.solution([*problem.fixed, *search.sites.tolist()], MEDIAN), price)


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
    search = searched(task, watch)
    solution = watch.solution([*problem.fixed, *search.sites.tolist()], COVERING)
    return replace(solution, objective=0.0 - solution.objective, bound=0.0 - solution.bound)


def service(problem: Problem, sites: tuple[int, ...], capacity: Float64s, *, within: float | None = None) -> Service:
    """Who is served where by these points and the free ones: loads in the order of the sites, then of the free ones.

    within: serve nobody farther than this; None serves up to the horizon. Least person-minutes in either case.
    """
    check(problem, capacity)
    points = [*sites, *sorted(problem.free)]
    by_cell = problem.times.select(np.array(points, dtype=np.intp)).by_cell()
    place = np.arange(len(points), dtype=np.int32)
    limit = problem.times.horizon if within is None else within
    pairs = trips(by_cell.start, by_cell.site, by_cell.minutes, place, len(points), within=limit)
    # No chain of moves visits a point twice, so to serve one more never costs so much.
    away = (len(points) + 1) * max(float(by_cell.minutes.max(initial=0.0)), 1.0)
    found = serve(pairs, problem.people, capacity[points].astype(np.float64), away)
    assert found is not None
    return found


def _counting_down(stop: Stop) -> Stop:
    """The same limits for a search for the least of what is told as the most."""
    tell = stop.tell
    if tell is None:
        return stop

    def turned(progress: Progress) -> None:
        signed = [None if number is None else -number for number in (progress.value, progress.bound)]
        tell(Progress(progress.seconds, *signed))

    return replace(stop, tell=turned)
