"""Cuts hold for every choice, whatever else, and are found where three groups hang together by pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.network.conftest import scattered
from tests.network.coverage.test_solve import WITHIN, columns_of, problems_with_alternatives_and_costs

from luukku.network.coverage.cuts import CUT, Cuts
from luukku.network.coverage.model import coverage
from luukku.network.coverage.prices import bound_at
from luukku.network.problem import Problem


@settings(max_examples=200, deadline=None)
@given(problems_with_alternatives_and_costs(), WITHIN, st.floats(0, 12), st.integers(0, 5))
def test_no_choice_misses_a_cut_and_any_dues_bound_every_choice(problem, within, room, seed):
    data = coverage(problem, within, problem.price, room)
    draw = np.random.default_rng(seed)
    cuts = Cuts(data.rows, data.people)
    for _ in range(5):
        cuts.find(draw.choice([0.0, 1 / 3, 0.5, 2 / 3], len(data.sites)))
    people = data.people.max(initial=1.0)
    dues = cuts.dues(draw.uniform(-0.2, 0.5, cuts.members.shape[0]) * people)
    prices = bound_at(data, draw.random(len(data.people)), np.zeros(len(data.sites)), dues)
    for choice in columns_of(data):
        chosen = np.isin(np.arange(len(data.sites)), choice).astype(np.float64)
        outside = (data.rows @ chosen == 0).astype(np.float64)
        assert (cuts.factors @ chosen + cuts.members @ outside >= CUT).all()
        near = 1e-9 * max(data.reachable, 1.0)
        worth = data.worth(choice)
        assert worth <= prices.bound + near
        assert worth <= prices.rest + prices.pay @ chosen + near
        assert (worth <= (prices.bound - prices.into)[chosen > 0] + near).all()
        assert (worth <= (prices.bound - prices.out)[chosen == 0] + near).all()


@pytest.fixture
def triangle() -> Cuts:
    """Three groups, each covered by two of three sites."""
    return Cuts(sparse.csr_array(np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])), np.array([5.0, 6.0, 7.0]))


def test_half_of_each_site_covers_three_groups_by_pairs_but_misses_their_cut(triangle):
    assert triangle.find(np.full(3, 0.5)) == 1
    assert triangle.members.toarray().tolist() == [[1, 1, 1]]
    assert triangle.factors.toarray().tolist() == [[1, 1, 1]]


def test_a_cut_is_found_once(triangle):
    triangle.find(np.full(3, 0.5))
    assert triangle.find(np.full(3, 0.5)) == 0


def test_a_site_that_covers_all_groups_of_a_cut_counts_twice():
    rows = sparse.csr_array(np.array([[1.0, 1, 0, 1], [0, 1, 1, 1], [1, 0, 1, 1]]))
    cuts = Cuts(rows, np.ones(3))
    cuts.find(np.array([0.5, 0.5, 0.5, 0.0]))
    assert cuts.factors.toarray().tolist() == [[1, 1, 1, 2]]


@pytest.mark.parametrize("values", [(1.0, 1.0, 0.0), (0.0, 0.0, 0.0), (1.0, 0.0, 0.0)])
def test_whole_sites_miss_no_cut(triangle, values):
    assert triangle.find(np.array(values)) == 0


def test_without_groups_there_are_no_cuts():
    assert Cuts(sparse.csr_array((0, 4)), np.empty(0)).find(np.full(4, 0.5)) == 0


def test_equal_points_find_equal_cuts():
    people = np.random.default_rng(3).lognormal(6, 1, 600).round()
    data = coverage(Problem(people, scattered(600, 90, seed=3)), 30.0, np.ones(90), 15.0)
    values = np.random.default_rng(1).random(90)[: len(data.sites)] * 0.3
    one, other = Cuts(data.rows, data.people), Cuts(data.rows, data.people)
    assert one.find(values) == other.find(values) > 0
    assert (one.members != other.members).nnz == 0
