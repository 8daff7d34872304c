"""The visits of a later year: the year's visits of the whole country, shared out by the people of that year.

A plan's points are chosen with the people of today, and so are their bases. How busy they will be is told for the year
that the reform looks at as well, by the same library that the studio and the impact of a plan count with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.country.demand import Demand
from luukku.country.model import Cells, Country
from luukku.country.provenance import Source
from luukku.errors import Impossible
from luukku.outlook.parameters import default_parameters
from luukku.outlook.population import Projection, project, trend
from luukku.outlook.scenario import scenario
from luukku.outlook.visits import visits
from luukku.plan.model import Names


@dataclass(frozen=True, slots=True, eq=False)
class LaterVisits:
    """The whole country's cells in a later year, with their visits.

    by_cell: (cells,) visits a week in all channels.
    label:   what the people of the year are; sources: where the people and the visits come from.
    """

    cells: Cells
    by_cell: NDArray[np.float64]
    label: Names
    sources: tuple[Source, Source]


def later_visits(country: Country, demand: Demand) -> LaterVisits | None:
    """The visits of the assumed course's year (2030); None when the municipalities' past does not tell of that year.

    demand: its visits a year and weeks are the year's; its people are those of a rule of thumb, which is not used here.
    """
    course = replace(scenario("assumed"), visits_a_year=demand.visits_a_year, weeks=demand.weeks)
    try:
        cells, label = later_people(country, course.year)
    except Impossible:
        return None
    return LaterVisits(cells, visits(cells, course, default_parameters()).by_cell, label, (cells.source, course.source))


def later_people(country: Country, year: int) -> tuple[Cells, Names]:
    """The country's cells with the people of `year`, and what those people are.

    A planner's own population of that year or a later one stays as it is. An earlier one changes at the yearly rate of
    its municipalities' trend.

    Raises Impossible when a municipality lacks the counts that a trend needs.
    """
    cells = country.cells
    if cells.year >= year:
        return cells, Names(
            f"vuoden {cells.year} väestö: {cells.source}",
            f"befolkningen år {cells.year}: {cells.source}",
            f"population of {cells.year}: {cells.source}",
        )
    counted = max(year for town in country.municipalities for year in town.people)
    projection = _over(trend(country.municipalities, year, last=counted), (year - cells.year) / (year - counted))
    label = Names(*(projection.label(language) for language in ("fi", "sv", "en")))
    return project(cells, projection), label


def _over(projection: Projection, share: float) -> Projection:
    """The projection's change over `share` times as many years."""
    if share == 1.0:
        return projection
    counted = {code: projection.people[code] / ratio for code, ratio in projection.ratio.items()}
    ratio = {code: value**share for code, value in projection.ratio.items()}
    return replace(projection, ratio=ratio, people={code: counted[code] * value for code, value in ratio.items()})
