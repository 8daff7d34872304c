"""The impact pages and files: who sees them, and that they tell what the library computes."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest
from django.urls import reverse
from django.utils import translation
from tests.web.conftest import CENTRES

from luukku.country import finland
from luukku.country.sites import municipal_centres
from luukku.outlook import default_parameters, scenario
from luukku.plan.impact import impact, network_of
from luukku.travel.embedded import finland_times
from luukku.web.impact import schedule, sections, words
from luukku.web.impact.chosen import Own
from luukku.web.impact.found import impact_of, phased_of
from luukku.web.impact.summary import figures
from luukku.web.impact.table import Table, columns, euros, percent, rows, word
from luukku.web.studio import geography, picture, services
from luukku.web.studio.files import as_csv
from luukku.web.studio.settings import Asked

pytestmark = pytest.mark.django_db

PAGES = ("impact", "sharing", "phasing")
FILES = ("points_file", "costs_file", "sharing_file", "phasing_file")
HTMX = {"HX-Request": "true"}


def address(name, plan, *more):
    return reverse(f"impact:{name}", args=[plan.pk, *more])


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def read(response):
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def by_the_library():
    """The impact of the same six points, with nothing of the web half."""
    country = finland()
    near = municipal_centres(country)
    sites = near.take([near.code.tolist().index(code) for code in sorted(CENTRES)])
    network = network_of(sites, finland_times(sites), country)

    def made(code):
        return impact(network, country, scenario(code), default_parameters())

    return made


# Rights


def test_without_signing_in_the_pages_lead_to_the_sign_in_page_and_files_are_refused(client, plan):
    for name in PAGES:
        response = client.get(address(name, plan))
        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:sign_in"))
    assert client.get(address("point", plan, "M091")).status_code == 302
    for name in FILES:
        assert client.get(address(name, plan)).status_code == 403


def test_a_plan_of_somebody_else_is_refused(client, plan, colleague):
    client.force_login(colleague)
    for name in (*PAGES, *FILES):
        assert client.get(address(name, plan)).status_code == 403
    assert client.get(address("point", plan, "M091")).status_code == 403


def test_a_plan_that_is_not_there_or_deleted_is_not_found(planner_client, plan, planner):
    assert planner_client.get(reverse("impact:impact", args=[plan.pk + 1])).status_code == 404
    services.delete(plan, by=planner)
    assert planner_client.get(address("impact", plan)).status_code == 404


def test_by_the_link_anybody_looks_and_every_address_keeps_the_token(client, plan, planner):
    token = services.share(plan, by=planner)
    page = text_of(client.get(address("impact", plan), {"token": token}))
    assert reverse("studio:shared", args=[token]) in page
    own = re.findall(rf'(?:href|hx-get)="([^"]*/impact/{plan.pk}/[^"]+\?[^"]*)"', page)
    assert len(own) > len(FILES)
    assert all(f"token={token}" in each for each in own)
    for name in (*PAGES, *FILES):
        assert client.get(address(name, plan), {"token": token}).status_code == 200
    services.withdraw(plan, by=planner)
    assert client.get(address("impact", plan), {"token": token}).status_code == 403
    assert client.get(address("impact", plan), {"token": "guess"}).status_code == 403


def test_the_plan_leads_here_and_back(planner_client, plan):
    assert address("impact", plan) in text_of(planner_client.get(reverse("studio:plan", args=[plan.pk])))
    assert reverse("studio:plan", args=[plan.pk]) in text_of(planner_client.get(address("impact", plan)))


# Figures


@pytest.mark.parametrize("code", ["slow", "assumed", "fast"])
def test_the_figures_are_the_librarys(plan, by_the_library, code):
    mine, theirs = impact_of(plan, code), by_the_library(code)
    assert mine.network.points.code.tolist() == theirs.network.points.code.tolist()
    assert (mine.network.point_of_cell == theirs.network.point_of_cell).all()
    assert mine.visits.a_week == theirs.visits.a_week
    assert mine.spaces.total_m2 == theirs.spaces.total_m2
    assert mine.costs.years == theirs.costs.years
    assert [each.shares.cents for each in mine.sharing().table if each.shares] == [
        each.shares.cents for each in theirs.sharing().table if each.shares
    ]


def test_the_page_shows_them(planner_client, plan, by_the_library):
    found = by_the_library("assumed")
    page = text_of(planner_client.get(address("impact", plan)))
    assert f"{found.visits.a_week:,.0f}" in page
    assert f"{found.spaces.total_m2:,.0f}" in page
    assert f"{found.offices.released_m2:,.0f}" in page
    assert f"{found.costs.years[-1].after / 100:,.0f}" in page
    assert "trend of 2000–2022" in page, "the population is labelled as a trend"
    assert "An example list, not a fact" in page


def test_another_scenario_changes_the_figures_and_only_the_figures_are_sent(planner_client, plan):
    shown = {
        code: text_of(planner_client.get(address("impact", plan), {"scenario": code}, headers=HTMX))
        for code in ("slow", "assumed", "fast")
    }
    values = [re.findall(r'<p class="value">([^<]+)</p>', page) for page in shown.values()]
    assert len(values[0]) == len(values[1]) == len(values[2]) == 10
    assert values[0][0] != values[1][0] != values[2][0]
    assert values[0][2] != values[2][2], "the space follows the visits"
    for page in shown.values():
        assert "<html" not in page
        assert 'hx-swap-oob="true"' in page, "the change is said aloud"


def test_the_scenario_of_the_plan_comes_first_and_a_wrong_word_changes_nothing(planner_client, plan, planner):
    services.set_asked(plan, Asked.of(plan).but(scenario="fast"), version=plan.version, by=planner)
    for query in ({}, {"scenario": "warp"}):
        page = text_of(planner_client.get(address("impact", plan), query))
        assert re.search(r'value="fast" checked', page)


def test_a_scenario_of_ones_own_is_computed_from_its_values_and_every_address_keeps_them(planner_client, plan):
    own = {"scenario": "own", "visits": "1500000", "remote": "60", "shared": "40"}
    page = text_of(planner_client.get(address("impact", plan), own))
    found = impact_of(plan, Own(1_500_000, 60, 40))
    assert found.scenario.visits_a_year == 1_500_000
    assert (found.scenario.multi_location, found.scenario.shared_space) == (0.6, 0.4)
    assert f"{found.visits.a_week:,.0f}" in page
    assert re.search(r'value="own" checked', page)
    assert "the planner&#x27;s own scenario" in page, "its source is told"
    links = re.findall(rf'(?:href|hx-get)="([^"]*/impact/{plan.pk}/[^"]+\?[^"]*)"', page)
    assert links
    assert all("scenario=own&amp;visits=1500000&amp;remote=60&amp;shared=40" in each for each in links)
    files = [
        read(planner_client.get(address("points_file", plan), {**own, "visits": visits})) for visits in ("1", "9999")
    ]
    assert files[0] != files[1]


def test_a_scenario_of_ones_own_begins_as_the_assumed_one(plan):
    assert impact_of(plan, Own()).costs.years == impact_of(plan, "assumed").costs.years


@pytest.mark.parametrize(
    "wrong", [{"visits": "0"}, {"visits": "many"}, {"remote": "101"}, {"shared": "-1"}, {"visits": "1e9"}]
)
def test_values_that_cannot_be_are_told_and_the_plans_own_scenario_is_shown(planner_client, plan, wrong):
    page = text_of(planner_client.get(address("impact", plan), {"scenario": "own", **wrong}))
    assert "The values of your own scenario cannot be" in page
    assert re.search(r'value="assumed" checked', page)


def test_a_changed_plan_is_computed_again_and_undone_it_is_as_before(plan, planner):
    before = impact_of(plan, "assumed")
    services.set_point(plan, "M297", opened=False, version=plan.version, by=planner)
    after = impact_of(plan, "assumed")
    assert len(after.network.points) == len(before.network.points) - 1
    services.undo(plan, version=plan.version, by=planner)
    assert impact_of(plan, "assumed") is before


def test_of_a_regions_plan_the_neighbours_points_are_not_counted(planner):
    plan = services.create("Pohjois-Karjala", by=planner, asked=Asked(region="12"), open_sites=("M167", "M297"))
    assert impact_of(plan, "assumed").network.points.code.tolist() == ["M167"]


def test_without_points_the_page_tells_how_to_begin_and_there_are_no_files(planner_client, planner):
    plan = services.create("Tyhjä", by=planner)
    assert reverse("studio:plan", args=[plan.pk]) in text_of(planner_client.get(address("impact", plan)))
    for name in ("sharing", "phasing"):
        assert planner_client.get(address(name, plan)).status_code == 200
        assert planner_client.get(address(name, plan), headers=HTMX).status_code == 200
    for name in FILES:
        assert planner_client.get(address(name, plan)).status_code == 404
    assert planner_client.get(address("point", plan, "M091")).status_code == 404


def test_a_point_has_a_page_and_a_code_that_is_no_point_has_none(planner_client, plan, by_the_library):
    page = text_of(planner_client.get(address("point", plan, "M167")))
    found = by_the_library("assumed")
    place = found.network.points.code.tolist().index("M167")
    assert "Joensuu" in page
    assert "North Karelia" in page
    assert f"{found.spaces.programs[place].total_m2:,.1f}" in page
    assert f"{found.sharing('M167').total / 100:,.2f}" in page
    assert planner_client.get(address("point", plan, "M999")).status_code == 404


def test_shares_sum_to_the_cent_in_every_column(plan):
    found = impact_of(plan, "assumed")
    table = sections.shares(found.sharing(), words.called(found), title="")
    for place, cell in enumerate(table.foot[0].cells):
        assert round(sum(row.cells[place].value for row in table.body), 2) == cell.value


def test_groups_add_up_to_the_last_year(plan):
    found = impact_of(plan, "assumed")
    last = found.costs.years[-1]
    for _id, _label, table in sections.by_groups(found, words.called(found)):
        assert [cell.value for cell in table.foot[0].cells][:2] == [last.baseline / 100, last.after / 100]
        expected = found.costs.by("payer")
        if table.columns[0].label == "Payer":
            assert sum(row.cells[1].value for row in table.body) == pytest.approx(
                sum(years[found.terms.last][1] for years in expected.values()) / 100
            )


def test_every_joint_point_has_a_bar_and_days_of_the_librarys_phasing(plan):
    made = phased_of(plan, "assumed").phasing
    table = schedule.gantt(made, words.called(impact_of(plan, "assumed")))
    assert {row.kind for row in table.rows} <= {"own", "double", "joint"}
    assert sum(row.kind == "joint" for row in table.rows) == len(made.openings)
    assert all(row.start <= row.end for row in table.rows)
    assert {row.start for row in table.rows if row.kind == "joint"} == {
        each.opens.isoformat() for each in made.openings
    }


def test_an_own_unit_without_a_day_of_closure_stops_the_phasing_in_words(plan):
    from dataclasses import replace

    from luukku.plan.phasing.dates import Undated

    made = phased_of(plan, "assumed").phasing
    unit = made.closures[0].unit
    stopped = replace(made, undated=(Undated(unit, "lease"),))
    said = schedule.stops(stopped, words.called(impact_of(plan, "assumed")))
    assert len(said) == 1
    assert "no day of closure" in said[0]
    assert schedule.stops(made, words.called(impact_of(plan, "assumed"))) == []


def test_example_values_are_marked_and_listed_with_numbered_sources(planner_client, plan):
    found = impact_of(plan, "assumed")
    marked = [each for each in figures(found) if each.example]
    assert len(marked) >= 5
    page = text_of(planner_client.get(address("impact", plan)))
    assert page.count("example, not a fact") > 50
    notes = {int(number) for number in re.findall(r'href="#source-(\d+)"', page)}
    listed = {int(number) for number in re.findall(r'id="source-(\d+)"', page)}
    assert notes <= listed == set(range(1, len(listed) + 1))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_units_and_sources_of_the_parameters_are_translated(plan, language):
    found = impact_of(plan, "assumed")
    shown = [text for each in found.assumptions for text in (each.source, each.unit) if text]
    unknown = {text for text in shown if text not in words.LIBRARY and not re.fullmatch(r"L[\d-]+", text)}
    assert not unknown
    with translation.override(language):
        page = "".join(cell.text for row in sections.years(found)[0].rows for cell in row.cells)
        assert "," not in page, "thousands are parted by spaces"


# Without scripts


def test_without_scripts_every_part_is_a_page_and_the_form_has_a_button(planner_client, plan):
    page = text_of(planner_client.get(address("impact", plan)))
    assert '<form method="get"' in page
    assert re.search(r'<button class="button" type="submit">', page)
    for name in ("sharing", "phasing"):
        link = re.search(rf'<a href="([^"]*/impact/{plan.pk}/{name}/[^"]*)"', page)
        whole = text_of(planner_client.get(link[1].replace("&amp;", "&")))
        assert "<html" in whole
        assert "<table" in whole
        assert address("impact", plan) in whole


def test_every_table_has_a_caption_and_scoped_headers(planner_client, plan):
    for name in PAGES:
        page = text_of(planner_client.get(address(name, plan)))
        assert page.count("<table") == page.count("<caption") > 0
        assert not re.search(r"<th(?![^>]*scope=)[ >]", page)


def test_no_style_and_no_script_is_inline(planner_client, plan):
    page = text_of(planner_client.get(address("impact", plan)))
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", page)


# Files


def test_the_files_hold_what_the_tables_show(planner_client, plan, by_the_library):
    found = by_the_library("assumed")
    title, *told = read(planner_client.get(address("points_file", plan)))
    assert len(told) == len(CENTRES) + 1
    assert len(title) == len(told[0])
    assert {row[0] for row in told} >= {"Helsinki", "Joensuu"}
    years = read(planner_client.get(address("costs_file", plan)))[1:]
    assert [float(row[2]) for row in years] == [each.after / 100 for each in found.costs.years]
    shares = read(planner_client.get(address("sharing_file", plan)))[1:]
    assert sum(round(100 * float(row[3])) for row in shares[:-1]) == found.sharing().total
    closures = read(planner_client.get(address("phasing_file", plan)))[1:]
    assert len(closures) == len(phased_of(plan, "assumed").phasing.closures)


def test_files_in_finnish_are_as_finnish_spreadsheets_want_them(planner_client, plan):
    with translation.override("fi"):
        response = planner_client.get(address("costs_file", plan))
    line = response.content.decode("utf-8-sig").splitlines()[1]
    assert ";" in line
    assert re.search(r"\d,\d", line)


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_text_in_the_file():
    table = Table("", columns("Name", "€", "%"), rows([(word("=2+2"), euros(-160), percent(0.125, 1))]))
    line = as_csv(["Name", "€", "%"], table.values()).decode("utf-8-sig").splitlines()[1]
    assert line == "'=2+2,-1.6,12.5"
    assert table.rows[0].cells[0].text == "−2", "rounded, not cut off"


def test_the_map_and_a_plans_folder_tell_the_same_visits_of_every_point_in_the_later_year(plan):
    from luukku.country import finland
    from luukku.country.sites import candidates
    from luukku.plan import evaluate
    from luukku.web.studio import picture

    every = candidates(finland())
    found = evaluate(every.take(np.isin(every.code, plan.open_sites)))
    card = picture.of(plan)

    number = geography.get().site_by_code
    assert {point.site: point.visits for point in card.points} == pytest.approx(
        {number[point.code]: point.later_visits_a_week for point in found.points}, abs=0.06
    )
    told = next(figure for figure in card.figures if figure.key == "visits")
    assert told.value == pytest.approx(found.figures.later.visits_a_week, abs=0.1)
    assert str(found.figures.later.year) in told.label


def test_the_map_and_the_pages_tell_the_same_visits_of_every_point(plan, planner):
    for region in ("", "12"):
        services.set_asked(plan, Asked.of(plan).but(region=region), version=plan.version, by=planner)
        shown = {point.site: point.visits for point in picture.of(plan).points if point.tier != "neighbour"}
        found = impact_of(plan, plan.scenario)
        told = {
            geography.get().site_by_code[code]: float(sum(program.a_week.values()))
            for code, program in zip(found.network.points.code.tolist(), found.spaces.programs, strict=True)
        }
        assert shown == pytest.approx(told)


def test_what_a_place_would_get_is_what_its_point_gets(plan, planner):
    promised = picture.prospect(plan, "M205").visits
    services.set_point(plan, "M205", opened=True, version=plan.version, by=planner)
    got = next(p for p in picture.of(plan).points if p.site == geography.get().site_by_code["M205"])
    assert got.visits == pytest.approx(promised)
