"""On which days trips go."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from luukku.plan.routes.calendar import calendar
from luukku.plan.routes.solve import Trip


@given(st.lists(st.integers(0, 2), max_size=60), st.sampled_from([1, 2]), st.randoms())
def test_a_vehicle_goes_out_once_a_day_and_its_weeks_are_even(homes, weeks, dice):
    trips = [Trip(home, (number,)) for number, home in enumerate(homes)]
    work = [dice.randint(60, 435) for _ in trips]

    slots = calendar(trips, work, list(range(len(trips))), weeks)

    assert len({(slot.vehicle, slot.week, slot.weekday) for slot in slots}) == len(trips)
    assert all(0 <= slot.week < weeks and 0 <= slot.weekday < 5 for slot in slots)
    home_of = {slot.vehicle: trip.home for slot, trip in zip(slots, trips, strict=True)}
    assert all(home_of[slot.vehicle] == trip.home for slot, trip in zip(slots, trips, strict=True))
    needed = sum(-(-number // (5 * weeks)) for number in Counter(homes).values())
    assert len(home_of) == needed
    by_week = defaultdict(Counter)
    for slot in slots:
        by_week[slot.vehicle][slot.week] += 1
    assert all(max(c.values()) - min(c[w] for w in range(weeks)) <= 1 for c in by_week.values())


@given(st.lists(st.integers(60, 435), min_size=2, max_size=10))
def test_the_work_of_two_weeks_differs_by_no_more_than_the_longest_trip(work):
    slots = calendar([Trip(0, (n,)) for n in range(len(work))], work, list(range(len(work))), 2)

    weeks = [sum(w for w, slot in zip(work, slots, strict=True) if slot.week == week) for week in (0, 1)]
    assert abs(weeks[0] - weeks[1]) <= max(work)


def test_a_vehicles_days_are_spread_over_the_week():
    slots = calendar([Trip(0, (0,)), Trip(0, (1,)), Trip(0, (2,))], [9, 8, 7], [0, 1, 2], 1)

    assert sorted(slot.weekday for slot in slots) == [0, 2, 4]


def test_two_vehicles_call_at_the_same_stop_on_different_days():
    trips = [Trip(0, (0,)), Trip(1, (1,)), Trip(1, (2,))]

    slots = calendar(trips, [400, 400, 400], [7, 7, 8], 1)

    assert slots[0].weekday != slots[1].weekday
