"""The road graph: which junction is how many minutes from which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.roads import Roads
from luukku.travel.speeds import Speeds


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Directed arcs in compressed rows: node n has the arcs start[n]:start[n + 1].

    start:   (nodes + 1,) int32.
    to:      (arcs,) int32 node numbers.
    minutes: (arcs,) float64, at least 0. Two nodes never have two arcs in one direction: the quickest is kept.
    """

    start: NDArray[np.int32]
    to: NDArray[np.int32]
    minutes: NDArray[np.float64]

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.start) - 1

    @property
    def source(self) -> NDArray[np.int32]:
        """(arcs,) the node that each arc leaves."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.start))


def arcs_of(nodes: int, source: NDArray[np.integer], to: NDArray[np.integer], minutes: NDArray[np.float64]) -> Arcs:
    """Arcs in compressed rows from (arcs,) pairs in any order.

    Of parallel arcs the quickest is kept, and loops are dropped.
    """
    order = np.lexsort((minutes, to, source))
    source, to, minutes = source[order], to[order], minutes[order]
    keep = source != to
    keep[1:] &= (source[1:] != source[:-1]) | (to[1:] != to[:-1])
    source, to, minutes = source[keep], to[keep], minutes[keep]
    start = np.zeros(nodes + 1, np.int32)
    np.cumsum(np.bincount(source, minlength=nodes), out=start[1:])
    return Arcs(start, to.astype(np.int32), minutes.astype(np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Roads with the minutes that a table of speeds gives them.

    link_minutes: (links,) float64. arcs: in the direction of driving.
    """

    roads: Roads
    speeds: Speeds
    link_minutes: NDArray[np.float64]
    arcs: Arcs


def road_graph(roads: Roads, speeds: Speeds) -> RoadGraph:
    """The graph of the roads: one arc for a one-way link, one in each direction for the others."""
    minutes = speeds.minutes(roads)
    back = roads.both_ways
    arcs = arcs_of(
        roads.nodes,
        np.concatenate((roads.start, roads.end[back])),
        np.concatenate((roads.end, roads.start[back])),
        np.concatenate((minutes, minutes[back])),
    )
    return RoadGraph(roads, speeds, minutes, arcs)
