"""The bound on vehicle days holds whatever the plan."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rounds import fewest_then_shortest, on_a_map, task_of

from luukku.plan.routes.bound import fewest_days

PLACE = st.tuples(st.integers(-100, 100), st.integers(-100, 100))


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACE, min_size=2, max_size=5), st.data())
def test_no_plan_has_fewer_vehicle_days_than_the_bound(places, data):
    lasts = data.draw(st.lists(st.integers(10, 200), min_size=len(places) - 1, max_size=len(places) - 1))
    task = on_a_map(places, lasts, uneven=data.draw(st.integers(0, 20)))

    best = fewest_then_shortest(task)

    if best is not None:
        assert 1 <= fewest_days(task) <= best[0]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_it_holds_where_a_detour_is_quicker_than_the_direct_way(data):
    minute = st.integers(1, 150)
    minutes = [[0 if a == b else data.draw(minute) for b in range(5)] for a in range(5)]
    task = task_of(minutes, data.draw(st.lists(st.integers(10, 120), min_size=4, max_size=4)))

    best = fewest_then_shortest(task)

    if best is not None:
        assert fewest_days(task) <= best[0]


def test_long_stays_need_a_day_each():
    assert fewest_days(on_a_map([(0, 0), (5, 0), (6, 0), (7, 0)], [300, 300, 300])) == 3


def test_stops_on_opposite_sides_need_a_day_each():
    assert fewest_days(on_a_map([(0, 0), (110, 0), (-110, 0)], [60, 60])) == 2


def test_the_work_of_all_stops_is_packed_into_days():
    assert fewest_days(on_a_map([(0, 0)] + [(1, 0)] * 8, [140] * 8)) == 3


def test_no_calls_need_no_days():
    assert fewest_days(task_of([[0]], [])) == 0
