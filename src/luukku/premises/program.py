"""The space programme of a joint point: how many places and rooms of each kind, and how many m2, its visits need.

Walk-in customers (counter, self-service) wait at most the goal's minutes with the goal's probability; booked customers
(remote, expert) get the time they first wish for with the goal's probability. Everything is a step function that never
falls when visits grow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    """The space programme of a point with so many visits a week by channel. See `space_programs`."""
    return space_programs(np.array([[a_week.get(channel, 0.0) for channel in CHANNELS]]), parameters)[0]


def space_programs(weeks: NDArray[np.float64], parameters: Parameters) -> tuple[SpaceProgram, ...]:
    """The space programmes of many points at once.

    weeks: (points, 4) visits a week by channel, in the order of CHANNELS.
    An adviser serves at the counter and gives digital support to a share of the self-service customers; the counters
    are sized for both. Back-office is at the same address, as it must be (L1283-1285).
    Raises Contradiction when visits are not numbers of at least 0, or more than 200 places of a kind would be needed.
    """
    if not (np.isfinite(weeks).all() and (weeks >= 0).all()):
        raise Contradiction("Visits a week must be numbers of at least 0.")
    work = work_hours(weeks, parameters)
    sizes = sizing(parameters)
    needed = {kind: sizes.needed(kind, work[kind], int(parameters[f"least.{kind}"])) for kind in PLACES}
    attained = {kind: sizes.attained(kind, work[kind], needed[kind]).tolist() for kind in PLACES}
    staffed = sizes.staffed(work["counter"])
    staff_hours = ((staffed * sizes.hours).sum(axis=1) * parameters["staff.ready"]).tolist()
    booked = weeks[:, CHANNELS.index("remote")] + weeks[:, CHANNELS.index("expert")]
    people = sizes.waiting(work, booked * parameters["wait.early.minutes"] / 60.0)
    seats = np.ceil(people * parameters["wait.party"] - 1e-9).astype(int)
    back = parameters["back.counter"] * needed["counter"] + parameters["back.expert"] * needed["expert"]
    counts = {**needed, "seat": seats, "back_office": np.ceil(back - 1e-9).astype(int)}
    columns = {kind: count.tolist() for kind, count in counts.items()}
    assumptions = parameters.shown(*USED)
    found = []
    for number, week in enumerate(weeks.tolist()):
        places = {kind: column[number] for kind, column in columns.items()}
        found.append(
            SpaceProgram(
                a_week=dict(zip(CHANNELS, week, strict=True)),
                places=places,
                m2=areas(places, parameters),
                attained={kind: attained[kind][number] for kind in PLACES},
                staffed=tuple(staffed[number].tolist()),
                staff_hours=staff_hours[number],
                open_hours=sizes.week.open_hours,
                assumptions=assumptions,
            )
        )
    return tuple(found)


def areas(places: Mapping[str, int], parameters: Parameters) -> dict[str, float]:
    """m2 by kind for so many places of each; corridors and services are added to them all."""
    found = {kind: places[kind] * parameters[f"space.{kind}"] for kind in (*PLACES, "seat")}
    found["back_office"] = places["back_office"] * parameters["space.back"]
    found["lobby"] = parameters["space.lobby"]
    found["corridor"] = parameters["space.corridor"] * sum(found.values())
    return found


def work_hours(weeks: NDArray[np.float64], parameters: Parameters) -> dict[str, NDArray[np.float64]]:
    """(points,) hours of service a week by kind of place, from (points, 4) visits a week by channel."""
    visits = {channel: weeks[:, number] for number, channel in enumerate(CHANNELS)}
    support = parameters["time.support.share"] * visits["self_service"] * parameters["time.support.minutes"]
    return {
        "counter": (visits["adviser"] * parameters["time.adviser.minutes"] + support) / 60.0,
        "self_service": visits["self_service"] * parameters["time.self_service.minutes"] / 60.0,
        "remote": visits["remote"] * parameters["time.remote.minutes"] / 60.0,
        "expert": visits["expert"] * parameters["time.expert.minutes"] / 60.0,
    }
