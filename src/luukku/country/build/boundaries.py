"""Municipal boundaries, only to tell in which municipality a place lies and who is whose neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from luukku.country.build.raw import read_json
from luukku.errors import BadInput, Fault

GAP = 0.002
"""Degrees (about 200 m) by which the simplified borders of two neighbours may miss each other."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Codes and shapes of the municipalities, in degrees."""

    codes: list[str]
    shapes: list[BaseGeometry]

    def at(self, lon: float, lat: float) -> tuple[str, bool]:
        """The municipality of a place, and whether the place lies inside it (False: it is only the nearest)."""
        place = shapely.Point(lon, lat)
        nearest = int(np.argmin(shapely.distance(self.shapes, place)))
        return self.codes[nearest], bool(shapely.covers(self.shapes[nearest], place))

    def longest_common_border(self, code: str, among: set[str]) -> str:
        """Which of the municipalities has the longest border with `code`: most land within the gap of its border."""
        rim = shapely.buffer(self.shapes[self.codes.index(code)], GAP)
        others = sorted(among)
        touching = shapely.area(shapely.intersection(rim, [self.shapes[self.codes.index(other)] for other in others]))
        return others[int(np.argmax(touching))]


def read_boundaries(path: Path) -> Boundaries:
    """The municipal boundaries of the National Land Survey (GeoJSON, WGS84, `NATCODE` is the code).

    Raises BadInput when the file is missing or holds no such features.
    """
    content = read_json(path)
    try:
        features = sorted(content["features"], key=lambda feature: str(feature["properties"]["NATCODE"]))
        codes = [str(feature["properties"]["NATCODE"]) for feature in features]
        shapes = [shape(feature["geometry"]) for feature in features]
    except (KeyError, TypeError, AttributeError):
        codes, shapes = [], []
    if not codes:
        fault = Fault("no municipal boundaries were found", "features with NATCODE", "use the file as it was published")
        raise BadInput(path, [fault])
    return Boundaries(codes, shapes)
