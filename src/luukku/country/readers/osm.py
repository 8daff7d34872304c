"""Roads of an OpenStreetMap extract (PBF, XML or another format that osmium reads)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luukku.country.junctions import parts
from luukku.country.provenance import Source
from luukku.country.roads import CLASSES, Roads
from luukku.errors import BadInput, Fault

HIGHWAYS = {
    "motorway": "motorway",
    "trunk": "main_1",
    "primary": "main_2",
    "secondary": "regional",
    "tertiary": "connecting",
    "unclassified": "connecting",
    "motorway_link": "connecting",
    "trunk_link": "connecting",
    "primary_link": "connecting",
    "secondary_link": "connecting",
    "tertiary_link": "connecting",
    "residential": "street",
    "living_street": "street",
    "road": "street",
}
"""Road classes by the value of `highway`, as OpenStreetMap uses it in Finland. Ramps count as connecting roads; service
roads, tracks and paths are left out."""

CLOSED = frozenset({"no", "private", "agricultural", "forestry", "delivery", "military"})
CAR_FERRY = frozenset({"yes", "designated", "permissive", "destination"})
LIMITS = {"FI:urban": 50.0, "FI:rural": 80.0, "FI:motorway": 120.0, "walk": 7.0}
URBAN_LIMIT = 50.0
"""A signed limit of at most so many km/h marks a built-up area (the general limit there, Road Traffic Act 729/2018)."""
MPH = 1.609344


@dataclass(slots=True)
class _Ways:
    """What is collected while the file is read: one entry a way, one a point along it."""

    ids: list[int] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    road_class: list[int] = field(default_factory=list)
    direction: list[int] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)


def read_osm(path: str | Path) -> Roads:
    """Read the roads and car ferries of an OpenStreetMap extract.

    Ways are cut where they meet. `maxspeed` becomes the limit, `oneway`, roundabouts and motorways the direction, and
    the `duration` of a ferry its speed. Ways that cars may not use are left out. Lengths are measured in EPSG:3067.

    Raises BadInput when the file cannot be read or holds no roads.
    """
    ways = _read(Path(path))
    if not ways.first:
        raise BadInput(
            path,
            [Fault("it holds no roads for cars", "ways tagged highway=...", "take an extract with the road network")],
        )
    return _links(ways, Source("dataset", "OpenStreetMap contributors", Path(path).name, "", "ODbL 1.0"))


def _read(path: Path) -> _Ways:
    import osmium

    if not path.is_file():
        raise BadInput(path, [Fault("there is no such file", "an OpenStreetMap extract", "check the path")])
    ways = _Ways()
    try:
        reader = (
            osmium.FileProcessor(str(path))
            .with_locations()
            .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
            .with_filter(osmium.filter.KeyFilter("highway", "route"))
        )
        for way in reader:
            _take(way, ways)
    except (RuntimeError, osmium.InvalidLocationError) as trouble:
        raise BadInput(
            path,
            [
                Fault(
                    f"osmium cannot read it ({trouble})",
                    "an OpenStreetMap extract, such as .osm.pbf",
                    "download it again",
                )
            ],
        ) from trouble
    return ways


def _take(way: Any, ways: _Ways) -> None:
    tags = way.tags
    highway = tags.get("highway")
    ferry = tags.get("route") == "ferry"
    access = tags.get("motorcar") or tags.get("motor_vehicle") or tags.get("vehicle") or tags.get("access")
    if ferry:
        if access not in CAR_FERRY:
            return
        road_class = "cable_ferry" if tags.get("ferry:cable") == "yes" else "ferry"
    elif highway in HIGHWAYS and access not in CLOSED and tags.get("area") != "yes":
        road_class = HIGHWAYS[highway]
    else:
        return
    run: list[tuple[int, float, float]] = []
    for node in way.nodes:
        if node.location.valid():
            run.append((node.ref, node.location.lon, node.location.lat))
        else:  # an extract is cut at its border: what lies beyond is unknown
            _add(run, ways, road_class, tags)
            run = []
    _add(run, ways, road_class, tags)


def _add(run: list[tuple[int, float, float]], ways: _Ways, road_class: str, tags: Any) -> None:
    if len(run) < 2:
        return
    ways.first.append(len(ways.ids))
    ways.ids += [ref for ref, _, _ in run]
    ways.lon += [lon for _, lon, _ in run]
    ways.lat += [lat for _, _, lat in run]
    ways.road_class.append(CLASSES.index(road_class))
    ways.direction.append(_direction(tags))
    ways.limit.append(float("nan") if road_class.endswith("ferry") else speed_limit(tags.get("maxspeed")))
    ways.minutes.append(duration(tags.get("duration")) if road_class.endswith("ferry") else float("nan"))


def speed_limit(text: str | None) -> float:
    """The limit in km/h of a `maxspeed` tag, NaN where it is missing or not understood."""
    if text in LIMITS:
        return LIMITS[text]
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph)?", (text or "").strip())
    if not found or float(found[1]) <= 0:
        return float("nan")
    return float(found[1]) * (MPH if found[2] else 1.0)


def duration(text: str | None) -> float:
    """The minutes of a `duration` tag ("20", "00:20", "00:20:00" or "PT20M"), NaN where missing or not understood."""
    text = (text or "").strip()
    if found := re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?", text):
        minutes = 60.0 * int(found[1] or 0) + int(found[2] or 0)
    elif found := re.fullmatch(r"(?:(\d+):)?(\d+)(?::(\d+))?", text):
        minutes = 60.0 * int(found[1] or 0) + int(found[2]) + int(found[3] or 0) / 60
    else:
        minutes = 0.0
    return minutes if minutes > 0 else float("nan")


def _direction(tags: Any) -> int:
    """1: forward only, -1: backward only, 0: both ways."""
    oneway = tags.get("oneway")
    if oneway in {"yes", "true", "1"}:
        return 1
    if oneway in {"-1", "reverse"}:
        return -1
    implied = tags.get("junction") in {"roundabout", "circular"} or tags.get("highway") in {"motorway", "motorway_link"}
    return 1 if implied and oneway != "no" else 0


def _links(ways: _Ways, source: Source) -> Roads:
    from luukku.country.projection import to_metres

    ids, number = np.unique(np.array(ways.ids, np.int64), return_inverse=True)
    x, y = to_metres(ways.lon, ways.lat)
    ends = [*ways.first[1:], len(ways.ids)]
    last = np.array(ends) - 1
    uses = np.bincount(number, minlength=len(ids))
    cut = uses[number] > 1
    cut[np.array(ways.first)] = cut[last] = True
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))

    way_number, a, b = _cut_up(ways, ends, cut)
    metres = along[b] - along[a]
    direction = np.array(ways.direction, np.int8)[way_number]
    road_class = np.array(ways.road_class, np.int8)[way_number]
    limit = np.array(ways.limit)[way_number]
    sailing = np.array(ways.minutes)
    whole = along[last] - along[np.array(ways.first)]
    limit = np.where(np.isnan(limit), (whole / sailing * 0.06)[way_number], limit)
    urban = (limit <= URBAN_LIMIT) | (road_class == CLASSES.index("street"))

    used, position = np.unique(np.concatenate((number[a], number[b])), return_inverse=True)
    place = np.zeros(len(ids), np.intp)
    place[number] = np.arange(len(number))
    backward = direction < 0
    tail, head = position[: len(a)], position[len(a) :]
    roads = Roads(
        x=x[place[used]],
        y=y[place[used]],
        start=np.where(backward, head, tail).astype(np.int32),
        end=np.where(backward, tail, head).astype(np.int32),
        metres=metres,
        road_class=road_class,
        urban=urban,
        both_ways=direction == 0,
        limit=limit.astype(np.float32),
        source=source,
    )
    return _with_remarks(roads)


def _cut_up(
    ways: _Ways, ends: list[int], cut: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(links,) the way of each link between two nodes at which ways are cut, and the places of these nodes."""
    way_of: list[int] = []
    start: list[int] = []
    end: list[int] = []
    for way, (first, beyond) in enumerate(zip(ways.first, ends, strict=True)):
        stops = first + np.flatnonzero(cut[first:beyond])
        for one, following in pairwise(stops.tolist()):
            way_of.append(way)
            start.append(one)
            end.append(following)
    return np.array(way_of), np.array(start), np.array(end)


def _with_remarks(roads: Roads) -> Roads:
    sizes = np.bincount(parts(roads))
    told = float((~np.isnan(roads.limit)).mean())
    return replace(
        roads,
        remarks=(
            f"{len(sizes)} parts; the largest holds {sizes.max()} of {roads.nodes} junctions.",
            f"{told:.0%} of the links tell a speed limit; the others go by their class.",
        ),
    )
