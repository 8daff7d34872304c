"""Two networks side by side, and the two tiers."""

from __future__ import annotations

import numpy as np
import pytest
from tests.network.conftest import cells_of, matrix

from luukku.errors import Contradiction
from luukku.network.compare import compare
from luukku.network.criteria import Criteria
from luukku.network.evaluate import evaluate
from luukku.network.problem import Problem
from luukku.network.tiers import tiers, with_centres

SHORT = Criteria(minutes=10.0, rings=(20.0,))


def test_moving_a_point_tells_who_gains_and_who_loses(line):
    cells = cells_of([1, 2, 4, 8, 16])
    before, after = (evaluate(cells, line, sites, SHORT) for sites in ([0, 2], [2, 4]))
    found = compare(before, after, cells.people, SHORT.minutes)
    assert (found.opened.tolist(), found.closed.tolist()) == ([4], [0])
    assert (found.nearer, found.farther) == (16, 1)
    assert (found.gained, found.lost) == (16, 1)
    assert found.minutes.tolist() == [19, 0, 0, 0, -19]
    assert found.mean_minutes == pytest.approx((19 * 1 - 19 * 16) / 31)


def test_coming_into_reach_and_out_of_it_is_told_as_infinite():
    times = matrix([[5.0, None, None], [None, 5.0, None]])
    cells = cells_of([1, 1, 1])
    found = compare(evaluate(cells, times, [0], SHORT), evaluate(cells, times, [1], SHORT), cells.people, 10.0)
    assert found.minutes.tolist() == [np.inf, -np.inf, 0]
    assert (found.nearer, found.farther) == (1, 1)


def test_networks_over_different_cells_are_refused(line):
    one = evaluate(cells_of([1] * 5), line, [0], SHORT)
    other = evaluate(cells_of([1]), matrix([[1.0]]), [0], SHORT)
    with pytest.raises(Contradiction, match="same cells only"):
        compare(one, other, np.ones(5), 10.0)


def test_centres_are_fixed_and_make_the_first_tier(line):
    problem = with_centres(Problem(np.ones(5), line, open=frozenset({1})), [3])
    assert problem.open == {1, 3}
    assert tiers(np.array([1, 3]), [3]) == ("supporting", "centre")


def test_a_forbidden_centre_is_refused(line):
    with pytest.raises(Contradiction, match="regional centres and forbidden"):
        with_centres(Problem(np.ones(5), line, closed=frozenset({3})), [3])
