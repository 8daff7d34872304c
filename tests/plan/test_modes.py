"""A plan by car and by public transport, side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_country import PEOPLE, SOURCE

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.plan.summary import summary
from luukku.travel.times import TravelTimes

MAINLAND = PEOPLE[:-1].sum()


def slow_bus(sites: Sites, cells: Cells) -> TravelTimes:
    """A minute a kilometre by car takes three by bus."""
    distance = np.abs(cells.x[None, :] - sites.x[:, None]) / 1000
    site, cell = np.nonzero(3 * distance <= 120)
    return TravelTimes(
        start=np.searchsorted(site, np.arange(len(sites) + 1)),
        cell=cell.astype(np.int32),
        minutes=(3 * distance[site, cell]).astype(np.float32),
        cells=len(cells),
        horizon=120.0,
        source=replace(SOURCE, name="the bus"),
    )


def test_people_who_cannot_drive_are_counted_beside_those_who_can(evaluated):
    car, transit = evaluated("centres", transit_of=slow_bus).modes

    assert (car.name, transit.name) == ("car", "transit")
    assert {ring.minutes: ring.people for ring in car.rings}[60.0] == 77_000
    assert {ring.minutes: ring.people for ring in transit.rings}[60.0] == pytest.approx(57_000)
    assert transit.beyond == MAINLAND - 57_000
    assert transit.median_minutes == 0.0


def test_the_car_column_agrees_with_the_figures(planned):
    made = planned(points=2, transit_of=slow_bus)

    car = made.modes[0]
    assert {ring.minutes: ring.people for ring in car.rings} == pytest.approx(
        {ring.minutes: ring.people for ring in made.figures.rings}
    )


def test_a_region_counts_its_own_people_and_the_points_across_its_border(evaluated):
    found = evaluated("municipal-centres", region="Itämaa", transit_of=slow_bus)

    assert all(mode.beyond == 0 for mode in found.modes)


def test_without_a_timetable_nothing_is_told_of_it(planned):
    made = planned(points=2)

    assert made.modes == ()
    assert "public transport" not in summary(made, "en")


def test_the_timetable_is_among_the_sources(planned):
    sources = planned(points=2, transit_of=slow_bus).sources

    assert any("the bus" in str(source) for source in sources)
    assert all(isinstance(source, Source) for source in sources)


def test_decision_makers_read_both(small_plan):
    text = summary(small_plan, "fi")

    assert "## Autolla ja joukkoliikenteellä" in text
    assert "40,0" in text
