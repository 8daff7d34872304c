"""From a place to the road: where a cell or a point joins the road graph, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.roads import CLASSES, Roads, link_tree, place_on_link, split_links


@dataclass(frozen=True, slots=True)
class Access:
    """How places are tied to roads. All are assumptions that a planner may change.

    door_minutes:  parking and walking to the point's door, for every trip. 2 + 3 minutes is the median for areas
                   of unknown kind; 2 in car-dependent suburbs, 10 in the centre of Helsinki. Source: Vesanen (2020),
                   Parking private cars and spatial accessibility in Helsinki capital region, urn.fi:hulib-202010304366.
    detour:        metres driven by metre of straight line on small roads and streets.
    local_km_h:    speed there for the first `local_metres` of straight line; `far_km_h` beyond them.
    spots:         a place is tied to its nearest road and to so many of the nearest junctions (the nearest road is not
                   always the one that leads the right way), as far as they are at most `spare_metres` farther away than
                   the road: what is farther may lie across water.
    most_metres:   a place farther from every road is left without one and reported (an island).
    direct_metres: a cell and a point this near each other are also joined directly, without the roads of the graph.
    """

    door_minutes: float = 5.0
    detour: float = 1.3
    local_km_h: float = 35.0
    far_km_h: float = 55.0
    local_metres: float = 3_000.0
    spots: int = 3
    spare_metres: float = 1_000.0
    most_metres: float = 15_000.0
    direct_metres: float = 1_500.0

    def minutes(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minutes for so many straight metres off the graph's roads."""
        near = np.minimum(metres, self.local_metres)
        return self.detour * (near / self.local_km_h + (metres - near) / self.far_km_h) * 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Where places join a road network that was cut for them.

    place, node: (ties,) numbers; minutes: (ties,) float64 between them, the same both ways.
    roadless:    place numbers that no road is near.
    """

    place: NDArray[np.int32]
    node: NDArray[np.int32]
    minutes: NDArray[np.float64]
    roadless: NDArray[np.intp]


def tie_places(roads: Roads, x: NDArray[np.float64], y: NDArray[np.float64], access: Access) -> tuple[Roads, Ties]:
    """Tie places (EPSG:3067 metres) to the roads: to the nearest spot of a road and to the nearest junctions.

    A road is cut where a place joins it, so places along one long link meet there. A motorway is joined at its
    interchanges only, and a ferry at its piers. Returns the cut roads and the ties.
    """
    from scipy.spatial import cKDTree

    place, link, share, apart = _nearest(roads, x, y, access.most_metres)
    slow = roads.road_class != CLASSES.index("motorway")
    nodes = np.unique(np.concatenate((roads.start[slow], roads.end[slow])))
    count = min(access.spots, len(nodes))
    away, near = cKDTree(np.column_stack((roads.x[nodes], roads.y[nodes]))).query(
        np.column_stack((x, y)), k=list(range(1, count + 1)), distance_upper_bound=access.most_metres
    )
    away, near = np.asarray(away), np.asarray(near)
    farthest = away.min(axis=1)
    farthest[place] = np.minimum(farthest[place], apart)
    who, which = np.nonzero(np.isfinite(away) & (away <= farthest[:, None] + access.spare_metres))

    cut, spot = split_links(roads, link, share)
    places = np.concatenate((place, who))
    metres = np.concatenate((apart, away[who, which]))
    ties = Ties(
        place=places.astype(np.int32),
        node=np.concatenate((spot, nodes[near[who, which]])).astype(np.int32),
        minutes=access.minutes(metres),
        roadless=np.setdiff1d(np.arange(len(x)), places),
    )
    return cut, ties


def nearest_spots(
    roads: Roads, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The nearest spot of a road that a place can join, however far: its x, its y, and the metres to it."""
    place, link, share, apart = _nearest(roads, x, y, None)
    a, b = roads.start[link[np.argsort(place)]], roads.end[link[np.argsort(place)]]
    share, apart = share[np.argsort(place)], apart[np.argsort(place)]
    return (
        roads.x[a] + share * (roads.x[b] - roads.x[a]),
        roads.y[a] + share * (roads.y[b] - roads.y[a]),
        apart,
    )


def _open_links(roads: Roads) -> NDArray[np.intp]:
    return np.flatnonzero(roads.drivable & (roads.road_class != CLASSES.index("motorway")))


def _nearest(
    roads: Roads, x: NDArray[np.float64], y: NDArray[np.float64], within: float | None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    from shapely import points

    open_links = _open_links(roads)
    place, hit = link_tree(roads, open_links).query_nearest(points(x, y), max_distance=within, all_matches=False)
    link = open_links[hit]
    share, apart = place_on_link(roads, link, x[place], y[place])
    return place, link, share, apart
