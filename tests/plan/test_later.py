"""The visits of a later year, by the people of that year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.demand import Demand
from luukku.country.sites import municipal_centres
from luukku.outlook import default_parameters, project, scenario, trend, visits
from luukku.plan import make_plan
from luukku.plan.folder import read_plan, write_plan
from luukku.plan.language import LANGUAGES, words
from luukku.plan.later import later_people, later_visits
from luukku.plan.outlook import plan_measures
from luukku.plan.summary import summary
from luukku.plan.wording import point_heads, point_row, visits_note


def with_people_of(country, year):
    return replace(country, cells=replace(country.cells, year=year))


def test_the_visits_of_the_year_are_the_countrys_whoever_lives_where(country):
    found = later_visits(country, Demand(visits_a_year=940_000.0, weeks=47.0))

    assert found.cells.year == 2030
    assert found.by_cell.sum() == pytest.approx(20_000.0)


def test_people_follow_the_trend_of_their_municipality(country):
    # 1,000 in 2012 and 1,100 in 2022: eight years make 1.1 ** 0.8.
    cells, _ = later_people(country, 2030)

    assert cells.people == pytest.approx(country.cells.people * 1.1**0.8)


def test_people_of_another_year_change_over_the_years_that_are_left(country):
    cells, _ = later_people(with_people_of(country, 2026), 2030)

    assert cells.people == pytest.approx(country.cells.people * 1.1**0.4)


@pytest.mark.parametrize("year", [2030, 2035])
def test_a_planners_own_people_of_that_year_or_later_stay_as_they_are(country, year):
    cells, label = later_people(with_people_of(country, year), 2030)

    assert (cells.people == country.cells.people).all()
    assert cells.year == year
    assert str(year) in label.fi


def test_a_trend_is_never_called_a_forecast(country):
    found = later_visits(country, Demand())

    assert "not an official forecast" in found.label.en
    assert "ei virallinen ennuste" in found.label.fi
    assert "inte en officiell prognos" in found.label.sv


def test_a_country_without_counts_has_no_later_year(country):
    uncounted = replace(country, municipalities=tuple(replace(t, people={2022: 1.0}) for t in country.municipalities))

    assert later_visits(uncounted, Demand()) is None


def test_a_plan_tells_the_visits_of_both_years_and_where_they_come_from(planned):
    plan = planned()
    later = plan.figures.later

    assert (plan.year, later.year) == (2022, 2030)
    assert later.visits_a_week == pytest.approx(sum(point.later_visits_a_week for point in plan.points), abs=0.5)
    assert {later.population, later.visits} <= set(plan.sources)


def test_visits_to_points_across_the_border_are_not_the_plans(planned, country):
    alone = planned(region="Länsimaa", keep="none", coverage=0.5).figures.later
    beside = planned(region="Länsimaa", keep="none", coverage=0.5, neighbours=municipal_centres(country))

    assert any(neighbour.people_nearest for neighbour in beside.neighbours)
    assert beside.figures.later.people == alone.people
    assert beside.figures.later.visits_a_week < alone.visits_a_week


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_tells_both_years_with_the_people_they_rest_on(small_plan, language):
    text = summary(small_plan, language)

    assert small_plan.figures.later.label.in_language(language) in text
    assert "Toimeenpanosuunnitelma" in visits_note(small_plan, words(language))
    assert "2022" in text
    assert "2030" in text


def test_the_table_of_points_has_a_column_for_each_year(small_plan):
    say = words("en")
    heads, row = point_heads(small_plan, say), point_row(small_plan, small_plan.points[0], say)

    assert len(heads) == len(row)
    assert row[heads.index("Visits a week 2022")] == "619"
    assert row[heads.index("Visits a week 2030")] == "603"


def test_a_plan_of_an_older_version_is_read_and_told_without_a_later_year(small_plan, tmp_path):
    older = replace(
        small_plan,
        figures=replace(small_plan.figures, later=None),
        points=tuple(replace(point, later_visits_a_week=None) for point in small_plan.points),
    )
    write_plan(older, tmp_path / "plan", "en")
    document = tmp_path / "plan" / "plan.json"
    text = document.read_text("utf-8").replace(',\n      "later_visits_a_week": null', "")
    document.write_text(text.replace(',\n    "later": null', ""), "utf-8")

    found = read_plan(tmp_path / "plan")

    assert found.figures.later is None
    assert "later" not in document.read_text("utf-8")
    assert "2030" not in visits_note(found, words("en"))
    assert len(point_heads(found, words("en"))) == len(point_row(found, found.points[0], words("en")))


def test_the_visits_of_finland_are_those_that_the_scenarios_of_the_plan_count():
    country, course = finland(), scenario("assumed")
    found = later_visits(country, Demand())
    cells = project(country.cells, trend(country.municipalities, course.year))

    assert np.allclose(found.by_cell, visits(cells, course, default_parameters()).by_cell)


def test_a_plan_of_finland_and_its_comparison_of_scenarios_agree():
    from luukku.outlook import compare

    country = finland()
    plan = make_plan(country, points=30, objective="covered")
    measures = {measure.code: measure for measure in plan_measures(plan, country, [2030])}
    found = compare([scenario("assumed")], (measures["point_visits_a_week"],), default_parameters())

    assert plan.figures.later.visits_a_week == pytest.approx(found.values[0][0], abs=0.1 * len(plan.points))
