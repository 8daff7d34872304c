"""Light solutions for people over the limit."""

from __future__ import annotations

import pytest
from tests.network.conftest import cells_of, matrix

from luukku.network.criteria import Criteria
from luukku.network.evaluate import evaluate
from luukku.network.light import LightRules, light_solutions

RULES = LightRules(gather_km=15.0)


def test_nobody_over_the_limit_needs_no_light_solution(line):
    assert light_solutions(evaluate(cells_of([5] * 5), line, [2], Criteria()), cells_of([5] * 5)) == ()


def test_areas_near_each_other_become_one_place_round_the_most_peopled():
    cells = cells_of([10, 300, 20, 0, 0, 600])
    found = light_solutions(
        evaluate(cells, matrix([[70.0, 80.0, 75.0, 5.0, 5.0, 90.0]]), [0], Criteria()), cells, RULES
    )
    assert [(place.centre, set(place.cells), place.people) for place in found] == [(5, {5}, 600), (1, {0, 1, 2}, 330)]


def test_everybody_over_the_limit_is_in_exactly_one_place():
    cells = cells_of([float(1 + number) for number in range(30)])
    evaluation = evaluate(cells, matrix([[61.0] * 30]), [0], Criteria())
    placed = [cell for place in light_solutions(evaluation, cells, RULES) for cell in place.cells]
    assert sorted(placed) == list(range(30))


@pytest.mark.parametrize(
    ("people", "minutes", "kind", "rule"),
    [
        (1_000, 61.0, "remote_point", "remote_point"),
        (999, 61.0, "vehicle", "vehicle"),
        (200, 119.0, "vehicle", "vehicle"),
        (199, 91.0, "duty_visit", "far_minutes"),
        (199, None, "duty_visit", "far_minutes"),
        (199, 90.0, "pop_up", "near"),
    ],
)
def test_the_rule_goes_by_people_then_by_minutes(people, minutes, kind, rule):
    cells = cells_of([people])
    (place,) = light_solutions(evaluate(cells, matrix([[minutes]]), [0], Criteria()), cells, RULES)
    assert (place.kind, place.rule, place.minutes) == (kind, rule, minutes)
    assert place.permanent_funding == (kind == "vehicle")
    assert place.point == (None if minutes is None else 0)


def test_a_place_of_too_few_people_gets_none_of_its_own():
    cells = cells_of([3])
    evaluation = evaluate(cells, matrix([[70.0]]), [0], Criteria())
    assert light_solutions(evaluation, cells, LightRules(least_people=5)) == ()
