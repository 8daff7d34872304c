"""Small GTFS feeds, written as the ZIP that a publisher would."""

from __future__ import annotations

import zipfile
from pathlib import Path

from luukku.country.projection import to_wgs84

EVERY_DAY = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
ORIGIN = (400_000.0, 6_700_000.0)
"""EPSG:3067 metres that places of made-up feeds are counted from."""


def place(x: float, y: float = 0.0) -> tuple[float, float]:
    return ORIGIN[0] + x, ORIGIN[1] + y


def stops_txt(places: dict[str, tuple[float, float]]) -> str:
    lines = ["stop_id,stop_name,stop_lat,stop_lon"]
    for stop, (x, y) in places.items():
        lon, lat = to_wgs84(*place(x, y))
        lines.append(f"{stop},Stop {stop},{float(lat):.9f},{float(lon):.9f}")
    return "\n".join(lines) + "\n"


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def tables(
    places: dict[str, tuple[float, float]], trips: dict[str, list[tuple[str, str] | tuple[str, str, str]]]
) -> dict[str, str]:
    """A feed whose trips run every day of 2026. A call is (stop, time) or (stop, arrival, departure)."""
    calls = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for trip, rows in trips.items():
        calls += [f"{trip},{row[1]},{row[-1]},{row[0]},{number}" for number, row in enumerate(rows, 1)]
    return {
        "agency.txt": "agency_id,agency_name\n1,Made up\n",
        "stops.txt": stops_txt(places),
        "routes.txt": "route_id,route_type\nr,3\n",
        "trips.txt": "route_id,service_id,trip_id\n" + "".join(f"r,daily,{trip}\n" for trip in trips),
        "stop_times.txt": "\n".join(calls) + "\n",
        "calendar.txt": EVERY_DAY + "daily,1,1,1,1,1,1,1,20260101,20261231\n",
    }


def write(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path
