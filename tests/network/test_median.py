"""Access: least person-minutes with so many points."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, keeps_to, person_minutes, small_problems, trips
from tests.network.conftest import matrix, scattered

from luukku.errors import Impossible
from luukku.network.median import best_access
from luukku.network.problem import Problem, Progress, Stop

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
