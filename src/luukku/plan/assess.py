"""What a choice of points gives: the figures, the points with their reasons, the areas, and what light solutions do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.projection import to_wgs84
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation, Groups, evaluate
from luukku.network.light import DEFAULT_RULES, LightRules, LightSolution, light_solutions
from luukku.network.reasons import Reasons, reasons
from luukku.plan.later import later_visits
from luukku.plan.model import Areas, Figures, Group, Later, LeftOut, Light, Names, Neighbour, Point, Ring
from luukku.plan.task import Task


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """A choice of points, told as a plan tells it."""

    points: tuple[Point, ...]
    neighbours: tuple[Neighbour, ...]
    figures: Figures
    light: tuple[Light, ...]
    areas: Areas


def assess(task: Task, chosen: Iterable[int], criteria: Criteria, *, rules: LightRules = DEFAULT_RULES) -> Assessment:
    """Tell what the chosen sites (numbers, without the free ones) give, together with the free points."""
    free = task.problem.free
    evaluation = evaluate(task.cells, task.times, {*chosen, *free}, criteria, task.country)
    evaluation = replace(evaluation, base_within=_base_within(task, evaluation.sites, criteria.minutes))
    why = reasons(
        evaluation,
        task.cells.people,
        task.times,
        criteria,
        given=task.kept | task.fixed,
        centres=task.centres,
        candidates=task.problem.candidates.tolist(),
    )
    later, later_visits_of = _later(task, evaluation, criteria)
    places = _Places(task, evaluation.sites, later_visits_of)
    points = tuple(places.point(reason) for reason in why if reason.site not in free)
    return Assessment(
        points=points,
        neighbours=tuple(places.neighbour(reason) for reason in why if reason.site in free and reason.base_nearest > 0),
        figures=_figures(task, evaluation, points, later),
        light=tuple(_light(task, solution) for solution in light_solutions(evaluation, task.cells, rules)),
        areas=_areas(task, evaluation),
    )


def names_of_town(country: Country, code: str) -> Names:
    """What a municipality is called; nothing when it is unknown."""
    town = country.municipality_by_code.get(code)
    return Names(town.name_fi, town.name_sv, town.name_fi) if town else Names("", "", "")


class _Places:
    """Makes records of the open sites: their coordinates in degrees are worked out all at once."""

    def __init__(self, task: Task, sites: NDArray[np.intp], later_visits: dict[int, float]) -> None:
        self._task = task
        self._later_visits = later_visits
        lon, lat = to_wgs84(task.sites.x[sites], task.sites.y[sites])
        degrees = zip(np.round(lon, 6).tolist(), np.round(lat, 6).tolist(), strict=True)
        self._degrees = dict(zip(sites.tolist(), degrees, strict=True))

    def point(self, reason: Reasons) -> Point:
        task, sites, site = self._task, self._task.sites, reason.site
        town = str(sites.municipality[site])
        known = task.country.municipality_by_code.get(town)
        lon, lat = self._degrees[site]
        return Point(
            code=str(sites.code[site]),
            name=str(sites.name[site]),
            kind=str(sites.kind[site]),
            municipality=town,
            municipality_name=names_of_town(task.country, town),
            region=known.region if known else "",
            x=round(float(sites.x[site]), 1),
            y=round(float(sites.y[site]), 1),
            lon=lon,
            lat=lat,
            tier=reason.tier,
            given="fixed" if site in task.fixed else "centre" if site in task.kept else "",
            people_within=_people(reason.base_within),
            people_nearest=_people(reason.base_nearest),
            standing_within=reason.standing_within,
            standing_nearest=reason.standing_nearest,
            visits_a_week=round(reason.visits, 1),
            only_here=_people(reason.only_here),
            added_minutes=round(reason.added_minutes, 3),
            other=self._code(reason.other),
            other_name=self._name(reason.other),
            other_minutes=_minutes(reason.other_minutes),
            alternative=self._code(reason.candidate),
            alternative_name=self._name(reason.candidate),
            alternative_minutes=_minutes(reason.candidate_minutes),
            municipal_services=reason.municipal_services,
            needs_exception=reason.needs_exception,
            exception=reason.exception,
            later_visits_a_week=self._later_visits.get(site),
        )

    def neighbour(self, reason: Reasons) -> Neighbour:
        sites, site = self._task.sites, reason.site
        lon, lat = self._degrees[site]
        return Neighbour(
            code=str(sites.code[site]),
            name=str(sites.name[site]),
            municipality=str(sites.municipality[site]),
            x=round(float(sites.x[site]), 1),
            y=round(float(sites.y[site]), 1),
            lon=lon,
            lat=lat,
            people_nearest=_people(reason.base_nearest),
        )

    def _code(self, site: int | None) -> str:
        return "" if site is None else str(self._task.sites.code[site])

    def _name(self, site: int | None) -> str:
        return "" if site is None else str(self._task.sites.name[site])


def _base_within(task: Task, sites: NDArray[np.intp], limit: float) -> NDArray[np.float64]:
    """(points,) people of the whole country within the limit of each site: a border does not cut a base."""
    people = task.country.cells.people
    bases = []
    for site in sites.tolist():
        cell, minutes = task.all_times.of(site)
        bases.append(float(people[cell[minutes <= limit]].sum()))
    return np.array(bases, dtype=np.float64)


def _later(task: Task, evaluation: Evaluation, criteria: Criteria) -> tuple[Later | None, dict[int, float]]:
    """What the later year brings to the plan's points in all, and by site number; nothing when it cannot be told."""
    found = later_visits(task.country, criteria.demand)
    if found is None:
        return None, {}
    inside = np.isin(task.country.cells.code, task.cells.code)
    reached = evaluation.nearest >= 0
    weeks = np.bincount(
        evaluation.nearest[reached], weights=found.by_cell[inside][reached], minlength=len(task.sites)
    ).tolist()
    by_site = {site: round(weeks[site], 1) for site in evaluation.sites.tolist() if site not in task.problem.free}
    people = _people(found.cells.people[inside].sum())
    population, year_of_visits = found.sources
    in_all = round(sum(weeks[site] for site in by_site), 1)
    return Later(found.cells.year, people, in_all, found.label, population, year_of_visits), by_site


def _figures(task: Task, evaluation: Evaluation, points: tuple[Point, ...], later: Later | None) -> Figures:
    equity = evaluation.equity
    town = evaluation.municipalities
    left_out = (
        LeftOut(code, names_of_town(task.country, code), _people(out), _people(people))
        for code, out, people in zip(town.code.tolist(), town.left_out.tolist(), town.people.tolist(), strict=True)
        if out > 0
    )
    regions = {region.code: Names(region.name_fi, region.name_sv, region.name_en) for region in task.country.regions}
    return Figures(
        people=_people(evaluation.people),
        within=_people(evaluation.within),
        share=evaluation.share,
        outside=_people(evaluation.people - evaluation.within),
        out_of_reach=_people(evaluation.beyond_horizon),
        mean_minutes=round(equity.mean, 2),
        median_minutes=round(equity.median, 2),
        worst_tenth_minutes=round(equity.worst_tenth, 2),
        points_under_base_within=sum(point.standing_within == "below" for point in points),
        points_under_base_nearest=sum(point.standing_nearest == "below" for point in points),
        visits_a_week=round(sum(point.visits_a_week for point in points), 1),
        rings=tuple(Ring(ring.minutes, _people(ring.people), ring.share) for ring in evaluation.rings),
        left_out=tuple(sorted(left_out, key=lambda row: (-row.people, row.municipality))),
        groups=(
            *_groups("region", evaluation.regions, regions),
            *_groups("urbanity", evaluation.urbanities, {}),
            *_groups("language", evaluation.languages, {}),
            *_groups("people", evaluation.extra, {}),
        ),
        later=later,
    )


def _groups(kind: str, groups: Groups, names: dict[str, Names]) -> list[Group]:
    rows = zip(
        groups.code.tolist(), groups.people.tolist(), groups.within.tolist(), groups.mean_minutes.tolist(), strict=True
    )
    return [
        Group(kind, code, names.get(code), _people(people), within / people, round(mean, 2))
        for code, people, within, mean in rows
        if people > 0
    ]


def _light(task: Task, solution: LightSolution) -> Light:
    cells, centre = task.cells, solution.centre
    town = str(cells.municipality[centre])
    return Light(
        area=str(cells.code[centre]),
        name=str(cells.name[centre]),
        areas=tuple(cells.code[list(solution.cells)].tolist()),
        municipality=town,
        municipality_name=names_of_town(task.country, town),
        people=_people(solution.people),
        minutes=_minutes(solution.minutes),
        point="" if solution.point is None else str(task.sites.code[solution.point]),
        kind=solution.kind,
        rule=solution.rule,
        permanent_funding=solution.permanent_funding,
    )


def _areas(task: Task, evaluation: Evaluation) -> Areas:
    cells = task.cells
    towns = [names_of_town(task.country, code) for code in cells.municipality.tolist()]
    minutes = np.round(evaluation.minutes, 2)
    codes = np.append(task.sites.code, "")  # a nearest site of -1 (none) takes the last
    return Areas(
        code=cells.code,
        name=cells.name,
        municipality=cells.municipality,
        municipality_fi=np.array([town.fi for town in towns], dtype=np.str_),
        municipality_sv=np.array([town.sv for town in towns], dtype=np.str_),
        people=cells.people,
        minutes=np.where(np.isfinite(minutes), minutes, np.nan).astype(np.float32),
        point=codes[evaluation.nearest],
    )


def _people(value: float) -> float:
    """People to the second decimal: sums of whole people stay whole, and grids' shares stay readable."""
    return round(float(value), 2)


def _minutes(value: float | None) -> float | None:
    return None if value is None else round(float(value), 2)
