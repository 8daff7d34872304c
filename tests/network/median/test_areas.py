from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import choices, person_minutes, small_problems
from tests.network.conftest import matrix

from luukku.network.median import areas
from luukku.network.median.areas import mend
from luukku.network.median.interchange import greedy, swapped
from luukku.network.median.limits import limits
from luukku.network.median.savings import savings
from luukku.network.median.search import Part, Search
from luukku.network.problem import Problem, Stop
from luukku.network.watch import Watch


def _begun(problem: Problem, *, swaps: bool = True, **limit: float) -> tuple[Search, Part]:
    """A search that has the greedy choice, with all of its swaps or none, and the part in which nothing is decided."""
    data = savings(problem)
    within = limits(problem, data.sites, points=limit.get("points"), budget=limit.get("budget"))
    search = Search(data, within, Watch(Stop()), measure=0.0)
    first = greedy(data, within)
    search.offer(swapped(data, within, first) if swaps else first)
    search.watch.improve(bound=0.0)
    return search, Part(data, within, np.arange(len(data.sites)), np.arange(len(data.cells)), [])


@pytest.fixture
def grid() -> Problem:
    """Fifteen by fifteen points a hundred apart: many choices cost the same."""
    place = np.stack(np.divmod(np.arange(225), 15), axis=1) * 100.0
    distance = np.floor(np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)))
    return Problem(np.ones(225), matrix(distance.tolist(), horizon=2_000.0))


def test_areas_leave_a_plateau_of_a_grid_where_swaps_end(grid, monkeypatch):
    monkeypatch.setattr(areas, "AREA", 12)
    search, part = _begun(grid, points=62)
    before = search.value
    assert mend(search, part)
    assert search.value < before
    assert len(set(search.chosen)) == 62
    assert person_minutes(grid, tuple(search.chosen)) == pytest.approx(search.value)


def test_the_same_choice_is_found_every_time(grid, monkeypatch):
    monkeypatch.setattr(areas, "AREA", 12)
    found = []
    for _ in range(2):
        search, part = _begun(grid, points=62)
        mend(search, part)
        found.append(search.chosen)
    assert found[0] == found[1]


@given(small_problems(), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_a_mended_choice_is_recounted_keeps_to_the_points_and_is_never_worse_nor_below_brute_force(problem, points):
    problem = Problem(problem.people, problem.times)
    points = min(points, problem.times.sites)
    best = min(person_minutes(problem, choice) for choice in choices(problem) if len(choice) == points)
    for area in (1, 2, points):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(areas, "AREA", area)
            patch.setattr(areas, "LEAST", 1)
            search, part = _begun(problem, swaps=False, points=points)
            before = search.value
            assert mend(search, part) == (search.value < before)
        assert len(set(search.chosen)) <= points
        assert person_minutes(problem, tuple(search.chosen)) == pytest.approx(search.value)
        assert search.value >= best - 1e-6


def test_nothing_is_tried_where_there_are_few_areas_or_a_budget(grid):
    for limit in ({"points": 20}, {"budget": 200.0}):
        search, part = _begun(Problem(grid.people, grid.times, costs=np.ones(225)), swaps=False, **limit)
        before = search.chosen
        assert not mend(search, part)
        assert search.chosen == before
