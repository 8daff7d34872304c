"""The example list: counts of the document, and marked as an example wherever it weighs."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from luukku.country.reform import table_1, table_2
from luukku.outlook.parameters import STATUS_WORDS
from luukku.plan.impact import example_premises, is_example
from luukku.plan.impact.example import EXAMPLE_BY, WORDS
from luukku.premises import out_of_scope
from luukku.premises.facts import PREMISES_COSTS
from luukku.premises.release import yearly_rents


@pytest.fixture(scope="module")
def listed(country, parameters):
    return example_premises(country, parameters)


def test_own_points_are_as_many_as_table_1_counts_by_authority(listed):
    service = listed.authority[listed.use == "public_service"]

    counted = {row.code: row.points for row in table_1() if row.in_scope and row.code != "JOINT"}
    assert Counter(service.tolist()) == counted
    assert len(service) == 710


def test_every_point_of_an_authority_is_in_a_municipality_of_its_own(listed):
    assert len(set(listed.unit.tolist())) == len(listed)
    places = list(zip(listed.authority.tolist(), listed.municipality.tolist(), listed.use.tolist(), strict=True))
    assert len(set(places)) == len(places)


def test_localities_that_the_document_names_come_first(listed, country):
    towns = {town.name_fi: town.code for town in country.municipalities}
    tax = set(listed.municipality[(listed.authority == "VERO") & (listed.use == "public_service")].tolist())

    table = table_2()
    named = {towns[place] for place, there in zip(table.localities, table.present[:, -1], strict=True) if there}
    assert table.authorities[-1] == "VERO"
    assert named <= tax
    assert towns["Lieksa"] in tax  # named in the text on the pilot regions


def test_offices_stand_where_table_2_has_the_authority_without_those_left_out(listed):
    office = listed.use == "office"

    table = table_2()
    present = table.present[:, [code not in ("KELA", "POLL") for code in table.authorities]]
    assert office.sum() == present.sum()
    assert not any(out_of_scope(listed))


def test_rent_and_upkeep_come_to_the_costs_that_an_interview_names(listed, parameters):
    euros = yearly_rents(listed, parameters).sum() / 100 + listed.m2.sum() * parameters["upkeep"] * 12

    assert euros == pytest.approx(PREMISES_COSTS.value, rel=1e-6)


def test_a_dearer_rent_leaves_money_for_fewer_offices_and_none_at_last(country, parameters):
    cheap, dear = (
        example_premises(country, parameters.changed({"rent.public_service": rent})) for rent in (20.0, 30.0)
    )
    assert cheap.m2.sum() > dear.m2.sum()
    assert len(example_premises(country, parameters.changed({"example.premises": 1.0}))) == 710


def test_the_example_is_told_to_be_one(listed, country, parameters):
    assert is_example(listed)
    assert is_example(listed.take(np.arange(3)))
    assert listed.source.indicative
    assert all(STATUS_WORDS[language]["example"].split(",")[-1].strip() in words for language, words in WORDS.items())
    weighing = {parameter.name for parameter in parameters.shown(*EXAMPLE_BY)}
    assert weighing >= {"example.m2", "example.visits", "example.notice", "rent.office", "time.adviser.minutes"}


def test_the_same_parameters_give_the_same_list(country, parameters):
    assert example_premises(country, parameters) is example_premises(country, parameters.changed({}))
