"""A plan as a folder of files: written whole or not at all, and read back.

plan.json       everything but the areas, schema luukku-plan/1
points.csv      the points with their reasons
areas.csv       every population cell: people, minutes, nearest point
points.geojson  the points for a map, WGS84
summary.md      the plan in words, in Finnish, Swedish or English
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from luukku.errors import BadInput, Fault
from luukku.plan.document import from_json, to_json
from luukku.plan.model import Areas, Names, Plan, Point
from luukku.plan.summary import summary
from luukku.plan.whole_folder import refuse_others, write_folder

FILES = ("plan.json", "points.csv", "areas.csv", "points.geojson", "summary.md")
AREA_COLUMNS = tuple(entry.name for entry in fields(Areas))


def write_plan(plan: Plan, folder: str | Path, language: str = "fi") -> None:
    """Write the plan into `folder`, with the summary in `language`; a plan that was there is replaced.

    The files are first written beside the folder and moved into place together: whatever goes wrong on the way,
    the old folder stays as it was.

    Raises LuukkuError when the folder cannot be written or holds something else than a plan.
    """
    texts = {
        "plan.json": json.dumps(to_json(plan), ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        "points.csv": _csv(_point_columns(), map(_point_row, plan.points)),
        "areas.csv": _csv(AREA_COLUMNS, _area_rows(plan.areas)),
        "points.geojson": json.dumps(points_geojson(plan), ensure_ascii=False, allow_nan=False) + "\n",
        "summary.md": summary(plan, language),
    }
    write_folder(folder, texts, "the plan")


def refuse_other_folder(folder: Path) -> None:
    """Raise LuukkuError when `folder` holds anything that writing a plan there would destroy."""
    refuse_others(folder, FILES, "the plan")


def read_plan(folder: str | Path) -> Plan:
    """The plan that `write_plan` wrote into `folder`.

    Raises BadInput when the folder holds no plan, or one of another version.
    """
    folder = Path(folder)
    file = folder / "plan.json"
    try:
        document = json.loads(file.read_text("utf-8"))
    except OSError as error:
        fault = Fault(
            f"the plan cannot be opened ({error.strerror})", "a folder that `luukku plan --out` wrote", "check the name"
        )
        raise BadInput(file, [fault]) from error
    except ValueError as error:
        fault = Fault("the file is not JSON in UTF-8", "a plan.json that Luukku wrote", "make the plan again")
        raise BadInput(file, [fault]) from error
    return from_json(document, _read_areas(folder / "areas.csv"), str(file))


def points_geojson(plan: Plan) -> dict[str, Any]:
    """The plan's points as a GeoJSON FeatureCollection (RFC 7946: WGS84, longitude first)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": point.code,
                "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
                "properties": dict(zip(_point_columns(), _point_row(point), strict=True)),
            }
            for point in plan.points
        ],
    }


def _point_columns() -> list[str]:
    columns: list[str] = []
    for entry in fields(Point):
        columns += ["municipality_fi", "municipality_sv"] if entry.name == "municipality_name" else [entry.name]
    return columns


def _point_row(point: Point) -> list[Any]:
    row: list[Any] = []
    for entry in fields(Point):
        value = getattr(point, entry.name)
        row += [value.fi, value.sv] if isinstance(value, Names) else [value]
    return row


def _area_rows(areas: Areas) -> Iterable[Sequence[Any]]:
    return zip(
        areas.code.tolist(),
        areas.name.tolist(),
        areas.municipality.tolist(),
        areas.municipality_fi.tolist(),
        areas.municipality_sv.tolist(),
        areas.people.tolist(),
        ["" if np.isnan(minutes) else f"{minutes:.2f}" for minutes in areas.minutes.tolist()],
        areas.point.tolist(),
        strict=True,
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(
        [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row] for row in rows
    )
    return text.getvalue()


def _read_areas(file: Path) -> Areas:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        columns: dict[str, Any] = {name: np.array([row[name] for row in rows], dtype=np.str_) for name in AREA_COLUMNS}
        columns["people"] = columns["people"].astype(np.float64)
        columns["minutes"] = np.array([float(row["minutes"] or "nan") for row in rows], dtype=np.float32)
        return Areas(**columns)
    except (OSError, KeyError, ValueError, TypeError) as error:
        fault = Fault(
            f"the table of areas cannot be read ({error})",
            f"the columns {', '.join(AREA_COLUMNS)}",
            "make the plan again; do not edit areas.csv by hand",
        )
        raise BadInput(file, [fault]) from error


__all__ = ["FILES", "points_geojson", "read_plan", "refuse_other_folder", "write_plan"]
