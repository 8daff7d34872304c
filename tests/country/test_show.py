"""The country in figures."""

from __future__ import annotations

import json

import pytest

from luukku.country import show
from luukku.country.model import Country


@pytest.fixture(scope="module")
def report(finland: Country) -> dict:
    return show(finland)


def test_the_report_is_json(report: dict) -> None:
    assert json.loads(json.dumps(report)) == report


def test_places_and_people_are_told_for_mainland_and_aland_apart(report: dict) -> None:
    assert report["municipalities"]["count"] == 309
    assert report["areas"] == {"count": 3025, "mainland": 2993, "aland": 32, "without_people": 17, "year": 2022}
    assert report["people"]["mainland"] + report["people"]["aland"] == report["people"]["count"] == 5_494_750
    assert 5_400_000 < report["people"]["mainland"] < 5_500_000


def test_regions_add_up_to_the_country(report: dict) -> None:
    assert sum(region["people"] for region in report["regions"]) == report["people"]["count"]
    assert sum(region["areas"] for region in report["regions"]) == 3025
    assert sum(region["municipalities"] for region in report["regions"]) == 309


def test_table_1_is_shown_with_its_sums_and_the_printed_total_explained(report: dict) -> None:
    table = report["table_1"]
    assert (table["own"], table["joint"], table["total"], table["own_in_scope"]) == (731, 195, 926, 710)
    assert table["printed"] == "723/926"
    assert "customs without its 8 points" in table["note"]


def test_table_2_is_shown_with_row_and_column_sums(report: dict) -> None:
    table = report["table_2"]
    assert table["total"] == sum(table["localities"].values()) == sum(table["authorities"].values()) == 234
    assert table["as_printed"]


def test_conflicts_stand_side_by_side_each_figure_with_its_source(report: dict) -> None:
    figures = {conflict["about"]: conflict["figures"] for conflict in report["conflicts"]}
    assert [figure["value"] for figure in figures["Authorities in Joensuu"]] == [11, 12]
    assert all(figure["source"] for conflict in figures.values() for figure in conflict)


def test_every_authority_point_and_row_tells_its_source(report: dict) -> None:
    for part in (report["authorities"], report["named_points"], report["table_1"]["rows"]):
        assert all("line" in item["source"] for item in part)


def test_people_of_a_part_of_the_country_follow_the_cells(finland: Country) -> None:
    from dataclasses import replace

    karelia = finland.cells.take(finland.region_of_cell == "12")
    report = show(replace(finland, cells=karelia))
    assert report["people"]["count"] == karelia.people.sum()
    assert report["people"]["aland"] == 0
