"""A planner's request made ready to solve: the people in scope, the places, and what is decided beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.country import sites as places
from luukku.country.model import Cells, Country, Region, Sites
from luukku.errors import Contradiction, UnknownPlace
from luukku.network.problem import Problem
from luukku.network.regional import of_cells
from luukku.plan.model import Asked
from luukku.travel.times import TravelTimes

if TYPE_CHECKING:
    from luukku.country.readers.points import PointsFile

TimesOf = Callable[[Sites], TravelTimes]
"""Minutes from the country's cells to sites, such as `luukku.travel.embedded.finland_times`."""
FartherOf = Callable[[Sites, Cells, float], TravelTimes]
"""Minutes from some cells to sites as far as so many minutes, where times can be lengthened: those of a road graph."""

LEAST_PEOPLE = 1000.0
"""People that an area needs to be weighed as a place for a point (an assumption, shown as one)."""

_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is planned with.

    asked:     the request; region: None for the whole country.
    cells:     the cells in scope; times: minutes of all sites to them; problem: the numbers to solve.
    sites:     every place: candidates, given points and, last, neighbours; all_times: to all cells of the country.
    label:     what the candidates are; candidates: how many.
    wanted:    site numbers of the network that was handed in, such as one to bring into an order.
    centres:   site numbers of the regional centres; kept: those given as such; fixed: what the planner fixed.
    """

    country: Country
    asked: Asked
    region: Region | None
    cells: Cells
    times: TravelTimes
    problem: Problem
    sites: Sites
    all_times: TravelTimes
    label: str
    candidates: int
    centres: frozenset[int]
    kept: frozenset[int]
    fixed: frozenset[int]
    wanted: frozenset[int] = frozenset()


def task_of(
    country: Country,
    asked: Asked,
    *,
    candidates: str | Sites | PointsFile = "default",
    neighbours: str | Sites | None = None,
    existing: str | Sites | None = None,
    network: str | Sites | None = None,
    times_of: TimesOf,
) -> Task:
    """Make a request ready to solve.

    candidates: "default" (municipal centres and areas of at least LEAST_PEOPLE people), a set of points or a file as in
                `parse_points`, sites, or a file that was read. A file's statuses count: fixed and existing points are
                fixed, forbidden ones are forbidden, neighbours are neighbours; and of those of one group at most one is
                chosen.
    neighbours: points beyond the region's border; a set, a file, a plan's folder or sites. With a region and None:
                the regional centres of the other regions.
    existing:   points that stand today and may be kept or given up; as `neighbours`. They are candidates too. With a
                budget they cost nothing, and every other place needs a cost: in the file, or `asked.cost_per_point`.
    network:    points that a method is to look at, which become the task's `wanted`; likewise.

    Raises UnknownPlace for a name that nobody knows, Contradiction for a point both fixed and forbidden, and BadInput
    for a file that cannot be read.
    """
    region = country.region(asked.region) if asked.region else None
    scope = [region.code] if region else [other.code for other in country.regions if other.mainland or asked.with_aland]

    def at_home(sites: Sites) -> Sites:
        return sites.take(np.isin(_region_of(sites, country), scope))

    pool = _candidates(country, candidates)
    local = at_home(pool.sites)
    centres = at_home(places.centres(country))
    fixed = at_home(_joined(pool.fixed, [_one(name, local, country) for name in asked.fixed]))
    kept = centres if asked.keep == "centres" else centres.take(_NONE)
    standing = at_home(_joined(pool.existing, [] if existing is None else [_listed(existing, country)]))
    wanted = at_home(centres.take(_NONE) if network is None else _listed(network, country))
    own = _joined(local, [fixed, kept, standing, wanted])
    every = _joined(own, [_across(country, neighbours, region, pool.neighbours)])

    def numbers(sites: Sites) -> frozenset[int]:
        return frozenset(np.flatnonzero(np.isin(every.code, sites.code)).tolist())

    forbidden = numbers(_joined(pool.forbidden, [_one(name, own, country) for name in asked.forbidden]))
    free = frozenset(range(len(own), len(every)))
    given = numbers(fixed) | numbers(kept)
    if both := sorted(every.name[list(numbers(wanted) & forbidden)].tolist()):
        raise Contradiction(f"{', '.join(both)}: in the network to look at, and forbidden.")
    groups = tuple(numbers(group) for group in pool.groups)
    if crowd := next((given & group for group in groups if len(given & group) > 1), None):
        raise Contradiction(
            f"{', '.join(sorted(every.name[list(crowd)].tolist()))}: all given, but of their group at most one may be."
        )
    if both := sorted(every.name[list(given & forbidden)].tolist()):
        kept_too = " Regional centres are kept unless you ask for --keep none." if numbers(kept) & forbidden else ""
        raise Contradiction(f"{', '.join(both)}: both fixed open and forbidden.{kept_too}")
    costs = None if asked.budget is None else _costs(every, pool.costs, asked.cost_per_point, numbers(standing) | free)
    all_times = times_of(every)
    inside = np.flatnonzero(np.isin(country.region_of_cell, scope if region else [*scope, ""]))
    cells, times = country.cells.take(inside), of_cells(all_times, inside)
    return Task(
        country=country,
        asked=asked,
        region=region,
        cells=cells,
        times=times,
        problem=Problem(cells.people, times, given | free, forbidden, free, groups, numbers(standing), costs),
        sites=every,
        all_times=all_times,
        label=pool.label,
        candidates=len(own) - len(forbidden),
        centres=numbers(centres),
        kept=numbers(kept),
        fixed=numbers(fixed),
        wanted=numbers(wanted),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The places that a planner offers, by what is decided of them.

    groups: of each at most one is chosen; costs: by code, where known.
    """

    sites: Sites
    fixed: Sites
    forbidden: Sites
    neighbours: Sites
    existing: Sites
    label: str
    groups: tuple[Sites, ...] = ()
    costs: dict[str, float] = field(default_factory=dict)


def _candidates(country: Country, candidates: str | Sites | PointsFile) -> _Pool:
    nothing = places.municipal_centres(country).take(_NONE)
    if isinstance(candidates, Sites):
        return _Pool(candidates, nothing, nothing, nothing, nothing, str(candidates.source))
    if not isinstance(candidates, str):
        return _of_file(candidates)
    if candidates == "default":
        sites = places.candidates(country, LEAST_PEOPLE)
        label = f"municipal centres and areas of at least {LEAST_PEOPLE:g} people"
        return _Pool(sites, nothing, nothing, nothing, nothing, label)
    if Path(candidates).is_file():
        from luukku.country.readers import read_points_file  # slow to import, and only a planner's own file needs it

        return _of_file(read_points_file(candidates, country))
    points = places.parse_points(candidates, country)
    return _Pool(points.sites, nothing, nothing, nothing, nothing, points.label)


def _of_file(file: PointsFile) -> _Pool:
    costs = zip(file.sites.code.tolist(), file.cost.tolist(), strict=True)
    return _Pool(
        sites=file.having("", "candidate", "fixed", "existing", "forbidden"),
        fixed=file.having("fixed", "existing"),
        forbidden=file.having("forbidden"),
        neighbours=file.having("neighbour"),
        existing=file.having("existing"),
        label=file.sites.source.name,
        groups=tuple(file.sites.take(file.group == group) for group in np.unique(file.group[file.group != ""])),
        costs={code: cost for code, cost in costs if np.isfinite(cost)},
    )


def _costs(
    sites: Sites, known: dict[str, float], otherwise: float | None, standing: frozenset[int]
) -> NDArray[np.float64]:
    """(sites,) what each costs; nothing is needed to know of those that stand.

    Raises Contradiction for places of which nobody knows what they cost.
    """
    given = np.nan if otherwise is None else otherwise
    costs = np.array([known.get(code, given) for code in sites.code.tolist()], dtype=np.float64)
    costs[list(standing)] = np.nan_to_num(costs[list(standing)])
    if (unknown := np.isnan(costs)).any():
        some = ", ".join(sites.name[unknown][:5].tolist())
        more = ", ..." if unknown.sum() > 5 else ""
        raise Contradiction(
            f"A budget needs to know what every place costs, but {unknown.sum()} places have no cost: {some}{more}. "
            "Fill in the column cost of the file of candidates, or give a cost per point."
        )
    return costs


def _listed(points: str | Sites, country: Country) -> Sites:
    """The points of a set, a file, a plan's folder, or as they are."""
    if isinstance(points, Sites):
        return points
    plan = Path(points) / "points.csv"
    return places.parse_points(str(plan) if plan.is_file() else points, country).sites


def _across(country: Country, neighbours: str | Sites | None, region: Region | None, listed: Sites) -> Sites:
    """The points that stand beyond the region's border; none when the whole country is planned."""
    if region is None:
        return listed.take(_NONE)
    if neighbours is None:
        found = listed if len(listed) else places.centres(country)
    else:
        found = _joined(_listed(neighbours, country), [listed])
    return found.take(_region_of(found, country) != region.code)


def _one(name: str, sites: Sites, country: Country) -> Sites:
    """The site of this code, or the only one of this name (a municipal centre before areas), or a set of points."""
    if (by_code := sites.code == name).any():
        return sites.take(by_code)
    same = np.array([other.casefold() == name.strip().casefold() for other in sites.name.tolist()], dtype=np.bool_)
    centre = same & (sites.kind == "centre")
    for chosen in (centre, same):
        if chosen.sum() == 1:
            return sites.take(chosen)
    if same.sum() > 1:
        raise UnknownPlace(f"{name!r} is the name of several places: {', '.join(sites.code[same])}. Give a code.")
    try:
        return places.parse_points(name, country).sites
    except UnknownPlace:
        raise UnknownPlace(
            f"No place is called {name!r}. Give a code such as M167 or A80100, the name of a municipality or an area, "
            f"or a set of points: {places.SPECS}."
        ) from None


def _region_of(sites: Sites, country: Country) -> NDArray[np.str_]:
    """The region of each site, by its municipality, or by the nearest area when that is not told."""
    of_town = {town.code: town.region for town in country.municipalities}
    cells = country.cells
    towns = sites.municipality.astype(object)
    for place in np.flatnonzero(~np.isin(sites.municipality, list(of_town))):
        distance = (cells.x - sites.x[place]) ** 2 + (cells.y - sites.y[place]) ** 2
        towns[place] = cells.municipality[np.where(cells.municipality == "", np.inf, distance).argmin()]
    return np.array([of_town[code] for code in towns], dtype=np.str_)


def _joined(first: Sites, more: Iterable[Sites]) -> Sites:
    """The first sites and those of the others whose codes are new."""
    for others in more:
        fresh = others.take(~np.isin(others.code, first.code))
        _, once = np.unique(fresh.code, return_index=True)
        fresh = fresh.take(np.sort(once))
        first = replace(
            first,
            code=np.concatenate([first.code, fresh.code]),
            name=np.concatenate([first.name, fresh.name]),
            kind=np.concatenate([first.kind, fresh.kind]),
            municipality=np.concatenate([first.municipality, fresh.municipality]),
            x=np.concatenate([first.x, fresh.x]),
            y=np.concatenate([first.y, fresh.y]),
        )
    return first
