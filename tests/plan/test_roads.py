"""Minutes on a planner's own roads: as far as asked, and the shortest trips by their true length."""

from __future__ import annotations

import numpy as np
import pytest
from small_country import KM, SOURCE

from luukku.country.roads import CLASSES, Roads
from luukku.country.sites import municipal_centres
from luukku.plan.roads import RoadMinutes


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
