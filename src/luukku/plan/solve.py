"""A ready task solved for what was asked of it: the one place that knows which method answers which objective."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import most_covered
from luukku.network.criteria import Criteria
from luukku.network.median.solve import best_access
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.plan.model import Asked
from luukku.plan.task import FartherOf, Task
from luukku.travel.times import TravelTimes


def solve_task(
    task: Task, criteria: Criteria, stop: Stop = ONE_MINUTE, *, farther_of: FartherOf | None = None
) -> Solution:
    """The best choice of points for what the task was asked (`task.asked`), within the criteria's limit.

    farther_of: where travel times can be lengthened, the shortest trips are told by their true person-minutes; without
                it people beyond the horizon are charged with it, and the solution's `capped` counts them.

    Raises Impossible with the best that is possible, and Contradiction for a request that lacks its number of points
    or its budget.
    """
    problem, asked, within = task.problem, task.asked, criteria.minutes
    if asked.objective == "fewest":
        return fewest_points(problem, within=within, share=asked.coverage or 0.0, stop=stop)
    if asked.base_by:
        return _with_base(problem, asked, criteria, stop)
    if asked.capacity is not None:
        return _within_capacity(problem, asked, criteria, stop)
    limit: dict[str, Any] = {"points": asked.points} if asked.budget is None else {"budget": asked.budget}
    if asked.objective == "covered":
        return most_covered(problem, within=within, stop=stop, **limit)
    if farther_of is None:
        return best_access(problem, stop=stop, **limit)
    return _true_access(task, farther_of, stop, limit)


def _true_access(task: Task, farther_of: FartherOf, stop: Stop, limit: dict[str, Any]) -> Solution:
    from luukku.network.median.uncapped import true_access  # compiles, and only lengthened times need it

    def farther(cells: NDArray[np.intp], minutes: float) -> TravelTimes:
        return farther_of(task.sites, task.cells.take(cells), minutes)

    found, _ = true_access(task.problem, farther, stop=stop, **limit)
    return found.solution


def _within_capacity(problem: Problem, asked: Asked, criteria: Criteria, stop: Stop) -> Solution:
    """Most people served, or least person-minutes, where a point can serve so many visits a week."""
    from luukku.network.capacity.solve import best_access_within_capacity, most_served_within_capacity  # seldom asked

    people = np.full(problem.times.sites, (asked.capacity or 0.0) / criteria.demand.visits_a_week(1.0))
    points = asked.points or 0
    if asked.objective == "covered":
        return most_served_within_capacity(problem, people, within=criteria.minutes, points=points, stop=stop)
    return best_access_within_capacity(problem, people, points=points, stop=stop)


def _with_base(problem: Problem, asked: Asked, criteria: Criteria, stop: Stop) -> Solution:
    """Most people covered by points that have the base.

    The people within a point's limit are the same whatever else is open: with a number of points, the places that have
    too few are left out, and what remains is maximal covering.
    """
    from luukku.network.base.solve import bases, most_covered_with_base  # slow to import, and seldom asked

    within, points = criteria.minutes, asked.points
    if asked.base_by == "within" and points is not None and not problem.groups:
        every = bases(problem, tuple(range(problem.times.sites)), within=within, reading="within")
        short = frozenset(np.flatnonzero(every < criteria.base).tolist()) - problem.open
        problem = replace(problem, closed=problem.closed | short)
        places = len(problem.fixed) + len(problem.candidates)
        return most_covered(problem, within=within, points=min(points, places), stop=stop)
    reading = asked.base_by or "nearest"
    return most_covered_with_base(problem, within=within, base=criteria.base, points=points, reading=reading, stop=stop)
