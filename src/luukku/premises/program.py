"""The space programme of a joint point: how many places and rooms of each kind, and how many m2, its visits need.

Walk-in customers (counter, self-service) wait at most the goal's minutes with the goal's probability; booked customers
(remote, expert) get the time they first wish for with the goal's probability. Everything is a step function that never
falls when visits grow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve
from scipy.stats import poisson

from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameter, Parameters
from luukku.outlook.visits import CHANNELS, Channel
from luukku.premises.arrivals import Pattern, pattern
from luukku.premises.queueing import blocked, busy_load, more_than_waiting, waits_at_most

PLACES = ("counter", "self_service", "remote", "expert")
"""Kinds of places and rooms that serve customers (L984-990), in the order of T8's spaces."""

MOST_SERVERS = 200
MOST_WAITING = 200
SIZED_BY = ("open.from", "open.to", "arrive.", "time.", "goal.")
USED = ("channel.", "shift.", "open.", "arrive.", "time.", "goal.", "wait.", "space.", "back.", "least.")


@dataclass(frozen=True, slots=True)
class SpaceProgram:
    """What a point needs.

    a_week:   visits a week by channel.
    places:   number by kind: counter, self_service, remote, expert, seat, back_office.
    m2:       by kind, and "lobby" and "corridor".
    attained: by kind of place, the share of customers who wait at most the goal (walk-in) or get their time (booked).
    staffed:  counters that must be staffed in each quarter hour of the week, in the order of the pattern.
    staff_hours: service advisers' working hours a week.
    open_hours: opening hours a week.
    """

    a_week: Mapping[Channel, float]
    places: Mapping[str, int]
    m2: Mapping[str, float]
    attained: Mapping[str, float]
    staffed: tuple[int, ...]
    staff_hours: float
    open_hours: float
    assumptions: tuple[Parameter, ...]

    @property
    def total_m2(self) -> float:
        """All m2 of the point, with its back-office at the same address."""
        return sum(self.m2.values())


def space_program(a_week: Mapping[Channel, float], parameters: Parameters) -> SpaceProgram:
    """The space programme of a point with so many visits a week by channel.

    An adviser serves at the counter and gives digital support to a share of the self-service customers; the counters
    are sized for both. Back-office is at the same address, as it must be (L1283-1285).
    Raises Contradiction when visits are not numbers of at least 0, or more than 200 places of a kind would be needed.
    """
    if not all(math.isfinite(visits) and visits >= 0 for visits in a_week.values()):
        raise Contradiction("Visits a week must be numbers of at least 0.")
    work = work_hours(a_week, parameters)
    sizing = _sizing(tuple((name, parameters[name]) for name in parameters if name.startswith(SIZED_BY)))
    places = {kind: sizing.needed(kind, work[kind], int(parameters[f"least.{kind}"])) for kind in PLACES}
    staffed = sizing.staffed(work["counter"])
    seats = sizing.seats(work, a_week, parameters)
    places["seat"] = seats
    places["back_office"] = math.ceil(
        parameters["back.counter"] * places["counter"] + parameters["back.expert"] * places["expert"] - 1e-9
    )
    return SpaceProgram(
        a_week=dict(a_week),
        places=places,
        m2=areas(places, parameters),
        attained={kind: sizing.attained(kind, work[kind], places[kind]) for kind in PLACES},
        staffed=tuple(int(count) for count in staffed),
        staff_hours=float((staffed * sizing.week.hours).sum()) * parameters["staff.ready"],
        open_hours=sizing.week.open_hours,
        assumptions=parameters.shown(*USED),
    )


def areas(places: Mapping[str, int], parameters: Parameters) -> dict[str, float]:
    """m2 by kind for so many places of each; corridors and services are added to them all."""
    found = {kind: places[kind] * parameters[f"space.{kind}"] for kind in (*PLACES, "seat")}
    found["back_office"] = places["back_office"] * parameters["space.back"]
    found["lobby"] = parameters["space.lobby"]
    found["corridor"] = parameters["space.corridor"] * sum(found.values())
    return found


def work_hours(a_week: Mapping[Channel, float], parameters: Parameters) -> dict[str, float]:
    """Hours of service a week by kind of place."""
    visits = {channel: a_week.get(channel, 0.0) for channel in CHANNELS}
    support = parameters["time.support.share"] * visits["self_service"] * parameters["time.support.minutes"]
    return {
        "counter": (visits["adviser"] * parameters["time.adviser.minutes"] + support) / 60.0,
        "self_service": visits["self_service"] * parameters["time.self_service.minutes"] / 60.0,
        "remote": visits["remote"] * parameters["time.remote.minutes"] / 60.0,
        "expert": visits["expert"] * parameters["time.expert.minutes"] / 60.0,
    }


Attained = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


@lru_cache(maxsize=256)
def _sizing(values: tuple[tuple[str, float], ...]) -> _Sizing:
    return _Sizing(dict(values))


class _Sizing:
    """How much work so many places can take: the thresholds of every kind, computed once for one set of parameters."""

    def __init__(self, parameters: Mapping[str, float]) -> None:
        self.week: Pattern = pattern(parameters)
        self.within = parameters["goal.wait.minutes"]
        self.goal = {
            kind: parameters["goal.wait.share" if kind in ("counter", "self_service") else "goal.booking.share"]
            for kind in PLACES
        }
        names = {"counter": "adviser", "self_service": "self_service", "remote": "remote", "expert": "expert"}
        self.service = {kind: parameters[f"time.{names[kind]}.minutes"] for kind in PLACES}
        self.cv = {kind: parameters[f"time.{names[kind]}.cv"] for kind in ("counter", "self_service")}
        if not all(minutes > 0 for minutes in self.service.values()):
            raise Contradiction("Service times must be above 0 minutes.")
        if not all(0 < goal < 1 for goal in self.goal.values()):
            raise Contradiction("The goals must be shares between 0 and 1, without 0 and 1 themselves.")
        self.load = {kind: busy_load(self.week, self.service[kind], steady=kind not in self.cv) for kind in PLACES}
        self.thresholds = {kind: self._thresholds(kind) for kind in PLACES}
        self.an_hour = self._most_load(
            lambda load, servers: self._within_goal("counter", load, servers), self.goal["counter"]
        )

    def attained(self, kind: str, work: float, servers: int) -> float:
        """Share of the week's customers who are served as the goal has it."""
        return float(self._attained(kind, np.array([work]), np.array([float(servers)]))[0])

    def needed(self, kind: str, work: float, least: int) -> int:
        """Least number of places for so many hours of work a week."""
        thresholds = self.thresholds[kind]
        if work > thresholds[-1]:
            raise Contradiction(
                f"{work:,.0f} hours of service a week need more than {MOST_SERVERS} places of a kind: split the point."
            )
        needed = int(np.searchsorted(thresholds, work, side="left")) + 1 if work > 0 else 0
        return max(needed, least)

    def staffed(self, work: float) -> NDArray[np.int64]:
        """(quarters,) counters to staff, at least one, alike in a clock hour, so that every hour meets the goal."""
        needed = np.searchsorted(self.an_hour, self.load["counter"] * work, side="left") + 1
        hours = (self.week.day * 24 + self.week.begins // 60).astype(np.int64)
        fullest = np.zeros(hours.max() + 1, dtype=np.int64)
        np.maximum.at(fullest, hours, needed)
        return fullest[hours]

    def seats(self, work: Mapping[str, float], a_week: Mapping[Channel, float], parameters: Parameters) -> int:
        """Seats that suffice on `goal.seat.share` of the opening time.

        Of each queue the worst case of all lesser work is taken, so that more visits never need fewer seats although an
        added counter shortens the queue.
        """
        early = parameters["wait.early.minutes"] / 60.0 * (a_week.get("remote", 0.0) + a_week.get("expert", 0.0))
        rates = early * self.week.share / self.week.hours
        total = np.asarray(poisson.pmf(np.arange(MOST_WAITING), rates[:, None]), dtype=np.float64)
        for kind in ("counter", "self_service"):
            total = fftconvolve(total, self._waiting(kind, work[kind]), axes=1)[:, :MOST_WAITING]
        share = (self.week.hours[:, None] * np.cumsum(total, axis=1)).sum(axis=0) / self.week.hours.sum()
        people = int(np.searchsorted(share, parameters["goal.seat.share"] - 1e-12))
        return math.ceil(people * parameters["wait.party"] - 1e-9)

    def _waiting(self, kind: str, work: float) -> NDArray[np.float64]:
        """(quarters, MOST_WAITING) the distribution of the number waiting, worst case of all work up to this."""
        servers = max(self.needed(kind, work, 1), 1)
        works = np.minimum(self.thresholds[kind][:servers], work)
        loads = works[:, None] * self.load[kind][None, :]
        counts = np.arange(1, servers + 1, dtype=np.float64)[:, None]
        more = more_than_waiting(loads, counts, cv=self.cv[kind], most=MOST_WAITING).max(axis=0)
        at_most = np.concatenate([np.zeros((len(more), 1)), 1.0 - more], axis=1)
        return np.diff(at_most, axis=1)

    def _thresholds(self, kind: str) -> NDArray[np.float64]:
        """(MOST_SERVERS,) the most hours of work a week that 1, 2, ... places can take within the goal."""
        return self._most_load(lambda work, servers: self._attained(kind, work, servers), self.goal[kind])

    def _most_load(self, attained: Attained, goal: float) -> NDArray[np.float64]:
        servers = np.arange(1, MOST_SERVERS + 1, dtype=np.float64)
        low = np.zeros(MOST_SERVERS)
        high = servers * self.week.open_hours
        for _ in range(32):
            middle = (low + high) / 2.0
            good = attained(middle, servers) >= goal
            low, high = np.where(good, middle, low), np.where(good, high, middle)
        return np.maximum.accumulate(low)

    def _attained(self, kind: str, work: NDArray[np.float64], servers: NDArray[np.float64]) -> NDArray[np.float64]:
        load = work[:, None] * self.load[kind][None, :]
        share: NDArray[np.float64] = (self._within_goal(kind, load, servers[:, None]) * self.week.share).sum(axis=1)
        return share

    def _within_goal(self, kind: str, load: NDArray[np.float64], servers: NDArray[np.float64]) -> NDArray[np.float64]:
        if kind in self.cv:
            return waits_at_most(load, servers, service=self.service[kind], cv=self.cv[kind], within=self.within)
        return 1.0 - blocked(load, servers)
