"""Where the people of an area set out: its centroid, unless that lies where hardly anybody lives.

The centroid of a wide postal area often falls into a forest, a lake or the sea, kilometres from the village that
holds most of its people. Two rules mend that; both are assumptions, and the cells' own coordinates stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.roads import Roads
from luukku.travel.access import nearest_spots

SEAT_BEYOND = 2_000.0
"""Where no centroid lies within these metres of a municipality's centre, the area that most likely holds the main
village sets out from that centre: the one with the most people for its distance, counting twice if it bears the
municipality's name."""

ROAD_WITHIN = 2_000.0
"""Every other area of the mainland sets out within these metres of a road: its centroid is moved to the nearest."""

NO_ROAD_BEYOND = 25_000.0
"""Metres from every road beyond which an area is left where it is: an island without a road, or roads not read."""


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """Where each cell sets out: x, y (cells,) float64 metres, EPSG:3067; moved: (cells,) metres from the centroid."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    moved: NDArray[np.float64]


def homes(country: Country, roads: Roads) -> Homes:
    """Where the people of each cell of the country set out."""
    cells = country.cells
    x, y = cells.x.copy(), cells.y.copy()
    seats = _seats(country)
    for cell, (seat_x, seat_y) in seats.items():
        x[cell], y[cell] = seat_x, seat_y

    others = np.setdiff1d(np.arange(len(cells)), np.fromiter(seats, np.intp))
    spot_x, spot_y, apart = nearest_spots(roads, x[others], y[others])
    far = (apart > ROAD_WITHIN) & (apart <= NO_ROAD_BEYOND) & country.on_mainland[others]
    kept = np.where(far, ROAD_WITHIN / np.maximum(apart, 1.0), 1.0)
    x[others] = spot_x + (x[others] - spot_x) * kept
    y[others] = spot_y + (y[others] - spot_y) * kept
    return Homes(x, y, np.hypot(x - cells.x, y - cells.y))


def _seats(country: Country) -> dict[int, tuple[float, float]]:
    cells = country.cells
    names = np.char.lower(cells.name)
    seats: dict[int, tuple[float, float]] = {}
    for place in country.municipalities:
        own = np.flatnonzero(cells.municipality == place.code)
        away = np.hypot(cells.x[own] - place.x, cells.y[own] - place.y)
        if not len(own) or away.min() <= SEAT_BEYOND:
            continue
        bears_its_name = np.isin(names[own], [place.name_fi.lower(), place.name_sv.lower()])
        pull = cells.people[own] * np.where(bears_its_name, 2.0, 1.0) / away
        seats[int(own[pull.argmax()])] = (place.x, place.y)
    return seats
