"""The network that an impact is asked of: its points, and which of them serves each cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country, Sites
from luukku.country.sites import parse_points
from luukku.errors import Contradiction
from luukku.network.evaluate import nearest_points
from luukku.plan.areas import cells_of
from luukku.plan.folder import read_plan
from luukku.plan.model import Plan
from luukku.travel.embedded import finland_times
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Joint points and whom they serve.

    points:        the open points of the planned area.
    point_of_cell: (cells of the country,) number of the point that serves the cell (its nearest open one), -1 where
                   none is within the horizon, a neighbour's point is nearer, or the cell is not planned.
    planned:       (cells,) whether the cell is in the planned area.

    Raises Contradiction when the sizes do not fit.
    """

    points: Sites
    point_of_cell: NDArray[np.intp]
    planned: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.point_of_cell.shape != self.planned.shape or self.point_of_cell.max(initial=-1) >= len(self.points):
            raise Contradiction(f"Each cell needs one of the {len(self.points)} points, or -1.")


def network_of(
    points: Sites, times: TravelTimes, country: Country, *, region: str = "", with_aland: bool = False
) -> Network:
    """The network of open points: every planned cell goes to its nearest point.

    times:  minutes from the country's cells to these points, in their order.
    region: code of the planned region, "" for the country; points of other municipalities then stand as neighbours.
    Raises Contradiction when the minutes are those of other points or cells.
    """
    if times.sites != len(points) or times.cells != len(country.cells):
        raise Contradiction(
            f"The minutes are between {times.cells} cells and {times.sites} points, not between the country's "
            f"{len(country.cells)} cells and the network's {len(points)} points."
        )
    _, nearest = nearest_points(times, np.arange(len(points)))
    return network_of_nearest(points, nearest, country, region=region, with_aland=with_aland)


def network_of_nearest(
    points: Sites, nearest: NDArray[np.integer], country: Country, *, region: str = "", with_aland: bool = False
) -> Network:
    """The same when each cell's nearest point is known already, as (cells,) numbers of `points`, -1 for none."""
    planned = planned_cells(country, region, with_aland=with_aland)
    own = np.ones(len(points), dtype=np.bool_)
    if region:
        regions = {each.code: each.region for each in country.municipalities}
        own = np.array([regions.get(code, region) == region for code in points.municipality.tolist()], dtype=np.bool_)
    number = np.append(np.where(own, np.cumsum(own) - 1, -1), -1)
    point_of_cell = np.where(planned, number[nearest], -1).astype(np.intp)
    return Network(points.take(own), point_of_cell, planned)


def network_of_plan(plan: Plan, country: Country) -> Network:
    """The network of a plan, whose areas tell their nearest points.

    Raises Contradiction when the plan's areas are not the country's.
    """
    rows, point_of_cell = cells_of(plan, country.cells)
    planned = np.zeros(len(point_of_cell), dtype=np.bool_)
    planned[rows] = True
    points = Sites(
        code=np.array([point.code for point in plan.points], dtype=np.str_),
        name=np.array([point.name for point in plan.points], dtype=np.str_),
        kind=np.array([point.kind for point in plan.points], dtype=np.str_),
        municipality=np.array([point.municipality for point in plan.points], dtype=np.str_),
        x=np.array([point.x for point in plan.points], dtype=np.float64),
        y=np.array([point.y for point in plan.points], dtype=np.float64),
        source=plan.sources[0],
    )
    return Network(points, point_of_cell, planned)


def named_network(spec: str, country: Country, *, region: str = "") -> tuple[Network, str]:
    """The network that a planner means by a plan's folder, a word or a file, and what it is.

    spec:   as in `luukku.country.sites.parse_points`, or a plan's folder, whose region then counts.
    region: name or code of the only region whose people and premises count.
    Raises UnknownPlace and BadInput as these do, Contradiction when a plan is of another region.
    """
    code = country.region(region).code if region else ""
    if (Path(spec) / "plan.json").is_file():
        plan = read_plan(Path(spec))
        if code not in ("", plan.asked.region):
            raise Contradiction(f"The plan in {spec} is not of the region {region}: leave --region out.")
        return network_of_plan(plan, country), spec
    found = parse_points(spec, country)
    return network_of(found.sites, finland_times(found.sites), country, region=code), found.label


def planned_cells(country: Country, region: str, *, with_aland: bool) -> NDArray[np.bool_]:
    """(cells,) whether a cell is planned: those of a region, of the mainland, or all."""
    if region:
        inside: NDArray[np.bool_] = country.region_of_cell == region
        return inside
    return np.ones(len(country.cells), dtype=np.bool_) if with_aland else country.on_mainland
