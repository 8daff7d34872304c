"""What goes round, and how its days are."""

from __future__ import annotations

import pytest

from luukku.errors import Contradiction
from luukku.outlook import default_parameters
from luukku.plan.routes.service import Day, clock, day_of, service_of, setting_of


@pytest.fixture
def vehicle():
    return service_of("vehicle", default_parameters())


def test_a_stop_is_open_for_its_visits_in_whole_quarters(vehicle):
    assert vehicle.visit == 20
    assert vehicle.stay_for(4.0) == 90
    assert vehicle.stay_for(9.0) == 180


def test_a_stop_with_few_visits_is_open_for_the_least_stay(vehicle):
    assert vehicle.stay_for(0.1) == vehicle.least_stay == 60


def test_two_counters_halve_the_time():
    changed = default_parameters().changed({"route.vehicle.counters": 2})

    assert service_of("vehicle", changed).stay_for(18.0) == 180


def test_officials_take_the_time_of_an_expert():
    parameters = default_parameters()

    assert service_of("duty_visit", parameters).visit == parameters["time.expert.minutes"]


@pytest.mark.parametrize(
    "changed",
    [
        {"route.vehicle.counters": 0},
        {"route.vehicle.staff": 0},
        {"time.adviser.minutes": 0},
        {"staff.hours": 0},
        {"route.vehicle.share": 1.5},
        {"route.day.from": 19},
        {"route.day.work": 0},
        {"open.to": 7},
        {"route.day.to": 25},
    ],
    ids=str,
)
def test_values_with_which_nothing_could_be_served_are_refused(changed):
    with pytest.raises(Contradiction):
        setting_of("vehicle", "weekly", 30.0, default_parameters().changed(changed))


def test_the_day_is_the_states_office_hours_and_half_an_hours_break():
    assert day_of(default_parameters()) == Day(420, 1080, 435, 30, 480, 975)


def test_what_weighs_is_shown_and_nothing_of_the_other_service():
    names = {each.name for each in setting_of("duty_visit", "weekly", 30.0, default_parameters()).assumptions}

    assert {"route.duty_visit.share", "route.day.work", "open.from", "wage.adviser", "time.expert.minutes"} <= names
    assert not any(name.startswith(("route.vehicle.", "time.adviser")) for name in names)


def test_times_of_day_are_written_as_people_read_them():
    assert (clock(485), clock(720)) == ("8:05", "12:00")
