"""TSPLIB points."""

from __future__ import annotations

import pytest
from tests.network.instances.conftest import dense

from luukku.errors import BadInput
from luukku.network.instances import read_instance

HEAD = "NAME : three\nTYPE : TSP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
POINTS = "1 0 0\n2 3.0e+00 4\n3 1 1\n"


def test_distances_are_rounded_down(written):
    instance = read_instance(written(f"{HEAD}{POINTS}EOF\n", "three.tsp"))
    assert dense(instance) == [[0, 5, 1], [5, 0, 3], [1, 3, 0]]
    assert (instance.p, instance.layout) == (None, "tsplib")


def test_points_may_come_in_any_order_and_without_an_end_mark(written):
    mixed = "3 1 1\n1 0 0\n\n2 3 4\n"
    assert dense(read_instance(written(HEAD + mixed, "three.tsp"))) == [[0, 5, 1], [5, 0, 3], [1, 3, 0]]


@pytest.mark.parametrize(
    ("text", "row", "told"),
    [
        (HEAD + "1 0 0\n2 3 4\n", None, "3 points, as DIMENSION says"),
        (HEAD + "1 0 0\n2 3\n3 1 1\n", 7, "'2 3'"),
        (HEAD + "1 0 0\n2 3 nan\n3 1 1\n", 7, "two finite coordinates"),
        (HEAD + "1 0 0\n2 3 4\n2 1 1\n", 8, "point 2 is there twice"),
        (HEAD + "1 0 0\n2 3 4\n4 1 1\n", 8, "a number from 1 to 3"),
        (HEAD + POINTS + "4 1 1\n", 9, "a number from 1 to 3"),
        (HEAD.replace("EUC_2D", "GEO") + POINTS, 4, "EDGE_WEIGHT_TYPE is 'GEO'"),
        (HEAD.replace("DIMENSION : 3\n", "") + POINTS, None, "DIMENSION is absent"),
        (HEAD.replace("3", "three") + POINTS, 3, "DIMENSION is 'three'"),
        ("NAME : three\n", None, "there is no NODE_COORD_SECTION"),
        (HEAD.replace(": 3", ": 99999999"), None, "at most 100,000,000 pairs"),
    ],
)
def test_points_that_cannot_be_are_refused_with_the_row(written, text, row, told):
    with pytest.raises(BadInput) as error:
        read_instance(written(text, "three.tsp"))
    assert told in str(error.value)
    assert row in [fault.row for fault in error.value.faults]
