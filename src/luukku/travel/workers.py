"""Who searches: a batch of sites after the other on the processors of this machine, or elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BATCH = 32
"""Sites between two reports of progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Cells within the limit of each site: site s has the pairs start[s]:start[s + 1].

    start: (sites + 1,) int64. cell: (pairs,) int32, ascending within a site. time: (pairs,) int32, in the unit
    that was searched with.
    """

    start: NDArray[np.int64]
    cell: NDArray[np.int32]
    time: NDArray[np.int32]

    @classmethod
    def nothing(cls, sites: int) -> Reached:
        """No cell of any site."""
        return cls(np.zeros(sites + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


Batch = NDArray[np.intp]
"""Numbers of sites that are searched from together."""

Workers = Callable[[Callable[[Any, Batch], Reached], Any, list[Batch]], Iterator[tuple[Batch, Reached]]]
"""Do `work(shared, batch)` for every batch and yield each batch with what it reached, in any order."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def this_machine(
    work: Callable[[Any, Batch], Reached], shared: Any, batches: list[Batch]
) -> Iterator[tuple[Batch, Reached]]:
    """As many threads as this process may use processors. The work must let other threads run, as compiled loops do."""
    threads = ThreadPoolExecutor(processors())
    try:
        running = {threads.submit(work, shared, batch): batch for batch in batches}
        for done in as_completed(running):
            yield running[done], done.result()
    finally:
        threads.shutdown(cancel_futures=True)


def in_batches(order: Batch) -> list[Batch]:
    """Batches of sites that follow each other in an order in which near ones are near."""
    return [order[first : first + BATCH] for first in range(0, len(order), BATCH)]


def assembled(
    parts: Iterable[tuple[Batch, Reached]], sites: int, progress: Callable[[int, int], None] | None
) -> Reached:
    """What all sites reached, from batches in any order; `progress` is called with (sites done, all sites)."""
    held = []
    counts = np.zeros(sites, np.int64)
    done = 0
    for batch, part in parts:
        held.append((batch, part))
        counts[batch] = np.diff(part.start)
        done += len(batch)
        if progress is not None:
            progress(done, sites)
    start = np.concatenate(([0], np.cumsum(counts)))
    cell, time = np.empty(start[-1], np.int32), np.empty(start[-1], np.int32)
    for batch, part in held:
        for turn, site in enumerate(batch.tolist()):
            into, taken = slice(start[site], start[site + 1]), slice(part.start[turn], part.start[turn + 1])
            cell[into], time[into] = part.cell[taken], part.time[taken]
    return Reached(start, cell, time)
