"""Best access without a charge at the horizon: the true person-minutes, proved.

Travel times are known as far as a horizon, and whoever is farther from the choice is charged with it. Here the rows of
those cells are lengthened and the problem is solved again from what is known, until the best choice leaves nobody
beyond what is known of them. The charge is never more than the trip, so that choice is best without it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.network.median.solve import Access, certified_access
from luukku.network.problem import ONE_MINUTE, Problem, Stop
from luukku.travel.times import TravelTimes

Farther = Callable[[NDArray[np.intp], float], TravelTimes]
"""Gives the minutes of all sites to the cells named, in that order, as far as so many minutes."""
FARTHER = 1.5
"""How many times farther a row reaches after each round."""
ROUNDS = 8
"""Rounds after which cells count as cut off from the choice."""


def true_access(
    problem: Problem,
    farther: Farther,
    *,
    points: int | None = None,
    budget: float | None = None,
    stop: Stop = ONE_MINUTE,
) -> tuple[Access, Problem]:
    """As `certified_access`, with rows lengthened by `farther` until nobody is beyond them; and the problem then.

    When the time is over before, or some cells are cut off from the choice, the solution's `capped` says for how many
    people a charge is left. `seconds` are of all rounds together, without those that `farther` takes.
    """
    reach = np.full(problem.times.cells, float(problem.times.horizon))
    found = certified_access(problem, points=points, budget=budget, stop=stop)
    seconds = found.solution.seconds
    for _ in range(ROUNDS):
        if found.solution.capped == 0 or stop.seconds <= seconds or not found.solution.proved:
            break
        cells = beyond(problem, found.solution.sites)
        horizon = FARTHER * float(reach[cells].max())
        problem = replace(problem, times=_longer(problem.times, cells, farther(cells, horizon)))
        reach[cells] = horizon
        found = certified_access(
            problem,
            points=points,
            budget=budget,
            start=found.solution.sites,
            price=found.price,
            stop=replace(stop, seconds=stop.seconds - seconds),
        )
        seconds += found.solution.seconds
    return replace(found, solution=replace(found.solution, seconds=seconds)), problem


def beyond(problem: Problem, sites: Iterable[int]) -> NDArray[np.intp]:
    """The cells with people that a choice, with the open points, leaves beyond what is known of them."""
    reached = np.zeros(problem.times.cells, dtype=np.bool_)
    for site in (*problem.open, *sites):
        reached[problem.times.of(site)[0]] = True
    return np.flatnonzero(~reached & (problem.people > 0))


def _longer(times: TravelTimes, cells: NDArray[np.intp], more: TravelTimes) -> TravelTimes:
    from luukku.travel.lengthen import lengthened

    if more.horizon < times.horizon:
        raise Contradiction(f"Minutes were asked beyond {times.horizon:g}, but those given reach {more.horizon:g}.")
    return lengthened(times, cells, more)
