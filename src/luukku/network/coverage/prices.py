"""An upper bound of maximal covering: pay every group a price for each chosen site that covers it, and adjust prices.

Sources: Galvão & ReVelle (1996), "A Lagrangean heuristic for the maximal covering location problem", for relaxing
it; Camerini, Fratta & Maffioli (1975) for directions that remember the ones before, here scaled by the people of each
group, which closes the gap many times faster where groups differ much in size; Polyak (1969) for the steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.coverage.model import Coverage
from luukku.network.watch import Watch

SWEEPS = 4_000
"""Price adjustments at most."""
CHUNK = 200
"""Adjustments between two looks at the clock."""
MEMORY = 0.05
"""Share of the newest direction in the one that is taken."""
STEP = 0.1
"""First step, as a share of the one that would close the gap were the direction exact."""
ROUND, SHRINK, SHORTEST = 20, 0.85, 1e-3
"""Adjustments after which a step that no longer helps is shortened, how much, and the step at which to end."""
HELPS = 0.02
"""A step helps when so much of the gap goes in a round."""
HALVINGS = 60
"""Halvings of the interval in which the price of room is sought."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Prices of groups and of room, and the bound that follows.

    bound:  people that no choice can cover more of.
    share:  (rows,) price of each group as a share of its people, 0 to 1.
    into:   (columns,) how much the bound falls when the column must be chosen; out: when it must not.
    chosen: (columns,) how often the relaxed problem chose each column lately, 0 to 1.
    rest:   people that count whatever is chosen; pay: (columns,) what each column is paid. No choice covers more than
            the rest and what its columns are paid.
    """

    bound: float
    share: NDArray[np.float64]
    into: NDArray[np.float64]
    out: NDArray[np.float64]
    chosen: NDArray[np.float64]
    rest: float
    pay: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Dues:
    """What cuts ask: every choice owes `total` or more, for its columns, (columns,), and groups outside, (rows,)."""

    total: float
    columns: NDArray[np.float64]
    outside: NDArray[np.float64]


def bound_at(
    data: Coverage, share: NDArray[np.float64], chosen: NDArray[np.float64], dues: Dues | None = None
) -> Prices:
    """The bound that any shares between 0 and 1, and any dues, give by weak duality.

    A group pays its price to every chosen site that covers it, and the rest of its people counts in any case: that is
    at least what the choice covers. What sites are paid is at most what the room costs and what the best of each set of
    alternatives is paid beyond the room that it takes, at any price of room. Dues are paid to chosen sites as well; a
    group outside gives what it owes, with its price, up to its people.
    """
    share = np.clip(share, 0.0, 1.0)
    price = share * data.people
    pay = np.asarray(data.by_site @ price, dtype=np.float64)
    rest = data.served + float((data.people - price).sum())
    if dues is not None:
        pay += dues.columns
        rest += float(np.maximum(price + dues.outside - data.people, 0.0).sum()) - dues.total
    party = parties(data)
    lowest = float(_price_of_room(pay, data.price, data.room, party)[1])
    net = pay - lowest * data.price
    best = np.zeros(len(pay) + 1)  # of each party; the last for nobody's
    np.maximum.at(best, party, net)
    second = np.zeros(len(best))
    order = np.lexsort((-net, party))
    follows = np.flatnonzero(party[order][1:] == party[order][:-1]) + 1
    runner_up = order[follows]
    np.maximum.at(second, party[runner_up], net[runner_up])
    first = np.zeros(len(pay), dtype=np.bool_)
    first[order] = True
    first[runner_up] = False
    total = rest + lowest * data.room + float(best.sum())
    into = best[party] - net
    out = np.where(first, np.maximum(net, 0.0) - second[party], 0.0)
    return Prices(total, share, into, out, chosen, rest, pay)


def price_of_room(data: Coverage, paid: NDArray[np.float64]) -> float:
    """The price of a unit of room at which the best columns just fit, when the groups pay so much."""
    pay = np.asarray(data.by_site @ paid, dtype=np.float64)
    return float(_price_of_room(pay, data.price, data.room, parties(data))[1])


def parties(data: Coverage) -> NDArray[np.intp]:
    """(columns,) a number for each column, shared by columns of one set of alternatives; each in one set only."""
    party = np.arange(len(data.sites))
    free = np.ones(len(data.sites), dtype=np.bool_)
    for begin, end in zip(data.barred.indptr[:-1], data.barred.indptr[1:], strict=True):
        members = data.barred.indices[begin:end]
        members = members[free[members]]
        if len(members) > 1:
            party[members] = members.min()
            free[members] = False
    return party.astype(np.intp)


def priced(data: Coverage, value: float, watch: Watch, share: NDArray[np.float64] | None = None) -> list[Prices]:
    """Adjust prices until they help no more or time is up; the last ones are the best, the others met on the way.

    value: people whom the best choice known covers. share: prices to begin from.
    """
    groups, columns = data.rows.shape
    price = data.people * (0.5 if share is None else share)
    best_price = price.copy()
    direction, chosen = np.zeros(groups), np.zeros(columns)
    state = np.array([STEP, np.inf, np.inf, 0.0])  # step, best bound, bound a round ago, adjustments
    met: list[Prices] = []
    party = parties(data)
    while state[3] < SWEEPS and state[0] >= SHORTEST and watch.why is None:
        _adjust(
            data.by_site.indptr,
            data.by_site.indices,
            data.people,
            data.price,
            data.room,
            party,
            value - data.served,
            price,
            best_price,
            direction,
            chosen,
            state,
        )
        met.append(bound_at(data, best_price / data.people, chosen.copy()))
        watch.improve(bound=data.lowered(met[-1].bound))
    if not met:
        met.append(bound_at(data, best_price / data.people, chosen))
        watch.improve(bound=data.lowered(met[-1].bound))
    return met


@njit(cache=True, nogil=True)
def _price_of_room(
    pay: NDArray[np.float64], price: NDArray[np.float64], room: float, party: NDArray[np.intp]
) -> tuple[float, float]:
    """Two prices of room close together: at the first the best columns take too much of it, at the second they fit."""
    dear = 0.0
    for column in range(len(pay)):
        if price[column] > 0:
            dear = max(dear, pay[column] / price[column])
    cheap = -1.0
    if _takes(pay, price, 0.0, party, np.empty(len(pay), np.int64)) <= room:
        return cheap, 0.0
    cheap = 0.0
    choice = np.empty(len(pay), np.int64)
    for _ in range(HALVINGS):
        middle = 0.5 * (cheap + dear)
        takes = _takes(pay, price, middle, party, choice)
        if takes > room:
            cheap = middle
        else:
            dear = middle
            if takes == room:
                break
    return cheap, dear


@njit(cache=True, nogil=True)
def _takes(
    pay: NDArray[np.float64],
    price: NDArray[np.float64],
    room_price: float,
    party: NDArray[np.intp],
    choice: NDArray[np.int64],
) -> float:
    """The room that the best column of each party takes where it pays; `choice` becomes those columns, else -1."""
    choice[:] = -1
    for column in range(len(pay)):
        net = pay[column] - room_price * price[column]
        if net > 0:
            held = choice[party[column]]
            if held < 0 or net > pay[held] - room_price * price[held]:
                choice[party[column]] = column
    takes = 0.0
    for column in choice:
        if column >= 0:
            takes += price[column]
    return float(takes)


@njit(cache=True, nogil=True)
def _adjust(  # noqa: PLR0917 - compiled loops take arrays
    column_start: NDArray[np.int32],
    column_row: NDArray[np.int32],
    people: NDArray[np.float64],
    price: NDArray[np.float64],
    room: float,
    party: NDArray[np.intp],
    value: float,
    paid: NDArray[np.float64],
    best_paid: NDArray[np.float64],
    direction: NDArray[np.float64],
    chosen: NDArray[np.float64],
    state: NDArray[np.float64],
) -> None:
    """Adjust the prices `paid` so many times; everything after `value` changes in place."""
    everybody = people.sum()
    pay, taken = np.empty(len(price)), np.empty(len(price))
    covered = np.empty(len(people))
    for _ in range(CHUNK):
        state[3] += 1
        _add_up(column_start, column_row, paid, pay)
        bound = everybody - paid.sum() + _relaxed(pay, price, room, party, taken)
        if bound < state[1]:
            state[1] = bound
            best_paid[:] = paid
        if state[3] % ROUND == 0:
            if state[2] - state[1] < HELPS * (state[1] - value):
                state[0] *= SHRINK
                paid[:] = best_paid
            state[2] = state[1]
        memory = MEMORY if state[3] > 1 else 1.0
        chosen += memory * (taken - chosen)
        covered[:] = 0.0
        _spread(column_start, column_row, taken, covered)
        length = _turn(people, paid, covered, memory, direction)
        if length <= 0 or bound <= value or state[0] < SHORTEST:
            return
        step = state[0] * (bound - value) / length
        for row in range(len(people)):
            paid[row] = min(max(paid[row] + step * people[row] * direction[row], 0.0), people[row])


@njit(cache=True, nogil=True)
def _relaxed(
    pay: NDArray[np.float64],
    price: NDArray[np.float64],
    room: float,
    party: NDArray[np.intp],
    taken: NDArray[np.float64],
) -> float:
    """What the relaxed problem earns; `taken` becomes how much it takes of each column, the last ones in part."""
    choice = np.empty(len(pay), np.int64)
    cheap, dear = _price_of_room(pay, price, room, party)
    left = room - _takes(pay, price, dear, party, choice)
    earned = dear * room
    taken[:] = 0.0
    for at in range(len(choice)):
        column = choice[at]
        if column >= 0:
            earned += pay[column] - dear * price[column]
            taken[column] = 1.0
    if cheap >= 0 and left > 0:  # a slightly lower price of room would add more than it holds
        _takes(pay, price, cheap, party, choice)
        for at in range(len(choice)):
            column = choice[at]
            if column >= 0 and taken[column] == 0 and price[column] > 0:
                taken[column] = min(1.0, left / price[column])
                left -= taken[column] * price[column]
    return float(earned)


@njit(cache=True, nogil=True)
def _add_up(
    column_start: NDArray[np.int32],
    column_row: NDArray[np.int32],
    paid: NDArray[np.float64],
    pay: NDArray[np.float64],
) -> None:
    """`pay` becomes what each column is paid."""
    for column in range(len(pay)):
        total = 0.0
        for pair in range(column_start[column], column_start[column + 1]):
            total += paid[column_row[pair]]
        pay[column] = total


@njit(cache=True, nogil=True)
def _spread(
    column_start: NDArray[np.int32],
    column_row: NDArray[np.int32],
    taken: NDArray[np.float64],
    covered: NDArray[np.float64],
) -> None:
    """Add to `covered` how often the columns taken cover each group."""
    for column in range(len(taken)):
        if taken[column] > 0:
            for pair in range(column_start[column], column_start[column + 1]):
                covered[column_row[pair]] += taken[column]


@njit(cache=True, nogil=True)
def _turn(
    people: NDArray[np.float64],
    paid: NDArray[np.float64],
    covered: NDArray[np.float64],
    memory: float,
    direction: NDArray[np.float64],
) -> float:
    """Turn the direction towards dearer groups that nobody covers; the squared length of what can move."""
    length = 0.0
    for row in range(len(people)):
        direction[row] += memory * (1.0 - covered[row] - direction[row])
        held = (paid[row] <= 0 and direction[row] < 0) or (paid[row] >= people[row] and direction[row] > 0)
        if not held:
            length += people[row] * direction[row] ** 2
    return length
