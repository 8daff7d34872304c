"""The country as the studio holds it in memory: every place that can hold a point, and the minutes to it.

Loaded once a process, at the first request that needs it. Sites are the municipal centres and then all areas, so that a
point can be tried anywhere; the solvers choose among the candidates only. A plan with a list of
candidates of the planner's own has those places after the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from luukku.country import finland
from luukku.country.model import Cells, Country, Sites
from luukku.country.sites import areas_as_sites, candidates, centres, municipal_centres
from luukku.errors import UnknownPlace
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Frame
from luukku.travel.embedded import finland_times
from luukku.travel.times import TravelTimes
from luukku.web.studio import uploads
from luukku.web.studio.models import Alternative

if TYPE_CHECKING:
    from luukku.country.readers import PointsFile


@dataclass(frozen=True, eq=False)
class Geography:
    """Country, sites and minutes that belong together.

    sites: municipal centres, then one site an area in the order of the cells, then the planner's own.
    times: minutes between those sites and the country's cells.
    listed: the planner's list of candidates; None when the default places are weighed.
    """

    country: Country
    sites: Sites
    times: TravelTimes
    listed: PointsFile | None = None
    _frames: dict[tuple[str, Criteria], Frame] = field(default_factory=dict, repr=False)

    @cached_property
    def site_by_code(self) -> dict[str, int]:
        """Site numbers by code."""
        return {code: number for number, code in enumerate(self.sites.code.tolist())}

    @cached_property
    def version(self) -> str:
        """Name, year and a fingerprint of cells and minutes: an alternative says on which it was made."""
        if self.listed is not None:
            return get().version
        digest = hashlib.sha256()
        for part in (self.country.cells.code, self.country.cells.people, self.times.start, self.times.minutes):
            digest.update(np.ascontiguousarray(part).tobytes())
        return f"{self.country.name} {self.country.year} {digest.hexdigest()[:12]}"

    @cached_property
    def area_of_site(self) -> NDArray[np.intp]:
        """(sites,) the area that a site lies in: an area's own, and for a municipal centre the nearest area."""
        if self.listed is not None:
            own = np.arange(self.shared, len(self.sites))
            return np.concatenate([get().area_of_site, _nearest_area(self.country.cells, self.sites.take(own))])
        cells, others = self.country.cells, len(self.sites) - len(self.country.cells)
        near = _nearest_area(cells, self.sites.take(np.arange(others)))
        return np.concatenate([near, np.arange(len(cells))]).astype(np.intp)

    @property
    def shared(self) -> int:
        """How many sites all plans have: those after them are the planner's own."""
        return len(self.sites) if self.listed is None else len(get().sites)

    @cached_property
    def is_centre(self) -> NDArray[np.bool_]:
        """(sites,) True for the sites of the regional centres."""
        return np.isin(self.sites.code, centres(self.country).code)

    @cached_property
    def is_candidate(self) -> NDArray[np.bool_]:
        """(sites,) True for the sites among which solvers choose."""
        if self.listed is not None:
            return np.isin(self.sites.code, self.listed.having("", "candidate", "fixed", "existing", "forbidden").code)
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

    def times_of(self, sites: Sites) -> TravelTimes:
        """The minutes to some of the sites, found by their codes."""
        return self.times.select(np.array([self.site_by_code[code] for code in sites.code.tolist()], dtype=np.intp))

    def planned(self, region: str) -> NDArray[np.bool_]:
        """(cells,) the cells that a plan is for: a region's, or with "" the mainland's."""
        return self.country.region_of_cell == region if region else self.country.on_mainland

    def cells(self, region: str) -> Cells:
        """All cells, with people only where the plan is for them: the figures of a plan count nobody else."""
        return _cells(self.country, region)

    def frame(self, region: str, criteria: Criteria) -> Frame:
        """What of an evaluation does not depend on the open points; the latest few are kept between clicks."""
        key = (region, criteria)
        if key not in self._frames:
            while len(self._frames) >= FRAMES:
                self._frames.pop(next(iter(self._frames)))
            self._frames[key] = Frame(self.cells(region), self.times, criteria, self.country)
        return self._frames[key]


FRAMES = 16
"""Of a geography that are kept."""


@lru_cache(maxsize=32)
def _cells(country: Country, region: str) -> Cells:
    planned = country.region_of_cell == region if region else country.on_mainland
    return replace(country.cells, people=np.where(planned, country.cells.people, 0.0))


def _nearest_area(cells: Cells, sites: Sites) -> NDArray[np.intp]:
    """(sites,) the number of the nearest area."""
    metres = np.hypot(sites.x[:, None] - cells.x, sites.y[:, None] - cells.y)
    return np.asarray(metres.argmin(axis=1), dtype=np.intp)


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


def of(alternative: Alternative) -> Geography:
    """The country with the places of the planner's own that an alternative has."""
    listed = alternative.candidates if alternative.candidates_id is not None else None
    return get() if listed is None else with_list(uploads.candidates(listed))


@lru_cache(maxsize=8)
def with_list(listed: PointsFile) -> Geography:
    """The country with the places of a list after the others; those that a known code names are there already."""
    known = get()
    own = listed.sites.take(listed.sites.kind == "own")
    towns = known.country.cells.municipality[_nearest_area(known.country.cells, own)]
    own = replace(own, municipality=np.where(own.municipality == "", towns, own.municipality))
    if not len(own):
        return replace(known, listed=listed, _frames={})
    minutes = finland_times(own)
    times = TravelTimes(
        start=np.concatenate([known.times.start, known.times.start[-1] + minutes.start[1:]]),
        cell=np.concatenate([known.times.cell, minutes.cell]),
        minutes=np.concatenate([known.times.minutes, minutes.minutes]),
        cells=known.times.cells,
        horizon=known.times.horizon,
        source=known.times.source,
    )
    columns = ("code", "name", "kind", "municipality", "x", "y")
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(known.sites, name), getattr(own, name)]) for name in columns
    }
    return Geography(known.country, replace(known.sites, **joined), times, listed)
