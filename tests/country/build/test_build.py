"""Building the country: from tiny raw files always, from the real ones where they are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from luukku.country import embedded, topology
from luukku.country.build import build_country
from luukku.errors import BadInput

TABLES = ("areas.csv", "municipalities.csv", "regions.csv", "population_2000_2022.csv", "mends.csv", "sources.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def built(tiny_raw: Path, tiny_outline: Path, tmp_path: Path) -> Path:
    build_country(tiny_raw, tmp_path / "built", tiny_outline)
    return tmp_path / "built"


@pytest.fixture
def refused(tiny_raw: Path, tiny_outline: Path, tmp_path: Path):
    """Build the tiny country, which must be refused with nothing written; gives the message."""

    def build() -> str:
        with pytest.raises(BadInput) as refusal:
            build_country(tiny_raw, tmp_path / "built", tiny_outline)
        assert not (tmp_path / "built").exists()
        return str(refusal.value)

    return build


def test_an_area_without_municipality_gets_the_one_it_lies_in_and_its_name(built: Path) -> None:
    area = next(row for row in rows(built / "areas.csv") if row["code"] == "00300")
    assert (area["municipality"], area["name"]) == ("001", "Alku")


def test_an_area_without_people_and_place_is_left_out_and_said_so(built: Path) -> None:
    assert "00900" not in {row["code"] for row in rows(built / "areas.csv")}
    mend = next(row for row in rows(built / "mends.csv") if row["code"] == "00900")
    assert mend["how"] == "left out: nobody lives there"


def test_a_missing_centre_is_the_area_of_the_same_name_though_another_has_more_people(built: Path) -> None:
    loppu = next(row for row in rows(built / "municipalities.csv") if row["code"] == "002")
    assert (loppu["x"], loppu["y"]) == ("448700", "6920000")


def test_a_municipality_that_ended_is_kept_with_its_successor(built: Path) -> None:
    merged = {row["code"]: row["merged_into"] for row in rows(built / "municipalities.csv")}
    assert merged == {"001": "", "002": "001", "003": ""}


def test_a_centre_of_no_municipality_is_left_out_with_the_municipality_it_lies_in(built: Path) -> None:
    mend = next(row for row in rows(built / "mends.csv") if row["code"] == "099")
    assert "001 Alku" in mend["how"]


def test_only_aland_is_not_mainland(built: Path) -> None:
    assert {row["code"]: row["mainland"] for row in rows(built / "regions.csv")} == {"01": "yes", "21": "no"}


def test_the_map_covers_every_area_and_draws_islands_that_the_outline_lacks(built: Path) -> None:
    drawn = json.loads((built / "map.topojson").read_text(encoding="utf-8"))
    arcs = topology.arcs(drawn)
    shapes = np.array([shape(topology.geometry(area, arcs)) for area in drawn["objects"]["areas"]["geometries"]])
    assert len(shapes) == len(rows(built / "areas.csv"))
    assert shapely.coverage_is_valid(shapes)
    land = 1.0 + 0.1 * 0.1  # square degrees of the two outlines
    assert land < shapely.area(shapes).sum() < land + 0.002
    assert any("00400" in row["code"] for row in rows(built / "mends.csv") if row["table"] == "map")


def test_the_same_raw_files_give_the_same_bytes(
    built: Path, tiny_raw: Path, tiny_outline: Path, tmp_path: Path
) -> None:
    build_country(tiny_raw, tmp_path / "again", tiny_outline)
    for name in (*TABLES, "map.topojson"):
        assert (tmp_path / "again" / name).read_bytes() == (built / name).read_bytes()


def test_progress_is_told(tiny_raw: Path, tiny_outline: Path, tmp_path: Path) -> None:
    told: list[str] = []
    build_country(tiny_raw, tmp_path / "built", tiny_outline, told.append)
    assert told[0] == "Reading the municipalities"
    assert len(told) > 3


def test_a_missing_raw_file_is_refused_by_name(tiny_raw: Path, refused) -> None:
    (tiny_raw / "municipalities" / "municipalities_2025.csv").unlink()
    assert "municipalities_2025.csv" in refused()


def test_a_missing_column_is_refused_by_name(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "pop_2022", "people")
    assert "column pop_2022" in refused()


def test_a_file_in_another_encoding_is_refused(tiny_raw: Path, refused) -> None:
    path = tiny_raw / "population" / "postal_areas_2022.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert "not UTF-8" in refused()


def test_an_empty_file_is_refused(tiny_raw: Path, refused) -> None:
    (tiny_raw / "population" / "postal_areas_2022.csv").write_bytes(b"")
    assert "postal_areas_2022.csv was not read" in refused()


def test_all_negative_or_unreadable_people_are_listed_with_their_rows(tiny_raw: Path, refused) -> None:
    path = tiny_raw / "population" / "postal_areas_2022.csv"
    change(path, "001,6,", "001,-6,")
    change(path, "002,20,", "002,many,")
    message = refused()
    assert "row 2, column pop_2022: '-6'" in message
    assert "row 4, column pop_2022: 'many'" in message


def test_a_repeated_code_is_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "00200,", "00100,")
    assert "00100 is there 2 times" in refused()


def test_swapped_coordinates_are_refused_with_what_to_check(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "409800.0,6932000.0", "6932000.0,409800.0")
    assert "check that x is the easting" in refused()


def test_an_area_of_an_unknown_municipality_is_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "ALKU,001", "ALKU,777")
    assert "'777'" in refused()


def test_an_area_with_people_and_no_place_is_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "TYHJÄ,001,0,", "TYHJÄ,001,12,")
    assert "00900 has 12 people and no place" in refused()


def test_two_areas_on_each_other_are_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "population" / "postal_areas_2022.csv", "6940000.0", "6920000.0")
    assert "00200 and 00210 have the same centroid" in refused()


def test_a_class_nobody_knows_is_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "municipalities" / "municipalities_2021.csv", "Rural municipalities", "Villages")
    assert "'Villages'" in refused()


def test_a_year_without_population_is_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "municipalities" / "population_2000_2022.csv", "002,2001,20", "001,2002,11")
    assert "002 has no population in 2001" in refused()


def test_an_outline_without_the_country_is_refused(tiny_outline: Path, refused) -> None:
    change(tiny_outline, "Finland", "Sweden")
    assert "install world-atlas" in refused()


def test_boundaries_without_codes_are_refused(tiny_raw: Path, refused) -> None:
    change(tiny_raw / "boundaries" / "municipalities_2023.geojson", "NATCODE", "CODE")
    assert "NATCODE" in refused()


def test_the_shipped_finland_is_what_the_raw_files_give(shared_data: Path, natural_earth: Path, tmp_path: Path) -> None:
    build_country(shared_data / "finland", tmp_path, natural_earth)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (embedded.FINLAND / name).read_bytes(), name
    assert embedded.read_country(tmp_path).municipalities == embedded.finland().municipalities
    fresh, shipped = (
        json.loads((folder / "map.topojson").read_text(encoding="utf-8")) for folder in (tmp_path, embedded.FINLAND)
    )
    for one, other in zip(*(_areas(drawn) for drawn in (fresh, shipped)), strict=True):
        # Another release of GEOS may round a corner to the next grid step; more than that would be another map.
        assert shapely.hausdorff_distance(one, other) < 3e-4


def _areas(drawn: topology.Topology) -> list[shapely.Geometry]:
    arcs = topology.arcs(drawn)
    return [shape(topology.geometry(area, arcs)) for area in drawn["objects"]["areas"]["geometries"]]
