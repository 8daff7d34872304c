"""Postal areas as population cells."""

from __future__ import annotations

import re
from pathlib import Path

from luukku.country.build.boundaries import Boundaries
from luukku.country.build.raw import Row, numbers, read_table
from luukku.country.projection import to_wgs84
from luukku.country.provenance import Mend
from luukku.errors import BadInput, Fault

COLUMNS = ("postcode", "name_fi", "municipality_code_2024", "pop_2022", "etrs_x", "etrs_y")
EXTENT = (50_000, 6_600_000, 760_000, 7_800_000)
"""Finland in metres of EPSG:3067: least x, least y, most x, most y."""


def areas(path: Path, names: dict[str, str], boundaries: Boundaries) -> tuple[list[Row], list[Mend]]:
    """The rows of areas.csv in the order of their codes, and what was mended.

    names: the municipalities of the country's year by code. The areas' codes are of 2024; one that is not of the
    country's year is refused, so that a merger in between cannot pass unseen.

    An area without coordinates is left out when nobody lives there; with people it is refused. An area without
    municipality gets the one whose boundary of 2023 it lies in, and that municipality's name if it has none itself.

    Raises BadInput with every row that is refused.
    """
    raw = sorted(read_table(path, COLUMNS, key=("postcode",)), key=lambda row: row["postcode"])
    people = dict(zip((row["postcode"] for row in raw), numbers(path, raw, "pop_2022", least=0), strict=True))
    placed = [row for row in raw if row["etrs_x"] and row["etrs_y"]]
    mends = [
        Mend(
            "areas", row["postcode"], f"{_readable(row['name_fi'])} has no coordinates", "left out: nobody lives there"
        )
        for row in raw
        if row not in placed
    ]
    faults = [
        Fault(f"{mend.code} has {people[mend.code]:.0f} people and no place", "a centroid", "add it", column="etrs_x")
        for mend in mends
        if people[mend.code] > 0
    ]
    if faults:
        raise BadInput(path, faults)

    x, y = numbers(path, placed, "etrs_x"), numbers(path, placed, "etrs_y")
    rows: list[Row] = []
    for row, east, north in zip(placed, x, y, strict=True):
        code, municipality = row["postcode"], row["municipality_code_2024"]
        faults += _misplaced(code, east, north)
        if not municipality and not faults:
            municipality, inside = boundaries.at(*(float(degrees) for degrees in to_wgs84(east, north)))
            where = "lies inside its boundary of 2023" if inside else "its boundary of 2023 is the nearest"
            how = f"{municipality} {names.get(municipality, '')}: the centroid {where}"
            mends.append(Mend("areas", code, "municipality and name are missing", how))
        if municipality not in names:
            cure = "build the country for the year of the areas, or give the area its municipality of that time"
            faults.append(Fault(f"{code} lies in {municipality!r}", "a known municipality", cure))
            continue
        rows.append(
            {
                "code": code,
                "name": _readable(row["name_fi"]) or names[municipality],
                "municipality": municipality,
                "people": f"{people[code]:.0f}",
                "x": f"{east:.0f}",
                "y": f"{north:.0f}",
            }
        )
    faults += _on_each_other(rows)
    if faults:
        raise BadInput(path, faults)
    return rows, mends


def _misplaced(code: str, x: float, y: float) -> list[Fault]:
    if EXTENT[0] <= x <= EXTENT[2] and EXTENT[1] <= y <= EXTENT[3]:
        return []
    expected = "metres of EPSG:3067 in Finland"
    return [Fault(f"{code} lies at x {x:.0f}, y {y:.0f}", expected, "check that x is the easting and y the northing")]


def _on_each_other(rows: list[Row]) -> list[Fault]:
    """Areas with one centroid: the map could not tell them apart."""
    first: dict[tuple[str, str], str] = {}
    faults = []
    for row in rows:
        other = first.setdefault((row["x"], row["y"]), row["code"])
        if other != row["code"]:
            cure = "correct the coordinates of one of them"
            faults.append(Fault(f"{other} and {row['code']} have the same centroid", "one place an area", cure))
    return faults


def _readable(name: str) -> str:
    """ÄÄNEKOSKI as Äänekoski; the shortenings for station (as) and church village (kk) stay small."""
    return re.sub(r"(?<= )(As|Kk)\b", lambda short: short.group().lower(), name.strip().title())
