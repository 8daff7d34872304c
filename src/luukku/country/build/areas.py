"""Postal areas as population cells."""

from __future__ import annotations

import re
from pathlib import Path

from luukku.country.build.municipalities import Boundaries
from luukku.country.build.raw import Row, numbers, read_table
from luukku.country.provenance import Mend
from luukku.errors import BadInput, Fault

COLUMNS = ("postcode", "name_fi", "municipality_code_2024", "pop_2022", "etrs_x", "etrs_y", "lon", "lat")
EXTENT = (50_000, 6_600_000, 760_000, 7_800_000)
"""Finland in metres of EPSG:3067: least x, least y, most x, most y."""


def areas(path: Path, boundaries: Boundaries) -> tuple[list[Row], list[Mend]]:
    """The rows of areas.csv in the order of their codes, and what was mended.

    An area without coordinates is left out when nobody lives there; with people it is refused. An area without
    municipality gets the one whose boundary of 2023 it lies in, and that municipality's name if it has none.
    """
    raw = sorted(read_table(path, COLUMNS, key=("postcode",)), key=lambda row: row["postcode"])
    people = numbers(path, raw, "pop_2022", least=0)
    rows: list[Row] = []
    mends: list[Mend] = []
    faults: list[Fault] = []
    placed: list[tuple[Row, float]] = []
    for row, count in zip(raw, people, strict=True):
        if row["etrs_x"] and row["etrs_y"]:
            placed.append((row, count))
        elif count == 0:
            what, how = f"{_readable(row['name_fi'])} has no coordinates", "left out: nobody lives there"
            mends.append(Mend("areas", row["postcode"], what, how))
        else:
            cure = "add the area's centroid"
            faults.append(
                Fault(
                    f"{row['postcode']} has {count:.0f} people and no place",
                    "metres of EPSG:3067",
                    cure,
                    None,
                    "etrs_x",
                )
            )
    if faults:
        raise BadInput(path, faults)
    x = numbers(path, [row for row, _ in placed], "etrs_x")
    y = numbers(path, [row for row, _ in placed], "etrs_y")
    names = {row["municipality_code_2024"]: row["municipality_fi"] for row in raw}
    for (row, count), east, north in zip(placed, x, y, strict=True):
        if not (EXTENT[0] <= east <= EXTENT[2] and EXTENT[1] <= north <= EXTENT[3]):
            cure = "check that x is the easting and y the northing"
            faults.append(Fault(f"{row['postcode']} lies at {east:.0f}, {north:.0f}", "a place in Finland", cure))
            continue
        municipality, name = row["municipality_code_2024"], _readable(row["name_fi"])
        if not municipality:
            municipality, inside = boundaries.at(float(row["lon"]), float(row["lat"]))
            where = "lies inside its boundary of 2023" if inside else "its boundary of 2023 is the nearest"
            how = f"{municipality} {names[municipality]}: the centroid {where}"
            mends.append(Mend("areas", row["postcode"], "municipality and name are missing", how))
        rows.append(
            {
                "code": row["postcode"],
                "name": name or names[municipality],
                "municipality": municipality,
                "people": f"{count:.0f}",
                "x": f"{east:.0f}",
                "y": f"{north:.0f}",
            }
        )
    if faults:
        raise BadInput(path, faults)
    return rows, mends


def _readable(name: str) -> str:
    """ÄÄNEKOSKI as Äänekoski; the shortenings for station (as) and church village (kk) stay small."""
    return re.sub(r"(?<= )(As|Kk)\b", lambda short: short.group().lower(), name.strip().title())
