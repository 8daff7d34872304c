"""Between the metres that planning computes with (EPSG:3067) and the degrees that maps show (WGS84)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from pyproj import Transformer


def to_wgs84(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude in degrees of metres in EPSG:3067 (ETRS-TM35FIN)."""
    lon, lat = _transformer("EPSG:3067", "EPSG:4326").transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)


def to_metres(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres in EPSG:3067 (ETRS-TM35FIN) of longitude and latitude in degrees."""
    x, y = _transformer("EPSG:4326", "EPSG:3067").transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


@cache
def _transformer(source: str, target: str) -> Transformer:
    from pyproj import Transformer  # slow to import, and most of the library never leaves the metres

    return Transformer.from_crs(source, target, always_xy=True)
