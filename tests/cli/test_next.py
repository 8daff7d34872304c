"""`luukku next`: the next point, and an order of opening."""

from __future__ import annotations

import csv

import pytest

from luukku.cli.output import Exit
from luukku.travel.build import tmc_table


def test_the_next_point_is_told_with_the_runners_up_and_what_each_brings(luukku, tmp_path):
    ran = luukku("next", "--most", "5", "--csv", "next.csv", "--json")

    assert ran.code == 0, ran.err
    told = ran.json
    assert len(told["standing"]) == 18
    assert told["tried"] > 1_000
    gained = [row["gained"] for row in told["prospects"]]
    assert len(gained) == 5
    assert gained == sorted(gained, reverse=True)
    assert gained[0] > 0
    with (tmp_path / "next.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["code"] for row in csv.DictReader(file)] == [row["code"] for row in told["prospects"]]


def test_the_next_point_covers_what_a_plan_of_one_more_point_covers(luukku):
    first = luukku("next", "--most", "1", "--json").json["prospects"][0]
    plan = luukku("plan", "--points-count", "19", "--json").json
    centres = luukku("evaluate", "--points", "centres", "--json").json

    assert plan["figures"]["within"] == pytest.approx(centres["figures"]["within"] + first["gained"], abs=1)


def test_a_plan_is_opened_in_an_order_that_tells_its_share_of_the_best(luukku):
    luukku("plan", "--region", "Kainuu", "--coverage", "0.99", "--out", "p")
    plan = luukku("evaluate", "--points", "p", "--region", "Kainuu", "--json").json
    told = luukku("next", "--region", "Kainuu", "--order-of", "p", "--json").json

    opened = [row["code"] for row in told["openings"]]
    chosen = {point["code"] for point in plan["points"]}
    assert set(opened) == chosen - set(told["standing"])
    assert told["status"] == "proved"
    assert all(0 < row["share_of_best"] <= 1 for row in told["openings"])
    assert told["openings"][-1]["value"] == pytest.approx(plan["figures"]["within"], abs=1)
    gains = [row["gain"] for row in told["openings"]]
    assert gains == sorted(gains, reverse=True)


@pytest.mark.usefixtures("interrupted")
def test_an_interrupted_order_is_told_whole_with_the_bounds_so_far_and_ends_with_130(luukku):
    ran = luukku("next", "--points-count", "20", "--json")

    assert ran.code == Exit.INTERRUPTED
    assert ran.json["status"] == "interrupted"
    assert len(ran.json["openings"]) == 20
    assert all(0 < row["share_of_best"] <= 1 for row in ran.json["openings"])


def test_so_many_points_are_opened_for_short_trips_in_swedish(luukku):
    ran = luukku("next", "--region", "Kainuu", "--points-count", "3", "--objective", "access", "--language", "sv")

    assert ran.code == 0
    assert "Före det första steget" in ran.out
    assert "bevisat" in ran.out


def test_existing_points_stand_already(luukku, tmp_path):
    (tmp_path / "today.csv").write_text("id,name,x,y\nown,Here,534000,7123000\n", encoding="utf-8")
    told = luukku("next", "--region", "Kainuu", "--keep", "none", "--existing", "today.csv", "--json").json

    assert "own" in told["standing"]
    assert "own" not in [row["code"] for row in told["prospects"]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--order-of", "centres", "--points-count", "5"), Exit.USAGE),
        (("--points-count", "0"), Exit.USAGE),
        (("--neighbours", "centres"), Exit.USAGE),
        (("--order-of", "no-such-folder"), Exit.BAD_INPUT),
        (("--minutes", "500"), Exit.IMPOSSIBLE),
        (("--region", "Kainuu", "--points-count", "5000"), Exit.IMPOSSIBLE),
        (("--order-of", "municipal-centres", "--forbid", "Kitee"), Exit.IMPOSSIBLE),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_ends_with_its_exit_code(luukku, words, code):
    assert luukku("next", *words).code == code


def test_an_order_on_own_roads_counts_every_trip_in_full(luukku, shared_data):
    roads = ("--roads", str(tmc_table(shared_data / "finland")))
    asked = ("next", "--region", "Lappi", "--points-count", "2", "--objective", "access", "--language", "en")
    told = luukku(*asked, *roads, "--json").json

    assert told["horizon"] > 120
    assert [row["beyond_horizon"] for row in told["openings"]] == [0, 0]
    assert "Every trip counts in full" in luukku(*asked, *roads).out


def test_roads_that_cannot_be_read_are_refused(luukku, tmp_path):
    (tmp_path / "roads.zip").write_bytes(b"no roads")

    assert luukku("next", "--roads", "roads.zip").code == Exit.BAD_INPUT
