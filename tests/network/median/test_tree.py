from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, person_minutes, small_problems
from tests.network.conftest import matrix

from luukku.network.median import branching, search
from luukku.network.median.lagrangian import Climb
from luukku.network.median.limits import limits
from luukku.network.median.savings import WITHIN, WITHOUT, savings
from luukku.network.median.solve import certified_access
from luukku.network.problem import Problem


def test_branching_on_neighbours_and_on_single_sites_prove_the_same(monkeypatch):
    place = np.random.default_rng(5).random((150, 2)) * 1_000.0
    distance = np.floor(np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2)))
    problem = Problem(np.ones(150), matrix(distance.tolist(), horizon=2_000.0))
    monkeypatch.setattr(branching, "SOLVER_DISTANCES", 0)
    monkeypatch.setattr(branching, "ROOT_SWEEPS", 20)
    monkeypatch.setattr(branching, "FINE_SWEEPS", 20)
    monkeypatch.setattr(search, "LINEAR_PAIRS", 0)
    found = []
    for crowded in (0.0, np.inf):
        monkeypatch.setattr(search, "CROWDED", crowded)
        found.append(certified_access(problem, points=6))
    assert found[0].solution.proved
    assert found[1].solution.proved
    assert found[0].solution.objective == found[1].solution.objective
    assert found[0].nodes != found[1].nodes


@given(small_problems(), st.integers(1, 4), st.data())
@settings(max_examples=60, deadline=None)
def test_no_choice_with_one_of_every_needed_set_is_below_the_bound_or_against_what_it_decides(problem, points, draw):
    problem = Problem(problem.people, problem.times)
    data, sites = savings(problem), problem.times.sites
    points = min(points, sites)
    needed = np.array(draw.draw(st.lists(st.integers(-1, 1), min_size=sites, max_size=sites)), dtype=np.int32)
    needed = np.unique(np.append(needed, -1), return_inverse=True)[1][:-1].astype(np.int32) - 1
    needs = int(needed.max(initial=-1)) + 1
    within = replace(limits(problem, data.sites, points=points, budget=None), needed=needed, needs=needs)
    wanted = [
        (person_minutes(problem, choice), choice)
        for choice in choices(problem)
        if len(choice) == points and set(range(needs)) <= set(needed[list(choice)].tolist())
    ]
    state = np.zeros(sites, dtype=np.int8)
    if not within.completed(state):
        assert not wanted
        return
    for _, choice in wanted:
        assert set(np.flatnonzero(state == WITHIN)) <= set(choice)
        assert not set(np.flatnonzero(state == WITHOUT)) & set(choice)
    climb = Climb.begin(data, within, np.zeros(len(data.cells)))
    climb.go(50, min(wanted)[0], np.inf)
    assert all(cost >= climb.bound - 1e-6 for cost, _ in wanted)
    decided = climb.decided(min(wanted)[0] + 1e-6)
    best = min(wanted)[1]
    assert set(np.flatnonzero(decided == WITHIN)) <= set(best)
    assert not set(np.flatnonzero(decided == WITHOUT)) & set(best)
