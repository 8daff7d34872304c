"""What a problem and its clock accept."""

from __future__ import annotations

import numpy as np
import pytest
from tests.network.conftest import matrix

from luukku.errors import BadInput, Contradiction
from luukku.network.problem import Problem, Progress, Stop
from luukku.network.watch import Watch


def test_a_site_that_is_both_fixed_and_forbidden_is_refused(line):
    with pytest.raises(Contradiction, match=r"\[2\] are both fixed open and forbidden"):
        Problem(np.ones(5), line, open=frozenset({1, 2}), closed=frozenset({2}))


def test_a_site_that_does_not_exist_is_refused(line):
    with pytest.raises(Contradiction, match=r"\[-1, 5\] do not exist"):
        Problem(np.ones(5), line, open=frozenset({5}), closed=frozenset({-1}))


def test_a_free_site_that_is_not_open_is_refused(line):
    with pytest.raises(Contradiction, match="not among the open"):
        Problem(np.ones(5), line, free=frozenset({1}))


@pytest.mark.parametrize("people", [np.nan, np.inf, -1.0])
def test_people_that_are_no_number_or_negative_are_refused(line, people):
    with pytest.raises(BadInput, match="1 people are negative or no numbers, such as number 3"):
        Problem(np.array([1, 1, 1, people, 1], dtype=np.float64), line)


def test_minutes_that_are_no_number_or_negative_are_refused():
    with pytest.raises(BadInput, match="2 minutes are negative or no numbers, such as number 0"):
        Problem(np.ones(2), matrix([[float("nan"), -3.0]]))


def test_people_and_matrix_of_different_cells_are_refused(line):
    with pytest.raises(BadInput, match="4 cells with people, but a travel-time matrix of 5 cells"):
        Problem(np.ones(4), line)


def test_a_watch_ignores_what_is_no_improvement_and_never_lets_the_bound_pass_the_value():
    heard: list[Progress] = []
    watch = Watch(Stop(tell=heard.append))
    for value, bound in ((10.0, 2.0), (12.0, 1.0), (8.0, None), (None, 9.0)):
        watch.improve(value=value, bound=bound)
    assert (watch.value, watch.bound) == (8.0, 8.0)
    assert watch.proved
    assert [(step.value, step.bound) for step in heard] == [(10.0, 2.0), (8.0, 2.0), (8.0, 8.0)]


def test_a_gap_guards_a_value_of_zero():
    watch = Watch(Stop())
    watch.improve(value=0.0, bound=0.0)
    assert watch.gap == 0
    assert watch.why == "proved"


def test_two_fixed_sites_of_a_group_are_refused(line):
    with pytest.raises(Contradiction, match="at most one of them"):
        Problem(np.ones(5), line, open=frozenset({0, 1}), groups=(frozenset({0, 1}),))


def test_a_fixed_site_rules_out_the_others_of_its_group(line):
    problem = Problem(np.ones(5), line, open=frozenset({0}), groups=(frozenset({0, 1}),))
    assert problem.candidates.tolist() == [site for site in range(line.sites) if site > 1]


def test_costs_of_other_sites_or_below_zero_are_refused(line):
    with pytest.raises(Contradiction, match=f"1 costs for {line.sites} sites"):
        Problem(np.ones(5), line, costs=np.ones(1))
    with pytest.raises(BadInput, match="1 costs are negative or no numbers, such as that of site 0"):
        Problem(np.ones(5), line, costs=np.array([-1.0] + [1.0] * (line.sites - 1)))


def test_existing_and_free_sites_take_nothing_of_a_budget(line):
    costs = np.full(line.sites, 7.0)
    problem = Problem(np.ones(5), line, open=frozenset({0}), free=frozenset({0}), existing=frozenset({1}), costs=costs)
    assert problem.price[:2].tolist() == [0.0, 0.0]
    assert (problem.price[2:] == 7.0).all()
    with pytest.raises(Contradiction, match="needs the cost of every site"):
        _ = Problem(np.ones(5), line).price
