"""Siting instances of the size of a country: people and travel times of the synthetic Finland, kept once computed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from synthetic import VERSION, SyntheticCountry, synthetic

from luukku.country.provenance import Source
from luukku.travel.graph import Arcs, arcs_of
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


def farther(
    sites: int = 1_000, seed: int = 1, *, cells: int = 100_000
) -> Callable[[NDArray[np.intp], float], TravelTimes]:
    """Gives the minutes of the first `sites` sites to some cells only, as far as a horizon asked then.

    The search sets out from whichever are fewer, from the cells along the roads or from the sites against them.
    """
    country = synthetic(cells=cells, sites=max(3_000, sites), seed=seed)
    arcs = Arcs(country.start, country.to, country.minutes)
    place = (country.x, country.y)
    at = country.site_node[:sites]

    def ask(which: NDArray[np.intp], horizon: float) -> TravelTimes:
        few = country.cell_node[which]
        limit = round(horizon * 60_000)
        if len(which) >= sites:
            found = search(prepare(arcs, at, few, place), limit)
            start, cell, time = found.start, found.cell, found.time
        else:
            backwards = arcs_of(arcs.nodes, arcs.to, arcs.source, arcs.minutes)
            found = search(prepare(backwards, few, at, place), limit)
            # By cell, sites ascending: a stable sort by site leaves the cells of each site ascending.
            order = np.argsort(found.cell, kind="stable")
            cell = np.repeat(np.arange(len(which), dtype=np.int32), np.diff(found.start))[order]
            start = np.concatenate(([0], np.cumsum(np.bincount(found.cell, minlength=sites)))).astype(np.int64)
            time = found.time[order]
        return TravelTimes(
            start=start,
            cell=cell,
            minutes=(time / 60_000).astype(np.float32),
            cells=len(which),
            horizon=horizon,
            source=Source("computation", "farther travel times over the synthetic Finland"),
        )

    return ask
