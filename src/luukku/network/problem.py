"""What is given, when to stop, and what came out: the three things every siting method shares."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Contradiction, Fault
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Cells with people, candidate sites, minutes between them, and what is already decided.

    people:   (cells,) float64, inhabitants or visits a week.
    times:    site -> cells within the horizon; a pair that is absent is out of reach.
    open:     site numbers that must be in the answer (fixed points, points of a neighbouring region).
    closed:   site numbers that must not be in it.
    free:     site numbers among `open` that stand whatever is chosen (a neighbour's points): they serve, uncounted.
    groups:   sets of site numbers of which at most one may be in the answer, such as addresses for the same point.
    existing: site numbers that stand today. They may be kept or given up; to keep one costs nothing.
    costs:    (sites,) float64, what it costs to have each site, in the unit of the budget; None when nobody asks.

    Raises BadInput when people, minutes or costs are negative or no numbers, and Contradiction when a site is both open
    and closed, free without being open, not among the sites, or one of two open ones of a group.
    """

    people: NDArray[np.float64]
    times: TravelTimes
    open: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    free: frozenset[int] = frozenset()
    groups: tuple[frozenset[int], ...] = ()
    existing: frozenset[int] = frozenset()
    costs: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        check_people_and_minutes(self.people, self.times)
        self._check_costs()
        named = frozenset().union(self.open, self.closed, self.free, self.existing, *self.groups)
        if strangers := sorted(site for site in named if not 0 <= site < self.times.sites):
            raise Contradiction(f"Sites {strangers} do not exist: there are {self.times.sites} sites, numbered from 0.")
        if both := self.open & self.closed:
            raise Contradiction(f"Sites {sorted(both)} are both fixed open and forbidden.")
        if loose := self.free - self.open:
            raise Contradiction(f"Sites {sorted(loose)} stand whatever is chosen, but are not among the open ones.")
        for group in self.groups:
            if len(crowd := group & self.fixed) > 1:
                raise Contradiction(f"Sites {sorted(crowd)} are all fixed open, but at most one of them may be.")

    def _check_costs(self) -> None:
        if self.costs is None:
            return
        if len(self.costs) != self.times.sites:
            raise Contradiction(f"There are {len(self.costs)} costs for {self.times.sites} sites.")
        wrong = ~(np.isfinite(self.costs) & (self.costs >= 0))
        if wrong.any():
            first = int(np.argmax(wrong))
            fault = Fault(
                f"{int(wrong.sum())} costs are negative or no numbers, such as that of site {first}: "
                f"{self.costs[first]}",
                "finite numbers, zero or more",
                "mend these costs",
            )
            raise BadInput("The problem's data", [fault])

    @property
    def fixed(self) -> frozenset[int]:
        """The open sites that count as points of the answer."""
        return self.open - self.free

    @property
    def candidates(self) -> NDArray[np.intp]:
        """The sites that may be chosen and are not decided yet, ascending; none whose group has a fixed one."""
        decided = np.zeros(self.times.sites, dtype=np.bool_)
        decided[list(self.open | self.closed)] = True
        for group in self.groups:
            if group & self.fixed:
                decided[list(group)] = True
        return np.flatnonzero(~decided)

    @property
    def price(self) -> NDArray[np.float64]:
        """(sites,) what each site takes of a budget: its cost, nothing for an existing or a free one.

        Raises Contradiction when the problem has no costs.
        """
        if self.costs is None:
            raise Contradiction("A budget needs the cost of every site.")
        price = self.costs.copy()
        price[list(self.existing | self.free)] = 0.0
        return price


def check_people_and_minutes(people: NDArray[np.float64], times: TravelTimes) -> None:
    """Refuse people and minutes that nothing can be computed with.

    Raises BadInput when the lengths disagree or a value is negative or no number.
    """
    faults = []
    if len(people) != times.cells:
        faults.append(
            Fault(
                f"{len(people)} cells with people, but a travel-time matrix of {times.cells} cells",
                "the same cells in both",
                "compute the matrix for these cells",
            )
        )
    for what, values in (("people", people), ("minutes", times.minutes)):
        wrong = ~(np.isfinite(values) & (values >= 0))
        if wrong.any():
            first = int(np.argmax(wrong))
            faults.append(
                Fault(
                    f"{int(wrong.sum())} {what} are negative or no numbers, such as number {first}: {values[first]}",
                    "finite numbers, zero or more",
                    f"mend or leave out these {what}",
                )
            )
    if faults:
        raise BadInput("The problem's data", faults)


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


ONE_MINUTE = Stop()
"""What holds when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen sites with their certificate.

    sites:      chosen site numbers, ascending, without the `free` ones.
    objective:  value of the choice: points, people covered, or person-minutes.
    bound:      no choice is better than this. The choice is proved optimal only when it meets the objective.
    gap:        |objective - bound| / max(|objective|, 1e-9).
    stopped_by: "proved", "time", "gap", "asked", or "size" when the rest would have been too large to prove.
    seconds:    wall time.
    method:     in words, with its source.
    capped:     people beyond the horizon of the travel times in this choice; only least person-minutes charges them,
                with the horizon's minutes.
    """

    sites: tuple[int, ...]
    objective: float
    bound: float
    gap: float
    stopped_by: str
    seconds: float
    method: str
    capped: float = 0.0

    @property
    def proved(self) -> bool:
        """Whether the bound meets the objective."""
        return self.stopped_by == "proved"
