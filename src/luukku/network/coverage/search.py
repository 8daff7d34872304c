"""Good choices for maximal covering, fast: the best swap of one site for another, a short memory, and shakes.

Sources: Resende & Werneck (2007), "A fast swap-based local search procedure for location problems", for keeping what
every swap would change while the choice changes; Glover (1989) for the memory (a site just moved rests for some
rounds); Lourenço, Martin & Stützle (2003) for going on from the best choice after a shake. Deterministic for a seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.coverage.model import Coverage

VAIN = 30
"""Rounds without improvement after which a shake follows."""
SHAKEN = 3
"""Sites exchanged in a shake."""
DRAWN = 20
"""Sites drawn for each that a shake takes out; the one that covers most comes in."""
BACK = 0.02
"""How often a shake that led to a worse choice goes back to the best one of all."""
REST = 5
"""Rounds for which a site that left stays out at least; as many more at most are drawn."""


class _State(NamedTuple):
    """A choice of sites under change, and what every add, drop and swap would do to it.

    slot:   (slots,) the column in each slot, -1 for none; place: (columns,) the slot of each column, -1 for none.
    times:  (rows,) how often each group is covered; who: (rows,) the sum of the columns that cover it.
    gain:   (columns,) people a column would newly cover; loss: (slots,) people whom only the slot's column covers.
    shared: (slots, columns) people whom only the slot's column covers and the other column would cover as well.
    bars:   (sets,) how many of each set of alternatives are chosen; spent: [what the choice takes of the room].
    rest:   (columns,) the round until which a column is left alone.
    """

    row_start: NDArray[np.int32]
    row_column: NDArray[np.int32]
    column_start: NDArray[np.int32]
    column_row: NDArray[np.int32]
    bar_start: NDArray[np.int32]
    bar: NDArray[np.int32]
    people: NDArray[np.float64]
    price: NDArray[np.float64]
    slot: NDArray[np.int64]
    place: NDArray[np.int64]
    times: NDArray[np.int32]
    who: NDArray[np.int64]
    gain: NDArray[np.float64]
    loss: NDArray[np.float64]
    shared: NDArray[np.float64]
    bars: NDArray[np.int32]
    spent: NDArray[np.float64]
    rest: NDArray[np.int64]


def greedy(data: Coverage) -> NDArray[np.intp]:
    """Columns added one by one: the one that newly covers most for its price, until none fits or covers more."""
    return searched(data, np.empty(0, dtype=np.intp), rounds=0, seed=0)


def searched(data: Coverage, start: NDArray[np.intp], *, rounds: int, seed: int) -> NDArray[np.intp]:
    """The best choice met in so many rounds from a start: columns, ascending. Columns that do not fit are left out.

    start: columns, those to be kept first.
    """
    columns = len(data.sites)
    if columns == 0:
        return np.empty(0, dtype=np.intp)
    cheapest = np.cumsum(np.sort(data.price))
    slots = int(np.searchsorted(cheapest, data.room, side="right"))
    if slots == 0:
        return np.empty(0, dtype=np.intp)
    state = _State(
        row_start=data.rows.indptr,
        row_column=data.rows.indices,
        column_start=data.by_site.indptr,
        column_row=data.by_site.indices,
        bar_start=data.by_bar.indptr,
        bar=data.by_bar.indices,
        people=data.people,
        price=data.price,
        slot=np.full(slots, -1),
        place=np.full(columns, -1),
        times=np.zeros(len(data.people), dtype=np.int32),
        who=np.zeros(len(data.people), dtype=np.int64),
        gain=np.asarray(data.by_site @ data.people, dtype=np.float64),
        loss=np.zeros(slots),
        shared=np.zeros((slots, columns)),
        bars=np.zeros(data.barred.shape[0], dtype=np.int32),
        spent=np.zeros(1),
        rest=np.zeros(columns, dtype=np.int64),
    )
    best = _search(state, np.asarray(start, dtype=np.int64), data.room, rounds, seed)
    return np.sort(best[best >= 0]).astype(np.intp)


@njit(cache=True, nogil=True)
def _search(state: _State, start: NDArray[np.int64], room: float, rounds: int, seed: int) -> NDArray[np.int64]:
    """The slots of the best choice met."""
    np.random.seed(seed)  # noqa: NPY002 - numba's own generator, seeded for every search
    for column in start:
        if state.place[column] < 0 and _may_come(state, column, -1, room):
            _come(state, column)
    _fill(state, room)
    value = _value(state)
    # the best choices of all, where the last shake began, and since then
    slots = np.empty((3, len(state.slot)), np.int64)
    slots[:] = state.slot
    values = np.full(3, value)
    since = 0
    for turn in range(1, rounds + 1):
        change = _move(state, room, turn, values[0] - value)
        since += 1
        if np.isfinite(change):
            value += change
        if value > values[2] * (1 + 1e-12):
            since = 0
            _keep(slots, values, 2, state.slot, value)
            if value > values[0] * (1 + 1e-12):
                _keep(slots, values, 0, state.slot, value)
        if since >= VAIN or not np.isfinite(change):
            if values[2] >= values[1] * (1 - 1e-12):
                _keep(slots, values, 1, slots[2], values[2])
            elif np.random.random() < BACK:  # noqa: NPY002
                _keep(slots, values, 1, slots[0], values[0])
            _return_to(state, slots[1])
            _shake(state, room, turn)
            value, since = _value(state), 0
            _keep(slots, values, 2, state.slot, value)
    best: NDArray[np.int64] = slots[0]
    return best


@njit(cache=True, nogil=True)
def _keep(
    slots: NDArray[np.int64], values: NDArray[np.float64], at: int, slot: NDArray[np.int64], value: float
) -> None:
    slots[at] = slot
    values[at] = value


@njit(cache=True, nogil=True)
def _move(state: _State, room: float, turn: int, wanting: float) -> float:
    """Make the best move; the people that it brings, minus infinity when there is none."""
    out, into, change = _best_move(state, room, turn, wanting)
    if into < 0:
        return -np.inf
    if out >= 0:
        leaving = state.slot[out]
        _go(state, leaving)
        state.rest[leaving] = turn + REST + np.random.randint(REST)  # noqa: NPY002
    _come(state, into)
    state.rest[into] = turn + REST // 2 + np.random.randint(REST)  # noqa: NPY002
    return change


@njit(cache=True, nogil=True)
def _best_move(state: _State, room: float, turn: int, wanting: float) -> tuple[int, int, float]:
    """The slot to leave (-1: none has to), the column to come (-1: no move), and the people that brings.

    A resting column comes only if that makes the choice better than the best one, `wanting` people away.
    """
    into = _best_addition(state, room, turn)
    if into >= 0:
        return -1, into, state.gain[into]
    out, change = -1, -np.inf
    free = room - state.spent[0]
    barred = len(state.bars) > 0
    for slot, leaving in enumerate(state.slot):
        if leaving < 0 or state.rest[leaving] >= turn:
            continue
        loss = state.loss[slot]
        freed = free + state.price[leaving]
        shared = state.shared[slot]
        for column in range(len(state.place)):
            more = state.gain[column] + shared[column] - loss
            if more > change and state.place[column] < 0 and state.price[column] <= freed:
                if state.rest[column] >= turn and more <= wanting:
                    continue
                if barred and not _may_come(state, column, leaving, room):
                    continue
                out, into, change = slot, column, more
    return out, into, change


@njit(cache=True, nogil=True)
def _best_addition(state: _State, room: float, turn: int) -> int:
    """The column that newly covers most and fits beside the choice, -1 for none."""
    into = -1
    if (state.slot < 0).any():
        for column in range(len(state.place)):
            better = state.gain[column] > (state.gain[into] if into >= 0 else 0.0)
            free = state.place[column] < 0 and state.rest[column] < turn
            if better and free and _may_come(state, column, -1, room):
                into = column
    return into


@njit(cache=True, nogil=True)
def _may_come(state: _State, column: int, leaving: int, room: float) -> bool:
    """Whether a column fits beside the choice, once another (-1: none) has left it."""
    freed = state.price[leaving] if leaving >= 0 else 0.0
    if state.spent[0] - freed + state.price[column] > room:
        return False
    for at in range(state.bar_start[column], state.bar_start[column + 1]):
        others = state.bars[state.bar[at]]
        if others > 0 and leaving >= 0:
            for left in range(state.bar_start[leaving], state.bar_start[leaving + 1]):
                if state.bar[left] == state.bar[at]:
                    others -= 1
        if others > 0:
            return False
    return True


@njit(cache=True, nogil=True)
def _fill(state: _State, room: float) -> None:
    """Add the column that newly covers most for its price, again and again, until none fits or covers more."""
    while True:
        into = -1
        for column in range(len(state.place)):
            if state.place[column] < 0 and state.gain[column] > 0 and _may_come(state, column, -1, room):
                if into < 0:
                    into = column
                    continue
                mine = state.gain[column] * max(state.price[into], 1e-300)
                if mine > state.gain[into] * max(state.price[column], 1e-300):
                    into = column
        if into < 0:
            return
        _come(state, into)


@njit(cache=True, nogil=True)
def _shake(state: _State, room: float, turn: int) -> None:
    """Take some columns out, each for the best of some drawn at random, and fill up."""
    for _ in range(SHAKEN):
        slot = np.random.randint(len(state.slot))  # noqa: NPY002
        for _ in range(len(state.slot)):
            if state.slot[slot] >= 0:
                break
            slot = (slot + 1) % len(state.slot)
        if state.slot[slot] < 0:
            return
        leaving = state.slot[slot]
        _go(state, leaving)
        state.rest[leaving] = turn + REST
        into = -1
        for _ in range(DRAWN):
            column = np.random.randint(len(state.place))  # noqa: NPY002
            if column == leaving or state.place[column] >= 0 or not _may_come(state, column, -1, room):
                continue
            if into < 0 or state.gain[column] > state.gain[into]:
                into = column
        if into >= 0:
            _come(state, into)
    if (state.slot < 0).any():
        _fill(state, room)


@njit(cache=True, nogil=True)
def _return_to(state: _State, slots: NDArray[np.int64]) -> None:
    """Make the choice that of other slots."""
    stays = np.zeros(len(state.place), np.bool_)
    for column in slots:
        if column >= 0:
            stays[column] = True
    for column in state.slot.copy():
        if column >= 0 and not stays[column]:
            _go(state, column)
    for column in slots:
        if column >= 0 and state.place[column] < 0:
            _come(state, column)


@njit(cache=True, nogil=True)
def _value(state: _State) -> float:
    value = 0.0
    for row in range(len(state.times)):
        if state.times[row] > 0:
            value += state.people[row]
    return value


@njit(cache=True, nogil=True)
def _come(state: _State, column: int) -> None:
    """Choose a column, and keep every gain, loss and shared loss."""
    slot = 0
    while state.slot[slot] >= 0:
        slot += 1
    state.slot[slot] = column
    state.place[column] = slot
    state.spent[0] += state.price[column]
    for at in range(state.bar_start[column], state.bar_start[column + 1]):
        state.bars[state.bar[at]] += 1
    state.loss[slot] = 0.0
    state.shared[slot, :] = 0.0
    for pair in range(state.column_start[column], state.column_start[column + 1]):
        row = state.column_row[pair]
        people = state.people[row]
        if state.times[row] == 0:
            _alone(state, row, slot, people, True)
        elif state.times[row] == 1:
            _alone(state, row, state.place[state.who[row]], -people, False)
        state.times[row] += 1
        state.who[row] += column


@njit(cache=True, nogil=True)
def _go(state: _State, column: int) -> None:
    """Take a column out of the choice, and keep every gain, loss and shared loss."""
    slot = state.place[column]
    for pair in range(state.column_start[column], state.column_start[column + 1]):
        row = state.column_row[pair]
        people = state.people[row]
        state.times[row] -= 1
        state.who[row] -= column
        if state.times[row] == 0:
            _alone(state, row, slot, -people, True)
        elif state.times[row] == 1:
            _alone(state, row, state.place[state.who[row]], people, False)
    for at in range(state.bar_start[column], state.bar_start[column + 1]):
        state.bars[state.bar[at]] -= 1
    state.spent[0] -= state.price[column]
    state.place[column] = -1
    state.slot[slot] = -1


@njit(cache=True, nogil=True)
def _alone(state: _State, row: int, slot: int, people: float, gained: bool) -> None:
    """So many people of a group are now covered by a slot's column alone; with `gained`, by nobody before."""
    shared = state.shared[slot]
    for at in range(state.row_start[row], state.row_start[row + 1]):
        shared[state.row_column[at]] += people
        if gained:
            state.gain[state.row_column[at]] -= people
    state.loss[slot] += people
