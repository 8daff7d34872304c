"""`luukku costs`: a network before and after."""

from __future__ import annotations

import csv
import string

import pytest

from luukku.cli.impact_words import PHRASES
from luukku.cli.output import Exit

HEADER = "unit,address,municipality,authority,use,building,m2,measure,person_years,lease_end,notice_months,rent"
ROWS = """
U1,Torikatu 36,Joensuu,VERO,office,state_building,1000,htm2,50,,12,216000
U2,Torikatu 36,Joensuu,DVV,public_service,state_building,200,htm2,5,2027-05-31,,48000
U3,Papinkatu 1,Joensuu,POLL,office,police_house,300,htm2,12,,6,
U4,Siltakatu 1,Lieksa,TE,public_service,municipal,40,htm2,2,,{notice},14400
U5,Katu 1,Helsinki,VERO,public_service,other,90,htm2,3,,6,
"""


@pytest.fixture
def premises(tmp_path):
    """Four units of North Karelia, one of them the police's, and one elsewhere; every lease can end."""
    (tmp_path / "premises.csv").write_text(HEADER + ROWS.format(notice=6), encoding="utf-8")
    return "premises.csv"


def test_the_baseline_is_what_the_list_of_premises_says(luukku, premises):
    told = luukku("costs", "--region", "Pohjois-Karjala", "--premises", premises, "--json").json

    assert told["premises"] == {"source": premises, "example": False, "notice": "", "units": 3, "left_out": 2}
    rent = next(row for row in told["by"]["kind"] if row["code"] == "rent")
    assert rent["years"]["2022"]["baseline_cents"] == (216_000 + 48_000 + 14_400) * 100
    assert told["passes"] is True


def test_every_parting_adds_up_to_the_years(luukku, premises):
    told = luukku("costs", "--premises", premises, "--json").json

    for rows in told["by"].values():
        for year in told["years"]:
            parts = [row["years"][str(year["year"])] for row in rows]
            assert sum(part["baseline_cents"] for part in parts) == year["baseline_cents"]
            assert sum(part["after_cents"] for part in parts) == year["after_cents"]


def test_a_closure_without_a_date_stops_the_plan_and_the_tables_are_told_all_the_same(luukku, tmp_path):
    (tmp_path / "undated.csv").write_text(HEADER + ROWS.format(notice=""), encoding="utf-8")

    ran = luukku("costs", "--premises", "undated.csv", "--json")

    assert ran.code == Exit.IMPOSSIBLE
    stops = [row for row in ran.json["findings"] if row["weight"] == "stops"]
    assert [(row["check"], row["what"]) for row in stops] == [("closure_without_date", "U4")]
    assert ran.json["passes"] is False


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Esimerkkiluettelo, ei tosiasia", "Verohallinto", "esimerkki, ei tosiasia", "rivit 1071")),
        ("sv", ("Exempelförteckning, inte ett faktum", "Skatteförvaltningen", "exempel, inte ett faktum")),
        ("en", ("An example list, not a fact", "Tax Administration", "example, not a fact", "47.9%")),
    ],
)
def test_without_a_list_the_example_is_told_before_any_figure_in_each_language(luukku, language, words):
    ran = luukku("costs", "--language", language)

    assert ran.code == 0
    assert all(word in ran.out for word in words)
    assert ran.out.index(words[0]) < ran.out.index("┃")


def test_the_rows_go_to_a_file_in_euros(luukku, premises, tmp_path):
    ran = luukku("costs", "--premises", premises, "--by", "sector", "--csv", "rows.csv", "--json")

    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["sector"] for row in rows} >= {"state", "municipality", "kela"}
    first = [row for row in rows if row["year"] == "2022"]
    assert sum(float(row["baseline_eur"]) for row in first) == pytest.approx(
        ran.json["years"][0]["baseline_cents"] / 100
    )
    assert not any(row["saved_eur"].startswith("'") for row in rows)


@pytest.mark.parametrize("share", ["network", "M167"])
def test_the_points_are_shared_to_the_cent_and_told_in_words(luukku, premises, share):
    told = luukku("costs", "--premises", premises, "--share", share, "--json").json["sharing"]

    assert (len(told["points"]) == 1) == (share == "M167")
    assert {"VERO", "KELA"} <= {row["player"] for row in told["players"]}
    for rule in told["rules"]:
        assert rule["words"]
        if rule["cents"] is not None:
            assert sum(rule["cents"].values()) == told["total_cents"]
    ran = luukku("costs", "--premises", premises, "--share", share, "--language", "fi")
    assert ran.code == 0
    assert ("Kaikkien pisteiden kustannus" in ran.out) == (share == "network")
    assert "Shapley" in ran.out


def test_a_point_that_is_not_there_cannot_be_shared(luukku, premises):
    ran = luukku("costs", "--premises", premises, "--share", "M999")

    assert ran.code == Exit.BAD_INPUT
    assert "M999" in ran.err


def test_a_scenario_of_ones_own_is_counted(luukku, premises, tmp_path):
    (tmp_path / "own.toml").write_text(
        "[few]\nvisits_a_year = 500000\nmulti_location = 0.5\nshared_space = 0.5\n", encoding="utf-8"
    )
    words = ("costs", "--premises", premises, "--json")

    few = luukku(*words, "--scenarios", "own.toml", "--scenario", "few").json

    assert few["scenario"]["code"] == "few"
    assert few["points_m2"] < luukku(*words).json["points_m2"]
    assert luukku(*words, "--scenarios", "own.toml", "--scenario", "none").code == Exit.BAD_INPUT


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--points", "nowhere"), Exit.BAD_INPUT),
        (("--premises", "nowhere.csv"), Exit.BAD_INPUT),
        (("--parameters", "nowhere.csv"), Exit.BAD_INPUT),
        (("--scenario", "hasty"), Exit.BAD_INPUT),
        (("--region", "Atlantis"), Exit.BAD_INPUT),
        (("--csv", "no/folder/rows.csv"), Exit.BAD_INPUT),
        (("--first", "2030", "--last", "2025"), Exit.IMPOSSIBLE),
        (("--opens", "2050-01-01"), Exit.IMPOSSIBLE),
        (("--opens", "soon"), Exit.USAGE),
        (("--by", "colour"), Exit.USAGE),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_refused_by_its_kind(luukku, words, code):
    assert luukku("costs", *words).code == code


def test_a_faulty_list_of_premises_is_refused_by_row_and_column(luukku, tmp_path):
    (tmp_path / "bad.csv").write_text(f"{HEADER}\nU1,Torikatu 36,Joensu,VERO,office,other,-5,htm2,50,,12,\n", "utf-8")

    ran = luukku("costs", "--premises", "bad.csv", "--json")

    assert ran.code == Exit.BAD_INPUT
    assert {(fault["row"], fault["column"]) for fault in ran.error["faults"]} == {(2, "municipality"), (2, "m2")}


def test_every_phrase_has_the_same_values_in_three_languages():
    for key, texts in PHRASES.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert names[0] == names[1] == names[2], key
