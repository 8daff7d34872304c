"""`luukku premises`: a list of premises checked, and joint points sized."""

from __future__ import annotations

import csv

import pytest

from luukku.cli.output import Exit
from luukku.cli.premises_words import NOT_TOLD, PHRASES

HEADER = "unit,address,municipality,authority,use,building,m2,measure,person_years,lease_end,notice_months,rent"
ROWS = """
U1,Torikatu 36,Joensuu,VERO,office,state_building,1000,htm2,50,,12,216000
U2,Torikatu 36,Joensuu,DVV,public_service,state_building,200,htm2,5,2027-05-31,,
U3,Papinkatu 1,Joensuu,POLL,office,police_house,300,htm2,12,,6,
U4,Siltakatu 1,Lieksa,TE,office,municipal,40,htm2,8,,,14400
"""


@pytest.fixture
def premises(tmp_path):
    """A list of four units: one of the police's, one whose lease has no date."""
    (tmp_path / "premises.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return "premises.csv"


def test_a_list_tells_efficiency_releases_and_what_the_reform_leaves_out(luukku, premises):
    told = luukku("premises", "check", premises, "--decided", "2026-01-15", "--ready", "1.6.2026", "--json").json

    offices = {row["authority"]: row["m2_a_person_year"] for row in told["efficiency"]}
    assert offices == {"VERO": 20.0, "TE": 5.0, "": pytest.approx(1040 / 58)}
    dates = {row["unit"]: (row["ends"], row["double_days"]) for row in told["releases"]}
    assert dates == {"U1": ("2027-01-31", 245), "U2": ("2027-05-31", 365), "U4": (None, None)}
    assert told["undated"] == 1
    assert [(row["unit"], row["reason"]) for row in told["left_out"]] == [("U3", "police")]
    assert [(row["address"], row["rule"]) for row in told["findings"]] == [("Torikatu 36", "over_target")]
    assert told["emptied_addresses"] == ["Siltakatu 1", "Torikatu 36"]
    assert {row["rule"] for row in told["not_told_by_a_list"]} == set(NOT_TOLD)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", ("ei päivää", "poliisin tila", "20,0")), ("sv", ("inget datum", "polisens lokal")), ("en", ("no date",))],
)
def test_the_check_is_shown_in_each_language_with_its_source(luukku, premises, language, words):
    ran = luukku("premises", "check", premises, "--language", language)

    assert ran.code == 0
    assert "premises.csv" in ran.out
    assert all(word in ran.out for word in words)


def test_a_long_list_is_cut_in_the_tables_and_whole_in_json(luukku, tmp_path):
    rows = "".join(f"U{n},Katu {n},Joensuu,VERO,office,other,100,htm2,10,,6,\n" for n in range(60))
    (tmp_path / "long.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")

    assert "... and 10 more" in luukku("premises", "check", "long.csv").out
    assert len(luukku("premises", "check", "long.csv", "--json").json["releases"]) == 60


def test_only_the_units_named_are_given_up(luukku, premises):
    told = luukku("premises", "check", premises, "--unit", "U2", "--json").json

    assert [row["unit"] for row in told["releases"]] == ["U2"]
    assert told["emptied_addresses"] == []


@pytest.mark.parametrize(("unit", "why"), [("U3", "police"), ("U9", "U9")])
def test_a_unit_that_cannot_be_given_up_is_a_contradiction_with_its_reason(luukku, premises, unit, why):
    ran = luukku("premises", "check", premises, "--unit", unit)

    assert ran.code == Exit.IMPOSSIBLE
    assert why in ran.err


def test_a_list_with_faults_is_refused_by_row_and_column(luukku, tmp_path):
    (tmp_path / "bad.csv").write_text(
        f"{HEADER}\nU1,Torikatu 36,Joensu,VERO,office,other,-5,htm2,50,,12,\n", encoding="utf-8"
    )

    ran = luukku("premises", "check", "bad.csv", "--json")

    assert ran.code == Exit.BAD_INPUT
    assert {(fault["row"], fault["column"]) for fault in ran.error["faults"]} == {(2, "municipality"), (2, "m2")}


@pytest.mark.parametrize("words", [("nowhere.csv",), ("premises.csv", "--parameters", "nowhere.csv")], ids=" ".join)
def test_a_file_that_is_not_there_is_bad_input(luukku, premises, words):
    assert luukku("premises", "check", *words).code == Exit.BAD_INPUT


def test_a_day_that_is_none_is_wrong_use(luukku, premises):
    assert luukku("premises", "check", premises, "--decided", "tomorrow").code == Exit.USAGE


def test_a_template_is_written_once_and_its_example_must_be_taken_away(luukku, tmp_path):
    assert luukku("premises", "template", "own.csv", "--json").json == {"file": "own.csv"}

    with (tmp_path / "own.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file, delimiter=";"))[:2] == ["unit", "name"]
    assert luukku("premises", "template", "own.csv").code == Exit.BAD_INPUT
    assert luukku("premises", "template", "own.pdf").code == Exit.BAD_INPUT


def test_more_visits_never_need_less_space(luukku):
    quiet, busy = (luukku("premises", "program", "--visits", visits, "--json").json for visits in ("40", "2500"))

    assert sum(busy["visits_a_week"].values()) == pytest.approx(2500)
    assert all(busy["places"][kind] >= count for kind, count in quiet["places"].items())
    assert busy["total_m2"] > quiet["total_m2"] == pytest.approx(sum(quiet["m2"].values()))


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "esimerkki, ei tosiasia"), ("sv", "inte ett faktum"), ("en", "example, not a fact")]
)
def test_a_programme_says_in_each_language_that_its_service_times_are_examples(luukku, language, word):
    ran = luukku("premises", "program", "--visits", "200", "--language", language)

    assert ran.code == 0
    assert word in ran.out


def test_own_parameters_take_the_place_of_the_examples(luukku, tmp_path):
    (tmp_path / "own.csv").write_text("name,value\nspace.lobby,115\n", encoding="utf-8")

    shipped = luukku("premises", "program", "--visits", "200", "--json").json
    own = luukku("premises", "program", "--visits", "200", "--parameters", "own.csv", "--json").json

    assert own["m2"]["lobby"] - shipped["m2"]["lobby"] == 100
    assert {row["name"] for row in own["assumptions"] if row["status"] == "own"} == {"space.lobby"}


def test_the_points_of_a_plan_are_sized_by_the_scenario(luukku):
    luukku("plan", "--region", "Pohjois-Karjala", "--coverage", "0.9", "--out", "p")

    slow, fast = (
        luukku("premises", "program", "--plan", "p", "--scenario", code, "--json").json for code in ("slow", "fast")
    )

    assert [point["name"] for point in slow["points"]] == [point["name"] for point in fast["points"]]
    assert slow["total_m2"] > fast["total_m2"] > 0
    assert "not an official forecast" in slow["population"]
    assert not [row for row in slow["assumptions"] if row["name"].startswith("group.")]  # nobody is counted in them
    ran = luukku("premises", "program", "--plan", "p")
    assert ran.code == 0
    assert "Joensuu" in ran.out
    assert luukku("premises", "program", "--plan", "p", "--scenario", "hasty").code == Exit.BAD_INPUT


@pytest.mark.parametrize("words", [(), ("--plan", "p", "--visits", "9"), ("--visits", "-1")], ids=" ".join)
def test_a_programme_needs_either_a_plan_or_visits(luukku, words):
    assert luukku("premises", "program", *words).code == Exit.USAGE


def test_every_phrase_has_the_same_values_in_three_languages():
    import string

    for key, texts in PHRASES.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert names[0] == names[1] == names[2], key
