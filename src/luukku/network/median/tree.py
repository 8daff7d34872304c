"""The tree of a p-median's proof: nodes that say which candidates are chosen, ruled out, or needed one of.

A node's bound begins from its parent's prices, which a few sweeps over the few pairs that are left mend; reduced costs
decide more candidates. Where candidates crowd, one that is ruled out is replaced by its neighbour at no cost to speak
of; so a node is branched on neighbours together: none of them, or at least one. That is the same as whether a cell has
a point within some minutes, the z of the form in `linear`. Elsewhere it is branched on the one candidate about which
the relaxed choices waver most. The node with the lowest bound is next. Sources: Beasley (1993), "Lagrangean heuristics
for location problems"; Mulvey & Crowder (1979) for the waver of the relaxed choices; Elloumi (2010) for z.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.interchange import swapped
from luukku.network.median.lagrangian import Climb
from luukku.network.median.limits import Limits
from luukku.network.median.linear import linear_prices
from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.median.search import Part, Search, shake
from luukku.network.steps import Pace

CHUNK = 20
"""Sweeps between two looks at the clock."""
SHRINK = 0.75
"""Share of the candidates or pairs below which what is left is copied out as a smaller problem."""
NODE_SWEEPS = 120
"""Sweeps of a node at most, while they help."""
NODE_STEP = 0.1
"""First step of a node, as a share of the usual: its prices are nearly right already."""
HOPE = 0.1
"""Share of a node's gap that a chunk of sweeps has to close for another to follow."""
SHAKEN_AT = 1_000
"""Nodes after which a better choice is searched for patiently."""
NODE_SEARCHES = 10
"""Every so many nodes a relaxed choice is tried as a start for swaps."""


@dataclass(slots=True, eq=False)
class _Node:
    """What is decided, in columns of the part, and where its bound and prices stand; needed: as in `Limits`."""

    bound: float
    decided: NDArray[np.int8]
    price: NDArray[np.float32]
    needed: NDArray[np.int32]


def branch(search: Search, part: Part, climb: Climb, *, together: bool, most: float = np.inf) -> None:
    """Branch and bound on a part whose prices are as good as sweeps get them, for `most` nodes at most.

    together: neighbours are branched on together, and no node's relaxation is solved.
    """
    nothing = np.zeros(len(part.columns), dtype=np.int8)
    begin = _Node(search.bound, nothing, climb.price.astype(np.float32), part.limits.needed)
    queue = [(begin.bound, 0, begin)]
    count, begun = 0, search.nodes
    while queue:
        search.watch.improve(bound=min(queue[0][0], search.value))
        if queue[0][0] >= search.enough:
            break
        if search.watch.why is not None or search.nodes - begun >= most:
            return
        if search.nodes == SHAKEN_AT:
            shake(search, part, patient=True)
        for child in _children(search, part, heapq.heappop(queue)[2], together=together):
            count += 1
            heapq.heappush(queue, (child.bound, -count, child))
    search.prove()


def _children(search: Search, part: Part, node: _Node, *, together: bool) -> list[_Node]:
    """Bound a node; the two it is branched into, none when it holds nothing better."""
    search.nodes += 1
    price = node.price.astype(np.float64)
    part = replace(part, limits=replace(part.limits, needed=node.needed, needs=int(node.needed.max(initial=-1)) + 1))
    first = part.smaller(Climb.begin(part.data, part.limits, price), node.decided, np.inf)
    if first is None:
        return []
    begin = Climb.begin(first.data, first.limits, price[np.searchsorted(part.rows, first.rows)], step=NODE_STEP)
    bounded = _bounded(search, first, begin, node.bound, linear=not together)
    if bounded is None:
        return []
    own, climb, bound = bounded
    if (settled := own.settled) is not None:
        search.offer(own.in_whole(settled))
        return []
    decided = np.full(len(part.columns), WITHOUT, dtype=np.int8)
    decided[np.searchsorted(part.columns, np.setdiff1d(own.beside, part.beside))] = WITHIN
    left = np.searchsorted(part.columns, own.columns)
    decided[left] = FREE
    price[np.searchsorted(part.rows, own.rows)] = climb.price
    kept = price.astype(np.float32)
    needed = np.full(len(part.columns), -1, dtype=np.int32)
    children = []
    for limits, state in _sides(own.limits, _split(own, climb, together=together)):
        decided[left] = state
        needed[left] = limits.needed
        children.append(_Node(bound, decided.copy(), kept, needed.copy()))
    return children


def _sides(limits: Limits, some: NDArray[np.intp]) -> list[tuple[Limits, NDArray[np.int8]]]:
    """Limits, and what is decided, when none of some columns is chosen, and when at least one of them is."""
    without = np.zeros(len(limits.cost), dtype=np.int8)
    within = without.copy()
    without[some] = WITHOUT
    if len(some) == 1:
        within[some] = WITHIN
        return [(limits, without), (limits, within)]
    needed = limits.needed.copy()
    which = int(needed[some[0]])
    if which >= 0:  # the larger set is met when the smaller is
        needed[needed == which] = -1
    needed[some] = which if which >= 0 else limits.needs
    return [(limits, without), (replace(limits, needed=needed, needs=limits.needs + int(which < 0)), within)]


def _split(own: Part, climb: Climb, *, together: bool) -> NDArray[np.intp]:
    """The columns to branch on: the one that wavers most or, where they crowd, neighbours that are half chosen."""
    from luukku.network.median.price_kernels import halved

    data, needed = own.data, own.limits.needed
    if together and own.limits.counted:
        row, count = halved(data.start, data.column, data.trip, data.minutes, climb.average)
        if row >= 0:
            near = data.column[data.start[row] : data.start[row] + count].astype(np.intp)
            which = np.bincount(needed[near] + 1, climb.average[near]).argmax() - 1
            inside: NDArray[np.intp] = near[needed[near] == which]  # of one needed set, or of none: no sets overlap
            return inside
    return np.array([np.argmin(np.abs(climb.average - 0.5))])


def _bounded(
    search: Search, own: Part, climb: Climb, bound: float, *, linear: bool
) -> tuple[Part, Climb, float] | None:
    """What sweeps, and if asked the linear relaxation, leave of a node, and its bound; None when nothing better."""
    done = False
    while own.settled is None and not done:
        before = bound
        climb.go(CHUNK, search.value, search.enough)
        bound = max(bound, climb.bound)
        if bound >= search.enough:
            return None
        if search.nodes % NODE_SEARCHES == 1 and climb.sweeps <= CHUNK:
            search.offer(own.in_whole(swapped(own.data, own.limits, climb.choice())))
        done = climb.exhausted or climb.sweeps >= NODE_SWEEPS or bound - before < HOPE * (search.enough - before)
        decided = climb.decided(search.enough)
        if done or (decided == FREE).sum() < SHRINK * len(decided):
            rest = onward(search, own, climb, decided)
            if rest is None:
                return None
            own, climb = rest
    if linear and own.settled is None and own.small:
        exact = relaxed(search, own, climb)
        return None if exact is None else (exact[0], exact[1], max(bound, exact[2]))
    return own, climb, bound


def onward(
    search: Search,
    part: Part,
    climb: Climb,
    decided: NDArray[np.int8],
    *,
    again: tuple[float, Pace] | None = None,
) -> tuple[Part, Climb] | None:
    """The part that is left and the climb to go on with; None when nothing better is left.

    again: the first step and the pace of a climb to begin anew.
    """
    rest = part.smaller(climb, decided, search.enough)
    if rest is None:
        return None
    step, pace = again or (climb.step, climb.pace)
    price = climb.price[np.searchsorted(part.rows, rest.rows)]
    onward = Climb.begin(rest.data, rest.limits, price, step=step, pace=pace)
    onward.average[:] = climb.average[np.searchsorted(part.columns, rest.columns)]
    onward.sweeps = 0 if again else climb.sweeps
    return rest, onward


def relaxed(search: Search, part: Part, climb: Climb) -> tuple[Part, Climb, float] | None:
    """What the best prices leave of a part, with their bound; None when that is nothing better."""
    best = linear_prices(part.data, part.limits, search.watch.left)
    if best is None:
        return part, climb, climb.bound
    price, share = best
    order = np.lexsort((-climb.average, -share))
    search.offer(part.in_whole(swapped(part.data, part.limits, part.limits.filled([], order.tolist()))))
    exact = Climb.begin(part.data, part.limits, price, step=NODE_STEP)
    exact.go(1, search.value, search.enough)
    exact.average[:] = share
    bound = exact.bound
    if bound >= search.enough:
        return None
    rest = onward(search, part, exact, exact.decided(search.enough))
    return None if rest is None else (*rest, bound)
