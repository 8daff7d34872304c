"""Points as planners have them, in every format that is read."""

from __future__ import annotations

import csv

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.country.readers.point_files import HEADER, HELSINKI, KITEE, faults_of, only_fault, workbook

from luukku.country.readers import read_points, read_points_file


def test_groups_and_costs_are_read_and_may_be_left_out(write, country):
    header = HEADER.replace("\n", ",ryhmä,hinta\n")
    points = read_points_file(
        write(header + HELSINKI.replace("\n", ",a,85000\n") + KITEE.replace("\n", ",,\n")), country
    )
    assert points.group.tolist() == ["a", ""]
    assert points.cost[0] == 85_000
    assert np.isnan(points.cost[1])
    plain = read_points_file(write(HEADER + HELSINKI), country)
    assert (plain.group.tolist(), np.isnan(plain.cost).tolist()) == ([""], [True])


def test_a_cost_below_zero_is_a_fault(write, country):
    fault = only_fault(write(HEADER.replace("\n", ",cost\n") + HELSINKI.replace("\n", ",-1\n")), country)
    assert (fault.column, fault.row) == ("cost", 2)


def test_a_csv_becomes_sites_with_types_and_statuses(write, country):
    points = read_points_file(write(HEADER + HELSINKI + KITEE), country)
    assert points.sites.code.tolist() == ["h1", "k1"]
    assert points.sites.name.tolist() == ["Kallion virastotalo", "Kiteen kirjasto"]
    assert points.sites.municipality.tolist() == ["091", "260"]
    assert points.sites.x.tolist() == [386000.0, 664500.0]
    assert points.sites.kind.tolist() == ["own", "own"]
    assert points.type.tolist() == ["town_hall", "library"]
    assert points.status.tolist() == ["existing", "candidate"]
    assert points.having("candidate").code.tolist() == ["k1"]
    assert points.sites.source.name == "points.csv"


@pytest.mark.parametrize("text", ["091", "91", "KU091", "Helsinki", "HELSINGFORS", " helsinki "])
def test_a_municipality_is_known_by_code_and_by_either_name(text, write, country):
    path = write(f"id,name,municipality,x,y\nh1,Kallio,{text},386000,6674000\n")
    assert read_points(path, country).municipality.tolist() == ["091"]


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_what_finnish_excel_writes(write, country):
    text = "\ufeffTunnus;Nimi;Kunta;Pituusaste;Leveysaste\r\nh1;Hämeentie, 1;Helsinki;24,95;60,18\r\n"
    sites = read_points(write(text), country)
    assert sites.name.tolist() == ["Hämeentie, 1"]
    assert sites.x[0] == pytest.approx(386_300, abs=300)
    assert sites.y[0] == pytest.approx(6_673_300, abs=500)


def test_tabs_separate_as_well(write, country):
    assert len(read_points(write((HEADER + HELSINKI).replace(",", "\t"), "points.tsv"), country)) == 1


def test_empty_lines_and_rows_of_separators_are_no_points_and_keep_the_row_numbers(write, country):
    text = HEADER + "\n" + HELSINKI + ",,,,,,\n" + KITEE.replace("6888500", "")
    fault = only_fault(write(text), country)
    assert (fault.row, fault.column) == (5, "y")


def test_a_place_in_metres_and_in_degrees_is_the_same_place(write, country):
    text = "id,name,x,y,lon,lat\nh1,A,386300,6673300,24.9485,60.1797\n"
    assert read_points(write(text), country).x.tolist() == [386300.0]


def test_geojson_geopackage_and_geoparquet_give_the_same_sites_as_csv(tmp_path, write, country):
    frame = geopandas.GeoDataFrame(
        {"id": ["h1", "k1"], "nimi": ["Kallio", "Kitee ä"], "kunta": [91, 260]},
        geometry=[shapely.Point(386000, 6674000), shapely.Point(664500, 6888500)],
        crs=3067,
    )
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    frame.to_crs(4326).to_file(tmp_path / "a.geojson", driver="GeoJSON")
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_crs(2393).to_file(tmp_path / "kkj.gpkg", driver="GPKG")
    for name in ("a.gpkg", "a.geojson", "a.parquet", "kkj.gpkg"):
        sites = read_points(tmp_path / name, country)
        assert sites.code.tolist() == ["h1", "k1"]
        assert sites.name.tolist() == ["Kallio", "Kitee ä"]
        assert sites.municipality.tolist() == ["091", "260"]
        assert np.allclose(sites.x, [386000, 664500], atol=3), name
        assert np.allclose(sites.y, [6674000, 6888500], atol=3), name


def test_a_workbook_with_numbers_as_numbers_or_as_text_is_read(tmp_path, country):
    path = workbook(
        tmp_path / "p.xlsx",
        ["id", "name", "kunta", "x", "y"],
        [7, "A", 91, 386000, 6674000],
        ["b", "B", "260", "664500,5", "6888500"],
    )
    sites = read_points(path, country)
    assert sites.code.tolist() == ["7", "b"]
    assert sites.municipality.tolist() == ["091", "260"]
    assert sites.x.tolist() == [386000.0, 664500.5]


def test_ids_of_the_library_itself_come_back_as_what_they_mean(write, country):
    sites = read_points(write("id,name,x,y\nM260,Kitee,664000,6888000\nA00100,Helsinki,384979,6672361\n"), country)
    assert sites.kind.tolist() == ["centre", "area"]


def test_an_id_of_the_library_that_lies_elsewhere_is_refused(write, country):
    faults = faults_of(write("id,name,x,y\nM260,Kitee,386000,6674000\nA99999,x,384979,6672361\n"), country)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "id"), (3, "id")]
    assert "664000" in faults[0].what


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf", "Cn", "Co")),
    min_size=1,
    max_size=20,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(names, st.floats(60_000, 760_000), st.floats(6_580_000, 7_790_000)), min_size=1, max_size=20
    ),
    separator=st.sampled_from(",;\t"),
)
def test_whatever_a_csv_library_writes_comes_back(rows, separator, tmp_path, country):
    path = tmp_path / "p.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(["id", "name", "x", "y"])
        writer.writerows([f"id-{number}", *row] for number, row in enumerate(rows))
    sites = read_points(path, country)
    assert sites.name.tolist() == [row[0] for row in rows]
    assert sites.x.tolist() == [row[1] for row in rows]
    assert sites.y.tolist() == [row[2] for row in rows]
