"""What is given up and when; what the reform leaves out."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from luukku.errors import Contradiction, Impossible
from luukku.premises.release import emptied, out_of_scope, release_list, surplus, yearly_rents

READY = date(2026, 6, 1)


def test_police_and_court_houses_and_kela_s_offices_are_left_out(write, country):
    from luukku.premises.reading import read_premises

    read = read_premises(
        write((3, "use", "office"), (2, "building", "oikeustalo")),
        country,
    )
    assert out_of_scope(read) == ["", "", "court", "police", "kela_office", "", ""]


def test_the_permit_services_customer_service_is_in_the_reform_even_in_a_police_house(joensuu):
    assert out_of_scope(joensuu)[3] == ""


def test_units_are_listed_with_the_day_their_rent_ends_soonest_first(joensuu):
    found = release_list(joensuu, dict.fromkeys(("U1", "U2", "U3", "U6", "U7"), READY), decided=date(2025, 2, 1))
    assert [(each.unit, each.ends) for each in found] == [
        ("U1", date(2026, 5, 31)),
        ("U7", date(2026, 5, 31)),
        ("U2", date(2026, 12, 31)),
        ("U3", date(2027, 5, 31)),
        ("U6", date(2028, 1, 31)),
    ]
    assert [each.double_days for each in found] == [0, 0, 214, 365, 610]


def test_a_lease_without_end_or_notice_is_undated_and_last(write, country):
    from luukku.premises.reading import read_premises

    read = read_premises(write((0, "notice_months", "")), country)
    found = release_list(read, {"U1": READY, "U2": READY}, decided=date(2025, 2, 1))
    assert (found[-1].unit, found[-1].ends, found[-1].double_days) == ("U1", None, None)


def test_a_lease_over_before_the_move_must_be_prolonged_and_says_for_how_long(joensuu):
    (found,) = release_list(joensuu, {"U2": date(2027, 1, 31)}, decided=date(2025, 2, 1))
    assert (found.gap_days, found.ends, found.double_days) == (30, date(2027, 1, 30), 0)


def test_a_building_is_emptied_when_every_unit_in_it_is_given_up(joensuu):
    """As Torikatu 36 in Joensuu, which the document says is given up (L1932-1983)."""
    all_three = dict.fromkeys(("U1", "U2", "U3", "U6"), READY)
    assert emptied(joensuu, release_list(joensuu, all_three, decided=date(2025, 2, 1))) == ("Torikatu 36",)
    two = dict.fromkeys(("U1", "U2"), READY)
    assert emptied(joensuu, release_list(joensuu, two, decided=date(2025, 2, 1))) == ()


def test_a_unit_outside_the_reform_cannot_be_on_the_list(joensuu):
    with pytest.raises(Contradiction, match="Kela's office"):
        release_list(joensuu, {"U5": READY}, decided=date(2025, 2, 1))


def test_the_kept_units_are_the_cheapest_that_meet_the_need(joensuu, parameters):
    units = joensuu.take(np.array([0, 1, 2, 6]))
    rents = yearly_rents(units, parameters)
    for need in (0, 100, 250, 400, 1000, 1300, 1620):
        found = surplus(units, need, parameters)
        best = min(
            sum(rents[list(chosen)])
            for size in range(5)
            for chosen in combinations(range(4), size)
            if units.m2[list(chosen)].sum() >= need
        )
        assert found.rent_kept == best
        assert found.m2_kept >= need
        assert set(found.keep) | set(found.give_up) == set(units.unit.tolist())


def test_a_need_beyond_all_units_is_impossible_and_measures_are_not_mixed(joensuu, parameters):
    with pytest.raises(Impossible, match="2,000 m2 are needed"):
        surplus(joensuu.take(np.array([0, 1])), 2000, parameters)
    with pytest.raises(Contradiction, match="one measure"):
        surplus(joensuu.take(np.array([0, 4])), 100, parameters)


def test_a_rent_that_is_not_told_is_assumed_from_the_unit_rent(joensuu, parameters):
    rents = yearly_rents(joensuu, parameters)
    assert rents[3] == round(150 * parameters["rent.public_service"] * 12 * 100)
    assert rents[0] == 21_600_000
