"""`luukku front`: networks side by side, as a table, JSON and CSV."""

from __future__ import annotations

import csv

import pytest
import typer

from luukku.cli.front import numbers_of
from luukku.cli.output import Exit, write_csv
from luukku.travel.build import tmc_table


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("20", [20]), ("20-23", [20, 21, 22, 23]), ("20-26/3", [20, 23, 26]), ("20, 30-31", [20, 30, 31])],
)
def test_numbers_of_points_are_ranges_and_lists(text, numbers):
    assert numbers_of(text) == numbers


@pytest.mark.parametrize("text", ["", "a", "20-", "30-20", "20-30/0", "-5", "2.5"])
def test_other_words_are_no_numbers_of_points(text):
    with pytest.raises(typer.BadParameter, match="20-60"):
        numbers_of(text)


def test_a_region_has_a_front_with_bounds_in_json_and_csv(luukku, tmp_path):
    ran = luukku(
        *("front", "--region", "Kainuu", "--points-count", "1-5", "--minutes", "30", "--minutes", "60"),
        *("--between", "60", "--csv", "front.csv", "--json"),
    )

    assert ran.code == 0, ran.err
    told = ran.json
    assert told["limits"] == [30, 60]
    assert {network["best_in"] for network in told["networks"]} == {"covered", "access"}
    for network in told["networks"]:
        assert network["status"] == "proved"
        assert network["value"] == network["bound"]
        assert "M205" in network["sites"]
        assert len(network["sites"]) == network["points"]
        if network["best_in"] == "covered":
            assert network["value"] == pytest.approx(network["shares"][f"{network['within']:g}"] * told["people"])
    assert told["sources"][0]["name"]

    with (tmp_path / "front.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sites"].split() for row in rows] == [network["sites"] for network in told["networks"]]
    assert [float(row["share_within_60"]) for row in rows] == [of["shares"]["60"] for of in told["networks"]]


@pytest.mark.usefixtures("interrupted")
def test_an_interrupted_search_tells_a_network_for_every_number_and_ends_with_130(luukku):
    ran = luukku("front", "--points-count", "30-32", "--json")

    assert ran.code == Exit.INTERRUPTED
    assert {network["points"] for network in ran.json["networks"]} == {30, 31, 32}
    for network in ran.json["networks"]:
        assert network["status"] in {"interrupted", "proved"}
        assert network["gap"] >= 0


def test_the_front_is_told_as_a_table_in_the_language_asked(luukku):
    ran = luukku("front", "--region", "Kainuu", "--points-count", "1-3", "--language", "fi")

    assert ran.code == 0
    assert "todistettu" in ran.out
    assert "lyhimmät matkat" in ran.out


def test_existing_points_are_candidates_that_may_be_given_up(luukku, tmp_path):
    (tmp_path / "today.csv").write_text("id,name,x,y\nown,Here,534000,7123000\n", encoding="utf-8")
    told = luukku(
        *("front", "--region", "Kainuu", "--points-count", "1-2", "--existing", "today.csv", "--keep", "none", "--json")
    ).json

    assert all("own" not in network["sites"] for network in told["networks"] if network["points"] == 1)
    assert told["candidates"] > 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--points-count", "many"), Exit.USAGE),
        (("--points-count", "20", "--neighbours", "centres"), Exit.USAGE),
        (("--points-count", "20", "--objective", "fewest"), Exit.USAGE),
        (("--points-count", "5"), Exit.IMPOSSIBLE),
        (("--points-count", "20", "--minutes", "500"), Exit.IMPOSSIBLE),
        (("--points-count", "20", "--between", "-1"), Exit.IMPOSSIBLE),
        (("--points-count", "20", "--region", "Nowhere"), Exit.BAD_INPUT),
        (("--points-count", "20", "--existing", "nothing.csv"), Exit.BAD_INPUT),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_ends_with_its_exit_code(luukku, words, code):
    assert luukku("front", *words).code == code


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_written_as_text(tmp_path):
    write_csv(tmp_path / "rows.csv", ["code", "value"], [["=1+1", -2.5], ["-x", 3], ["ÄÖ", "@y"]])

    written = (tmp_path / "rows.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == "code,value\n'=1+1,-2.5\n'-x,3\nÄÖ,'@y\n"


def test_a_csv_that_cannot_be_written_is_told(luukku):
    ran = luukku("front", "--region", "Kainuu", "--points-count", "1-2", "--csv", "no/such/folder.csv")

    assert ran.code == Exit.BAD_INPUT
    assert "was not written" in ran.err


def test_trips_on_own_roads_are_followed_to_their_end(luukku, shared_data):
    roads = ("--roads", str(tmc_table(shared_data / "finland")))
    asked = ("front", "--region", "Lappi", "--points-count", "3", "--objective", "access", "--json")
    shipped, own = luukku(*asked), luukku(*asked, *roads)

    assert own.code == 0, own.err
    assert own.json["horizon"] > shipped.json["horizon"] == 120
    assert shipped.json["networks"][0]["beyond_horizon"] > 0
    assert own.json["networks"][0]["beyond_horizon"] == 0
    assert own.json["networks"][0]["mean_minutes"] > shipped.json["networks"][0]["mean_minutes"]


def test_roads_that_cannot_be_read_are_refused(luukku, tmp_path):
    (tmp_path / "roads.zip").write_bytes(b"no roads")

    assert luukku("front", "--roads", "roads.zip").code == Exit.BAD_INPUT
