"""On which day of the round each trip goes, and with which vehicle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luukku.plan.routes.service import WORKDAYS
from luukku.plan.routes.solve import Trip

SPREAD = (0, 2, 4, 1, 3)
"""Weekdays in the order in which they are filled: Monday, Wednesday, Friday, Tuesday, Thursday."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A trip's place in the round: vehicle (from 0, over all homes), week (from 0) and weekday (from 0, Monday)."""

    vehicle: int
    week: int
    weekday: int


def calendar(trips: Sequence[Trip], work: Sequence[int], stop_of: Sequence[int], weeks: int) -> list[Slot]:
    """A slot for each trip, no two of a vehicle on one day.

    work:    minutes of each trip; stop_of: the stop of each call.
    Every vehicle's weeks get the same number of trips, or one more, with work as even as dealing the longest first
    makes it. Calls at one stop come on different days, where there is a choice.
    """
    homes: dict[int, list[int]] = defaultdict(list)
    for number, trip in enumerate(trips):
        homes[trip.home].append(number)
    slots: dict[int, Slot] = {}
    busy: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    first = 0
    for home in sorted(homes):
        mine = homes[home]
        vehicles = -(-len(mine) // (weeks * WORKDAYS))
        for vehicle, own in enumerate(_dealt(mine, work, vehicles)):
            for week, part in enumerate(_dealt(own, work, weeks)):
                free = list(SPREAD)
                for number in sorted(part, key=lambda n: (-_repeats(trips[n], stop_of), n)):
                    stops = {stop_of[call] for call in trips[number].calls}
                    weekday = min(free, key=lambda d: sum(busy[stop, week, d] for stop in stops))
                    free.remove(weekday)
                    slots[number] = Slot(first + vehicle, week, weekday)
                    for stop in stops:
                        busy[stop, week, weekday] += 1
        first += vehicles
    return [slots[number] for number in range(len(trips))]


def _dealt(trips: list[int], work: Sequence[int], hands: int) -> list[list[int]]:
    """The trips dealt out, the longest first, each to the hand with the fewest trips and of these the least work."""
    dealt: list[list[int]] = [[] for _ in range(hands)]
    for number in sorted(trips, key=lambda n: (-work[n], n)):
        hand = min(dealt, key=lambda h: (len(h), sum(work[n] for n in h)))
        hand.append(number)
    return dealt


def _repeats(trip: Trip, stop_of: Sequence[int]) -> int:
    counts: Mapping[int, int] = Counter(stop_of)
    return sum(counts[stop_of[call]] - 1 for call in trip.calls)
