"""What goes round and how its days are: a service vehicle, or officials in a car on duty visits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from luukku.errors import Contradiction
from luukku.outlook import Parameter, Parameters

Kind = Literal["vehicle", "duty_visit"]
Frequency = Literal["weekly", "fortnightly"]

WEEKS: dict[Frequency, int] = {"weekly": 1, "fortnightly": 2}
"""Weeks of a round."""
WORKDAYS = 5
"""Working days of a week, from Monday."""
QUARTER = 15
"""Minutes to which opening hours at a stop are rounded up."""

_TIME_OF_A_VISIT = {"vehicle": "time.adviser.minutes", "duty_visit": "time.expert.minutes"}
_SHARED = ("route.stay.", "route.day.", "open.", "wage.adviser", "staff.hours")


@dataclass(frozen=True, slots=True)
class Day:
    """A working day on the road. Times of day are whole minutes after midnight.

    begins, ends:  earliest leaving and latest return.
    work:          most minutes of work: driving, serving and waiting; rest: the meal break on top of it.
    opens, closes: when a stop may be attended.

    Raises Contradiction for a day on which nothing could be done.
    """

    begins: int
    ends: int
    work: int
    rest: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.begins < self.ends <= 24 * 60 and 0 <= self.opens < self.closes <= 24 * 60):
            raise Contradiction(
                f"The day on the road lasts from {clock(self.begins)} to {clock(self.ends)} and stops are open from "
                f"{clock(self.opens)} to {clock(self.closes)}: each has to end after it begins, on the same day."
            )
        if self.work <= 0 or self.rest < 0:
            raise Contradiction(f"The working time is {self.work} min and the break {self.rest} min a day.")

    @property
    def latest(self) -> int:
        """When the work has to be done if the break is still to be added."""
        return self.ends - self.rest


@dataclass(frozen=True, slots=True)
class Service:
    """What goes round.

    share:          of the visits of the people over the limit (0-1), made at the stops.
    visit:          minutes of a visit; counters: customers served at the same time.
    set_up:         minutes at a stop before it opens and after it closes, together.
    least_stay:     minutes that a stop is open at least.
    staff:          people on board; hour: cents of an hour of one of them.
    year, drive:    cents of a vehicle a year and of an hour of driving.
    weeks:          weeks a year in which it goes.
    """

    kind: Kind
    share: float
    visit: float
    counters: float
    set_up: int
    least_stay: int
    staff: float
    hour: float
    year: float
    drive: float
    weeks: float

    def stay_for(self, visits: float) -> int:
        """Minutes that a stop has to be open for so many visits, in whole quarters and at least the least stay."""
        needed = visits * self.visit / self.counters
        return max(math.ceil(needed / QUARTER - 1e-9) * QUARTER, self.least_stay)


@dataclass(frozen=True, slots=True)
class Setting:
    """What rounds are asked for: the service, its day, how often, the nearer limit (minutes) and what weighs in it."""

    service: Service
    day: Day
    frequency: Frequency
    near: float
    assumptions: tuple[Parameter, ...]

    @property
    def weeks(self) -> int:
        """Weeks of a round."""
        return WEEKS[self.frequency]

    @property
    def days(self) -> int:
        """Working days of a round."""
        return self.weeks * WORKDAYS


def setting_of(kind: Kind, frequency: Frequency, near: float, parameters: Parameters) -> Setting:
    """What the parameters say of a service. Raises Contradiction for values with which nothing could be served."""
    shown = parameters.shown(f"route.{kind}.", *_SHARED, _TIME_OF_A_VISIT[kind])
    return Setting(service_of(kind, parameters), day_of(parameters), frequency, near, shown)


def service_of(kind: Kind, parameters: Parameters) -> Service:
    """The service as the parameters have it.

    Raises Contradiction when nobody is on board or serves.
    """
    of = parameters.under(f"route.{kind}.")
    visit = parameters[_TIME_OF_A_VISIT[kind]]
    if min(of["counters"], of["staff"], visit, parameters["staff.hours"]) <= 0 or of["share"] > 1:
        raise Contradiction(
            f"route.{kind}.counters, route.{kind}.staff, {_TIME_OF_A_VISIT[kind]} and staff.hours have to be above 0, "
            f"and route.{kind}.share a share of the visits between 0 and 1."
        )
    return Service(
        kind=kind,
        share=of["share"],
        visit=visit,
        counters=of["counters"],
        set_up=math.ceil(of["set_up"]),
        least_stay=math.ceil(parameters["route.stay.least"] / QUARTER) * QUARTER,
        staff=of["staff"],
        hour=100 * parameters["wage.adviser"] / parameters["staff.hours"],
        year=100 * of["year"],
        drive=100 * of["drive"],
        weeks=parameters["open.weeks"],
    )


def day_of(parameters: Parameters) -> Day:
    """The working day as the parameters have it. Raises Contradiction for a day on which nothing could be done."""
    return Day(
        begins=round(60 * parameters["route.day.from"]),
        ends=round(60 * parameters["route.day.to"]),
        work=round(60 * parameters["route.day.work"]),
        rest=round(parameters["route.day.rest"]),
        opens=round(60 * parameters["open.from"]),
        closes=round(60 * parameters["open.to"]),
    )


def clock(minutes: int) -> str:
    """Minutes after midnight as "9:05"."""
    return f"{minutes // 60}:{minutes % 60:02d}"
