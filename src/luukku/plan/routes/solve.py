"""Which vehicle makes which calls on one day: few vehicles, then few vehicle days, then little driving.

Every vehicle day is a route of PyVRP's iterated local search (Wouda, Lan & Kool 2024, INFORMS Journal on Computing
36(4): 943-955, doi.org/10.1287/ijoc.2023.0055). It gives good routes without a bound; `bound` has one of ours.
Vehicles are saved by dropping: one after the other is taken away, and stays away when all calls still find a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyvrp
from numpy.typing import NDArray

from luukku.network.problem import Progress, Stop
from luukku.network.watch import Watch
from luukku.plan.routes.bound import fewest_days
from luukku.plan.routes.homes import fewest_homes, nearest_homes
from luukku.plan.routes.task import RoundsTask

TRY = 200
"""Steps of the search by which it is decided whether a vehicle can be saved."""
POLISH = 3_000
"""Steps of the last search."""
PATIENCE = 1_000
"""Steps without improvement that end a search."""
MORE = 4
"""Sets of homes that are tried, each of one home more."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One vehicle's day: its home and the calls in their order (numbers of the task)."""

    home: int
    calls: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found.

    trips:      one a vehicle day; unmade: calls that found no place.
    days_bound: no plan makes all the calls that can be made in fewer vehicle days.
    vehicles_bound: nor with fewer vehicles.
    stopped_by: "searched" (its steps are done: the same seed gives the same answer), "time" or "asked".
    """

    trips: tuple[Trip, ...]
    unmade: tuple[int, ...]
    days_bound: int
    vehicles_bound: int
    stopped_by: str
    seconds: float


def search(task: RoundsTask, *, vehicles: int | None, seed: int, stop: Stop) -> Found:
    """Trips that make all calls that can be made alone, with few vehicles; at most `vehicles` of them when given.

    A call that no home can make within a day is left unmade.
    """
    watch = Watch(stop)
    able = np.flatnonzero((task.time_alone() >= task.lasts).any(axis=0))
    if not len(able):
        return Found((), tuple(range(task.calls)), 0, 0, "searched", watch.seconds)
    part = task.only(able)
    quiet = Stop(max(stop.seconds / 10, 0.1), asked=stop.asked)
    days = fewest_days(part)
    fewest = max(-(-days // task.days), fewest_homes(part, quiet))
    model = _Model(part, seed, watch, days)
    trips = _few_vehicles(model, fewest, quiet)
    if vehicles is not None:
        trips = _limited(model, trips, vehicles)
    trips = model.search(trips, _room(_fleet(trips, task.days), task.days), POLISH)
    named = tuple(Trip(trip.home, tuple(int(able[call]) for call in trip.calls)) for trip in trips)
    made = _made(list(named))
    why = "asked" if stop.asked is not None and stop.asked.is_set() else "time" if watch.left <= 0 else "searched"
    unmade = tuple(call for call in range(task.calls) if call not in made)
    return Found(named, unmade, days, fewest, why, watch.seconds)


def _few_vehicles(model: _Model, fewest: int, quiet: Stop) -> list[Trip]:
    """Trips that make every call with few vehicles, begun from several sets of homes.

    The sets are the homes nearest to all calls (p-medians), in as many as reach every call and some more, and all
    homes; from each, vehicles are dropped as long as no call is left unmade.
    """
    task = model.task
    best = model.singles()
    everywhere = dict.fromkeys(range(task.homes), task.calls)
    sets = [
        dict.fromkeys(nearest_homes(task, number, quiet), task.calls)
        for number in range(fewest, min(fewest + MORE, task.homes))
    ]
    for room in [*sets, everywhere]:
        if model.over:
            break
        trips = model.search(_fitting(best, room), room, TRY)
        if len(_made(trips)) < task.calls:
            continue
        trips = _saved(model, trips, fewest)
        best = min(best, trips, key=lambda t: (sum(_fleet(t, task.days).values()), len(t), model.driving(t)))
        model.tell(best)
    return best


def _saved(model: _Model, trips: list[Trip], fewest: int) -> list[Trip]:
    """The trips of fewer vehicles, as long as taking one away leaves no call unmade."""
    days, made = model.task.days, _made(trips)
    needed: set[int] = set()
    while sum((fleet := _fleet(trips, days)).values()) > fewest and not model.over:
        spare = [home for home in fleet if home not in needed]
        if not spare:
            break
        load = Counter(trip.home for trip in trips)
        home = min(spare, key=lambda home: (load[home] - (fleet[home] - 1) * days, home))
        room = _room(fleet, days) | {home: (fleet[home] - 1) * days}
        found = model.search(_fitting(trips, room), room, TRY, until_all_made=True)
        if _made(found) == made:
            trips = found
        else:
            needed.add(home)
    return trips


def _limited(model: _Model, trips: list[Trip], vehicles: int) -> list[Trip]:
    """The trips of so many vehicles; calls of the fewest people are given up first."""
    days, worth = model.task.days, model.task.worth
    while sum((fleet := _fleet(trips, days)).values()) > vehicles:
        home = min((_lost(trips, home, fleet, days, worth), home) for home in fleet)[1]
        room = _room(fleet, days) | {home: (fleet[home] - 1) * days}
        trips = model.search(_fitting(trips, room, worth), room, TRY)
    return trips


def _lost(trips: list[Trip], home: int, fleet: dict[int, int], days: int, worth: NDArray[np.float64]) -> float:
    """People whose calls the home's last vehicle makes, when it makes those of the fewest."""
    mine = sorted((float(worth[list(trip.calls)].sum()) for trip in trips if trip.home == home), reverse=True)
    return sum(mine[(fleet[home] - 1) * days :])


def _fleet(trips: list[Trip], days: int) -> dict[int, int]:
    """Vehicles needed at each home: one makes one trip a day."""
    return {home: -(-number // days) for home, number in sorted(Counter(trip.home for trip in trips).items())}


def _room(fleet: Mapping[int, int], days: int) -> dict[int, int]:
    """Vehicle days at each home."""
    return {home: number * days for home, number in fleet.items()}


def _fitting(trips: list[Trip], room: Mapping[int, int], worth: NDArray[np.float64] | None = None) -> list[Trip]:
    """As many of the trips as each home has vehicle days for, those with most calls (or people) first."""
    kept: list[Trip] = []
    left = dict(room)
    for trip in sorted(trips, key=lambda t: -(len(t.calls) if worth is None else float(worth[list(t.calls)].sum()))):
        if left.get(trip.home, 0) > 0:
            left[trip.home] -= 1
            kept.append(trip)
    return kept


def _made(trips: list[Trip]) -> set[int]:
    return {call for trip in trips for call in trip.calls}


class _Until:
    """Tells PyVRP to stop: after so many steps, after many in vain, at a cost low enough, or when time is out."""

    def __init__(self, steps: int, model: _Model, enough: int) -> None:
        self._steps, self._model, self._enough = steps, model, enough
        self._best: int | None = None
        self._idle = 0

    def __call__(self, best_cost: int) -> bool:
        self._steps -= 1
        self._idle = self._idle + 1 if self._best is not None and best_cost >= self._best else 0
        self._best = best_cost
        done = self._steps < 0 or self._idle > PATIENCE or best_cost < self._enough
        return done or self._model.over


class _Model:
    """The task as PyVRP sees it; the vehicle days of each home change from search to search.

    A vehicle day costs more than all driving, and a call left unmade more than any number of vehicle days.
    """

    def __init__(self, task: RoundsTask, seed: int, watch: Watch, bound: int) -> None:
        self.task, self.watch, self._seed, self._bound = task, watch, seed, bound
        self._day = task.day.work * task.calls + 1
        share = task.worth / max(float(task.worth.max()), 1e-9)
        self._unmade = self._day * (task.calls + 1)
        self._prize = [self._unmade + self._day * round(100 * each) for each in share.tolist()]

    @property
    def over(self) -> bool:
        """Whether time is out or somebody asked to stop."""
        return self.watch.left <= 0 or (self.watch.stop.asked is not None and self.watch.stop.asked.is_set())

    def tell(self, trips: list[Trip]) -> None:
        """Tell how many vehicle days the best trips take, and their bound."""
        if self.watch.stop.tell is not None:
            self.watch.stop.tell(Progress(self.watch.seconds, float(len(trips)), float(self._bound)))

    def singles(self) -> list[Trip]:
        """Every call on a day of its own, from the nearest home that can make it."""
        task = self.task
        trip = task.minutes[: task.homes, task.homes :] + task.minutes[task.homes :, : task.homes].T
        able = task.time_alone() >= task.lasts
        nearest = np.where(able, trip, np.iinfo(np.int64).max).argmin(axis=0)
        return [Trip(int(home), (call,)) for call, home in enumerate(nearest)]

    def driving(self, trips: list[Trip]) -> int:
        """Minutes of driving of all trips."""
        minutes, homes = self.task.minutes, self.task.homes
        ways = ((trip.home, *(homes + call for call in trip.calls), trip.home) for trip in trips)
        return int(sum(minutes[a, b] for way in ways for a, b in pairwise(way)))

    def search(
        self, begin: list[Trip], room: Mapping[int, int], steps: int, *, until_all_made: bool = False
    ) -> list[Trip]:
        """The best trips found from these on, with so many vehicle days at each home."""
        if self.over:
            return begin
        task = self.task
        homes = [home for home in sorted(room) if room[home] > 0]
        kind = {home: number for number, home in enumerate(homes)}
        places = np.concatenate((homes, np.arange(task.homes, task.homes + task.calls))).astype(np.intp)
        matrix = task.minutes[np.ix_(places, places)]
        np.fill_diagonal(matrix, 0)
        matrices: Any = [matrix]  # PyVRP's annotation of arrays fits none
        data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0)] * len(places),
            [self._client(call, len(homes) + call) for call in range(task.calls)],
            [pyvrp.Depot(location=number) for number in range(len(homes))],
            [self._vehicle_days(number, room[home]) for number, home in enumerate(homes)],
            matrices,
            matrices,
        )
        routes = [
            pyvrp.Route(data, [pyvrp.Activity(pyvrp.ActivityType.CLIENT, call) for call in trip.calls], kind[trip.home])
            for trip in begin
        ]
        until = _Until(steps, self, self._unmade if until_all_made else 0)
        result = pyvrp.solve(
            data, until, seed=self._seed, collect_stats=False, initial_solution=pyvrp.Solution(data, routes)
        )
        if not result.best.is_feasible():
            return begin
        return [
            Trip(
                homes[route.vehicle_type()],
                tuple(each.idx for each in route if each.type == pyvrp.ActivityType.CLIENT),
            )
            for route in result.best.routes()
        ]

    def _client(self, call: int, location: int) -> pyvrp.Client:
        task = self.task
        lasts = int(task.lasts[call])
        return pyvrp.Client(
            location=location,
            service_duration=lasts,
            tw_early=int(task.opens[call]),
            tw_late=int(task.closes[call]) - task.day.rest - lasts,
            prize=self._prize[call],
            required=False,
        )

    def _vehicle_days(self, depot: int, number: int) -> pyvrp.VehicleType:
        day = self.task.day
        return pyvrp.VehicleType(
            num_available=min(number, self.task.calls),
            start_depot=depot,
            end_depot=depot,
            fixed_cost=self._day,
            tw_early=day.begins,
            tw_late=day.latest,
            shift_duration=day.work,
        )
