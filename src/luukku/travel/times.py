"""The travel-time matrix: minutes between sites and cells, sparse, saved and mapped from disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source


@dataclass(frozen=True, slots=True, eq=False)
class TravelTimes:
    """Minutes from cells to sites (the customer's trip to the point), kept by site.

    start:   (sites + 1,) int64; site s has the pairs start[s]:start[s + 1].
    cell:    (pairs,) int32 cell numbers, ascending within a site.
    minutes: (pairs,) float32.
    cells:   how many cells there are.
    horizon: minutes beyond which nothing was computed; an absent pair is farther than this.
    """

    start: NDArray[np.int64]
    cell: NDArray[np.int32]
    minutes: NDArray[np.float32]
    cells: int
    horizon: float
    source: Source

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return len(self.start) - 1

    def of(self, site: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The cells within the horizon of a site, and their minutes."""
        part = slice(int(self.start[site]), int(self.start[site + 1]))
        return self.cell[part], self.minutes[part]
