"""How much work so many places can take: thresholds computed once for one set of parameters, then only looked up."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve
from scipy.stats import poisson

from luukku.errors import Contradiction
from luukku.premises.arrivals import Pattern, pattern
from luukku.premises.queueing import blocked, busy_load, more_than_waiting, waits_at_most

PLACES = ("counter", "self_service", "remote", "expert")
"""Kinds of places and rooms that serve customers (L984-990), in the order of T8's spaces."""
QUEUES = ("counter", "self_service")
"""Those for which customers wait without an appointment."""

SIZED_BY = ("open.from", "open.to", "arrive.", "time.", "goal.")
"""Beginnings of the names of the parameters that the thresholds rest on."""

USUAL_SERVERS, MOST_SERVERS = 64, 200
MOST_WAITING = 200

Attained = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def sizing(parameters: Mapping[str, float]) -> Sizing:
    """The thresholds of these parameters, kept for the next point.

    Raises Contradiction when a service time or a goal cannot be.
    """
    return _kept(tuple((name, parameters[name]) for name in parameters if name.startswith(SIZED_BY)))


@lru_cache(maxsize=64)
def _kept(values: tuple[tuple[str, float], ...]) -> Sizing:
    return Sizing(dict(values))


class Sizing:
    """Thresholds by kind of place: the most hours of work a week that 1, 2, ... places can take within the goal."""

    def __init__(self, parameters: Mapping[str, float]) -> None:
        self.week: Pattern = pattern(parameters)
        self.within = parameters["goal.wait.minutes"]
        self.seat_share = parameters["goal.seat.share"]
        self.goal = {kind: parameters["goal.wait.share" if kind in QUEUES else "goal.booking.share"] for kind in PLACES}
        names = {"counter": "adviser"}
        self.service = {kind: parameters[f"time.{names.get(kind, kind)}.minutes"] for kind in PLACES}
        self.cv = {kind: parameters[f"time.{names.get(kind, kind)}.cv"] for kind in QUEUES}
        if not all(minutes > 0 for minutes in self.service.values()):
            raise Contradiction("Service times must be above 0 minutes.")
        if not all(0 < goal < 1 for goal in (*self.goal.values(), self.seat_share)):
            raise Contradiction("The goals must be shares between 0 and 1, without 0 and 1 themselves.")
        self.load = {kind: busy_load(self.week, self.service[kind], steady=kind not in self.cv) for kind in PLACES}
        self.hour_of = np.unique(self.week.day * 24 + self.week.begins // 60, return_inverse=True)[1]
        self.hours = np.bincount(self.hour_of, weights=self.week.hours)
        self.hourly = {
            kind: np.bincount(self.hour_of, weights=self.load[kind] * self.week.hours) / self.hours for kind in QUEUES
        }
        self.limits = {kind: self._limits(kind, USUAL_SERVERS) for kind in PLACES}
        self.growing = threading.Lock()
        self.worst: dict[str, list[NDArray[np.float64]]] = {kind: [] for kind in QUEUES}
        self.an_hour = self._most_load(
            lambda load, servers: self._within_goal("counter", load, servers), self.goal["counter"], MOST_SERVERS
        )

    def attained(self, kind: str, work: float, servers: int) -> float:
        """Share of the week's customers who are served as the goal has it."""
        return float(self._attained(kind, np.array([work]), np.array([float(servers)]))[0])

    def needed(self, kind: str, work: float, least: int) -> int:
        """Least number of places for so many hours of work a week.

        Raises Contradiction when more than MOST_SERVERS are needed.
        """
        if work > self.limits[kind][-1] and len(self.limits[kind]) < MOST_SERVERS:
            self.limits[kind] = self._limits(kind, MOST_SERVERS)
        if work > self.limits[kind][-1]:
            raise Contradiction(
                f"{work:,.0f} hours of service a week need more than {MOST_SERVERS} places of a kind: split the point."
            )
        needed = int(np.searchsorted(self.limits[kind], work, side="left")) + 1 if work > 0 else 0
        return max(needed, least)

    def staffed(self, work: float) -> NDArray[np.int64]:
        """(hours,) counters to staff in each clock hour of the week, at least one; every hour meets the goal."""
        needed = np.searchsorted(self.an_hour, self.load["counter"] * work, side="left") + 1
        fullest = np.ones(len(self.hours), dtype=np.int64)
        np.maximum.at(fullest, self.hour_of, needed)
        return fullest

    def waiting(self, work: Mapping[str, float], early: float) -> int:
        """People waiting at most, on `goal.seat.share` of the opening time.

        early: hours a week that booked customers spend waiting for their time.
        Of each queue the worst case of all lesser work is taken, so that more visits never need fewer seats although an
        added counter shortens the queue.
        """
        rates = early * np.bincount(self.hour_of, weights=self.week.share) / self.hours
        queues = {kind: self._worst(kind, work[kind]) for kind in QUEUES}
        most = 32
        while True:
            total = np.asarray(poisson.pmf(np.arange(most), rates[:, None]), dtype=np.float64)
            for more in queues.values():
                at_most = 1.0 - more[:, :most]
                chance = np.diff(at_most, axis=1, prepend=0.0)
                total = np.asarray(fftconvolve(total, chance, axes=1), dtype=np.float64)[:, :most]
            share = (self.hours[:, None] * np.cumsum(total, axis=1)).sum(axis=0) / self.hours.sum()
            people = int(np.searchsorted(share, self.seat_share - 1e-12))
            if people < most or most >= MOST_WAITING:
                return people
            most = min(2 * most, MOST_WAITING)

    def _worst(self, kind: str, work: float) -> NDArray[np.float64]:
        """(hours, MOST_WAITING) the chance that more than 0, 1, ... wait, worst case of all work up to this."""
        servers = max(self.needed(kind, work, 1), 1)
        known = self.worst[kind]
        # One sizing serves all threads of a server.
        with self.growing:
            while len(known) < servers - 1:
                full = self._more(kind, float(self.limits[kind][len(known)]), len(known) + 1)
                known.append(np.maximum(full, known[-1]) if known else full)
        now = self._more(kind, work, servers)
        return np.maximum(now, known[servers - 2]) if servers > 1 else now

    def _more(self, kind: str, work: float, servers: int) -> NDArray[np.float64]:
        return more_than_waiting(
            self.hourly[kind] * work, np.array(float(servers)), cv=self.cv[kind], most=MOST_WAITING
        )

    def _limits(self, kind: str, most: int) -> NDArray[np.float64]:
        return self._most_load(lambda work, servers: self._attained(kind, work, servers), self.goal[kind], most)

    def _most_load(self, attained: Attained, goal: float, most: int) -> NDArray[np.float64]:
        """(most,) by bisection, the most work or load that 1, 2, ... places can take within the goal."""
        servers = np.arange(1, most + 1, dtype=np.float64)
        low = np.zeros(most)
        high = servers * self.week.open_hours
        for _ in range(math.ceil(math.log2(high[-1] * 1e5))):
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
