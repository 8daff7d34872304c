"""What a network gives: who is how near, what every point is worth, who is left out, and how evenly it is shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country
from luukku.errors import Contradiction
from luukku.network.criteria import Criteria
from luukku.network.problem import check_people_and_minutes
from luukku.travel.times import TravelTimes

UNKNOWN = ""
"""The code under which cells of an unknown municipality are counted."""


@dataclass(frozen=True, slots=True)
class Ring:
    """People within so many minutes of the nearest point; the share is of all people, whether in reach or not."""

    minutes: float
    people: float
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """How groups of people fare. All arrays have one row a group.

    code:         the group, such as a municipality's code; "" for the cells whose group is unknown.
    people:       float64, all of the group; within: those within the limit; left_out: those over it or out of reach.
    mean_minutes: float64, people out of reach counted with the horizon; NaN for a group of nobody.
    """

    code: NDArray[np.str_]
    people: NDArray[np.float64]
    within: NDArray[np.float64]
    left_out: NDArray[np.float64]
    mean_minutes: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True)
class Equity:
    """How evenly nearness is shared. People out of reach count with the horizon, so the means are at least these.

    mean:        mean minutes of all people; median: minutes that half of the people are within.
    worst_tenth: mean minutes of the worst-off 10 % of the people.
    """

    mean: float
    median: float
    worst_tenth: float


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A network evaluated.

    sites:         (points,) open site numbers, ascending.
    people:        all people of the cells, the denominator of every share.
    minutes:       (cells,) float32 to the nearest point, infinite when none is within the horizon.
    nearest:       (cells,) int32 number of the nearest site, -1 when none; of equally near ones the lowest number.
    rings:         people within the criteria's rings and its limit, ascending.
    within:        people within the limit; share: of all; beyond_horizon: people out of reach of every point.
    base_within:   (points,) people who live within the limit of the point (first reading of the base).
    base_nearest:  (points,) people for whom the point is the nearest within the horizon (second reading).
    visits:        (points,) visits a week that the second reading makes (F1).
    left_out:      (areas,) numbers of inhabited cells over the limit or out of reach, most people first.
    municipalities, regions: groups by code; regions empty without a country.
    languages, urbanities: groups by the municipality's official languages and urbanity; empty without a country.
    extra:         groups by the cells' further counts, such as age; empty when the cells have none.
    """

    sites: NDArray[np.intp]
    people: float
    minutes: NDArray[np.float32]
    nearest: NDArray[np.int32]
    rings: tuple[Ring, ...]
    within: float
    share: float
    beyond_horizon: float
    base_within: NDArray[np.float64]
    base_nearest: NDArray[np.float64]
    visits: NDArray[np.float64]
    left_out: NDArray[np.intp]
    municipalities: Groups
    regions: Groups
    languages: Groups
    urbanities: Groups
    extra: Groups
    equity: Equity

    def catchment(self, site: int) -> NDArray[np.intp]:
        """The cells for which the site is the nearest point."""
        return np.flatnonzero(self.nearest == site)


def evaluate(
    cells: Cells, times: TravelTimes, open_sites: Iterable[int], criteria: Criteria, country: Country | None = None
) -> Evaluation:
    """Evaluate a network of open sites (numbers of the matrix).

    Cells of an unknown municipality count in every total and stand under code "". Zero people give a share of 1: nobody
    is left out.

    Raises BadInput when people or minutes are unusable, Contradiction for a site that does not exist or a limit beyond
    the horizon.
    """
    check_people_and_minutes(cells.people, times)
    sites = checked_sites(open_sites, times.sites)
    frame = Frame(cells, times, criteria, country)
    return frame.describe(sites, *nearest_points(times, sites))


def checked_sites(open_sites: Iterable[int], sites: int) -> NDArray[np.intp]:
    """The open sites once each, ascending. Raises Contradiction for numbers that are no site."""
    numbers = np.array(sorted(set(open_sites)), dtype=np.intp)
    if len(numbers) and (numbers[0] < 0 or numbers[-1] >= sites):
        raise Contradiction(
            f"Sites are numbered from 0 to {sites - 1}; {int(numbers[0])} to {int(numbers[-1])} were given."
        )
    return numbers


def nearest_points(times: TravelTimes, sites: NDArray[np.intp]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """(cells,) minutes to the nearest of the sites, infinite when out of reach, and its number, -1 when none.

    Of equally near sites the one with the lowest number counts.
    """
    minutes = np.full(times.cells, np.inf, dtype=np.float32)
    nearest = np.full(times.cells, -1, dtype=np.int32)
    for site in sites.tolist():  # ascending, and only a shorter trip replaces: the lowest number wins a tie
        cell, trip = times.of(site)
        nearer = trip < minutes[cell]
        minutes[cell[nearer]] = trip[nearer]
        nearest[cell[nearer]] = site
    return minutes, nearest


class Frame:
    """Everything about the cells that stays the same whichever sites are open; describes a network quickly."""

    def __init__(self, cells: Cells, times: TravelTimes, criteria: Criteria, country: Country | None) -> None:
        limit = max(criteria.minutes, *criteria.rings)
        if limit > times.horizon:
            raise Contradiction(
                f"People within {limit:g} minutes were asked, but travel times are known to {times.horizon:g} only."
            )
        self.people = cells.people
        self.total = float(cells.people.sum())
        self.horizon = float(times.horizon)
        self.criteria = criteria
        site = np.repeat(np.arange(times.sites), np.diff(times.start))
        near = np.asarray(times.minutes) <= criteria.minutes
        self.base_within = np.bincount(
            site[near], weights=cells.people[np.asarray(times.cell)[near]], minlength=times.sites
        ).astype(np.float64)
        self.municipality = _Grouping.of(cells.municipality)
        known = country.municipality_by_code if country else {}
        codes = cells.municipality.tolist()
        self.region = _Grouping.of(_attribute(codes, {code: place.region for code, place in known.items()}))
        self.language = _Grouping.of(_attribute(codes, {code: place.languages for code, place in known.items()}))
        self.urbanity = _Grouping.of(_attribute(codes, {code: place.urbanity for code, place in known.items()}))
        if country is None:
            self.region = self.language = self.urbanity = _Grouping.of(np.zeros(0, dtype=np.str_))
        self.extra = cells.extra

    def describe(self, sites: NDArray[np.intp], minutes: NDArray[np.float32], nearest: NDArray[np.int32]) -> Evaluation:
        """The evaluation of the sites, given every cell's nearest one."""
        people, limit = self.people, self.criteria.minutes
        inside = minutes <= limit
        counted = np.minimum(minutes.astype(np.float64), self.horizon)
        reached = nearest >= 0
        by_site = np.bincount(nearest[reached], weights=people[reached], minlength=len(self.base_within))
        base_nearest = by_site[sites].astype(np.float64)
        rings = tuple(
            self._ring(ring, float(people[minutes <= ring].sum())) for ring in sorted({*self.criteria.rings, limit})
        )
        out = np.flatnonzero(~inside & (people > 0))
        within = float(people[inside].sum())
        return Evaluation(
            sites=sites,
            people=self.total,
            minutes=minutes,
            nearest=nearest,
            rings=rings,
            within=within,
            share=self._ring(limit, within).share,
            beyond_horizon=float(people[~reached].sum()),
            base_within=self.base_within[sites],
            base_nearest=base_nearest,
            visits=base_nearest * self.criteria.demand.visits_a_week(1.0),
            left_out=out[np.argsort(-people[out], kind="stable")],
            municipalities=self.municipality.groups(people, inside, counted),
            regions=self.region.groups(people, inside, counted),
            languages=self.language.groups(people, inside, counted),
            urbanities=self.urbanity.groups(people, inside, counted),
            extra=self._extra(inside, counted),
            equity=_equity(people, counted),
        )

    def _ring(self, minutes: float, people: float) -> Ring:
        return Ring(minutes, people, people / self.total if self.total > 0 else 1.0)

    def _extra(self, inside: NDArray[np.bool_], minutes: NDArray[np.float64]) -> Groups:
        counts = np.array(list(self.extra.values()), dtype=np.float64).reshape(len(self.extra), len(inside))
        people, within = counts.sum(axis=1), counts @ inside
        return Groups(
            np.array(list(self.extra), dtype=np.str_), people, within, people - within, _mean(counts @ minutes, people)
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Grouping:
    """Which group each cell belongs to. code: (groups,), of: (cells,) group numbers."""

    code: NDArray[np.str_]
    number: NDArray[np.intp]

    @classmethod
    def of(cls, values: NDArray[np.str_]) -> _Grouping:
        code, number = np.unique(values, return_inverse=True)
        return cls(code, number)

    def groups(self, people: NDArray[np.float64], inside: NDArray[np.bool_], minutes: NDArray[np.float64]) -> Groups:
        if not len(self.code):
            nothing = np.zeros(0)
            return Groups(self.code, nothing, nothing, nothing, nothing)

        def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.bincount(self.number, weights=values, minlength=len(self.code)).astype(np.float64)

        everybody = total(people)
        out = total(np.where(inside, 0.0, people))
        return Groups(
            self.code, everybody, total(np.where(inside, people, 0.0)), out, _mean(total(people * minutes), everybody)
        )


def _attribute(codes: list[str], values: dict[str, str]) -> NDArray[np.str_]:
    return np.array([values.get(code, UNKNOWN) for code in codes], dtype=np.str_)


def _mean(total: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.divide(total, people, out=np.full(len(people), np.nan), where=people > 0)
    return mean


def _equity(people: NDArray[np.float64], minutes: NDArray[np.float64]) -> Equity:
    """The tenth is exact: its last cell counts with the part of its people that the tenth still needs."""
    total = float(people.sum())
    if total <= 0:
        return Equity(float("nan"), float("nan"), float("nan"))
    order = np.argsort(-minutes, kind="stable")
    upto = np.cumsum(people[order])
    part = np.clip(total / 10 - (upto - people[order]), 0.0, people[order])
    median = float(minutes[order[int(np.searchsorted(upto, total / 2))]])
    return Equity(float(people @ minutes) / total, median, float(part @ minutes[order]) / (total / 10))
