"""Ugly instances: every question has a correct answer or a clear refusal for each of them."""

from __future__ import annotations

import io
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.network.instances.test_answers import distances, small

from luukku.errors import BadInput, Impossible
from luukku.network.instances import answer, read_instance

INF = float("inf")
APART = "4 2 2\n1 2 3\n3 4 5\n"
"""Two pairs of vertices with no way between them."""


@settings(max_examples=200, deadline=None)
@given(small())
def test_the_worst_served_customer_is_as_brute_force_says(drawn):
    costs, weights, p = drawn
    served = weights > 0
    values = [
        float(costs[np.ix_(served, chosen)].min(axis=1, initial=INF).max(initial=0.0))
        for chosen in combinations(range(costs.shape[1]), p)
    ]
    if min(values) == INF:
        with pytest.raises(Impossible):
            answer(distances(costs, weights), "p-center", p=p)
    else:
        found = answer(distances(costs, weights), "p-center", p=p)
        assert (found.objective, found.proved) == (min(values), True)


@settings(max_examples=200, deadline=None)
@given(small(), st.sampled_from([0.5, 1.0, 3.5, 100.0]))
def test_covering_within_a_cost_is_as_brute_force_says(drawn, within):
    costs, weights, p = drawn
    near = costs <= within
    sites = range(costs.shape[1])
    most = max(float(weights[near[:, chosen].any(axis=1)].sum()) for chosen in combinations(sites, p))
    assert answer(distances(costs, weights), "max-cover", within=within, p=p).objective == most
    enough = [
        size
        for size in range(costs.shape[1] + 1)
        for chosen in combinations(sites, size)
        if near[np.ix_(weights > 0, chosen)].any(axis=1).all()
    ]
    if enough:
        assert answer(distances(costs, weights), "set-cover", within=within).objective == min(enough)
    else:
        with pytest.raises(Impossible, match="best possible"):
            answer(distances(costs, weights), "set-cover", within=within)


def test_a_graph_in_two_parts_needs_a_site_in_each(written):
    graph = read_instance(written(APART))
    assert answer(graph, "p-median").objective == 8
    assert answer(graph, "p-center").objective == 5
    assert answer(graph, "set-cover", within=100).objective == 2
    assert answer(graph, "max-cover", within=100, p=1).objective == 2
    for question in ("p-median", "p-center"):
        with pytest.raises(Impossible):
            answer(graph, question, p=1)


@pytest.mark.parametrize("question", ["p-median", "p-center", "max-cover"])
def test_sites_that_reach_nobody_help_nobody(question):
    instance = distances([[INF, 2.0], [INF, 4.0]])
    best = {"p-median": 6.0, "p-center": 4.0, "max-cover": 2.0}[question]
    assert answer(instance, question, within=10, p=1).sites == (1,)
    assert answer(instance, question, within=10, p=2).objective == best


@pytest.mark.parametrize("question", ["p-median", "p-center"])
def test_no_site_at_all_serves_nobody_and_all_of_them_serve_everybody_best(question):
    instance = distances([[0.0, 7.0, 9.0], [7.0, 0.0, 8.0], [9.0, 8.0, 0.0]])
    with pytest.raises(Impossible):
        answer(instance, question, p=0)
    assert answer(instance, question, p=3).objective == 0
    with pytest.raises(Impossible, match="The most possible is 3"):
        answer(instance, question, p=4)


def test_no_site_covers_nobody_and_more_than_there_are_cannot_be():
    instance = distances([[0.0, 7.0], [7.0, 0.0]])
    empty = answer(instance, "max-cover", within=5, p=0)
    assert (empty.objective, empty.bound, empty.sites, empty.proved) == (0, 0, (), True)
    assert answer(instance, "max-cover", within=5, p=2).objective == 2
    with pytest.raises(Impossible, match="The most possible is 2"):
        answer(instance, "max-cover", within=5, p=3)


@pytest.mark.parametrize("question", ["p-median", "p-center", "set-cover", "max-cover"])
def test_customers_of_no_weight_ask_for_nothing(question):
    instance = distances([[INF, INF], [3.0, 1.0]], weights=[0.0, 1.0])
    found = answer(instance, question, within=5, p=1)
    assert found.objective == 1
    assert found.proved


@pytest.mark.parametrize("question", ["p-median", "p-center", "set-cover", "max-cover"])
def test_among_equally_good_sites_the_same_are_chosen_every_time(question):
    instance = distances(np.full((6, 5), 2.0))
    first, again = (answer(instance, question, within=2, p=2) for _ in range(2))
    assert (first.sites, first.objective) == (again.sites, again.objective)
    assert first.proved


@pytest.mark.parametrize("question", ["p-median", "p-center"])
def test_everything_at_no_cost_costs_nothing_and_is_proved(question):
    found = answer(distances(np.zeros((4, 3))), question, p=1)
    assert (found.objective, found.bound, found.gap, found.proved) == (0, 0, 0, True)


@pytest.mark.parametrize("text", ["1,2\n3,nan\n", "1,2\n3,-1\n", "1,2\n-inf,3\n"])
def test_costs_that_are_no_costs_are_refused(written, text):
    with pytest.raises(BadInput):
        read_instance(written(text, "costs.csv"))


FILES = {
    "graph.txt": "4 3 2\n1 2 30\n2 3 40\n3 4 10\n",
    "cover.txt": "3 4\n10 20 30 40\n2\n1 2\n2\n2 3\n3\n1 3 4\n",
    "columns.txt": "3 4\n1 2 1 2\n2 2 2 3\n1 1 3\n5 1 1\n",
    "points.tsp": "NAME : x\nTYPE : TSP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n",
    "costs.csv": "a,b,c\n10,20,30\n40,50,60\n",
}


@pytest.mark.parametrize(("name", "text"), FILES.items(), ids=FILES)
def test_a_whole_file_is_read(written, name, text):
    read_instance(written(text, name))


@pytest.mark.parametrize("name", [name for name in FILES if name != "costs.csv"])
def test_a_file_cut_after_any_number_is_refused(written, name):
    text = FILES[name]
    ends = [place for place in range(1, len(text) - 1) if text[place].isspace() and not text[place - 1].isspace()]
    for end in ends:
        with pytest.raises(BadInput):
            read_instance(written(text[:end], name))


def test_a_table_cut_within_a_row_is_refused(written):
    text = FILES["costs.csv"]
    for end in (place for place, mark in enumerate(text) if mark == ","):
        if "\n" in text[:end]:
            with pytest.raises(BadInput):
                read_instance(written(text[:end], "costs.csv"))


def test_arrays_cut_anywhere_are_refused(tmp_path):
    whole = io.BytesIO()
    np.savez(whole, costs=np.arange(12.0).reshape(4, 3), p=np.array(2))
    data = whole.getvalue()
    path = tmp_path / "costs.npz"
    for end in range(0, len(data) - 1, 37):
        path.write_bytes(data[:end])
        with pytest.raises(BadInput):
            read_instance(path)
