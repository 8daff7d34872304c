"""What is given, when to stop, and what came out: the three things every siting method shares."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Cells with people, candidate sites, minutes between them, and what is already decided.

    people:   (cells,) float64, inhabitants or visits a week.
    times:    site -> cells within the horizon; a pair that is absent is out of reach.
    open:     site numbers that must be in the answer (fixed points, points of a neighbouring region).
    closed:   site numbers that must not be in it.
    free:     site numbers among `open` that stand whatever is chosen (a neighbour's points): they serve but are not counted.

    Raises Contradiction when a site is both open and closed.
    """

    people: NDArray[np.float64]
    times: TravelTimes
    open: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    free: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if both := self.open & self.closed:
            raise Contradiction(f"Sites {sorted(both)} are both fixed open and forbidden.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solver is: the best value found and the bound that no solution can pass (None while unknown)."""

    seconds: float
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Stop:
    """When a solver stops although nothing is proved yet.

    seconds: time limit; gap: relative gap |value - bound| / |value| that is good enough;
    asked:   set from another thread to stop at once with the best so far;
    tell:    called now and then with the Progress.
    """

    seconds: float = 60.0
    gap: float = 0.0
    asked: threading.Event | None = field(default=None, compare=False)
    tell: Callable[[Progress], None] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen sites with their certificate.

    sites:      chosen site numbers, ascending, without the `free` ones.
    objective:  value of the choice: points, people covered, or person-minutes.
    bound:      no choice is better than this. The choice is proved optimal only when it meets the objective.
    gap:        |objective - bound| / max(|objective|, 1e-9).
    stopped_by: "proved", "time", "gap", "asked".
    seconds:    wall time.
    method:     in words, with its source.
    """

    sites: tuple[int, ...]
    objective: float
    bound: float
    gap: float
    stopped_by: str
    seconds: float
    method: str

    @property
    def proved(self) -> bool:
        """Whether the bound meets the objective."""
        return self.stopped_by == "proved"
