"""The lease procedure: what to agree, and the days on which notice must be given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.outlook import scenario
from luukku.plan.impact import impact, latest_notice, lease_pack
from luukku.plan.impact.leases import PARTIES, STEPS, WORDS
from luukku.premises import earliest_end


@pytest.fixture(scope="module")
def mixed(network, country, parameters, assumed):
    """Leases with a notice, with an end before and after the opening, and with neither."""
    ends = assumed.premises.lease_end.copy()
    ends[0], ends[1] = np.datetime64("2020-06-30"), np.datetime64("2027-12-31")
    notice = assumed.premises.notice_months.copy()
    notice[2] = np.nan
    premises = replace(assumed.premises, lease_end=ends, notice_months=notice)
    return impact(network, country, scenario("assumed"), parameters, premises=premises)


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    months=st.one_of(st.integers(0, 36), st.floats(0, 36).map(float)),
)
def test_notice_on_the_latest_day_ends_the_rent_in_time_and_a_day_later_does_not(day, months):
    class One:
        lease_end = np.array(["NaT"], dtype="datetime64[D]")
        notice_months = np.array([float(months)])

    last = latest_notice(float(months), day)

    assert earliest_end(One, 0, decided=last) <= day
    assert earliest_end(One, 0, decided=last + timedelta(days=1)) > day


def test_every_point_office_and_unit_has_its_steps_in_time(mixed):
    phasing = mixed.phasing().phasing
    steps = lease_pack(mixed, phasing)

    opens = {each.code: each.opens for each in phasing.openings}
    for code, day in opens.items():
        mine = [each for each in steps if each.joint == code and not each.unit]
        wanted = (
            {"office_lease", "joint_use"} if code.startswith("office:") else {"lease", "joint_use", "joint_service"}
        )
        assert wanted <= {each.code for each in mine}
        assert {each.what for each in mine} == {"office" if code.startswith("office:") else "customer"}
        assert all(each.by == day - timedelta(days=1) for each in mine)
    for unit in phasing.closures:
        last = [each for each in steps if each.unit == unit.unit]
        assert last[-1].by == unit.closes
        assert len(last) == (1 if unit.closes is None else 2)
        assert last[0].by is None or last[0].by <= unit.closes


def test_each_kind_of_lease_is_left_in_its_own_way(mixed):
    steps = {each.unit: each.code for each in lease_pack(mixed, mixed.phasing().phasing) if each.code != "hand_over"}

    units = mixed.premises.unit.tolist()
    assert [steps[units[number]] for number in range(4)] == ["prolong", "ends", "notice_unknown", "notice"]


def test_a_need_that_is_not_seen_is_told(mixed):
    steps = lease_pack(mixed, mixed.phasing().phasing)

    unseen = {code for code, year in mixed.needs.items() if year is None}
    assert {each.joint for each in steps if each.code == "need_unseen"} == unseen
    assert {each.joint for each in steps if each.code == "need"} == set(mixed.needs) - unseen


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_step_has_words_and_a_party_in_each_language(mixed, language):
    assert set(WORDS[language]) == set(STEPS)
    assert set(PARTIES[language]) == {party for party, _ in STEPS.values()}
    for each in lease_pack(mixed, mixed.phasing().phasing):
        assert "{" not in each.text(language)
        assert each.party(language)
        assert each.lines
