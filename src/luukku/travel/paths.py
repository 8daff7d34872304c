"""Exact shortest paths from every cell to every point, as far as a horizon."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.travel.access import Access, Ties, tie_places
from luukku.travel.graph import Arcs, RoadGraph, arcs_of, road_graph
from luukku.travel.times import TravelTimes

Engine = Callable[[Arcs, NDArray[np.int32], float], Iterator[NDArray[np.float64]]]
"""Searches from each source along the arcs as far as a limit, and yields a (nodes,) row of minutes for each in turn,
infinite where the limit is passed."""

BATCH = 64


def dijkstra(arcs: Arcs, sources: NDArray[np.int32], limit: float) -> Iterator[NDArray[np.float64]]:
    """The engine of SciPy: Dijkstra's algorithm with a Fibonacci heap, in batches that bound the memory."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra as search

    # SciPy takes an explicit zero for an absent arc, so arcs of no length get the least float instead.
    minutes = np.maximum(arcs.minutes, np.finfo(np.float64).tiny)
    matrix = csr_array((minutes, arcs.to, arcs.start), shape=(arcs.nodes, arcs.nodes))
    for first in range(0, len(sources), BATCH):
        yield from search(matrix, indices=sources[first : first + BATCH], limit=limit)


def travel_times(
    graph: RoadGraph,
    sites: Sites,
    cells: Cells,
    horizon: float,
    *,
    access: Access | None = None,
    engine: Engine = dijkstra,
    progress: Callable[[int, int], None] | None = None,
) -> TravelTimes:
    """Minutes from every cell to every site by the quickest way, as far as `horizon` minutes.

    One search a site runs on the reversed graph, so one-way streets count in the direction of the customer's trip.
    A way is: from the cell to a road, along roads and ferries, from the road to the site, and in at its door. Cells and
    sites are never passed through. A cell within `access.direct_metres` of a site may also go straight there.
    progress: called with (sites done, all sites).
    """
    access = access or Access()
    count = len(sites)
    roads, ties = tie_places(
        graph.roads, np.concatenate((sites.x, cells.x)), np.concatenate((sites.y, cells.y)), access
    )
    backwards = _with_places(road_graph(roads, graph.speeds).arcs, ties, count, len(cells))
    first_site, first_cell = roads.nodes, roads.nodes + count
    near_site, near_cell, near_minutes = _direct(sites, cells, access)
    near_start = np.searchsorted(near_site, np.arange(count + 1))

    start = np.zeros(count + 1, np.int64)
    found: list[NDArray[np.int32]] = []
    minutes: list[NDArray[np.float32]] = []
    sources = np.arange(first_site, first_site + count, dtype=np.int32)
    for site, row in enumerate(engine(backwards, sources, max(horizon - access.door_minutes, 0.0))):
        to_cells = row[first_cell:] + access.door_minutes
        direct = slice(near_start[site], near_start[site + 1])
        to_cells[near_cell[direct]] = np.minimum(to_cells[near_cell[direct]], near_minutes[direct])
        within = np.flatnonzero(to_cells <= horizon)
        found.append(within.astype(np.int32))
        minutes.append(to_cells[within].astype(np.float32))
        start[site + 1] = start[site] + len(within)
        if progress is not None and ((site + 1) % BATCH == 0 or site + 1 == count):
            progress(site + 1, count)
    return TravelTimes(
        start=start,
        cell=np.concatenate(found) if found else np.zeros(0, np.int32),
        minutes=np.concatenate(minutes) if minutes else np.zeros(0, np.float32),
        cells=len(cells),
        horizon=horizon,
        source=Source("computation", "luukku.travel.paths.travel_times", f"roads: {graph.roads.source}"),
    )


def _with_places(arcs: Arcs, ties: Ties, sites: int, cells: int) -> Arcs:
    """The reversed arcs with sites and cells as further nodes: a search leaves from a site and ends in cells."""
    is_site = ties.place < sites
    return arcs_of(
        arcs.nodes + sites + cells,
        np.concatenate((arcs.to, arcs.nodes + ties.place[is_site], ties.node[~is_site])),
        np.concatenate((arcs.source, ties.node[is_site], arcs.nodes + ties.place[~is_site])),
        np.concatenate((arcs.minutes, ties.minutes[is_site], ties.minutes[~is_site])),
    )


def _direct(
    sites: Sites, cells: Cells, access: Access
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    from scipy.spatial import cKDTree

    near = cKDTree(np.column_stack((sites.x, sites.y))).sparse_distance_matrix(
        cKDTree(np.column_stack((cells.x, cells.y))), access.direct_metres, output_type="ndarray"
    )
    near = near[np.lexsort((near["j"], near["i"]))]
    return near["i"], near["j"], access.minutes(near["v"]) + access.door_minutes
