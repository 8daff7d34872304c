"""Exact shortest paths from every cell to every point, as far as a horizon."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.travel.access import Access, Ties, tie_places
from luukku.travel.graph import Arcs, RoadGraph, arcs_of, road_graph
from luukku.travel.search import MILLISECONDS, prepare, search
from luukku.travel.times import TravelTimes
from luukku.travel.workers import Reached, Workers, this_machine


def travel_times(
    graph: RoadGraph,
    sites: Sites,
    cells: Cells,
    horizon: float,
    *,
    access: Access | None = None,
    workers: Workers = this_machine,
    progress: Callable[[int, int], None] | None = None,
) -> TravelTimes:
    """Minutes from every cell to every site by the quickest way, as far as `horizon` minutes.

    One search a site runs on the reversed graph, so one-way streets count in the direction of the customer's trip.
    A way is: from the cell to a road, along roads and ferries, from the road to the site, and in at its door. Cells and
    sites are never passed through. A cell within `access.direct_metres` of a site may also go straight there.
    workers: who searches, this machine or many (`luukku.travel.spread`). progress: called with (sites done, all).

    Raises BadInput for a road of negative minutes or of none that is a number.
    """
    access = access or Access()
    count = len(sites)
    x, y = np.concatenate((sites.x, cells.x)), np.concatenate((sites.y, cells.y))
    roads, ties = tie_places(graph.roads, x, y, access)
    arcs = _with_places(road_graph(roads, graph.speeds).arcs, ties, _direct(sites, cells, access), count, len(cells))
    places = roads.nodes + np.arange(count + len(cells))
    network = prepare(
        arcs, places[:count], places[count:], (np.concatenate((roads.x, x)), np.concatenate((roads.y, y)))
    )
    door = round(access.door_minutes * MILLISECONDS)
    limit = round(horizon * MILLISECONDS) - door
    reached = Reached.nothing(count)
    if limit >= 0:
        reached = search(network, limit, workers=workers, progress=progress)
    return TravelTimes(
        start=reached.start,
        cell=reached.cell,
        minutes=((reached.time + door) / MILLISECONDS).astype(np.float32),
        cells=len(cells),
        horizon=horizon,
        source=Source("computation", "luukku.travel.paths.travel_times", f"roads: {graph.roads.source}"),
    )


def _with_places(
    arcs: Arcs,
    ties: Ties,
    direct: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    sites: int,
    cells: int,
) -> Arcs:
    """The arcs with sites and cells as further nodes: a way sets out from a cell and ends at a site."""
    is_site = ties.place < sites
    near_site, near_cell, near_minutes = direct
    return arcs_of(
        arcs.nodes + sites + cells,
        np.concatenate(
            (arcs.source, ties.node[is_site], arcs.nodes + ties.place[~is_site], arcs.nodes + sites + near_cell)
        ),
        np.concatenate((arcs.to, arcs.nodes + ties.place[is_site], ties.node[~is_site], arcs.nodes + near_site)),
        np.concatenate((arcs.minutes, ties.minutes[is_site], ties.minutes[~is_site], near_minutes)),
    )


def _direct(
    sites: Sites, cells: Cells, access: Access
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Sites and cells near each other, and the minutes of the straight way between them."""
    from scipy.spatial import cKDTree

    near = cKDTree(np.column_stack((sites.x, sites.y))).sparse_distance_matrix(
        cKDTree(np.column_stack((cells.x, cells.y))), access.direct_metres, output_type="ndarray"
    )
    return near["i"], near["j"], access.minutes(near["v"])
