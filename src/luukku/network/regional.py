"""A region's own problem: its people and candidates, with the neighbours' points that stand whatever it decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country, Region, Sites
from luukku.errors import Contradiction
from luukku.network.problem import Problem
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class RegionalProblem:
    """What a region decides.

    cells:      the region's cells; number: (cells,) their numbers in the country.
    times:      the matrix of all sites to the region's cells; site numbers are the country's.
    problem:    candidates in the region; the neighbours' points are open and free, every other site outside is closed.
    neighbours: the free points that reach a cell of the region within the horizon.
    """

    region: Region
    cells: Cells
    number: NDArray[np.intp]
    times: TravelTimes
    problem: Problem
    neighbours: frozenset[int]


def regional_problem(
    country: Country,
    region: str,
    sites: Sites,
    times: TravelTimes,
    *,
    fixed: Iterable[int] = (),
    forbidden: Iterable[int] = (),
    neighbours: Iterable[int] = (),
) -> RegionalProblem:
    """The problem of a region (by name or code), in which points across its border serve this side too (L1369-1371).

    sites, times: of the whole country, so that trips over the border are known.
    neighbours:   sites outside the region that stand or will stand there; those inside are ignored.

    A site of an unknown municipality belongs to no region.

    Raises UnknownPlace for a region nobody knows, Contradiction for a fixed site outside the region or also forbidden.
    """
    place = country.region(region)
    inside = np.array(
        [
            code in country.municipality_by_code and country.municipality_by_code[code].region == place.code
            for code in sites.municipality.tolist()
        ],
        dtype=np.bool_,
    )
    wanted = frozenset(fixed)
    if outside := sorted(site for site in wanted if not inside[site]):
        names = ", ".join(f"{sites.name[site]} ({sites.code[site]})" for site in outside)
        raise Contradiction(f"{names} cannot be fixed in the plan of {place.name_fi}: it lies outside the region.")
    number = np.flatnonzero(country.region_of_cell == place.code)
    local = of_cells(times, number)
    free = frozenset(site for site in neighbours if not inside[site] and local.start[site + 1] > local.start[site])
    barred = frozenset(forbidden) | frozenset(np.flatnonzero(~inside).tolist())
    cells = country.cells.take(number)
    problem = Problem(cells.people, local, open=wanted | free, closed=barred - free, free=free)
    return RegionalProblem(place, cells, number, local, problem, free)


def of_cells(times: TravelTimes, number: NDArray[np.intp]) -> TravelTimes:
    """The matrix to some of the cells only, which are numbered anew in the order given (ascending numbers)."""
    place = np.full(times.cells, -1, dtype=np.int32)
    place[number] = np.arange(len(number), dtype=np.int32)
    kept = place[times.cell] >= 0
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    counts = np.bincount(site[kept], minlength=times.sites)
    return TravelTimes(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        cell=place[times.cell[kept]],
        minutes=np.asarray(times.minutes[kept]),
        cells=len(number),
        horizon=times.horizon,
        source=times.source,
    )
