"""Points with faults: every one is told with its place and its cure, and nothing is kept."""

from __future__ import annotations

import datetime as dt
import json
import re

import geopandas
import pytest
import shapely
from tests.country.readers.point_files import HEADER, HELSINKI, KITEE, faults_of, only_fault, workbook

from luukku.country.readers import read_points
from luukku.errors import BadInput

# Columns and values


def test_a_missing_column_is_told_with_the_one_that_was_probably_meant(write, country):
    fault = only_fault(write(HEADER.replace("name", "nmae") + HELSINKI), country)
    assert fault.column == "name"
    assert "nmae" in fault.cure


def test_a_file_without_places_is_told_what_columns_it_may_have(write, country):
    fault = only_fault(write("id,name,latt,lonn\nh1,A,60.2,24.9\n"), country)
    assert "lon and lat or x and y or geometry" in fault.expected
    assert "did you mean" in fault.cure


def test_headings_that_are_not_in_row_1_are_asked_for_there(write, country):
    fault = only_fault(write("Our points\n\n" + HEADER + HELSINKI), country)
    assert "Our points" in fault.what
    assert "row 1" in fault.cure


def test_a_number_with_spaces_is_told_once(write, country):
    faults = faults_of(write("id;name;x;y\nh1;A;386 000;6 674 000\n"), country)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "x"), (2, "y")]


def test_every_fault_is_listed_and_nothing_is_kept(write, country):
    text = HEADER + "h1,,town_hall,Helsinki,386000,6674000,\nh1,B,pub,Stockholm,abc,6674000,open\n"
    found = {(fault.row, fault.column) for fault in faults_of(write(text), country)}
    assert {(2, "name"), (3, "id"), (3, "type"), (3, "municipality"), (3, "x"), (3, "status")} <= found


def test_a_repeated_id_tells_both_rows(write, country):
    fault = only_fault(write(HEADER + HELSINKI + KITEE + HELSINKI), country)
    assert (fault.row, fault.column) == (4, "id")
    assert "row 2" in fault.what


def test_an_unknown_municipality_is_told_with_its_likeness(write, country):
    fault = only_fault(write(HEADER + HELSINKI.replace("Helsinki", "Helsnki")), country)
    assert (fault.row, fault.column) == (2, "municipality")
    assert "did you mean Helsinki (091)" in fault.what


@pytest.mark.parametrize(("text", "now"), [("Tarvasjoki", "Lieto"), ("838", "Lieto"), ("099", "Kankaanpää")])
def test_a_former_municipality_is_told_with_what_it_became(text, now, write, country):
    fault = only_fault(write(f"id,name,municipality,x,y\nh1,A,{text},250000,6717000\n"), country)
    assert now in fault.what
    assert now in fault.cure


def test_a_decimal_comma_between_commas_is_no_number(write, country):
    fault = only_fault(write('id,name,x,y\nh1,A,"386000,5",6674000\n'), country)
    assert (fault.row, fault.column) == (2, "x")
    assert "386000,5" in fault.what


@pytest.mark.parametrize("text", ["inf", "-inf", "1e400"])
def test_an_infinite_number_is_refused(text, write, country):
    fault = faults_of(write(f"id,name,x,y\nh1,A,{text},6674000\n"), country)[0]
    assert (fault.row, fault.column) == (2, "x")
    assert "infinite" in fault.what


def test_nan_is_a_missing_value(write, country):
    fault = only_fault(write("id,name,x,y\nh1,A,nan,6674000\nh2,B,386000,6674000\n"), country)
    assert (fault.row, fault.column) == (2, "x")
    assert "missing" in fault.what


def test_a_row_with_too_many_values_is_told_by_its_number(write, country):
    fault = only_fault(write(HEADER + HELSINKI + "a,b,c,d,e,f,g,h\n" + KITEE), country)
    assert fault.row == 3
    assert "8 values" in fault.what


def test_the_same_heading_twice_is_refused(write, country):
    assert "more than once" in only_fault(write("id,name,x,x,y\nh1,A,1,2,3\n"), country).what


def test_two_columns_that_say_the_same_are_refused(write, country):
    assert "nimi" in only_fault(write("id,nimi,namn,x,y\nh1,A,A,386000,6674000\n"), country).what


def test_two_places_for_one_point_are_refused(write, country):
    fault = only_fault(write("id,name,x,y,lon,lat\nh1,A,386300,6673300,30.1,62.1\n"), country)
    assert fault.row == 2


def test_a_point_far_from_its_municipality_is_refused(write, country):
    fault = only_fault(write("id,name,municipality,x,y\nh1,A,Helsinki,500000,7700000\n"), country)
    assert (fault.row, fault.column) == (2, "municipality")


# Coordinates


@pytest.mark.parametrize(
    ("columns", "places", "diagnosis"),
    [
        ("x,y", ["6674000,386000", "6888500,664500"], "x and y seem to be swapped"),
        ("lon,lat", ["60.18,24.95", "62.1,30.1"], "lon and lat seem to be swapped"),
        ("x,y", ["24.95,60.18", "30.1,62.1"], "degrees of WGS84"),
        ("x,y", ["60.18,24.95", "62.1,30.1"], "latitude first"),
        ("lon,lat", ["386000,6674000", "664500,6888500"], "ETRS-TM35FIN, not degrees"),
        ("x,y", ["3386000,6677000", "3664500,6891500"], "KKJ"),
        ("x,y", ["2552000,6676000", "4479000,6890000"], "KKJ"),
        ("x,y", ["25497000,6674000", "30505000,6888000"], "ETRS-GK"),
        ("x,y", ["2777000,8438000", "3350000,8890000"], "Web Mercator"),
        ("x,y", ["386,6674", "664,6888"], "kilometres"),
        ("x,y", ["0,0", "0,0"], "zero"),
        ("lon,lat", ["2.35,48.85", "2.35,48.85"], "outside Finland"),
    ],
)
def test_coordinates_of_a_wrong_system_are_diagnosed_once_for_the_whole_file(
    columns, places, diagnosis, write, country
):
    text = f"id,name,{columns}\n" + "".join(f"p{n},A,{place}\n" for n, place in enumerate(places))
    fault = only_fault(write(text), country)
    assert diagnosis in fault.what
    assert fault.row is None
    assert fault.column == columns.replace(",", ", ")


def test_one_swapped_row_among_right_ones_is_told_by_its_row(write, country):
    fault = only_fault(write("id,name,x,y\nh1,A,386000,6674000\nh2,B,6674000,386000\n"), country)
    assert fault.row == 3
    assert "swapped" in fault.what
    assert "6674000" in fault.what


def test_metres_in_geojson_are_diagnosed(tmp_path, country):
    feature = {
        "type": "Feature",
        "properties": {"id": "h1", "name": "A"},
        "geometry": {"type": "Point", "coordinates": [386000, 6674000]},
    }
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    fault = only_fault(tmp_path / "a.geojson", country)
    assert (fault.row, fault.column) == (1, "geometry")
    assert "ETRS-TM35FIN" in fault.what


def test_degrees_in_a_geopackage_that_says_metres_are_diagnosed(tmp_path, country):
    frame = geopandas.GeoDataFrame({"id": ["h1"], "name": ["A"]}, geometry=[shapely.Point(24.9, 60.2)], crs=3067)
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    assert "WGS84" in only_fault(tmp_path / "a.gpkg", country).what


def test_a_layer_without_a_coordinate_system_is_refused(tmp_path, country):
    frame = geopandas.GeoDataFrame({"id": ["h1"], "name": ["A"]}, geometry=[shapely.Point(386000, 6674000)])
    frame.to_parquet(tmp_path / "a.parquet")
    assert "coordinate system" in only_fault(tmp_path / "a.parquet", country).what


def test_a_line_is_no_point(tmp_path, country):
    shape = shapely.LineString([(386000, 6674000), (386100, 6674000)])
    frame = geopandas.GeoDataFrame({"id": ["h1"], "name": ["A"]}, geometry=[shape], crs=3067)
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    fault = only_fault(tmp_path / "a.gpkg", country)
    assert (fault.row, fault.column) == (1, "geometry")
    assert "linestring" in fault.what


# Files


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b"\n\n \n"])
def test_an_empty_file_is_told_to_be_empty(text, write, country):
    assert "empty" in only_fault(write(text), country).what


def test_a_map_without_shapes_has_no_rows(write, country):
    path = write('{"type": "FeatureCollection", "features": []}', "points.geojson")
    assert "no rows" in only_fault(path, country).what


def test_a_header_alone_has_no_rows(write, country):
    assert "no rows" in only_fault(write(HEADER), country).what


def test_latin_1_is_told_with_the_word_and_the_row_it_is_seen_in(write, country):
    text = (HEADER + HELSINKI + KITEE.replace("Kiteen kirjasto", "Kiteen sähkötalo")).encode("iso-8859-1")
    fault = only_fault(write(text), country)
    assert fault.row == 3
    assert "ISO-8859-1" in fault.what
    assert "sähkötalo" in fault.what
    assert "UTF-8" in fault.cure


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told(encoding, write, country):
    assert "UTF-16" in only_fault(write((HEADER + HELSINKI).encode(encoding)), country).what


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        (b"<html><body>404</body></html>", "web page"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"SQLite format 3\0aaaa", "GeoPackage"),
        (b'{"type": "FeatureCollection"}', "JSON"),
    ],
)
def test_a_file_of_another_kind_with_the_wrong_ending_is_told_what_it_is(start, kind, write, country):
    assert kind in only_fault(write(start), country).what


def test_a_text_that_calls_itself_a_workbook_is_told_to_be_text(write, country):
    fault = only_fault(write(HEADER + HELSINKI, "points.xlsx"), country)
    assert ".xlsx" in fault.what
    assert "CSV" in fault.what


def test_a_file_that_is_not_there_is_told(tmp_path, country):
    assert "cannot be opened" in only_fault(tmp_path / "nothing.csv", country).what


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.parquet", "a.xlsx"])
def test_a_broken_file_is_refused_in_plain_words(name, write, country):
    start = {
        "a.gpkg": b"SQLite format 3\0",
        "a.geojson": b'{"type": "Fea',
        "a.parquet": b"PAR1",
        "a.xlsx": b"PK\x03\x04",
    }
    assert (
        "cannot be read" in (what := only_fault(write(start[name] + b"x" * 50, name), country).what)
        or "not a whole" in what
    )


def test_formulas_dates_and_errors_of_a_workbook_are_refused_by_cell(tmp_path, country):
    path = workbook(
        tmp_path / "p.xlsx",
        ["id", "name", "x", "y"],
        ["a", "A", "=386000+1", 6674000],
        ["b", dt.date(2024, 5, 1), 386000, 6674000],
        ["c", "C", "#N/A", 6674000],
    )
    faults = {(fault.row, fault.column): fault.what for fault in faults_of(path, country)}
    assert set(faults) == {(2, "x"), (3, "name"), (4, "x")}
    assert "formula" in faults[2, "x"]
    assert "date" in faults[3, "name"]
    assert "#N/A" in faults[4, "x"]


def test_a_message_says_file_row_column_expectation_and_cure(write, country):
    with pytest.raises(BadInput, match=re.escape("points.csv was not read; nothing of it was kept")) as caught:
        read_points(write(HEADER + HELSINKI.replace("386000", "-")), country)
    assert "row 2, column x: '-' is not a number. Expected: a number (m). What to do: write digits only" in str(
        caught.value
    )
