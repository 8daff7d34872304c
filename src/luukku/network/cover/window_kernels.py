"""Windows of a covering, some rows near each other, and their cheapest covers: compiled loops.

The rows that a column covers are the bits of a few numbers. A window's cheapest cover is found
by branching on the row that fewest columns are left for, with the bound of prices raised row by row (dual ascent,
Fisher & Kedia 1990). Costs are whole numbers: what is found is exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

WORDS = 4
"""Numbers of 64 bits that tell of every row of a window whether it is covered."""
MOST_ROWS = 64 * WORDS
"""Rows of a window at most."""
NEVER = 2**62
"""More than anything costs."""

Bits = NDArray[np.uint64]


class Window(NamedTuple):
    """Some rows of a covering and some of its columns.

    start, column: window row r is covered by the window columns column[start[r]:start[r + 1]].
    covers:        (columns, WORDS) the rows of each as bits.
    """

    start: NDArray[np.int64]
    column: NDArray[np.int64]
    covers: Bits


class _Tree(NamedTuple):
    """The way from the root to the node at hand, an entry for each step.

    bare: (steps, WORDS) the rows not covered yet; spent: the cost so far; out: (steps, columns) columns that the node
    does without.
    next, waiting: which of the columns in `queue` (steps, columns) is tried next, and how many there are; taken: the
    column that led to the node. reduced: (columns,) costs less the prices; order, left: rows and columns left of each.
    """

    bare: Bits
    spent: NDArray[np.int64]
    out: NDArray[np.bool_]
    queue: NDArray[np.int64]
    next: NDArray[np.int64]
    waiting: NDArray[np.int64]
    taken: NDArray[np.int64]
    reduced: NDArray[np.int64]
    order: NDArray[np.int64]
    left: NDArray[np.int64]


@njit(cache=True, nogil=True)
def cheapest_covers(
    window: Window, cost: NDArray[np.int64], need: Bits, limits: tuple[int, int], found: NDArray[np.bool_]
) -> tuple[int, int]:
    """Covers of the rows `need` (WORDS,), each cheaper than the one before, to the cheapest one.

    cost: (columns,), at least 0. limits: (what a cover has to stay below, nodes at most).
    found: (some, columns), filled from the first row on; when there are more covers the last row keeps the cheapest.
    Returns the cost of the cheapest, or the limit when there is none, and how many rows of `found` are filled; the cost
    is -1 when so many nodes did not do.
    """
    below, most_nodes = limits
    columns, rows = len(cost), len(window.start) - 1
    steps = min(columns, rows) + 2
    tree = _Tree(
        np.zeros((steps, WORDS), np.uint64),
        np.zeros(steps, np.int64),
        np.zeros((steps, columns), np.bool_),
        np.zeros((steps, columns), np.int64),
        np.zeros(steps, np.int64),
        np.zeros(steps, np.int64),
        np.zeros(steps, np.int64),
        np.empty(columns, np.int64),
        np.empty(rows, np.int64),
        np.empty(rows, np.int64),
    )
    tree.bare[0] = need
    at, kept = 0, 0
    for _ in range(most_nodes):
        tree.waiting[at], tree.next[at] = 0, 0
        rows = _by_columns_left(window, tree, at)
        if rows > 0:
            bound = _with_prices(window, cost, tree, at, (rows, below))
            if bound < below:
                _queue(window, tree, at, (rows, below - bound))
        elif tree.spent[at] < below:
            below = tree.spent[at]
            kept = min(kept + 1, len(found))
            found[kept - 1] = False
            for step in range(1, at + 1):
                found[kept - 1, tree.taken[step]] = True
        while tree.next[at] >= tree.waiting[at]:
            at -= 1
            if at < 0:
                return below, kept
        column = tree.queue[at, tree.next[at]]
        tree.next[at] += 1
        tree.out[at + 1] = tree.out[at]
        tree.out[at, column] = True  # what comes after does without it
        tree.taken[at + 1] = column
        tree.spent[at + 1] = tree.spent[at] + cost[column]
        for word in range(WORDS):
            tree.bare[at + 1, word] = tree.bare[at, word] & ~window.covers[column, word]
        at += 1
    return -1, kept


@njit(cache=True, nogil=True)
def _by_columns_left(window: Window, tree: _Tree, at: int) -> int:
    """Put the rows to cover in order, fewest columns left first; how many rows they are."""
    rows = 0
    for row in range(len(window.start) - 1):
        if (tree.bare[at, row >> 6] >> np.uint64(row & 63)) & np.uint64(1):
            tree.left[row] = _left(window, tree.out[at], row)
            place = rows
            while place > 0 and tree.left[tree.order[place - 1]] > tree.left[row]:
                tree.order[place] = tree.order[place - 1]
                place -= 1
            tree.order[place] = row
            rows += 1
    return rows


@njit(cache=True, nogil=True)
def _with_prices(window: Window, cost: NDArray[np.int64], tree: _Tree, at: int, limits: tuple[int, int]) -> int:
    """The bound of prices raised row by row, and the costs reduced by them; limits: (rows, a bound that is enough)."""
    rows, enough = limits
    out, reduced, bound = tree.out[at], tree.reduced, tree.spent[at]
    reduced[:] = cost
    for row in tree.order[:rows]:
        price = NEVER
        for column in window.column[window.start[row] : window.start[row + 1]]:
            if not out[column]:
                price = min(price, reduced[column])
        bound += price
        if bound >= enough:
            break
        if price > 0:
            for column in window.column[window.start[row] : window.start[row + 1]]:
                reduced[column] -= price
    return int(bound)


@njit(cache=True, nogil=True)
def _queue(window: Window, tree: _Tree, at: int, limits: tuple[int, int]) -> None:
    """Queue the columns of the row that fewest are left for; limits: (rows, reduced cost that is too much)."""
    rows, room = limits
    out, reduced, queue = tree.out[at], tree.reduced, tree.queue[at]
    for column in range(len(reduced)):
        out[column] |= reduced[column] >= room
    fewest, tightest = len(reduced) + 1, -1
    for row in tree.order[:rows]:
        count = _left(window, out, row)
        if count < fewest:
            fewest, tightest = count, row
    waiting = 0
    for column in window.column[window.start[tightest] : window.start[tightest + 1]]:
        if not out[column]:
            place = waiting
            while place > 0 and reduced[queue[place - 1]] > reduced[column]:
                queue[place] = queue[place - 1]
                place -= 1
            queue[place] = column
            waiting += 1
    tree.waiting[at] = waiting


@njit(cache=True, nogil=True)
def _left(window: Window, out: NDArray[np.bool_], row: int) -> int:
    """How many columns are left for a row."""
    count = 0
    for column in window.column[window.start[row] : window.start[row + 1]]:
        if not out[column]:
            count += 1
    return count


@njit(cache=True, nogil=True)
def cut_out(
    start: NDArray[np.int64], column: NDArray[np.int32], rows: NDArray[np.int64], place: NDArray[np.int64], columns: int
) -> Window:
    """The window of some rows of a covering; place: (all columns,) each one's number in the window, -1 outside it.

    start, column: the covering by row. columns: of the window.
    """
    begin = np.zeros(len(rows) + 1, np.int64)
    covers = np.zeros((columns, WORDS), np.uint64)
    for number, row in enumerate(rows):
        count = 0
        for one in column[start[row] : start[row + 1]]:
            if place[one] >= 0:
                count += 1
        begin[number + 1] = begin[number] + count
    inside = np.empty(begin[-1], np.int64)
    for number, row in enumerate(rows):
        at = begin[number]
        for one in column[start[row] : start[row + 1]]:
            if place[one] >= 0:
                inside[at] = place[one]
                covers[place[one], number >> 6] |= np.uint64(1) << np.uint64(number & 63)
                at += 1
    return Window(begin, inside, covers)


def all_rows(window: Window) -> Bits:
    """(WORDS,) the bits of every row of the window."""
    bits = np.zeros(WORDS, dtype=np.uint64)
    for row in range(len(window.start) - 1):
        bits[row >> 6] |= np.uint64(1) << np.uint64(row & 63)
    return bits
