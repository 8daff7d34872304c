"""Derive the embedded Finland from the raw open data: small readable tables and a map, every mend written down."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from luukku.country.build.areas import areas as read_areas
from luukku.country.build.boundaries import read_boundaries
from luukku.country.build.municipalities import municipalities, population, read_municipalities, regions
from luukku.country.build.raw import Row
from luukku.country.build.shapes import area_map, outline
from luukku.country.build.sources import SOURCES


def build_country(
    source_folder: Path, out_folder: Path, outline_file: Path, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Write the tables and the map of Finland to `out_folder`; the same raw files give the same bytes.

    source_folder: raw files laid out as docs/country.md says.
    outline_file:  countries-10m.json of the npm package world-atlas.
    progress:      told in a few words what is done next.

    Raises BadInput for a raw file that is missing or not as expected; then nothing has been written.
    """
    folder = source_folder / "municipalities"
    progress("Reading the municipalities")
    raw = read_municipalities(folder)
    boundaries = read_boundaries(source_folder / "boundaries" / "municipalities_2023.geojson")
    progress("Reading the postal areas")
    names = {row["code"]: row["municipality_name_fi"] for row in raw}
    areas, area_mends = read_areas(source_folder / "population" / "postal_areas_2022.csv", names, boundaries)
    municipal, municipal_mends = municipalities(folder, raw, areas, boundaries)
    people = population(folder / "population_2000_2022.csv", set(names))
    progress("Drawing the areas")
    drawn, map_mends = area_map(areas, {row["code"]: row["region"] for row in municipal}, outline(outline_file))
    mends = [*area_mends, *municipal_mends, *map_mends]

    progress("Writing the tables")
    out_folder.mkdir(parents=True, exist_ok=True)
    _write(out_folder / "areas.csv", areas)
    _write(out_folder / "municipalities.csv", municipal)
    _write(out_folder / "regions.csv", regions(raw))
    _write(out_folder / "population_2000_2022.csv", people)
    _write(out_folder / "mends.csv", (asdict(mend) for mend in mends))
    _write(out_folder / "sources.csv", ({"part": part, **asdict(source)} for part, source in SOURCES.items()))
    text = json.dumps(drawn, separators=(",", ":"), ensure_ascii=False)
    (out_folder / "map.topojson").write_text(text + "\n", encoding="utf-8")


def _write(path: Path, rows: Iterable[Row]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
