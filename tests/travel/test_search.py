"""The engine: shortest times from many sites to many cells, compared with SciPy's on the same arcs."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from luukku.errors import BadInput, Impossible
from luukku.travel.graph import Arcs, arcs_of
from luukku.travel.search import MOST, prepare, search

SECOND = 1_000


def arcs(nodes, *triples):
    """Arcs of (from, to, seconds)."""
    source, to, seconds = (np.array(values) for values in zip(*triples, strict=True)) if triples else (np.zeros(0),) * 3
    return arcs_of(nodes, source.astype(int), to.astype(int), seconds / 60.0)


def reached(graph, sites, cells, limit_seconds, place=None):
    found = search(prepare(graph, np.array(sites, int), np.array(cells, int), place), limit_seconds * SECOND)
    return [
        dict(zip(found.cell[a:b].tolist(), (found.time[a:b] / SECOND).tolist(), strict=True))
        for a, b in zip(found.start[:-1], found.start[1:], strict=True)
    ]


def by_scipy(graph, sites, cells, limit_seconds):
    # SciPy takes an explicit zero for an absent arc, so zeros become far less than a millisecond.
    milliseconds = np.maximum(np.rint(graph.minutes * 60_000), 1e-6)
    matrix = csr_array((milliseconds, graph.to, graph.start), shape=(graph.nodes, graph.nodes)).T
    rows = np.rint(dijkstra(matrix, indices=sites))[:, cells] / SECOND
    return [{t: row[t] for t in np.flatnonzero(row <= limit_seconds).tolist()} for row in rows]


@st.composite
def searches(draw):
    nodes = draw(st.integers(1, 14))
    node = st.integers(0, nodes - 1)
    triples = draw(st.lists(st.tuples(node, node, st.integers(0, 9) | st.integers(0, 4_000)), max_size=45))
    sites, cells = draw(st.lists(node, min_size=1, max_size=4)), draw(st.lists(node, min_size=1, max_size=80))
    spots = draw(st.none() | st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=nodes, max_size=nodes))
    place = None if spots is None else tuple(np.array(spots).T)
    return arcs(nodes, *triples), sites, cells, draw(st.sampled_from([0, 7, 60, 7_200])), place


@settings(deadline=None, max_examples=400)
@given(searches())
def test_every_time_is_the_one_of_scipy(case) -> None:
    graph, sites, cells, limit, place = case
    assert reached(graph, sites, cells, limit, place) == by_scipy(graph, sites, cells, limit)


@pytest.mark.parametrize("seed", range(3))
def test_a_town_of_streets_has_the_times_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    side = 60
    at = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [np.column_stack((at[:, :-1].ravel(), at[:, 1:].ravel())), np.column_stack((at[:-1].ravel(), at[1:].ravel()))]
    )
    pairs = pairs[rng.random(len(pairs)) < 0.7]
    both = np.concatenate((pairs, pairs[rng.random(len(pairs)) < 0.9][:, ::-1]))
    graph = arcs_of(side * side, both[:, 0], both[:, 1], rng.integers(0, 40_000, len(both)) / 60_000)
    sites, cells = rng.integers(0, side * side, 70), rng.integers(0, side * side, 300)
    place = (at.ravel() % side * 1.0, at.ravel() // side * 1.0)
    assert reached(graph, sites, cells, 900, place) == by_scipy(graph, sites, cells, 900)


def test_dead_ends_and_chains_are_gone_before_the_search_begins() -> None:
    # 0 - 1 - 2 - 3 is a street; 4 and 5 hang on it; a ring 2 - 6 - 7 - 2 leads nowhere else.
    street = [(0, 1, 1), (1, 2, 2), (2, 3, 3), (1, 4, 1), (4, 5, 1), (2, 6, 1), (6, 7, 1), (7, 2, 1)]
    graph = arcs(8, *street, *((b, a, s) for a, b, s in street))
    assert prepare(graph, np.array([0]), np.array([3])).nodes == 3
    assert reached(graph, [0], [3], 60) == [{0: 6.0}]


def test_a_one_way_chain_leads_one_way() -> None:
    graph = arcs(4, (0, 1, 1), (1, 2, 1), (2, 3, 1))
    assert reached(graph, [0, 3], [0, 3], 60) == [{0: 0.0}, {0: 3.0, 1: 0.0}]


def test_a_chain_whose_middle_turns_cars_back_leads_nowhere() -> None:
    graph = arcs(3, (0, 1, 1), (1, 0, 1), (2, 1, 1), (1, 2, 1))
    closed = arcs(3, (0, 1, 1), (2, 1, 1))
    assert reached(graph, [0], [2], 60) == [{0: 2.0}]
    assert reached(closed, [0], [2], 60) == [{}]


def test_of_parallel_arcs_the_quickest_counts() -> None:
    parallel = Arcs(np.array([0, 3, 3], np.int32), np.array([1, 1, 1], np.int32), np.array([3.0, 1.0, 2.0]))
    assert reached(parallel, [1], [0], 600) == [{0: 60.0}]


def test_a_site_that_no_arc_leads_to_is_reached_only_from_itself() -> None:
    assert reached(arcs(3, (1, 2, 5)), [0, 1], [0, 1, 2], 60) == [{0: 0.0}, {1: 0.0}]


def test_a_graph_without_arcs_sites_or_cells_is_searched_too() -> None:
    assert reached(arcs(2), [0], [0, 1], 60) == [{0: 0.0}]
    assert reached(arcs(2, (0, 1, 1)), [], [0, 1], 60) == []
    assert reached(arcs(2, (0, 1, 1)), [0], [], 60) == [{}]


def test_what_lies_on_the_limit_is_reached_and_what_lies_a_millisecond_beyond_is_not() -> None:
    graph = arcs(3, (1, 0, 60.0), (2, 0, 60.001))
    assert reached(graph, [0], [1, 2], 60) == [{0: 60.0}]


def test_more_labels_than_expected_are_no_trouble() -> None:
    # Twenty thousand parallel arcs, ever quicker, each of which improves the last one.
    count = 20_000
    wheel = Arcs(
        np.concatenate(([0, count], np.full(count, count))).astype(np.int32),
        np.ones(count, np.int32),
        np.linspace(100, 1, count),
    )
    assert reached(wheel, [1, 1], [0], 7_200) == [{0: 60.0}, {0: 60.0}]


@pytest.mark.parametrize("minutes", [-1.0, np.nan, -np.inf])
def test_a_time_that_is_negative_or_no_number_is_refused_and_the_arc_is_told(minutes: float) -> None:
    graph = arcs_of(3, np.array([0, 1]), np.array([1, 2]), np.array([1.0, minutes]))
    with pytest.raises(BadInput, match=r"arc 1 takes .* minutes.*at least 0"):
        prepare(graph, np.array([0]), np.array([2]))


@pytest.mark.parametrize("minutes", [np.inf, 1e300, 1e7])
def test_an_endless_arc_leads_nowhere_and_harms_nothing(minutes: float) -> None:
    graph = arcs_of(4, np.array([1, 2, 3]), np.array([0, 1, 0]), np.array([minutes, minutes, 1.0]))
    assert reached(graph, [0], [1, 2, 3], 60) == [{2: 60.0}]


def test_a_limit_of_weeks_is_refused() -> None:
    with pytest.raises(Impossible, match="17895 minutes"):
        search(prepare(arcs(2, (0, 1, 1)), np.array([0]), np.array([1])), MOST + 1)


def test_progress_is_told_as_batches_end() -> None:
    told: list[tuple[int, int]] = []
    network = prepare(arcs(2, (0, 1, 1)), np.zeros(100, int), np.array([1]))
    search(network, 60 * SECOND, progress=lambda done, of: told.append((done, of)))
    assert len(told) > 1
    assert told[-1] == (100, 100)


def test_a_fault_on_the_way_ends_the_search() -> None:
    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    network = prepare(arcs(2, (0, 1, 1)), np.zeros(100, int), np.array([1]))
    with pytest.raises(KeyboardInterrupt):
        search(network, 60 * SECOND, progress=stop)


def test_nothing_is_compiled_before_a_search_begins() -> None:
    code = "import sys, luukku.travel.embedded, luukku.travel.paths, luukku.travel.transit, luukku.travel.spread"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; sys.exit(bool({{'numba', 'distributed', 'scipy'}} & set(sys.modules)))"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0
