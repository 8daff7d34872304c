"""Minutes by public transport: feeds whose answers are known, and others by brute force."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.errors import Contradiction, Impossible
from luukku.travel.gtfs import read_gtfs
from luukku.travel.transit import Walking, transit_times

from .conftest import cells_at, sites_at
from .feeds import clock, place, tables, write

MONDAY = date(2026, 6, 1)
METRE_A_SECOND = Walking(km_h=3.6, detour=1.0, most_metres=600.0, change_metres=300.0, change_minutes=2.0)
"""Places on the spot of a stop walk no time, and those 300 m away five minutes."""


@pytest.fixture
def minutes(tmp_path: Path):
    """Median minutes by (site, cell) over a feed, cells and sites given by their metres from the origin."""

    def compute(files, sites, cells, window=(9.0, 10.0), horizon=120.0, walking=METRE_A_SECOND, day=MONDAY, **more):  # noqa: PLR0917 - a short-hand of these tests
        feed = read_gtfs(write(tmp_path / "feed.zip", files))
        times = transit_times(
            feed,
            sites_at(*(place(*at) for at in sites)),
            cells_at(*(place(*at) for at in cells)),
            horizon,
            day=day,
            window=window,
            walking=walking,
            **more,
        )
        return {
            (site, cell): minute
            for site in range(len(sites))
            for cell, minute in zip(*(part.tolist() for part in times.of(site)), strict=True)
        }

    return compute


def every(minutes: int, first: str = "06:00:00", count: int = 60) -> list[int]:
    hours, least, _ = (int(part) for part in first.split(":"))
    return [hours * 3600 + least * 60 + 60 * minutes * number for number in range(count)]


def shuttle(places: list[str], ride_minutes: int, departures: list[int], name: str = "") -> dict:
    return {
        f"{name}{start}": [(stop, clock(start + 60 * ride_minutes * leg)) for leg, stop in enumerate(places)]
        for start in departures
    }


def test_a_bus_every_ten_minutes_makes_one_wait_four_and_a_half(minutes) -> None:
    # Setting out at 0, 1, ..., 9 minutes past a departure one waits 0, 9, 8, ..., 1 minutes: the lower median is 4.
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    assert minutes(files, [(20_000, 0)], [(0, 0)]) == {(0, 0): 24.0}


def test_the_walk_to_the_stop_and_from_it_count(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(1, count=400)))
    assert minutes(files, [(20_300, 0)], [(-599, 0), (-602, 0)]) == {(0, 0): 35.0}


def test_it_is_the_way_to_the_point_and_not_back(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    assert minutes(files, [(0, 0)], [(20_000, 0)]) == {}


def test_who_lives_near_walks_all_the_way_when_that_is_quicker(minutes) -> None:
    files = tables({"a": (0, 0), "b": (300, 0)}, shuttle(["a", "b"], 1, every(60)))
    assert minutes(files, [(300, 0)], [(0, 0)]) == {(0, 0): 5.0}


def test_a_change_takes_its_time_and_a_missed_bus_its_interval(minutes) -> None:
    places = {"a": (0, 0), "b": (20_000, 0), "c": (40_000, 0)}
    onward = {gap: shuttle(["b", "c"], 10, every(60, f"06:{20 + gap}:00"), "x") for gap in (2, 1)}
    reached = {
        gap: minutes(tables(places, shuttle(["a", "b"], 20, every(60)) | trips), [(40_000, 0)], [(0, 0)], horizon=200)
        for gap, trips in onward.items()
    }
    # Half an hour is the least that half of the minutes of an hour wait for the bus on the hour (the lower median 29).
    assert reached[2] == {(0, 0): 29.0 + 20 + 2 + 10}
    assert reached[1] == {(0, 0): 29.0 + 20 + 61 + 10}


def test_who_stays_on_the_bus_needs_no_time_to_change(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0), "c": (40_000, 0)}, shuttle(["a", "b", "c"], 10, every(60)))
    assert minutes(files, [(40_000, 0)], [(0, 0)], horizon=200) == {(0, 0): 49.0}


def test_one_walks_between_stops_to_change_but_not_on_from_there_to_a_third(minutes) -> None:
    places = {"a": (0, 0), "b": (20_000, 0), "c": (20_200, 0), "d": (20_400, 0), "e": (50_000, 0)}
    first = shuttle(["a", "b"], 10, every(1, count=400), "f")
    from_c = tables(places, first | shuttle(["c", "e"], 10, every(1, count=400)))
    from_d = tables(places, first | shuttle(["d", "e"], 10, every(1, count=400)))
    assert minutes(from_c, [(50_000, 0)], [(0, 0)]) == {(0, 0): 10.0 + 6 + 10}  # 200 s and 2 min: the next whole minute
    assert minutes(from_d, [(50_000, 0)], [(0, 0)]) == {}


def test_the_feeds_own_changes_are_kept(minutes) -> None:
    places = {"a": (0, 0), "b": (20_000, 0), "c": (40_000, 0)}
    trips = shuttle(["a", "b"], 10, every(1, count=400), "f") | shuttle(["b", "c"], 10, every(1, count=400))
    head = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"
    slow = tables(places, trips) | {"transfers.txt": head + "b,b,2,600\n"}
    never = tables(places, trips) | {"transfers.txt": head + "b,b,3,\n"}
    assert minutes(tables(places, trips), [(40_000, 0)], [(0, 0)]) == {(0, 0): 22.0}
    assert minutes(slow, [(40_000, 0)], [(0, 0)]) == {(0, 0): 30.0}
    assert minutes(never, [(40_000, 0)], [(0, 0)]) == {}


def test_buses_of_yesterday_run_on_past_midnight(minutes) -> None:
    trips = {f"n{minute}": [("a", f"24:{minute:02d}:00"), ("b", f"25:{minute:02d}:00")] for minute in range(60)}
    files = tables({"a": (0, 0), "b": (20_000, 0)}, trips)
    assert minutes(files, [(20_000, 0)], [(0, 0)], window=(0.0, 1.0)) == {(0, 0): 60.0}
    files["calendar.txt"] = files["calendar.txt"].replace("1,1,1,1,1,1,1", "1,1,1,1,1,1,0")
    files["calendar_dates.txt"] = "service_id,date,exception_type\n"
    assert minutes(files, [(20_000, 0)], [(0, 0)], window=(0.0, 1.0)) == {}


def test_a_window_that_ends_at_midnight_sees_tomorrows_buses(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 10, every(1, "00:00:00", 60)))
    assert minutes(files, [(20_000, 0)], [(0, 0)], window=(23.0, 24.0)) == {(0, 0): 10.0 + 30}


def test_repeated_trips_leave_at_every_interval(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, {"t": [("a", "00:00:00"), ("b", "00:20:00")]})
    files["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs\nt,06:00:00,12:00:00,600\n"
    assert minutes(files, [(20_000, 0)], [(0, 0)]) == {(0, 0): 24.0}


def test_where_nobody_gets_on_or_off_nobody_does(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    head, *rows = files["stop_times.txt"].splitlines()
    for shut in (",1,0", ",0,1"):
        files["stop_times.txt"] = "\n".join([f"{head},pickup_type,drop_off_type", *(row + shut for row in rows)])
        assert minutes(files, [(20_000, 0)], [(0, 0)]) == {}


def test_a_bus_for_less_than_half_of_the_time_is_none(minutes) -> None:
    places = {"a": (0, 0), "b": (20_000, 0)}
    half = tables(places, shuttle(["a", "b"], 10, every(1, "09:00:00", 30)))
    less = tables(places, shuttle(["a", "b"], 10, every(1, "09:00:00", 29)))
    assert minutes(half, [(20_000, 0)], [(0, 0)]) == {(0, 0): 10.0}
    assert minutes(less, [(20_000, 0)], [(0, 0)]) == {}


def test_a_trip_on_the_horizon_counts_and_one_beyond_does_not(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(1, count=400)))
    assert minutes(files, [(20_000, 0)], [(0, 0)], horizon=20.0) == {(0, 0): 20.0}
    assert minutes(files, [(20_000, 0)], [(0, 0)], horizon=19.9) == {}


def test_the_busiest_weekday_is_taken_when_none_is_told(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    files["calendar.txt"] = files["calendar.txt"].replace("1,1,1,1,1,1,1", "0,0,1,0,0,0,1")
    assert minutes(files, [(20_000, 0)], [(0, 0)], day=None) == {(0, 0): 24.0}


def test_a_day_without_traffic_is_told_with_the_days_there_are(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    with pytest.raises(Impossible, match=r"Nothing runs on 2027-06-01 in feed\.zip.*2026-01-01 to 2026-12-31"):
        minutes(files, [(20_000, 0)], [(0, 0)], day=date(2027, 6, 1))
    files["calendar.txt"] = files["calendar.txt"].replace("1,1,1,1,1,1,1", "0,0,0,0,0,0,0")
    with pytest.raises(Impossible, match="No service of the timetable ever runs"):
        minutes(files, [(20_000, 0)], [(0, 0)], day=None)


@pytest.mark.parametrize("window", [(9.0, 9.0), (10.0, 9.0), (-1.0, 9.0), (9.0, 25.0), (math.nan, 9.0)])
def test_a_window_that_is_none_is_refused(window, minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    with pytest.raises(Contradiction, match="hours from 0 to 24"):
        minutes(files, [(20_000, 0)], [(0, 0)], window=window)


@pytest.mark.parametrize("horizon", [0.0, -5.0, math.nan, 1440.0])
def test_a_horizon_that_is_none_is_refused(horizon, minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    with pytest.raises(Contradiction, match="horizon"):
        minutes(files, [(20_000, 0)], [(0, 0)], horizon=horizon)


@pytest.mark.parametrize("wrong", [{"km_h": 0.0}, {"detour": -1.0}, {"change_minutes": 0.0}, {"km_h": math.nan}])
def test_walking_that_leads_nowhere_is_refused(wrong) -> None:
    with pytest.raises(Contradiction, match="above 0"):
        Walking(**wrong)


def test_many_sites_are_searched_from_in_batches_and_told(minutes) -> None:
    files = tables({"a": (0, 0), "b": (20_000, 0)}, shuttle(["a", "b"], 20, every(10)))
    told: list[tuple[int, int]] = []
    found = minutes(files, [(20_000, 0)] * 70, [(0, 0)], progress=lambda *done: told.append(done))
    assert found == {(site, 0): 24.0 for site in range(70)}
    assert told[-1] == (70, 70)
    assert len(told) > 1


# Brute force: for each instant, board whatever can be boarded until nothing gets any earlier.

SPOTS = [0, 200, 400, 20_000, 20_200, 40_000]
"""Metres of the stops s0 to s5 along a line."""


@st.composite
def timetables(draw):
    trips = {}
    for number in range(draw(st.integers(1, 7))):
        stops = draw(st.lists(st.integers(0, 5), min_size=2, max_size=4))
        now = draw(st.integers(8 * 60 + 50, 9 * 60 + 25)) * 60
        calls = []
        for stop in stops:
            stay = draw(st.sampled_from([0, 0, 30, 120]))
            calls.append((stop, now, now + stay))
            now += stay + draw(st.sampled_from([0, 45, 180, 600]))
        trips[f"t{number}"] = calls
    shut = draw(st.sets(st.tuples(st.sampled_from(sorted(trips)), st.integers(0, 3), st.sampled_from(["on", "off"]))))
    return trips, shut, draw(st.sampled_from([15.0, 40.0]))


def earliest(trips, shut, out: int, cell: int, site: int) -> float:
    walk = METRE_A_SECOND
    ready = {stop: out + abs(at - cell) for stop, at in enumerate(SPOTS) if abs(at - cell) <= walk.most_metres}
    best = out + abs(site - cell) if abs(site - cell) <= walk.most_metres else math.inf
    while True:
        before = dict(ready)
        for trip, calls in trips.items():
            riding = False
            for number, (stop, arrival, departure) in enumerate(calls):
                if riding and (trip, number, "off") not in shut:
                    if abs(SPOTS[stop] - site) <= walk.most_metres:
                        best = min(best, arrival + abs(SPOTS[stop] - site))
                    for other, at in enumerate(SPOTS):
                        if abs(at - SPOTS[stop]) <= walk.change_metres:
                            change = arrival + abs(at - SPOTS[stop]) + 120
                            ready[other] = min(ready.get(other, change), change)
                if (trip, number, "on") not in shut and ready.get(stop, math.inf) <= departure:
                    riding = True
        if ready == before:
            return best


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=timetables())
def test_the_median_is_that_of_brute_force(case, minutes) -> None:
    trips, shut, horizon = case
    files = tables({f"s{number}": (at, 0) for number, at in enumerate(SPOTS)}, {"t0": []})
    files["trips.txt"] = "trip_id,service_id\n" + "".join(f"{trip},daily\n" for trip in trips)
    files["stop_times.txt"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
    for trip, calls in trips.items():
        for number, (stop, arrival, departure) in enumerate(calls):
            on, off = (int((trip, number, door) in shut) for door in ("on", "off"))
            files["stop_times.txt"] += f"{trip},{clock(arrival)},{clock(departure)},s{stop},{number},{on},{off}\n"
    places = [-300, 300, 20_100, 40_500]
    found = minutes(files, [(at, 0) for at in places], [(at, 0) for at in places], (9.0, 9.25), horizon)
    expected = {}
    for site, to in enumerate(places):
        for cell, start in enumerate(places):
            trip = sorted(earliest(trips, shut, out, start, to) - out for out in range(9 * 3600, 9 * 3600 + 900, 60))
            if trip[7] <= horizon * 60:
                expected[site, cell] = float(np.float32(trip[7] / 60))
    assert found == expected
