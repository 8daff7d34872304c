"""Minutes on a planner's own roads: as far as asked, and the shortest trips by their true length."""

from __future__ import annotations

import numpy as np
import pytest
from small_country import KM, SOURCE

from luukku.country.roads import CLASSES, Roads
from luukku.country.sites import municipal_centres
from luukku.network.evaluate import nearest_points
from luukku.network.front import front
from luukku.network.median.uncapped import beyond
from luukku.network.sequence import next_points
from luukku.plan.model import Asked
from luukku.plan.roads import RoadMinutes, in_full
from luukku.plan.task import task_of


@pytest.fixture
def road():
    """One main road along the mainland of the small country, 60 km/h: a minute a kilometre."""
    km = KM[:-1]
    links = len(km) - 1
    return Roads(
        x=300_000.0 + 1000 * km,
        y=np.full(len(km), 6_800_000.0),
        start=np.arange(links, dtype=np.int32),
        end=np.arange(1, links + 1, dtype=np.int32),
        metres=1000 * np.diff(km),
        road_class=np.full(links, CLASSES.index("main_1"), np.int8),
        urban=np.zeros(links, np.bool_),
        both_ways=np.ones(links, np.bool_),
        limit=np.full(links, 60.0, np.float32),
        source=SOURCE,
    )


def test_minutes_reach_as_far_as_asked_and_agree_where_both_know(country, road):
    minutes, sites = RoadMinutes(country, road), municipal_centres(country)
    short = minutes.times_of(sites)
    some = np.array([7, 0])
    longer = minutes.farther_of(sites, country.cells.take(some), 400.0)

    assert longer.cells == 2
    assert len(longer.minutes) > (np.isin(short.cell, some)).sum()
    for site in range(len(sites)):
        cells, known = short.of(site)
        near = dict(zip(*(each.tolist() for each in longer.of(site)), strict=True))
        for place, cell in enumerate(some):
            if cell in cells:
                assert near[place] == pytest.approx(float(known[cells == cell][0]), abs=0.01)


def test_a_plan_on_roads_counts_every_trip_in_full_but_those_without_a_road(planned, country, road):
    minutes = RoadMinutes(country, road)
    asked = {"objective": "access", "points": 1, "keep": "none", "times_of": minutes.times_of}

    assert planned(**asked).certificate.capped > 0
    assert planned(**asked, farther_of=minutes.farther_of).certificate.capped == 0
    assert planned(**asked, farther_of=minutes.farther_of, with_aland=True).certificate.capped == 1_500


def task_with(country, minutes, keep, with_aland=False):
    asked = Asked("access", None, 1, keep, with_aland=with_aland)
    return task_of(country, asked, candidates=municipal_centres(country), times_of=minutes.times_of)


@pytest.mark.parametrize("keep", ["centres", "none"])
def test_every_network_has_its_true_person_minutes_with_or_without_given_points(country, road, keep):
    minutes = RoadMinutes(country, road)
    short = task_with(country, minutes, keep)
    whole = in_full(short, minutes.farther_of)
    (only,) = np.flatnonzero(short.sites.code == "M001")
    of_it = front(whole.problem, within=60.0, points=[1], objectives=["access"]).networks[0]
    nearest, _ = nearest_points(whole.times, np.array([of_it.sites[0]]))

    assert whole.times.horizon >= short.times.horizon
    assert len(beyond(short.problem, [only])) > 0
    assert len(beyond(whole.problem, of_it.sites)) == 0
    assert of_it.mean_minutes == pytest.approx(float(whole.cells.people @ nearest) / whole.cells.people.sum())
    assert next_points(whole.problem, within=60.0, objective="access")


def test_people_without_a_road_count_with_the_farthest_trip_that_is_known(country, road):
    minutes = RoadMinutes(country, road)
    whole = in_full(task_with(country, minutes, "centres", with_aland=True), minutes.farther_of)

    assert whole.cells.people[beyond(whole.problem, ())].sum() == 1_500
    farthest = max(float(whole.times.of(site)[1].max()) for site in whole.problem.open)
    assert farthest > 120
    assert whole.times.horizon == np.ceil(farthest)
