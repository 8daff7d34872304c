"""The road graph."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.travel.graph import arcs_of, road_graph
from luukku.travel.speeds import Speeds

from .conftest import roads_of


def arc_set(arcs):
    return {(int(a), int(b)): float(m) for a, b, m in zip(arcs.source, arcs.to, arcs.minutes, strict=True)}


def test_a_road_is_an_arc_in_each_direction_and_a_one_way_street_is_one(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (1000, 0), (3000, 0)], [(0, 1, 1000, "street"), (1, 2, 2000, "street")], one_way=[1])
    assert arc_set(road_graph(roads, sixty).arcs) == {(0, 1): 1.0, (1, 0): 1.0, (1, 2): 2.0}


def test_a_ferry_takes_its_waiting_and_its_crossing(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (2000, 0)], [(0, 1, 2000, "ferry")])
    assert arc_set(road_graph(roads, sixty).arcs) == {(0, 1): 12.0, (1, 0): 12.0}


def test_of_parallel_roads_the_quicker_is_kept(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (1000, 0)], [(0, 1, 5000, "street"), (1, 0, 1000, "street")])
    assert arc_set(road_graph(roads, sixty).arcs) == {(0, 1): 1.0, (1, 0): 1.0}


def test_a_loop_back_to_the_same_junction_is_no_arc() -> None:
    arcs = arcs_of(2, np.array([0, 0]), np.array([0, 1]), np.array([3.0, 4.0]))
    assert arc_set(arcs) == {(0, 1): 4.0}


def test_a_signed_limit_goes_before_the_class(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (1000, 0)], [(0, 1, 1000, "street")], limit=30.0)
    assert road_graph(roads, sixty).link_minutes == pytest.approx([2.0])
