"""The embedded Finland, the plan's text, and a tiny country in raw files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from luukku.country import finland as embedded_finland
from luukku.country.build.municipalities import COLUMNS
from luukku.country.model import Country

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def finland() -> Country:
    return embedded_finland()


@pytest.fixture(scope="session")
def plan_lines(shared_data: Path) -> list[str]:
    """The implementation plan's text; line n of the plan is item n, item 0 is empty."""
    text = (shared_data.parent / "requirements" / "toimeenpanosuunnitelma.txt").read_text(encoding="utf-8")
    return ["", *text.splitlines()]


@pytest.fixture(scope="session")
def natural_earth() -> Path:
    path = REPOSITORY / "node_modules" / "world-atlas" / "countries-10m.json"
    if not path.exists():
        pytest.skip("the npm package world-atlas is not installed here")
    return path


@pytest.fixture
def tiny_raw(tmp_path: Path) -> Path:
    """Raw files of a square country: Alku and Loppu in one region, which merge, and Saari on an island in Åland's place.

    The list of centres lacks Loppu and has Vanha, which is no municipality any more. Area 00300 has no municipality
    and area 00900 no coordinates.
    """
    folder = tmp_path / "raw"
    finnish, rural = "Monolingual Finnish-speaking municipality", "Rural municipalities"
    header: list[object] = list(COLUMNS)
    alku = ["001", "Alku", "Begynn", finnish, rural, "01", "Manner", "Fastland", "Mainland", "011", "Seutu"]
    loppu = ["002", "Loppu", "Slut", finnish, rural, "01", "Manner", "Fastland", "Mainland", "011", "Seutu"]
    saari = ["003", "Saari", "Ö", "Monolingual Swedish-speaking municipality", rural]
    saari += ["21", "Saaristo", "Skärgård", "Islands", "211", "Saaristo"]
    write_csv(folder / "municipalities" / "municipalities_2021.csv", [header, saari, alku, loppu])
    write_csv(folder / "municipalities" / "municipalities_2025.csv", [header, saari, alku])
    write_csv(folder / "municipalities" / "municipalities_2026.csv", [header, saari, alku])
    centres = [["municipality_code", "name", "lon", "lat"], ["001", "ALKU", "25.25", "62.5"]]
    centres += [["003", "SAARI", "23.5", "62.5"], ["099", "VANHA", "25.3", "62.6"]]
    write_csv(folder / "municipalities" / "central_localities.csv", centres)
    people = [[code, year, count] for code, count in (("001", 10), ("002", 20), ("003", 5)) for year in (2000, 2001)]
    write_csv(
        folder / "municipalities" / "population_2000_2022.csv", [["municipality_code", "year", "population"], *people]
    )
    write_csv(
        folder / "population" / "postal_areas_2022.csv",
        [
            ["postcode", "name_fi", "municipality_code_2024", "pop_2022", "etrs_x", "etrs_y"],
            ["00100", "ALKU", "001", "6", "409800.0", "6932000.0"],
            ["00200", "LOPPU AS", "002", "30", "448700.0", "6940000.0"],
            ["00210", "LOPPU", "002", "20", "448700.0", "6920000.0"],
            ["00300", "", "", "4", "409800.0", "6945000.0"],
            ["00400", "SAARI", "003", "5", "320000.0", "6934000.0"],
            ["00900", "TYHJÄ", "001", "0", "", ""],
        ],
    )
    write_json(
        folder / "boundaries" / "municipalities_2023.geojson",
        {
            "type": "FeatureCollection",
            "features": [
                _feature("001", 25.0, 25.5),
                _feature("002", 25.5, 26.0),
                _feature("003", 23.4, 23.6),
            ],
        },
    )
    return folder


@pytest.fixture
def tiny_outline(tmp_path: Path) -> Path:
    """A square "Finland" and an "Åland" too small for the island's centroid, as TopoJSON like world-atlas's."""
    finland = [[250000, 620000], [10000, 0], [0, 10000], [-10000, 0], [0, -10000]]
    aland = [[233000, 624000], [1000, 0], [0, 1000], [-1000, 0], [0, -1000]]
    topology = {
        "type": "Topology",
        "transform": {"scale": [1e-4, 1e-4], "translate": [0, 0]},
        "arcs": [finland, aland],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Finland"}},
                    {"type": "Polygon", "arcs": [[1]], "properties": {"name": "Åland"}},
                ],
            }
        },
    }
    return write_json(tmp_path / "outline.json", topology)


def write_csv(path: Path, rows: list[list[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_json(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _feature(code: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 62.0], [east, 62.0], [east, 63.0], [west, 63.0], [west, 62.0]]
    return {
        "type": "Feature",
        "properties": {"NATCODE": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
