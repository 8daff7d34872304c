"""Rounds as JSON, as a table and as lines on a map.

routes.json     everything, schema luukku-routes/1
rounds.csv      one row a call: day, vehicle, stop, times
routes.geojson  stops, homes and rounds for a map, WGS84
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from luukku.plan.routes.model import Place, Routes, Vehicle
from luukku.plan.routes.service import clock
from luukku.plan.whole_folder import refuse_others, write_folder

SCHEMA = "luukku-routes/1"
FILES = ("routes.json", "rounds.csv", "routes.geojson")
STRAIGHT = "straight lines from stop to stop, not the roads"

COLUMNS = (
    "week",
    "weekday",
    "vehicle",
    "home",
    "home_name",
    "order",
    "stop",
    "stop_name",
    "municipality_fi",
    "municipality_sv",
    "people",
    "arrives",
    "opens",
    "closes",
    "leaves",
    "break_from",
    "break_to",
    "round_leaves",
    "round_returns",
    "round_drive_minutes",
    "round_work_minutes",
)


def to_json(routes: Routes) -> dict[str, Any]:
    """The rounds as JSON-ready values: the field names of `Routes`; times of day are minutes after midnight."""
    told = {entry.name: _plain(getattr(routes, entry.name)) for entry in fields(routes)}
    told["cost"] |= {"total": routes.cost.total}
    return {"schema": SCHEMA} | told


def routes_csv(routes: Routes) -> str:
    """One row a call, UTF-8 with BOM and semicolons; what a spreadsheet would take for a formula gets an apostrophe."""
    vehicles = {each.number: each for each in routes.vehicles}
    stops = {each.code: each for each in routes.stops}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in routes.rounds:
        vehicle = vehicles[each.vehicle]
        for order, call in enumerate(each.calls, start=1):
            stop = stops[call.stop]
            rest = each.rest if each.rest and call.begins <= each.rest[0] and each.rest[1] <= call.leaves else None
            cells = (
                each.week,
                each.weekday,
                each.vehicle,
                vehicle.home,
                vehicle.home_name,
                order,
                stop.code,
                stop.name,
                stop.municipality_name.fi,
                stop.municipality_name.sv,
                f"{stop.people:g}",
                clock(call.arrives),
                clock(call.opens),
                clock(call.closes),
                clock(call.leaves),
                clock(rest[0]) if rest else "",
                clock(rest[1]) if rest else "",
                clock(each.leaves),
                clock(each.returns),
                each.drive,
                each.work,
            )
            writer.writerow([_safe(cell) for cell in cells])
    return "\ufeff" + text.getvalue()


def routes_geojson(routes: Routes) -> dict[str, Any]:
    """Stops and homes as points, rounds as lines from stop to stop (RFC 7946: WGS84, longitude first)."""
    vehicles = {each.number: each for each in routes.vehicles}
    stops = {each.code: each for each in routes.stops}
    features: list[dict[str, Any]] = []
    for place in routes.stops:
        about = {
            "what": "stop",
            "code": place.code,
            "name": place.name,
            "people": place.people,
            "calls": place.calls,
            "open_a_week": place.open_a_week,
        }
        features.append(_feature("Point", [place.lon, place.lat], about))
    for vehicle in routes.vehicles:
        about = {"what": "home", "code": vehicle.home, "name": vehicle.home_name, "vehicle": vehicle.number}
        features.append(_feature("Point", [vehicle.lon, vehicle.lat], about))
    for each in routes.rounds:
        home = vehicles[each.vehicle]
        way: list[Place | Vehicle] = [home, *(stops[call.stop] for call in each.calls), home]
        about = {
            "what": "round",
            "vehicle": each.vehicle,
            "week": each.week,
            "weekday": each.weekday,
            "drive_minutes": each.drive,
            "path": STRAIGHT,
        }
        features.append(_feature("LineString", [[place.lon, place.lat] for place in way], about))
    return {"type": "FeatureCollection", "features": features}


def write_routes(routes: Routes, folder: str | Path) -> None:
    """Write the three files into `folder`; those of an earlier run are replaced, all or none.

    Raises LuukkuError when the folder cannot be written, or holds anything else than the files of an earlier run.
    """
    texts = {
        "routes.json": json.dumps(to_json(routes), ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        "rounds.csv": routes_csv(routes),
        "routes.geojson": json.dumps(routes_geojson(routes), ensure_ascii=False, allow_nan=False) + "\n",
    }
    write_folder(folder, texts, "the rounds")


def refuse_other_folder(folder: Path) -> None:
    """Raise LuukkuError when `folder` holds anything that writing rounds there would destroy."""
    refuse_others(folder, FILES, "the rounds")


def _feature(kind: str, coordinates: list[Any], about: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": about}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
    return value


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
