"""Roads of OpenStreetMap extracts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luukku.country.junctions import parts
from luukku.country.projection import to_metres
from luukku.country.readers.osm import duration, read_osm, speed_limit
from luukku.country.roads import CLASSES, Roads
from luukku.errors import BadInput

PLACES = {
    1: (25.00, 60.20),
    2: (25.01, 60.20),
    3: (25.02, 60.20),
    4: (25.01, 60.21),
    5: (25.01, 60.19),
    6: (25.05, 60.15),
}


def extract(path: Path, *ways: tuple[list[int], dict[str, str]]) -> Path:
    """An OpenStreetMap XML file with the made-up places as nodes; a node that is not among them is missing."""
    nodes = "".join(f'<node id="{n}" version="1" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in PLACES.items())
    drawn = "".join(
        f'<way id="{number}" version="1">'
        + "".join(f'<nd ref="{ref}"/>' for ref in refs)
        + "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        + "</way>"
        for number, (refs, tags) in enumerate(ways, start=100)
    )
    path.write_text(f'<osm version="0.6">{nodes}{drawn}</osm>', encoding="utf-8")
    return path


@pytest.fixture
def read(tmp_path: Path):
    return lambda *ways: read_osm(extract(tmp_path / "extract.osm", *ways))


def arcs(roads: Roads) -> set[tuple[int, int]]:
    """The places by their numbers that a car can drive between in this direction."""
    x, y = to_metres([lon for lon, _ in PLACES.values()], [lat for _, lat in PLACES.values()])
    place = {i: list(PLACES)[int(np.hypot(x - roads.x[i], y - roads.y[i]).argmin())] for i in range(roads.nodes)}
    found = {(place[int(a)], place[int(b)]) for a, b in zip(roads.start, roads.end, strict=True)}
    both = zip(roads.start[roads.both_ways], roads.end[roads.both_ways], strict=True)
    return found | {(place[int(b)], place[int(a)]) for a, b in both}


def test_ways_are_cut_where_they_meet(read) -> None:
    roads = read(([1, 2, 3], {"highway": "residential"}), ([4, 2, 5], {"highway": "tertiary"}))
    assert roads.links == 4
    assert arcs(roads) == {(1, 2), (2, 1), (2, 3), (3, 2), (4, 2), (2, 4), (2, 5), (5, 2)}


def test_a_bend_is_no_junction_but_makes_the_link_longer(read) -> None:
    roads = read(([1, 4, 3], {"highway": "residential"}))
    assert (roads.links, roads.nodes) == (1, 2)
    assert roads.metres[0] > 1.5 * roads.straight()[0]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "primary"}, {(1, 2), (2, 1)}),
        ({"highway": "primary", "oneway": "yes"}, {(1, 2)}),
        ({"highway": "primary", "oneway": "-1"}, {(2, 1)}),
        ({"highway": "primary", "oneway": "no"}, {(1, 2), (2, 1)}),
        ({"highway": "motorway"}, {(1, 2)}),
        ({"highway": "motorway", "oneway": "no"}, {(1, 2), (2, 1)}),
        ({"highway": "primary", "junction": "roundabout"}, {(1, 2)}),
    ],
)
def test_one_way_streets_go_one_way(read, tags: dict[str, str], expected: set[tuple[int, int]]) -> None:
    assert arcs(read(([1, 2], tags))) == expected


def test_a_ring_keeps_all_its_pieces(read) -> None:
    roads = read(([1, 2, 4, 1], {"highway": "residential", "oneway": "yes"}), ([2, 3], {"highway": "residential"}))
    assert arcs(roads) == {(1, 2), (2, 1), (2, 3), (3, 2)}  # 2 -> 4 -> 1 is one link
    assert roads.links == 3


@pytest.mark.parametrize(
    ("highway", "road_class"),
    [
        ("trunk", "main_1"),
        ("primary", "main_2"),
        ("secondary", "regional"),
        ("tertiary", "connecting"),
        ("unclassified", "connecting"),
        ("motorway_link", "connecting"),
        ("living_street", "street"),
    ],
)
def test_highways_take_finlands_classes(read, highway: str, road_class: str) -> None:
    assert read(([1, 2], {"highway": highway})).road_class.tolist() == [CLASSES.index(road_class)]


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "service"},
        {"highway": "residential", "access": "private"},
        {"highway": "residential", "motor_vehicle": "no"},
        {"highway": "residential", "area": "yes"},
        {"route": "ferry"},
        {"route": "ferry", "motor_vehicle": "no"},
        {"route": "bus"},
        {"building": "yes"},
    ],
)
def test_what_cars_may_not_use_is_left_out(read, tags: dict[str, str]) -> None:
    assert read(([1, 2], tags), ([2, 3], {"highway": "residential"})).links == 1


def test_a_street_that_cars_may_use_although_others_may_not_is_kept(read) -> None:
    assert read(([1, 2], {"highway": "residential", "access": "no", "motorcar": "yes"})).links == 1


def test_a_car_ferry_sails_as_long_as_it_says(read) -> None:
    roads = read(
        ([1, 2], {"highway": "tertiary"}),
        ([2, 6], {"route": "ferry", "motor_vehicle": "yes", "duration": "00:30"}),
        ([6, 3], {"route": "ferry", "motorcar": "yes", "ferry:cable": "yes"}),
    )
    ferry = roads.road_class == CLASSES.index("ferry")
    assert roads.metres[ferry] / roads.limit[ferry] * 0.06 == pytest.approx([30.0])
    assert np.isnan(roads.limit[roads.road_class == CLASSES.index("cable_ferry")]).all()


def test_low_limits_and_streets_are_built_up(read) -> None:
    roads = read(
        ([1, 2], {"highway": "secondary", "maxspeed": "80"}),
        ([2, 3], {"highway": "secondary", "maxspeed": "50"}),
        ([4, 5], {"highway": "residential"}),
        ([5, 6], {"highway": "secondary"}),
    )
    by_limit = dict(zip(roads.limit.tolist(), roads.urban.tolist(), strict=True))
    assert by_limit[80.0] is False
    assert by_limit[50.0] is True
    unknown = np.isnan(roads.limit)
    assert roads.urban[unknown].tolist().count(True) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 50.0),
        ("50 mph", 80.4672),
        ("30mph", 48.28032),
        ("FI:urban", 50.0),
        ("FI:rural", 80.0),
        ("FI:motorway", 120.0),
        ("walk", 7.0),
        ("62.5", 62.5),
    ],
)
def test_a_speed_limit_is_read(text: str, expected: float) -> None:
    assert speed_limit(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", [None, "", "none", "signals", "50;80", "-50", "0", "fast"])
def test_a_speed_limit_that_is_none_is_unknown(text: str | None) -> None:
    assert np.isnan(speed_limit(text))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("20", 20), ("00:20", 20), ("1:05", 65), ("00:20:30", 20.5), ("PT20M", 20), ("PT1H5M", 65), ("PT2H", 120)],
)
def test_a_duration_is_read(text: str, minutes: float) -> None:
    assert duration(text) == pytest.approx(minutes)


@pytest.mark.parametrize("text", [None, "", "PT", "0", "00:00", "half an hour", "P1D"])
def test_a_duration_that_is_none_is_unknown(text: str | None) -> None:
    assert np.isnan(duration(text))


def test_what_lies_beyond_the_border_of_the_extract_is_cut_off(read) -> None:
    roads = read(([1, 2, 777, 3, 6], {"highway": "residential"}), ([2, 888], {"highway": "residential"}))
    assert arcs(roads) == {(1, 2), (2, 1), (3, 6), (6, 3)}


def test_an_extract_without_roads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no roads"):
        read_osm(extract(tmp_path / "x.osm", ([1, 2], {"building": "yes"})))


@pytest.mark.parametrize(
    ("name", "content"), [("x.osm.pbf", b"not a pbf file at all"), ("x.osm", b"<osm"), ("x.xyz", b"")]
)
def test_a_file_that_is_no_extract_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=r"osmium cannot read it|no roads"):
        read_osm(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read_osm(tmp_path / "absent.osm.pbf")


def test_the_centre_of_helsinki_is_read(shared_data: Path) -> None:
    roads = read_osm(shared_data / "interfaces/osm/helsinki.osm.pbf")
    assert np.bincount(parts(roads)).max() > 0.95 * roads.nodes
    assert 0.3 < roads.both_ways.mean() < 0.7
    assert 380_000 < roads.x.mean() < 392_000
    assert 6_668_000 < roads.y.mean() < 6_678_000
    assert (roads.metres >= roads.straight() - 1e-6).all()
    assert 20 <= np.nanmean(roads.limit) <= 45
    assert roads.source.licence.startswith("ODbL")
