"""Two sets of points side by side."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.country.sites import municipal_centres
from luukku.errors import Contradiction
from luukku.network.criteria import Criteria
from luukku.plan.compare import compare
from luukku.plan.document import compared_json


@pytest.fixture
def two(evaluated, country):
    towns = municipal_centres(country)
    return evaluated(towns.take(np.array([0]))), evaluated(towns.take(np.array([3])))


def test_opened_and_closed_points_are_named(two):
    found = compare(*two)

    assert [point.code for point in found.opened] == ["M004"]
    assert [point.code for point in found.closed] == ["M001"]


def test_people_who_gain_and_lose_the_limit_are_counted(two):
    found = compare(*two)

    # From km 0 to km 100: km 70, 80, 100, 150 and 160 come within 60 minutes; km 0, 10 and 20 fall out of it.
    assert found.gain == 3_000 + 900 + 12_000 + 4_000 + 500
    assert found.lose == 57_000


def test_swapping_the_two_swaps_winners_and_losers(two):
    there, back = compare(*two), compare(two[1], two[0])

    assert (there.nearer, there.farther, there.gain, there.lose) == (back.farther, back.nearer, back.lose, back.gain)
    assert [line.difference for line in there.lines] == [-line.difference for line in back.lines]


def test_a_network_compared_with_itself_changes_nothing(two):
    found = compare(two[0], two[0])

    assert found.changes == found.opened == found.closed == ()
    assert all(line.difference == 0 for line in found.lines)


def test_municipalities_add_up_to_the_whole(two):
    found = compare(*two)

    for name in ("nearer", "farther", "gain", "lose"):
        assert sum(getattr(change, name) for change in found.changes) == getattr(found, name)


def test_areas_out_of_reach_of_both_do_not_count_as_changed(evaluated, country):
    towns = municipal_centres(country)
    both = [evaluated(towns.take(np.array([site])), with_aland=True) for site in (0, 1)]

    assert "021" not in {change.municipality for change in compare(*both).changes}


def test_different_people_or_limits_cannot_be_compared(evaluated):
    whole = evaluated("centres")

    with pytest.raises(Contradiction):
        compare(whole, evaluated("centres", region="Itämaa"))
    with pytest.raises(Contradiction):
        compare(whole, evaluated("centres", criteria=Criteria(minutes=45.0)))


def test_json_has_the_figures_of_both_with_their_difference(two):
    told = compared_json(compare(*two))

    within = told["figures"]["within"]
    assert within["difference"] == within["second"] - within["first"]
    assert told["people"]["gain"] == 20_400
