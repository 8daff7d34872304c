"""`luukku phase`: openings and closures year by year."""

from __future__ import annotations

import csv

import pytest

from luukku.cli.output import Exit

HEADER = "unit,address,municipality,authority,use,building,m2,measure,person_years,lease_end,notice_months,rent"
ROWS = """
U1,Torikatu 36,Joensuu,VERO,office,state_building,1000,htm2,50,,12,216000
U2,Torikatu 36,Joensuu,DVV,public_service,state_building,200,htm2,5,2027-05-31,,4800000
U3,Siltakatu 1,Lieksa,TE,public_service,municipal,40,htm2,2,,6,144000
"""


@pytest.fixture
def words(tmp_path):
    """Phase North Karelia with three own units."""
    (tmp_path / "premises.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return ("phase", "--region", "Pohjois-Karjala", "--premises", "premises.csv")


def test_points_open_and_units_close_on_dated_days_with_the_proof(luukku, words):
    told = luukku(*words, "--json").json

    assert {row["code"] for row in told["openings"]} == {"M167", "office:167"}
    closes = {row["unit"]: row["closes"] for row in told["closures"]}
    assert closes["U2"] >= "2027-05-31"
    assert None not in closes.values()
    assert (told["passes"], told["status"], told["objective_cents"]) == (True, "proved", told["bound_cents"])
    for year in told["years"]:
        assert year["own_cents"] + year["joint_cents"] + year["investment_cents"] == year["total_cents"]
    assert {row["kind"] for row in told["bars"]} >= {"own", "joint"}


def test_works_part_the_openings_to_several_years(luukku, words):
    told = luukku(*words, "--works", "1", "--json").json

    assert len({row["opens"][:4] for row in told["openings"]}) == 2
    assert all(year["works"] <= 1 == year["works_capacity"] for year in told["years"])
    assert told["held_back_cents"] >= 0


def test_too_little_money_is_impossible_with_the_most_there_is(luukku, words):
    ran = luukku(*words, "--budget", "1000")

    assert ran.code == Exit.IMPOSSIBLE
    assert "EUR 1,000" in ran.err
    assert "M167" in ran.err


def test_delays_of_a_file_hold_and_decrees_without_a_year_stop_the_plan(luukku, words, tmp_path):
    (tmp_path / "delays.csv").write_text(
        "unit,reason,not_before,why,decree_bound\nU2,muu,2029,peruskorjattu,\nU3,,,,kyllä\n", encoding="utf-8"
    )

    ran = luukku(*words, "--delays", "delays.csv", "--json")

    assert ran.code == Exit.IMPOSSIBLE
    rows = {row["unit"]: row for row in ran.json["closures"]}
    assert (rows["U2"]["closes"], rows["U2"]["reason"], rows["U2"]["why"]) == ("2029-01-01", "other", "peruskorjattu")
    assert [(row["unit"], row["why"]) for row in ran.json["undated"]] == [("U3", "decree")]
    told = luukku(*words, "--delays", "delays.csv", "--language", "fi")
    assert told.code == Exit.IMPOSSIBLE
    assert "asetuksessa" in told.out
    assert "ei päivää" in told.out


def test_a_faulty_file_of_delays_is_refused_by_row_and_column(luukku, words, tmp_path):
    (tmp_path / "bad.csv").write_text(
        "unit,reason,not_before,why,decree_bound\n"
        "U9,renovated,2027,,\nU1,,,,\nU2,other,2027,,\nU3,lazy,26,,maybe\nU1,economy,2027.5,,\n",
        encoding="utf-8",
    )

    ran = luukku(*words, "--delays", "bad.csv", "--json")

    assert ran.code == Exit.BAD_INPUT
    assert {(fault["row"], fault["column"]) for fault in ran.error["faults"]} == {
        (2, "unit"),
        (3, "reason"),
        (4, "why"),
        (5, "reason"),
        (5, "not_before"),
        (5, "decree_bound"),
        (6, "unit"),
        (6, "not_before"),
    }
    assert all(fault["cure"] for fault in ran.error["faults"])


def test_the_gantt_chart_goes_to_a_file_and_to_the_table(luukku, words, tmp_path):
    ran = luukku(*words, "--csv", "gantt.csv", "--language", "sv")

    assert ran.code == 0
    assert "█" in ran.out
    assert "gantt.csv" in ran.out
    with (tmp_path / "gantt.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["joint_name"] for row in rows} == {"Joensuu", "Gemensamt kontor: Joensuu"}
    assert all(row["begins"] <= row["ends"] for row in rows)


def test_years_upside_down_are_impossible(luukku, words):
    assert luukku(*words, "--first", "2029", "--last", "2025").code == Exit.IMPOSSIBLE


@pytest.mark.parametrize(("language", "told"), [("fi", "Irtisano"), ("sv", "Säg upp"), ("en", "Give notice")])
def test_the_lease_procedure_goes_to_a_file_with_the_days_of_notice(luukku, words, tmp_path, language, told):
    ran = luukku(*words, "--leases", "leases.csv", "--language", language)

    assert ran.code == 0
    assert "leases.csv" in ran.out
    assert "2007" in ran.out
    with (tmp_path / "leases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    notice = [row for row in rows if row["step"].startswith(told)]
    assert {row["unit"] for row in notice} == {"U1", "U3"}
    assert all(row["by"] and row["done"] == "" for row in notice)
