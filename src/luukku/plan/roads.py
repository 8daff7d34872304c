"""Minutes by car on a planner's own roads, which reach as far as asked: the shortest trips then count in full."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from luukku.country.model import Cells, Country, Sites
from luukku.country.roads import Roads
from luukku.network.evaluate import nearest_points
from luukku.plan.task import FartherOf, Task
from luukku.travel.embedded import HORIZON
from luukku.travel.graph import road_graph
from luukku.travel.homes import homes
from luukku.travel.paths import travel_times
from luukku.travel.speeds import default_speeds
from luukku.travel.times import TravelTimes

ANYWHERE = 24 * 60.0
"""Minutes within which a place counts as reachable at all: the longest drive in Finland takes about fifteen hours."""


class RoadMinutes:
    """The quickest ways on roads from the areas of a country, which set out where `luukku.travel.homes` puts them."""

    def __init__(self, country: Country, roads: Roads) -> None:
        self._graph = road_graph(roads, default_speeds())
        home = homes(country, roads)
        self._cells = replace(country.cells, x=home.x, y=home.y)
        self._number = {code: number for number, code in enumerate(self._cells.code.tolist())}

    def times_of(self, sites: Sites) -> TravelTimes:
        """Minutes from the country's cells to the sites, as far as those that ship (120)."""
        return travel_times(self._graph, sites, self._cells, HORIZON)

    def farther_of(self, sites: Sites, cells: Cells, minutes: float) -> TravelTimes:
        """Minutes from some of the country's cells to the sites, as far as so many minutes."""
        numbers = np.array([self._number[code] for code in cells.code.tolist()], dtype=np.intp)
        return travel_times(self._graph, sites, self._cells.take(numbers), minutes)


def in_full(task: Task, farther_of: FartherOf) -> Task:
    """The task with minutes that reach so far that every network of it has its true person-minutes.

    Every network has the given points, so nobody with a road to one of them is farther than the farthest from these;
    without given points, than the longest trip there is. Only people without a road to any point stay beyond what is
    known, and count with it.
    """
    given = sorted(task.problem.open)
    if given:
        minutes, _ = nearest_points(
            farther_of(task.sites.take(np.array(given)), task.cells, ANYWHERE), np.arange(len(given))
        )
        known = minutes[np.isfinite(minutes) & (task.cells.people > 0)]
        longest = max(HORIZON, float(np.ceil(known.max(initial=0.0))))
        times = farther_of(task.sites, task.cells, longest)
    else:
        times = farther_of(task.sites, task.cells, ANYWHERE)
        times = replace(times, horizon=max(HORIZON, float(np.ceil(np.max(times.minutes, initial=0.0)))))
    return replace(task, times=times, problem=replace(task.problem, times=times))
