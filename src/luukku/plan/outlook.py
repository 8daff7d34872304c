"""A plan's network in a scenario: who comes to which point, and the measures to set side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country
from luukku.outlook.compare import Measure
from luukku.outlook.population import Projection, project, trend
from luukku.outlook.sensitivity import Case
from luukku.outlook.visits import visits
from luukku.plan.areas import cells_of
from luukku.plan.model import Plan
from luukku.premises.measures import space_measures
from luukku.premises.offices import OfficeUsers

NO_OFFICES = OfficeUsers({})
"""A plan tells where the points are, not who needs an office: its space and costs are the points' alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """The whole country's cells in one year, and the plan's points that serve them.

    point_of_cell: (cells,) number of the plan's nearest point, -1 outside the planned area, out of reach, or where a
                   point across the border is nearest.
    planned:       (cells,) whether the cell is in the planned area.
    within:        (cells,) whether a point is within the plan's limit.
    projection:    where the people of the year come from; its label is to be shown.
    """

    cells: Cells
    point_of_cell: NDArray[np.intp]
    planned: NDArray[np.bool_]
    within: NDArray[np.bool_]
    projection: Projection


def served(plan: Plan, country: Country, year: int) -> Served:
    """Who comes to which point of the plan in `year`, with the country's people carried on by their trend.

    Raises Contradiction when the plan's areas are not the country's, Impossible when the year is too early.
    """
    projection = trend(country.municipalities, year)
    cells = project(country.cells, projection)
    rows, point_of_cell = cells_of(plan, cells)
    planned, within = np.zeros(len(cells), dtype=np.bool_), np.zeros(len(cells), dtype=np.bool_)
    planned[rows] = True
    within[rows] = plan.areas.minutes <= plan.criteria.minutes
    return Served(cells, point_of_cell, planned, within, projection)


def plan_measures(plan: Plan, country: Country, years: Iterable[int]) -> tuple[Measure, ...]:
    """What a scenario means for the plan's points: people, visits, space and yearly costs; for `outlook.compare`.

    years: the scenarios' years. Raises as `served` does.
    """
    there = {year: served(plan, country, year) for year in sorted(set(years))}
    spaces = {
        year: {m.code: m for m in space_measures(each.cells, each.point_of_cell, len(plan.points), NO_OFFICES)}
        for year, each in there.items()
    }

    def people(case: Case) -> float:
        each = there[case.scenario.year]
        return float(each.cells.people[each.planned].sum())

    def share(case: Case) -> float:
        each = there[case.scenario.year]
        return float(each.cells.people[each.within].sum()) / max(people(case), 1e-9)

    def a_week(case: Case) -> NDArray[np.float64]:
        each = there[case.scenario.year]
        found = visits(each.cells, case.scenario, case.parameters).by_cell
        mine = each.point_of_cell >= 0
        weeks = np.zeros(len(plan.points))
        np.add.at(weeks, each.point_of_cell[mine], found[mine])
        return weeks

    def space(code: str) -> Callable[[Case], float]:
        return lambda case: spaces[case.scenario.year][code].of(case)

    limit = f"{plan.criteria.minutes:g} min"
    costs = next(iter(spaces.values()))
    return (
        Measure("points", "Pisteitä", "Kundservicepunkter", "Points", "", lambda _: float(len(plan.points))),
        Measure("people", "Asukkaita suunnittelualueella", "Invånare i området", "People in the area", "", people),
        Measure(
            "share_within",
            f"Asukkaista enintään {limit} päässä",
            f"Andel invånare inom {limit}",
            f"Share of people within {limit}",
            "0-1",
            share,
        ),
        Measure(
            "point_visits_a_week",
            "Käyntejä viikossa suunnitelman pisteissä",
            "Besök i veckan vid planens kundservicepunkter",
            "Visits a week at the plan's points",
            "",
            lambda case: float(a_week(case).sum()),
        ),
        Measure(
            "points_under_100",
            "Pisteitä, joissa on alle 100 käyntiä viikossa",
            "Kundservicepunkter med under 100 besök i veckan",
            "Points with under 100 visits a week",
            "",
            lambda case: float((a_week(case) < 100).sum()),
        ),
        replace(costs["customer_m2"], of=space("customer_m2")),
        replace(costs["customer_places"], of=space("customer_places")),
        replace(
            costs["costs"],
            code="point_costs",
            name_fi="Pisteiden kustannukset vuodessa",
            name_sv="Kundservicepunkternas kostnader per år",
            name_en="Costs of the points a year",
            of=space("costs"),
        ),
    )
