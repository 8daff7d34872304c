"""Roads of TMC location tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from luukku.country.junctions import parts
from luukku.country.projection import to_wgs84
from luukku.country.readers.tmc import read_tmc
from luukku.country.roads import CLASSES, FERRIES, Roads
from luukku.errors import BadInput

ORIGIN = (400_000.0, 6_900_000.0)
POINT_COLUMNS = ["LCD", "CLASS", "TCD", "STCD", "N1ID", "SEG_LCD", "ROA_LCD", "XCOORD", "YCOORD", "URBAN", "GEOCODE"]


class Table:
    """A made-up location table: roads with their points in order, metres from an origin."""

    def __init__(self) -> None:
        self.points: list[list[str]] = []
        self.offsets: list[tuple[str, str, str]] = []
        self.roads: list[tuple[str, str, str, str]] = []
        self.names: list[tuple[str, str]] = []

    def road(self, number, points, *, kind="1", sort="4"):
        """points: (x, y, address "part;metres" or "", type such as "1.11", name)."""
        code = str(9000 + len(self.roads))
        self.roads.append((code, kind, sort, str(number)))
        codes = []
        for x, y, address, point_kind, name in points:
            lon, lat = to_wgs84(ORIGIN[0] + x, ORIGIN[1] + y)
            lcd, name_code = str(1 + len(self.points)), str(1 + len(self.names))
            self.names.append((name_code, name))
            tcd, stcd = point_kind.split(".")
            geocode = f"FinCode:{number};{address}" if address else ""
            self.points.append(
                [lcd, "P", tcd, stcd, name_code, "0", code, repr(float(lon)), repr(float(lat)), "0", geocode]
            )
            codes.append(lcd)
        for before, here, after in zip(["", *codes], codes, [*codes[1:], ""], strict=False):
            self.offsets.append((here, before, after))
        return self

    def files(self) -> dict[str, str]:
        def text(header, rows):
            return "\r\n".join("\t".join(row) for row in (header, *rows)) + "\r\n"

        return {
            "POINTS.DAT": text(POINT_COLUMNS, self.points),
            "POFFSETS.DAT": text(("LCD", "NEG_OFF_LCD", "POS_OFF_LCD"), self.offsets),
            "ROADS.DAT": text(("LCD", "TCD", "STCD", "ROADNUMBER"), self.roads),
            "SEGMENTS.DAT": text(("LCD", "ROA_LCD"), ()),
            "NAMES.DAT": text(("NID", "NAME"), self.names),
        }


def packed(files: dict[str, str], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def read(tmp_path: Path):
    return lambda table: read_tmc(packed(table.files(), tmp_path / "table_1.2.3.zip"))


def links_of(roads: Roads, road_class: str) -> list[float]:
    return sorted(roads.metres[roads.road_class == CLASSES.index(road_class)].tolist())


def crossroads() -> Table:
    """Road 66 and road 3481 meet at the origin, where their points lie 60 m apart."""
    table = Table()
    table.road(
        66, [(-9000, 0, "1;0", "1.13", "a"), (0, 0, "1;9500", "1.11", "b"), (8000, 0, "2;100", "1.13", "c")], sort="2"
    )
    table.road(3481, [(0, 60, "1;0", "1.11", "b"), (0, 5060, "1;5600", "1.13", "d")])
    return table


def test_lengths_come_from_the_addresses_on_one_part_of_a_road(read) -> None:
    roads = read(crossroads())
    assert links_of(roads, "connecting") == [5600]
    assert 9500 in links_of(roads, "main_2")


def test_across_parts_the_straight_line_is_wound_as_its_class_is_known_to_wind(read) -> None:
    roads = read(crossroads())
    assert links_of(roads, "main_2") == pytest.approx([8000 * 9500 / 9000, 9500], rel=2e-3)


def test_a_length_is_never_shorter_than_the_straight_line_nor_than_the_metres_of_the_next_part(read) -> None:
    table = Table().road(
        1500,
        [(0, 0, "1;0", "1.11", "a"), (4000, 0, "1;100", "1.11", "b"), (9000, 0, "2;7000", "1.11", "c")],
    )
    assert links_of(read(table), "connecting") == pytest.approx([4000, 7000], rel=2e-3)


def test_roads_meet_where_their_points_lie_within_a_hundred_metres(read) -> None:
    roads = read(crossroads())
    assert links_of(roads, "joint") == pytest.approx([60], abs=0.5)
    assert parts(roads).max() == 0


def test_a_bridge_over_a_road_is_no_crossing(read) -> None:
    table = Table()
    table.road(
        66, [(-9000, 0, "1;0", "1.13", "a"), (0, 0, "1;9500", "3.2", "silta"), (9000, 0, "1;19000", "1.11", "c")]
    )
    table.road(
        3481, [(0, -5000, "1;0", "1.13", "e"), (0, 30, "1;5600", "1.6", "ylikulku"), (0, 5000, "1;9999", "1.13", "d")]
    )
    table.road(7000, [(9000, 50, "1;0", "1.11", "c"), (0, 5050, "1;9000", "1.11", "d")])
    roads = read(table)
    near_bridge = np.hypot(roads.x[roads.start] - ORIGIN[0], roads.y[roads.start] - ORIGIN[1]) < 200
    assert not (near_bridge & (roads.road_class == CLASSES.index("joint"))).any()


def test_a_road_that_ends_beside_another_ones_long_link_is_tied_to_it(read) -> None:
    table = Table()
    table.road(66, [(-20_000, 0, "1;0", "1.13", "a"), (20_000, 0, "1;41000", "1.13", "b")])
    table.road(3481, [(0, 250, "1;0", "1.11", "tien 66 liittymä"), (0, 5000, "1;5000", "1.13", "c")])
    roads = read(table)
    assert parts(roads).max() == 0
    assert sum(links_of(roads, "main_2")) == pytest.approx(41_000)
    assert len(links_of(roads, "main_2")) == 2


def test_a_dead_end_beside_another_road_is_not_tied_to_it(read) -> None:
    table = Table()
    table.road(66, [(-20_000, 0, "1;0", "1.13", "a"), (20_000, 0, "1;41000", "1.11", "b")])
    table.road(3481, [(0, 250, "1;0", "1.13", "laituri"), (20_000, 80, "1;25000", "1.11", "b")])
    roads = read(table)
    assert len(links_of(roads, "main_2")) == 1


def test_a_part_that_stands_alone_is_joined_by_the_shortest_line_and_told(read) -> None:
    table = Table()
    table.road(66, [(-20_000, 0, "1;0", "1.13", "a"), (20_000, 0, "1;41000", "1.13", "b")])
    table.road(3481, [(0, 3_000, "1;0", "1.13", "c"), (0, 8_000, "1;5000", "1.13", "d")])
    roads = read(table)
    assert parts(roads).max() == 0
    assert any("1 parts joined by 3.0 km" in remark for remark in roads.remarks)


def test_a_jump_over_a_stretch_that_a_bigger_road_carries_is_left_out(read) -> None:
    table = Table()
    main = [
        (x, 3000 if 0 < x < 20_000 else 0, f"1;{int(x + 30_000)}", "1.11", str(x))
        for x in range(-10_000, 31_000, 5_000)
    ]
    table.road(4, main, sort="2")
    table.road(
        13,
        [
            (0, 9000, "1;0", "1.13", "n"),
            (0, 50, "1;9000", "1.11", "0"),
            (20000, 50, "7;0", "1.11", "20000"),
            (20000, 9000, "7;9000", "1.13", "m"),
        ],
        sort="2",
    )
    roads = read(table)
    assert max(links_of(roads, "main_1")) < 19_000
    assert any(remark.startswith("1 straight jumps") for remark in roads.remarks)


def test_a_road_of_its_own_that_no_bigger_one_replaces_is_kept(read) -> None:
    table = Table()
    table.road(4, [(0, 0, "1;0", "1.11", "a"), (0, 20_000, "1;21000", "1.11", "b")], sort="2")
    table.road(13, [(50, 0, "1;0", "1.11", "a"), (30_000, 10_000, "3;0", "1.13", "c")], sort="2")
    assert max(links_of(read(table), "main_1")) > 30_000


@pytest.mark.parametrize(
    ("number", "sort", "kind", "expected"),
    [
        (7, "2", "1", "main_1"),
        (50, "2", "1", "main_2"),
        (101, "3", "1", "regional"),
        (12007, "4", "1", "connecting"),
        (42006, "4", "1", "street"),
        (3, "0", "5", "street"),
        ("E8", "2", "1", "main_1"),
        ("Lv 400", "3", "1", "regional"),
    ],
)
def test_the_class_follows_the_number_and_beyond_the_border_the_level(read, number, sort, kind, expected) -> None:
    address = "1;0" if isinstance(number, int) else ""
    table = Table().road(number, [(0, 0, address, "1.11", "a"), (1000, 0, "", "1.11", "b")], sort=sort, kind=kind)
    assert len(links_of(read(table), expected)) == 1


def test_interchange_after_interchange_makes_a_motorway_and_a_level_crossing_ends_it(read) -> None:
    kinds = ["1.11", "1.1", "1.1", "3.2", "1.1", "1.1", "1.1", "1.8", "1.1", "1.11"]
    table = Table().road(4, [(3000.0 * i, 0, f"1;{3000 * i}", kind, str(i)) for i, kind in enumerate(kinds)], sort="2")
    roads = read(table)
    assert len(links_of(roads, "motorway")) == 5
    assert len(links_of(roads, "main_1")) == 4


def test_a_ferry_goes_over_the_water_and_the_rest_of_its_link_by_land(read) -> None:
    table = Table().road(
        482,
        [
            (0, 0, "9;0", "1.11", "Oravisalo"),
            (7000, 0, "10;0", "3.45", "Arvinsalmen lossi"),
            (10_400, 0, "11;0", "1.11", "c"),
        ],
        sort="3",
    )
    roads = read(table)
    assert links_of(roads, "cable_ferry") == pytest.approx([500], rel=2e-3)
    assert links_of(roads, "regional")[0] == pytest.approx(2900, rel=5e-3)


def test_between_two_quays_the_whole_way_is_the_ferrys(read) -> None:
    table = Table().road(
        816,
        [
            (0, 0, "3;0", "1.11", "a"),
            (5000, 0, "4;0", "3.45", "Riutunkari-Hailuodon lautta"),
            (11800, 0, "5;0", "3.17", "Huikun lauttalaituri"),
            (25000, 0, "7;0", "1.11", "Kuusto"),
        ],
        sort="3",
    )
    roads = read(table)
    assert links_of(roads, "ferry") == pytest.approx([6800], rel=2e-3)
    assert len(links_of(roads, "regional")) == 2


def test_two_roads_that_end_at_one_ferry_are_joined_by_it(read) -> None:
    table = Table()
    table.road(15169, [(0, 0, "5;0", "1.11", "a"), (9000, 0, "6;4690", "3.45", "Rongonsalmen lossi")])
    table.road(15170, [(15_000, 0, "1;0", "1.13", "b"), (9000, 5, "2;4937", "3.45", "Rongonsalmen lossi")])
    roads = read(table)
    assert links_of(roads, "cable_ferry") == [500]


def test_a_pier_of_boats_beside_the_road_is_no_ferry_of_the_road(read) -> None:
    table = Table().road(
        12230,
        [
            (0, 0, "3;2", "1.11", "a"),
            (1446, 0, "3;1664", "3.45", "Norrbyn yhteysaluslaituri"),
            (3300, 0, "3;4600", "1.11", "c"),
        ],
    )
    assert not np.isin(read(table).road_class, list(FERRIES)).any()


def without(files: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in files.items() if key != name}


@pytest.mark.parametrize("name", ["POINTS.DAT", "POFFSETS.DAT", "ROADS.DAT", "SEGMENTS.DAT", "NAMES.DAT"])
def test_a_missing_table_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=f"{name} is missing"):
        read_tmc(packed(without(crossroads().files(), name), tmp_path / "t.zip"))


def refusal(files: dict[str, str], tmp_path: Path) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read_tmc(packed(files, tmp_path / "t.zip"))
    return refused.value


def changed(name: str, found: str, instead: str) -> dict[str, str]:
    files = crossroads().files()
    assert found in files[name]
    return files | {name: files[name].replace(found, instead, 1)}


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    assert "GEOCODE" in str(refusal(changed("POINTS.DAT", "GEOCODE", "ADDRESS"), tmp_path))


def test_a_path_outside_the_zip_is_refused(tmp_path: Path) -> None:
    assert "outside" in str(refusal(crossroads().files() | {"../evil.DAT": ""}, tmp_path))


def test_an_unknown_point_in_the_offsets_is_told_with_its_row(tmp_path: Path) -> None:
    fault = refusal(changed("POFFSETS.DAT", "3\t2\t", "3\t777\t"), tmp_path).faults[0]
    assert "777" in fault.what
    assert (fault.row, fault.column) == (4, "NEG_OFF_LCD")


def test_coordinates_in_metres_and_words_are_told_with_row_and_column(tmp_path: Path) -> None:
    files = crossroads().files()
    lines = files["POINTS.DAT"].split("\r\n")
    for row, text in ((1, "400000.0"), (3, "east")):
        fields = lines[row].split("\t")
        fields[7] = text
        lines[row] = "\t".join(fields)
    faults = refusal(files | {"POINTS.DAT": "\r\n".join(lines)}, tmp_path).faults
    assert [(fault.row, fault.column) for fault in faults] == [(2, "XCOORD"), (4, "XCOORD")]


def test_a_code_given_twice_is_told(tmp_path: Path) -> None:
    assert "twice" in str(refusal(changed("POINTS.DAT", "\r\n2\t", "\r\n1\t"), tmp_path))


def test_a_short_row_is_told(tmp_path: Path) -> None:
    assert "row of 1 fields" in str(refusal(changed("ROADS.DAT", "\r\n9000\t1\t2\t66", "\r\n9000"), tmp_path))


def test_empty_tables_are_refused(tmp_path: Path) -> None:
    assert "no column" in str(refusal(dict.fromkeys(crossroads().files(), ""), tmp_path))
    assert "no two points follow" in str(refusal(Table().files(), tmp_path))


def test_names_in_the_other_encoding_are_read_too(tmp_path: Path) -> None:
    table = Table().road(482, [(0, 0, "10;0", "3.45", "Hätinvirran lossi"), (3_400, 0, "11;0", "1.11", "c")], sort="3")
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in table.files().items():
            archive.writestr(name, content.encode("iso-8859-1"))
    assert len(links_of(read_tmc(path), "cable_ferry")) == 1


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    no_zip = tmp_path / "t.zip"
    no_zip.write_text("not a zip")
    for path in (no_zip, tmp_path / "absent.zip"):
        with pytest.raises(BadInput, match="not a whole ZIP"):
            read_tmc(path)


@pytest.fixture(scope="module")
def finland(shared_data: Path) -> Roads:
    return read_tmc(shared_data / "finland/roads/fi_tmc_location_table_1.11.45.zip")


def test_finlands_roads_hang_together(finland: Roads) -> None:
    assert parts(finland).max() == 0
    assert finland.nodes > 32_655
    assert "1.11.45" in finland.source.where
    assert (finland.source.date, finland.source.licence) == ("2026-06-08", "CC BY 4.0")
    assert "Fintraffic" in finland.source.name


def test_finlands_roads_are_as_long_as_published_and_its_ferries_as_many(finland: Roads) -> None:
    assert sum(links_of(finland, "connecting")) == pytest.approx(50_973_000, rel=0.02)
    assert sum(links_of(finland, "regional")) == pytest.approx(13_482_000, rel=0.05)
    # 779 km of motorways and 124 km of motor-traffic roads in 2011, the first since grown, and ring roads.
    assert 900_000 < sum(links_of(finland, "motorway")) < 1_250_000
    assert len(links_of(finland, "cable_ferry")) + len(links_of(finland, "ferry")) in range(38, 46)


def test_no_link_is_shorter_than_the_straight_line(finland: Roads) -> None:
    assert (finland.metres >= finland.straight() - 1e-6).all()


def test_the_names_are_read_as_they_are_written(shared_data: Path) -> None:
    # README.DAT says ISO-8859-1, but the names are UTF-8: "Hätinvirran lossi" must be found to be a cable ferry.
    roads = read_tmc(shared_data / "finland/roads/fi_tmc_location_table_1.11.45.zip")
    at = np.hypot(roads.x[roads.start] - 562_417, roads.y[roads.start] - 6_813_796) < 5
    assert CLASSES.index("cable_ferry") in roads.road_class[at]
