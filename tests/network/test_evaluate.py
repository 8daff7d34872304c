"""What a network gives."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import small_problems, trips
from tests.network.conftest import cells_of, matrix

from luukku.errors import BadInput, Contradiction
from luukku.network.criteria import Criteria
from luukku.network.evaluate import evaluate

CRITERIA = Criteria(minutes=60.0)
SHORT = Criteria(minutes=10.0, rings=(5.0, 20.0))


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.data())
def test_an_evaluation_equals_counting_by_hand(problem, data):
    sites = data.draw(st.sets(st.integers(0, problem.times.sites - 1)))
    people = problem.people.tolist()
    found = evaluate(cells_of(people), problem.times, sites, SHORT)
    table = trips(problem)
    best = [
        min(((table[site].get(cell, math.inf), site) for site in sites), default=(math.inf, -1))
        for cell in range(len(people))
    ]
    best = [(trip, site if trip < math.inf else -1) for trip, site in best]
    assert found.minutes.tolist() == [trip for trip, _ in best]
    assert found.nearest.tolist() == [site for _, site in best]
    for ring in found.rings:
        assert ring.people == pytest.approx(
            sum(p for p, (trip, _) in zip(people, best, strict=True) if trip <= ring.minutes)
        )
    for at, site in enumerate(sorted(sites)):
        nearest = sum(p for p, (_, mine) in zip(people, best, strict=True) if mine == site)
        assert found.base_nearest[at] == pytest.approx(nearest)
        assert found.base_within[at] == pytest.approx(
            sum(people[cell] for cell, trip in table[site].items() if trip <= 10)
        )
        assert found.visits[at] == pytest.approx(SHORT.demand.visits_a_week(nearest))
        assert found.catchment(site).tolist() == [cell for cell, (_, mine) in enumerate(best) if mine == site]
    out = {cell for cell, (trip, _) in enumerate(best) if trip > 10 and people[cell] > 0}
    assert set(found.left_out.tolist()) == out
    assert found.within + sum(people[cell] for cell in out) == pytest.approx(found.people)
    assert found.beyond_horizon == pytest.approx(sum(p for p, (_, mine) in zip(people, best, strict=True) if mine < 0))


def test_of_equally_near_points_the_one_with_the_lowest_number_counts():
    times = matrix([[None, 7.0], [5.0, 7.0], [5.0, 7.0]])
    assert evaluate(cells_of([1, 1]), times, [2, 1, 0], CRITERIA).nearest.tolist() == [1, 0]


def test_the_worst_tenth_counts_the_part_of_a_cell_that_it_needs():
    times = matrix([[100.0, 50.0, 10.0]])
    found = evaluate(cells_of([5, 10, 85]), times, [0], CRITERIA)
    assert found.equity.worst_tenth == pytest.approx((5 * 100 + 5 * 50) / 10)
    assert found.equity.mean == pytest.approx((5 * 100 + 10 * 50 + 85 * 10) / 100)
    assert found.equity.median == 10


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.just(0.0), st.integers(1, 50).map(float), st.floats(0.1, 1000.0)),
            st.one_of(st.none(), st.sampled_from([0.0, 7.0, 7.0078125, 120.0]), st.floats(0.0, 120.0, width=32)),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_mean_median_and_worst_tenth_equal_sorting_everybody(cells):
    people = [some for some, _ in cells]
    equity = evaluate(cells_of(people), matrix([[trip for _, trip in cells]]), [0], CRITERIA).equity
    total = sum(people)
    if total == 0:
        assert math.isnan(equity.worst_tenth)
        return
    farthest = sorted(((120.0 if trip is None else trip, some) for some, trip in cells if some > 0), reverse=True)
    assert equity.mean == pytest.approx(sum(trip * some for trip, some in farthest) / total)
    left, spent = total / 10, 0.0
    for trip, some in farthest:
        spent += min(some, left) * trip
        left -= min(some, left)
    assert equity.worst_tenth == pytest.approx(spent / (total / 10))
    beyond = sum(some for trip, some in farthest if trip > equity.median)
    from_there = sum(some for trip, some in farthest if trip >= equity.median)
    assert beyond <= total / 2 * (1 + 1e-9)
    assert from_there >= total / 2 * (1 - 1e-9)


def test_people_out_of_reach_count_with_the_horizon_and_are_told_apart():
    found = evaluate(cells_of([50, 50]), matrix([[20.0, None]]), [0], CRITERIA)
    assert found.equity.mean == (20 + 120) / 2
    assert found.beyond_horizon == 50
    assert found.share == 0.5
    assert np.isinf(found.minutes[1])
    assert found.nearest[1] == -1


def test_cells_of_an_unknown_municipality_are_counted_under_no_code():
    found = evaluate(cells_of([5, 7, 9], ["091", "", "091"]), matrix([[1.0, 1.0, None]]), [0], CRITERIA)
    groups = found.municipalities
    assert groups.code.tolist() == ["", "091"]
    assert groups.people.tolist() == [7, 14]
    assert groups.left_out.tolist() == [0, 9]
    assert groups.people.sum() == found.people


def test_groups_by_age_follow_the_cells_further_counts():
    found = evaluate(cells_of([10, 10], young=[8.0, 2.0], old=[2.0, 8.0]), matrix([[10.0, 90.0]]), [0], CRITERIA)
    assert found.extra.code.tolist() == ["young", "old"]
    assert found.extra.within.tolist() == [8, 2]
    assert found.extra.mean_minutes.tolist() == [(8 * 10 + 2 * 90) / 10, (2 * 10 + 8 * 90) / 10]


def test_a_country_adds_regions_languages_and_urbanity_that_sum_to_everybody(finland, finland_minutes):
    found = evaluate(finland.cells, finland_minutes, range(0, 400, 20), CRITERIA, finland)
    for groups in (found.regions, found.languages, found.urbanities, found.municipalities):
        assert groups.people.sum() == pytest.approx(finland.cells.people.sum())
        assert groups.within.sum() == pytest.approx(found.within)
    assert {"fi", "fi+sv"} <= set(found.languages.code.tolist())
    assert "rural" in found.urbanities.code.tolist()


def test_no_open_point_leaves_everybody_out(line):
    found = evaluate(cells_of([1, 2, 3, 4, 5]), line, [], CRITERIA)
    assert found.share == 0
    assert found.left_out.tolist() == [4, 3, 2, 1, 0]
    assert found.beyond_horizon == 15


def test_nobody_at_all_is_left_out_by_nobody(line):
    found = evaluate(cells_of([0] * 5), line, [0], CRITERIA)
    assert found.share == 1
    assert len(found.left_out) == 0
    assert math.isnan(found.equity.mean)
    assert evaluate(cells_of([]), matrix([[]]), [0], CRITERIA).people == 0


def test_people_that_are_no_numbers_are_refused(line):
    with pytest.raises(BadInput, match="negative or no numbers"):
        evaluate(cells_of([1, 2, float("nan"), 4, 5]), line, [0], CRITERIA)


def test_a_site_that_does_not_exist_is_refused(line):
    with pytest.raises(Contradiction, match="numbered from 0 to 4"):
        evaluate(cells_of([1] * 5), line, [5], CRITERIA)


def test_a_ring_beyond_the_horizon_is_refused(line):
    with pytest.raises(Contradiction, match="known to 120"):
        evaluate(cells_of([1] * 5), line, [0], replace(CRITERIA, rings=(150.0,)))
