"""Access: least person-minutes with so many points."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, keeps_to, person_minutes, small_problems, trips
from tests.network.conftest import matrix, scattered

from luukku.errors import Contradiction, Impossible
from luukku.network.median import branching
from luukku.network.median.solve import best_access, certified_access
from luukku.network.median.uncapped import true_access
from luukku.network.problem import Problem, Progress, Stop
from luukku.travel.times import TravelTimes

CLOSE = 1e-6


@settings(max_examples=400, deadline=None)
@given(small_problems(), st.integers(0, 7))
def test_the_least_person_minutes_equal_brute_force(problem, points):
    sized = [choice for choice in choices(problem) if len(choice) == points]
    if not sized:
        with pytest.raises(Impossible):
            best_access(problem, points=points)
        return
    best = min(person_minutes(problem, choice) for choice in sized)
    solution = best_access(problem, points=points)
    assert solution.proved
    assert len(solution.sites) == points
    assert keeps_to(problem, solution.sites)
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    assert person_minutes(problem, solution.sites) == pytest.approx(best, rel=CLOSE, abs=CLOSE)
    reached = set().union(*(trips(problem)[site] for site in {*solution.sites, *problem.free}), set())
    beyond = sum(people for cell, people in enumerate(problem.people.tolist()) if cell not in reached)
    assert solution.capped == pytest.approx(beyond)


@pytest.fixture
def scattered_towns() -> Problem:
    """Three hundred cells and eighty candidates."""
    return Problem(np.random.default_rng(3).lognormal(6, 1, 300).round(), scattered(300, 80, seed=3))


@pytest.mark.parametrize("points", [3, 10, 30, 79])
def test_hundreds_of_cells_are_proved_with_a_bound_that_an_independent_relaxation_confirms(scattered_towns, points):
    solution = best_access(scattered_towns, points=points)
    assert solution.proved
    assert person_minutes(scattered_towns, solution.sites) == pytest.approx(solution.objective)
    assert _relaxation(scattered_towns, points) <= solution.objective * (1 + 1e-9)
    swapped = (
        person_minutes(scattered_towns, tuple(sorted({*solution.sites} - {out} | {into})))
        for out in solution.sites[:3]
        for into in set(range(80)) - {*solution.sites}
    )
    assert all(solution.objective <= cost + 1e-6 for cost in swapped)


def _relaxation(problem: Problem, points: int) -> float:
    """The linear relaxation with a variable for every pair, by SciPy's own door to a solver."""
    from scipy import sparse
    from scipy.optimize import linprog

    pairs = [(site, cell, trip) for site, row in enumerate(trips(problem)) for cell, trip in row.items()]
    sites, cells = problem.times.sites, problem.times.cells
    cost = [0.0] * sites
    cost += [problem.people[cell] * trip for _, cell, trip in pairs]
    cost += [people * problem.times.horizon for people in problem.people.tolist()]
    served = sparse.lil_array((cells, len(cost)))
    linked = sparse.lil_array((len(pairs) + 1, len(cost)))
    for number, (site, cell, _) in enumerate(pairs):
        served[cell, sites + number] = 1
        linked[number, sites + number], linked[number, site] = 1, -1
    for cell in range(cells):
        served[cell, sites + len(pairs) + cell] = 1
    linked[len(pairs), :sites] = 1
    right = np.zeros(len(pairs) + 1)
    right[-1] = points
    answer = linprog(cost, A_ub=linked.tocsr(), b_ub=right, A_eq=served.tocsr(), b_eq=np.ones(cells), bounds=(0, 1))
    return float(answer.fun)


def test_equal_input_gives_equal_answers(scattered_towns):
    assert best_access(scattered_towns, points=10).sites == best_access(scattered_towns, points=10).sites


def test_progress_only_ever_gets_better(scattered_towns):
    heard: list[Progress] = []
    solution = best_access(scattered_towns, points=10, stop=Stop(tell=heard.append))
    values = [step.value for step in heard if step.value is not None]
    bounds = [step.bound for step in heard if step.bound is not None]
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert bounds[-1] == pytest.approx(solution.objective)


def test_with_no_time_or_when_asked_the_answer_is_sound_and_not_proved(scattered_towns):
    asked = threading.Event()
    asked.set()
    for stop, why in ((Stop(seconds=0.0), "time"), (Stop(asked=asked), "asked")):
        solution = best_access(scattered_towns, points=10, stop=stop)
        assert solution.stopped_by == why
        assert len(solution.sites) == 10
        assert solution.bound < solution.objective
        assert solution.objective == pytest.approx(person_minutes(scattered_towns, solution.sites))


def test_people_beyond_the_horizon_are_charged_with_it_and_counted_apart():
    problem = Problem(np.array([10.0, 3.0]), matrix([[5.0, None], [6.0, None]], horizon=60.0))
    solution = best_access(problem, points=1)
    assert solution.sites == (0,)
    assert solution.objective == 10 * 5 + 3 * 60
    assert solution.capped == 3


def test_more_points_than_help_are_filled_up_in_order(line):
    solution = best_access(Problem(np.array([1.0, 0, 0, 0, 0]), line), points=3)
    assert solution.sites == (0, 1, 2)
    assert solution.proved


def test_more_points_than_places_are_refused(line):
    with pytest.raises(Impossible, match="most possible is 5"):
        best_access(Problem(np.ones(5), line), points=6)


@st.composite
def grouped_problems(draw: st.DrawFn) -> Problem:
    """Small problems with costs, existing sites and groups, which may overlap."""
    problem = draw(small_problems())
    sites = problem.times.sites
    some = st.frozensets(st.integers(0, sites - 1), min_size=1, max_size=3)
    groups = tuple(group for group in draw(st.lists(some, max_size=3)) if len(group & problem.fixed) <= 1)
    price = st.one_of(st.integers(0, 5).map(float), st.integers(0, 500).map(lambda hundredths: hundredths / 100))
    costs = np.array(draw(st.lists(price, min_size=sites, max_size=sites)), dtype=np.float64)
    return replace(problem, groups=groups, costs=costs, existing=draw(st.frozensets(st.integers(0, sites - 1))))


def _apart(problem: Problem, choice: tuple[int, ...]) -> bool:
    return all(len(group & set(choice)) <= 1 for group in problem.groups)


@settings(max_examples=300, deadline=None)
@given(grouped_problems(), st.integers(0, 1_500).map(lambda hundredths: hundredths / 100))
def test_the_best_for_a_budget_equals_brute_force(problem, budget):
    price = problem.price

    def spent(choice: tuple[int, ...]) -> float:
        return float(price[list(choice)].sum())

    within = [choice for choice in choices(problem) if spent(choice) <= budget * (1 + 1e-9) and _apart(problem, choice)]
    if not within:
        with pytest.raises(Impossible, match="fixed points alone cost"):
            best_access(problem, budget=budget)
        return
    best = min(person_minutes(problem, choice) for choice in within)
    solution = best_access(problem, budget=budget)
    assert solution.proved
    assert keeps_to(problem, solution.sites)
    assert _apart(problem, solution.sites)
    assert spent(solution.sites) <= budget * (1 + 1e-8) + 1e-8
    assert person_minutes(problem, solution.sites) == pytest.approx(solution.objective, rel=CLOSE, abs=CLOSE)
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)


@settings(max_examples=300, deadline=None)
@given(grouped_problems(), st.integers(0, 6))
def test_the_best_with_groups_equals_brute_force(problem, points):
    within = [choice for choice in choices(problem) if len(choice) <= points and _apart(problem, choice)]
    if not within or points > max(len(choice) for choice in choices(problem) if _apart(problem, choice)):
        with pytest.raises(Impossible):
            best_access(problem, points=points)
        return
    best = min(person_minutes(problem, choice) for choice in within)
    solution = best_access(problem, points=points)
    assert solution.proved
    assert keeps_to(problem, solution.sites)
    assert _apart(problem, solution.sites)
    assert len(solution.sites) <= points
    assert solution.objective == pytest.approx(best, rel=CLOSE, abs=CLOSE)


def test_hundreds_of_cells_are_proved_for_a_budget_and_with_groups(scattered_towns):
    costs = np.random.default_rng(4).uniform(1, 4, 80)
    pairs = tuple(frozenset({site, site + 1}) for site in range(0, 80, 2))
    problem = replace(scattered_towns, costs=costs, groups=pairs)
    solution = best_access(problem, budget=25.0)
    assert solution.proved
    assert costs[list(solution.sites)].sum() <= 25.0
    assert _apart(problem, solution.sites)
    counted = best_access(problem, points=10)
    assert counted.proved
    assert counted.objective >= best_access(scattered_towns, points=10).objective * (1 - 1e-9)


@pytest.mark.parametrize("asked", [{}, {"points": 3, "budget": 1.0}])
def test_points_or_a_budget_and_not_both(line, asked):
    with pytest.raises(Contradiction, match="either a number of points or a budget"):
        best_access(Problem(np.ones(5), line), **asked)


def test_a_budget_that_is_no_number_is_refused(line):
    for budget in (float("nan"), -1.0, float("inf")):
        with pytest.raises(Contradiction, match="zero or more"):
            best_access(Problem(np.ones(5), line, costs=np.ones(5)), budget=budget)


def test_a_grid_with_many_ties_is_proved_by_branching_at_once_by_the_solver_and_by_branching_in_the_end(monkeypatch):
    across, down = np.meshgrid(np.arange(9), np.arange(9))
    place = np.column_stack((across.ravel(), down.ravel())) * 100.0
    distance = np.floor(np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2)))
    problem = Problem(np.ones(81), matrix(distance.tolist(), horizon=2_000.0))
    at_once = certified_access(problem, points=17)
    assert at_once.nodes > 0
    assert at_once.solution.proved
    monkeypatch.setattr(branching, "FEW", 0)
    found = certified_access(problem, points=17)
    assert found.nodes == 0
    assert found.solution.proved
    monkeypatch.setattr(branching, "SOLVER_DISTANCES", 0)
    again = certified_access(problem, points=17)
    assert again.nodes > 0
    assert again.solution.proved
    assert at_once.solution.objective == again.solution.objective == found.solution.objective


def test_a_known_choice_is_a_start_and_changes_nothing_about_the_answer(scattered_towns):
    first = certified_access(scattered_towns, points=10)
    again = certified_access(scattered_towns, points=10, start=first.solution.sites, price=first.price)
    assert again.solution.sites == first.solution.sites
    assert again.solution.proved


def test_the_prices_prove_a_bound_that_anybody_can_compute(scattered_towns):
    found = certified_access(scattered_towns, points=10)
    minutes = np.full((300, 80), scattered_towns.times.horizon)
    for site, row in enumerate(trips(scattered_towns)):
        minutes[list(row), site] = list(row.values())
    people, price = scattered_towns.people, found.price
    saved = np.minimum(people[:, None] * minutes - price[:, None], 0.0).sum(axis=0)
    bound = price.sum() + np.sort(saved)[:10].sum()
    assert (price <= people * scattered_towns.times.horizon * (1 + 1e-9)).all()
    assert 0.9 * found.solution.objective <= bound <= found.solution.objective * (1 + 1e-9)


def test_the_true_value_is_found_by_lengthening_the_rows_of_those_out_of_reach():
    full, short = scattered(200, 40, seed=8, horizon=1000.0), scattered(200, 40, seed=8, horizon=60.0)
    people = np.random.default_rng(8).lognormal(6, 1, 200).round()

    def farther(cells: np.ndarray, horizon: float) -> TravelTimes:
        rows = [[row.get(int(cell), np.inf) for cell in cells] for row in trips(Problem(people, full))]
        return matrix([[trip if trip <= horizon else None for trip in row] for row in rows], horizon)

    asked = Problem(people, short)
    assert best_access(asked, points=4).capped > 0
    found, lengthened = true_access(asked, farther, points=4)
    assert found.solution.proved
    assert found.solution.capped == 0
    assert found.solution.objective == pytest.approx(best_access(Problem(people, full), points=4).objective)
    assert len(lengthened.times.cell) < len(full.cell)


def test_cells_that_nothing_reaches_stay_charged_and_are_counted():
    times = matrix([[5.0, None], [7.0, None]], horizon=60.0)
    found, _ = true_access(
        Problem(np.array([1.0, 2.0]), times), lambda _cells, horizon: matrix([[None]] * 2, horizon), points=1
    )
    assert found.solution.capped == 2
    assert found.solution.objective == 5 + 2 * 60
