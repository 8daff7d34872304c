"""Minutes between places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.plan.routes.between import minutes_between
from luukku.travel.times import TravelTimes

SOURCE = Source("computation", "test")
CELLS = Cells(
    code=np.array(["1", "2", "3"]),
    name=np.array(["a", "b", "c"]),
    municipality=np.array(["", "", ""]),
    people=np.ones(3),
    x=np.zeros(3),
    y=np.zeros(3),
    year=2022,
    source=SOURCE,
)


def sites(*codes):
    kinds = ["area" if code.startswith("A") else "centre" for code in codes]
    nothing = np.zeros(len(codes))
    return Sites(
        np.array(codes), np.array(codes), np.array(kinds), np.array([""] * len(codes)), nothing, nothing, SOURCE
    )


def times(minutes, horizon=120.0):
    minutes = np.array(minutes, dtype=np.float32)
    near = minutes <= horizon
    start = np.concatenate(([0], np.cumsum(near.sum(axis=1)))).astype(np.int64)
    return TravelTimes(start, np.nonzero(near)[1].astype(np.int32), minutes[near], 3, horizon, SOURCE)


def test_an_area_has_its_minutes_in_the_matrix():
    home, stop = sites("M1"), sites("A2", "A3")

    out = minutes_between(home, stop, CELLS, times([[5, 70, 90]]), times([[72, 5, 40], [88, 40, 5]]))

    assert out.tolist() == [[70, 90]]


def test_the_way_to_an_area_and_the_way_back_may_differ():
    both = sites("A1", "A2")
    minutes = times([[1, 30, 999], [50, 1, 999]])

    assert minutes_between(both, both, CELLS, minutes, minutes).tolist() == [[0, 50], [30, 0]]


def test_places_beyond_the_horizon_are_joined_through_an_area_between():
    out = minutes_between(sites("M1"), sites("A3"), CELLS, times([[5, 100, 999]]), times([[999, 90, 5]]))

    assert out == pytest.approx(np.array([[190.0]]))


def test_two_centres_are_joined_through_the_area_nearest_to_both():
    out = minutes_between(sites("M1"), sites("M2"), CELLS, times([[5, 60, 80]]), times([[64, 8, 20]]))

    assert out.tolist() == [[68]]


def test_without_a_road_there_is_no_way():
    out = minutes_between(sites("M1"), sites("A3"), CELLS, times([[5, 999, 999]]), times([[999, 999, 5]]))

    assert np.isinf(out).all()


def test_two_places_of_the_same_code_are_the_same_only_where_they_stand_together():
    home, stop = sites("7", "8"), sites("7")
    apart = replace(home, x=np.array([5000.0, 0.0]))

    out = minutes_between(apart, stop, CELLS, times([[10, 50, 60], [10, 50, 60]]), times([[70, 10, 60]]))
    together = minutes_between(home, stop, CELLS, times([[10, 50, 60], [10, 50, 60]]), times([[70, 10, 60]]))

    assert out.tolist() == [[60], [60]]
    assert together.tolist() == [[0], [60]]
