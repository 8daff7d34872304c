"""Scenarios side by side."""

from __future__ import annotations

from luukku.outlook import Measure, compare, default_parameters, scenarios, standard_measures


def test_the_three_scenarios_stand_side_by_side_with_the_known_figures():
    found = compare(scenarios(), standard_measures(), default_parameters())
    needs = [round(found.value("base_needed", code)) for code in ("slow", "assumed", "fast")]
    factors = [round(found.value("office_factor", code), 1) for code in ("slow", "assumed", "fast")]
    assert needs == [8_617, 12_925, 25_850]
    assert factors == [13.4, 9.6, 5.8]


def test_the_same_input_twice_gives_the_same_output():
    once = compare(scenarios(), standard_measures(), default_parameters())
    again = compare(scenarios(), standard_measures(), default_parameters())
    assert once.values == again.values


def test_a_measure_of_another_part_is_compared_alike():
    rooms = Measure("m2", "Tilaa", "Yta", "Space", "m2", lambda case: case.parameters["space.counter"])
    assert compare(scenarios(), [rooms], default_parameters()).values == ((9.0, 9.0, 9.0),)
