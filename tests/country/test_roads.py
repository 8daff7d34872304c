"""Cutting roads at places along them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.provenance import Source
from luukku.country.roads import CLASSES, Roads, place_on_link, split_links


def line_of(*metres: float, one_way: bool = False) -> Roads:
    """Links one after the other along the x axis."""
    x = np.concatenate(([0.0], np.cumsum(metres)))
    count = len(metres)
    return Roads(
        x=x,
        y=np.zeros(count + 1),
        start=np.arange(count, dtype=np.int32),
        end=np.arange(1, count + 1, dtype=np.int32),
        metres=np.array(metres, float),
        road_class=(np.arange(count) % 5).astype(np.int8),
        urban=np.arange(count) % 2 == 0,
        both_ways=np.full(count, not one_way),
        limit=np.full(count, 50, np.float32),
        source=Source("computation", "made up for a test"),
    )


def test_a_cut_link_becomes_two_that_are_as_long_together() -> None:
    roads, node = split_links(line_of(100.0), np.array([0]), np.array([0.25]))
    assert node.tolist() == [2]
    assert (roads.x[2], roads.y[2]) == (25.0, 0.0)
    assert sorted(zip(roads.start.tolist(), roads.end.tolist(), roads.metres.tolist(), strict=True)) == [
        (0, 2, 25.0),
        (2, 1, 75.0),
    ]


def test_places_at_an_end_take_the_node_that_is_there() -> None:
    before = line_of(100.0, 100.0)
    roads, node = split_links(before, np.array([0, 1, 1]), np.array([0.0, 0.0, 1.0]))
    assert node.tolist() == [0, 1, 2]
    assert roads.links == 2


def test_two_places_at_one_spot_share_a_node() -> None:
    roads, node = split_links(line_of(100.0), np.array([0, 0]), np.array([0.5, 0.5]))
    assert node[0] == node[1]
    assert roads.nodes == 3


def test_nothing_to_cut_changes_nothing() -> None:
    before = line_of(100.0)
    roads, node = split_links(before, np.zeros(0, np.intp), np.zeros(0))
    assert roads is before
    assert len(node) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=12), st.booleans())
def test_however_it_is_cut_a_road_keeps_its_length_class_and_direction(
    cuts: list[tuple[int, float]], one_way: bool
) -> None:
    before = line_of(100.0, 250.0, 30.0, 1_000.0, one_way=one_way)
    link = np.array([link for link, _ in cuts], np.intp)
    share = np.array([share for _, share in cuts], float)
    roads, node = split_links(before, link, share)
    for number in range(len(CLASSES)):
        told = before.metres[before.road_class == number].sum()
        assert roads.metres[roads.road_class == number].sum() == pytest.approx(told)
    assert (roads.x[roads.end] >= roads.x[roads.start]).all()
    assert (roads.both_ways == (not one_way)).all()
    np.testing.assert_allclose(roads.x[node], before.x[link] + share * before.metres[link], atol=1e-9)
    np.testing.assert_allclose(roads.metres, roads.straight(), atol=1e-6)


def test_the_nearest_spot_of_a_link_is_inside_it_or_at_its_end() -> None:
    roads = line_of(100.0)
    share, apart = place_on_link(
        roads, np.zeros(3, np.intp), np.array([30.0, -40.0, 130.0]), np.array([5.0, 30.0, 40.0])
    )
    assert share.tolist() == [0.3, 0.0, 1.0]
    assert apart.tolist() == [5.0, 50.0, 50.0]


def test_a_link_without_length_has_its_only_spot() -> None:
    roads = line_of(0.0)
    share, apart = place_on_link(roads, np.array([0]), np.array([3.0]), np.array([4.0]))
    assert (share[0], apart[0]) == (0.0, 5.0)
