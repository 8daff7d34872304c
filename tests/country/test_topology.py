"""TopoJSON: what is encoded comes back, and arcs join into rings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country import topology

points = st.lists(st.tuples(st.integers(-400_000, 400_000), st.integers(-400_000, 900_000)), min_size=2, max_size=20)


@given(st.lists(points, min_size=1, max_size=8))
def test_arcs_come_back_as_they_were_encoded(lines: list[list[tuple[int, int]]]) -> None:
    encoded = topology.encode({}, [np.array(line) for line in lines], 1e-4)
    back = topology.arcs(encoded, digits=4)
    assert [len(arc) for arc in back] == [len(line) for line in lines]
    for arc, line in zip(back, lines, strict=True):
        assert np.allclose(arc, np.array(line) * 1e-4, atol=1e-9)


def test_arcs_are_joined_end_to_end_and_backwards_where_asked() -> None:
    arcs = [[[0.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]]]
    ring = topology.geometry({"type": "Polygon", "arcs": [[0, ~1, 2]]}, arcs)
    assert ring["coordinates"] == [[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]


def test_a_shape_without_borders_is_refused() -> None:
    with pytest.raises(ValueError, match="Point"):
        topology.geometry({"type": "Point", "arcs": []}, [])
