"""By car and by public transport: how near people are to a plan's points when they drive, and when they cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from luukku.country.model import Cells, Sites
from luukku.network.criteria import Criteria
from luukku.plan.model import Mode, Ring
from luukku.plan.task import Task
from luukku.travel.modes import nearness
from luukku.travel.times import TravelTimes

TransitOf = Callable[[Sites, Cells], TravelTimes]
"""Minutes by public transport or on foot from cells to sites."""


def by_mode(task: Task, chosen: Iterable[int], criteria: Criteria, transit_of: TransitOf | None) -> tuple[Mode, ...]:
    """People within the limit and the rings of the nearest point, by car and by public transport side by side.

    chosen: site numbers of the task; the points across the border serve as well. Nothing without public transport.
    """
    if transit_of is None:
        return ()
    points = np.array(sorted({*chosen, *task.problem.free}), dtype=np.intp)
    limits = sorted({criteria.minutes, *criteria.rings})
    ways = {"car": task.times.select(points), "transit": transit_of(task.sites.take(points), task.cells)}
    return tuple(_mode(name, times, task.cells, limits) for name, times in ways.items())


def _mode(name: str, times: TravelTimes, cells: Cells, limits: Iterable[float]) -> Mode:
    found = nearness(name, times, cells.people, limits)
    people = float(cells.people.sum())
    return Mode(
        name=name,
        rings=tuple(Ring(limit, share * people, share) for limit, share in found.within.items()),
        beyond=found.beyond,
        median_minutes=found.median,
        horizon=found.horizon,
        source=times.source,
    )
