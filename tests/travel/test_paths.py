"""Shortest paths from cells to points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.travel.access import Access
from luukku.travel.graph import road_graph
from luukku.travel.paths import travel_times
from luukku.travel.speeds import Speeds

from .conftest import cells_at, roads_of, sites_at

FAR = 1e6
"""Made-up junctions lie so far apart, and on a bow, that only links join them and no link passes a third one."""


def minutes_of(times, site=0):
    cells, minutes = times.of(site)
    return dict(zip(cells.tolist(), minutes.tolist(), strict=True))


def spread(count):
    return [(FAR * i, FAR * i * i) for i in range(count)]


def test_the_way_goes_from_the_cell_to_the_point_against_no_one_way_street(sixty: Speeds, on_the_spot: Access) -> None:
    # A ring of one-way streets 0 -> 1 -> 2 -> 0: from the cell at 2 it is one link to the point at 0, from 1 it is two.
    nodes = spread(3)
    roads = roads_of(nodes, [(0, 1, 1000, "street"), (1, 2, 2000, "street"), (2, 0, 4000, "street")], one_way=[0, 1, 2])
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 60.0, access=on_the_spot)
    assert minutes_of(times) == {0: 0.0, 1: pytest.approx(6.0), 2: pytest.approx(4.0)}


def test_a_ferry_makes_people_wait_once_a_crossing(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(3)
    roads = roads_of(nodes, [(0, 1, 1000, "cable_ferry"), (1, 2, 3000, "connecting")])
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 60.0, access=on_the_spot)
    assert minutes_of(times) == {0: 0.0, 1: pytest.approx(11.0), 2: pytest.approx(14.0)}


def test_what_no_road_joins_is_absent(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(4)
    roads = roads_of(nodes, [(0, 1, 1000, "street"), (2, 3, 1000, "street")])
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 60.0, access=on_the_spot)
    assert set(minutes_of(times)) == {0, 1}


def test_what_lies_beyond_the_horizon_is_absent_and_what_lies_on_it_is_not(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(3)
    roads = roads_of(nodes, [(0, 1, 10_000, "street"), (1, 2, 1, "street")])
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 10.0, access=on_the_spot)
    assert set(minutes_of(times)) == {0, 1}


def test_a_link_of_no_length_joins_two_junctions_all_the_same(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(3)
    roads = roads_of(nodes, [(0, 1, 0, "joint"), (1, 2, 1000, "street")])
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 60.0, access=on_the_spot)
    assert minutes_of(times) == {0: 0.0, 1: pytest.approx(0.0), 2: pytest.approx(1.0)}


def test_parking_and_walking_come_on_top_of_every_trip(sixty: Speeds) -> None:
    nodes = spread(2)
    roads = roads_of(nodes, [(0, 1, 1000, "street")])
    access = Access(door_minutes=5.0, spots=1, most_metres=10.0, direct_metres=0.0)
    times = travel_times(road_graph(roads, sixty), sites_at(nodes[0]), cells_at(*nodes), 60.0, access=access)
    assert minutes_of(times) == {0: 5.0, 1: pytest.approx(6.0)}


def test_two_places_along_one_long_road_need_not_drive_to_its_ends(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (100_000, 0)], [(0, 1, 100_000, "regional")])
    access = Access(door_minutes=0.0, most_metres=5_000.0, direct_metres=0.0)
    times = travel_times(road_graph(roads, sixty), sites_at((40_000, 0)), cells_at((60_000, 0)), 60.0, access=access)
    assert minutes_of(times) == {0: pytest.approx(20.0)}


def test_neighbours_go_straight_to_each_other(sixty: Speeds) -> None:
    roads = roads_of([(0, 0), (50_000, 0)], [(0, 1, 50_000, "regional")])
    access = Access(door_minutes=0.0, detour=1.0, local_km_h=60.0, most_metres=20_000.0, direct_metres=1_500.0)
    times = travel_times(road_graph(roads, sixty), sites_at((0, 9_000)), cells_at((1_000, 9_000)), 60.0, access=access)
    assert minutes_of(times) == {0: pytest.approx(1.0)}


def test_nobody_drives_through_another_cell(sixty: Speeds) -> None:
    # Two roads end 1.2 km apart; the cell between them is near both, but is not a road.
    roads = roads_of(
        [(0, 0), (20_000, 0), (21_200, 0), (41_200, 0)], [(0, 1, 20_000, "regional"), (2, 3, 20_000, "regional")]
    )
    access = Access(door_minutes=0.0, most_metres=5_000.0, direct_metres=0.0)
    times = travel_times(
        road_graph(roads, sixty), sites_at((0, 0)), cells_at((20_600, 0), (41_200, 0)), 200.0, access=access
    )
    assert set(minutes_of(times)) == {0}


def test_progress_is_told_up_to_the_last_site(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(70)
    roads = roads_of(nodes, [(i, i + 1, 1000, "street") for i in range(69)])
    told: list[tuple[int, int]] = []
    travel_times(
        road_graph(roads, sixty),
        sites_at(*nodes),
        cells_at(nodes[0]),
        120.0,
        access=on_the_spot,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == sorted(told)
    assert len(told) > 1
    assert told[-1] == (70, 70)


def test_others_can_do_the_work_in_any_order(sixty: Speeds, on_the_spot: Access) -> None:
    nodes = spread(70)
    graph = road_graph(roads_of(nodes, [(i, i + 1, 1000, "street") for i in range(69)]), sixty)

    def last_first(work, shared, batches):
        assert len(batches) > 1
        for batch in reversed(batches):
            yield batch, work(shared, batch)

    by_others, by_us = (
        travel_times(graph, sites_at(*nodes), cells_at(*nodes), 60.0, access=on_the_spot, **chosen)
        for chosen in ({"workers": last_first}, {})
    )
    for part in ("start", "cell", "minutes"):
        np.testing.assert_array_equal(getattr(by_others, part), getattr(by_us, part))


@st.composite
def networks(draw):
    nodes = draw(st.integers(2, 9))
    link = st.tuples(
        st.integers(0, nodes - 1),
        st.integers(0, nodes - 1),
        st.integers(0, 40_000).map(float),
        st.sampled_from(["street", "regional", "ferry"]),
    )
    links = draw(st.lists(link, min_size=1, max_size=20))
    one_way = draw(st.lists(st.integers(0, len(links) - 1), unique=True, max_size=len(links)))
    return nodes, links, one_way, draw(st.sampled_from([5.0, 30.0, 120.0]))


def by_floyd_warshall(nodes, links, one_way):
    minutes = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(minutes, 0.0)
    for number, (a, b, metres, kind) in enumerate(links):
        cost = metres / 1000.0 + (10.0 if kind == "ferry" else 0.0)
        minutes[a, b] = min(minutes[a, b], cost)
        if number not in one_way:
            minutes[b, a] = min(minutes[b, a], cost)
    for k in range(nodes):
        minutes = np.minimum(minutes, minutes[:, k : k + 1] + minutes[k : k + 1, :])
    return minutes


@settings(deadline=None, max_examples=150)
@given(networks())
def test_the_minutes_are_those_of_all_pairs_by_brute_force(network) -> None:
    nodes, links, one_way, horizon = network
    speed = np.full(9, 60.0)
    speeds = Speeds(speed, speed, np.array([0.0] * 7 + [10.0] * 2), np.ones(9), ("",) * 9)
    access = Access(door_minutes=0.0, spots=1, most_metres=10.0, direct_metres=0.0)
    touched = sorted({node for link in links for node in link[:2]})
    places = spread(nodes)
    at = [places[node] for node in touched]
    times = travel_times(
        road_graph(roads_of(places, links, one_way=one_way), speeds),
        sites_at(*at),
        cells_at(*at),
        horizon,
        access=access,
    )
    expected = by_floyd_warshall(nodes, links, one_way)
    for site, to in enumerate(touched):
        found = minutes_of(times, site)
        for cell, start in enumerate(touched):
            if expected[start, to] < horizon - 1e-6:
                assert found[cell] == pytest.approx(expected[start, to], abs=1e-4)
            elif expected[start, to] > horizon + 1e-6:
                assert cell not in found
