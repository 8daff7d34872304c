"""Why each point is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.brute import small_problems
from tests.network.conftest import cells_of

from luukku.network.criteria import Criteria
from luukku.network.evaluate import evaluate
from luukku.network.reasons import reasons, standing_of

SHORT = Criteria(minutes=10.0, rings=(5.0, 20.0), base=100.0)


@settings(max_examples=200, deadline=None)
@given(small_problems(), st.data())
def test_what_would_be_without_a_point_equals_evaluating_without_it(problem, data):
    sites = data.draw(st.sets(st.integers(0, problem.times.sites - 1)))
    cells = cells_of(problem.people.tolist())
    full = evaluate(cells, problem.times, sites, SHORT)
    for reason in reasons(full, cells.people, problem.times, SHORT):
        without = evaluate(cells, problem.times, sites - {reason.site}, SHORT)
        assert reason.only_here == pytest.approx(full.within - without.within)
        if full.people > 0:
            assert reason.added_minutes == pytest.approx(without.equity.mean - full.equity.mean, abs=1e-6)


def test_a_point_tells_its_bases_tier_and_neighbours(line):
    cells = cells_of([40, 40, 40, 200, 5])
    found = reasons(
        evaluate(cells, line, [1, 3], SHORT), cells.people, line, SHORT, given=[1], centres=[1], candidates=[0, 4]
    )
    first, second = found
    assert (first.tier, first.given, second.tier, second.given) == ("centre", True, "supporting", False)
    assert (first.base_within, first.base_nearest) == (120, 120)
    assert (first.standing_within, first.municipal_services, first.needs_exception) == ("near", True, False)
    assert (second.standing_within, second.municipal_services) == ("met", False)
    assert (first.other, first.other_minutes, first.candidate, first.candidate_minutes) == (3, 20.0, 0, 10.0)
    assert (second.other, second.candidate) == (1, 4)
    assert first.visits == pytest.approx(SHORT.demand.visits_a_week(120))


def test_a_point_below_the_base_needs_an_exception_with_a_reason(line):
    cells = cells_of([9, 0, 0, 0, 900])
    far, near, helped = reasons(evaluate(cells, line, [0, 1, 4], SHORT), cells.people, line, SHORT, given=[1])
    assert (far.needs_exception, far.exception) == (True, "")
    assert (near.needs_exception, near.exception) == (True, "given")
    assert not helped.needs_exception
    (alone, _) = reasons(evaluate(cells, line, [0, 4], SHORT), cells.people, line, SHORT)
    assert (alone.only_here, alone.exception) == (9, "access")


def test_the_only_point_has_no_other(line):
    (only,) = reasons(evaluate(cells_of([1] * 5), line, [2], SHORT), np.ones(5), line, SHORT, candidates=[])
    assert (only.other, only.other_minutes, only.candidate) == (None, None, None)


@pytest.mark.parametrize(("base", "standing"), [(9_999, "below"), (10_000, "near"), (14_999, "near"), (15_000, "met")])
def test_a_base_stands_below_near_or_above_the_least_one(base, standing):
    assert standing_of(base, Criteria()) == standing
