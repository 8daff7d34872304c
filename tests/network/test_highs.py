"""The door to HiGHS: silent, and honest about what cannot be."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from luukku.network.highs import Programme, solve


def test_the_solver_prints_nothing(capfd):
    one = Programme(np.ones(1), np.ones(1), sparse.csr_array(np.ones((1, 1))), np.ones(1), np.array([np.inf]), whole=1)
    answer = solve(one, seconds=5.0)
    assert (answer.cost, answer.bound, answer.complete) == (1.0, 1.0, True)
    assert capfd.readouterr() == ("", "")


def test_the_solver_tells_infeasible_apart():
    none = Programme(
        np.ones(1), np.ones(1), sparse.csr_array(np.ones((1, 1))), np.full(1, 2.0), np.array([np.inf]), whole=1
    )
    answer = solve(none, seconds=5.0)
    assert answer.infeasible
    assert answer.values is None
    assert answer.bound == np.inf
