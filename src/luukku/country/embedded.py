"""Finland as it ships with Luukku: tables and a map derived by `luukku country build`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from luukku.country import reform, topology
from luukku.country.model import Cells, Country, Municipality, Region
from luukku.country.provenance import Conflict, Figure, Mend, Source

FINLAND = Path(__file__).parent / "data" / "finland"
YEAR = 2021
AREAS_YEAR = 2022

Row = dict[str, str]


@cache
def finland() -> Country:
    """The Finland that ships: the 309 municipalities of 2021, and the postal areas with their people of 2022 as cells.

    An area belongs to its municipality of 2024; between 2021 and 2024 no municipality ended, so the codes agree.
    """
    return read_country(FINLAND)


def read_country(folder: Path) -> Country:
    """The country in a folder of tables as `luukku.country.build.build_country` writes them."""
    sources = {row.pop("part"): _source(row) for row in _rows(folder, "sources.csv")}
    municipalities = _municipalities(folder)
    centres = {municipality.name_fi: municipality.code for municipality in municipalities}
    cells = _cells(folder, sources["areas"])
    return Country(
        name="Finland",
        year=YEAR,
        regions=tuple(
            Region(row["code"], row["name_fi"], row["name_sv"], row["name_en"], row["mainland"] == "yes")
            for row in _rows(folder, "regions.csv")
        ),
        municipalities=municipalities,
        cells=cells,
        authorities=reform.authorities(),
        named_points=reform.named_points(),
        centres=tuple(centres[locality] for locality in reform.regional_centres()),
        conflicts=(*reform.conflicts(), _people_conflict(cells, municipalities, sources)),
        sources=(*sources.values(), reform.DOCUMENT),
        mends=tuple(Mend(**row) for row in _rows(folder, "mends.csv")),
    )


def polygons() -> dict[str, Any]:
    """The areas as GeoJSON in WGS84, in the order of `finland().cells`.

    Voronoi cells of the centroids inside the outline: right for a map, not official borders. Each feature's `id` is
    its row in the cells; its properties are code, name, municipality, region and people.
    """
    country = finland()
    columns = {
        "code": country.cells.code,
        "name": country.cells.name,
        "municipality": country.cells.municipality,
        "region": country.region_of_cell,
        "people": country.cells.people,
    }
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    shapes, arcs = _map()
    return _collection(
        _feature(number, topology.geometry(shape, arcs), dict(zip(columns, row, strict=True)))
        for number, (shape, row) in enumerate(zip(shapes["areas"]["geometries"], rows, strict=True))
    )


def borders() -> dict[str, Any]:
    """Three lines as GeoJSON in WGS84, told apart by the property `kind`: outline, regions and municipalities.

    They run along the same points as `polygons()`, so nothing gapes between them.
    """
    shapes, arcs = _map()
    return _collection(
        _feature(number, topology.geometry(shapes[kind], arcs), {"kind": kind})
        for number, kind in enumerate(("outline", "regions", "municipalities"))
    )


def _municipalities(folder: Path) -> tuple[Municipality, ...]:
    people = {
        row.pop("code"): {int(year): float(count) for year, count in row.items()}
        for row in _rows(folder, "population_2000_2022.csv")
    }
    return tuple(
        Municipality(
            code=row["code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            region=row["region"],
            languages=row["languages"],
            urbanity=row["urbanity"],
            x=float(row["x"]),
            y=float(row["y"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            people=people[row["code"]],
            merged_into=row["merged_into"],
            sub_region=row["sub_region"],
        )
        for row in _rows(folder, "municipalities.csv")
    )


def _cells(folder: Path, source: Source) -> Cells:
    rows = _rows(folder, "areas.csv")
    return Cells(
        code=np.array([row["code"] for row in rows]),
        name=np.array([row["name"] for row in rows]),
        municipality=np.array([row["municipality"] for row in rows]),
        people=np.array([row["people"] for row in rows], dtype=np.float64),
        x=np.array([row["x"] for row in rows], dtype=np.float64),
        y=np.array([row["y"] for row in rows], dtype=np.float64),
        year=AREAS_YEAR,
        source=source,
    )


def _people_conflict(cells: Cells, municipalities: tuple[Municipality, ...], sources: dict[str, Source]) -> Conflict:
    return Conflict(
        f"People of Finland in {AREAS_YEAR}",
        (
            Figure(float(cells.people.sum()), "people", sources["areas"]),
            Figure(sum(town.people[AREAS_YEAR] for town in municipalities), "people", sources["population"]),
        ),
        "The postal areas leave out people whom the statistics place in no area; the source does not say who they are. "
        "Areas also cross municipal borders, so the sums of single municipalities differ more. Plans count the areas.",
    )


def _source(row: Row) -> Source:
    return Source(
        kind=row["kind"],  # type: ignore[arg-type]  # our own table, held to the three kinds by a test
        name=row["name"],
        where=row["where"],
        date=row["date"],
        licence=row["licence"],
        indicative=row["indicative"] == "True",
    )


def _rows(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _map() -> tuple[dict[str, Any], list[topology.Arc]]:
    content = json.loads((FINLAND / "map.topojson").read_text(encoding="utf-8"))
    return content["objects"], topology.arcs(content, digits=4)


def _feature(number: int, shape: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": number, "properties": properties, "geometry": shape}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
