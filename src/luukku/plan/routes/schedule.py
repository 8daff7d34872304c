"""When a trip leaves, arrives, opens, closes, rests and returns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from luukku.plan.routes.solve import Trip
from luukku.plan.routes.task import RoundsTask

LONG = 6 * 60
"""Minutes of work beyond which the break is given."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A call with its times, minutes after midnight: it begins (waiting over, set-up begins) and leaves."""

    call: int
    arrives: int
    begins: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """A trip's times, minutes after midnight. rest: the break from and to, None when the day is short.

    drive: minutes of driving; work: of driving, serving and waiting.
    """

    leaves: int
    returns: int
    calls: tuple[Timed, ...]
    rest: tuple[int, int] | None
    drive: int
    work: int


def timetable(task: RoundsTask, trip: Trip) -> Timetable:
    """The trip that returns as early as it can and leaves as late as that allows.

    On a day of over six hours of work the break is taken at a stop, as near to the middle of the day as may be; what
    follows is later by as much. The search kept that time free before every closing.
    """
    legs = _legs(task, trip)
    returns, _ = _forward(task, trip, legs, task.day.begins)
    leaves = _latest(task, trip, legs, returns)
    returns, calls = _forward(task, trip, legs, leaves)
    work, drive = returns - leaves, sum(legs)
    if work <= LONG or not task.day.rest:
        return Timetable(leaves, returns, tuple(calls), None, drive, work)
    middle = (leaves + returns) // 2
    number = min(range(len(calls)), key=lambda n: max(calls[n].begins - middle, middle - calls[n].leaves, 0))
    begins = min(max(middle, calls[number].begins), calls[number].leaves)
    rest = task.day.rest
    rested = [
        Timed(t.call, t.arrives + rest * (n > number), t.begins + rest * (n > number), t.leaves + rest * (n >= number))
        for n, t in enumerate(calls)
    ]
    return Timetable(leaves, returns + rest, tuple(rested), (begins, begins + rest), drive, work)


def _legs(task: RoundsTask, trip: Trip) -> list[int]:
    places = [trip.home, *(task.homes + call for call in trip.calls), trip.home]
    return [int(task.minutes[a, b]) for a, b in pairwise(places)]


def _forward(task: RoundsTask, trip: Trip, legs: list[int], leaves: int) -> tuple[int, list[Timed]]:
    now, calls = leaves, []
    for leg, call in zip(legs, trip.calls, strict=False):
        arrives = now + leg
        begins = max(arrives, int(task.opens[call]))
        now = begins + int(task.lasts[call])
        calls.append(Timed(call, arrives, begins, now))
    return now + legs[-1], calls


def _latest(task: RoundsTask, trip: Trip, legs: list[int], returns: int) -> int:
    """The latest leaving that still returns by then, and closes every stop in time for the break."""
    latest = returns - legs[-1]
    for leg, call in zip(reversed(legs[:-1]), reversed(trip.calls), strict=True):
        latest = min(latest, int(task.closes[call]) - task.day.rest) - int(task.lasts[call]) - leg
    return latest
