"""Exact shortest times from many cells to many sites, as far as a limit: the engine of the travel times.

Times are whole milliseconds, so a path's time does not depend on the order it is added up in, and equal ways are equal.
Rounding an arc costs at most half a millisecond: a way of a thousand arcs is at most half a second off.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Fault, Impossible
from luukku.travel.graph import Arcs
from luukku.travel.workers import Batch, Reached, Workers, assembled, in_batches, processors, this_machine

MILLISECONDS = 60_000
"""In a minute."""
MOST = 2**30 - 1
"""The longest limit in milliseconds, about twelve days; two times within it can be added up."""
BUCKETS = 2**16
"""Buckets that a limit is divided among, at most: as many as stay in a processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A graph made ready for searches from certain sites, against the arcs, to the cells that lead there.

    What no search needs is gone: dead ends are taken away, and a chain of nodes with two neighbours each is one arc
    with the chain's time, so every time between a cell and a site is what it was. Nodes are numbered along a Hilbert
    curve, so that near nodes lie near each other in memory.

    start: (nodes + 1,) int32; arcs: (arcs, 2) int32, the node that an arc comes from and its milliseconds.
    site: (sites,) int32 nodes. cell_start, cell: numbers of the cells at each node, in compressed rows.
    """

    start: NDArray[np.int32]
    arcs: NDArray[np.int32]
    site: NDArray[np.int32]
    cell_start: NDArray[np.int32]
    cell: NDArray[np.int32]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.start) - 1


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
    sites: NDArray[np.integer],
    cells: NDArray[np.integer],
    place: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> Network:
    """Make arcs ready for finding the ways from cells to sites, given by their nodes; several may share a node.

    place: (nodes,) x and y, any unit; nodes keep their order without it.

    Raises BadInput for a negative time or one that is no number.
    """
    from luukku.travel import kernels

    time = milliseconds(arcs.minutes)
    keep = np.zeros(arcs.nodes, np.bool_)
    keep[sites] = True
    keep[cells] = True
    back_start, back_to, back_time = kernels.turned(arcs.start, arcs.to, time)
    count = kernels.neighbours(arcs.start, arcs.to, back_start, back_to)
    remains = kernels.strip_dead_ends(arcs.start, arcs.to, back_start, back_to, keep, count)
    chain = remains & ~keep & (count == 2)
    order = np.flatnonzero(remains & ~chain).astype(np.int32)
    if place is not None:
        order = order[np.argsort(kernels.along_hilbert_curve(place[0][order], place[1][order]), kind="stable")]
    number = np.full(arcs.nodes, -1, np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    join = partial(kernels.join_chains, back_start, back_to, back_time, chain, ~remains, number, most=MOST)
    with ThreadPoolExecutor(processors()) as threads:
        counts, to, times = (
            np.concatenate(parts) for parts in zip(*threads.map(join, np.array_split(order, processors())), strict=True)
        )
    at = number[cells]
    return Network(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        arcs=np.column_stack((to, times)),
        site=number[sites],
        cell_start=np.concatenate(([0], np.cumsum(np.bincount(at, minlength=len(order))))).astype(np.int32),
        cell=np.argsort(at, kind="stable").astype(np.int32),
    )


def search(
    network: Network,
    limit: int,
    *,
    workers: Workers = this_machine,
    progress: Callable[[int, int], None] | None = None,
) -> Reached:
    """The cells within the limit (milliseconds) of every site, and the times of the ways from them to it.

    workers: who searches. progress: called with (sites done, all sites).

    Raises Impossible for a limit that is farther than ways are searched.
    """
    if not 0 <= limit <= MOST:
        raise Impossible(f"Ways are searched as far as {MOST // MILLISECONDS} minutes, not {limit / MILLISECONDS:g}.")
    batches = in_batches(np.argsort(network.site, kind="stable"))
    return assembled(workers(partial(_search_from, limit), network, batches), len(network.site), progress)


def _search_from(limit: int, network: Network, batch: Batch) -> Reached:
    from luukku.travel import kernels

    shift = int(limit // BUCKETS).bit_length()
    return Reached(
        *kernels.search(
            network.start, network.arcs, network.site[batch], limit, shift, network.cell_start, network.cell
        )
    )
