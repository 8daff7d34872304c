"""Finland as a whole: scenarios, space, costs and sharing together, fast enough to work with."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest

from luukku.errors import Contradiction
from luukku.outlook import (
    Case,
    compare,
    default_parameters,
    project,
    ranges,
    scenario,
    scenarios,
    standard_measures,
    tornado,
    trend,
    visits,
)
from luukku.premises import OfficeUsers, office_facts, point_spaces, space_measures
from luukku.premises.costs import CostPlan, JointPoint, OwnUnit, check_costs, joint_point_game, point_costs, statement
from luukku.premises.sharing import sharing_table, users_of


@pytest.fixture(scope="module")
def nation(country):
    """Cells of 2030 and the nearest of the ninety most populous municipal centres, as the crow flies."""
    alive = [m for m in country.municipalities if m.people.get(2022)]
    cells = project(country.cells, trend(country.municipalities, 2030))
    largest = sorted(alive, key=lambda m: -m.people[2022])[:90]
    x, y = (np.array([getattr(m, axis) for m in largest]) for axis in ("x", "y"))
    distance = np.hypot(cells.x[:, None] - x, cells.y[:, None] - y)
    return cells, distance.argmin(axis=1).astype(np.intp), largest


@pytest.fixture(scope="module")
def users() -> OfficeUsers:
    return OfficeUsers({"all": office_facts().person_years}, place_bound={"all": 0.0}, home_bases={"all": 0.0})


def test_every_visit_of_the_country_is_served_by_some_point(nation, parameters):
    cells, nearest, _ = nation
    found = point_spaces(visits(cells, scenario("assumed"), parameters), nearest, 90, parameters)
    a_week = sum(sum(program.a_week.values()) for program in found.programs)
    assert a_week * 47 == pytest.approx(2_000_000)
    assert found.unserved == 0


def test_cells_without_a_point_are_counted_as_unserved(nation, parameters):
    cells, nearest, _ = nation
    some = np.where(nearest < 89, nearest, -1)
    made = visits(cells, scenario("assumed"), parameters)
    found = point_spaces(made, some, 90, parameters)
    assert found.unserved == pytest.approx(made.by_cell[nearest == 89].sum())
    with pytest.raises(Contradiction, match="from 0 to 79"):
        point_spaces(made, nearest, 80, parameters)


def test_scenarios_stand_side_by_side_through_space_and_costs_and_never_need_more_with_fewer_visits(nation, users):
    cells, nearest, _ = nation
    measures = (*standard_measures(), *space_measures(cells, nearest, 90, users))
    found = compare(scenarios(), measures, default_parameters())
    for measure in ("customer_m2", "customer_places", "office_m2", "workplaces", "costs"):
        row = [found.value(measure, code) for code in ("slow", "assumed", "fast")]
        assert row == sorted(row, reverse=True)
        assert row[0] > row[2]
    assert found.value("office_m2", "assumed") == pytest.approx(office_facts().person_years * 9.6)


def test_a_tornado_reaches_through_to_the_space(nation, users):
    cells, nearest, _ = nation
    measure = space_measures(cells, nearest, 90, users)[0]
    case = Case(scenario("assumed"), default_parameters())
    bars = tornado(measure.of, case, ranges(case, "space.counter", "scenario.visits_a_year", "rent.office"))
    assert bars[0].swing > 0
    assert {bar.name: bar.swing for bar in bars}["rent.office"] == 0


def test_a_national_run_of_space_costs_and_sharing_takes_well_under_a_minute(nation, country, parameters):
    cells, nearest, places = nation
    begun = time.perf_counter()
    made = visits(cells, scenario("assumed"), parameters)
    spaces = point_spaces(made, nearest, 90, parameters)
    joint = tuple(
        JointPoint(m.code, m.region, date(2026, 1, 1), point_costs(program, parameters), made.authorities)
        for m, program in zip(places, spaces.programs, strict=True)
    )
    own = tuple(
        OwnUnit(f"{code}-{n}", code, places[n % 90].region, {"rent": 3_000_000}, places[n % 90].code, date(2026, 6, 30))
        for code in made.authorities
        for n in range(59)
    )
    found = statement(CostPlan(2024, 2040, own, joint), country, discount=0.03)
    assert sum(year.double for year in found.years) > 0
    assert all(finding.weight != "stops" for finding in check_costs(found))
    a_week = {code: share * sum(spaces.programs[5].a_week.values()) for code, share in made.authorities.items()}
    game = joint_point_game({**a_week, "municipality": 60.0}, parameters)
    table = sharing_table(game, users_of(game.players, {"visits": {**a_week, "municipality": 60.0}}))
    assert sum(result.shares is not None for result in table) == 4
    assert next(result for result in table if result.rule == "nucleolus").test.stable
    assert time.perf_counter() - begun < 20


def test_rules_without_their_data_are_listed_with_the_reason(parameters):
    game = joint_point_game({"VERO": 40.0, "DVV": 30.0}, parameters)
    table = {r.rule: r for r in sharing_table(game, users_of(("VERO", "DVV"), {"visits": {"VERO": 40, "DVV": 30}}))}
    assert "Nobody has any area" in table["area"].why_not
    assert "today" in table["capped"].words("fi")[0]
    assert table["use"].dearer == {}
    assert table["use"].name("sv") == "enligt besök"
    assert table["nucleolus"].words("fi")[0].endswith("Jako kestää.")
    with pytest.raises(Contradiction, match="same players"):
        sharing_table(game, users_of(("DVV", "VERO"), {}))


def test_who_pays_more_than_today_is_listed_for_every_rule(parameters):
    game = joint_point_game({"VERO": 40.0, "DVV": 30.0}, parameters)
    today = {"VERO": game.total, "DVV": 1_000_000.0}
    users = users_of(game.players, {"visits": {"VERO": 40, "DVV": 30}, "today": today})
    table = {result.rule: result for result in sharing_table(game, users)}
    assert set(table["use"].dearer) == {"DVV"}
    assert table["use"].dearer["DVV"] == table["use"].shares.cents[1] - 1_000_000
    assert table["capped"].dearer == {}
