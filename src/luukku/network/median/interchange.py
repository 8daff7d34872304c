"""Good choices of candidates for the p-median, fast: greedy adding, swaps of one for another, and shakes.

Sources: Minoux (1978) for lazy greedy; Teitz & Bart (1968) for the swap; Resende & Werneck (2007), "A fast swap-based
local search procedure for location problems", for the change of every swap at once, kept from swap to swap; Lourenço,
Martin & Stützle (2003) for the shakes.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from luukku.network.median.limits import Limits
from luukku.network.median.savings import Savings

if TYPE_CHECKING:
    from luukku.network.median.swap_kernels import Pairs

BATCH = 200
"""Swaps between two looks at whether to stop."""
KICK = 4
"""Swaps of a kick at most."""
SMALL_KICK, PATIENCE = 2, 10
"""Swaps of a kick at most, and rounds in vain after which shaking ends, when it is patient."""
VAIN = 4
"""Kicks in vain, as a multiple of the candidates, after which shaking ends."""
SHAKE_WORK = 1e8
"""Pairs looked at since the last better choice after which it ends as well."""


def never() -> bool:
    """Do not stop."""
    return False


def greedy(data: Savings, limits: Limits, chosen: Sequence[int] = ()) -> list[int]:
    """The choice and as many more candidates as the limits allow, each the one that saves most for its cost.

    Candidates that save nothing are left out. Deterministic: of equals the first is taken.
    """
    from luukku.network.median.kernels import bring_nearer

    picked = list(chosen)
    minutes = data.nearest(picked)
    spent = float(limits.cost[picked].sum())
    crowded = {group for column in picked for group in limits.groups_of(column)}
    per = np.maximum(limits.cost, 1e-12)

    def worth(column: int) -> float:
        return -data.saving(minutes, column) / float(per[column])

    queue = [(worth(column), column, 0) for column in sorted(set(range(len(data.sites))) - set(picked))]
    heapq.heapify(queue)
    added = 0
    while queue:
        saved, column, when = heapq.heappop(queue)
        if saved >= 0 or spent + limits.cost[column] > limits.most or not crowded.isdisjoint(limits.groups_of(column)):
            continue
        if when < added:
            heapq.heappush(queue, (worth(column), column, added))
            continue
        picked.append(column)
        added += 1
        spent += float(limits.cost[column])
        crowded.update(limits.groups_of(column))
        bring_nearer(minutes, data.column_start, data.row, data.column_trip, np.array([column], dtype=np.int64))
        if limits.counted and len(picked) >= limits.room:
            break
    return picked


def swapped(data: Savings, limits: Limits, chosen: Sequence[int], stopped: Callable[[], bool] = never) -> list[int]:
    """Swap and add candidates while that saves person-minutes, the best swap each time. Deterministic."""
    from luukku.network.median.swap_kernels import swap

    pairs = _pairs(data, limits)
    best = sorted(chosen)
    while best:
        columns = np.array(best, dtype=np.int64)
        swaps = swap(pairs, limits.room, limits.groups, columns, BATCH)
        best = sorted(columns.tolist())
        if stopped():
            return best
        if swaps == BATCH:
            continue
        if limits.counted and len(best) >= limits.room:
            return best
        more = greedy(data, limits, best)
        if len(more) == len(best):
            return best
        best = sorted(more)
    return greedy(data, limits)


def shaken(
    data: Savings, limits: Limits, chosen: Sequence[int], stopped: Callable[[], bool] = never, *, patient: bool = False
) -> list[int]:
    """A choice no worse than one that no swap betters: kicked at random, swapped, kept when no worse. Deterministic.

    patient: with many more but smaller kicks, for choices that lie on a plateau.
    """
    from luukku.network.median.swap_kernels import shake

    columns = np.array(sorted(chosen), dtype=np.int64)
    if len(columns) < 2 or len(columns) == len(data.sites) or data.pairs == 0:
        return sorted(chosen)
    pairs = _pairs(data, limits)
    draw, vain = np.random.default_rng(0), VAIN * len(data.sites)
    kick, most = (SMALL_KICK, PATIENCE) if patient else (KICK, 1)
    rounds = 0
    while rounds < most and not stopped():
        found = shake(pairs, limits.room, limits.groups, columns, draw, kick, vain, SHAKE_WORK)
        rounds = 0 if found else rounds + 1
    return sorted(columns.tolist())


def _pairs(data: Savings, limits: Limits) -> Pairs:
    from luukku.network.median.swap_kernels import Pairs

    return Pairs(
        people=data.people,
        minutes=data.minutes,
        start=data.start,
        column=data.column,
        trip=data.trip,
        begin=data.column_start,
        row=data.row,
        column_trip=data.column_trip,
        cost=limits.cost,
        group_start=limits.group_start,
        group=limits.group,
    )
