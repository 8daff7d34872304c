"""A lower bound of the p-median: let go that every cell is served once, at a price, and adjust the prices.

Sources: Cornuéjols, Fisher & Nemhauser (1977) for the relaxation; Held, Wolfe & Crowder (1974) for the steps, here
scaled by the people of each cell, which closes the gap many times faster where cells differ much in size; Camerini,
Fratta & Maffioli (1975) for remembering the direction. A sweep touches only the pairs that pay at the prices, the
nearest of each cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.limits import Limits
from luukku.network.median.savings import FREE, WITHIN, WITHOUT, Savings, Shrunk
from luukku.network.steps import BOUND, BRISK, RATE, STEP, Pace


@dataclass(slots=True, eq=False)
class Climb:
    """Prices under adjustment, and the best ones met.

    For any prices of at least 0, and at most a cell's person-minutes without candidates, prices plus the greatest
    savings at them that the limits allow are a lower bound; so is every bound told here, whatever rounding led to the
    prices.

    price:     (rows,) person-minutes for serving each cell; profit: (columns,) at most 0, what each candidate saves at
               these prices; rate: the price of a unit of the limits' room; bound: person-minutes, `data.base` included.
    share:     (columns,) 0-1, how far the last relaxed choice takes each; average: the same, averaged over sweeps.
    """

    data: Savings
    limits: Limits
    price: NDArray[np.float64]
    profit: NDArray[np.float64]
    share: NDArray[np.float64]
    average: NDArray[np.float64]
    pace: Pace = BRISK
    sweeps: int = 0
    _at: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    _direction: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    _state: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def begin(
        cls, data: Savings, limits: Limits, price: NDArray[np.float64], *, step: float = 1.0, pace: Pace = BRISK
    ) -> Climb:
        """Begin from prices, cut to what is allowed; step: 1 for prices from nowhere, less for prices known as good."""
        columns = len(data.sites)
        price = np.clip(price, 0.0, data.people * data.minutes)
        return cls(
            data=data,
            limits=limits,
            price=price.copy(),
            profit=np.zeros(columns),
            share=np.zeros(columns),
            average=np.zeros(columns),
            pace=pace,
            _at=price,
            _direction=np.zeros(len(price)),
            _state=np.array([-np.inf, step, -np.inf, 0.0, 0.0]),
        )

    @property
    def bound(self) -> float:
        """Person-minutes that no choice falls below."""
        return self.data.base + float(self._state[BOUND])

    @property
    def step(self) -> float:
        """Length of the steps, as a share of the usual."""
        return float(self._state[STEP])

    @property
    def rate(self) -> float:
        """Price of a unit of room."""
        return float(self._state[RATE])

    @property
    def exhausted(self) -> bool:
        """Whether the steps have become too short to help."""
        return self.step < self.pace.shortest

    def go(self, sweeps: int, value: float, enough: float) -> None:
        """Adjust so many times towards a value that is not to be passed; stop early when the bound is enough."""
        from luukku.network.median.price_kernels import climb

        data, limits = self.data, self.limits
        self.sweeps += climb(
            data.start,
            data.column,
            data.trip,
            data.people,
            data.people * data.minutes,
            limits.cost,
            limits.room,
            limits.counted,
            limits.first_group,
            limits.groups,
            limits.needed,
            limits.needs,
            value - data.base,
            enough - data.base,
            sweeps,
            self.pace,
            self._at,
            self._direction,
            self.price,
            self.profit,
            self.average,
            self.share,
            self._state,
        )

    def choice(self) -> list[int]:
        """Columns of a choice that the limits allow, those that the last relaxed choices take most of first."""
        order = np.lexsort((-self.average, -self.share))
        return sorted(self.limits.filled([], order[self.share[order] > 0].tolist()))

    def decided(self, enough: float) -> NDArray[np.int8]:
        """(columns,) WITHIN for candidates that every choice below `enough` has, WITHOUT for those that none has.

        The other way costs too much: reduced costs at the best prices, at every price of the room that does not lower
        the bound.
        """
        from luukku.network.median.price_kernels import rises

        limits, total = self.limits, float(self.price.sum())
        decided = np.full(len(self.profit), FREE, dtype=np.int8)
        for rate in self._rates():
            saved, joins, leaves = rises(
                self.profit, limits.cost, rate, limits.first_group, limits.groups, limits.needed, limits.needs
            )
            bound = self.data.base + total + saved - rate * limits.room
            decided[bound + joins > enough] = WITHOUT
            decided[bound + leaves > enough] = WITHIN
        return decided

    def _rates(self) -> list[float]:
        if not self.limits.counted:
            return [self.rate]
        points, ordered = int(self.limits.room), self.profit
        if self.limits.needs:
            points -= self.limits.needs
            ordered = np.delete(ordered, self._needed())
        ordered = np.sort(ordered)
        if points >= len(ordered):
            return [0.0]
        return [-float(ordered[points - 1]), -float(ordered[points])] if points else [-float(ordered[0])]

    def _needed(self) -> list[int]:
        """The column of each needed set that saves most."""
        needed = self.limits.needed
        members = [np.flatnonzero(needed == which) for which in range(self.limits.needs)]
        return [int(each[np.argmin(self.profit[each])]) for each in members]

    def shrunk(self, decided: NDArray[np.int8], enough: float) -> Shrunk:
        """The problem that is left, without the pairs that no choice below `enough` serves a cell by."""
        over = max(enough - self.bound, 0.0)
        over += 1e-9 * (abs(enough) + 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            last = np.where(self.data.people > 0, (self.price + over) / self.data.people, np.inf)
        return self.data.shrunk(decided, last)
