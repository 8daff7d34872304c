"""Good choices of candidates for the p-median, fast: greedy adding, then swaps of one for another.

Sources: Minoux (1978) for lazy greedy; Teitz & Bart (1968) for the swap; Resende & Werneck (2007), "A fast swap-based
local search procedure for location problems", for the change of every swap at once, kept from swap to swap.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

import numpy as np

from luukku.network.limits import Limits
from luukku.network.savings import Savings

BATCH = 200
"""Swaps between two looks at whether to stop."""


def never() -> bool:
    """Do not stop."""
    return False


def greedy(data: Savings, limits: Limits, chosen: Sequence[int] = ()) -> list[int]:
    """The choice and as many more candidates as the limits allow, each the one that saves most for its cost.

    Candidates that save nothing are left out. Deterministic: of equals the first is taken.
    """
    from luukku.network.median_kernels import bring_nearer

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
    from luukku.network.median_kernels import swap

    best = sorted(chosen)
    while best:
        columns = np.array(best, dtype=np.int64)
        swaps = swap(
            data.people,
            data.minutes,
            data.start,
            data.column,
            data.trip,
            data.column_start,
            data.row,
            data.column_trip,
            limits.cost,
            limits.room,
            limits.group_start,
            limits.group,
            limits.groups,
            columns,
            BATCH,
        )
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
