"""Questions asked of instances: published ones with known optima, small ones against brute force, and impossible ones."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.country.provenance import Source
from luukku.errors import BadInput, Contradiction, Impossible
from luukku.network.instances import Covering, Distances, answer, read_instance
from luukku.network.instances.model import from_dense

INF = float("inf")


def distances(costs, weights=None, p=None):
    costs = np.array(costs, dtype=np.float64)
    weights = np.ones(len(costs)) if weights is None else np.array(weights, dtype=np.float64)
    return Distances("drawn", "npz", from_dense(costs, Source("computation", "drawn for a test")), weights, p)


@pytest.mark.parametrize(
    ("name", "question", "known"),
    [
        ("pmed1", "p-median", 5819),
        ("pmed5", "p-median", 1355),
        ("pmed7", "p-median", 5631),
        ("pmed1", "p-center", 127),
        ("pmed5", "p-center", 48),
        ("pmed15", "p-center", 18),
    ],
)
def test_published_graphs_are_proved(shared_data, name, question, known):
    found = answer(read_instance(shared_data / "benchmarks" / "pmedian" / f"{name}.txt"), question)
    assert found.proved
    assert found.objective == known


@pytest.mark.parametrize(("name", "known"), [("scp41", 429), ("scp42", 512), ("scp51", 253), ("scp61", 138)])
def test_published_covers_are_proved(shared_data, name, known):
    found = answer(read_instance(shared_data / "benchmarks" / "setcover" / f"{name}.txt"), "set-cover")
    assert found.proved
    assert found.objective == known


def test_a_published_file_by_columns_is_read(shared_data):
    instance = read_instance(shared_data / "benchmarks" / "setcover" / "rail507.txt")
    assert instance.layout == "or-cover-columns"
    assert (instance.covers.shape, instance.covers.nnz) == ((507, 63009), 409349)


cost = st.sampled_from([0.0, 1.0, 2.0, 3.5, 8.0, INF])


@st.composite
def small(draw):
    sites = draw(st.integers(1, 4))
    costs = draw(st.lists(st.lists(cost, min_size=sites, max_size=sites), min_size=1, max_size=5))
    weights = draw(st.lists(st.sampled_from([0.0, 1.0, 4.0]), min_size=len(costs), max_size=len(costs)))
    return np.array(costs), np.array(weights), draw(st.integers(0, sites))


@settings(max_examples=400, deadline=None)
@given(small())
def test_serving_everybody_costs_what_brute_force_says(drawn):
    costs, weights, p = drawn
    served = weights > 0
    values = []
    for chosen in combinations(range(costs.shape[1]), p):
        nearest = costs[:, chosen].min(axis=1, initial=INF)
        values.append(float(weights[served] @ nearest[served]) if np.isfinite(nearest[served]).all() else INF)
    if min(values) == INF:
        with pytest.raises(Impossible):
            answer(distances(costs, weights), "p-median", p=p)
    else:
        found = answer(distances(costs, weights), "p-median", p=p)
        assert found.proved
        assert found.objective == pytest.approx(min(values), rel=1e-6, abs=1e-9)


def test_a_customer_far_from_everything_near_does_not_stay_out_for_being_cheaper_to_charge():
    costs = [[1.0, INF], [INF, 1000.0]] + [[1.0, 1000.0]] * 20
    found = answer(distances(costs), "p-median", p=2)
    assert (found.objective, found.sites) == (1.0 + 1000.0 + 20.0, (0, 1))
    with pytest.raises(Impossible, match="No choice of 1 sites reaches every customer"):
        answer(distances(costs), "p-median", p=1)


def test_covering_with_distances_needs_to_know_how_far():
    instance = distances([[0, 4], [4, 0]])
    assert answer(instance, "set-cover", within=3).objective == 2
    assert answer(instance, "set-cover", within=100).objective == 1
    assert answer(instance, "max-cover", within=3, p=1).objective == 1
    for question in ("set-cover", "max-cover"):
        with pytest.raises(Contradiction, match="within which cost"):
            answer(instance, question, p=1)


def test_the_number_asked_goes_before_the_number_in_the_file():
    instance = distances([[0, 4, 9], [4, 0, 9], [9, 9, 0]], p=2)
    assert answer(instance, "p-median").objective == 4
    assert answer(instance, "p-median", p=3).objective == 0
    assert answer(instance, "p-median", p=1).objective == 13


def test_no_number_at_all_and_too_great_a_one_are_refused():
    with pytest.raises(Contradiction, match="give the number p"):
        answer(distances([[0.0]]), "p-median")
    with pytest.raises(Impossible, match="The most possible is 1"):
        answer(distances([[0.0]]), "p-center", p=2)


def test_a_cover_answers_covering_only(written):
    instance = read_instance(written("3 3\n9 4 4\n2\n1 2\n2\n1 3\n2\n1 2\n"))
    assert isinstance(instance, Covering)
    assert answer(instance, "set-cover").objective == 8
    assert answer(instance, "set-cover", unit_costs=True).objective == 1
    assert answer(instance, "max-cover", p=1).objective == 3
    with pytest.raises(Contradiction, match="needs distances"):
        answer(instance, "p-median", p=1)


@pytest.mark.parametrize("text", ["1 2 3 4\n", "7\n"])
def test_a_file_of_no_known_layout_is_refused(written, text):
    with pytest.raises(BadInput, match="the first row holds"):
        read_instance(written(text))


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    for name in ("a.txt", "a.tsp", "a.csv", "a.npz"):
        with pytest.raises(BadInput, match="there is no such file"):
            read_instance(tmp_path / name)
