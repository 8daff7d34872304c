"""Where the people of wide areas set out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.model import Country
from luukku.travel.homes import NO_ROAD_BEYOND, ROAD_WITHIN, homes

from .conftest import cells_at, roads_of


def country_of(cells, *, centre=(0.0, 0.0), people=None, names=None) -> Country:
    """The made-up cells in one mainland municipality called Village."""
    finland_ = finland()
    municipality = replace(
        finland_.municipalities[0], code="001", name_fi="Kylä", name_sv="By", x=centre[0], y=centre[1]
    )
    cells = replace(
        cells,
        people=cells.people if people is None else np.array(people, float),
        name=cells.name if names is None else np.array(names),
    )
    return Country("Made up", 2022, finland_.regions, (municipality,), cells, (), (), (), (), ())


ROAD = roads_of([(-200_000, 0), (200_000, 0)], [(0, 1, 400_000, "regional")])


def test_the_wide_area_of_the_main_village_sets_out_from_the_village() -> None:
    country = country_of(cells_at((12_000, 0), (-9_000, 0)), people=[5_000, 200])
    home = homes(country, ROAD)
    assert (home.x[0], home.y[0]) == (0, 0)
    assert (home.x[1], home.y[1]) == (-9_000, 0)
    assert home.moved.tolist() == [12_000, 0]


def test_a_name_counts_when_another_area_has_a_few_more_people() -> None:
    country = country_of(cells_at((10_000, 0), (-10_000, 0)), people=[2_000, 3_000], names=["Kylä", "Toinen"])
    assert homes(country, ROAD).x.tolist() == [0, -10_000]


def test_where_an_area_lies_at_the_centre_nothing_is_moved_there() -> None:
    country = country_of(cells_at((1_500, 0), (9_000, 0)), people=[100, 20_000])
    assert homes(country, ROAD).moved.tolist() == [0, 0]


@pytest.mark.parametrize(("apart", "kept"), [(500, 500), (ROAD_WITHIN, ROAD_WITHIN), (9_000, ROAD_WITHIN)])
def test_a_centroid_in_the_wild_is_moved_towards_the_road(apart: float, kept: float) -> None:
    country = country_of(cells_at((0, 0), (50_000, apart)))
    home = homes(country, ROAD)
    assert (home.x[1], home.y[1]) == (50_000, kept)


def test_an_island_far_from_every_road_stays_where_it_is() -> None:
    country = country_of(cells_at((0, 0), (50_000, NO_ROAD_BEYOND + 1)))
    assert homes(country, ROAD).moved.tolist() == [0, 0]


def test_the_cells_of_the_country_are_not_touched() -> None:
    country = country_of(cells_at((12_000, 0)))
    homes(country, ROAD)
    assert country.cells.x.tolist() == [12_000]
