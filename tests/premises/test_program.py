"""The space programme of a joint point: monotone, and as a simulation of its days finds it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.errors import Contradiction
from luukku.outlook import CHANNELS, default_parameters
from luukku.outlook.visits import channel_shares
from luukku.premises import sizing as sizing_module
from luukku.premises.arrivals import pattern
from luukku.premises.program import space_program, space_programs
from luukku.premises.simulation import simulate
from luukku.premises.sizing import MOST_SERVERS, PLACES, Sizing

TEN_POINTS = (40, 75, 120, 200, 320, 500, 750, 1150, 1700, 2500)
volumes = st.floats(0, 3000)


def week_of(visits: float) -> dict:
    shares, _ = channel_shares(default_parameters())
    return dict(zip(CHANNELS, (visits * shares).tolist(), strict=True))


@pytest.mark.parametrize("visits", TEN_POINTS)
def test_the_programme_is_within_five_per_cent_of_simulations_of_two_hundred_days(visits, parameters):
    """Six simulations, for one alone varies by a whole room (at 1,150 visits by 11 % of the m2) where it is a close call."""
    found = space_program(week_of(visits), parameters)
    simulated = [simulate(week_of(visits), parameters, days=200, seed=seed) for seed in range(6)]
    assert found.total_m2 == pytest.approx(np.mean([each.total_m2 for each in simulated]), rel=0.05)
    for kind in PLACES:
        assert any(abs(found.places[kind] - each.places[kind]) <= 1 for each in simulated)


@pytest.mark.parametrize("visits", [60, 100, 250, 400, 600, 900, 1300, 1800])
def test_at_the_same_places_the_formulas_and_the_simulation_serve_the_same_share(visits, parameters):
    """Also where one room more or less is decided by a hair: the service itself agrees to two points in a hundred."""
    found, simulated = space_program(week_of(visits), parameters), simulate(week_of(visits), parameters, days=1000)
    for kind in PLACES:
        if found.places[kind] == simulated.places[kind]:
            assert found.attained[kind] == pytest.approx(simulated.attained[kind], abs=0.015)


def test_the_same_seed_simulates_the_same_days(parameters):
    assert simulate(week_of(150), parameters, days=20) == simulate(week_of(150), parameters, days=20)


@given(st.lists(st.tuples(volumes, volumes), min_size=4, max_size=4))
@settings(deadline=None)
def test_fewer_visits_never_raise_the_rooms_or_the_space_a_point_needs(pairs):
    parameters = default_parameters()
    fewer = space_program(dict(zip(CHANNELS, [min(pair) for pair in pairs], strict=True)), parameters)
    more = space_program(dict(zip(CHANNELS, [max(pair) for pair in pairs], strict=True)), parameters)
    assert all(fewer.places[kind] <= more.places[kind] for kind in more.places)
    assert fewer.total_m2 <= more.total_m2 + 1e-9
    assert fewer.staff_hours <= more.staff_hours + 1e-9


@given(volumes, st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None)
def test_more_contacts_from_home_never_raise_the_space(visits, one, other):
    """Contacts served at home do not come to the point, so they can only spare space there."""
    totals = []
    for home in sorted((one, other)):
        parameters = default_parameters().changed({"shift.share": 0.4, "shift.from_home": home})
        shares, _ = channel_shares(parameters)
        week = dict(zip(CHANNELS, (visits * shares).tolist(), strict=True))
        totals.append(space_program(week, parameters).total_m2)
    assert totals[1] <= totals[0] + 1e-9


def test_every_point_has_all_four_kinds_of_space_even_without_visits(parameters):
    found = space_program(week_of(0), parameters)
    assert all(found.places[kind] == 1 for kind in PLACES)
    assert found.places["seat"] == 0


def test_the_goals_hold_in_every_programme(parameters):
    for visits in (40, 333, 2500):
        attained = space_program(week_of(visits), parameters).attained
        assert min(attained["counter"], attained["self_service"]) >= parameters["goal.wait.share"]
        assert min(attained["remote"], attained["expert"]) >= parameters["goal.booking.share"]


def test_back_office_belongs_to_the_point_and_corridors_are_added(parameters):
    found = space_program(week_of(600), parameters)
    assert found.m2["back_office"] == found.places["back_office"] * parameters["space.back"]
    rest = found.total_m2 - found.m2["corridor"]
    assert found.m2["corridor"] == pytest.approx(parameters["space.corridor"] * rest)


def test_a_stricter_goal_needs_at_least_as_many_places(parameters):
    strict = parameters.changed({"goal.wait.minutes": 5.0, "goal.booking.share": 0.95})
    found, stricter = space_program(week_of(600), parameters), space_program(week_of(600), strict)
    assert all(stricter.places[kind] >= found.places[kind] for kind in PLACES)
    assert stricter.total_m2 > found.total_m2


def test_assumptions_are_carried_and_said_to_be_examples(parameters):
    found = space_program(week_of(100), parameters)
    labels = " ".join(parameter.label("en") for parameter in found.assumptions)
    assert "example, not a fact" in labels
    assert not any(parameter.name.startswith("rent.") for parameter in found.assumptions)


def test_a_full_week_is_open_41_and_a_quarter_hours(parameters):
    week = pattern(parameters)
    assert week.open_hours == pytest.approx(41.25)
    assert week.share.sum() == pytest.approx(1)
    assert space_program(week_of(1), parameters).staff_hours == pytest.approx(41.25 * parameters["staff.ready"])


def test_longer_hours_spread_the_customers(parameters):
    late = pattern(parameters.changed({"open.to": 18.0}))
    assert late.open_hours == pytest.approx(50)
    assert late.share.max() < pattern(parameters).share.max()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"open.to": 7.0}, "opens at 8 and closes at 7"),
        ({"open.to": 22.0}, r"arrive\.hour\.20"),
        ({"time.expert.minutes": 0.0}, "above 0 minutes"),
        ({"goal.wait.share": 1.0}, "between 0 and 1"),
    ],
)
def test_parameters_that_cannot_be_are_refused(parameters, change, says):
    with pytest.raises(Contradiction, match=says):
        space_program(week_of(100), parameters.changed(change))


def test_visits_that_cannot_be_and_points_that_are_too_large_are_refused(parameters):
    with pytest.raises(Contradiction, match="at least 0"):
        space_program({"adviser": float("nan")}, parameters)
    with pytest.raises(Contradiction, match="split the point"):
        space_program({"expert": 1e6}, parameters)


def test_ninety_points_are_sized_in_a_few_seconds(parameters):
    import time

    space_program(week_of(100), parameters)
    begun = time.perf_counter()
    for visits in np.linspace(30, 3000, 90):
        space_program(week_of(float(visits)), parameters)
    assert time.perf_counter() - begun < 5


def test_an_added_counter_that_shortens_the_queue_never_takes_seats_away(parameters):
    needs = [space_program(week_of(visits), parameters) for visits in np.arange(10.0, 2000.0, 2.0).tolist()]
    for kind in ("seat", "counter", "back_office"):
        counts = [need.places[kind] for need in needs]
        assert counts == sorted(counts)
    space = [need.total_m2 for need in needs]
    assert space == sorted(space)


@settings(max_examples=25, deadline=None)
@given(weeks=st.lists(st.tuples(*[st.floats(0, 900)] * 4), min_size=1, max_size=12))
def test_many_points_are_sized_at_once_as_each_is_alone(weeks):
    together = space_programs(np.array(weeks), default_parameters())

    for week, found in zip(weeks, together, strict=True):
        alone = space_program(dict(zip(CHANNELS, week, strict=True)), default_parameters())
        assert (found.places, found.staffed) == (alone.places, alone.staffed)
        assert found.attained == pytest.approx(alone.attained, rel=1e-12)
        assert found.total_m2 == alone.total_m2


def test_a_limit_does_not_depend_on_how_many_are_known(parameters, monkeypatch):
    few = Sizing(parameters)
    few.needed("counter", np.array([700.0]), 0)
    monkeypatch.setattr(sizing_module, "USUAL_SERVERS", MOST_SERVERS)
    many = Sizing(parameters)

    known = len(few.limits["counter"])
    assert 16 < known < MOST_SERVERS
    assert (few.limits["counter"] == many.limits["counter"][:known]).all()


def test_no_points_need_nothing(parameters):
    assert space_programs(np.zeros((0, 4)), parameters) == ()
