"""Rounds as they are kept and shown: who stops where, when and for whom, what it costs, and who is still left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luukku.country.provenance import Source
from luukku.outlook import Parameter
from luukku.plan.model import Names
from luukku.plan.routes.service import Day, Frequency, Kind

WhyLeft = Literal["no_stop", "too_far", "not_chosen", "no_time"]
"""Why people are still left: no place for a stop within the limit of them; such places, but too far for a working day;
fewer stops asked than they need; a stop for which the vehicles have no time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stop: where it is, for whom, and how much it is needed.

    people:        over the limit, whose nearest stop it is, within the limit; near: of them within the nearer limit.
    proposed:      light solution proposed for most of them (see `luukku.network.light`), "" when none is.
    areas:         codes of the areas where they live.
    visits_a_week: that they make at the stop; open_a_week: hours that the stop is open, a week on average.
    short_a_week:  visits for which that is too little, because vehicles or the days of the week are too few.
    calls:         how many times a round the vehicle comes; unmade: how many more it would need.
    """

    code: str
    name: str
    municipality: str
    municipality_name: Names
    x: float
    y: float
    lon: float
    lat: float
    people: float
    near: float
    proposed: str
    areas: tuple[str, ...]
    visits_a_week: float
    open_a_week: float
    short_a_week: float
    calls: int
    unmade: int


@dataclass(frozen=True, slots=True)
class Call:
    """A vehicle at a stop. Times are minutes after midnight.

    begins:  set-up begins; opens, closes: for people; leaves: packed. A break may lie between; see `Round.rest`.
    """

    stop: str
    arrives: int
    begins: int
    opens: int
    closes: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Round:
    """One vehicle's day.

    vehicle: its number from 1; week of the round from 1; weekday from 1 (Monday).
    leaves, returns: at home, minutes after midnight; rest: the break, from and to, None when the day is short.
    drive, open, work: minutes of driving, of being open, and of work in all.
    """

    vehicle: int
    week: int
    weekday: int
    leaves: int
    returns: int
    rest: tuple[int, int] | None
    drive: int
    open: int
    work: int
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle, from 1, and the point where it stands overnight; rounds: its days on the road in a round."""

    number: int
    home: str
    home_name: str
    lon: float
    lat: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Left:
    """People who are still over the limit from every point and stop, and why."""

    why: WhyLeft
    people: float
    areas: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A place named by the planner at which no vehicle can stop: "no_road" or "too_far".

    minutes: the quickest round trip from any home, None without a road or when it takes longer than any day.
    """

    code: str
    name: str
    why: Literal["no_road", "too_far"]
    minutes: int | None


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """Whole cents a year; all from parameters."""

    vehicles: int
    driving: int
    staff: int

    @property
    def total(self) -> int:
        """All together."""
        return self.vehicles + self.driving + self.staff


@dataclass(frozen=True, slots=True)
class Status:
    """How good the rounds are known to be. The routes are a heuristic's: good, not proved best.

    stops_bound: no fewer stops come near everybody whom any can; the number asked when there was one.
    vehicle_days: of a round; vehicle_days_bound: no plan makes all the calls in fewer.
    vehicles_bound: no plan makes them with fewer vehicles.
    stopped_by: "searched" (the same seed gives the same rounds), "time" or "asked".
    """

    stops: int
    stops_bound: int
    vehicle_days: int
    vehicle_days_bound: int
    vehicles: int
    vehicles_bound: int
    stopped_by: str
    seconds: float
    method: str


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Rounds of a service vehicle or of officials' duty visits.

    points:      how many points there are; label: what they are, "" for a plan's.
    limit, near: minutes within which people are counted.
    over:        people over the limit from every point, of those whom the rounds are for.
    reached:     of them within the limit of a stop; reached_near: within the nearer one.
    drive_a_week, open_a_week, work_a_week: hours, all vehicles together; work is of each vehicle, not of each person.
    permanent_funding: whether it fails on project money (L1414-1418): always, for vehicles.
    assumptions: the parameters that weigh in the rounds.
    """

    kind: Kind
    frequency: Frequency
    points: int
    label: str
    limit: float
    near: float
    day: Day
    set_up: int
    over: float
    reached: float
    reached_near: float
    stops: tuple[Place, ...]
    vehicles: tuple[Vehicle, ...]
    rounds: tuple[Round, ...]
    left: tuple[Left, ...]
    refused: tuple[Refused, ...]
    drive_a_week: float
    open_a_week: float
    work_a_week: float
    rounds_a_year: float
    cost: YearlyCost
    status: Status
    permanent_funding: bool
    assumptions: tuple[Parameter, ...]
    sources: tuple[Source, ...]
