"""The visits and bases of the reform (F1-F3)."""

from __future__ import annotations

import pytest

from luukku.country.demand import Demand
from luukku.network.criteria import Criteria


@pytest.mark.parametrize(("visits", "a_week"), [(2_000_000, 77), (4_400_000, 170), (4_500_000, 174), (1_000_000, 39)])
def test_visits_a_week_behind_ten_thousand_people(visits, a_week):
    assert round(Demand(visits_a_year=visits).visits_a_week(10_000)) == a_week


@pytest.mark.parametrize(
    ("visits", "base", "points"), [(3_000_000, 8_617, 638), (2_000_000, 12_925, 426), (1_000_000, 25_850, 213)]
)
def test_base_for_a_hundred_visits_a_week_and_the_most_points_it_allows(visits, base, points):
    demand = Demand(visits_a_year=visits)
    assert round(demand.base_needed(100)) == base
    assert round(demand.most_points(100)) == points


def test_the_limit_and_the_base_are_those_of_the_reform():
    assert (Criteria().minutes, Criteria().base, Criteria().rings) == (60.0, 10_000.0, (30.0, 60.0, 90.0))
