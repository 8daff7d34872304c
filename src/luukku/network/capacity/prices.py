"""A lower bound for points that can serve only so many: let go that everybody is served once, at a price.

Sources: Cornuéjols, Sridharan & Thizy (1991) for the relaxation, where every site fills up with whom it serves best;
Held, Wolfe & Crowder (1974) for the steps, here by person served; Camerini, Fratta & Maffioli (1975) for remembering
the direction.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.network.capacity.task import Task
from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.steps import BOUND, BRISK, STEP
from luukku.network.watch import SAME

Float64s = NDArray[np.float64]
Int8s = NDArray[np.int8]
HEADROOM, LEAST_HEADROOM = 1.2, 2.0
"""How many times its price, and how many minutes more, a price may become before the pairs are looked through again."""


@dataclass(slots=True, eq=False)
class Climb:
    """Prices under adjustment, and the best ones met.

    For any prices from 0 to what turning somebody away costs, people times prices less what standing points and the
    best candidates save at them is a lower bound; so is every bound told here, whatever rounding led to the prices.

    decided: (columns,) WITHIN for those that stand or are chosen, WITHOUT for those ruled out, FREE for the others.
    price:   (rows,) the best prices of serving one person; saved: (columns,) what each column saves at them.
    worth:   (columns,) what room for one more was worth in the last sweep; average: 0-1, how often each was taken.
    """

    task: Task
    decided: Int8s
    price: Float64s
    saved: Float64s
    worth: Float64s
    average: Float64s
    _at: Float64s
    _direction: Float64s
    _taken: NDArray[np.bool_]
    _state: Float64s
    _farthest: float
    _most: Float64s = field(default_factory=lambda: np.zeros(0))
    _near: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]] | None = None

    @classmethod
    def begin(
        cls, task: Task, decided: Int8s, price: Float64s, *, step: float, average: Float64s | None = None
    ) -> Climb:
        """Begin from prices, cut to what is allowed; step: 1 for prices from nowhere, less for prices known as good.

        average: how often relaxed choices took each column before.
        """
        columns, price = len(task.sites), np.clip(price, 0.0, task.away)
        return cls(
            task=task,
            decided=decided,
            price=price.copy(),
            saved=np.zeros(columns),
            worth=np.zeros(columns),
            average=np.zeros(columns) if average is None else average.copy(),
            _at=price,
            _direction=np.zeros(len(price)),
            _taken=np.zeros(columns, dtype=np.bool_),
            _state=np.array([-np.inf, step, -np.inf, 0.0]),
            _farthest=float(task.cost.max(initial=0.0)),
        )

    @property
    def bound(self) -> float:
        """What no choice costs less than, those turned away included."""
        return float(self._state[BOUND])

    @property
    def exhausted(self) -> bool:
        """Whether the steps have become too short to help."""
        return bool(self._state[STEP] < BRISK.shortest)

    @property
    def more(self) -> int:
        """How many more candidates may be chosen."""
        return self.task.more - int((self.decided[~self.task.standing] == WITHIN).sum())

    @property
    def roomless(self) -> bool:
        """Whether there is too little room in all for everybody who must be served."""
        if self.task.within is not None:
            return False
        free = np.sort(self.task.capacity[self.decided == FREE])[::-1][: self.more]
        return bool(free.sum() + self.task.capacity[self.decided == WITHIN].sum() < self.task.people.sum() * (1 - SAME))

    def go(self, sweeps: int, target: float, enough: float) -> None:
        """Adjust so many times towards a target; stop early when the bound is enough."""
        from luukku.network.capacity.kernels import climb, nearer

        task = self.task
        if self._near is None or (self._at >= np.minimum(0.9 * self._most, task.away)).any():
            most = np.maximum(HEADROOM * self._at, self._at + LEAST_HEADROOM)
            self._most = np.where(most > self._farthest, task.away, np.minimum(most, task.away))
            self._near = nearer(task.start, task.row, task.cost, self._most, self.decided != WITHOUT)
        climb(
            *self._near,
            task.people,
            self._most,
            task.capacity,
            self.decided,
            self.more,
            target,
            enough,
            sweeps,
            BRISK,
            self._at,
            self._direction,
            self.price,
            self.saved,
            self.worth,
            self._taken,
            self.average,
            self._state,
        )

    def decide(self, enough: float) -> bool:
        """Rule out and choose what a choice below `enough` cannot have or lack, by reduced costs; whether any was."""
        free = np.flatnonzero(self.decided == FREE)
        saved, more = self.saved[free], self.more
        order = np.sort(saved)[::-1]
        last = float(order[more - 1]) if 0 < more <= len(free) else (0.0 if more > 0 else np.inf)
        following = float(order[more]) if more < len(free) else 0.0
        without = free[self.bound + last - saved > enough]
        within = free[(saved >= last) & (self.bound + saved - following > enough)] if more > 0 else free[:0]
        self.decided[without] = WITHOUT
        self.decided[within] = WITHIN
        settle(self.task, self.decided)
        return bool(len(without) + len(within))

    def smaller(self) -> Climb:
        """The same without what is ruled out, going on from the best prices."""
        task = self.task.part(self.decided)
        decided = np.where(task.standing, WITHIN, FREE).astype(np.int8)
        kept = self.task.standing | (self.decided != WITHOUT)
        return Climb.begin(task, decided, self.price, step=float(self._state[STEP]), average=self.average[kept])

    def choice(self) -> list[int]:
        """A choice that is allowed: the candidates taken most often of late."""
        task = self.task
        chosen = np.flatnonzero((self.decided == WITHIN) & ~task.standing)
        free = np.flatnonzero(self.decided == FREE)
        order = free[np.lexsort((-self.saved[free], -self.average[free]))]
        return task.allowed(order.tolist(), chosen.tolist())


def settle(task: Task, decided: Int8s) -> None:
    """Rule out what stands in a group with a chosen candidate, and everything when no more may be chosen.

    Where two of one group, or more than may be, would have to be chosen no choice is allowed, and every candidate is
    ruled out.
    """
    for group in task.groups:
        within = sum(decided[column] == WITHIN for column in group)
        if within > 1:
            decided[~task.standing] = WITHOUT
            return
        if within:
            for column in group:
                if decided[column] == FREE:
                    decided[column] = WITHOUT
    chosen = int((decided[~task.standing] == WITHIN).sum())
    if chosen > task.more:
        decided[~task.standing] = WITHOUT
    elif chosen == task.more:
        decided[decided == FREE] = WITHOUT
