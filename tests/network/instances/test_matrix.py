"""Cost matrices of one's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from tests.network.instances.conftest import dense

from luukku.errors import BadInput
from luukku.network.instances import read_instance

INF = float("inf")


def test_plain_numbers_are_costs_of_customers_by_sites(written):
    instance = read_instance(written("1,2.5,3\n4,,inf\n", "costs.csv"))
    assert dense(instance) == [[1, 2.5, 3], [4, INF, INF]]
    assert instance.weights.tolist() == [1, 1]
    assert instance.site_names == ()


def test_headings_name_the_sites_the_customers_and_the_weights(written):
    text = "customer,weight,North,South\nAda,2,1,5\nBea,0.5,3,\n"
    instance = read_instance(written(text, "costs.csv"))
    assert instance.site_names == ("North", "South")
    assert instance.weights.tolist() == [2, 0.5]
    assert dense(instance) == [[1, 5], [3, INF]]


def test_semicolons_go_with_decimal_commas_and_a_mark_at_the_start(written):
    instance = read_instance(written("﻿;A;B\nx;1,5;2\n", "costs.csv"))
    assert (instance.site_names, dense(instance)) == (("A", "B"), [[1.5, 2]])


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        ("1,2\n3\n", 2, "the row has 1 cells"),
        ("1,2\n3,nan\n", 2, "'nan'"),
        ("1,2\n3,-1\n", 2, "'-1'"),
        ("a,b\n3,x\n", 2, "column b"),
        ("weight,a\n-1,3\n", 2, "a weight of at least 0"),
        ("weight,a\ninf,3\n", 2, "a weight of at least 0"),
        ("weight,a\n,3\n", 2, "a weight of at least 0"),
        ("weight,weight,a\n1,1,3\n", 1, "twice"),
        ("a,b\n", None, "no customers"),
        ("customer,weight\nx,1\n", None, "no sites"),
        ("", None, "the file is empty"),
        (b"a,b\n1,\xff\n", 2, "not UTF-8"),
    ],
)
def test_a_table_that_cannot_be_is_refused_with_the_row(written, text, row, told):
    with pytest.raises(BadInput) as error:
        read_instance(written(text, "costs.csv"))
    assert told in str(error.value)
    assert error.value.faults[0].row == row


def test_arrays_bring_weights_and_p(tmp_path):
    np.savez(tmp_path / "a.npz", costs=np.array([[1.0, np.inf], [0.0, 2.0]]), weights=np.array([3, 4]), p=1)
    instance = read_instance(tmp_path / "a.npz")
    assert dense(instance) == [[1, INF], [0, 2]]
    assert (instance.weights.tolist(), instance.p) == ([3, 4], 1)


def test_in_a_sparse_matrix_what_is_absent_is_out_of_reach_and_a_stored_zero_is_not(tmp_path):
    stored = sparse.csr_array((np.array([0.0, 7.0, 8.0]), (np.array([0, 0, 1]), np.array([0, 2, 1]))), shape=(2, 3))
    sparse.save_npz(tmp_path / "a.npz", stored)
    assert dense(read_instance(tmp_path / "a.npz")) == [[0, INF, 7], [INF, 8, INF]]


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.5, INF]), min_size=3, max_size=3), min_size=1, max_size=4))
def test_text_and_arrays_say_the_same(tmp_path_factory, costs):
    folder = tmp_path_factory.mktemp("costs")
    (folder / "a.csv").write_text("\n".join(",".join(map(str, row)) for row in costs))
    np.savez(folder / "a.npz", costs=np.array(costs))
    assert dense(read_instance(folder / "a.csv")) == dense(read_instance(folder / "a.npz")) == costs


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        ({"costs": np.array([[1.0, np.nan]])}, "negative or no numbers"),
        ({"costs": np.array([[1.0, -1.0]])}, "customer 0, site 1"),
        ({"costs": np.zeros(3)}, "the shape (3,)"),
        ({"costs": np.zeros((0, 3))}, "the shape (0, 3)"),
        ({"costs": np.array([["a"]])}, "`costs`"),
        ({"costs": np.zeros((1, 1)), "weights": np.zeros(2)}, "`weights` has the shape (2,)"),
        ({"costs": np.zeros((1, 1)), "weights": np.array([-1.0])}, "weights of at least 0"),
        ({"costs": np.zeros((1, 1)), "p": np.array(-1)}, "`p`"),
        ({"costs": np.zeros((1, 1)), "p": np.array([1, 2])}, "`p`"),
        ({"other": np.zeros(3)}, "there is no cost matrix in it"),
    ],
)
def test_arrays_that_cannot_be_are_refused(tmp_path, arrays, told):
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(BadInput) as error:
        read_instance(tmp_path / "a.npz")
    assert told in str(error.value)


def test_a_file_of_arrays_cut_in_the_middle_is_refused(tmp_path):
    path = tmp_path / "a.npz"
    np.savez_compressed(path, costs=np.random.default_rng(1).random((50, 50)))
    whole = path.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(BadInput, match="cannot be read"):
            read_instance(path)


def test_a_single_array_under_the_wrong_ending_is_refused(tmp_path):
    with (tmp_path / "a.npz").open("wb") as file:
        np.save(file, np.zeros((2, 2)))
    with pytest.raises(BadInput, match="no named arrays"):
        read_instance(tmp_path / "a.npz")
