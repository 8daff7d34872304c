"""Visits by cell, week, channel and authority."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.model import Cells
from luukku.country.provenance import Source
from luukku.errors import Contradiction
from luukku.outlook import CHANNELS, default_parameters, scenario, scenarios, visits
from luukku.outlook.visits import channel_shares


@pytest.fixture
def parameters():
    return default_parameters()


def cells(people: list[float], **extra: list[float]) -> Cells:
    n = len(people)
    return Cells(
        code=np.array([str(i) for i in range(n)]),
        name=np.array([str(i) for i in range(n)]),
        municipality=np.array([""] * n),
        people=np.array(people, dtype=np.float64),
        x=np.zeros(n),
        y=np.zeros(n),
        year=2030,
        source=Source("dataset", "made for the test"),
        extra={key: np.array(values, dtype=np.float64) for key, values in extra.items()},
    )


@pytest.mark.parametrize("each", scenarios(), ids=lambda s: s.code)
def test_the_country_makes_exactly_the_visits_of_the_scenario(each, parameters):
    found = visits(cells([3e6, 2e6, 1e5]), each, parameters)
    assert found.a_year == pytest.approx(each.visits_a_year, rel=1e-12)
    assert sum(found.by_channel.values()) == pytest.approx(found.by_cell.sum())
    assert sum(found.by_authority.values()) == pytest.approx(found.by_cell.sum())


def test_a_part_of_the_country_makes_its_share(parameters):
    found = visits(cells([10_000.0]), scenario("assumed"), parameters, population=5_500_000)
    assert found.by_cell[0] == pytest.approx(scenario("assumed").demand.visits_a_week(10_000))


def test_groups_move_visits_between_cells_and_leave_the_sum(parameters):
    found = visits(cells([1000, 1000], foreign_background=[500, 0]), scenario("slow"), parameters)
    assert found.by_cell[0] / found.by_cell[1] == pytest.approx(1.5)
    assert found.a_year == pytest.approx(3e6)
    assert "foreign_background" not in found.unused


def test_a_rate_without_counted_people_has_no_effect_and_is_said(parameters):
    found = visits(cells([1000, 1000]), scenario("slow"), parameters)
    assert set(found.unused) == {"age_65_", "age_18_29", "swedish", "foreign_background"}
    assert not any(parameter.name.startswith("group.") for parameter in found.assumptions)


def test_growth_of_a_group_adds_visits_where_the_group_lives(parameters):
    given_cells = cells([1000, 1000], foreign_background=[500, 0])
    before = visits(given_cells, scenario("slow"), parameters)
    after = visits(given_cells, scenario("slow"), parameters.changed({"group.foreign_background.growth": 2.0}))
    assert after.by_cell[1] == pytest.approx(before.by_cell[1])
    assert after.by_cell[0] > before.by_cell[0]


def test_visits_that_move_to_remote_leave_the_adviser_and_the_expert(parameters):
    before, _ = channel_shares(parameters.changed({"shift.share": 0.0}))
    after, home = channel_shares(parameters.changed({"shift.share": 0.5}))
    assert after[CHANNELS.index("remote")] > before[CHANNELS.index("remote")]
    assert after[CHANNELS.index("adviser")] == pytest.approx(before[CHANNELS.index("adviser")] / 2)
    assert after[CHANNELS.index("self_service")] == before[CHANNELS.index("self_service")]
    assert home == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_visits_and_contacts_from_home_together_are_all_there_is(share, home):
    parameters = default_parameters().changed({"shift.share": share, "shift.from_home": home})
    shares, at_home = channel_shares(parameters)
    assert shares.sum() + at_home == pytest.approx(1.0)
    assert (shares >= 0).all()


def test_taking_a_region_keeps_the_rates_of_the_country(parameters):
    whole = visits(cells([1000, 1000], swedish=[0, 900]), scenario("slow"), parameters)
    part = whole.take(np.array([1]))
    assert part.by_cell[0] == whole.by_cell[1]


def test_a_country_without_people_makes_no_visits(parameters):
    assert visits(cells([0.0, 0.0]), scenario("fast"), parameters).a_year == 0


def test_the_weights_of_the_authorities_are_those_of_table_1(parameters):
    from luukku.country import finland

    table = {a.code: a.points_2020 for a in finland().authorities if f"authority.{a.code}" in parameters}
    assert table == {code: int(weight) for code, weight in parameters.under("authority.").items()}
    assert len(table) == 12


def test_weights_that_are_all_zero_are_refused(parameters):
    for prefix in ("channel.", "authority."):
        nothing = parameters.changed({name: 0.0 for name in parameters if name.startswith(prefix)})
        with pytest.raises(Contradiction, match="no visit could be made"):
            visits(cells([1000.0]), scenario("fast"), nothing)
