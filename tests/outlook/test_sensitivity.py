"""How much a result leans on each assumption."""

from __future__ import annotations

import pytest

from luukku.errors import Contradiction
from luukku.outlook import Case, Range, bands, default_parameters, ranges, scenario, tornado


@pytest.fixture
def assumed() -> Case:
    return Case(scenario("assumed"), default_parameters())


def need(case: Case) -> float:
    return case.scenario.demand.base_needed()


def test_the_widest_swing_comes_first(assumed):
    bars = tornado(need, assumed, [Range("scenario.weeks", 45, 50), Range("scenario.visits_a_year", 1e6, 3e6)])
    assert [bar.name for bar in bars] == ["scenario.visits_a_year", "scenario.weeks"]
    assert (round(bars[0].at_low), round(bars[0].at_high)) == (25_850, 8_617)


def test_a_value_that_does_not_weigh_does_not_swing(assumed):
    (bar,) = tornado(need, assumed, [Range("space.counter", 5, 15)])
    assert bar.swing == 0


def test_ranges_are_those_of_the_file_and_fixed_values_are_left_out(assumed):
    found = ranges(assumed, "space.", "scenario.visits_a_year")
    names = {each.name for each in found}
    assert "space.counter" in names
    assert "scenario.visits_a_year" in names
    assert all(each.low < each.high for each in found)


def test_the_same_seed_gives_the_same_band_and_another_another(assumed):
    given = ranges(assumed, "scenario.")
    assert bands(need, assumed, given, seed=1) == bands(need, assumed, given, seed=1)
    assert bands(need, assumed, given, seed=1) != bands(need, assumed, given, seed=2)


def test_the_band_of_a_triangle_is_the_triangle_s_own(assumed):
    """A symmetric triangle on 0-2 has its 5 % point at sqrt(0.1) and its median at 1."""
    band = bands(
        lambda case: case.parameters["space.counter"],
        Case(assumed.scenario, assumed.parameters.changed({"space.counter": 1.0})),
        [Range("space.counter", 0, 2)],
        samples=2000,
    )
    assert band.p05 == pytest.approx(0.1**0.5, abs=0.01)
    assert band.p50 == pytest.approx(1.0, abs=0.01)
    assert band.p95 == pytest.approx(2 - 0.1**0.5, abs=0.01)


def test_nothing_to_vary_and_ranges_upside_down_are_refused(assumed):
    with pytest.raises(Contradiction, match="at least one range"):
        bands(need, assumed, [])
    with pytest.raises(Contradiction, match="upside down"):
        Range("space.counter", 3, 2)
    with pytest.raises(Contradiction, match="No parameter"):
        tornado(need, assumed, [Range("space.kounter", 2, 3)])
