"""Where stops are put."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.country.provenance import Source
from luukku.network.problem import Stop
from luukku.plan.routes.stops import choose_stops
from luukku.travel.times import TravelTimes

SOURCE = Source("computation", "test")


def times_of(minutes, horizon=120.0):
    minutes = np.array(minutes, dtype=np.float32)
    near = minutes <= horizon
    start = np.concatenate(([0], np.cumsum(near.sum(axis=1)))).astype(np.int64)
    return TravelTimes(start, np.nonzero(near)[1].astype(np.int32), minutes[near], minutes.shape[1], horizon, SOURCE)


def test_of_the_fewest_stops_the_one_nearest_to_the_people_is_taken():
    minutes = [[55, 58, 50], [10, 50, 40], [999, 5, 5]]

    stops, fewest = choose_stops(np.array([900.0, 10, 10]), times_of(minutes), 60.0, None, Stop())

    assert (stops, fewest) == ((1,), 1)


def test_moving_a_stop_loses_nobody():
    minutes = [[59, 59, 999], [5, 999, 999], [999, 999, 20]]

    stops, _ = choose_stops(np.array([1000.0, 1.0, 5.0]), times_of(minutes), 60.0, None, Stop())

    assert stops == (0, 2)


def test_nobody_near_any_place_gets_no_stop():
    assert choose_stops(np.array([5.0]), times_of([[90.0]]), 60.0, None, Stop()) == ((), 0)


def test_people_that_no_place_comes_near_do_not_hinder_the_others():
    stops, _ = choose_stops(np.array([5.0, 5.0]), times_of([[30.0, 999.0]]), 60.0, None, Stop())

    assert stops == (0,)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_stops_are_as_few_as_can_be_and_reach_everybody_reachable(data):
    sites, cells = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    minutes = np.array(
        data.draw(
            st.lists(
                st.lists(st.sampled_from([5, 30, 59, 61, 999]), min_size=cells, max_size=cells),
                min_size=sites,
                max_size=sites,
            )
        )
    )
    people = np.array(data.draw(st.lists(st.integers(0, 50), min_size=cells, max_size=cells)), dtype=np.float64)
    wanted = (minutes <= 60).any(axis=0) & (people > 0)

    stops, fewest = choose_stops(people, times_of(minutes), 60.0, None, Stop())

    reached = (minutes[list(stops)] <= 60).any(axis=0) if stops else np.zeros(cells, dtype=bool)
    assert (reached | ~wanted).all()
    least = min(
        n
        for n in range(sites + 1)
        for some in combinations(range(sites), n)
        if not wanted.any() or (n and ((minutes[list(some)] <= 60).any(axis=0) | ~wanted).all())
    )
    assert len(stops) == fewest == least


def test_so_many_stops_come_near_most_people():
    minutes = [[10, 999, 999], [999, 10, 999], [999, 999, 10]]

    stops, _ = choose_stops(np.array([5.0, 50.0, 500.0]), times_of(minutes), 60.0, 2, Stop())

    assert stops == (1, 2)
