"""Minutes between the places of the embedded Finland, as they ship, and for a planner's own places.

`build_minutes` computes them once from roads; `finland_times` needs no road file. The shipped file tells as a byte in
which half minute a value lies, and `finland_times` answers with its middle: at most 0.25 minutes off, and always on the
right side of a limit of whole or half minutes, so who is counted within 30 or 60 minutes is exact.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.embedded import finland
from luukku.country.model import Country, Sites
from luukku.country.provenance import Source
from luukku.country.roads import Roads
from luukku.country.sites import areas_as_sites, municipal_centres
from luukku.errors import Impossible, UnknownPlace
from luukku.travel.access import Access
from luukku.travel.times import TravelTimes, cached, key_of
from luukku.travel.workers import Workers, this_machine

SHIPPED = files("luukku.travel") / "data" / "finland_minutes.npz"
HORIZON = 120.0
STEP = 0.5
"""Minutes of one unit in the shipped file."""
ABSENT = 255

_SAME_FILE_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Shipped:
    """What the shipped file holds.

    row: site codes; cell: cell codes; x, y: where each cell sets out, metres in EPSG:3067;
    steps: (rows, cells) uint8 half minutes rounded up, ABSENT beyond the horizon.
    """

    row: NDArray[np.str_]
    cell: NDArray[np.str_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    steps: NDArray[np.uint8]
    source: Source


def build_minutes(
    country: Country,
    roads: Roads,
    out: str | Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    workers: Workers = this_machine,
) -> TravelTimes:
    """Compute the minutes from every area to every area and municipal centre, and write them to the file `out`.

    Areas set out, and points in them stand, where `luukku.travel.homes` puts them.
    Returns the exact minutes before rounding; `progress` is called with (sites done, all sites), and
    `workers` search.
    """
    from luukku.travel.graph import road_graph
    from luukku.travel.homes import homes
    from luukku.travel.paths import travel_times
    from luukku.travel.speeds import default_speeds

    home = homes(country, roads)
    cells = replace(country.cells, x=home.x, y=home.y)
    sites = _every_site(replace(country, cells=cells))
    times = travel_times(road_graph(roads, default_speeds()), sites, cells, HORIZON, workers=workers, progress=progress)
    steps = np.full((len(sites), len(cells)), ABSENT, np.uint8)
    row = np.repeat(np.arange(len(sites)), np.diff(times.start))
    steps[row, times.cell] = np.ceil(times.minutes / STEP)
    source = Source(
        "computation",
        "luukku.travel.embedded.build_minutes",
        f"quickest ways by car on the roads of {roads.source}; within {STEP / 2:g} minutes",
        roads.source.date,
        roads.source.licence,
    )
    _write(Path(out), _Shipped(sites.code, cells.code, cells.x.round(1), cells.y.round(1), steps, source))
    return times


def finland_times(sites: Sites, horizon: float = HORIZON) -> TravelTimes:
    """Minutes from the cells of `finland()` to the sites, at most 0.25 minutes off the computed ones.

    Municipal centres ("M091") and areas ("A00100") are looked up. A place of the planner's own (kind "own") is tied to
    its nearest area: its minutes are that area's and those of the straight way between the two, by `Access`. The answer
    is kept in the user's cache folder (or LUUKKU_CACHE) and mapped from there the next time.

    Raises UnknownPlace for a site that is neither, and Impossible for a horizon beyond the shipped 120 minutes.
    """
    if horizon > HORIZON:
        raise Impossible(
            f"The shipped minutes reach as far as {HORIZON:g}, not {horizon:g}. Compute from roads instead."
        )
    key = key_of(_fingerprint(), sites.code, sites.kind, sites.x, sites.y, horizon, Access())
    return cached(cache_folder() / "times", key, lambda: _finland_times(sites, horizon))


def middle_minutes(steps: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The float32 minutes that shipped steps stand for, inf where absent: step n is the half minute up to n / 2."""
    minutes = np.maximum(steps * np.float32(STEP) - np.float32(STEP / 2), np.float32(0))
    minutes[steps == ABSENT] = np.inf
    return np.asarray(minutes, np.float32)


def cache_folder() -> Path:
    """Where computed matrices are kept: LUUKKU_CACHE, or the user's cache folder."""
    if chosen := os.environ.get("LUUKKU_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("luukku")


def _finland_times(sites: Sites, horizon: float) -> TravelTimes:
    shipped, codes = _shipped(), finland().cells.code
    order = _places(shipped.cell, codes, "Finland's shipped minutes know no cell")
    home_x, home_y = shipped.x[order], shipped.y[order]
    own = np.flatnonzero(sites.kind == "own")
    away = [np.hypot(home_x - x, home_y - y) for x, y in zip(sites.x[own], sites.y[own], strict=True)]
    wanted = sites.code.astype(object)
    wanted[own] = [f"A{codes[metres.argmin()]}" for metres in away]
    row = _places(shipped.row, wanted.astype(np.str_), "Finland's shipped minutes know no site")
    steps = shipped.steps[row]
    if not np.array_equal(order, np.arange(len(codes))):
        steps = steps[:, order]

    minutes = middle_minutes(steps)
    for site, metres in zip(own, away, strict=True):
        minutes[site] = _from_own_place(minutes[site], metres)
    within = minutes <= horizon
    return TravelTimes(
        start=np.concatenate(([0], np.cumsum(within.sum(axis=1)))).astype(np.int64),
        cell=np.nonzero(within)[1].astype(np.int32),
        minutes=minutes[within],
        cells=len(codes),
        horizon=horizon,
        source=shipped.source,
    )


def _from_own_place(by_area: NDArray[np.float32], metres: NDArray[np.float64]) -> NDArray[np.float32]:
    """Minutes of a place that lies so many straight metres from each cell, given those of its nearest area."""
    access = Access()
    straight = access.minutes(metres)
    direct = np.where(metres <= access.direct_metres, straight + access.door_minutes, np.inf)
    return np.asarray(np.minimum(by_area + straight.min(), direct), np.float32)


def _places(known: NDArray[np.str_], wanted: NDArray[np.str_], trouble: str) -> NDArray[np.intp]:
    order = np.argsort(known, kind="stable")
    place = order[np.minimum(np.searchsorted(known, wanted, sorter=order), len(known) - 1)]
    if (missing := known[place] != wanted).any():
        raise UnknownPlace(f"{trouble} {', '.join(wanted[missing][:5])}.")
    return place


def _every_site(country: Country) -> Sites:
    areas, centres = areas_as_sites(country, least_people=-np.inf), municipal_centres(country)
    return Sites(
        code=np.concatenate((areas.code, centres.code)),
        name=np.concatenate((areas.name, centres.name)),
        kind=np.concatenate((areas.kind, centres.kind)),
        municipality=np.concatenate((areas.municipality, centres.municipality)),
        x=np.concatenate((areas.x, centres.x)),
        y=np.concatenate((areas.y, centres.y)),
        source=areas.source,
    )


def _write(out: Path, shipped: _Shipped) -> None:
    """Write a file that `numpy.load` reads, the same bytes for the same minutes, whole or not at all."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    arrays = {
        "row": shipped.row,
        "cell": shipped.cell,
        "x": shipped.x,
        "y": shipped.y,
        "steps": shipped.steps,
        "about": np.array(json.dumps({"step": STEP, "horizon": HORIZON, "source": asdict(shipped.source)})),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            for name, values in arrays.items():
                content = io.BytesIO()
                np.save(content, values)
                entry = zipfile.ZipInfo(f"{name}.npy", _SAME_FILE_TIME)
                archive.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED, 9)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


@cache
def _shipped() -> _Shipped:
    with SHIPPED.open("rb") as file, np.load(file, allow_pickle=False) as held:
        about = json.loads(str(held["about"]))
        return _Shipped(held["row"], held["cell"], held["x"], held["y"], held["steps"], Source(**about["source"]))


@cache
def _fingerprint() -> str:
    """What tells one shipped file from another: the checksums of its parts."""
    with SHIPPED.open("rb") as file, zipfile.ZipFile(file) as archive:
        return repr([(entry.filename, entry.CRC) for entry in archive.infolist()])
