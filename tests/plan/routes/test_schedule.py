"""A trip's times of day."""

from __future__ import annotations

from rounds import faults, on_a_map

from luukku.plan.routes.schedule import timetable
from luukku.plan.routes.solve import Trip


def test_a_short_day_leaves_as_late_as_the_first_stop_allows_and_has_no_break():
    task = on_a_map([(0, 0), (30, 0)], [80])

    table = timetable(task, Trip(0, (0,)))

    assert (table.leaves, table.returns, table.rest) == (450, 590, None)
    assert (table.calls[0].arrives, table.calls[0].begins, table.calls[0].leaves) == (480, 480, 560)
    assert (table.drive, table.work) == (60, 140)


def test_a_day_of_more_than_six_hours_has_a_break_near_its_middle():
    task = on_a_map([(0, 0), (60, 0)], [270])

    table = timetable(task, Trip(0, (0,)))

    assert table.work == 390
    assert table.rest == (615, 645)
    assert table.calls[0].leaves - table.calls[0].begins == 300
    assert table.returns - table.leaves == 420


def test_a_break_between_stops_is_taken_at_the_nearer_one():
    task = on_a_map([(0, 0), (60, 0), (110, 0)], [100, 70])

    table = timetable(task, Trip(0, (0, 1)))

    first, second = table.calls
    assert (first.leaves, second.arrives) == (580, 630)
    assert table.rest == (630, 660)
    assert second.leaves == 730
    assert faults(task, Trip(0, (0, 1)), table) == []


def test_waiting_for_a_late_opening_is_kept_as_short_as_can_be():
    task = on_a_map([(0, 0), (20, 0), (30, 0)], [60, 60], opens=[480, 700])

    table = timetable(task, Trip(0, (0, 1)))

    assert table.calls[1].begins == table.calls[1].arrives == 700
    assert table.calls[0].leaves == 690
    assert table.work == 60 + 120


def test_waiting_that_cannot_be_avoided_is_work():
    task = on_a_map([(0, 0), (20, 0), (30, 0)], [60, 60], opens=[480, 700], closes=[580, 975])

    table = timetable(task, Trip(0, (0, 1)))

    assert table.calls[0].leaves <= 550
    assert table.calls[1].begins - table.calls[1].arrives == 140
    assert table.work == 20 + 60 + 10 + 140 + 60 + 30
