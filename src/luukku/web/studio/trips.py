"""The trips to a plan's open points: nearest and second nearest of each area, and what follows for each point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """Trips to the open sites; infinite minutes where no point is within reach.

    sites:          (points,) numbers of the open sites, ascending.
    people:         (cells,) people of the planned area, 0 elsewhere.
    first, second:  (cells,) places in `sites` of the nearest and the second nearest point, -1 when out of reach.
    minutes, other: (cells,) float32 minutes to them.
    """

    sites: NDArray[np.intp]
    people: NDArray[np.float64]
    first: NDArray[np.intp]
    minutes: NDArray[np.float32]
    second: NDArray[np.intp]
    other: NDArray[np.float32]


def trips_of(known: Geography, alternative: Alternative) -> Trips:
    """The trips of an alternative as it is now."""
    sites = known.numbers(alternative.open_sites)
    chosen = known.times.select(sites)
    # Two rows of infinities stand for "nowhere", so that the second nearest exists with any number of points.
    table = np.full((len(sites) + 2, chosen.cells), np.inf, np.float32)
    table[np.repeat(np.arange(len(sites)), np.diff(chosen.start)), chosen.cell] = chosen.minutes
    column = np.arange(chosen.cells)
    first = table.argmin(axis=0)
    minutes = table[first, column]
    table[first, column] = np.inf
    second = table.argmin(axis=0)
    other = table[second, column]
    first[np.isinf(minutes)] = -1
    second[np.isinf(other)] = -1
    return Trips(sites, known.cells(alternative.region).people, first, minutes, second, other)
