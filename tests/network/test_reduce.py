"""Reductions of what is to be covered: nobody is lost, and what must be covered is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, covered, small_problems
from tests.network.conftest import matrix

from luukku.network.problem import Problem
from luukku.network.reduce import cover_sets, with_musts, without_dominated_sites


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.sampled_from([5.0, 10.0, 20.0]))
def test_reduced_sets_account_for_everybody(problem, within):
    sets = cover_sets(problem, within)
    fewer = without_dominated_sites(sets)
    for each in (sets, fewer):
        total = each.served + each.out_of_reach + each.people.sum()
        assert total == pytest.approx(problem.people.sum())
    everything = covered(problem, tuple(problem.candidates.tolist()) + tuple(problem.fixed), within)
    assert fewer.served + fewer.people.sum() == pytest.approx(everything)


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.sampled_from([5.0, 20.0]), st.floats(0, 300))
def test_a_group_that_must_be_covered_is_covered_by_every_choice_that_leaves_few_enough_outside(problem, within, spare):
    sets = with_musts(cover_sets(problem, within), spare)
    reachable = sets.served + sets.people.sum()
    for points in choices(problem):
        if reachable - covered(problem, points, within) <= spare:
            columns = np.isin(sets.sites, points).astype(float)
            assert (sets.rows @ columns)[sets.must].all()


def test_of_equal_sites_the_first_stays_and_groups_with_equal_sites_are_one():
    problem = Problem(np.array([1.0, 2, 4]), matrix([[5.0, 5.0, None], [5.0, 5.0, None], [None, None, 5.0]]))
    sets = without_dominated_sites(cover_sets(problem, 10.0))
    assert sets.sites.tolist() == [0, 2]
    assert sorted(sets.people.tolist()) == [3, 4]
