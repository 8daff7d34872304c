"""Good choices and good bounds for covering a share of the people, in compiled loops.

The search swaps a site that only few need for the one that then gains most (Teitz & Bart 1968), and lets both rest for
some rounds (Glover 1989). The bound is that of Lagrange for maximal covering (Galvão & ReVelle 1996): prices of being
covered, mended by deflected subgradients (Camerini, Fratta & Maffioli 1975) whose steps are scaled by each group's
people.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.dominance import Family


class Bars(NamedTuple):
    """Which groups each column is in, of which at most one column may be chosen: bar[start[c]:start[c + 1]]."""

    start: NDArray[np.int64]
    bar: NDArray[np.int32]
    groups: int

    def matrix(self, columns: int) -> sparse.csr_array:
        """(columns, groups) CSR of ones."""
        return sparse.csr_array((np.ones(len(self.bar)), self.bar, self.start), shape=(columns, self.groups))


class Choice(NamedTuple):
    """Columns chosen, under change.

    chosen: (columns,) bool; times: (rows,) how often each row is covered; taken: (groups,) columns chosen of each.
    score:  (columns,) weight that the column would newly cover or, of a chosen one, that it alone covers.
    rests:  (columns,) the round until which the column stays as it is.
    clock:  rounds so far, the state of the random numbers.
    outside: [0] weight that no column covers.
    """

    chosen: NDArray[np.bool_]
    times: NDArray[np.int64]
    taken: NDArray[np.int64]
    score: NDArray[np.float64]
    rests: NDArray[np.int64]
    clock: NDArray[np.int64]
    outside: NDArray[np.float64]


REST = 4
"""Rounds at least for which a column just moved stays as it is."""
LONGER = 8
"""Rounds at most, drawn at random, that are added to it."""
TRIED = 12
"""Columns that may leave, of those that lose least, for which the best one to come is looked for."""
DEFLECTION = 0.7
"""Share of the last direction that the next one keeps."""
PATIENCE = 20
"""Sweeps without a better bound after which the step halves."""
SHORTEST = 1e-4
"""Length of a step at which no better bound is to be expected."""


def nothing_chosen(rows: Family, weight: NDArray[np.float64], bars: Bars) -> Choice:
    """A choice of no column; weight: (rows,) what leaving each row outside counts."""
    columns = len(rows.by_start) - 1
    row = np.repeat(np.arange(len(weight)), rows.sizes)
    return Choice(
        chosen=np.zeros(columns, dtype=np.bool_),
        times=np.zeros(len(weight), dtype=np.int64),
        taken=np.zeros(bars.groups, dtype=np.int64),
        score=np.bincount(rows.item, weights=weight[row], minlength=columns).astype(np.float64),
        rests=np.zeros(columns, dtype=np.int64),
        clock=np.array([0, 1], dtype=np.int64),
        outside=np.array([weight.sum()]),
    )


@njit(cache=True, nogil=True)
def flip(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice, column: int) -> None:
    """Take a column in or out, and keep every score."""
    coming = not choice.chosen[column]
    choice.chosen[column] = coming
    change = 1 if coming else -1
    for place in range(bars.start[column], bars.start[column + 1]):
        choice.taken[bars.bar[place]] += change
    for pair in range(rows.by_start[column], rows.by_start[column + 1]):
        row = rows.by_set[pair]
        before = choice.times[row]
        choice.times[row] = before + change
        both = before + choice.times[row]
        if both == 1:  # between none and one: the others gain nothing by it any more, or again
            choice.outside[0] -= change * weight[row]
            for other in rows.item[rows.start[row] : rows.start[row + 1]]:
                if other != column:
                    choice.score[other] -= change * weight[row]
        elif both == 3:  # between one and two: the other one is no longer, or again, alone
            for other in rows.item[rows.start[row] : rows.start[row + 1]]:
                if other != column and choice.chosen[other]:
                    choice.score[other] -= change * weight[row]
                    break


@njit(cache=True, nogil=True)
def add_greedily(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice, spare: float) -> None:
    """Add the column that gains most, again and again, until at most `spare` is outside or none gains any."""
    while choice.outside[0] > spare:
        best = _most(bars, choice, False)
        if best < 0 or choice.score[best] <= 0:
            return
        flip(rows, weight, bars, choice, best)


@njit(cache=True, nogil=True)
def leave_least(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice) -> None:
    """Take out the column whose loss is least."""
    chosen = np.flatnonzero(choice.chosen)
    flip(rows, weight, bars, choice, chosen[np.argmin(choice.score[chosen])])


@njit(cache=True, nogil=True)
def swap(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice, limits: tuple[float, int]) -> float:
    """Swap, and end with the best choice met; limits: (weight outside that is enough, rounds in vain to give up after).

    Returns the weight that the choice leaves outside.
    """
    enough, patience = limits
    value, best, since = choice.outside[0], choice.chosen.copy(), 0
    while value > enough and since < patience:
        choice.clock[0] += 1
        since += 1
        leaving, coming = _best_pair(rows, weight, bars, choice)
        if coming < 0:
            continue
        flip(rows, weight, bars, choice, leaving)
        flip(rows, weight, bars, choice, coming)
        _rest(choice, leaving)
        _rest(choice, coming)
        if choice.outside[0] < value - 1e-9 * value:
            value, since = choice.outside[0], 0
            best[:] = choice.chosen
    choose(rows, weight, bars, choice, best)
    return float(choice.outside[0])


@njit(cache=True, nogil=True)
def choose(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice, columns: NDArray[np.bool_]) -> None:
    """Choose exactly these columns, as far as nothing bars them."""
    for column in range(len(columns)):
        if choice.chosen[column] and not columns[column]:
            flip(rows, weight, bars, choice, column)
    for column in range(len(columns)):
        if columns[column] and not choice.chosen[column] and _is_free(bars, choice, column):
            flip(rows, weight, bars, choice, column)


@njit(cache=True, nogil=True)
def _best_pair(rows: Family, weight: NDArray[np.float64], bars: Bars, choice: Choice) -> tuple[int, int]:
    """The column to leave, of those that lose least, and the one to come, after which least is outside."""
    leave, come, least = -1, -1, np.inf
    chosen = np.flatnonzero(choice.chosen & (choice.rests < choice.clock[0]))
    for leaving in chosen[np.argsort(choice.score[chosen], kind="mergesort")][:TRIED]:
        flip(rows, weight, bars, choice, leaving)
        rests = choice.rests[leaving]
        choice.rests[leaving] = choice.clock[0]
        coming = _most(bars, choice, True)
        if coming >= 0 and choice.outside[0] - choice.score[coming] < least:
            leave, come, least = leaving, coming, choice.outside[0] - choice.score[coming]
        choice.rests[leaving] = rests
        flip(rows, weight, bars, choice, leaving)
    return leave, come


@njit(cache=True, nogil=True)
def _most(bars: Bars, choice: Choice, rested: bool) -> int:
    """The column that gains most and that nothing bars."""
    into = -1
    for column in range(len(choice.chosen)):
        if choice.chosen[column] or (rested and choice.rests[column] >= choice.clock[0]):
            continue
        if into >= 0 and choice.score[column] <= choice.score[into]:
            continue
        if _is_free(bars, choice, column):
            into = column
    return into


@njit(cache=True, nogil=True)
def _is_free(bars: Bars, choice: Choice, column: int) -> bool:
    """Whether no other column of its groups is chosen."""
    free = True
    for place in range(bars.start[column], bars.start[column + 1]):
        free = free and choice.taken[bars.bar[place]] == 0
    return free


@njit(cache=True, nogil=True)
def _rest(choice: Choice, column: int) -> None:
    choice.clock[1] = (choice.clock[1] * 1103515245 + 12345) % 2147483648
    choice.rests[column] = choice.clock[0] + REST + (choice.clock[1] >> 8) % LONGER


class Prices(NamedTuple):
    """Prices of being covered, under change.

    price: (rows,) share of its people that covering each row is worth, at most 1 except for those that must be covered.
    best:  (rows,) the prices of the best bound.
    drift: (rows,) the direction of the last step.
    often: (columns,) in how many of the sweeps each column was among the best.
    state: the best bound, the step's length, sweeps since the bound got better.
    """

    price: NDArray[np.float64]
    best: NDArray[np.float64]
    drift: NDArray[np.float64]
    often: NDArray[np.int64]
    state: NDArray[np.float64]


def half_price(rows: int, columns: int) -> Prices:
    """Prices to begin with."""
    price = np.full(rows, 0.5)
    return Prices(price, price.copy(), np.zeros(rows), np.zeros(columns, dtype=np.int64), np.array([np.inf, 1.0, 0.0]))


@njit(cache=True, nogil=True)
def credit(rows: Family, people: NDArray[np.float64], price: NDArray[np.float64]) -> NDArray[np.float64]:
    """(columns,) the people that each column is credited with, each row's times its price."""
    out = np.zeros(len(rows.by_start) - 1)
    for row in range(len(people)):
        worth = people[row] * price[row]
        if worth > 0:
            for column in rows.item[rows.start[row] : rows.start[row + 1]]:
                out[column] += worth
    return out


@njit(cache=True, nogil=True)
def sweep(
    rows: Family,
    people: NDArray[np.float64],
    must: NDArray[np.bool_],
    prices: Prices,
    limits: tuple[float, int, int],
) -> bool:
    """Mend the prices; limits: (people that have to be covered, points, sweeps). Returns whether to go on.

    No so many points cover more people than the bound; below what has to be covered, it proves that they do not do.
    """
    need, points, sweeps = limits
    price, drift, state = prices.price, prices.drift, prices.state
    for _ in range(sweeps):
        worth = credit(rows, people, price)
        order = np.argsort(-worth, kind="mergesort")[:points]
        bound = worth[order].sum() + (people * (1 - price)).sum()
        state[2] = 0 if bound < state[0] * (1 - 1e-6) else state[2] + 1
        if bound < state[0]:
            state[0] = bound
            prices.best[:] = price
        if state[0] < need:
            return False
        if state[2] >= PATIENCE:
            state[1] /= 2
            state[2] = 0
            price[:] = prices.best
            drift[:] = 0
            if state[1] < SHORTEST:
                return False
            continue
        length = _turn(rows, people, must, prices, order)
        if length == 0:
            return False
        step = state[1] * max(bound - need, 1e-5 * need) / length
        for row in range(len(people)):
            price[row] = max(price[row] - step * drift[row], 0.0)
            if price[row] > 1 and not must[row]:
                price[row] = 1.0
    return True


@njit(cache=True, nogil=True)
def _turn(
    rows: Family, people: NDArray[np.float64], must: NDArray[np.bool_], prices: Prices, chosen: NDArray[np.int64]
) -> float:
    """Turn the drift towards rows that the chosen columns cover more than once; its length in people."""
    drift, price = prices.drift, prices.price
    drift *= DEFLECTION
    drift -= 1
    for column in chosen:
        prices.often[column] += 1
        for pair in range(rows.by_start[column], rows.by_start[column + 1]):
            drift[rows.by_set[pair]] += 1
    length = 0.0
    for row in range(len(people)):
        if (drift[row] > 0 and price[row] <= 0) or (drift[row] < 0 and price[row] >= 1 and not must[row]):
            drift[row] = 0
        length += people[row] * drift[row] ** 2
    return length
