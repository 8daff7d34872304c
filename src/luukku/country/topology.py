"""TopoJSON: borders that are kept once as arcs and shared by the areas on both sides.

Format: https://github.com/topojson/topojson-specification (version 3), quantised topologies only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Topology = dict[str, Any]
Arc = list[list[float]]


def arcs(topology: Topology, digits: int = 6) -> list[Arc]:
    """The arcs as lists of [longitude, latitude] in degrees, rounded so that the text of a map stays short."""
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    lengths = [len(arc) for arc in topology["arcs"]]
    steps = np.array([point for arc in topology["arcs"] for point in arc], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    along = np.cumsum(steps, axis=0)
    before = np.repeat(along[starts] - steps[starts], lengths, axis=0)
    points = ((along - before) * scale + translate).round(digits).tolist()
    return [points[start : start + length] for start, length in zip(starts.tolist(), lengths, strict=True)]


def geometry(shape: dict[str, Any], arcs: list[Arc]) -> dict[str, Any]:
    """A shape of a topology (lines or polygons) as GeoJSON. Raises ValueError for any other shape."""
    kind, parts = shape["type"], shape["arcs"]
    match kind:
        case "MultiLineString":
            coordinates: Any = [_joined(line, arcs) for line in parts]
        case "Polygon":
            coordinates = [_joined(ring, arcs) for ring in parts]
        case "MultiPolygon":
            coordinates = [[_joined(ring, arcs) for ring in polygon] for polygon in parts]
        case _:
            raise ValueError(f"a shape of type {kind} is neither lines nor polygons")
    return {"type": kind, "coordinates": coordinates}


def _joined(numbers: list[int], arcs: list[Arc]) -> Arc:
    """Arcs end to end; a number ~n means arc n backwards. The point where two arcs meet is kept once."""
    line: Arc = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(arc[1:] if line else arc)
    return line


def encode(objects: dict[str, Any], arcs: list[NDArray[np.int64]], scale: float) -> Topology:
    """A topology of whole-number arcs, (points, 2) each, in units of `scale` degrees; only the steps are kept."""
    return {
        "type": "Topology",
        "transform": {"scale": [scale, scale], "translate": [0, 0]},
        "objects": objects,
        "arcs": [np.diff(arc, axis=0, prepend=[[0, 0]]).tolist() for arc in arcs],
    }
