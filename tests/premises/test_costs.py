"""Costs before and after: they add up, double costs end with the closure, and nothing is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.errors import Contradiction
from luukku.outlook import CHANNELS
from luukku.outlook.visits import channel_shares
from luukku.premises.costs import (
    CostPlan,
    Investment,
    JointPoint,
    MobileService,
    OwnUnit,
    Sale,
    check_costs,
    joint_point_game,
    need_until,
    own_units,
    point_costs,
    sector_of,
    statement,
)
from luukku.premises.costs.checks import CHECKS, WORDS
from luukku.premises.costs.statement import double_cost, part
from luukku.premises.program import space_program
from luukku.premises.sharing import core_test, nucleolus

OPENS = date(2024, 7, 1)


@pytest.fixture
def plan() -> CostPlan:
    """Two authorities and Kela move together in the middle of 2024; Kela stays in its old lease for a year more."""
    return CostPlan(
        first=2024,
        last=2033,
        own=(
            OwnUnit("V1", "VERO", "12", {"rent": 10_000_000, "staff": 5_000_000}, "J", date(2024, 6, 30)),
            OwnUnit("D1", "DVV", "12", {"rent": 2_000_000}, "J", date(2024, 12, 31)),
            OwnUnit("K1", "KELA", "12", {"rent": 3_000_000, "upkeep": 600_001}, "J", date(2025, 6, 30)),
            OwnUnit("M1", "MML", "12", {"rent": 1_000_000}),
        ),
        joint=(
            JointPoint(
                "J",
                "12",
                OPENS,
                {"rent": 6_000_000, "staff": 4_000_001},
                {"VERO": 5, "DVV": 2.5, "KELA": 1, "municipality:167": 1.5},
            ),
        ),
        investments=(Investment("works", "12", "VERO", 8_000_000, date(2024, 3, 1), "fitting", "project"),),
        sales=(Sale("old house", "12", "VERO", 1_500_000, date(2025, 5, 1)),),
    )


def rules(plan: CostPlan, country) -> set[str]:
    return {finding.check for finding in check_costs(statement(plan, country, discount=0.03))}


def test_every_grouping_adds_up_to_the_years_to_the_cent(plan, country):
    made = statement(plan, country, discount=0.03)
    for group in ("payer", "region", "kind", "sector"):
        table = made.by(group)
        for year in made.years:
            assert sum(rows[year.year][0] for rows in table.values()) == year.baseline
            assert sum(rows[year.year][1] for rows in table.values()) == year.after
            assert year.saved == year.baseline - year.after


def test_a_year_s_costs_are_those_worked_out_by_hand(plan, country):
    made = statement(plan, country, discount=0.03)
    first, second, last = made.years[0], made.years[1], made.years[-1]
    assert first.baseline == 21_600_001
    own = 15_000_000 * 182 / 366 + 2_000_000 + 3_600_001 + 1_000_000
    joint = 10_000_001 * 184 / 366
    assert first.after == pytest.approx(own + joint + 8_000_000, abs=4)
    assert second.after == pytest.approx(10_000_001 + 3_600_001 * 181 / 365 + 1_000_000 - 1_500_000, abs=4)
    assert last.after == 10_000_001 + 1_000_000
    assert made.running_saved == last.saved
    assert made.saves


def test_double_costs_are_those_of_own_units_after_the_joint_point_has_opened(plan, country):
    years = statement(plan, country, discount=0.03).years
    assert years[0].double == pytest.approx(5_600_001 * 184 / 366, abs=3)
    assert years[1].double == pytest.approx(3_600_001 * 181 / 365, abs=3)
    assert years[2].double == 0


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_an_earlier_dated_closure_never_raises_the_double_cost(one, other):
    def double(days: int) -> int:
        closes = date(2023, 1, 1) + timedelta(days=days)
        unit = OwnUnit("V1", "VERO", "12", {"rent": 12_345_678, "upkeep": 77_777}, "J", closes)
        return double_cost(CostPlan(2023, 2032, (unit,), (JointPoint("J", "12", OPENS, {"rent": 1}, {"VERO": 1}),)))

    earlier, later = sorted((one, other))
    assert double(earlier) <= double(later)


@given(st.integers(0, 10**10), st.integers(1, 1400))
def test_the_years_of_a_span_add_up_to_its_whole_to_a_cent_a_year(a_year, days):
    begins = date(2023, 2, 3)
    ends = begins + timedelta(days=days)
    years = [part(a_year, begins, ends, year) for year in range(2022, 2029)]
    exact = sum(
        a_year
        * max(0, (min(ends, date(y, 12, 31)) - max(begins, date(y, 1, 1))).days + 1)
        / (366 if y % 4 == 0 else 365)
        for y in range(2022, 2029)
    )
    assert abs(sum(years) - exact) <= 7
    assert years[0] == 0


def test_cumulative_savings_payback_and_present_value_follow_from_the_years(plan, country):
    made = statement(plan, country, discount=0.05)
    running = 0
    for year in made.years:
        running += year.saved
        assert year.cumulative == running
    assert made.payback == next(y.year for y in made.years if y.cumulative >= 0)
    expected = sum(year.saved / 1.05 ** (year.year - 2024) for year in made.years)
    assert made.present_value == pytest.approx(expected, abs=1)
    assert statement(plan, country, discount=0.0).present_value == made.years[-1].cumulative


def test_a_plan_that_never_pays_back_says_so(plan, country):
    dear = replace(plan, joint=(replace(plan.joint[0], a_year={"rent": 60_000_000}),))
    made = statement(dear, country, discount=0.03)
    assert made.payback is None
    assert not made.saves
    assert "nation_does_not_save" in rules(dear, country)


def test_who_pays_more_is_named_although_the_nation_saves(plan, country):
    made = statement(plan, country, discount=0.03)
    assert made.saves
    assert made.risers == {"municipality:167": 1_500_000, "DVV": 500_000}
    finding = next(f for f in check_costs(made) if f.check == "payer_rises" and f.what == "municipality:167")
    assert finding.weight == "tells"
    assert "EUR 15,000 a year" in finding.text("en")


def test_a_closure_without_a_date_stops_the_plan_and_is_paid_to_the_end(plan, country):
    open_ended = replace(plan, own=(replace(plan.own[0], closes=None), *plan.own[1:]))
    findings = check_costs(statement(open_ended, country, discount=0.03))
    assert (findings[0].check, findings[0].weight, findings[0].what) == ("closure_without_date", "stops", "V1")
    assert statement(open_ended, country, discount=0.03).years[-1].double == 15_000_000


def test_a_plan_in_which_no_own_point_closes_is_stopped(plan, country):
    kept = replace(plan, own=tuple(replace(unit, replaced_by="", closes=None) for unit in plan.own))
    assert "nothing_closes" in rules(kept, country)


def test_a_unit_closed_before_the_joint_point_opens_is_warned_of_with_the_days(plan, country):
    early = replace(plan, own=(replace(plan.own[0], closes=date(2024, 5, 31)), *plan.own[1:]))
    found = next(
        f for f in check_costs(statement(early, country, discount=0.03)) if f.check == "closes_before_joint_opens"
    )
    assert found.amount == 30


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kind": "renovation", "funding": "project", "need_until": 2050}, "renovation_on_project_money"),
        ({"kind": "building", "funding": "project", "need_until": 2050}, "renovation_on_project_money"),
        ({"kind": "renovation", "funding": "rent_system", "need_until": None}, "need_not_examined"),
        ({"kind": "renovation", "funding": "rent_system", "need_until": 2033}, "need_too_short"),
        ({"kind": "renovation", "funding": "rent_system", "need_until": 2034}, "need_under_twenty"),
    ],
)
def test_an_investment_is_held_against_its_funding_and_its_need(plan, country, change, rule):
    changed = replace(plan, investments=(replace(plan.investments[0], **change),))
    assert rule in rules(changed, country)


def test_a_renovation_paid_in_the_rent_with_a_need_of_twenty_years_passes(plan, country):
    sound = replace(plan.investments[0], kind="renovation", funding="rent_system", need_until=2044)
    found = check_costs(statement(replace(plan, investments=(sound,)), country, discount=0.03))
    assert all(finding.weight == "tells" for finding in found)


def test_mobile_service_on_project_money_is_flagged_and_costs_every_year(plan, country):
    vehicle = MobileService("bus", "12", "municipality:167", 9_000_000, date(2025, 1, 1), permanent=False)
    with_bus = replace(plan, mobile=(vehicle,))
    assert "mobile_without_permanent_funding" in rules(with_bus, country)
    assert "mobile_without_permanent_funding" not in rules(
        replace(plan, mobile=(replace(vehicle, permanent=True),)), country
    )
    made = statement(with_bus, country, discount=0.03)
    assert made.by("kind")["mobile"][2033] == (0, 9_000_000)


def test_the_ledger_has_the_state_the_municipalities_and_kela(plan, country):
    table = statement(plan, country, discount=0.03).by("sector")
    assert set(table) == {"state", "municipality", "kela"}


def test_employment_services_belong_to_the_municipalities_from_2025(country):
    assert sector_of("TE", 2024, country) == "state"
    assert sector_of("TE", 2025, country) == "municipality"
    assert sector_of("AVI", 2027, country) == "state"
    assert sector_of("KELA", 2024, country) == "kela"
    assert sector_of("Yritys Oy", 2024, country) == "other"
    assert sector_of("Yritys Oy", 2024, country, {"Yritys Oy": "municipality"}) == "municipality"


def test_plans_that_cannot_be_are_refused(plan):
    with pytest.raises(Contradiction, match="called X"):
        replace(plan, own=(replace(plan.own[0], replaced_by="X"),))
    with pytest.raises(Contradiction, match="same code"):
        replace(plan, own=(plan.own[0], plan.own[0]))
    with pytest.raises(Contradiction, match="before it begins"):
        replace(plan, last=2020)
    with pytest.raises(Contradiction, match="Nobody pays"):
        replace(plan.joint[0], shares={"VERO": 0})


def test_the_need_is_seen_up_to_the_last_year_above_the_least():
    people = {2022: 12_000.0, 2030: 10_400.0, 2040: 8_400.0}
    assert need_until(people, 10_000, since=2024) == 2032
    assert need_until(people, 13_000, since=2024) is None
    assert need_until(people, 8_000, since=2024) == 2040
    with pytest.raises(Contradiction, match="2050"):
        need_until(people, 8_000, since=2050)


def test_own_units_cost_what_the_list_tells_and_the_rest_is_assumed(joensuu, country, parameters):
    found = {unit.unit: unit for unit in own_units(joensuu, country, parameters, {"U2": ("J", date(2026, 12, 31))})}
    assert "U5" not in found
    assert found["U1"].a_year["rent"] == 21_600_000
    assert found["U1"].a_year["upkeep"] == 0
    assert found["U1"].a_year["ict"] == round(70 * parameters["ict.place"] * 100)
    assert found["U2"].a_year["staff"] == round(5 * parameters["wage.adviser"] * 100)
    assert found["U2"].closes == date(2026, 12, 31)
    assert found["U4"].a_year["upkeep"] == round(150 * parameters["upkeep"] * 12 * 100)
    assert found["U1"].region == country.municipality_by_code["167"].region


def test_a_capital_rent_does_not_hold_the_upkeep(write, country, parameters):
    from luukku.premises.reading import read_premises

    read = read_premises(write((0, "rent_model", "pääomavuokra")), country)
    assert own_units(read, country, parameters, {})[0].a_year["upkeep"] > 0


def test_the_cost_game_of_a_point_is_cheapest_together_and_the_nucleolus_keeps_everyone_in(parameters):
    visits = {name: 40.0 + 12 * i for i, name in enumerate(("VERO", "DVV", "KELA", "TE", "MIGRI", "municipality:167"))}
    game = joint_point_game(visits, parameters)
    shares, _ = channel_shares(parameters)
    week = dict(zip(CHANNELS, (sum(visits.values()) * shares).tolist(), strict=True))
    assert game.total == sum(point_costs(space_program(week, parameters), parameters).values())
    assert game.total < game.alone.sum()
    test = core_test(game, nucleolus(game))
    assert test.possible
    assert test.stable


def test_a_player_without_visits_pays_for_an_empty_point_alone(parameters):
    game = joint_point_game({"VERO": 0.0, "DVV": 50.0}, parameters)
    assert 0 < game.alone[0] <= game.alone[1]


def test_every_check_has_words_in_three_languages_and_its_lines():
    for language in ("fi", "sv", "en"):
        assert set(WORDS[language]) == set(CHECKS)
    assert all(lines.startswith("L") for _, lines in CHECKS.values())
