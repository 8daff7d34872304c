"""Rounds of service vehicles and of officials' duty visits, for the people left over the limit."""

from __future__ import annotations

from luukku.plan.routes.document import refuse_other_folder, routes_csv, routes_geojson, to_json, write_routes
from luukku.plan.routes.make import make_routes
from luukku.plan.routes.model import (
    Call,
    Left,
    Place,
    Refused,
    Round,
    Routes,
    Status,
    Vehicle,
    WhyLeft,
    YearlyCost,
)
from luukku.plan.routes.service import Day, Frequency, Kind, Service, clock

__all__ = [
    "Call",
    "Day",
    "Frequency",
    "Kind",
    "Left",
    "Place",
    "Refused",
    "Round",
    "Routes",
    "Service",
    "Status",
    "Vehicle",
    "WhyLeft",
    "YearlyCost",
    "clock",
    "make_routes",
    "refuse_other_folder",
    "routes_csv",
    "routes_geojson",
    "to_json",
    "write_routes",
]
