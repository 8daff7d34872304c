"""What the methods are built from: reductions, searches, bounds, and the door to the solver."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.network.brute import choices, covered, small_problems
from tests.network.conftest import matrix, scattered

from luukku.network.cover import fewest_points
from luukku.network.highs import Programme, solve
from luukku.network.problem import Problem, Stop
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


def test_the_solver_prints_nothing(capfd):
    one = Programme(np.ones(1), np.ones(1), sparse.csr_array(np.ones((1, 1))), np.ones(1), np.array([np.inf]), whole=1)
    answer = solve(one, seconds=5.0)
    assert (answer.cost, answer.bound, answer.complete) == (1.0, 1.0, True)
    assert capfd.readouterr() == ("", "")


def test_the_solver_tells_infeasible_apart():
    none = Programme(
        np.ones(1), np.ones(1), sparse.csr_array(np.ones((1, 1))), np.full(1, 2.0), np.array([np.inf]), whole=1
    )
    answer = solve(none, seconds=5.0)
    assert answer.infeasible
    assert answer.values is None
    assert answer.bound == np.inf


def test_a_long_search_stops_when_it_is_asked_from_another_thread():
    problem = Problem(np.random.default_rng(9).lognormal(6, 1, 1500).round(), scattered(1500, 500, seed=9))
    asked = threading.Event()
    threading.Timer(1.0, asked.set).start()
    begun = time.perf_counter()
    solution = fewest_points(problem, within=25.0, share=0.985, stop=Stop(seconds=120.0, asked=asked))
    assert solution.stopped_by in {"asked", "proved"}
    assert time.perf_counter() - begun < 90
    assert solution.bound <= solution.objective
    assert covered(problem, solution.sites, 25.0) >= 0.985 * problem.people.sum()
