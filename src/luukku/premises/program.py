"""The space programme of a joint point: how many places and rooms of each kind, and how many m2, its visits need.

Walk-in customers (counter, self-service) wait at most the goal's minutes with the goal's probability; booked customers
(remote, expert) get the time they first wish for with the goal's probability. Everything is a step function that never
falls when visits grow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameter, Parameters
from luukku.outlook.visits import CHANNELS, Channel
from luukku.premises.sizing import PLACES, sizing

USED = ("channel.", "shift.", "open.", "arrive.", "time.", "goal.", "wait.", "space.", "back.", "least.")


@dataclass(frozen=True, slots=True)
class SpaceProgram:
    """What a point needs.

    a_week:   visits a week by channel.
    places:   number by kind: counter, self_service, remote, expert, seat, back_office.
    m2:       by kind, and "lobby" and "corridor".
    attained: by kind of place, the share of customers who wait at most the goal (walk-in) or get their time (booked).
    staffed:  counters that must be staffed in each opening hour of the week, Monday first.
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
    sizes = sizing(parameters)
    places = {kind: sizes.needed(kind, work[kind], int(parameters[f"least.{kind}"])) for kind in PLACES}
    staffed = sizes.staffed(work["counter"])
    booked = a_week.get("remote", 0.0) + a_week.get("expert", 0.0)
    people = sizes.waiting(work, booked * parameters["wait.early.minutes"] / 60.0)
    places["seat"] = math.ceil(people * parameters["wait.party"] - 1e-9)
    places["back_office"] = math.ceil(
        parameters["back.counter"] * places["counter"] + parameters["back.expert"] * places["expert"] - 1e-9
    )
    return SpaceProgram(
        a_week=dict(a_week),
        places=places,
        m2=areas(places, parameters),
        attained={kind: sizes.attained(kind, work[kind], places[kind]) for kind in PLACES},
        staffed=tuple(int(count) for count in staffed),
        staff_hours=float((staffed * sizes.hours).sum()) * parameters["staff.ready"],
        open_hours=sizes.week.open_hours,
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
