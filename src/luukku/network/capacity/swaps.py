"""Better choices of points that can serve only so many, by swaps: worth of room first, then who is really served where.

At what room is worth at each point of a choice (the prices of its transportation problem) every swap has a change that
it cannot beat, by duality; all of them are told in one pass, as Resende & Werneck (2007) do without capacities. Swaps
that promise something are tried exactly, the most promising first, each only until it is sure not to help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from luukku.network.capacity.task import Task
from luukku.network.capacity.transport import Service
from luukku.network.median.savings import FREE, WITHOUT
from luukku.network.watch import SAME

Float64s = NDArray[np.float64]
AGAIN = 1.05
"""A swap tried in vain is tried again when it promises so many times as much as then."""
LOOKED = 50
"""Promising swaps told apart at a time, for every one that is tried."""


class Promises(NamedTuple):
    """What a choice could save at most.

    swaps: (chosen, columns) by closing one and opening another; joins: (columns,) by opening one more. -inf where that
    is not allowed. worth: (columns,) what room is worth at the open points, and would be at the others.
    """

    swaps: Float64s
    joins: Float64s
    worth: Float64s


def swapped(
    task: Task, chosen: list[int], service: Service, stopped: Callable[[], bool], tries: int
) -> tuple[list[int], Service]:
    """The choice and its service after joining and swapping until so many tries in a row were in vain."""
    vain: dict[tuple[int, int], float] = {}
    left = tries
    while left > 0 and not stopped():
        value = task.value(service)
        least = SAME * max(abs(value), 1.0)
        promised = promises(task, chosen, service)
        for saves, out, into in _best(promised, chosen, least, LOOKED * tries):
            if saves <= AGAIN * vain.get((out, into), 0.0):
                continue
            rest = [column for column in chosen if column != out]
            if not task.fits(into, rest):
                continue
            left -= 1
            found = task.served([*rest, into], worth=promised.worth, enough=value - least)
            if found is not None:
                chosen, service, left = [*rest, into], found, tries
                break
            vain[out, into] = saves
            if left <= 0 or stopped():
                break
        else:
            break
    return chosen, service


def promises(task: Task, chosen: list[int], service: Service) -> Promises:
    """What joining and swapping could save at most, at what room is worth at the points of a choice."""
    from luukku.network.capacity.kernels import fills, swaps, two_cheapest

    opened = task.opened(chosen)
    pairs = task.pairs(chosen)
    best, near, second = two_cheapest(pairs.cell_start, pairs.point, pairs.cost, service.price, task.away)
    decided = np.full(len(task.sites), FREE, dtype=np.int8)
    decided[opened] = WITHOUT
    saved, worth, part = (np.zeros(len(task.sites)) for _ in range(3))
    fills(task.start, task.row, task.cost, task.people, near, task.capacity, decided, saved, worth, part)
    loss, regained = swaps(
        task.row_start, task.column, task.row_cost, task.people, worth, best, near, second, len(opened)
    )
    loss += task.capacity[opened] * service.price
    worth[opened] = service.price
    barred = decided == WITHOUT
    first = len(opened) - len(chosen)
    exchanged = saved + regained[first:] - loss[first:, None]
    exchanged[:, barred] = -np.inf
    joins = np.where(barred, -np.inf, saved) if len(chosen) < task.more else np.full(len(saved), -np.inf)
    return Promises(exchanged, joins, worth)


def _best(promised: Promises, chosen: list[int], least: float, count: int) -> Iterator[tuple[float, int, int]]:
    """What is saved at most, the column that closes (-1 for none) and the one that opens, the most promising first."""
    saves = np.append(promised.swaps.ravel(), promised.joins)
    columns = len(promised.joins)
    few = np.flatnonzero(saves > least)
    if len(few) > count:
        few = few[np.argpartition(-saves[few], count)[:count]]
    for place in few[np.lexsort((few, -saves[few]))].tolist():
        row, into = divmod(place, columns)
        yield float(saves[place]), (chosen[row] if row < len(chosen) else -1), into
