"""What a network gives: who is how near, what every point is worth, who is left out, and how evenly it is shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country
from luukku.errors import Contradiction
from luukku.network import tally
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
    tally.join(tally.pairs_by_site(times), tally.still(sites, np.int64), minutes, nearest)
    return minutes, nearest


class Frame:
    """Everything about the cells that stays the same whichever sites are open; describes a network quickly."""

    def __init__(self, cells: Cells, times: TravelTimes, criteria: Criteria, country: Country | None) -> None:
        limit = max(criteria.minutes, *criteria.rings)
        if limit > times.horizon:
            raise Contradiction(
                f"People within {limit:g} minutes were asked, but travel times are known to {times.horizon:g} only."
            )
        self.people = tally.still(cells.people, np.float64)
        self.total = float(cells.people.sum())
        self.horizon = float(times.horizon)
        self.criteria = criteria
        self.limit = np.float32(criteria.minutes)
        """As the minutes are kept, so that a trip of exactly the limit is within it."""
        self.rings = sorted({*criteria.rings, criteria.minutes})
        self.base_within = tally.people_within(tally.pairs_by_site(times), self.people, self.limit)
        inhabited = np.flatnonzero(cells.people > 0)
        self.most_first = tally.still(inhabited[np.argsort(-cells.people[inhabited], kind="stable")], np.int64)
        self.towns, town = np.unique(cells.municipality, return_inverse=True)
        self.town = tally.still(town, np.int64)
        self.everybody = np.bincount(town, weights=cells.people, minlength=len(self.towns)).astype(np.float64)
        known = country.municipality_by_code if country else {}

        def by(attribute: dict[str, str]) -> _Grouping:
            return _Grouping.of(self.towns, attribute) if country else _Grouping.of(self.towns[:0], {})

        self.region = by({code: place.region for code, place in known.items()})
        self.language = by({code: place.languages for code, place in known.items()})
        self.urbanity = by({code: place.urbanity for code, place in known.items()})
        self.extra = np.array(list(cells.extra), dtype=np.str_)
        counts = np.array(list(cells.extra.values()), dtype=np.float64).reshape(len(cells.extra), len(cells))
        self.extra_people = counts.sum(axis=1)
        self.extra_counts = tally.still(counts.T, np.float64)

    def describe(self, sites: NDArray[np.intp], minutes: NDArray[np.float32], nearest: NDArray[np.int32]) -> Evaluation:
        """The evaluation of the sites, given every cell's nearest one."""
        counts = tally.count(
            self.people,
            minutes,
            nearest,
            np.array(self.rings, dtype=np.float32),
            self.limit,
            self.horizon,
            len(self.base_within),
            self.town,
            len(self.towns),
            self.extra_counts,
        )
        rings = tuple(Ring(*ring, self._share(ring[1])) for ring in zip(self.rings, counts.rings.tolist(), strict=True))
        within = next(ring for ring in rings if ring.minutes == self.criteria.minutes)
        base_nearest = counts.at[sites]
        towns = Groups(self.towns, self.everybody, counts.within, counts.out, _mean(counts.minutes, self.everybody))
        return Evaluation(
            sites=sites,
            people=self.total,
            minutes=minutes,
            nearest=nearest,
            rings=rings,
            within=within.people,
            share=within.share,
            beyond_horizon=counts.lost,
            base_within=self.base_within[sites],
            base_nearest=base_nearest,
            visits=base_nearest * self.criteria.demand.visits_a_week(1.0),
            left_out=tally.over(self.most_first, minutes, self.limit),
            municipalities=towns,
            regions=self.region.groups(towns, counts.minutes),
            languages=self.language.groups(towns, counts.minutes),
            urbanities=self.urbanity.groups(towns, counts.minutes),
            extra=Groups(
                self.extra,
                self.extra_people,
                counts.extra_within,
                self.extra_people - counts.extra_within,
                _mean(counts.extra_minutes, self.extra_people),
            ),
            equity=self._equity(minutes),
        )

    def _share(self, people: float) -> float:
        return people / self.total if self.total > 0 else 1.0

    def _equity(self, minutes: NDArray[np.float32]) -> Equity:
        if self.total <= 0:
            return Equity(float("nan"), float("nan"), float("nan"))
        return Equity(*tally.spread(self.people, minutes, self.horizon))


@dataclass(frozen=True, slots=True, eq=False)
class _Grouping:
    """Which group each municipality belongs to. code: (groups,); number: (municipalities,) the group of each."""

    code: NDArray[np.str_]
    number: NDArray[np.intp]

    @classmethod
    def of(cls, towns: NDArray[np.str_], attribute: dict[str, str]) -> _Grouping:
        values = np.array([attribute.get(town, UNKNOWN) for town in towns.tolist()], dtype=np.str_)
        return cls(*np.unique(values, return_inverse=True))

    def groups(self, towns: Groups, minutes: NDArray[np.float64]) -> Groups:
        """The groups' sums of the municipalities' ones; `minutes` are person-minutes."""
        if not len(self.code):
            nothing = np.zeros(0)
            return Groups(self.code, nothing, nothing, nothing, nothing)

        def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.bincount(self.number, weights=values, minlength=len(self.code)).astype(np.float64)

        everybody = total(towns.people)
        return Groups(
            self.code, everybody, total(towns.within), total(towns.left_out), _mean(total(minutes), everybody)
        )


def _mean(total: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.divide(total, people, out=np.full(len(people), np.nan), where=people > 0)
    return mean
