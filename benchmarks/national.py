"""Siting instances of the size of a country: people and travel times of the synthetic Finland, kept once computed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from synthetic import VERSION, SyntheticCountry, synthetic

from luukku.country.provenance import Source
from luukku.travel.graph import Arcs
from luukku.travel.search import prepare, search
from luukku.travel.times import TravelTimes

HUBS = frozenset(range(18))
"""The regional centres: the first sites of every instance."""


def national(
    sites: int = 1_000, seed: int = 1, *, cells: int = 100_000, horizon: int = 120
) -> tuple[NDArray[np.float64], TravelTimes]:
    """People (cells,) and the travel times of all cells to the first `sites` sites, from the cache folder or made now.

    horizon: minutes. The cache folder is LUUKKU_BENCH_CACHE, or `luukku-bench` among the machine's temporary files.
    """
    country = synthetic(cells=cells, sites=max(3_000, sites), seed=seed)
    folder = Path(os.environ.get("LUUKKU_BENCH_CACHE") or Path(tempfile.gettempdir()) / "luukku-bench")
    kept = folder / f"times-{VERSION}-{sites}-{cells}-{horizon}-{seed}"
    if not kept.is_dir():
        minutes_to(country, sites, horizon).save(kept)
    return country.people, TravelTimes.load(kept)


def minutes_to(country: SyntheticCountry, sites: int, horizon: int) -> TravelTimes:
    """The travel times to the first `sites` sites within `horizon` minutes."""
    arcs = Arcs(country.start, country.to, country.minutes)
    network = prepare(arcs, country.site_node[:sites], country.cell_node, (country.x, country.y))
    found = search(network, horizon * 60_000)
    return TravelTimes(
        start=found.start,
        cell=found.cell,
        minutes=(found.time / 60_000).astype(np.float32),
        cells=len(country.people),
        horizon=float(horizon),
        source=Source("computation", "travel times over the synthetic Finland"),
    )
