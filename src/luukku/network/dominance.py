"""Which sets lie inside which others: the compiled loops behind the reductions of covering.

A family of sets is given by `start` and `item` (set s has the items item[start[s]:start[s + 1]], ascending) and turned
by `by_start` and `by_set` (item i is in the sets by_set[by_start[i]:by_start[i + 1]], ascending). Every set that holds
another one also holds the other's rarest item, and a signature of 64 bits tells most of the other sets apart at once.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Items = NDArray[np.int32]


@njit(cache=True, nogil=True)
def turned(start: Whole, item: Items, items: int) -> tuple[Whole, Items]:
    """The same family by item: `by_start` and `by_set`."""
    by_start = np.zeros(items + 1, np.int64)
    for value in item:
        by_start[value + 1] += 1
    for value in range(items):
        by_start[value + 1] += by_start[value]
    at = by_start[:-1].copy()
    by_set = np.empty(len(item), np.int32)
    for one in range(len(start) - 1):
        for place in range(start[one], start[one + 1]):
            by_set[at[item[place]]] = one
            at[item[place]] += 1
    return by_start, by_set


@njit(cache=True, nogil=True)
def first_equal(start: Whole, item: Items) -> Items:
    """(sets,) the number of the first set with the same items, which is the set's own when there is none before."""
    sets = len(start) - 1
    size = 16
    while size < 2 * sets:
        size *= 2
    table = np.full(size, -1, np.int32)
    first = np.empty(sets, np.int32)
    for one in range(sets):
        key = np.uint64(start[one + 1] - start[one])
        for place in range(start[one], start[one + 1]):
            key = _mixed(key ^ np.uint64(item[place]))
        at = np.int64(key & np.uint64(size - 1))
        while table[at] >= 0 and not _equal(start, item, table[at], one):
            at = (at + 1) & (size - 1)
        if table[at] < 0:
            table[at] = one
        first[one] = table[at]
    return first


@njit(cache=True, nogil=True)
def inside_another(
    start: Whole, item: Items, by_start: Whole, by_set: Items, bar_start: Whole, bar: Items
) -> NDArray[np.bool_]:
    """(sets,) whether the set's items are all in another set that stays; of equal sets the first stays.

    bar_start, bar: what may bar each set (ascending); one set replaces another only when all that may bar the one may
    bar the other too.
    """
    sets = len(start) - 1
    sign = _signatures(start, item)
    gone = np.zeros(sets, np.bool_)
    for one in range(sets):
        size = start[one + 1] - start[one]
        if size == 0:
            gone[one] = True
            continue
        rare = _rarest(start, item, by_start, one)
        for place in range(by_start[rare], by_start[rare + 1]):
            other = by_set[place]
            more = start[other + 1] - start[other] - size
            if other == one or gone[other] or more < 0:
                continue
            if sign[one] & ~sign[other] or not _holds(start, item, other, one):
                continue
            if not _holds(bar_start, bar, one, other):
                continue
            if more == 0 and one < other and _holds(bar_start, bar, other, one):
                continue  # neither is better: the first stays
            gone[one] = True
            break
    return gone


@njit(cache=True, nogil=True)
def around_another(
    start: Whole, item: Items, by_start: Whole, by_set: Items, which: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(sets,) whether the set holds all items of another one of those in `which`; of equal ones the first does not."""
    sets = len(start) - 1
    sign = _signatures(start, item)
    gone = np.zeros(sets, np.bool_)
    for one in np.argsort(start[1:] - start[:-1], kind="mergesort"):
        if gone[one] or not which[one]:
            continue
        size = start[one + 1] - start[one]
        rare = _rarest(start, item, by_start, one)
        for place in range(by_start[rare], by_start[rare + 1]):
            other = by_set[place]
            if other == one or gone[other] or sign[one] & ~sign[other]:
                continue
            if start[other + 1] - start[other] >= size and _holds(start, item, other, one):
                gone[other] = True
    return gone


@njit(cache=True, nogil=True)
def sums_inside(
    start: Whole, item: Items, by_start: Whole, by_set: Items, value: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(sets,) the sum of `value` over all sets whose items the set holds, itself included."""
    sets = len(start) - 1
    sign = _signatures(start, item)
    total = value.copy()
    for one in range(sets):
        size = start[one + 1] - start[one]
        if value[one] == 0:
            continue
        rare = _rarest(start, item, by_start, one)
        for place in range(by_start[rare], by_start[rare + 1]):
            other = by_set[place]
            if other == one or sign[one] & ~sign[other]:
                continue
            if start[other + 1] - start[other] >= size and _holds(start, item, other, one):
                total[other] += value[one]
    return total


@njit(cache=True, nogil=True)
def _rarest(start: Whole, item: Items, by_start: Whole, one: int) -> int:
    rare = item[start[one]]
    for place in range(start[one] + 1, start[one + 1]):
        other = item[place]
        if by_start[other + 1] - by_start[other] < by_start[rare + 1] - by_start[rare]:
            rare = other
    return rare


@njit(cache=True, nogil=True)
def _signatures(start: Whole, item: Items) -> NDArray[np.uint64]:
    sign = np.zeros(len(start) - 1, np.uint64)
    for one in range(len(sign)):
        for place in range(start[one], start[one + 1]):
            sign[one] |= np.uint64(1) << (_mixed(np.uint64(item[place])) >> np.uint64(58))
    return sign


@njit(cache=True, nogil=True)
def _holds(start: Whole, item: Items, outer: int, inner: int) -> bool:
    """Whether the outer set has every item of the inner one."""
    at, end = start[outer], start[outer + 1]
    for place in range(start[inner], start[inner + 1]):
        while at < end and item[at] < item[place]:
            at += 1
        if at == end or item[at] != item[place]:
            return False
        at += 1
    return True


@njit(cache=True, nogil=True)
def _equal(start: Whole, item: Items, one: int, other: int) -> bool:
    if start[one + 1] - start[one] != start[other + 1] - start[other]:
        return False
    for place in range(start[one + 1] - start[one]):
        if item[start[one] + place] != item[start[other] + place]:
            return False
    return True


@njit(cache=True, nogil=True)
def _mixed(key: np.uint64) -> np.uint64:
    """Scatter the bits of a number (the finisher of Steele, Lea & Flood's SplitMix, 2014)."""
    key = (key + np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))
