"""Other people in the same areas: a finer grid, or a forecast by municipality, instead of the embedded population."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Country
from luukku.country.provenance import Source
from luukku.country.readers import PopulationTable, read_population_grid, read_pxweb
from luukku.errors import BadInput, Fault


def with_population(country: Country, file: Path, year: int | None = None) -> Country:
    """The country with the people of a file; the areas, and so the travel times, stay.

    file: Statistics Finland's population grid (each cell's people move to the area whose centre is nearest), or a PxWeb
          table by municipality as JSON-stat (the areas of a municipality grow or shrink by one factor).
    year: of the table; its last year when None. A grid has one year only.

    Raises BadInput for a file that cannot be taken.
    """
    if file.suffix.lower() == ".json":
        return by_municipality(country, read_pxweb(file, country=country), file, year)
    return by_nearest_area(country, read_population_grid(file))


def by_nearest_area(country: Country, grid: Cells) -> Country:
    """The country with the people of grid cells, each counted in the area whose centre is nearest."""
    from scipy.spatial import cKDTree  # slow to import, and only a planner's own grid needs it

    cells = country.cells
    tree = cKDTree(np.column_stack((cells.x, cells.y)))
    nearest = tree.query(np.column_stack((grid.x, grid.y)))[1]
    people = np.bincount(nearest, weights=grid.people, minlength=len(cells)).astype(np.float64)
    return _with(country, people, grid.year, grid.source)


def by_municipality(country: Country, table: PopulationTable, file: Path, year: int | None = None) -> Country:
    """The country with the people of each municipality as in the table; inside a municipality the shares stay.

    An area without a municipality changes as the whole country does. A municipality that the table knows only as a part
    of the one it merged into changes with that one.

    Raises BadInput when the year or a municipality with people is not in the table.
    """
    year = table.years[-1] if year is None else year
    if year not in table.years:
        years = f"{table.years[0]}-{table.years[-1]}"
        raise BadInput(file, [Fault(f"it has no year {year}", f"a year of {years}", "choose another year")])
    asked = {code: people for code, people in table.by_municipality(year).items() if not np.isnan(people)}
    later = {town.code: town.merged_into for town in country.municipalities if town.merged_into in asked}
    cells = country.cells
    home = [code if code in asked else later.get(code, code) for code in cells.municipality.tolist()]
    codes, place = np.unique(np.array(home), return_inverse=True)
    now = np.bincount(place, weights=cells.people)
    missing = [
        code for code, people in zip(codes.tolist(), now.tolist(), strict=True) if code and people and code not in asked
    ]
    if missing:
        fault = Fault(
            f"{len(missing)} municipalities have no people in {year} there: {', '.join(missing[:10])}",
            "every municipality of the country",
            "fetch the table with all municipalities",
        )
        raise BadInput(file, [fault])
    known = codes != ""
    then = np.array([asked.get(code, 0.0) for code in codes.tolist()])
    factor = np.divide(then, now, out=np.ones_like(now), where=now > 0)
    factor[~known] = then[known].sum() / now[known].sum()
    return _with(country, cells.people * factor[place], year, table.source)


def _with(country: Country, people: NDArray[np.float64], year: int, source: Source) -> Country:
    cells = replace(country.cells, people=people, year=year, source=source, extra={})
    return replace(country, cells=cells, sources=(source, *country.sources))
