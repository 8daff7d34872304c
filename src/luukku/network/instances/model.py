"""A published or own instance as it was read: distances to serve customers with, or sets to cover rows with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.country.provenance import Source
from luukku.country.readers.faults import refuse
from luukku.errors import BadInput
from luukku.travel.times import TravelTimes

MOST_PAIRS = 100_000_000
"""Pairs of a customer and a site beyond which an instance is not read: they need about 16 bytes each, and more to
solve."""


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Customers, sites, and the cost of serving the one from the other (minutes, metres, any unit).

    name:       the file's name without its ending; layout: "or-pmedian", "tsplib", "csv" or "npz".
    times:      site -> customers with the cost as `minutes`; a pair that is absent is out of reach. Costs are 32-bit
                floats: whole numbers up to 16,777,216 are exact, others are kept to about 7 digits.
    weights:    (customers,) float64; a customer of weight 0 asks for nothing.
    p:          how many sites the file asks for, None when it does not say.
    site_names: (sites,) as the file names them; () when they are numbered from 1.
    """

    name: str
    layout: str
    times: TravelTimes
    weights: NDArray[np.float64]
    p: int | None = None
    site_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Covering:
    """Rows to cover with columns that have a cost.

    name:   the file's name without its ending; layout: "or-cover-rows" or "or-cover-columns".
    covers: (rows, columns) CSR of ones: the column covers the row.
    costs:  (columns,) float64, at least 0.
    """

    name: str
    layout: str
    covers: sparse.csr_array
    costs: NDArray[np.float64]


Instance = Distances | Covering


def from_dense(costs: NDArray[np.floating], source: Source) -> TravelTimes:
    """Costs of a (customers, sites) array; infinite means out of reach."""
    by_site = costs.T
    reached = np.isfinite(by_site)
    start = np.concatenate(([0], np.cumsum(reached.sum(axis=1)))).astype(np.int64)
    minutes = by_site[reached].astype(np.float32)
    return TravelTimes(
        start=start,
        cell=np.nonzero(reached)[1].astype(np.int32),
        minutes=minutes,
        cells=costs.shape[0],
        horizon=horizon_of(minutes),
        source=source,
    )


def horizon_of(costs: NDArray[np.float32]) -> float:
    """The largest cost; 1 when there is none above 0."""
    return float(costs.max(initial=0.0)) or 1.0


def too_large(path: Path, customers: int, sites: int) -> BadInput | None:
    """The refusal of an instance that has more pairs than are held in memory, or None."""
    if customers * sites <= MOST_PAIRS:
        return None
    return refuse(
        path,
        f"{customers:,} customers and {sites:,} sites make {customers * sites:,} pairs",
        f"at most {MOST_PAIRS:,} pairs",
        "leave out pairs that are too far apart to matter, and give the rest as a sparse NPZ file",
    )
