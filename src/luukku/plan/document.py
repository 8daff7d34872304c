"""A plan as JSON and back: the keys are the field names of `luukku.plan.model`, version `luukku-plan/1`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib.resources import files
from typing import Any

from luukku.country.demand import Demand
from luukku.country.provenance import Source
from luukku.errors import BadInput, Fault
from luukku.network.criteria import Criteria
from luukku.plan.compare import Compared
from luukku.plan.model import (
    SCHEMA,
    Areas,
    Asked,
    Assumption,
    Certificate,
    Comparison,
    Effect,
    Evaluated,
    Figures,
    Group,
    Later,
    LeftOut,
    Light,
    Mode,
    Names,
    Neighbour,
    Plan,
    Point,
    Ring,
)


def evaluated_json(found: Evaluated) -> dict[str, Any]:
    """An evaluation as JSON-ready values: the field names of `Evaluated` without the areas."""
    return {entry.name: _plain(getattr(found, entry.name)) for entry in fields(found) if entry.name != "areas"}


def compared_json(found: Compared) -> dict[str, Any]:
    """A comparison as JSON-ready values: the figures of both with their difference, and who gains and loses."""
    return {
        "first": found.first.label,
        "second": found.second.label,
        "minutes": found.first.criteria.minutes,
        "figures": {
            line.name: {"unit": line.unit, "first": line.first, "second": line.second, "difference": line.difference}
            for line in found.lines
        },
        "opened": [_plain(point) for point in found.opened],
        "closed": [_plain(point) for point in found.closed],
        "people": {name: getattr(found, name) for name in ("nearer", "farther", "gain", "lose")},
        "municipalities": [_plain(change) for change in found.changes],
        "sources": [_plain(source) for source in found.first.sources],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `plan.json`."""
    loaded: dict[str, Any] = json.loads(files("luukku.plan").joinpath("schema/luukku-plan-1.json").read_text("utf-8"))
    return loaded


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready values. The areas are not in it: they are a table of their own (`areas.csv`)."""
    return {"schema": SCHEMA} | {
        entry.name: _plain(getattr(plan, entry.name)) for entry in fields(plan) if entry.name != "areas"
    }


def from_json(document: object, areas: Areas, file: str) -> Plan:
    """The plan that `to_json` wrote.

    Raises BadInput (naming `file`) when it is of another version or something is missing or of the wrong type.
    """
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, Mapping) else None
        raise BadInput(
            file,
            [
                Fault(
                    f'the plan is of the version "{found}"' if found else "the file is not a plan of Luukku",
                    f'"schema": "{SCHEMA}"',
                    "open it with the version of Luukku that wrote it, or make the plan again",
                    column="schema",
                )
            ],
        )
    try:
        return _plan(document, areas)
    except (KeyError, TypeError, ValueError) as error:
        what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise BadInput(
            file,
            [Fault(what, f"a plan of the schema {SCHEMA}", "make the plan again; do not edit plan.json by hand")],
        ) from error


def _plan(document: Mapping[str, Any], areas: Areas) -> Plan:
    asked, criteria, figures = document["asked"], document["criteria"], document["figures"]
    return Plan(
        country=document["country"],
        year=document["year"],
        data=document["data"],
        made_at=document["made_at"],
        made_by=document["made_by"],
        asked=Asked(**asked | {"fixed": tuple(asked["fixed"]), "forbidden": tuple(asked["forbidden"])}),
        region=_names(document["region"]) if document["region"] else None,
        criteria=Criteria(
            **criteria | {"rings": tuple(criteria["rings"]), "demand": Demand(**criteria["demand"])},
        ),
        candidates=document["candidates"],
        candidates_label=document["candidates_label"],
        certificate=Certificate(**document["certificate"]),
        points=tuple(Point(**_named(point)) for point in document["points"]),
        neighbours=tuple(Neighbour(**point) for point in document["neighbours"]),
        figures=Figures(
            **figures
            | {
                "rings": tuple(Ring(**ring) for ring in figures["rings"]),
                "left_out": tuple(LeftOut(**_named(row)) for row in figures["left_out"]),
                "groups": tuple(_group(group) for group in figures["groups"]),
                "later": _later(figures["later"]) if figures.get("later") else None,  # not in older plans
            }
        ),
        light=tuple(Light(**_named(light) | {"areas": tuple(light["areas"])}) for light in document["light"]),
        assumptions=tuple(Assumption(**assumption) for assumption in document["assumptions"]),
        comparisons=tuple(
            Comparison(
                **entry
                | {
                    "source": Source(**entry["source"]),
                    "effects": tuple(Effect(**effect) for effect in entry["effects"]),
                }
            )
            for entry in document["comparisons"]
        ),
        sources=tuple(Source(**source) for source in document["sources"]),
        areas=areas,
        modes=tuple(
            Mode(**mode | {"rings": tuple(Ring(**ring) for ring in mode["rings"]), "source": Source(**mode["source"])})
            for mode in document.get("modes", ())  # plans made before there were modes have none
        ),
    )


def _names(names: Mapping[str, str]) -> Names:
    return Names(**names)


def _later(later: Mapping[str, Any]) -> Later:
    sources = {key: Source(**later[key]) for key in ("population", "visits")}
    return Later(**{**later, "label": _names(later["label"]), **sources})


def _group(group: Mapping[str, Any]) -> Group:
    return Group(**{**group, "name": _names(group["name"]) if group["name"] else None})


def _named(record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, "municipality_name": _names(record["municipality_name"])}


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries and tuples as lists, all the way down."""
    if hasattr(value, "__dataclass_fields__"):
        return {key: _plain(part) for key, part in asdict(value).items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
