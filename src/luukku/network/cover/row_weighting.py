"""Good covers, fast: swap columns in and out while rows that stay uncovered grow heavier.

Source: Gao, Yao, Weise & Li (2015), "An efficient local search heuristic with row weighting for the unicost set
covering problem", with every gain and loss divided by the column's cost. Deterministic for a seed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

STEPS = 2_000
"""Swaps between two looks at the clock."""


class _State(NamedTuple):
    """The matrix by row and by column, and a choice of columns under change.

    taken:  (columns,) bool; order, place: the taken columns in a list, and where in it each stands.
    times:  (rows,) how often each row is covered; weight: (rows,) grows while a row stays uncovered.
    bare, bare_place: the uncovered rows in a list, and where in it each stands.
    score:  (columns,) weight that a column would newly cover or, below 0, that only it covers.
    stamp:  (columns,) when a column last moved; may: (columns,) whether it may come back yet.
    tally:  columns taken, rows uncovered, the clock, the state of the random numbers, the column added last.
    """

    costs: NDArray[np.float64]
    row_start: NDArray[np.int64]
    row_column: NDArray[np.int64]
    column_start: NDArray[np.int64]
    column_row: NDArray[np.int64]
    taken: NDArray[np.bool_]
    order: NDArray[np.int64]
    place: NDArray[np.int64]
    times: NDArray[np.int64]
    weight: NDArray[np.int64]
    bare: NDArray[np.int64]
    bare_place: NDArray[np.int64]
    score: NDArray[np.int64]
    stamp: NDArray[np.int64]
    may: NDArray[np.bool_]
    tally: NDArray[np.int64]


TAKEN, BARE, CLOCK, RANDOM, LAST = range(5)
"""Places in a state's `tally`."""


def better_cover(
    rows: sparse.csr_array,
    costs: NDArray[np.float64],
    cover: NDArray[np.bool_],
    *,
    seed: int,
    vain: int,
    stopped: Callable[[float], bool],
) -> NDArray[np.bool_]:
    """The cheapest cover found from a given one before so many swaps in a row were in vain.

    rows: (rows, columns) CSR of ones; costs: (columns,), above 0; cover: (columns,) bool, covers every row.
    stopped: asked now and then, with the cost of the best cover; True ends the search.
    """
    state = _begin(rows, costs, cover, seed)
    best, value, since = cover.copy(), float(costs[cover].sum()), 0
    while since < vain and not stopped(value):
        cost = float(_search(state, best, value, STEPS))
        value, since = cost, 0 if cost < value else since + STEPS
    return best


def _begin(rows: sparse.csr_array, costs: NDArray[np.float64], cover: NDArray[np.bool_], seed: int) -> _State:
    by_column = sparse.csr_array(rows.T)
    times = np.asarray(rows @ cover.astype(np.int64), dtype=np.int64)
    count = int(cover.sum())
    order, place = np.full(len(costs), -1), np.full(len(costs), -1)
    order[:count] = np.flatnonzero(cover)
    place[order[:count]] = np.arange(count)
    return _State(
        costs=costs,
        row_start=rows.indptr.astype(np.int64),
        row_column=rows.indices.astype(np.int64),
        column_start=by_column.indptr.astype(np.int64),
        column_row=by_column.indices.astype(np.int64),
        taken=cover.copy(),
        order=order,
        place=place,
        times=times,
        weight=np.ones(len(times), dtype=np.int64),
        bare=np.full(len(times), -1),
        bare_place=np.full(len(times), -1),
        score=np.where(cover, -(by_column @ (times == 1)), 0).astype(np.int64),
        stamp=np.zeros(len(costs), dtype=np.int64),
        may=np.ones(len(costs), dtype=np.bool_),
        tally=np.array([count, 0, 0, seed + 1, -1], dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def _search(state: _State, best: NDArray[np.bool_], value: float, steps: int) -> float:
    """Swap so many times; the state and the best cover change in place. Returns the best cover's cost."""
    spent = state.costs[state.taken].sum()
    for _ in range(steps):
        while state.tally[BARE] == 0:  # a cover: keep it, and take columns out until it is none
            if spent < value - 1e-9 * value:
                value = spent
                best[:] = state.taken
            column = _lightest(state, -1)
            if column < 0:
                return value
            spent -= state.costs[column]
            _flip(state, column)
        column = _lightest(state, state.tally[LAST])
        if column >= 0:
            spent -= state.costs[column]
            _flip(state, column)
            state.may[column] = False
        fits = True
        while state.tally[BARE] > 0 and fits:
            state.tally[RANDOM] = (state.tally[RANDOM] * 1103515245 + 12345) % 2147483648
            column = _heaviest(state, state.bare[(state.tally[RANDOM] >> 8) % state.tally[BARE]])
            fits = spent + state.costs[column] < value - 1e-9 * value
            if fits:
                spent += state.costs[column]
                _flip(state, column)
                state.tally[LAST] = column
            _grow(state)
    return value


@njit(cache=True, nogil=True)
def _lightest(state: _State, resting: int) -> int:
    """The column taken whose rows weigh least for its cost; of equals the one that has not moved for longest."""
    out = -1
    for column in state.order[: state.tally[TAKEN]]:
        if column != resting and (out < 0 or _heavier(state, column, out)):
            out = column
    return out


@njit(cache=True, nogil=True)
def _heaviest(state: _State, row: int) -> int:
    """The column of a row that newly covers most weight for its cost, among those that may come if there are any."""
    into = -1
    columns = state.row_column[state.row_start[row] : state.row_start[row + 1]]
    for column in columns:
        if state.may[column] and (into < 0 or _heavier(state, column, into)):
            into = column
    if into < 0:
        for column in columns:
            if into < 0 or _heavier(state, column, into):
                into = column
    return into


@njit(cache=True, nogil=True)
def _heavier(state: _State, column: int, other: int) -> bool:
    """Whether a column's score for its cost is above another's; of equals the one that has not moved for longer."""
    more = state.score[column] * state.costs[other] - state.score[other] * state.costs[column]
    return bool(more > 0 or (more == 0 and state.stamp[column] < state.stamp[other]))


@njit(cache=True, nogil=True)
def _grow(state: _State) -> None:
    """Make every uncovered row heavier by one."""
    for row in state.bare[: state.tally[BARE]]:
        state.weight[row] += 1
        for pair in range(state.row_start[row], state.row_start[row + 1]):
            state.score[state.row_column[pair]] += 1


@njit(cache=True, nogil=True)
def _flip(state: _State, column: int) -> None:
    """Take a column in or out, and keep every score."""
    coming = not state.taken[column]
    state.tally[CLOCK] += 1
    state.taken[column] = coming
    state.score[column] = -state.score[column]
    state.stamp[column] = state.tally[CLOCK]
    _list(state, TAKEN, column, coming)
    for pair in range(state.column_start[column], state.column_start[column + 1]):
        row = state.column_row[pair]
        before = state.times[row]
        state.times[row] = before + (1 if coming else -1)
        weight = -state.weight[row] if coming else state.weight[row]
        if state.times[row] + before == 1:  # between none and one
            for other in state.row_column[state.row_start[row] : state.row_start[row + 1]]:
                if other != column:
                    state.score[other] += weight
                    state.may[other] = True
            _list(state, BARE, row, not coming)
        elif state.times[row] + before == 3:  # between one and two: the other one is no longer, or again, alone
            for other in state.row_column[state.row_start[row] : state.row_start[row + 1]]:
                if other != column and state.taken[other]:
                    state.score[other] -= weight
                    break


@njit(cache=True, nogil=True)
def _list(state: _State, which: int, item: int, joins: bool) -> None:
    """Put an item at the end of a list of the state, or take it out and put the last one in its place."""
    members, place = (state.order, state.place) if which == TAKEN else (state.bare, state.bare_place)
    if joins:
        members[state.tally[which]] = item
        place[item] = state.tally[which]
        state.tally[which] += 1
    else:
        state.tally[which] -= 1
        last = members[state.tally[which]]
        members[place[item]] = last
        place[last] = place[item]
        place[item] = -1
