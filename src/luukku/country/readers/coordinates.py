"""Tell coordinates of Finland from coordinates that are swapped or of another system.

Everything inside is metres of ETRS-TM35FIN (EPSG:3067); WGS84 degrees are turned into them at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.faults import LISTED, Faults

METRES = (50_000.0, 770_000.0, 6_570_000.0, 7_800_000.0)
"""Least and most x, least and most y of Finland and its nearest neighbours in EPSG:3067 (JHS 197 with a margin)."""
DEGREES = (18.5, 32.5, 59.0, 70.6)
"""Least and most longitude, least and most latitude of the same area."""

NORTHING = (6_550_000.0, 7_850_000.0)
"""Northings of Finland in any Gauss-Krüger system of the country (KKJ, ETRS-GK): within a few km of EPSG:3067's."""
EXPECTED_METRES = (
    "metres of ETRS-TM35FIN (EPSG:3067): x is the easting, 50,000-770,000, y the northing, 6,570,000-7,800,000"
)
EXPECTED_DEGREES = "degrees of WGS84 (EPSG:4326): lon 18.5-32.5, lat 59.0-70.6"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What coordinates outside the country seem to be, and what to do then."""

    what: str
    cure: str


SWAPPED = Diagnosis("x and y seem to be swapped", "exchange the two columns")
SWAPPED_DEGREES = Diagnosis("lon and lat seem to be swapped", "exchange the two columns")
WGS84 = Diagnosis(
    "the coordinates seem to be degrees of WGS84, not metres",
    "name the columns lon and lat, or turn the coordinates into EPSG:3067",
)
WGS84_SWAPPED = Diagnosis(
    "the coordinates seem to be degrees of WGS84, latitude first, not metres",
    "name the columns lon and lat (lon is about 19-32, lat about 59-71), or turn the coordinates into EPSG:3067",
)
TM35FIN = Diagnosis(
    "the coordinates seem to be metres of ETRS-TM35FIN, not degrees",
    "name the columns x and y, or turn them into WGS84",
)
KKJ = Diagnosis(
    "the coordinates seem to be of the old KKJ system (the first digit of the easting is the zone: "
    "EPSG:2391-2394, or YKJ EPSG:2393)",
    "turn the coordinates into EPSG:3067; taking the digit away is not enough, they would be off by kilometres",
)
ETRS_GK = Diagnosis(
    "the coordinates seem to be of ETRS-GK (the first two digits of the easting are the zone: EPSG:3873-3885)",
    "turn the coordinates into EPSG:3067",
)
MERCATOR = Diagnosis(
    "the coordinates seem to be of Web Mercator (EPSG:3857)", "turn the coordinates into EPSG:3067 or WGS84"
)
KILOMETRES = Diagnosis("the coordinates seem to be kilometres", "give metres")
ZERO = Diagnosis("the coordinates are zero", "give the place's coordinates or take the row away")
ELSEWHERE = Diagnosis("the place is outside Finland", "check the coordinates and their system")


def within(a: NDArray[np.float64], b: NDArray[np.float64], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Which pairs lie in a box (least and most a, least and most b)."""
    return (a >= box[0]) & (a <= box[1]) & (b >= box[2]) & (b <= box[3])


def metres_diagnoses(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[tuple[Diagnosis, NDArray[np.bool_]]]:
    """What is wrong with coordinates that should be metres of EPSG:3067: a diagnosis and the rows it holds for.

    Each row is in at most one diagnosis; NaN is nobody's. x, y: (rows,) float64.
    """

    def zone(easting: NDArray[np.float64], size: float, first: int, last: int) -> NDArray[np.bool_]:
        number = np.floor(easting / size)
        rest = easting - number * size
        return (number >= first) & (number <= last) & (rest > 0.1 * size) & (rest < 0.9 * size)

    northing = (y > NORTHING[0]) & (y < NORTHING[1])
    kkj = northing & zone(x, 1e6, 1, 5)
    gk = northing & zone(x, 1e6, 19, 31)
    lon = within(x, y, DEGREES)
    return _first_of(
        x,
        y,
        within(x, y, METRES),
        (
            (ZERO, (x == 0) & (y == 0)),
            (SWAPPED, within(y, x, METRES)),
            (WGS84, lon),
            (WGS84_SWAPPED, within(y, x, DEGREES)),
            (KKJ, kkj),
            (ETRS_GK, gk),
            (MERCATOR, within(x, y, (2_000_000.0, 3_700_000.0, 8_100_000.0, 11_500_000.0))),
            (KILOMETRES, within(x * 1000, y * 1000, METRES)),
        ),
    )


def degrees_diagnoses(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[tuple[Diagnosis, NDArray[np.bool_]]]:
    """What is wrong with coordinates that should be degrees of WGS84, as `metres_diagnoses`."""
    return _first_of(
        lon,
        lat,
        within(lon, lat, DEGREES),
        (
            (ZERO, (lon == 0) & (lat == 0)),
            (SWAPPED_DEGREES, within(lat, lon, DEGREES)),
            (TM35FIN, within(lon, lat, METRES) | within(lat, lon, METRES)),
        ),
    )


def _first_of(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    right: NDArray[np.bool_],
    candidates: tuple[tuple[Diagnosis, NDArray[np.bool_]], ...],
) -> list[tuple[Diagnosis, NDArray[np.bool_]]]:
    left = ~right & ~np.isnan(a) & ~np.isnan(b)
    found = []
    for diagnosis, holds in (*candidates, (ELSEWHERE, left)):
        if (rows := holds & left).any():
            found.append((diagnosis, rows))
            left &= ~rows
    return found


def check_metres(
    x: NDArray[np.float64], y: NDArray[np.float64], rows: NDArray[np.int64], columns: str, faults: Faults
) -> None:
    """Note every place that is not in Finland in EPSG:3067, with what it seems to be."""
    for diagnosis, bad in metres_diagnoses(x, y):
        faults.add_unless_everywhere(
            bad, rows, columns, _with_values(diagnosis, x, y, bad), expected=EXPECTED_METRES, cure=diagnosis.cure
        )


def check_degrees(
    lon: NDArray[np.float64], lat: NDArray[np.float64], rows: NDArray[np.int64], columns: str, faults: Faults
) -> None:
    """Note every place that is not in Finland in WGS84, with what it seems to be."""
    for diagnosis, bad in degrees_diagnoses(lon, lat):
        faults.add_unless_everywhere(
            bad, rows, columns, _with_values(diagnosis, lon, lat, bad), expected=EXPECTED_DEGREES, cure=diagnosis.cure
        )


def _with_values(
    diagnosis: Diagnosis, a: NDArray[np.float64], b: NDArray[np.float64], bad: NDArray[np.bool_]
) -> list[str]:
    listed = np.flatnonzero(bad)[:LISTED]
    return [f"{diagnosis.what} ({a[row]:.10g}, {b[row]:.10g})" for row in listed.tolist()]
