"""Which vehicle calls where: compared with trying everything, and checked against every rule."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import DAY, driving, faults, fewest_then_shortest, fewest_vehicles, fits, on_a_map, task_of

from luukku.network.problem import Stop
from luukku.plan.routes.schedule import timetable
from luukku.plan.routes.service import Day
from luukku.plan.routes.solve import search

PLACE = st.tuples(st.integers(-110, 110), st.integers(-110, 110))


def searched(task, *, vehicles=None, seed=0, stop=None):
    return search(task, vehicles=vehicles, seed=seed, stop=stop or Stop(60))


@st.composite
def small_tasks(draw, most=4, homes=1):
    calls = draw(st.integers(1, most))
    places = draw(st.lists(PLACE, min_size=calls + homes, max_size=calls + homes))
    lasts = draw(st.lists(st.integers(4, 16).map(lambda n: 15 * n), min_size=calls, max_size=calls))
    opens = draw(st.lists(st.integers(8, 11).map(lambda h: 60 * h), min_size=calls, max_size=calls))
    return on_a_map(places, lasts, homes=homes, uneven=draw(st.integers(0, 9)), opens=opens)


@settings(max_examples=40, deadline=None)
@given(small_tasks())
def test_small_rounds_are_as_good_as_trying_everything(task):
    found = searched(task)

    made = [call for trip in found.trips for call in trip.calls]
    possible = [call for call in range(task.calls) if fits(task, 0, [call])]
    assert sorted(made) == possible
    if len(possible) == task.calls:
        days, drive = fewest_then_shortest(task)
        assert found.days_bound <= days == len(found.trips)
        assert drive == sum(driving(task, trip.home, trip.calls) for trip in found.trips)


@settings(max_examples=40, deadline=None)
@given(small_tasks(homes=2), st.integers(1, 2))
def test_small_fleets_are_as_small_as_trying_everything(task, days):
    task = replace(task, days=days)
    found = searched(task)

    best = fewest_vehicles(task)
    if best is not None:
        vehicles = sum(-(-number // days) for number in Counter(trip.home for trip in found.trips).values())
        assert found.vehicles_bound <= best[0] == vehicles
        assert found.days_bound <= len(found.trips)


@settings(max_examples=15, deadline=None)
@given(st.lists(PLACE, min_size=3, max_size=7, unique=True), st.integers(0, 9))
def test_the_tour_of_a_long_day_is_the_shortest(places, uneven):
    long_day = Day(begins=0, ends=1440, work=1440, rest=0, opens=0, closes=1440)
    task = on_a_map(places, [1] * (len(places) - 1), uneven=uneven, day=long_day)

    found = searched(task)

    tours = [driving(task, 0, order) for order in permutations(range(task.calls))]
    if min(tours) + task.calls <= 1440:
        assert len(found.trips) == found.days_bound == 1
        assert driving(task, 0, found.trips[0].calls) == min(tours)


@settings(max_examples=40, deadline=None)
@given(small_tasks(most=9, homes=3))
def test_no_trip_breaks_a_rule_and_no_call_is_lost(task):
    found = searched(task)

    made = [call for trip in found.trips for call in trip.calls]
    assert sorted([*made, *found.unmade]) == list(range(task.calls))
    assert all(not any(fits(task, home, [call]) for home in range(3)) for call in found.unmade)
    assert len(found.trips) >= found.days_bound
    for trip in found.trips:
        assert faults(task, trip, timetable(task, trip)) == []


@settings(max_examples=25, deadline=None)
@given(small_tasks(most=8, homes=3), st.integers(1, 3))
def test_there_are_never_more_vehicles_than_asked(task, vehicles):
    task = task_of(task.minutes, task.lasts, homes=3, opens=task.opens, days=1)

    found = searched(task, vehicles=vehicles)

    assert len(found.trips) <= vehicles
    assert len(found.trips) + len(found.unmade) >= min(task.calls, 1)


def test_the_same_seed_gives_the_same_rounds():
    places = [(x * 17 % 200 - 100, x * 53 % 190 - 95) for x in range(20)]
    task = on_a_map(places, [90] * 16, homes=4)

    assert searched(task, seed=3).trips == searched(task, seed=3).trips


def test_when_time_is_short_the_calls_of_most_people_are_made():
    task = on_a_map([(0, 0), (60, 0), (-60, 0)], [240, 240], days=1, worth=[50.0, 900.0])

    found = searched(task, vehicles=1)

    assert [trip.calls for trip in found.trips] == [(1,)]
    assert found.unmade == (0,)
    assert (found.days_bound, found.vehicles_bound) == (2, 2)


def test_a_vehicle_is_saved_when_another_has_days_left():
    # Both homes are near one stop each, and either can serve both on different days.
    task = on_a_map([(0, 0), (100, 0), (0, 10), (100, 10)], [220, 220], homes=2, days=5)

    found = searched(task)

    assert len(found.trips) == 2
    assert len({trip.home for trip in found.trips}) == found.vehicles_bound == 1


def test_a_call_too_far_for_a_working_day_is_left_unmade():
    task = on_a_map([(0, 0), (190, 0), (30, 0)], [60, 60])

    assert searched(task).unmade == (0,)


def test_nothing_to_do_takes_no_vehicle():
    assert searched(task_of([[0]], [])).trips == ()


def test_calls_that_nobody_can_make_take_no_vehicle():
    found = searched(on_a_map([(0, 0), (300, 0)], [60]))

    assert (found.trips, found.unmade, found.days_bound) == ((), (0,), 0)


def test_whoever_asks_to_stop_gets_rounds_that_keep_every_rule():
    asked = threading.Event()
    asked.set()
    task = on_a_map([(0, 0), (30, 0), (40, 0), (50, 5)], [60, 60, 60])

    found = searched(task, stop=Stop(60, asked=asked))

    assert found.stopped_by == "asked"
    assert found.unmade == ()
    assert [faults(task, trip, timetable(task, trip)) for trip in found.trips] == [[]] * len(found.trips)


def test_a_time_limit_is_told():
    task = on_a_map([(0, 0), (30, 0), (40, 0)], [60, 60])

    assert searched(task, stop=Stop(1e-9)).stopped_by == "time"
    assert searched(task).stopped_by == "searched"


def test_progress_is_told_with_the_bound():
    told = []
    task = on_a_map([(0, 0), (30, 0), (40, 0)], [60, 60])

    searched(task, stop=Stop(60, tell=told.append))

    assert told
    assert all(each.bound <= each.value for each in told)


@pytest.mark.parametrize("opens", [600, 780])
def test_a_stop_that_opens_late_is_not_begun_before(opens):
    task = on_a_map([(0, 0), (20, 0), (30, 0)], [60, 60], opens=[480, opens])

    [trip] = searched(task).trips

    begins = {timed.call: timed.begins for timed in timetable(task, trip).calls}
    assert begins[1] >= opens
    assert faults(task, trip, timetable(task, trip)) == []
    assert DAY.opens <= begins[0]
