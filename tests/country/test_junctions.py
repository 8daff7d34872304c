"""Where roads meet."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.country.junctions import Reach, join_near, join_parts, parts, tie_loose, without_shared
from luukku.country.provenance import Source
from luukku.country.roads import CLASSES, Roads


def roads_of(nodes, links) -> Roads:
    """nodes: (x, y). links: (start, end, class), as long as they are straight."""
    x, y = np.array(nodes, float).T
    start, end = (np.array([link[i] for link in links], np.int32) for i in (0, 1))
    count = len(links)
    return Roads(
        x=x,
        y=y,
        start=start,
        end=end,
        metres=np.hypot(x[end] - x[start], y[end] - y[start]),
        road_class=np.array([CLASSES.index(link[2]) for link in links], np.int8),
        urban=np.zeros(count, np.bool_),
        both_ways=np.ones(count, np.bool_),
        limit=np.full(count, np.nan, np.float32),
        source=Source("computation", "made up for a test"),
    )


def joints(roads: Roads) -> set[tuple[int, int]]:
    joint = roads.road_class == CLASSES.index("joint")
    return set(zip(roads.start[joint].tolist(), roads.end[joint].tolist(), strict=True))


@pytest.fixture
def side_by_side() -> Roads:
    """Two roads: 0 - 1 along y = 0, and 2 - 3 along y = 90."""
    return roads_of([(0, 0), (1000, 0), (0, 90), (1000, 90)], [(0, 1, "regional"), (2, 3, "regional")])


def test_near_points_are_joined_once(side_by_side: Roads) -> None:
    everyone = np.ones(4, np.bool_)
    assert joints(join_near(side_by_side, everyone, within=100)) == {(0, 2), (1, 3)}
    assert joints(join_near(side_by_side, everyone, within=80)) == set()


def test_points_that_are_no_crossings_are_not_joined(side_by_side: Roads) -> None:
    assert joints(join_near(side_by_side, np.array([True, False, True, True]), within=100)) == {(0, 2)}


def test_neighbours_along_a_road_are_not_joined_a_second_time() -> None:
    roads = roads_of([(0, 0), (50, 0)], [(0, 1, "street")])
    assert joints(join_near(roads, np.ones(2, np.bool_), within=100)) == set()


@pytest.fixture
def t_junction() -> Roads:
    """A road from west to east, and one from the south that ends 400 m short of it."""
    return roads_of([(-10_000, 0), (10_000, 0), (0, -400), (0, -5000)], [(0, 1, "main_1"), (2, 3, "connecting")])


OF_TWO = np.array([1, 1, 2, 2])


def test_a_loose_end_is_tied_where_the_other_road_passes(t_junction: Roads) -> None:
    roads, numbers, tied = tie_loose(t_junction, np.array([2]), OF_TWO, np.ones(2, np.bool_), Reach(500))
    assert tied == 1
    assert (roads.x[4], roads.y[4]) == (0, 0)
    assert numbers.tolist() == [1, 1, 2, 2, 1]
    assert joints(roads) == {(2, 4)}


def test_a_long_link_is_looked_for_farther_away_than_a_short_one(t_junction: Roads) -> None:
    everything = np.ones(2, np.bool_)
    for winding, expected in ((0.01, 0), (0.03, 1)):
        *_, tied = tie_loose(t_junction, np.array([2]), OF_TWO, everything, Reach(100, winding, 2_000))
        assert tied == expected
    *_, tied = tie_loose(t_junction, np.array([2]), OF_TWO, everything, Reach(100, 0.03, 300))
    assert tied == 0


def test_nothing_is_tied_to_its_own_road_nor_to_a_forbidden_one(t_junction: Roads) -> None:
    everything = np.ones(2, np.bool_)
    assert tie_loose(t_junction, np.array([2]), np.array([1, 1, 1, 1]), everything, Reach(500))[2] == 0
    assert tie_loose(t_junction, np.array([2]), OF_TWO, np.array([False, True]), Reach(500))[2] == 0


def test_a_junction_half_way_is_tied_only_where_its_road_crosses_the_other() -> None:
    crossing = roads_of(
        [(-10_000, 0), (10_000, 0), (0, -400), (0, -5000), (0, 5000)],
        [(0, 1, "main_1"), (3, 2, "connecting"), (2, 4, "connecting")],
    )
    beside = roads_of(
        [(-10_000, 0), (10_000, 0), (0, -400), (-5000, -400), (5000, -400)],
        [(0, 1, "main_1"), (3, 2, "connecting"), (2, 4, "connecting")],
    )
    reach = Reach(500, crossed=True)
    for roads, expected in ((crossing, 1), (beside, 0)):
        *_, tied = tie_loose(roads, np.array([2]), np.array([1, 1, 2, 2, 2]), np.ones(3, np.bool_), reach)
        assert tied == expected


def test_parts_that_stand_alone_are_joined_over_land_and_islands_left() -> None:
    roads = roads_of(
        [(0, 0), (10_000, 0), (5_000, 2_000), (5_000, 4_000), (0, 90_000), (0, 91_000)],
        [(0, 1, "regional"), (2, 3, "connecting"), (4, 5, "street")],
    )
    joined, metres = join_parts(roads, detour=1.5, within=20_000)
    assert metres.tolist() == [2_000]
    assert np.bincount(parts(joined)).tolist() == [5, 2]
    assert joined.metres.max() == 5_000  # the road was cut in two
    assert 3_000 in joined.metres.tolist()


@pytest.fixture
def shared_stretch() -> Roads:
    """Road 4 goes 0 - 1 - 2; road 13 comes to 3 beside 0, jumps to 4 beside 2, and goes on."""
    return roads_of(
        [(0, 0), (10_000, 2_000), (20_000, 0), (0, 300), (20_000, 300), (0, 9_000), (20_000, 9_000)],
        [(0, 1, "main_1"), (1, 2, "main_1"), (5, 3, "main_1"), (3, 4, "main_1"), (4, 6, "main_1")],
    )


@pytest.mark.parametrize(
    ("within", "near", "dropped"), [(25_000, 500, True), (20_100, 500, False), (25_000, 200, False)]
)
def test_a_jump_is_dropped_when_another_road_carries_it(
    shared_stretch: Roads, within: float, near: float, dropped: bool
) -> None:
    roads, ends = without_shared(shared_stretch, np.array([3]), within=np.array([float(within)]), near=near)
    assert roads.links == (4 if dropped else 5)
    assert ends.tolist() == ([3, 4] if dropped else [])


def test_a_big_road_is_not_dropped_for_a_small_one_beside_it() -> None:
    roads = roads_of(
        [(0, 0), (20_000, 0), (10_000, 500)], [(0, 1, "main_1"), (0, 2, "connecting"), (2, 1, "connecting")]
    )
    kept, _ = without_shared(roads, np.array([0]), within=np.array([30_000.0]), near=100)
    assert kept.links == 3


def test_two_jumps_that_only_have_each_other_are_not_both_dropped() -> None:
    roads = roads_of([(0, 0), (20_000, 0), (0, 50), (20_000, 50)], [(0, 1, "main_1"), (2, 3, "main_1")])
    kept, _ = without_shared(roads, np.array([0, 1]), within=np.array([25_000.0, 25_000.0]), near=100)
    assert kept.links == 1
