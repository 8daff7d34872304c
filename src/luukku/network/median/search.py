"""What a proof of a p-median has in hand: the best choice so far, and the smaller problem that is left to decide."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.interchange import shaken, swapped
from luukku.network.median.lagrangian import Climb
from luukku.network.median.limits import Limits
from luukku.network.median.savings import WITHIN, Savings
from luukku.network.watch import SAME, Watch

LARGE = 2_000_000
"""Swaps to weigh beyond which the first prices are better found without them."""
LINEAR_PAIRS, LINEAR_ROWS = 30_000, 6_000
"""Pairs and cells up to which a linear relaxation is faster than branching without it."""
FIRST_PRICE = 0.5
"""How far between the nearest and the second nearest point of a choice the first price of a cell lies."""
CROWDED = 9.0
"""Candidates of a cell on average from which on neighbours are branched on together, without a relaxation at first."""


@dataclass(slots=True, eq=False)
class Search:
    """The best choice so far, and what it takes to be better.

    data, limits: the whole problem. chosen: columns of it; value: their person-minutes.
    measure:      every choice costs a multiple of it; 0 when nothing is known.
    price:        (rows,) the best prices found before anything was decided; bound: the best bound before branching.
    nodes:        how many nodes were bounded.
    """

    data: Savings
    limits: Limits
    watch: Watch
    measure: float
    chosen: list[int] = field(default_factory=list)
    value: float = np.inf
    price: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    bound: float = -np.inf
    nodes: int = 0

    @property
    def enough(self) -> float:
        """A bound from which on no choice is better than the best so far."""
        rounding = SAME * abs(self.value)
        if self.measure > 2 * rounding:
            return self.value - self.measure + max(1e-6 * self.measure, 0.1 * rounding)
        return self.value - rounding

    def offer(self, columns: list[int]) -> bool:
        """Take a choice if it is better than the best so far."""
        cost = self.data.cost(columns)
        if cost >= self.value:
            return False
        self.chosen, self.value = sorted(columns), cost
        self.watch.improve(value=cost)
        return True

    def stopped(self) -> bool:
        """Whether to stop now."""
        return self.watch.why is not None

    def prove(self) -> None:
        """There is nothing better."""
        self.watch.improve(bound=self.value)


@dataclass(slots=True, eq=False)
class Part:
    """A smaller problem within the whole one, and the columns of the whole one that are chosen beside it."""

    data: Savings
    limits: Limits
    columns: NDArray[np.intp]
    rows: NDArray[np.intp]
    beside: list[int]

    def smaller(self, climb: Climb, decided: NDArray[np.int8], enough: float) -> Part | None:
        """What is left when some is decided; None when it cannot be."""
        decided = decided.copy()
        if not self.limits.completed(decided):
            return None
        rest = climb.shrunk(decided, enough)
        return Part(
            data=rest.data,
            limits=self.limits.left(decided),
            columns=self.columns[rest.columns],
            rows=self.rows[rest.rows],
            beside=[*self.beside, *self.columns[decided == WITHIN].tolist()],
        )

    def in_whole(self, columns: list[int]) -> list[int]:
        """A choice of the part as one of the whole problem."""
        return [*self.beside, *self.columns[columns].tolist()]

    @property
    def large(self) -> bool:
        """Whether weighing every swap takes longer than some chunks of sweeps."""
        return weighs_much(self.data, self.limits)

    @property
    def small(self) -> bool:
        """Whether the linear relaxation can be solved in seconds."""
        return 0 < self.data.pairs <= LINEAR_PAIRS and len(self.rows) <= LINEAR_ROWS

    @property
    def crowded(self) -> bool:
        """Whether cells have so many candidates each that one ruled out is replaced by its neighbours."""
        return self.data.pairs > CROWDED * len(self.rows)

    @property
    def settled(self) -> list[int] | None:
        """The choice when there is nothing left to decide: all that is left may be taken."""
        everything = list(range(len(self.columns)))
        return everything if self.limits.allows(everything) else None


def weighs_much(data: Savings, limits: Limits) -> bool:
    """Whether there are so many swaps that the first prices are better found without them."""
    return limits.counted and limits.room * len(data.sites) > LARGE


def shake(search: Search, part: Part, *, patient: bool = False) -> bool:
    """Kick the choice at random and swap; whether that gave a better one."""
    place = np.full(len(search.data.sites), -1)
    place[part.columns] = np.arange(len(part.columns))
    best = [int(place[column]) for column in search.chosen if place[column] >= 0]
    best = swapped(part.data, part.limits, best, search.stopped)
    return search.offer(part.in_whole(shaken(part.data, part.limits, best, search.stopped, patient=patient)))


def first_prices(search: Search) -> NDArray[np.float64]:
    """(rows,) prices between the nearest and the second nearest of the choice."""
    from luukku.network.median.swap_kernels import two_nearest_trips

    data = search.data
    slot = np.full(len(data.sites), -1, dtype=np.int32)
    slot[search.chosen] = 0
    near, second = two_nearest_trips(data.start, data.column, data.trip, data.minutes, slot)
    return data.people * (near + FIRST_PRICE * (second - near))
