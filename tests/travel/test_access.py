"""From places to roads."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.travel.access import Access, nearest_spots, tie_places

from .conftest import roads_of


def at(*places):
    return np.array([x for x, _ in places], float), np.array([y for _, y in places], float)


def test_a_place_beside_a_long_road_joins_it_where_it_is_nearest() -> None:
    roads = roads_of([(0, 0), (10_000, 0)], [(0, 1, 10_000, "regional")])
    cut, ties = tie_places(roads, *at((4_000, 300)), Access(spots=1))
    nearest = ties.minutes.argmin()
    assert cut.nodes == 3
    assert (cut.x[ties.node[nearest]], cut.y[ties.node[nearest]]) == (4_000, 0)
    assert sorted(cut.metres.tolist()) == [4_000, 6_000]


def test_a_motorway_is_joined_at_its_interchanges_only() -> None:
    roads = roads_of([(0, 0), (10_000, 0), (0, 5_000)], [(0, 1, 10_000, "motorway"), (0, 2, 5_000, "regional")])
    cut, ties = tie_places(roads, *at((5_000, 100)), Access())
    assert (cut.x[cut.y == 0] != 5_000).all()
    assert set(ties.place) == {0}


def test_a_pier_can_be_joined_but_not_the_ferry_under_way() -> None:
    roads = roads_of([(0, 0), (2_000, 0), (0, 9_000)], [(0, 1, 2_000, "ferry"), (0, 2, 9_000, "regional")])
    cut, ties = tie_places(roads, *at((1_900, 0)), Access(most_metres=500.0))
    assert ties.node.tolist() == [1]
    assert cut.nodes == 3


def test_an_island_without_a_road_is_told() -> None:
    roads = roads_of([(0, 0), (1_000, 0)], [(0, 1, 1_000, "street")])
    _, ties = tie_places(roads, *at((0, 100), (0, 90_000)), Access())
    assert ties.roadless.tolist() == [1]


def test_the_way_to_the_road_is_driven_slower_near_home() -> None:
    access = Access(detour=1.0, local_km_h=30.0, far_km_h=60.0, local_metres=3_000.0)
    assert access.minutes(np.array([0.0, 3_000.0, 5_000.0])) == pytest.approx([0.0, 6.0, 8.0])


def test_the_nearest_spot_of_a_road_is_found_however_far() -> None:
    roads = roads_of([(0, 0), (10_000, 0)], [(0, 1, 10_000, "regional")])
    x, y, apart = nearest_spots(roads, *at((2_000, 70_000), (-30_000, 0)))
    assert x.tolist() == [2_000, 0]
    assert y.tolist() == [0, 0]
    assert apart.tolist() == [70_000, 30_000]
