"""Rounds for a small country on one road, whose distances are known by heart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from small_country import HORIZON, KM, PEOPLE, SOURCE, minutes_of

from luukku.country.model import Sites
from luukku.errors import Contradiction, Impossible
from luukku.outlook import default_parameters
from luukku.plan import make_plan
from luukku.plan.routes import make_routes
from luukku.travel.times import TravelTimes

OVER = 3_000 + 900 + 12_000 + 4_000 + 500
"""People beyond km 60 on the mainland: the only point is at km 0."""


@pytest.fixture
def centre(evaluated):
    return evaluated("centres")


@pytest.fixture
def routed(country):
    def made(found, parameters=None, **asked):
        changed = default_parameters().changed(parameters or {})
        return make_routes(found, country=country, times_of=minutes_of, parameters=changed, **asked)

    return made


def places(*kilometres):
    count = len(kilometres)
    return Sites(
        code=np.array([f"km{at}" for at in kilometres]),
        name=np.array([f"Paikka {at}" for at in kilometres]),
        kind=np.full(count, "own"),
        municipality=np.full(count, ""),
        x=300_000.0 + 1000 * np.array(kilometres, dtype=np.float64),
        y=np.full(count, 6_800_000.0),
        source=SOURCE,
    )


def test_one_stop_comes_near_everybody_and_stands_where_trips_are_shortest(centre, routed):
    made = routed(centre)

    assert made.over == OVER
    assert [stop.code for stop in made.stops] == ["A10006"]
    assert made.reached == OVER
    assert made.stops[0].people == OVER
    assert made.left == ()


def test_people_near_a_stop_are_counted(centre, routed):
    made = routed(centre)

    assert made.reached_near == PEOPLE[[4, 5, 6]].sum()
    assert made.stops[0].near == made.reached_near
    assert routed(centre, near=25.0).reached_near == PEOPLE[[5, 6]].sum()


def test_a_stop_too_busy_for_its_week_is_called_at_every_day_and_says_what_does_not_fit(centre, routed):
    [stop] = routed(centre).stops

    visits = 2e6 * OVER / (5.5e6 * 47) * 0.5
    assert stop.visits_a_week == pytest.approx(visits, abs=0.01)
    assert (stop.calls, stop.open_a_week) == (5, 5 * 210 / 60)
    assert stop.short_a_week == pytest.approx(visits - 5 * 210 / 20, abs=0.01)


def test_people_too_far_for_a_working_day_are_told(centre, routed):
    made = routed(centre, {"route.day.work": 4})

    assert made.reached == 3_000 + 900 + 12_000
    [left] = made.left
    assert (left.why, left.people, left.names) == ("too_far", 4_500, ("Kylä 7", "Kylä 8"))


def test_a_day_too_short_for_any_stop_is_told_in_words(centre, routed):
    with pytest.raises(Impossible, match=r"working day is too short.*100 min together.*90 min of work"):
        routed(centre, {"route.day.work": 1.5})


def test_people_whom_no_place_comes_near_are_told(centre, routed):
    made = routed(centre, places=places(60))

    assert [(left.why, left.people) for left in made.left] == [("no_stop", 4_500)]


def test_places_that_come_near_nobody_are_refused(centre, routed):
    with pytest.raises(Impossible, match="None of the 1 places"):
        routed(centre, places=places(0))


def test_places_named_by_the_planner_that_cannot_be_used_are_told_one_by_one(centre, routed):
    made = routed(centre, places=places(100, 175, 390, 600), parameters={"route.day.work": 6})

    assert [(each.code, each.why, each.minutes) for each in made.refused] == [
        ("km175", "too_far", 350),
        ("km390", "too_far", None),
        ("km600", "no_road", None),
    ]
    assert [stop.code for stop in made.stops] == ["km100"]


def test_a_vehicle_may_stand_elsewhere_than_at_a_point(centre, routed):
    made = routed(centre, homes=places(150))

    assert {vehicle.home for vehicle in made.vehicles} == {"km150"}
    assert {each.drive for each in made.rounds} == {100}


def test_duty_visits_go_to_municipal_centres(centre, routed):
    made = routed(centre, kind="duty_visit")

    assert {stop.code for stop in made.stops} == {"M004"}
    assert not made.permanent_funding
    assert routed(centre).permanent_funding


def test_so_many_stops_leave_the_others_out(centre, routed):
    made = routed(centre, stops=1, places=places(60, 150))

    assert [stop.code for stop in made.stops] == ["km150"]
    assert made.reached == PEOPLE[[6, 7, 8]].sum()
    assert [(left.why, left.people) for left in made.left] == [("not_chosen", 3_900)]


def test_too_few_vehicles_leave_the_stops_of_fewest_people(centre, routed):
    made = routed(centre, vehicles=1, places=places(60, 150), parameters={"route.vehicle.share": 1})

    assert len(made.vehicles) == 1
    assert made.status.vehicle_days == 5
    assert sum(stop.unmade for stop in made.stops) > 0
    assert made.status.vehicles_bound == 2
    assert sum(left.people for left in made.left) + made.reached == OVER


def test_only_people_with_a_proposal_are_served_when_asked(centre, routed):
    made = routed(centre, proposed=["remote_point"])

    assert {stop.proposed for stop in made.stops} == {"remote_point"}
    assert 0 < made.over <= OVER
    assert routed(centre, proposed=["duty_visit"]).over + made.over <= OVER


def test_nobody_over_the_limit_needs_no_rounds(evaluated, routed):
    made = routed(evaluated("municipal-centres"))

    assert (made.over, made.stops, made.rounds, made.vehicles, made.left) == (0, (), (), (), ())
    assert made.cost.total == 0


def test_a_plans_own_light_solutions_and_points_are_taken(country, routed):
    plan = make_plan(country, points=1, times_of=minutes_of, candidates="municipal-centres")

    made = routed(plan)

    assert (made.points, made.label, made.over) == (1, "", plan.figures.outside)
    kinds = {light.kind for light in plan.light}
    assert {stop.proposed for stop in made.stops} <= kinds


def test_areas_of_another_country_are_refused(centre, routed):
    strange = replace(centre, areas=replace(centre.areas, code=np.array([f"x{c}" for c in centre.areas.code])))

    with pytest.raises(Contradiction, match="areas that the country does not have"):
        routed(strange)


@pytest.mark.parametrize("asked", [{"vehicles": 0}, {"stops": 0}], ids=str)
def test_no_vehicles_and_no_stops_are_refused(centre, routed, asked):
    with pytest.raises(Contradiction, match="at least one"):
        routed(centre, **asked)


def test_vehicles_need_a_place_to_stand(centre, routed):
    with pytest.raises(Contradiction, match="stand overnight"):
        routed(centre, homes=places())


@pytest.mark.parametrize("frequency", ["weekly", "fortnightly"])
def test_sums_are_the_sums_of_their_parts(centre, routed, frequency):
    made = routed(centre, frequency=frequency, places=places(60, 80, 150, 160), parameters={"route.vehicle.share": 0.1})

    weeks = {"weekly": 1, "fortnightly": 2}[frequency]
    assert made.reached + sum(left.people for left in made.left) == made.over == sum(stop.people for stop in made.stops)
    assert made.drive_a_week == pytest.approx(sum(each.drive for each in made.rounds) / 60 / weeks)
    assert made.open_a_week == pytest.approx(sum(stop.open_a_week for stop in made.stops))
    assert made.work_a_week == pytest.approx(sum(each.work for each in made.rounds) / 60 / weeks)
    calls = Counter(call.stop for each in made.rounds for call in each.calls)
    assert calls == {stop.code: stop.calls for stop in made.stops}
    assert sum(vehicle.rounds for vehicle in made.vehicles) == len(made.rounds) == made.status.vehicle_days
    assert len({(each.vehicle, each.week, each.weekday) for each in made.rounds}) == len(made.rounds)
    hours_a_year = made.rounds_a_year * weeks
    assert made.cost.vehicles == len(made.vehicles) * 3_500_000
    assert made.cost.driving == pytest.approx(made.drive_a_week * hours_a_year * 3_000, abs=1)
    assert made.cost.staff == pytest.approx(made.work_a_week * hours_a_year * 2 * 5_200_000 / 1_450, abs=1)
    assert made.cost.total == made.cost.vehicles + made.cost.driving + made.cost.staff


@pytest.mark.parametrize("frequency", ["weekly", "fortnightly"])
def test_the_rounds_told_keep_every_rule(centre, routed, frequency):
    made = routed(centre, frequency=frequency, places=places(60, 70, 150, 160), parameters={"route.vehicle.share": 0.2})

    at = {stop.code: (stop.x - 300_000) / 1000 for stop in made.stops}
    day = made.day
    assert made.rounds
    for each in made.rounds:
        now, place, open_for = each.leaves, 0.0, 0
        assert day.begins <= each.leaves < each.returns <= day.ends
        for call in each.calls:
            assert call.arrives >= now + abs(at[call.stop] - place)
            assert day.opens <= call.begins <= call.opens < call.closes <= call.leaves <= day.closes
            rest = each.rest or (0, 0)
            open_for += call.closes - call.opens - max(0, min(rest[1], call.closes) - max(rest[0], call.opens))
            now, place = call.leaves, at[call.stop]
        assert each.returns >= now + place
        assert open_for == each.open
        assert each.work <= day.work
        assert each.returns - each.leaves == each.work + (30 if each.rest else 0)
        assert (each.rest is not None) == (each.work > 360)


def test_fortnightly_rounds_take_half_of_the_stops_each_week(centre, routed):
    made = routed(
        centre, frequency="fortnightly", places=places(70, 80, 100, 160), parameters={"route.vehicle.share": 0.05}
    )

    weeks = Counter(each.week for each in made.rounds)
    assert abs(weeks[1] - weeks[2]) <= len(made.vehicles)


def test_the_same_request_gives_the_same_rounds(centre, routed):
    first, second = (routed(centre, places=places(60, 150, 160), seed=4) for _ in range(2))

    assert (first.rounds, first.stops, first.vehicles) == (second.rounds, second.stops, second.vehicles)


def test_a_point_without_any_road_to_stops_is_told(country, centre):
    def roadless(sites):
        times = minutes_of(sites)
        if not (sites.kind == "centre").all():
            return times
        return TravelTimes(
            np.zeros(len(sites) + 1, np.int64), times.cell[:0], times.minutes[:0], len(KM), HORIZON, SOURCE
        )

    with pytest.raises(Impossible, match="can be reached by road"):
        make_routes(centre, country=country, times_of=roadless, homes=centre_sites(country))


def centre_sites(country):
    from luukku.country.sites import centres

    return centres(country)
