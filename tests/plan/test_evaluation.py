"""Evaluating given points."""

from __future__ import annotations

import numpy as np
import pytest
from small_country import PEOPLE

from luukku.country.sites import municipal_centres
from luukku.errors import UnknownPlace
from luukku.network.criteria import Criteria
from luukku.plan.comparisons import trend_factor
from luukku.plan.document import evaluated_json

MAINLAND = PEOPLE[:-1].sum()


def test_people_within_each_ring_are_counted(evaluated):
    found = evaluated("centres", criteria=Criteria(rings=(5.0, 30.0, 60.0)))

    assert [ring.people for ring in found.figures.rings] == [50_000, 57_000, 77_000]
    assert found.figures.share == 77_000 / MAINLAND


def test_sites_are_evaluated_as_they_are(evaluated, country):
    found = evaluated(municipal_centres(country).take(np.array([0, 3])))

    assert [point.code for point in found.points] == ["M001", "M004"]


def test_a_region_is_served_from_across_its_border(evaluated):
    found = evaluated("municipal-centres", region="Itämaa")

    assert found.figures.people == PEOPLE[6:9].sum()
    assert {point.code for point in found.points} == {"M004", "M005"}
    assert found.figures.share == 1.0


def test_the_documents_figures_stand_beside_those_of_the_centres_with_what_would_move_them(evaluated):
    found = evaluated("centres")

    beside = {row.about: row for row in found.comparisons}
    assert set(beside) == {"within_30", "within_60", "within_90", "outside_90"}
    assert beside["within_60"].there == 0.82
    assert beside["within_60"].difference == pytest.approx(beside["within_60"].here - 0.82)
    effects = {effect.name: effect.here for effect in beside["within_60"].effects}
    assert effects["longer"] <= beside["within_60"].here <= effects["shorter"]


def test_the_documents_figures_are_of_all_the_people_the_island_included(evaluated):
    beside = {row.about: row.here for row in evaluated("centres").comparisons}

    assert beside["within_60"] == 77_000 / PEOPLE.sum()


def test_other_points_and_regions_are_not_compared_with_the_documents_centres(evaluated):
    assert evaluated("municipal-centres").comparisons == ()
    assert evaluated("centres", region="Länsimaa").comparisons == ()


def test_the_trend_carries_each_municipalitys_yearly_change_on_to_2030(country):
    # 1,000 in 2012 and 1,100 in 2022: ten years make a tenth more, so eight years make 1.1 ** 0.8.
    assert trend_factor(country) == pytest.approx(1.1**0.8)


def test_points_that_nobody_knows_are_refused_with_what_would_do(evaluated):
    with pytest.raises(UnknownPlace, match="centres, municipal-centres"):
        evaluated("nothing")


def test_an_evaluation_is_json_without_its_areas(evaluated):
    told = evaluated_json(evaluated("centres"))

    assert "areas" not in told
    assert told["figures"]["people"] == MAINLAND
