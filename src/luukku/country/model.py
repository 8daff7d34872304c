"""A country as planning sees it: regions, municipalities, population cells, authorities and their known points.

Cells and sites are columns (arrays of one length) because planning computes with all of them at once;
the few hundred municipalities, regions and authorities are plain records.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Conflict, Mend, Source
from luukku.errors import UnknownPlace


@dataclass(frozen=True, slots=True)
class Region:
    """A region (maakunta). `mainland` is False for Åland only."""

    code: str
    name_fi: str
    name_sv: str
    name_en: str
    mainland: bool


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the country's year, with its administrative centre in metres of EPSG:3067 and WGS84.

    languages: official languages, the majority's first: "fi", "sv", "fi+sv" or "sv+fi".
    urbanity:  Statistics Finland's grouping: "urban", "semi-urban" or "rural".
    people:    inhabitants by year, {year: people}.
    merged_into: code of the municipality it later became part of, or "".
    sub_region: name of the sub-region (seutukunta).
    """

    code: str
    name_fi: str
    name_sv: str
    region: str
    languages: str
    urbanity: str
    x: float
    y: float
    lon: float
    lat: float
    people: dict[int, float] = field(default_factory=dict)
    merged_into: str = ""
    sub_region: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """One of the authorities of the reform (T1, L1095-1119).

    points_2020: its own service points in 2020 (Table 1, L602-647), None when the table does not count it.
    valid_from:  the first day, None when it is older than the document.
    valid_to:    the last day, None while it lives; successor: who takes over, in Finnish, or "".
    source:      the plan's line; end_source: what tells that it ended, None while it lives.
    """

    code: str
    name_fi: str
    name_sv: str
    name_en: str
    offices_in_scope: bool
    points_2020: int | None
    valid_from: date | None
    valid_to: date | None
    successor: str
    source: Source
    end_source: Source | None = None


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A locality where the document names an authority's or a joint point. Not a full register of points.

    locality:     such as Vääksy; municipality: the name of the municipality it lies in, such as Asikkala.
    kind: "own" (an authority's own presence) or "joint" (asiointipiste).
    authorities: codes present there.
    """

    locality: str
    municipality: str
    kind: str
    authorities: tuple[str, ...]
    note: str
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Population cells: where people live. All arrays have one row a cell.

    code:         unique, such as a postal code "00100" or a grid cell's id.
    name:         for people to read.
    municipality: code of the municipality, "" where unknown.
    people:       float64 inhabitants.
    x, y:         float64 metres, EPSG:3067, of the centroid.
    year:         of the population.
    extra:        further people counts by name, such as "age_65_" or "swedish", float64 each; empty when unknown.
    """

    code: NDArray[np.str_]
    name: NDArray[np.str_]
    municipality: NDArray[np.str_]
    people: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    year: int
    source: Source
    extra: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.code)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Cells:
        """The chosen cells, in the order given."""
        return replace(
            self,
            code=self.code[which],
            name=self.name[which],
            municipality=self.municipality[which],
            people=self.people[which],
            x=self.x[which],
            y=self.y[which],
            extra={key: values[which] for key, values in self.extra.items()},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """Places where a point stands or could stand. All arrays have one row a site.

    code:         unique: "M091" for the centre of municipality 091, "A00100" for area 00100, or the planner's own id.
    kind:         "centre" (a municipality's administrative centre), "area" (a population cell's centroid) or "own".
    municipality: code, "" where unknown.
    x, y:         float64 metres, EPSG:3067.
    """

    code: NDArray[np.str_]
    name: NDArray[np.str_]
    kind: NDArray[np.str_]
    municipality: NDArray[np.str_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    source: Source

    def __len__(self) -> int:
        return len(self.code)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Sites:
        """The chosen sites, in the order given."""
        return replace(
            self,
            code=self.code[which],
            name=self.name[which],
            kind=self.kind[which],
            municipality=self.municipality[which],
            x=self.x[which],
            y=self.y[which],
        )


@dataclass(frozen=True, eq=False)
class Country:
    """A country as it is, with what is known of its authorities and points, every part sourced.

    centres:   the localities that count as regional centres (18 in Finland), as municipality codes.
    conflicts: figures that disagree in the sources, kept side by side.
    mends:     what was put right in the raw data, and how.
    """

    name: str
    year: int
    regions: tuple[Region, ...]
    municipalities: tuple[Municipality, ...]
    cells: Cells
    authorities: tuple[Authority, ...]
    named_points: tuple[NamedPoint, ...]
    centres: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    sources: tuple[Source, ...]
    mends: tuple[Mend, ...] = ()

    @cached_property
    def municipality_by_code(self) -> dict[str, Municipality]:
        """Municipalities by their code."""
        return {municipality.code: municipality for municipality in self.municipalities}

    @cached_property
    def region_by_code(self) -> dict[str, Region]:
        """Regions by their code."""
        return {region.code: region for region in self.regions}

    def region(self, name: str) -> Region:
        """A region by code or by its name in any of its languages, capital letters or not.

        Raises UnknownPlace with the regions there are.
        """
        wanted = name.strip().casefold()
        for region in self.regions:
            if wanted in {
                region.code.casefold(),
                region.name_fi.casefold(),
                region.name_sv.casefold(),
                region.name_en.casefold(),
            }:
                return region
        known = ", ".join(sorted(region.name_fi for region in self.regions))
        raise UnknownPlace(f"No region is called {name!r}. The regions are: {known}.")

    @cached_property
    def region_of_cell(self) -> NDArray[np.str_]:
        """(cells,) region code of each cell, "" where its municipality is unknown."""
        regions = {municipality.code: municipality.region for municipality in self.municipalities}
        return np.array([regions.get(code, "") for code in self.cells.municipality.tolist()], dtype=np.str_)

    @cached_property
    def on_mainland(self) -> NDArray[np.bool_]:
        """(cells,) True for cells outside Åland."""
        islands = [region.code for region in self.regions if not region.mainland]
        return ~np.isin(self.region_of_cell, islands)
