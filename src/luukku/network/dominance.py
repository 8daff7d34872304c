"""Which sets lie inside which others: the compiled loops behind the reductions of covering.

Every set that holds another one also holds the other's rarest item, and a signature of 64 bits tells most of the other
sets apart at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import sparse

Whole = NDArray[np.int64]
Items = NDArray[np.int32]


class Family(NamedTuple):
    """Sets of items, and the same by item.

    start, item:      set s has the items item[start[s]:start[s + 1]], ascending.
    by_start, by_set: item i is in the sets by_set[by_start[i]:by_start[i + 1]], ascending.
    """

    start: Whole
    item: Items
    by_start: Whole
    by_set: Items

    @property
    def sizes(self) -> Whole:
        """(sets,) how many items each set has."""
        return np.diff(self.start)

    def turned(self) -> Family:
        """The items as sets of the sets that they are in."""
        return Family(self.by_start, self.by_set, self.start, self.item)


def family(rows: sparse.csr_array) -> Family:
    """The rows of a matrix as sets of columns; columns ascend within a row."""
    start, item = rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
    return Family(start, item, *_turned(start, item, rows.shape[1]))


@njit(cache=True, nogil=True)
def _turned(start: Whole, item: Items, items: int) -> tuple[Whole, Items]:
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
def first_equal(sets: Family) -> Items:
    """(sets,) the number of the first set with the same items, which is the set's own when there is none before."""
    start, item = sets.start, sets.item
    count = len(start) - 1
    size = 16
    while size < 2 * count:
        size *= 2
    table = np.full(size, -1, np.int32)
    first = np.empty(count, np.int32)
    for one in range(count):
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
def inside_another(sets: Family, cost: NDArray[np.float64], bar_start: Whole, bar: Items) -> NDArray[np.bool_]:
    """(sets,) whether the set's items are all in another set that stays and costs no more; of equals the first stays.

    bar_start, bar: what may bar each set (ascending); one set replaces another only when all that may bar the one may
    bar the other too.
    """
    start = sets.start
    sign = _signatures(sets)
    gone = np.zeros(len(start) - 1, np.bool_)
    for one in range(len(gone)):
        size = start[one + 1] - start[one]
        if size == 0:
            gone[one] = True
            continue
        rare = _rarest(sets, one)
        for place in range(sets.by_start[rare], sets.by_start[rare + 1]):
            other = sets.by_set[place]
            more = start[other + 1] - start[other] - size
            if other == one or gone[other] or more < 0 or cost[other] > cost[one] or sign[one] & ~sign[other]:
                continue
            if not _holds(start, sets.item, other, one) or not _holds(bar_start, bar, one, other):
                continue
            if more == 0 and cost[one] == cost[other] and one < other and _holds(bar_start, bar, other, one):
                continue  # neither is better: the first stays
            gone[one] = True
            break
    return gone


@njit(cache=True, nogil=True)
def around_another(sets: Family, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(sets,) whether the set holds all items of another one of those in `which`; of equal ones the first does not."""
    start = sets.start
    sign = _signatures(sets)
    gone = np.zeros(len(start) - 1, np.bool_)
    for one in np.argsort(start[1:] - start[:-1], kind="mergesort"):
        if gone[one] or not which[one]:
            continue
        if start[one + 1] == start[one]:  # every set holds all of nothing
            gone[:] = True
            gone[one] = False
            break
        rare = _rarest(sets, one)
        for place in range(sets.by_start[rare], sets.by_start[rare + 1]):
            other = sets.by_set[place]
            if other != one and not gone[other] and not sign[one] & ~sign[other]:
                gone[other] = _holds(start, sets.item, other, one)
    return gone


@njit(cache=True, nogil=True)
def sums_inside(sets: Family, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """(sets,) the sum of `value` over all sets whose items the set holds, itself included."""
    sign = _signatures(sets)
    total = value.copy()
    for one in range(len(value)):
        if value[one] == 0:
            continue
        if sets.start[one + 1] == sets.start[one]:
            for other in range(len(value)):  # every set holds all of nothing
                if other != one:
                    total[other] += value[one]
            continue
        rare = _rarest(sets, one)
        for place in range(sets.by_start[rare], sets.by_start[rare + 1]):
            other = sets.by_set[place]
            if other != one and not sign[one] & ~sign[other] and _holds(sets.start, sets.item, other, one):
                total[other] += value[one]
    return total


@njit(cache=True, nogil=True)
def _rarest(sets: Family, one: int) -> int:
    """The item of a set, which has one, that is in the fewest sets."""
    rare = int(sets.item[sets.start[one]])
    for place in range(sets.start[one] + 1, sets.start[one + 1]):
        other = sets.item[place]
        if sets.by_start[other + 1] - sets.by_start[other] < sets.by_start[rare + 1] - sets.by_start[rare]:
            rare = int(other)
    return rare


@njit(cache=True, nogil=True)
def _signatures(sets: Family) -> NDArray[np.uint64]:
    sign = np.zeros(len(sets.start) - 1, np.uint64)
    for one in range(len(sign)):
        for place in range(sets.start[one], sets.start[one + 1]):
            sign[one] |= np.uint64(1) << (_mixed(np.uint64(sets.item[place])) >> np.uint64(58))
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
    return bool((item[start[one] : start[one + 1]] == item[start[other] : start[other + 1]]).all())


@njit(cache=True, nogil=True)
def _mixed(key: np.uint64) -> np.uint64:
    """Scatter the bits of a number (the finisher of Steele, Lea & Flood's SplitMix, 2014)."""
    key = (key + np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))
