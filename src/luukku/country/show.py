"""A country in figures, ready for JSON: everything is counted from its tables and carries its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luukku.country import reform
from luukku.country.model import Authority, Country, NamedPoint, Region
from luukku.country.provenance import Conflict

Report = dict[str, Any]


def show(country: Country) -> Report:
    """What the country holds: places and people, the reform's tables with their sums, conflicts, mends and sources.

    Only text, numbers, lists and dictionaries are in it; sources are in words except in the list of sources.
    """
    return {
        "name": country.name,
        "year": country.year,
        "municipalities": _municipalities(country),
        "areas": {
            **{side: int(count) for side, count in _by_side(country, np.ones(len(country.cells))).items()},
            "without_people": int((country.cells.people == 0).sum()),
            "year": country.cells.year,
        },
        "people": _people(country),
        "regions": [_region(country, region) for region in country.regions],
        "authorities": [_authority(authority) for authority in country.authorities],
        "table_1": _table_1(country),
        "table_2": _table_2(),
        "centres": {
            "count": len(country.centres),
            "names": [country.municipality_by_code[code].name_fi for code in country.centres],
            "note": "Inferred: the localities of Table 2 with 11 or 12 authorities. The document does not name the 18.",
        },
        "named_points": [_named_point(point) for point in country.named_points],
        "conflicts": [_conflict(conflict) for conflict in country.conflicts],
        "mends": [asdict(mend) for mend in country.mends],
        "sources": [asdict(source) for source in country.sources],
    }


def _municipalities(country: Country) -> Report:
    towns = country.municipalities
    mainland = sum(country.region_by_code[town.region].mainland for town in towns)
    return {
        "count": len(towns),
        "mainland": mainland,
        "aland": len(towns) - mainland,
        "languages": dict(Counter(town.languages for town in towns).most_common()),
        "urbanity": dict(Counter(town.urbanity for town in towns).most_common()),
        "later_mergers": [
            {"code": town.code, "name": town.name_fi, "into": country.municipality_by_code[town.merged_into].name_fi}
            for town in towns
            if town.merged_into
        ],
    }


def _people(country: Country) -> Report:
    years = sorted({year for town in country.municipalities for year in town.people})
    return {
        "year": country.cells.year,
        **_by_side(country, country.cells.people),
        "source": str(country.cells.source),
        "by_municipal_statistics": {
            str(year): sum(town.people.get(year, 0.0) for town in country.municipalities) for year in years
        },
    }


def _by_side(country: Country, values: NDArray[np.float64]) -> dict[str, float]:
    """A sum over the areas: all, on the mainland and in Åland."""
    mainland = country.on_mainland
    return {
        "count": float(values.sum()),
        "mainland": float(values[mainland].sum()),
        "aland": float(values[~mainland].sum()),
    }


def _region(country: Country, region: Region) -> Report:
    inside = country.region_of_cell == region.code
    return {
        "code": region.code,
        "name_fi": region.name_fi,
        "name_sv": region.name_sv,
        "name_en": region.name_en,
        "mainland": region.mainland,
        "municipalities": sum(town.region == region.code for town in country.municipalities),
        "areas": int(inside.sum()),
        "people": float(country.cells.people[inside].sum()),
    }


def _authority(authority: Authority) -> Report:
    return {
        "code": authority.code,
        "name_fi": authority.name_fi,
        "name_sv": authority.name_sv,
        "name_en": authority.name_en,
        "offices_in_scope": authority.offices_in_scope,
        "points_2020": authority.points_2020,
        "valid_from": authority.valid_from.isoformat() if authority.valid_from else None,
        "valid_to": authority.valid_to.isoformat() if authority.valid_to else None,
        "successor": authority.successor,
        "source": str(authority.source),
        "end_source": str(authority.end_source) if authority.end_source else None,
    }


def _table_1(country: Country) -> Report:
    rows, own, joint = reform.table_1(), reform.own_points(), reform.points_of(reform.JOINT)
    return {
        "rows": [{**asdict(row), "source": str(row.source)} for row in rows],
        "own": own,
        "joint": joint,
        "total": own + joint,
        "own_in_scope": sum(authority.points_2020 or 0 for authority in country.authorities),
        "printed": f"{reform.PRINTED_OWN}/{reform.PRINTED_TOTAL}",
        "note": next(conflict.note for conflict in country.conflicts if conflict.about == reform.TABLE_1),
    }


def _table_2() -> Report:
    table = reform.table_2()
    rows, columns = table.present.sum(axis=1), table.present.sum(axis=0)
    return {
        "localities": dict(zip(table.localities, rows.tolist(), strict=True)),
        "authorities": dict(zip(table.authorities, columns.tolist(), strict=True)),
        "total": int(table.present.sum()),
        "as_printed": bool((rows == table.printed).all()),
        "source": f"{reform.DOCUMENT.name}, Table 2, lines 723-789",
    }


def _named_point(point: NamedPoint) -> Report:
    return {**asdict(point), "authorities": list(point.authorities), "source": str(point.source)}


def _conflict(conflict: Conflict) -> Report:
    figures = [
        {"value": figure.value, "unit": figure.unit, "kind": figure.source.kind, "source": str(figure.source)}
        for figure in conflict.figures
    ]
    return {"about": conflict.about, "figures": figures, "note": conflict.note}
