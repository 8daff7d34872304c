"""The table of speeds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luukku.country.roads import CLASSES
from luukku.errors import BadInput
from luukku.travel.speeds import TABLE, default_speeds, read_speeds

from .conftest import roads_of


@pytest.fixture
def table(tmp_path: Path) -> Path:
    copy = tmp_path / "speeds.csv"
    copy.write_text(TABLE.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def test_every_class_of_road_has_a_speed_and_says_why() -> None:
    speeds = default_speeds()
    assert len(speeds.why) == len(CLASSES)
    assert all(len(why) > 20 for why in speeds.why)


def test_towns_are_never_quicker_than_the_country_and_bigger_roads_never_slower() -> None:
    speeds = default_speeds()
    assert (speeds.urban <= speeds.rural).all()
    by_importance = [
        CLASSES.index(name) for name in ("motorway", "main_1", "main_2", "regional", "connecting", "street")
    ]
    assert (np.diff(speeds.rural[by_importance]) <= 0).all()


def test_only_ferries_wait() -> None:
    speeds = default_speeds()
    waiting = {name for name, minutes in zip(CLASSES, speeds.wait, strict=True) if minutes > 0}
    assert waiting == {"ferry", "cable_ferry"}


def test_a_planner_can_change_a_speed_in_a_copy_of_the_table(table: Path) -> None:
    table.write_text(table.read_text(encoding="utf-8").replace("connecting,57,", "connecting,40,"), encoding="utf-8")
    slow = read_speeds(table)
    roads = roads_of([(0, 0), (4000, 0)], [(0, 1, 4000, "connecting")])
    assert slow.minutes(roads) == pytest.approx([6.0])


def test_a_limit_is_driven_only_in_part() -> None:
    speeds = default_speeds()
    roads = roads_of([(0, 0), (1000, 0)], [(0, 1, 1000, "street")], limit=50.0)
    assert speeds.minutes(roads) == pytest.approx([0.06 * 1000 / (50 * speeds.of_limit[CLASSES.index("street")])])


@pytest.mark.parametrize(
    ("found", "instead", "told"),
    [
        ("main_2,", "main_3,", "main_3"),
        ("main_2,73", "main_1,73", "given twice"),
        ("regional,66", "regional,-66", "-66"),
        ("regional,66", "regional,fast", "fast"),
        ("regional,66", "regional,0", "above 0"),
        ("regional,66", "regional,inf", "inf"),
        ("wait_min", "waiting", "wait_min is missing"),
    ],
)
def test_a_broken_table_is_refused_with_the_row_and_column(table: Path, found: str, instead: str, told: str) -> None:
    table.write_text(table.read_text(encoding="utf-8").replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        read_speeds(table)


def test_every_fault_is_told_at_once(table: Path) -> None:
    text = table.read_text(encoding="utf-8").replace("regional,66", "regional,x").replace("joint,25", "joint,y")
    table.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        read_speeds(table)
    assert len(refusal.value.faults) == 2
    assert {fault.row for fault in refusal.value.faults} == {5, 8}


def test_an_empty_file_and_one_in_another_encoding_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(BadInput, match="missing"):
        read_speeds(empty)
    latin = tmp_path / "latin.csv"
    latin.write_bytes(
        "road_class,rural_km_h,urban_km_h,wait_min,of_limit,why\nstreet,1,1,0,1,hidasta täällä\n".encode("latin-1")
    )
    with pytest.raises(BadInput, match="UTF-8"):
        read_speeds(latin)
