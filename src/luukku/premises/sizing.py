"""How much work so many places can take: thresholds computed once for one set of parameters, then only looked up."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from luukku.errors import Contradiction
from luukku.premises.arrivals import Pattern, pattern
from luukku.premises.queueing import blocked, busy_load, more_than_waiting, waits_at_most

PLACES = ("counter", "self_service", "remote", "expert")
"""Kinds of places and rooms that serve customers (L984-990), in the order of T8's spaces."""
QUEUES = ("counter", "self_service")
"""Those for which customers wait without an appointment."""

SIZED_BY = ("open.from", "open.to", "arrive.", "time.", "goal.")
"""Beginnings of the names of the parameters that the thresholds rest on."""

USUAL_SERVERS, MOST_SERVERS = 16, 200
USUAL_WAITING, MOST_WAITING = 32, 200
AT_ONCE = 128
"""Points whose waiting rooms are sized in one go; more would only take memory."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

Attained = Callable[[Floats, Floats], Floats]


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
        self.loads = {kind: np.unique(load, return_inverse=True) for kind, load in self.load.items()}
        self.hour_of = np.unique(self.week.day * 24 + self.week.begins // 60, return_inverse=True)[1]
        self.hours = np.bincount(self.hour_of, weights=self.week.hours)
        self.hourly = {
            kind: np.bincount(self.hour_of, weights=self.load[kind] * self.week.hours) / self.hours for kind in QUEUES
        }
        self.limits = {kind: self._limits(kind, USUAL_SERVERS) for kind in PLACES}
        self.growing = threading.Lock()
        self.worst: dict[str, list[Floats]] = {kind: [] for kind in QUEUES}
        self.an_hour = np.maximum.accumulate(
            self._most_load(
                lambda load, servers: self._within_goal("counter", load, servers),
                self.goal["counter"],
                range(1, MOST_SERVERS + 1),
            )
        )

    def attained(self, kind: str, work: Floats, servers: Counts) -> Floats:
        """(points,) share of the week's customers who are served as the goal has it."""
        return self._attained(kind, work, servers.astype(np.float64))

    def needed(self, kind: str, work: Floats, least: int) -> Counts:
        """(points,) least number of places for so many hours of work a week.

        Raises Contradiction when more than MOST_SERVERS are needed.
        """
        most = float(work.max(initial=0.0))
        while most > self.limits[kind][-1] and len(self.limits[kind]) < MOST_SERVERS:
            known = self.limits[kind]
            self.limits[kind] = self._limits(kind, min(2 * len(known), MOST_SERVERS), known)
        if most > self.limits[kind][-1]:
            raise Contradiction(
                f"{most:,.0f} hours of service a week need more than {MOST_SERVERS} places of a kind: split the point."
            )
        needed = np.where(work > 0, np.searchsorted(self.limits[kind], work, side="left") + 1, 0)
        return np.maximum(needed, least)

    def staffed(self, work: Floats) -> Counts:
        """(points, hours) counters to staff in each clock hour of the week, at least one; every hour meets the goal."""
        needed = np.searchsorted(self.an_hour, self.load["counter"] * work[:, None], side="left") + 1
        begins = np.flatnonzero(np.diff(self.hour_of, prepend=-1))
        return np.maximum.reduceat(needed, begins, axis=1)

    def waiting(self, work: Mapping[str, Floats], early: Floats) -> Counts:
        """(points,) people waiting at most, on `goal.seat.share` of the opening time.

        early: (points,) hours a week that booked customers spend waiting for their time.
        Of each queue the worst case of all lesser work is taken, so that more visits never need fewer seats although an
        added counter shortens the queue.
        """
        people = np.empty(len(early), dtype=np.int64)
        for first in range(0, len(early), AT_ONCE):
            these = slice(first, first + AT_ONCE)
            people[these] = self._waiting({kind: work[kind][these] for kind in QUEUES}, early[these])
        return people

    def _waiting(self, work: Mapping[str, Floats], early: Floats) -> Counts:
        rates = early[:, None] * (np.bincount(self.hour_of, weights=self.week.share) / self.hours)
        people = np.empty(len(early), dtype=np.int64)
        todo, most = np.arange(len(early)), USUAL_WAITING
        while True:
            share = self._at_most({kind: work[kind][todo] for kind in QUEUES}, rates[todo], most)
            found = (share < self.seat_share - 1e-12).sum(axis=1)
            done = (found < most) | (most >= MOST_WAITING)
            people[todo[done]] = found[done]
            todo, most = todo[~done], min(2 * most, MOST_WAITING)
            if not len(todo):
                return people

    def _at_most(self, work: Mapping[str, Floats], rates: Floats, most: int) -> Floats:
        """(points, most) share of the opening time in which at most 0, 1, ... people wait."""
        numbers = np.arange(most)
        size = 2 * most
        spectrum = np.fft.rfft(np.exp(xlogy(numbers, rates[..., None]) - gammaln(numbers + 1) - rates[..., None]), size)
        for kind in QUEUES:
            chance = np.diff(1.0 - self._worst(kind, work[kind], most), axis=-1, prepend=0.0)
            # Sums are cut off at `most` after each step: nothing beyond it comes back below it.
            spectrum *= np.fft.rfft(chance, size)
            if kind != QUEUES[-1]:
                spectrum = np.fft.rfft(np.fft.irfft(spectrum, size)[..., :most], size)
        total = np.fft.irfft(spectrum, size)[..., :most]
        share: Floats = np.einsum("h,phn->pn", self.hours, np.cumsum(total, axis=-1)) / self.hours.sum()
        return share

    def _worst(self, kind: str, work: Floats, most: int) -> Floats:
        """(points, hours, most) the chance that more than 0, 1, ... wait, worst case of all work up to this."""
        servers = self.needed(kind, work, 1)
        known = self.worst[kind]
        # One sizing serves all threads of a server.
        with self.growing:
            while len(known) < servers.max(initial=1) - 1:
                full = self._more(
                    kind, np.array([self.limits[kind][len(known)]]), np.array([len(known) + 1]), MOST_WAITING
                )[0]
                known.append(np.maximum(full, known[-1]) if known else full)
        now = self._more(kind, work, servers, most)
        for count in np.unique(servers[servers > 1]).tolist():
            same = servers == count
            now[same] = np.maximum(now[same], known[count - 2][:, :most])
        return now

    def _more(self, kind: str, work: Floats, servers: Counts, most: int) -> Floats:
        load = self.hourly[kind] * work[:, None]
        return more_than_waiting(load, servers[:, None].astype(np.float64), cv=self.cv[kind], most=most)

    def _limits(self, kind: str, most: int, known: Floats | None = None) -> Floats:
        """(most,) the most work that 1, 2, ... places can take; `known` are the first of them."""
        first = np.zeros(0) if known is None else known
        more = self._most_load(
            lambda work, servers: self._attained(kind, work, servers), self.goal[kind], range(len(first) + 1, most + 1)
        )
        return np.maximum.accumulate(np.concatenate([first, more]))

    def _most_load(self, attained: Attained, goal: float, places: range) -> Floats:
        """(places,) by bisection, the most work or load that so many places can take within the goal."""
        servers = np.array(places, dtype=np.float64)
        low = np.zeros(len(servers))
        high = servers * self.week.open_hours
        # As many steps whatever the places are, so that a limit does not depend on how many are known.
        for _ in range(math.ceil(math.log2(MOST_SERVERS * self.week.open_hours * 1e5))):
            middle = (low + high) / 2.0
            good = attained(middle, servers) >= goal
            low, high = np.where(good, middle, low), np.where(good, high, middle)
        return low

    def _attained(self, kind: str, work: Floats, servers: Floats) -> Floats:
        # Quarters of an equal load have an equal share: Wednesday's as Thursday's.
        loads, place = self.loads[kind]
        within = self._within_goal(kind, work[:, None] * loads[None, :], servers[:, None])
        share: Floats = (within.take(place, axis=1) * self.week.share).sum(axis=1)
        return share

    def _within_goal(self, kind: str, load: Floats, servers: Floats) -> Floats:
        if kind in self.cv:
            return waits_at_most(load, servers, service=self.service[kind], cv=self.cv[kind], within=self.within)
        return 1.0 - blocked(load, servers)
