"""How few vehicle days could do at best: bounds that hold whatever a search finds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.plan.routes.task import RoundsTask


def fewest_days(task: RoundsTask) -> int:
    """No plan makes all the calls in fewer vehicle days than this.

    The greater of two bounds. (1) A call takes its stay and at least the shortest way that leads to it, and a day ends
    with at least the shortest way home, so calls packed into days are items packed into bins: bound L2 of Martello &
    Toth (1990). (2) Calls of which no two fit into one day from any home need a day each: a set of such calls, found
    greedily.
    """
    if not task.calls:
        return 0
    into = task.minutes[:, task.homes :].copy()
    into[task.homes + np.arange(task.calls), np.arange(task.calls)] = np.iinfo(np.int64).max
    home = int(task.minutes[task.homes :, : task.homes].min())
    room = task.day.work - home
    return max(_bins(task.lasts + into.min(axis=0), room), _apart(task))


def _bins(items: NDArray[np.int64], room: int) -> int:
    """Bound L2 on the bins of so much room that hold the items."""
    best = 0
    for small in [0, *np.unique(items[2 * items <= room]).tolist()]:
        large = items > room - small
        middle = items[~large & (2 * items > room)]
        rest = int(items[(2 * items <= room) & (items >= small)].sum())
        spare = len(middle) * room - int(middle.sum())
        more = -(-(rest - spare) // room) if room > 0 else 0
        best = max(best, int(large.sum()) + len(middle) + max(0, more))
    return best


def _apart(task: RoundsTask) -> int:
    """How many calls were found of which no two fit into one day."""
    minutes = task.minutes.copy()
    for through in range(len(minutes)):  # a third call on the way may shorten it
        np.minimum(minutes, minutes[:, through, None] + minutes[None, through], out=minutes)
    out, back = minutes[: task.homes, task.homes :], minutes[task.homes :, : task.homes]
    between = minutes[task.homes :, task.homes :]
    tour = np.full(between.shape, np.iinfo(np.int64).max)
    for home in range(task.homes):
        tour = np.minimum(tour, out[home][:, None] + between + back[:, home][None, :])
    pair = np.minimum(tour, tour.T) + task.lasts[:, None] + task.lasts[None, :]
    clash = pair > task.day.work
    np.fill_diagonal(clash, val=False)
    best = 0
    most_clashing = np.argsort(-clash.sum(axis=1), kind="stable")
    for first in most_clashing.tolist():
        possible = clash[first].copy()
        size = 1
        for other in most_clashing.tolist():
            if possible[other]:
                size += 1
                possible &= clash[other]
        best = max(best, size)
    return best
