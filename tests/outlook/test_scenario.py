"""Scenarios: the document's three to the digit, their formulas, and the planner's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.errors import BadInput, Contradiction, UnknownPlace
from luukku.outlook import own_scenario, read_scenarios, scenario, scenarios

visits_a_year = st.floats(10_000, 10_000_000)


def test_the_three_scenarios_are_those_of_the_document():
    table = [(each.code, each.visits_a_year, each.multi_location, each.shared_space) for each in scenarios()]
    assert table == [("slow", 3e6, 0.30, 0.20), ("assumed", 2e6, 0.50, 0.50), ("fast", 1e6, 0.70, 0.80)]


def test_every_scenario_names_the_lines_it_comes_from():
    assert all(each.source.where == "L1676-1706" and each.source.kind == "document" for each in scenarios())


@pytest.mark.parametrize(
    ("code", "a_week", "need", "points", "factor"),
    [("slow", 116, 8_617, 638, 13.4), ("assumed", 77, 12_925, 426, 9.6), ("fast", 39, 25_850, 213, 5.8)],
)
def test_visits_need_points_and_office_factor_come_out_to_the_digit(code, a_week, need, points, factor):
    found = scenario(code)
    assert round(found.demand.visits_a_week(10_000)) == a_week
    assert round(found.demand.base_needed(100)) == need
    assert round(found.demand.most_points(100)) == points
    assert round(found.office_factor(), 1) == factor


def test_today_a_citizen_visits_less_than_once_a_year_and_ten_thousand_people_make_about_170_visits_a_week():
    today = own_scenario(scenario("assumed"), "today", "Nyt", visits_a_year=4_500_000)
    assert today.visits_a_year / today.population < 1
    assert abs(today.demand.visits_a_week() / 170 - 1) < 0.03
    assert round(own_scenario(today, "fitted", "Sovitettu", visits_a_year=4_400_000).demand.visits_a_week()) == 170


@given(visits_a_year, visits_a_year)
def test_fewer_visits_never_lower_the_base_a_point_needs(one, other):
    few, many = (own_scenario(scenario("slow"), "x", "x", visits_a_year=value) for value in sorted((one, other)))
    assert few.demand.base_needed() >= many.demand.base_needed()


@given(visits_a_year, st.floats(100, 100_000), st.floats(1e6, 1e7), st.floats(40, 52))
def test_the_formulas_are_those_of_the_network_s_demand(yearly, people, population, weeks):
    from luukku.country.demand import Demand

    demand = Demand(yearly, population, weeks)
    mine = own_scenario(scenario("assumed"), "x", "x", visits_a_year=yearly, population=population, weeks=weeks)
    assert mine.demand.visits_a_week(people) == demand.visits_a_week(people)
    assert mine.demand.base_needed(100) == demand.base_needed(100)
    assert mine.demand.most_points(100) == demand.most_points(100)


def test_the_default_demand_of_the_network_is_the_assumed_scenario():
    from luukku.country.demand import Demand

    assumed = scenario("assumed")
    assert Demand() == Demand(assumed.visits_a_year, assumed.population, assumed.weeks)


def test_an_own_scenario_says_from_what_it_was_changed():
    own = own_scenario(scenario("assumed"), "ours", "Oma", visits_a_year=2_585_000)
    assert round(own.demand.base_needed()) == 10_000
    assert own.source.kind == "computation"
    assert "assumed" in own.source.where


@pytest.mark.parametrize("wrong", [{"visits_a_year": 0}, {"multi_location": 50}, {"weeks": 60}, {"population": -1}])
def test_a_scenario_that_cannot_be_is_refused(wrong):
    with pytest.raises(Contradiction, match=next(iter(wrong))):
        own_scenario(scenario("assumed"), "x", "x", **wrong)


def test_an_unknown_scenario_is_answered_with_the_ones_there_are():
    with pytest.raises(UnknownPlace, match="slow, assumed, fast"):
        scenario("rapid")


def test_own_scenarios_are_read_from_a_file(tmp_path: Path):
    file = tmp_path / "omat.toml"
    file.write_text('[ours]\nname_fi = "Oma"\nvisits_a_year = 2_500_000\nmulti_location = 0.4\nshared_space = 0.3\n')
    (own,) = read_scenarios(file)
    assert (own.code, own.name("sv"), own.visits_a_year, own.weeks) == ("ours", "Oma", 2_500_000, 47)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[a]\nvisits_a_year = 1\n", "multi_location"),
        ('[a]\nvisits_a_year = "many"\nmulti_location = 0.5\nshared_space = 0.5\n', "without quotes"),
        ("[a]\nvisits_a_year = 1\nmulti_location = 50\nshared_space = 0.5\n", "between 0 and 1"),
        ("[a]\nvisits_a_year = 1\nmulti_location = 0.5\nshared_space = 0.5\nvisit = 3\n", '"visit"'),
        ("a = 3\n", "is not a table"),
        ("[a\n", "not TOML"),
        ("", "no scenario"),
    ],
)
def test_a_faulty_file_of_scenarios_is_refused_with_place_and_cure(tmp_path: Path, text, says):
    file = tmp_path / "omat.toml"
    file.write_text(text)
    with pytest.raises(BadInput, match=says):
        read_scenarios(file)
