"""Minutes by public transport and on foot, from every cell to every point, over a part of a day.

A customer who cannot drive walks to a stop, rides, changes, and walks to the door. How long that takes depends on when
one sets out, so it is computed for every minute of a window, such as a weekday from 9 to 15, and the median is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.errors import Contradiction, Impossible
from luukku.travel.gtfs import FORBIDDEN, Feed
from luukku.travel.times import TravelTimes
from luukku.travel.timetable import DAY, Timetable, timetable
from luukku.travel.workers import Batch, Reached, Workers, assembled, in_batches, this_machine

STEP = 60
"""Seconds between two instants of setting out."""


@dataclass(frozen=True, slots=True)
class Walking:
    """How people walk and change. All are assumptions that a planner may change.

    km_h:          walking speed; older people are slower.
    detour:        metres walked by metre of straight line, as for cars on streets.
    most_metres:   straight metres from home to a stop, from a stop to the point, or all the way on foot, at most.
    change_metres: straight metres between two stops for a change, at most.
    change_minutes: least time for a change, besides the walk; above 0. 2 is the default of OpenTripPlanner.
    """

    km_h: float = 4.5
    detour: float = 1.3
    most_metres: float = 1_500.0
    change_metres: float = 400.0
    change_minutes: float = 2.0

    def __post_init__(self) -> None:
        if not (self.km_h > 0 and self.detour > 0 and self.change_minutes * 60 >= 1):
            raise Contradiction("Walking speed, detour and the time for a change must be above 0.")

    def seconds(self, metres: NDArray[np.float64]) -> NDArray[np.int32]:
        """Whole seconds for so many straight metres."""
        return np.rint(metres * self.detour / self.km_h * 3.6).astype(np.int32)


def transit_times(
    feed: Feed,
    sites: Sites,
    cells: Cells,
    horizon: float = 120.0,
    *,
    day: date | None = None,
    window: tuple[float, float] = (9.0, 15.0),
    walking: Walking | None = None,
    workers: Workers = this_machine,
    progress: Callable[[int, int], None] | None = None,
) -> TravelTimes:
    """Minutes from every cell to every site by public transport or on foot: the median over times of setting out.

    day: of the timetable; the busiest weekday of the feed when not given. window: hours of setting out, the first
    included, the last not; people set out every minute. Waiting at the first stop counts. The median is the least
    number of minutes that at least half of these trips keep to; a trip longer than `horizon` counts as endless, so a
    pair is absent when more than half of them are. Of a change at most one walk is part. Taxis and cars are not.
    workers: who searches. progress: called with (sites done, all sites).

    Method: one scan of all connections a site, latest first, keeps for every stop when one can leave and when one then
    arrives (profile Connection Scan; Dibbelt, Pajor, Strasser, Wagner 2018, doi.org/10.1145/3274661, section 4).

    Raises Impossible when nothing runs on the day, Contradiction for an empty window or one beyond the day.
    """
    walking = walking or Walking()
    chosen = day or feed.busiest_weekday()
    if chosen is None or feed.trips_on(chosen) == 0:
        span = feed.days()
        told = f"The timetable is of {span[0]} to {span[1]}." if span else "No service of the timetable ever runs."
        raise Impossible(f"Nothing runs on {chosen or 'any weekday'} in {feed.source.name}. {told}")
    if not 0 <= window[0] < window[1] <= 24:
        raise Contradiction(f"People set out from {window[0]:g} to {window[1]:g} o'clock: give hours from 0 to 24.")
    if not 0 < horizon * 60 < DAY:
        raise Contradiction(f"A horizon of {horizon:g} minutes is not between 0 and a day.")
    first, end, longest = round(window[0] * 3600), round(window[1] * 3600), round(horizon * 60)
    network = _network(feed, timetable(feed, chosen, first, end + longest), sites, cells, walking)
    span_of_day = _Span(first, end, longest)
    batches = in_batches(np.argsort(sites.x, kind="stable"))
    reached = assembled(workers(partial(_search_from, span_of_day), network, batches), len(sites), progress)
    return TravelTimes(
        start=reached.start,
        cell=reached.cell,
        minutes=(reached.time / 60).astype(np.float32),
        cells=len(cells),
        horizon=horizon,
        source=Source(
            "computation",
            "luukku.travel.transit.transit_times",
            f"median of setting out from {window[0]:g} to {window[1]:g} o'clock by {feed.source}",
            chosen.isoformat(),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """Seconds of the day in which people set out, and the longest trip."""

    first: int
    end: int
    longest: int


Rows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]
"""Compressed rows: starts, numbers, seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """A timetable with all walks around it.

    change:  to each stop the stops from which one can change there. access: from each cell the stops around it.
    egress:  to each site the stops around it. on_foot: to each site the cells from which one can walk all the way.
    """

    table: Timetable
    stops: int
    cells: int
    change: Rows
    access: Rows
    egress: Rows
    on_foot: Rows


def _network(feed: Feed, table: Timetable, sites: Sites, cells: Cells, walking: Walking) -> _Network:
    served = np.unique(np.concatenate((table.leaves, table.reaches)))
    served = served[np.isfinite(feed.x[served])]
    stops = (feed.x[served], feed.y[served])
    homes, points = (cells.x, cells.y), (sites.x, sites.y)
    home, stop, to_stop = _walks(homes, stops, walking.most_metres, walking)
    point, last_stop, from_stop = _walks(points, stops, walking.most_metres, walking)
    site, cell, all_the_way = _walks(points, homes, walking.most_metres, walking)
    return _Network(
        table=table,
        stops=len(feed.x),
        cells=len(cells),
        change=_changes(feed, served, walking),
        access=_rows(len(cells), home, served[stop], to_stop),
        egress=_rows(len(sites), point, served[last_stop], from_stop),
        on_foot=_rows(len(sites), site, cell, all_the_way),
    )


def _changes(feed: Feed, served: NDArray[np.int32], walking: Walking) -> Rows:
    """Changes to each stop: walks between stops near each other, at the stop itself, and as the feed has them."""
    stops = (feed.x[served], feed.y[served])
    to, leaving, seconds = _walks(stops, stops, walking.change_metres, walking)
    pairs = dict(zip(zip(served[to].tolist(), served[leaving].tolist(), strict=True), seconds.tolist(), strict=True))
    pairs |= {(stop, stop): 0 for stop in served.tolist()}
    least = max(1, round(walking.change_minutes * 60))
    pairs = {pair: walk + least for pair, walk in pairs.items()}
    is_served = set(served.tolist())
    for a, b, change in feed.changes.tolist():
        if a in is_served and b in is_served:
            pairs[b, a] = FORBIDDEN if change == FORBIDDEN else max(1, change)
    kept = [(b, a, change) for (b, a), change in pairs.items() if change != FORBIDDEN]
    b, a, change = np.array(kept, np.int64).reshape(-1, 3).T
    return _rows(len(feed.x), b, a, change)


def _walks(
    here: tuple[NDArray[np.float64], NDArray[np.float64]],
    there: tuple[NDArray[np.float64], NDArray[np.float64]],
    most: float,
    walking: Walking,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Pairs of places at most so many straight metres apart, and the seconds that walking between them takes."""
    from scipy.spatial import cKDTree

    near = cKDTree(np.column_stack(here)).sparse_distance_matrix(
        cKDTree(np.column_stack(there)), most, output_type="ndarray"
    )
    return near["i"], near["j"], walking.seconds(near["v"])


def _rows(count: int, row: NDArray[np.integer], number: NDArray[np.integer], seconds: NDArray[np.integer]) -> Rows:
    order = np.lexsort((number, row))
    start = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=count)))).astype(np.int64)
    return start, number[order].astype(np.int32), seconds[order].astype(np.int32)


def _search_from(span: _Span, network: _Network, batch: Batch) -> Reached:
    from luukku.travel.transit_kernels import search

    table = network.table
    connections = (table.leaves, table.reaches, table.departure, table.arrival, table.ride)
    return Reached(
        *search(
            connections,
            (table.boards, table.alights),
            (network.stops, table.rides, network.cells),
            network.change,
            network.access,
            network.egress,
            network.on_foot,
            batch,
            (span.first, span.end, span.longest, STEP),
        )
    )
