"""`luukku outlook compare`: scenarios side by side, alone and on a plan's network."""

from __future__ import annotations

import pytest

from luukku.cli.output import Exit

OWN = """
[ours]
name_fi = "Oma"
visits_a_year = 2_500_000
multi_location = 0.4
shared_space = 0.5
"""


def measures(told):
    return {row["code"]: row["values"] for row in told["measures"]}


def test_the_documents_three_scenarios_stand_side_by_side(luukku):
    told = luukku("outlook", "compare", "--json").json

    assert [each["code"] for each in told["scenarios"]] == ["slow", "assumed", "fast"]
    values = measures(told)
    assert [round(values["visits_a_week"][code]) for code in ("slow", "assumed", "fast")] == [116, 77, 39]
    assert round(values["base_needed"]["assumed"]) == 12_925
    assert "L1676" in told["scenarios"][0]["source"]["where"]
    assert told["plan"] is None


@pytest.mark.parametrize(("language", "word"), [("fi", "oletus"), ("sv", "antagande"), ("en", "assumption")])
def test_the_table_says_in_each_language_what_is_assumed_and_where_it_is_from(luukku, language, word):
    ran = luukku("outlook", "compare", "--language", language)

    assert ran.code == 0
    assert f"({word})" in ran.out
    assert "L1676-1706" in ran.out


def test_a_planners_own_scenarios_stand_beside_them(luukku, tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")

    told = luukku("outlook", "compare", "--scenarios", "own.toml", "--json").json

    assert measures(told)["visits_a_year"]["ours"] == 2_500_000
    assert told["scenarios"][3]["source"]["name"] == "own.toml"


def test_a_plans_points_get_fewer_visits_and_less_space_the_faster_the_change(luukku):
    luukku("plan", "--points-count", "30", "--objective", "access", "--out", "p")

    told = luukku("outlook", "compare", "--plan", "p", "--json").json

    values = measures(told)
    assert values["points"]["slow"] == 30
    assert 0.8 < values["share_within"]["slow"] == values["share_within"]["fast"] < 1
    for code in ("point_visits_a_week", "customer_m2", "point_costs"):
        assert values[code]["slow"] > values[code]["assumed"] > values[code]["fast"] > 0
    assert values["point_visits_a_week"]["assumed"] < 2_000_000 / 47
    assert "not an official forecast" in told["population"]["2030"]
    assert "example, not a fact" in {row["standing"] for row in told["assumptions"]}


def test_a_scenario_file_with_faults_is_refused_with_all_of_them(luukku, tmp_path):
    (tmp_path / "own.toml").write_text('[ours]\nvisits_a_year = "many"\n', encoding="utf-8")

    ran = luukku("outlook", "compare", "--scenarios", "own.toml", "--json")

    assert ran.code == Exit.BAD_INPUT
    assert len(ran.error["faults"]) == 3
    assert ran.out == ""


def test_an_own_scenario_with_a_code_of_the_documents_is_a_contradiction(luukku, tmp_path):
    (tmp_path / "own.toml").write_text(OWN.replace("[ours]", "[fast]"), encoding="utf-8")

    ran = luukku("outlook", "compare", "--scenarios", "own.toml")

    assert ran.code == Exit.IMPOSSIBLE
    assert "fast" in ran.err


@pytest.mark.parametrize("option", ["--plan", "--scenarios", "--parameters"])
def test_a_file_that_is_not_there_is_bad_input(luukku, option):
    assert luukku("outlook", "compare", option, "nowhere").code == Exit.BAD_INPUT
