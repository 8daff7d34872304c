"""Rounds as files."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from small_country import minutes_of

from luukku.errors import LuukkuError
from luukku.plan.routes import make_routes, routes_csv, routes_geojson, to_json, write_routes


@pytest.fixture
def made(evaluated, country):
    return make_routes(evaluated("centres"), country=country, times_of=minutes_of, frequency="fortnightly")


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))


def test_the_json_holds_everything_under_stable_keys(made):
    told = json.loads(json.dumps(to_json(made), allow_nan=False))

    assert told["schema"] == "luukku-routes/1"
    assert told["rounds"][0]["calls"][0]["stop"] == told["stops"][0]["code"]
    assert told["cost"]["total"] == sum(told["cost"][part] for part in ("vehicles", "driving", "staff"))
    assert told["status"]["vehicle_days"] == len(told["rounds"])
    assert {each["status"] for each in told["assumptions"]} == {"example", "assumption", "document"}
    assert all(each["name"] for each in told["sources"])


def test_the_table_has_a_row_a_call(made):
    table = rows(routes_csv(made))

    assert len(table) == sum(len(each.calls) for each in made.rounds)
    assert table[0]["stop_name"] == made.stops[0].name
    assert table[0]["round_leaves"] == "7:00"
    assert {row["week"] for row in table} == {"1", "2"}
    assert all(bool(row["break_from"]) == bool(row["break_to"]) for row in table)


def test_a_name_that_a_spreadsheet_would_run_as_a_formula_is_written_as_text(made):
    risky = replace(made, stops=tuple(replace(stop, name="=HYPERLINK(1)") for stop in made.stops))

    assert {row["stop_name"] for row in rows(routes_csv(risky))} == {"'=HYPERLINK(1)"}


def test_lines_go_from_home_to_the_stops_and_back_and_say_that_they_are_straight(made):
    features = routes_geojson(made)["features"]

    lines = [each for each in features if each["geometry"]["type"] == "LineString"]
    assert len(lines) == len(made.rounds)
    home = [made.vehicles[0].lon, made.vehicles[0].lat]
    assert lines[0]["geometry"]["coordinates"][0] == lines[0]["geometry"]["coordinates"][-1] == home
    assert "straight" in lines[0]["properties"]["path"]
    assert {each["properties"]["what"] for each in features} == {"stop", "home", "round"}


def test_a_folder_of_rounds_is_written_whole_and_replaced(made, tmp_path):
    folder = tmp_path / "deep" / "rounds"

    write_routes(made, folder)
    write_routes(made, folder)

    assert sorted(file.name for file in folder.iterdir()) == ["rounds.csv", "routes.geojson", "routes.json"]
    assert json.loads((folder / "routes.json").read_text("utf-8"))["frequency"] == "fortnightly"
    assert list(tmp_path.joinpath("deep").iterdir()) == [folder]


def test_a_folder_with_anything_else_is_never_touched(made, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(LuukkuError, match=r"thesis\.txt"):
        write_routes(made, tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_folders_place_is_never_touched(made, tmp_path):
    (tmp_path / "rounds").write_text("mine")

    with pytest.raises(LuukkuError, match="not a folder"):
        write_routes(made, tmp_path / "rounds")
