"""A road network as it was read: junctions and links, before any speed is chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source

CLASSES = (
    "motorway",
    "main_1",
    "main_2",
    "regional",
    "connecting",
    "street",
    "joint",
    "ferry",
    "cable_ferry",
)
"""Road classes in Finland's sense (valtatie = main_1, kantatie = main_2, seututie = regional, yhdystie = connecting);
"joint" is the short link between two points that stand for one crossing."""


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Junctions and links.

    x, y:       (nodes,) float64 metres, EPSG:3067.
    start, end: (links,) int32 node numbers.
    metres:     (links,) float64 along the road.
    road_class: (links,) int8 index into CLASSES.
    urban:      (links,) bool, in a built-up area.
    both_ways:  (links,) bool; False means start -> end only.
    limit:      (links,) float32 signed speed limit in km/h, NaN where unknown.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    metres: NDArray[np.float64]
    road_class: NDArray[np.int8]
    urban: NDArray[np.bool_]
    both_ways: NDArray[np.bool_]
    limit: NDArray[np.float32]
    source: Source
