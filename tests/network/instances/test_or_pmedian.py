"""OR-Library p-median graphs."""

from __future__ import annotations

import pytest
from tests.network.instances.conftest import dense

from luukku.errors import BadInput
from luukku.network.instances import read_instance

INF = float("inf")


def test_costs_are_the_shortest_paths_between_all_pairs(written):
    instance = read_instance(written("4 4 2\n1 2 3\n2 3 4\n1 3 9\n3 4 1\n"))
    assert dense(instance) == [[0, 3, 7, 8], [3, 0, 4, 5], [7, 4, 0, 1], [8, 5, 1, 0]]
    assert (instance.p, instance.layout, instance.name) == (2, "or-pmedian", "instance")
    assert instance.weights.tolist() == [1, 1, 1, 1]


def test_of_parallel_edges_the_last_one_counts_whichever_way_it_is_written(written):
    assert dense(read_instance(written("2 3 1\n1 2 3\n2 1 1\n2 1 7\n"))) == [[0, 7], [7, 0]]


def test_an_edge_of_no_length_is_an_edge(written):
    assert dense(read_instance(written("3 2 1\n1 2 0\n2 3 5\n"))) == [[0, 0, 5], [0, 0, 5], [5, 5, 0]]


def test_an_edge_from_a_vertex_to_itself_changes_nothing(written):
    assert dense(read_instance(written("2 2 1\n1 1 9\n1 2 4\n"))) == [[0, 4], [4, 0]]


def test_vertices_that_no_path_joins_are_out_of_reach(written):
    assert dense(read_instance(written("3 1 1\n1 2 4\n"))) == [[0, 4, INF], [4, 0, INF], [INF, INF, 0]]


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        ("3 2 1\n1 2 4\n2 3", 3, "2 edges of 3 numbers each"),
        ("3 2 1\n1 2 4\n", None, "1 edges"),
        ("3 1 1\n1 2 4\n2 3 5\n", None, "2 edges"),
        ("3 2 1\n1 2 4\n2 7 5\n", 3, "a vertex from 1 to 3"),
        ("3 2 1\n1 2 4\n0 2 5\n", 3, "a vertex from 1 to 3"),
        ("3 2 1\n1 2 4\n1.5 2 5\n", 3, "a vertex from 1 to 3"),
        ("3 2 1\n1 2 -4\n2 3 5\n", 2, "a cost of at least 0"),
        ("3 2 1\n1 2 NaN\n2 3 5\n", 2, "'NaN' is no finite number"),
        ("3 2 1\n1 2 inf\n2 3 5\n", 2, "'inf' is no finite number"),
        ("3 2 1\n1 2 four\n2 3 5\n", 2, "'four' is no finite number"),
        ("0 2 1\n", 1, "vertices is 0"),
        ("3 -2 1\n", 1, "edges is -2"),
        ("3.5 2 1\n", 1, "vertices is 3.5"),
        ("1000000 1 1\n1 2 3\n", None, "at most 100,000,000 pairs"),
    ],
)
def test_a_graph_that_cannot_be_is_refused_with_the_row(written, text, row, told):
    with pytest.raises(BadInput) as error:
        read_instance(written(text))
    assert told in str(error.value)
    assert [fault.row for fault in error.value.faults][:1] == [row]


def test_everything_wrong_is_told_at_once(written):
    with pytest.raises(BadInput) as error:
        read_instance(written("3 3 1\n1 2 -4\n2 9 5\n"))
    assert len(error.value.faults) == 3
