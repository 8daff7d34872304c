from __future__ import annotations

import zipfile

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.readers import read_population_grid
from luukku.country.readers.faults import LISTED
from luukku.errors import BadInput, Fault

HEADER = "id_nro,kunta,grd_id,xkoord,ykoord,vaesto,miehet,naiset,ika_0_14,ika_15_64,ika_65_\n"
FULL = "1,091,1kmN6671E0385,385000,6671000,120,58,62,20,70,30\n"
SMALL = "2,91,1kmN6672E0385,385000,6672000,7,-1,-1,-1,-1,-1\n"


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "vaki2022_1km.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def faults_of(path, **options) -> list[Fault]:
    with pytest.raises(BadInput) as caught:
        read_population_grid(path, **options)
    assert caught.value.file == str(path)
    return caught.value.faults


def only_fault(path, **options) -> Fault:
    faults = faults_of(path, **options)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def squares(size: int, *corners: tuple[int, int]) -> list[shapely.Polygon]:
    return [shapely.box(x, y, x + size, y + size) for x, y in corners]


# What is read


def test_a_cell_lies_at_the_middle_of_the_square_that_its_id_names(write):
    cells = read_population_grid(write(HEADER + FULL + SMALL))
    assert cells.code.tolist() == ["1kmN6671E0385", "1kmN6672E0385"]
    assert cells.x.tolist() == [385_500.0, 385_500.0]
    assert cells.y.tolist() == [6_671_500.0, 6_672_500.0]
    assert cells.people.tolist() == [120.0, 7.0]
    assert cells.municipality.tolist() == ["091", "091"]
    assert cells.year == 2022


def test_suppressed_counts_are_unknown_and_never_negative(write):
    extra = read_population_grid(write(HEADER + FULL + SMALL)).extra
    assert set(extra) == {"men", "women", "age_0_14", "age_15_64", "age_65_"}
    assert extra["age_65_"][0] == 30.0
    assert all(np.isnan(counts[1]) for counts in extra.values())


def test_coordinates_may_be_the_corner_or_the_centre_when_the_id_is_there(write):
    corner = read_population_grid(write("grd_id,xkoord,ykoord,vaesto\n1kmN6671E0385,385000,6671000,5\n"))
    centre = read_population_grid(write("grd_id,xkoord,ykoord,vaesto\n1kmN6671E0385,385500,6671500,5\n"))
    assert corner.x.tolist() == centre.x.tolist() == [385_500.0]


def test_without_an_id_the_name_tells_the_size_and_the_coordinates_the_corner(write):
    text = "xkoord,ykoord,vaesto\n385000,6675000,5\n390000,6675000,6\n"
    cells = read_population_grid(write(text, "vaki2020_5km.csv"))
    assert cells.x.tolist() == [387_500.0, 392_500.0]
    assert cells.code.tolist() == ["5kmN6675E0385", "5kmN6675E0390"]
    assert cells.year == 2020


def test_without_an_id_centres_are_told_from_corners(write):
    cells = read_population_grid(write("xkoord,ykoord,vaesto\n385500,6671500,5\n", "vaki2020_1km_kp.csv"))
    assert cells.x.tolist() == [385_500.0]
    assert cells.code.tolist() == ["1kmN6671E0385"]


def test_cells_of_250_metres_are_read_by_their_ids(write):
    cells = read_population_grid(write("grd_id,vaesto,vuosi\n250mN667175E38600,8,2023\n", "grid.csv"))
    assert cells.x.tolist() == [386_125.0]
    assert cells.y.tolist() == [6_671_875.0]
    assert cells.year == 2023


@pytest.mark.parametrize("name", ["vaki2022_1km.gpkg", "vaki2022_1km.parquet", "vaki2022_1km.geojson"])
@pytest.mark.parametrize("with_id", [True, False])
def test_map_files_give_the_same_cells_as_csv(name, with_id, tmp_path, write):
    columns = {"kunta": ["091", "091"], "vaesto": [120, 7], "ika_65_": [30, -1]}
    if with_id:
        columns["grd_id"] = ["1kmN6671E0385", "1kmN6672E0385"]
    frame = geopandas.GeoDataFrame(
        columns, geometry=squares(1000, (385_000, 6_671_000), (385_000, 6_672_000)), crs=3067
    )
    if name.endswith("parquet"):
        frame.to_parquet(tmp_path / name)
    elif name.endswith("geojson"):
        frame.to_file(tmp_path / name, driver="GeoJSON", RFC7946="NO")
    else:
        frame.to_file(tmp_path / name, driver="GPKG", layer="vaki2022_1km")
    expected = read_population_grid(write(HEADER + FULL + SMALL))
    cells = read_population_grid(tmp_path / name)
    assert cells.code.tolist() == expected.code.tolist()
    assert cells.x.tolist() == expected.x.tolist()
    assert cells.people.tolist() == expected.people.tolist()
    assert np.array_equal(cells.extra["age_65_"], expected.extra["age_65_"], equal_nan=True)


def test_the_layer_with_the_columns_is_chosen_among_several(tmp_path):
    path = tmp_path / "tilasto.gpkg"
    other = geopandas.GeoDataFrame({"x": [1]}, geometry=[shapely.Point(385_000, 6_671_000)], crs=3067)
    other.to_file(path, driver="GPKG", layer="other")
    frame = geopandas.GeoDataFrame({"vaesto": [4]}, geometry=squares(1000, (385_000, 6_671_000)), crs=3067)
    frame.to_file(path, driver="GPKG", layer="vaki2021_1km", mode="a")
    cells = read_population_grid(path)
    assert (cells.people.tolist(), cells.year) == ([4.0], 2021)


def test_plain_parquet_is_read_as_well(tmp_path):
    path = tmp_path / "vaki2022_1km.parquet"
    pq.write_table(pa.table({"grd_id": ["1kmN6671E0385"], "vaesto": [3], "kunta": [91]}), path)
    cells = read_population_grid(path)
    assert cells.municipality.tolist() == ["091"]


def test_a_zip_of_one_file_is_read_and_keeps_the_name_of_the_zip_in_messages(tmp_path):
    with zipfile.ZipFile(tmp_path / "grid.zip", "w") as archive:
        archive.writestr("vaki2022_1km.csv", HEADER + FULL)
        archive.writestr("readme.md", "x")
    assert len(read_population_grid(tmp_path / "grid.zip")) == 1
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("vaki2022_1km.csv", HEADER + FULL.replace("120", "-5"))
    assert only_fault(tmp_path / "bad.zip").row == 2


corners = st.lists(st.tuples(st.integers(60, 750), st.integers(6_600, 7_750)), min_size=1, max_size=30, unique=True)


@given(corners, st.sampled_from([1, 5]))
def test_ids_and_coordinates_always_tell_the_same_cells(tmp_path_factory, cells, size):
    folder = tmp_path_factory.mktemp("grid")
    places = sorted({(x // size * size, y // size * size) for x, y in cells})
    by_id = folder / "vaki2022.csv"
    by_id.write_text("grd_id,vaesto\n" + "".join(f"{size}kmN{y}E{x:04d},1\n" for x, y in places))
    by_place = folder / f"vaki2022_{size}km.csv"
    by_place.write_text("xkoord,ykoord,vaesto\n" + "".join(f"{x}000,{y}000,1\n" for x, y in places))
    one, other = read_population_grid(by_id), read_population_grid(by_place)
    assert one.code.tolist() == other.code.tolist()
    assert one.x.tolist() == other.x.tolist() == [x * 1000 + size * 500 for x, _ in places]


# What is refused


@pytest.mark.parametrize(
    ("value", "what"), [("", "missing"), ("-1", "negative"), ("-7", "negative"), ("NaN", "missing")]
)
def test_negative_and_missing_population_are_refused(value, what, write):
    fault = only_fault(write(HEADER + FULL + FULL.replace("6671", "6673").replace(",120,", f",{value},")))
    assert (fault.row, fault.column) == (3, "vaesto")
    assert what in fault.what


def test_a_negative_part_that_is_not_the_mark_of_suppression_is_refused(write):
    fault = only_fault(write(HEADER + FULL.replace(",30\n", ",-2\n")))
    assert (fault.row, fault.column) == (2, "ika_65_")


def test_more_old_people_than_people_are_refused(write):
    fault = only_fault(write(HEADER + FULL.replace(",30\n", ",300\n")))
    assert (fault.row, fault.column) == (2, "ika_65_")


def test_a_cell_that_is_there_twice_tells_both_rows(write):
    fault = only_fault(write(HEADER + FULL + SMALL + FULL))
    assert (fault.row, fault.column) == (4, "grd_id")
    assert "row 2" in fault.what


def test_a_missing_population_column_is_told_with_the_one_that_was_probably_meant(write):
    fault = only_fault(write("grd_id,vaesto_\n1kmN6671E0385,5\n"))
    assert fault.column == "vaesto"
    assert "'vaesto_'" in fault.cure


def test_an_odd_id_is_told(write):
    fault = only_fault(write(HEADER + FULL + SMALL.replace("1kmN6672E0385", "1kmN66x2E0385")))
    assert (fault.row, fault.column) == (3, "grd_id")


def test_cells_of_two_sizes_are_refused(write):
    fault = only_fault(write("grd_id,vaesto\n1kmN6671E0385,5\n5kmN6675E0385,5\n"))
    assert "1,000, 5,000" in fault.what


def test_swapped_coordinates_are_diagnosed(write):
    faults = faults_of(write("xkoord,ykoord,vaesto\n6671000,385000,5\n6672000,385000,6\n"))
    assert "swapped" in faults[0].what
    assert faults[0].column == "xkoord, ykoord"


def test_degrees_beside_ids_are_diagnosed(write):
    faults = faults_of(write("grd_id,xkoord,ykoord,vaesto\n250mN667175E38600,24.9477,60.1678,5\n"))
    assert any("WGS84" in fault.what for fault in faults)


def test_coordinates_that_do_not_belong_to_the_id_are_refused(write):
    fault = only_fault(write("grd_id,xkoord,ykoord,vaesto\n1kmN6671E0385,388000,6671000,5\n"))
    assert (fault.row, fault.column) == (2, "xkoord, ykoord")


def test_coordinates_that_are_no_corner_are_refused(write):
    assert "neither a corner nor a centre" in only_fault(write("xkoord,ykoord,vaesto\n385120,6671000,5\n")).what


def test_a_cell_size_that_nothing_tells_is_asked_for(write):
    assert "size" in only_fault(write("xkoord,ykoord,vaesto\n385000,6671000,5\n", "vaki2022.csv")).what


@pytest.mark.parametrize(("name", "text"), [("grid.csv", ""), ("vaki2020_2022_1km.csv", "2020, 2022")])
def test_a_year_that_is_not_told_is_asked_for(name, text, write):
    path = write("grd_id,vaesto\n1kmN6671E0385,5\n", name)
    assert text in only_fault(path).what
    assert read_population_grid(path, year=2021).year == 2021


def test_shapes_in_degrees_without_ids_are_refused(tmp_path):
    frame = geopandas.GeoDataFrame({"vaesto": [4]}, geometry=squares(1000, (385_000, 6_671_000)), crs=3067).to_crs(4326)
    frame.to_parquet(tmp_path / "vaki2022_1km.parquet")
    fault = only_fault(tmp_path / "vaki2022_1km.parquet")
    assert "WGS 84" in fault.what


def test_shapes_that_are_no_squares_of_the_grid_are_refused(tmp_path):
    shapes = [
        *squares(1000, (385_000, 6_671_000), (386_000, 6_671_000)),
        shapely.box(387_000, 6_671_000, 387_300, 6_672_000),
    ]
    geopandas.GeoDataFrame({"vaesto": [4, 4, 4]}, geometry=shapes, crs=3067).to_parquet(
        tmp_path / "vaki2022_1km.parquet"
    )
    fault = only_fault(tmp_path / "vaki2022_1km.parquet")
    assert (fault.row, fault.column) == (3, "geometry")


def test_an_unknown_municipality_is_refused_when_the_country_is_given(write, country):
    path = write(HEADER + FULL + SMALL.replace(",91,", ",838,"))
    assert len(read_population_grid(path)) == 2
    fault = only_fault(path, country=country)
    assert (fault.row, fault.column) == (3, "kunta")
    assert "Lieto" in fault.what


def test_a_bad_file_of_many_rows_has_a_message_of_few_lines_that_shows_every_kind(write):
    rows = "".join(
        f"1kmN{y}E{x:04d},{x}000,{y}000,{-5 if x % 2 else ''}\n" for y in range(6_700, 6_800) for x in range(300, 320)
    )
    path = write("grd_id,xkoord,ykoord,vaesto\n" + rows + "zzz,385000,6671000,4\n")
    with pytest.raises(BadInput) as caught:
        read_population_grid(path)
    faults = caught.value.faults
    assert len(faults) < 2 * LISTED + 10
    assert sum("more rows" in fault.what for fault in faults) == 1
    assert f"{2000 - LISTED:,} more rows" in str(caught.value)
    assert "zzz" in str(caught.value)
