"""The clock of a solver: how long it has run, how good its best choice is, and whether it has to stop."""

from __future__ import annotations

import time

from luukku.network.problem import Progress, Solution, Stop

SAME = 1e-9
"""Relative difference below which a value and its bound are the same number."""


class Watch:
    """Keeps the best value and the best bound of one run, and tells when to stop.

    Both only ever improve: the value falls and the bound rises when least is best, the other way round when most is.
    """

    def __init__(self, stop: Stop, *, most: bool = False) -> None:
        self.stop = stop
        self.sign = -1.0 if most else 1.0
        self.value: float | None = None
        self.bound: float | None = None
        self._begun = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Wall time since the run began."""
        return time.perf_counter() - self._begun

    @property
    def left(self) -> float:
        """Seconds until the time limit, at least 0."""
        return max(self.stop.seconds - self.seconds, 0.0)

    def improve(self, value: float | None = None, bound: float | None = None) -> None:
        """Note a choice's value or a bound; whatever is no improvement is ignored."""
        before = (self.value, self.bound)
        if value is not None and (self.value is None or self.sign * value < self.sign * self.value):
            self.value = value
        if bound is not None and (self.bound is None or self.sign * bound > self.sign * self.bound):
            self.bound = bound
        if self.value is not None and self.bound is not None and self.sign * (self.bound - self.value) > 0:
            self.bound = self.value  # rounding of the solver must not lift the bound over a choice that exists
        if self.stop.tell is not None and before != (self.value, self.bound):
            self.stop.tell(Progress(self.seconds, self.value, self.bound))

    @property
    def gap(self) -> float:
        """|value - bound| / max(|value|, 1e-9); infinite while either is unknown."""
        if self.value is None or self.bound is None:
            return float("inf")
        return abs(self.value - self.bound) / max(abs(self.value), 1e-9)

    @property
    def proved(self) -> bool:
        """Whether the bound meets the value."""
        return self.gap <= SAME

    @property
    def why(self) -> str | None:
        """Why to stop now: "proved", "gap", "asked", "time", or None to go on."""
        if self.proved:
            return "proved"
        if self.gap <= self.stop.gap:
            return "gap"
        if self.stop.asked is not None and self.stop.asked.is_set():
            return "asked"
        if self.left <= 0:
            return "time"
        return None

    def solution(self, sites: list[int], method: str, *, capped: float = 0.0) -> Solution:
        """The answer with its certificate. Call it when there is a value, a bound and a reason to stop.

        capped: people beyond the horizon of the travel times. Raises RuntimeError without a value or a bound.
        """
        if self.value is None or self.bound is None:
            raise RuntimeError("a solution needs a value and a bound")
        if self.proved:
            self.bound = self.value
        return Solution(
            sites=tuple(sorted(sites)),
            objective=self.value,
            bound=self.bound,
            gap=self.gap,
            stopped_by=self.why or "size",
            seconds=self.seconds,
            method=method,
            capped=capped,
        )
