"""The country as the studio holds it in memory: every place that can hold a point, and the minutes to it.

Loaded once a process, at the first request that needs it. Sites are the municipal centres and then all areas, so that a
point can be tried anywhere; the solvers choose among the candidates only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from luukku.country import finland
from luukku.country.model import Cells, Country, Sites
from luukku.country.sites import areas_as_sites, candidates, centres, municipal_centres
from luukku.errors import UnknownPlace
from luukku.travel.embedded import finland_times
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, eq=False)
class Geography:
    """Country, sites and minutes that belong together.

    sites: municipal centres, then one site an area in the order of the cells.
    times: minutes between those sites and the country's cells.
    """

    country: Country
    sites: Sites
    times: TravelTimes

    @cached_property
    def site_by_code(self) -> dict[str, int]:
        """Site numbers by code."""
        return {code: number for number, code in enumerate(self.sites.code.tolist())}

    @cached_property
    def version(self) -> str:
        """Name, year and a fingerprint of cells and minutes: an alternative says on which it was made."""
        digest = hashlib.sha256()
        for part in (self.country.cells.code, self.country.cells.people, self.times.start, self.times.minutes):
            digest.update(np.ascontiguousarray(part).tobytes())
        return f"{self.country.name} {self.country.year} {digest.hexdigest()[:12]}"

    @cached_property
    def area_of_site(self) -> NDArray[np.intp]:
        """(sites,) the area that a site lies in: an area's own, and for a municipal centre the nearest area."""
        cells, others = self.country.cells, len(self.sites) - len(self.country.cells)
        own = np.arange(len(cells))
        metres = np.hypot(self.sites.x[:others, None] - cells.x, self.sites.y[:others, None] - cells.y)
        return np.concatenate([metres.argmin(axis=1), own]).astype(np.intp)

    @cached_property
    def is_centre(self) -> NDArray[np.bool_]:
        """(sites,) True for the sites of the regional centres."""
        return np.isin(self.sites.code, centres(self.country).code)

    @cached_property
    def is_candidate(self) -> NDArray[np.bool_]:
        """(sites,) True for the sites among which solvers choose."""
        return np.isin(self.sites.code, candidates(self.country).code)

    @cached_property
    def region_of_site(self) -> NDArray[np.str_]:
        """(sites,) region code of a site."""
        regions = {municipality.code: municipality.region for municipality in self.country.municipalities}
        return np.array([regions.get(code, "") for code in self.sites.municipality.tolist()], dtype=np.str_)

    def known(self, codes: Iterable[str]) -> list[str]:
        """The codes, sorted, each once. Raises UnknownPlace for one that is no site."""
        wanted = sorted(set(codes))
        if unknown := [code for code in wanted if code not in self.site_by_code]:
            raise UnknownPlace(f"There is no place with the code {', '.join(unknown[:10])}.")
        return wanted

    def numbers(self, codes: Iterable[str]) -> NDArray[np.intp]:
        """Site numbers of codes, ascending."""
        return np.array(sorted(self.site_by_code[code] for code in codes), dtype=np.intp)

    def name(self, code: str) -> str:
        """A site's name."""
        return str(self.sites.name[self.site_by_code[code]])

    def planned(self, region: str) -> NDArray[np.bool_]:
        """(cells,) the cells that a plan is for: a region's, or with "" the mainland's."""
        return self.country.region_of_cell == region if region else self.country.on_mainland

    @cache  # noqa: B019 - the one geography of the process lives as long as the process
    def cells(self, region: str) -> Cells:
        """All cells, with people only where the plan is for them: the figures of a plan count nobody else."""
        cells = self.country.cells
        return replace(cells, people=np.where(self.planned(region), cells.people, 0.0))


@cache
def get() -> Geography:
    """The embedded country. Takes some tenths of a second the first time."""
    country = finland()
    near, far = municipal_centres(country), areas_as_sites(country, least_people=-np.inf)
    sites = Sites(
        code=np.concatenate([near.code, far.code]),
        name=np.concatenate([near.name, far.name]),
        kind=np.concatenate([near.kind, far.kind]),
        municipality=np.concatenate([near.municipality, far.municipality]),
        x=np.concatenate([near.x, far.x]),
        y=np.concatenate([near.y, far.y]),
        source=far.source,
    )
    times = finland_times(sites)
    # Plain views of the mapped file: slicing a memory map itself costs more than the sums over a slice.
    times = replace(times, cell=np.asarray(times.cell), minutes=np.asarray(times.minutes))
    return Geography(country, sites, times)
