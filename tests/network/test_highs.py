"""The door to HiGHS: silent, and honest about what cannot be."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from luukku.network.highs import Growing, Programme, solve


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


def test_values_cost_what_the_answer_says_even_where_the_solver_gives_back_the_start():
    cover = [(2, 6), (1, 3, 4, 5), (0, 2, 5), (0, 3, 4)]
    at_most = [(2, -10), (3, -11), (1, -12), (5, -12), (0, 2, 11), (4, 10, 12)]
    rows = np.zeros((10, 13))
    for row, columns in enumerate([*cover, *at_most]):
        for column in columns:
            rows[row, abs(column)] = 1.0 if column >= 0 else -1.0
    programme = Programme(
        cost=np.array([0, 0, 0, 0, 0, 0, 1.514, 0.26, 0.185, 0.036, 0, 0, 0]),
        upper=np.ones(13),
        rows=sparse.csr_array(rows),
        row_lower=np.array([1.0] * 4 + [-np.inf] * 6),
        row_upper=np.array([np.inf] * 4 + [0.0] * 4 + [2.0] * 2),
        whole=6,
    )
    start = np.array([0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1], dtype=np.float64)
    answer = solve(programme, seconds=5.0, start=start, options={"mip_heuristic_effort": 0.0})
    assert answer.complete
    assert answer.values is not None
    assert answer.cost == answer.bound == 0.0
    assert programme.cost @ answer.values == 0.0


def test_rows_that_leave_no_longer_hold_and_the_others_do():
    free = Programme(np.ones(3), np.ones(3), sparse.csr_array((0, 3)), np.empty(0), np.empty(0))
    growing = Growing(free)
    for column in range(3):
        growing.add(np.array([column]), 1.0)
    assert growing.solve().cost == 3.0
    growing.drop(np.array([0, 2]))
    answer = growing.solve()
    assert answer.values is not None
    assert answer.values.tolist() == [0.0, 1.0, 0.0]
    assert answer.row_duals.tolist() == [1.0]
