"""Exact shortest times from many sources to many targets, as far as a limit: the engine of the travel times.

Times are whole milliseconds, so a path's time does not depend on the order it is added up in, and equal ways are equal.
Rounding an arc costs at most half a millisecond: a way of a thousand arcs is at most half a second off.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Fault, Impossible
from luukku.travel.graph import Arcs

MILLISECONDS = 60_000
"""In a minute."""
MOST = 2**30 - 1
"""The longest limit in milliseconds, about twelve days; two times within it can be added up."""
BATCH = 32
"""Sources searched from between two reports of progress."""
BUCKETS = 2**16
"""Buckets that a limit is divided among, at most: as many as stay in a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A graph made ready for searches from certain sources to certain targets.

    What no search needs is gone: dead ends are taken away, and a chain of nodes with two neighbours each is one arc
    with the chain's time, so every time between a source and a target is what it was. Nodes are numbered along a
    Hilbert curve, so that near nodes lie near each other in memory.

    start: (nodes + 1,) int32; arcs: (arcs, 2) int32, the node that an arc leads to and its milliseconds.
    source: (sources,) int32 nodes. target_start, target: numbers of the targets at each node, in compressed rows.
    """

    start: NDArray[np.int32]
    arcs: NDArray[np.int32]
    source: NDArray[np.int32]
    target_start: NDArray[np.int32]
    target: NDArray[np.int32]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.start) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Targets within the limit of each source: source s has the pairs start[s]:start[s + 1].

    start: (sources + 1,) int64. target: (pairs,) int32, ascending within a source. time: (pairs,) int32 milliseconds.
    """

    start: NDArray[np.int64]
    target: NDArray[np.int32]
    time: NDArray[np.int32]

    @classmethod
    def nothing(cls, sources: int) -> Reached:
        """No target of any source."""
        return cls(np.zeros(sources + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


Engine = Callable[[Network, int, Callable[[int, int], None] | None], Reached]
"""Searches from every source of a network as far as a limit in milliseconds, and tells progress (sources done, all)."""


def milliseconds(minutes: NDArray[np.float64]) -> NDArray[np.int32]:
    """Whole milliseconds; what is longer than any limit is cut to just beyond it.

    Raises BadInput for a time that is negative or no number.
    """
    wrong = np.flatnonzero(~(minutes >= 0))
    if len(wrong):
        raise BadInput(
            "The road graph",
            [
                Fault(
                    f"arc {arc} takes {minutes[arc]} minutes",
                    "a number of minutes, at least 0",
                    "mend the length of the road or the table of speeds",
                )
                for arc in wrong[: BadInput.SHOWN].tolist()
            ],
        )
    return np.minimum(np.rint(minutes * MILLISECONDS), MOST + 1).astype(np.int32)


def prepare(
    arcs: Arcs,
    sources: NDArray[np.integer],
    targets: NDArray[np.integer],
    place: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> Network:
    """Make arcs ready for searches from the sources to the targets (node numbers; several targets may share a node).

    place: (nodes,) x and y, any unit; nodes keep their order without it.

    Raises BadInput for a negative time or one that is no number.
    """
    from luukku.travel import kernels

    time = milliseconds(arcs.minutes)
    keep = np.zeros(arcs.nodes, np.bool_)
    keep[sources] = True
    keep[targets] = True
    back = kernels.turned(arcs.start, arcs.to)
    count = kernels.neighbours(arcs.start, arcs.to, *back)
    remains = kernels.strip_dead_ends(arcs.start, arcs.to, *back, keep, count)
    chain = remains & ~keep & (count == 2)
    order = np.flatnonzero(remains & ~chain).astype(np.int32)
    if place is not None:
        order = order[np.argsort(kernels.along_hilbert_curve(place[0][order], place[1][order]), kind="stable")]
    start, to, times = kernels.join_chains(arcs.start, arcs.to, time, chain, ~remains, order, MOST)

    number = np.full(arcs.nodes, -1, np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    at = number[targets]
    return Network(
        start=start,
        arcs=np.column_stack((to, times)),
        source=number[sources],
        target_start=np.concatenate(([0], np.cumsum(np.bincount(at, minlength=len(order))))).astype(np.int32),
        target=np.argsort(at, kind="stable").astype(np.int32),
    )


def search(network: Network, limit: int, progress: Callable[[int, int], None] | None = None) -> Reached:
    """The engine of this machine: batches of sources on as many threads as there are processors."""
    threads = ThreadPoolExecutor(max(1, len(os.sched_getaffinity(0))))
    try:
        running = {threads.submit(search_from, network, batch, limit): batch for batch in batches(network)}
        return assembled(
            ((running[done], done.result()) for done in as_completed(running)), len(network.source), progress
        )
    finally:
        threads.shutdown(cancel_futures=True)


def batches(network: Network) -> list[NDArray[np.intp]]:
    """Numbers of sources, those near each other together: they search the same part of the graph."""
    along = np.argsort(network.source, kind="stable")
    return [along[first : first + BATCH] for first in range(0, len(along), BATCH)]


def search_from(network: Network, sources: NDArray[np.intp], limit: int) -> Reached:
    """Search from some of the sources (their numbers), one after the other."""
    from luukku.travel import kernels

    if not 0 <= limit <= MOST:
        raise Impossible(f"Ways are searched as far as {MOST // MILLISECONDS} minutes, not {limit / MILLISECONDS:g}.")
    shift = int(limit // BUCKETS).bit_length()
    return Reached(
        *kernels.search(
            network.start, network.arcs, network.source[sources], limit, shift, network.target_start, network.target
        )
    )


def assembled(
    parts: Iterable[tuple[NDArray[np.intp], Reached]], sources: int, progress: Callable[[int, int], None] | None
) -> Reached:
    """What was reached from all sources, from parts that tell their sources' numbers and come in any order."""
    held = []
    counts = np.zeros(sources, np.int64)
    done = 0
    for batch, part in parts:
        held.append((batch, part))
        counts[batch] = np.diff(part.start)
        done += len(batch)
        if progress is not None:
            progress(done, sources)
    start = np.concatenate(([0], np.cumsum(counts)))
    target, time = np.empty(start[-1], np.int32), np.empty(start[-1], np.int32)
    for batch, part in held:
        for turn, source in enumerate(batch.tolist()):
            into, taken = slice(start[source], start[source + 1]), slice(part.start[turn], part.start[turn + 1])
            target[into], time[into] = part.target[taken], part.time[taken]
    return Reached(start, target, time)
