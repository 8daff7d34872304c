"""Points that can serve only so many: least person-minutes and most served, against trying everything."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from tests.network.brute import choices, keeps_to, small_problems, trips
from tests.network.conftest import matrix, scattered

from luukku.errors import BadInput, Contradiction, Impossible
from luukku.network.capacity.solve import (
    best_access_within_capacity,
    certified_access_within_capacity,
    most_served_within_capacity,
    service,
)
from luukku.network.problem import Problem, Progress, Stop


def transport(
    problem: Problem, points: tuple[int, ...], capacity: np.ndarray, within: float, *, everybody: bool
) -> float | None:
    """Least person-minutes of serving everybody (None when that cannot be), or most people served, by scipy."""
    table = trips(problem)
    serving = sorted({*points, *problem.free})
    pairs = [(c, s) for s in serving for c, m in table[s].items() if m <= within and problem.people[c] > 0]
    if not pairs:
        return None if everybody and problem.people.sum() > 0 else 0.0
    cost = [table[s][c] if everybody else -1.0 for c, s in pairs]
    cells = [[float(c == cell) for c, _ in pairs] for cell in range(len(problem.people)) if problem.people[cell] > 0]
    room = [[float(s == site) for _, s in pairs] for site in serving]
    people, capacities = problem.people[problem.people > 0], capacity[serving]
    if everybody:
        found = linprog(cost, A_ub=room, b_ub=capacities, A_eq=cells, b_eq=people)
        return float(found.fun) if found.success else None
    found = linprog(cost, A_ub=[*room, *cells], b_ub=[*capacities, *people])
    return -float(found.fun)


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Problem, np.ndarray]:
    """Small problems with sites that serve nobody, few, or all; some with sites of which one at most may be chosen."""
    problem = draw(small_problems())
    problem = replace(problem, people=np.minimum(np.rint(problem.people), 60))
    room = st.sampled_from([0.0, 10.0, 30.0, 50.0, 100.0, 1e4])
    capacity = np.array(draw(st.lists(room, min_size=problem.times.sites, max_size=problem.times.sites)))
    group = draw(st.frozensets(st.integers(0, problem.times.sites - 1), max_size=3))
    return (problem if len(group & problem.fixed) > 1 else replace(problem, groups=(group,))), capacity


def allowed(problem: Problem, points: int) -> list[tuple[int, ...]]:
    """Every choice of at most so many points that keeps to the groups."""
    return [
        tuple(sorted(choice))
        for choice in choices(problem)
        if len(choice) <= points and all(len(group & set(choice)) <= 1 for group in problem.groups)
    ]


@settings(max_examples=150, deadline=None)
@given(crowded(), st.integers(0, 4))
def test_the_least_person_minutes_within_capacity_equal_brute_force(given_, points):
    problem, capacity = given_
    horizon = problem.times.horizon
    costs = [transport(problem, choice, capacity, horizon, everybody=True) for choice in allowed(problem, points)]
    if not [cost for cost in costs if cost is not None]:
        with pytest.raises(Impossible):
            best_access_within_capacity(problem, capacity, points=points)
        return
    solution = best_access_within_capacity(problem, capacity, points=points)
    assert solution.proved
    assert keeps_to(problem, solution.sites)
    assert solution.sites in allowed(problem, points)
    least = min(cost for cost in costs if cost is not None)
    assert solution.objective == pytest.approx(least, rel=1e-6, abs=1e-4)
    mine = transport(problem, solution.sites, capacity, horizon, everybody=True)
    assert mine == pytest.approx(solution.objective, rel=1e-6, abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(crowded(), st.integers(0, 4), st.sampled_from([5.0, 10.0, 20.0]))
def test_the_most_served_within_capacity_equal_brute_force(given_, points, within):
    problem, capacity = given_
    choices_ = allowed(problem, points)
    if points < len(problem.fixed):
        with pytest.raises(Impossible, match="fewest possible"):
            most_served_within_capacity(problem, capacity, within=within, points=points)
        return
    most = max(transport(problem, choice, capacity, within, everybody=False) for choice in choices_)
    solution = most_served_within_capacity(problem, capacity, within=within, points=points)
    assert solution.proved
    assert solution.sites in choices_
    assert solution.objective == pytest.approx(most, rel=1e-6, abs=1e-4)
    mine = transport(problem, solution.sites, capacity, within, everybody=False)
    assert mine == pytest.approx(solution.objective, rel=1e-6, abs=1e-4)


def test_sites_of_one_group_are_not_both_chosen_though_each_alone_would_have_to_be():
    times = matrix([[1.0, None], [None, 1.0]])
    problem = Problem(np.ones(2), times, groups=(frozenset({0, 1}),))
    solution = most_served_within_capacity(problem, np.full(2, 10.0), within=5.0, points=2)
    assert solution.proved
    assert (len(solution.sites), solution.objective) == (1, 1.0)


@settings(max_examples=150, deadline=None)
@given(crowded())
def test_a_service_keeps_to_its_capacities_and_counts_whom_it_cannot_serve(given_):
    problem, capacity = given_
    points = next(choices(problem))
    found = service(problem, points, capacity)
    room = capacity[[*points, *sorted(problem.free)]]
    assert (found.load <= room + 1e-6).all()
    served = transport(problem, points, capacity, problem.times.horizon, everybody=False)
    assert found.load.sum() == pytest.approx(served, abs=1e-4)
    assert found.unserved == pytest.approx(problem.people.sum() - served, abs=1e-4)


@pytest.fixture
def towns() -> tuple[Problem, np.ndarray]:
    """A hundred and twenty cells and 20 candidates with room for an eighth of the people each."""
    people = np.random.default_rng(3).lognormal(5, 1, 120).round()
    problem = Problem(people, scattered(120, 20, seed=3, side=150.0))
    return problem, np.full(20, people.sum() / 8)


def test_a_proof_is_what_scipys_mixed_integer_programme_finds(towns):
    problem, capacity = towns
    times, points = problem.times, 10
    site = np.repeat(np.arange(20), np.diff(times.start))
    pairs = np.arange(len(site))
    everybody = csr_array((np.ones(len(pairs)), (times.cell, pairs)), shape=(120, len(pairs) + 20))
    load = csr_array(
        (np.append(problem.people[times.cell], -capacity), (np.append(site, range(20)), np.arange(len(pairs) + 20)))
    )
    count = np.append(np.zeros(len(pairs)), np.ones(20))[None, :]
    exact = milp(
        np.append(problem.people[times.cell] * times.minutes, np.zeros(20)),
        integrality=count[0],
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(everybody, 1, 1),
            LinearConstraint(load, -np.inf, 0),
            LinearConstraint(count, 0, points),
        ],
        options={"mip_rel_gap": 1e-9},
    )
    found = best_access_within_capacity(problem, capacity, points=points)
    assert found.proved
    assert found.objective == pytest.approx(exact.fun, rel=1e-6)


def test_the_prices_show_a_bound_that_anybody_can_check(towns):
    problem, capacity = towns
    access = certified_access_within_capacity(problem, capacity, points=10)
    saved = []
    for site, room in enumerate(capacity):
        cells, minutes = problem.times.of(site)
        worth = access.price[cells] - minutes
        total, left = 0.0, room
        for number in np.argsort(-worth):
            some = min(problem.people[cells[number]], left) if worth[number] > 0 else 0.0
            total, left = total + some * worth[number], left - some
        saved.append(total)
    shown = problem.people @ access.price - sum(sorted(saved)[-10:])
    assert (access.price >= 0).all()
    assert 0.95 * access.solution.objective <= shown <= access.solution.objective * (1 + 1e-9)


@pytest.mark.parametrize("within", [None, 20.0])
def test_a_stop_from_outside_ends_with_the_best_so_far(towns, within):
    problem, capacity = towns
    asked, told = threading.Event(), []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.value is not None:
            asked.set()

    stop = Stop(asked=asked, tell=tell)
    if within is None:
        found = best_access_within_capacity(problem, capacity, points=10, stop=stop)
    else:
        found = most_served_within_capacity(problem, capacity, within=within, points=4, stop=stop)
    assert found.stopped_by in {"asked", "proved"}
    assert found.objective > 0
    assert told


def test_a_full_point_sends_the_ones_who_lose_least_and_says_how_many():
    problem = Problem(np.array([10.0, 10.0]), matrix([[1.0, 2.0], [5.0, 3.0]]))
    found = service(problem, (0, 1), np.array([12.0, 100.0]))
    assert found.load.tolist() == [12.0, 8.0]
    assert found.elsewhere == pytest.approx(8.0)
    assert found.cost == pytest.approx(10 * 1 + 2 * 2 + 8 * 3)


def test_too_little_capacity_in_all_is_told():
    problem = Problem(np.array([10.0]), matrix([[1.0]]))
    with pytest.raises(Impossible, match="can serve 4, but there are 10"):
        best_access_within_capacity(problem, np.array([4.0]), points=1)


def test_a_valley_too_small_for_its_people_is_named():
    problem = Problem(np.array([10.0, 1.0]), matrix([[1.0, None], [None, 1.0]]))
    with pytest.raises(Impossible, match=r"5 of 11 cannot be served: those near the 1 sites 0 .* serve 5 only"):
        best_access_within_capacity(problem, np.array([5.0, 100.0]), points=2)


def test_people_out_of_reach_of_everybody_are_told():
    problem = Problem(np.array([10.0, 3.0]), matrix([[1.0, None]]))
    with pytest.raises(Impossible, match="3 of 13 are out of reach"):
        best_access_within_capacity(problem, np.array([100.0]), points=1)


def test_too_few_points_to_serve_everybody_are_told():
    problem = Problem(np.array([10.0, 10.0]), matrix([[1.0, 2.0], [5.0, 3.0]]))
    with pytest.raises(Impossible, match="1 with the most capacity"):
        best_access_within_capacity(problem, np.array([12.0, 12.0]), points=1)


def test_no_points_and_no_capacity_serve_nobody(towns):
    problem, capacity = towns
    assert most_served_within_capacity(problem, capacity, within=20.0, points=0).objective == 0
    assert most_served_within_capacity(problem, np.zeros(20), within=20.0, points=5).objective == 0


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_capacities_that_are_no_numbers_are_refused(towns, wrong):
    with pytest.raises(BadInput, match="1 capacities are negative or no numbers"):
        best_access_within_capacity(towns[0], np.append(np.ones(19), wrong), points=5)


def test_capacities_of_other_sites_are_refused(towns):
    with pytest.raises(Contradiction, match="3 capacities for 20 sites"):
        best_access_within_capacity(towns[0], np.ones(3), points=5)


def test_equal_input_gives_equal_answers(towns):
    first, second = (best_access_within_capacity(*towns, points=10) for _ in range(2))
    assert (first.sites, first.bound) == (second.sites, second.bound)


def test_with_no_time_the_answer_is_sound(towns):
    solution = most_served_within_capacity(*towns, within=20.0, points=6, stop=Stop(seconds=0.0))
    assert solution.stopped_by == "time"
    assert 0 < solution.objective < solution.bound
