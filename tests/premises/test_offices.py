"""Offices: efficiency, need, home bases and sharing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from luukku.errors import Contradiction
from luukku.outlook import default_parameters, own_scenario, scenario
from luukku.premises.offices import OfficeUsers, efficiency, office_need, workplaces

shares = st.floats(0, 1)


def test_efficiency_keeps_room_area_and_net_area_apart(joensuu):
    found = {(each.authority, each.measure): each for each in efficiency(joensuu)}
    assert found["VERO", "htm2"].m2_a_person_year == pytest.approx(1000 / 60)
    assert found["", "htm2"].m2_a_person_year == pytest.approx(1300 / 72)
    assert found["", "huoneala"].m2_a_person_year == pytest.approx(500 / 30)


def test_units_that_do_not_tell_their_person_years_are_counted_apart(write, country):
    from luukku.premises.reading import read_premises

    found = efficiency(read_premises(write((0, "person_years", "")), country))
    all_together = next(each for each in found if not each.authority and each.measure == "htm2")
    assert (all_together.m2, all_together.untold) == (300, 1)


def test_without_home_bases_the_need_is_the_derived_factor_times_person_years():
    parameters = default_parameters().changed({"office.home_base": 0.0, "office.place_bound": 0.0})
    for code, factor in (("slow", 13.44), ("assumed", 9.6), ("fast", 5.76)):
        need = office_need(OfficeUsers({"VERO": 100.0}), scenario(code), parameters)
        assert need.m2 == pytest.approx(100 * factor)
        assert need.target_m2 == 1000
    assert need.meets_target


def test_place_bound_work_is_not_done_elsewhere(parameters):
    need = office_need(OfficeUsers({"RISE": 10.0}, place_bound={"RISE": 0.8}), scenario("fast"), parameters)
    assert need.elsewhere["RISE"] == pytest.approx(0.2)


def test_home_bases_add_their_m2_and_are_never_shared(parameters):
    users = OfficeUsers({"VERO": 100.0}, home_bases={"VERO": 20.0})
    need = office_need(users, scenario("assumed"), parameters)
    assert need.home_base_m2 == 20 * parameters["office.home_base_m2"]
    assert need.own_m2 + need.shared_m2 == pytest.approx(need.m2)
    assert need.shared_m2 == pytest.approx(0.5 * (need.m2 - need.home_base_m2))


@given(shares, shares, shares, st.floats(0, 300), st.floats(0, 300))
def test_more_remote_work_never_raises_office_space_or_workplaces(one, other, bound, some, others):
    parameters = default_parameters()
    users = OfficeUsers({"VERO": some, "DVV": others}, place_bound={"VERO": bound})
    less, more = (
        office_need(users, own_scenario(scenario("assumed"), "x", "x", multi_location=value), parameters)
        for value in sorted((one, other))
    )
    assert more.m2 <= less.m2 + 1e-9
    assert more.workplaces <= less.workplaces
    assert more.workplaces_apart <= less.workplaces_apart


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), shares)
def test_a_pool_never_needs_more_workplaces_than_the_authorities_apart(people, elsewhere):
    users = OfficeUsers({f"A{i}": float(count) for i, count in enumerate(people)})
    made = own_scenario(scenario("assumed"), "x", "x", multi_location=elsewhere)
    need = office_need(users, made, default_parameters())
    assert need.spared_by_sharing >= 0
    assert need.workplaces <= sum(people)


def test_workplaces_suffice_on_the_promised_share_of_days():
    places = workplaces(np.array([50.0]), np.array([0.5]), 0.95)
    assert binom.cdf(places, 50, 0.5) >= 0.95 > binom.cdf(places - 1, 50, 0.5)
    assert workplaces(np.array([50.0]), np.array([1.0]), 0.95) == 50
    assert workplaces(np.array([50.0]), np.array([0.0]), 0.95) == 0
    assert workplaces(np.array([]), np.array([]), 0.95) == 0


def test_users_that_cannot_be_are_refused():
    with pytest.raises(Contradiction, match="at least 0"):
        OfficeUsers({"VERO": -1.0})
    with pytest.raises(Contradiction, match="between 0 and 1"):
        OfficeUsers({"VERO": 1.0}, place_bound={"VERO": 40.0})
    with pytest.raises(Contradiction, match="more home bases"):
        OfficeUsers({"VERO": 1.0}, home_bases={"VERO": 2.0})
