"""A plan as it is kept and read: where the points are, why, how good the choice is proved to be, and on what it rests.

Everything here is plain data (names, numbers, texts), so that a plan can be written, read back years later and compared
without computing anything again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source
from luukku.network.criteria import Criteria

Objective = Literal["fewest", "access", "covered"]
Keep = Literal["centres", "none"]
BaseBy = Literal["", "nearest", "within"]

SCHEMA = "luukku-plan/1"
"""The version of `plan.json` that this program writes and reads."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a place is called in Finnish, Swedish and English."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """The name in "fi", "sv" or "en"."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the planner asked for.

    objective: "fewest" (fewest points for a coverage), "covered" (most people covered with so many points, or for so
               much) or "access" (least person-minutes likewise).
    coverage:  share of the people (0-1) to bring within the limit; None unless the objective is "fewest".
    points:    how many points to open; None when the objective is "fewest", or a budget or a base is asked instead.
    keep:      "centres" when every regional centre has to have a point, "none" when no point is given beforehand.
    fixed, forbidden: site codes named by the planner.
    region:    code of the region planned, "" for the whole country.
    with_aland: whether Åland is planned together with the mainland.
    existing:  what stands today and may be kept at no cost, as the planner named it; "" for nothing.
    budget:    what all points together may cost; None when nobody asks. cost_per_point: of places of unknown cost.
    base_by:   by which reading every chosen point has to have the least base: "nearest", "within", or "" for none.
    capacity:  visits a week that a point can serve; None for any number.
    """

    objective: Objective
    coverage: float | None
    points: int | None
    keep: Keep
    fixed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    region: str = ""
    with_aland: bool = False
    existing: str = ""
    budget: float | None = None
    cost_per_point: float | None = None
    base_by: BaseBy = ""
    capacity: float | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good the choice of points is, and how that is known.

    value:      points, people covered, or person-minutes, by the objective.
    bound:      no choice can be better than this; gap: their relative difference.
    proved:     whether the bound meets the value.
    stopped_by: "proved", "time", "gap", "asked" or "size".
    method:     in words, with its source.
    spent:      what the choice takes of the budget; None when none was asked.
    capped:     people farther from every point than travel times are known, who count with as much as is known: their
                trips, and so the value, are longer in truth (the bound holds all the same). 0 when every trip counts in
                full; None when trips are not what was looked for, or in a plan of an older version.
    """

    value: float
    bound: float
    gap: float
    proved: bool
    stopped_by: str
    seconds: float
    method: str
    spent: float | None = None
    capped: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point with its reasons; see `luukku.network.reasons.Reasons`.

    tier:            "centre" (regional centre) or "supporting".
    given:           "centre" (kept as a regional centre), "fixed" (by the planner), "" when a method chose it.
    people_within:   people who live within the limit of it (base, first reading), on both sides of a region's border.
    people_nearest:  people of the planned area for whom it is the nearest point (base, second reading).
    standing_within, standing_nearest: each base against the least one: "met", "near" or "below".
    visits_a_week:   state-service visits a week that the second reading makes (F1).
    later_visits_a_week: those of the figures' later year, by its people; None when they have no such year.
    only_here:       people who would be over the limit without it.
    added_minutes:   by which the mean trip of all people would rise without it.
    other, other_name, other_minutes: the open point nearest to it and the drive; "" and None when out of reach.
    alternative, alternative_name, alternative_minutes: the same for the places that got no point.
    municipal_services: whether a base is so near the least one that municipal services are compulsory (L1327-1329).
    needs_exception: whether a base is below the least one; exception: the figures' reason, "access", "given" or "".
    """

    code: str
    name: str
    kind: str
    municipality: str
    municipality_name: Names
    region: str
    x: float
    y: float
    lon: float
    lat: float
    tier: str
    given: str
    people_within: float
    people_nearest: float
    standing_within: str
    standing_nearest: str
    visits_a_week: float
    only_here: float
    added_minutes: float
    other: str
    other_name: str
    other_minutes: float | None
    alternative: str
    alternative_name: str
    alternative_minutes: float | None
    municipal_services: bool
    needs_exception: bool
    exception: str
    later_visits_a_week: float | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A point outside the planned area that stands anyway.

    people_nearest: people of the planned area for whom it is the nearest point.
    """

    code: str
    name: str
    municipality: str
    x: float
    y: float
    lon: float
    lat: float
    people_nearest: float


@dataclass(frozen=True, slots=True)
class Light:
    """A light solution proposed for a place over the limit; see `luukku.network.light`.

    area, name: the most peopled area of the place; areas: all of them.
    kind:    "remote_point", "vehicle", "pop_up" or "duty_visit" (L45-49, L2146).
    rule:    the rule that proposed it, as a key of the summaries' words.
    people:  over the limit there; minutes: their mean trip, None when one of them is out of reach.
    point:   code of the nearest point, "" when out of reach.
    permanent_funding: whether it fails on project money (L1414-1418).
    """

    area: str
    name: str
    areas: tuple[str, ...]
    municipality: str
    municipality_name: Names
    people: float
    minutes: float | None
    point: str
    kind: str
    rule: str
    permanent_funding: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """People within so many minutes of the nearest point, and their share of all the people."""

    minutes: float
    people: float
    share: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A municipality with people over the limit."""

    municipality: str
    municipality_name: Names
    people: float
    of: float


@dataclass(frozen=True, slots=True)
class Group:
    """How one group of people fares.

    kind:  "region", "urbanity", "language" (both of the municipality) or "people" (ages and the like, when known).
    code:  of the group, such as "rural" or "fi+sv"; name: what a region is called, None for the others.
    share: of them within the limit; mean_minutes: people out of reach count with the horizon.
    """

    kind: str
    code: str
    name: Names | None
    people: float
    share: float
    mean_minutes: float


@dataclass(frozen=True, slots=True)
class Later:
    """The same points in a later year: see `luukku.plan.later`.

    year:          of the people and the visits. people: inhabitants of the planned area then.
    visits_a_week: to the plan's points.
    label:         what those people are; a trend is never called a forecast.
    population, visits: sources of the people and of the year's visits.
    """

    year: int
    people: float
    visits_a_week: float
    label: Names
    population: Source
    visits: Source


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole plan in figures.

    people:        inhabitants of the planned area.
    within:        of them within the limit; share: the same as a share.
    outside:       over the limit; out_of_reach: of them beyond the horizon of the travel times of every point.
    mean_minutes, median_minutes, worst_tenth_minutes: people's mean and median trip, and the mean of the tenth who live
                   farthest; people out of reach count with the horizon, so these are at least so.
    points_under_base_within, points_under_base_nearest: points whose base is too small, in both readings.
    visits_a_week: in all, by the people of the plan's year (F1).
    later:         the visits of a later year; None when it cannot be told, or in a plan of an older version.
    """

    people: float
    within: float
    share: float
    outside: float
    out_of_reach: float
    mean_minutes: float
    median_minutes: float
    worst_tenth_minutes: float
    points_under_base_within: int
    points_under_base_nearest: int
    visits_a_week: float
    rings: tuple[Ring, ...]
    left_out: tuple[LeftOut, ...]
    groups: tuple[Group, ...]
    later: Later | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """How near people are by one way of travel.

    name:   "car" or "transit" (public transport and on foot).
    rings:  people within so many minutes of the nearest point, within the horizon of the travel times.
    beyond: people farther than the horizon, minutes; median_minutes: None when fewer than half of them reach a point.
    """

    name: str
    rings: tuple[Ring, ...]
    beyond: float
    median_minutes: float | None
    horizon: float
    source: Source


@dataclass(frozen=True, slots=True)
class Assumption:
    """A choice that no source makes for us: its value, its unit and why it was taken. `name` is a key of the words."""

    name: str
    value: float | str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What our figure would be if one thing were otherwise. `name` is a key of the words."""

    name: str
    here: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure of ours beside the same figure in a source, and where the difference can come from.

    about:   a key of the words; unit: "share", "people" or "points".
    effects: our figure under other assumptions, one changed at a time.
    note:    the explanation, for people; in other languages it is found by `about`.
    """

    about: str
    here: float
    there: float
    difference: float
    unit: str
    source: Source
    effects: tuple[Effect, ...]
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """How each population cell fares. All arrays have one row a cell.

    minutes: float32 to the nearest point, NaN when none is within the horizon.
    point:   code of the nearest point, "" when none.
    """

    code: NDArray[np.str_]
    name: NDArray[np.str_]
    municipality: NDArray[np.str_]
    municipality_fi: NDArray[np.str_]
    municipality_sv: NDArray[np.str_]
    people: NDArray[np.float64]
    minutes: NDArray[np.float32]
    point: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """How near people are to given points.

    label:   what the points are; partial: whether more such points are known to exist.
    region:  the region whose people are counted, None for the whole country.
    modes:   car and public transport side by side, when a timetable was given.
    """

    label: str
    partial: bool
    country: str
    year: int
    region: Names | None
    with_aland: bool
    criteria: Criteria
    points: tuple[Point, ...]
    figures: Figures
    comparisons: tuple[Comparison, ...]
    sources: tuple[Source, ...]
    areas: Areas = field(repr=False)
    modes: tuple[Mode, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A network plan of a country or a region.

    country, year, data: name and year of the country, and a fingerprint of the population and candidates planned with.
    made_at:    UTC, ISO 8601; made_by: program and version.
    region:     the region's names, None for the whole country.
    candidates: how many places were weighed; candidates_label: what they are.
    modes:      car and public transport side by side, when a timetable was given.
    """

    country: str
    year: int
    data: str
    made_at: str
    made_by: str
    asked: Asked
    region: Names | None
    criteria: Criteria
    candidates: int
    candidates_label: str
    certificate: Certificate
    points: tuple[Point, ...]
    neighbours: tuple[Neighbour, ...]
    figures: Figures
    light: tuple[Light, ...]
    assumptions: tuple[Assumption, ...]
    comparisons: tuple[Comparison, ...]
    sources: tuple[Source, ...]
    areas: Areas = field(repr=False)
    modes: tuple[Mode, ...] = ()
