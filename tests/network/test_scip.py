"""The door to SCIP."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from luukku.network.highs import Programme
from luukku.network.scip import solve_whole


@pytest.fixture
def triangle() -> Programme:
    """Three sites, each of three places covered by two of them: the relaxation needs 1.5, whole sites 2."""
    rows = sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]))
    return Programme(np.ones(3), np.ones(3), rows, np.ones(3), np.full(3, np.inf), whole=3)


@pytest.fixture(scope="module")
def hard() -> Programme:
    """A covering at random that takes SCIP more than a moment."""
    rows = sparse.csr_array((np.random.default_rng(1).random((400, 200)) < 0.05).astype(float))
    return Programme(np.ones(200), np.ones(200), rows, np.ones(400), np.full(400, np.inf), whole=200)


def test_the_optimum_comes_with_its_bound(triangle):
    answer = solve_whole(triangle, seconds=10.0)
    assert answer.complete
    assert not answer.infeasible
    assert answer.cost == pytest.approx(2.0)
    assert answer.bound == pytest.approx(2.0)
    assert answer.values is not None
    assert (triangle.rows @ answer.values >= 1 - 1e-6).all()


def test_nothing_below_a_limit_is_a_proof(triangle):
    answer = solve_whole(triangle, seconds=10.0, below=1.5)
    assert answer.infeasible
    assert answer.complete
    assert answer.bound == np.inf
    assert answer.values is None


def test_something_below_a_limit_is_found(triangle):
    answer = solve_whole(triangle, seconds=10.0, below=2.5)
    assert answer.complete
    assert answer.cost == pytest.approx(2.0)


def test_a_listener_ends_the_search_and_the_bound_holds(hard):
    heard = []

    def tell(cost, bound):
        heard.append((cost, bound))
        return len(heard) >= 5

    answer = solve_whole(hard, seconds=60.0, tell=tell)
    assert not answer.complete
    assert len(heard) < 100
    assert answer.values is None or answer.bound <= answer.cost


def test_a_time_limit_ends_the_search(hard):
    answer = solve_whole(hard, seconds=0.5)
    assert not answer.complete
    assert answer.values is None or answer.bound <= answer.cost
