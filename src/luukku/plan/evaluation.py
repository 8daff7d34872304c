"""Evaluate given points: a planner's word, a file, a plan's folder, or sites."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from luukku.country import finland
from luukku.country import sites as places
from luukku.country.model import Country, Sites
from luukku.country.sites import PointSet
from luukku.network.criteria import Criteria
from luukku.network.evaluate import nearest_points
from luukku.plan.assess import assess
from luukku.plan.comparisons import centres_comparisons
from luukku.plan.make import names_of, sources_of
from luukku.plan.model import Asked, Comparison, Evaluated
from luukku.plan.modes import TransitOf, by_mode
from luukku.plan.task import Task, TimesOf, task_of
from luukku.travel.embedded import finland_times


def evaluate(
    points: str | Path | Sites = "centres",
    *,
    country: Country | None = None,
    criteria: Criteria | None = None,
    region: str | None = None,
    with_aland: bool = False,
    times_of: TimesOf = finland_times,
    transit_of: TransitOf | None = None,
) -> Evaluated:
    """Count how near people are to points.

    points:  "centres", "municipal-centres", "joint", "authority:CODE", "authority:all", a file, a plan's folder, or
             sites.
    country: embedded Finland when None; criteria: the reform's when None.
    region:  count the people of one region only; points beyond its border serve as well.
    transit_of: minutes by public transport, to tell beside those by car.

    The figures of the implementation plan stand beside those of the centres when the whole country is evaluated.

    Raises UnknownPlace for a word or region that nobody knows, BadInput for a file that cannot be read.
    """
    country = finland() if country is None else country
    criteria = Criteria() if criteria is None else criteria
    found = _points(points, country)
    code = country.region(region).code if region else ""
    asked = Asked("fewest", 1.0, None, "none", region=code, with_aland=with_aland)
    task = task_of(country, asked, candidates=found.sites, neighbours=found.sites, times_of=times_of)
    open_sites = np.setdiff1d(np.arange(len(task.sites)), sorted(task.problem.free)).tolist()
    counted = assess(task, open_sites, criteria)
    modes = by_mode(task, open_sites, criteria, transit_of)
    beside = _beside_the_document(task) if points == "centres" and not region else ()
    return Evaluated(
        label=found.label,
        partial=found.partial,
        country=country.name,
        year=country.cells.year,
        region=names_of(task.region),
        with_aland=with_aland,
        criteria=criteria,
        points=counted.points,
        figures=counted.figures,
        comparisons=beside,
        sources=sources_of(task, beside, modes, counted.figures.later),
        areas=counted.areas,
        modes=modes,
    )


def _points(points: str | Path | Sites, country: Country) -> PointSet:
    if isinstance(points, Sites):
        return PointSet(points, str(points.source))
    table = Path(points) / "points.csv"
    if table.is_file():
        return replace(places.parse_points(str(table), country), label=str(points))
    return places.parse_points(str(points), country)


def _beside_the_document(task: Task) -> tuple[Comparison, ...]:
    """The implementation plan's figures, which are of all the people: Åland counts, whether it is planned or not."""
    minutes, _ = nearest_points(task.all_times, np.arange(len(task.sites)))
    return tuple(centres_comparisons(task.country, minutes.astype(np.float64), task.country.cells.people))
