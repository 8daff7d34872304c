"""A planner's own premises and values weigh in what a plan means, and a year's money in its openings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from luukku.outlook import default_parameters
from luukku.outlook.parameters import write_parameters
from luukku.web.impact.chosen import WrongScenario, budget_of
from luukku.web.impact.found import impact_of, phased_of
from luukku.web.studio import services

pytestmark = pytest.mark.django_db

UNITS = (
    "unit,address,municipality,authority,use,m2,measure,person_years,lease_end,notice_months,rent\n"
    "joe-1,Torikatu 36,Joensuu,VERO,public_service,120,htm2,3,,12,30000\n"
    "kuo-1,Käsityökatu 41,Kuopio,POLIISI,public_service,200,htm2,4,,12,50000\n"
)


@pytest.fixture
def take(plan, planner):
    def taken(kind, name, content):
        services.take_file(
            plan,
            kind,
            name,
            content,
            source="Senaatti",
            dated=date(2026, 11, 1),
            version=plan.version,
            by=planner,
        )
        plan.refresh_from_db()

    return taken


@pytest.fixture
def page(planner_client, plan):
    def shown(name="impact", **asked):
        answer = planner_client.get(reverse(f"impact:{name}", args=[plan.pk]), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return shown


def test_the_own_list_of_premises_takes_the_place_of_the_example(plan, take, page):
    assert impact_of(plan, "assumed").example
    take("premises", "tilat.csv", UNITS.encode())
    found = impact_of(plan, "assumed")

    assert not found.example
    assert found.premises.unit.tolist() == ["joe-1", "kuo-1"]
    assert "tilat.csv" in page()
    assert "Senaatti" in page()
    assert impact_of(plan, "assumed") is found


def test_the_list_is_taken_away_again_and_other_plans_never_had_it(plan, planner, take):
    take("premises", "tilat.csv", UNITS.encode())
    other = services.create("Toinen", by=planner, open_sites=plan.open_sites)
    services.set_upload(plan, "premises", None, version=plan.version, by=planner)

    assert impact_of(plan, "assumed").example
    assert impact_of(other, "assumed").example


def test_own_values_weigh_in_place_of_those_that_ship(plan, take, tmp_path: Path):
    before = impact_of(plan, "assumed").parameters
    name = next(iter(before.by_name))
    file = tmp_path / "arvot.csv"
    write_parameters(file, default_parameters().changed({name: before[name] * 2 + 1}))
    take("parameters", "arvot.csv", file.read_bytes())
    after = impact_of(plan, "assumed").parameters

    assert after[name] == before[name] * 2 + 1
    assert plan.parameters.rows == 1


def test_a_years_money_is_never_passed_and_is_told(plan, page):
    most = max(opened.money for opened in phased_of(plan, "assumed").phasing.openings) // 100 + 1
    spent: dict[int, int] = {}
    for opened in phased_of(plan, "assumed", most).phasing.openings:
        spent[opened.opens.year] = spent.get(opened.opens.year, 0) + opened.money

    assert max(spent.values()) <= 100 * most
    text = page("phasing", budget=most)
    assert f'value="{most}"' in text
    assert f"budget={most}" in text


def test_too_little_money_is_told_and_the_form_stays(plan, page):
    text = page("phasing", budget=0)

    assert 'id="budget"' in text
    assert "attention" in text


@pytest.mark.parametrize("budget", ["-1", "many", "1e3", "2000000000"])
def test_a_budget_that_cannot_be_is_told(budget, page, rf):
    with pytest.raises(WrongScenario):
        budget_of(rf.get("/", {"budget": budget}).GET)
    assert 'id="budget"' in page("phasing", budget=budget)


def test_the_file_of_closures_heeds_the_budget(planner_client, plan):
    address = reverse("impact:phasing_file", args=[plan.pk])

    assert planner_client.get(address, {"budget": "many"}).status_code == 404


def test_another_scenario_keeps_the_budget_and_its_values_are_plain_numbers(page):
    assert "budget=9000000" in page(scenario="slow", budget="9000000")
    assert 'name="visits" value="2000000"' in page("phasing", scenario="own", visits="2000000", budget="1")
