"""Which points vehicles could stand at overnight: how few reach every stop, and which are nearest to them all."""

from __future__ import annotations

import math

import numpy as np

from luukku.country.provenance import Source
from luukku.network.cover.solve import fewest_points
from luukku.network.median.solve import best_access
from luukku.network.problem import Problem, Stop
from luukku.plan.routes.task import FAR, RoundsTask
from luukku.travel.times import TravelTimes

SOURCE = Source("computation", "luukku.plan.routes.homes", "homes from which a call can be made alone")


def reach(task: RoundsTask) -> Problem:
    """Homes as sites and calls as cells: half the round trip, where a vehicle can make the call alone in a day."""
    home, call = np.nonzero(task.time_alone() >= task.lasts)
    trip = task.minutes[home, task.homes + call] + task.minutes[task.homes + call, home]
    start = np.concatenate(([0], np.cumsum(np.bincount(home, minlength=task.homes)))).astype(np.int64)
    times = TravelTimes(start, call.astype(np.int32), (trip / 2).astype(np.float32), task.calls, float(FAR), SOURCE)
    return Problem(np.ones(task.calls), times)


def fewest_homes(task: RoundsTask, stop: Stop) -> int:
    """No fewer homes reach every call (set covering); each call has to be within reach of one."""
    return math.ceil(fewest_points(reach(task), within=float(FAR), stop=stop).bound - 1e-6)


def nearest_homes(task: RoundsTask, number: int, stop: Stop) -> list[int]:
    """So many homes from which all calls together are nearest (p-median); those out of reach count as very far."""
    return list(best_access(reach(task), points=number, stop=stop).sites)
