"""A joint point day by day, customer by customer: what the formulas of the space programme are checked against.

It shares with the formulas only the opening hours, the arrivals an hour and the service times; queues, losses and seats
come out of the events themselves.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import Channel
from luukku.premises.arrivals import Pattern, pattern
from luukku.premises.program import areas

Days = list[NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation finds to be needed: the same kinds as in a SpaceProgram.

    attained: share within the goal with these places; days, customers: simulated.
    """

    places: Mapping[str, int]
    m2: Mapping[str, float]
    attained: Mapping[str, float]
    days: int
    customers: int

    @property
    def total_m2(self) -> float:
        """All m2 of the point."""
        return sum(self.m2.values())


def simulate(
    a_week: Mapping[Channel, float], parameters: Parameters, *, days: int = 200, seed: int = 2030
) -> Simulated:
    """Find by simulation the fewest places of each kind that meet the goals over so many opening days.

    The same seed gives the same result. Places are raised one by one until the goal holds; seats are those that suffice
    on `goal.seat.share` of the opening minutes.
    """
    random = np.random.default_rng(seed)
    week = pattern(parameters)
    visits = {name: a_week.get(name, 0.0) for name in ("adviser", "self_service", "remote", "expert")}
    come = {name: arrivals(week, count, days=days, random=random) for name, count in visits.items()}
    lasts = {name: [_lasting(name, len(day), parameters, random) for day in come[name]] for name in come}
    advised, advice = _with_support(come, lasts, parameters, random)
    goal, within = parameters["goal.wait.share"], parameters["goal.wait.minutes"]
    booking = parameters["goal.booking.share"]
    counters = _fewest(lambda n: waits(advised, advice, n) <= within, goal, int(parameters["least.counter"]))
    own = _fewest(
        lambda n: waits(come["self_service"], lasts["self_service"], n) <= within,
        goal,
        int(parameters["least.self_service"]),
    )
    remote = _fewest(lambda n: granted(come["remote"], lasts["remote"], n), booking, int(parameters["least.remote"]))
    expert = _fewest(lambda n: granted(come["expert"], lasts["expert"], n), booking, int(parameters["least.expert"]))
    places = {"counter": counters[0], "self_service": own[0], "remote": remote[0], "expert": expert[0]}
    queue = [(advised, waits(advised, advice, counters[0]))]
    queue.append((come["self_service"], waits(come["self_service"], lasts["self_service"], own[0])))
    people = _waiting(queue, come, week, parameters)
    places["seat"] = math.ceil(people * parameters["wait.party"] - 1e-9)
    places["back_office"] = math.ceil(
        parameters["back.counter"] * places["counter"] + parameters["back.expert"] * places["expert"] - 1e-9
    )
    attained = {"counter": counters[1], "self_service": own[1], "remote": remote[1], "expert": expert[1]}
    return Simulated(places, areas(places, parameters), attained, days, sum(len(d) for c in come.values() for d in c))


def _lasting(name: str, count: int, parameters: Parameters, random: np.random.Generator) -> NDArray[np.float64]:
    cv = parameters.get(f"time.{name}.cv", 0.0)
    return service_times(count, parameters[f"time.{name}.minutes"], cv, random)


def _with_support(
    come: Mapping[str, Days], lasts: Mapping[str, Days], parameters: Parameters, random: np.random.Generator
) -> tuple[Days, Days]:
    """The adviser's customers: own visits, and the self-service customers who ask for digital support."""
    times: Days = []
    lengths: Days = []
    for own, length, others in zip(come["adviser"], lasts["adviser"], come["self_service"], strict=True):
        asking = others[random.random(len(others)) < parameters["time.support.share"]]
        help_ = service_times(len(asking), parameters["time.support.minutes"], parameters["time.adviser.cv"], random)
        order = np.argsort(np.concatenate([own, asking]), kind="stable")
        times.append(np.concatenate([own, asking])[order])
        lengths.append(np.concatenate([length, help_])[order])
    return times, lengths


def _fewest(served: Callable[[int], NDArray[np.bool_]], goal: float, least: int) -> tuple[int, float]:
    count = max(least, 1)
    while True:
        found = served(count)
        share = float(found.mean()) if len(found) else 1.0
        if share >= goal:
            return count, share
        count += 1


def _waiting(
    queues: list[tuple[Days, NDArray[np.float64]]], come: Mapping[str, Days], week: Pattern, parameters: Parameters
) -> int:
    """People waiting at most, on `goal.seat.share` of the opening minutes; booked customers come early and wait too."""
    opens, closes = float(week.begins.min()), float((week.begins + 60.0 * week.hours).max())
    minutes = np.arange(opens, closes)
    early = parameters["wait.early.minutes"]
    present: list[NDArray[np.int64]] = []
    begun = [0] * len(queues)
    for day in range(len(come["remote"])):
        spans = [(times - early, times) for times in (come["remote"][day], come["expert"][day])]
        for number, (days, waited) in enumerate(queues):
            count = len(days[day])
            own = waited[begun[number] : begun[number] + count]
            begun[number] += count
            spans.append((days[day], days[day] + own))
        starts = np.sort(np.concatenate([start for start, _ in spans]))
        ends = np.sort(np.concatenate([end for _, end in spans]))
        present.append(np.searchsorted(starts, minutes, "right") - np.searchsorted(ends, minutes, "right"))
    return int(np.quantile(np.concatenate(present), parameters["goal.seat.share"], method="inverted_cdf"))


def arrivals(pattern: Pattern, a_week: float, *, days: int, random: np.random.Generator) -> Days:
    """For each opening day the minutes after midnight at which customers come: Poisson, by hour of the pattern."""
    found: Days = []
    for number in range(days):
        hours = np.flatnonzero(pattern.day == number % (int(pattern.day.max()) + 1))
        counts = random.poisson(a_week * pattern.share[hours])
        begins = np.repeat(pattern.begins[hours], counts)
        lengths = np.repeat(pattern.hours[hours] * 60.0, counts)
        found.append(np.sort(begins + lengths * random.random(len(begins))))
    return found


def service_times(count: int, minutes: float, cv: float, random: np.random.Generator) -> NDArray[np.float64]:
    """Gamma-distributed service times with the mean and the variation given; all alike when cv is 0."""
    if cv == 0:
        return np.full(count, minutes)
    return random.gamma(1.0 / cv**2, minutes * cv**2, count)


def waits(days: Days, service: Days, servers: int) -> NDArray[np.float64]:
    """(customers,) minutes that each waits: first come, first served; every day starts with nobody in the house."""
    found: list[float] = []
    for times, lengths in zip(days, service, strict=True):
        free = [0.0] * servers
        for time, length in zip(times.tolist(), lengths.tolist(), strict=True):
            begins = max(time, free[0])
            heapq.heapreplace(free, begins + length)
            found.append(begins - time)
    return np.array(found)


def granted(days: Days, service: Days, rooms: int) -> NDArray[np.bool_]:
    """(wishes,) whether a room is free at the time wished for; who does not get it takes another time elsewhere."""
    found: list[bool] = []
    for times, lengths in zip(days, service, strict=True):
        busy: list[float] = []
        for time, length in zip(times.tolist(), lengths.tolist(), strict=True):
            while busy and busy[0] <= time:
                heapq.heappop(busy)
            free = len(busy) < rooms
            if free:
                heapq.heappush(busy, time + length)
            found.append(free)
    return np.array(found, dtype=bool)
