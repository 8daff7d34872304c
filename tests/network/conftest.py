"""Small networks: random ones to check against brute force, and a few drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.country import finland as embedded_finland
from luukku.country.model import Cells, Country, Sites
from luukku.country.provenance import Source
from luukku.country.sites import candidates
from luukku.travel.embedded import finland_times
from luukku.travel.times import TravelTimes

MADE_UP = Source("computation", "drawn for a test")


def matrix(minutes: list[list[float | None]], horizon: float = 120.0) -> TravelTimes:
    """A travel-time matrix from rows of sites; None is out of reach."""
    cells = len(minutes[0]) if minutes else 0
    pairs = [[(cell, trip) for cell, trip in enumerate(row) if trip is not None] for row in minutes]
    return TravelTimes(
        start=np.concatenate(([0], np.cumsum([len(row) for row in pairs]))).astype(np.int64),
        cell=np.array([cell for row in pairs for cell, _ in row], dtype=np.int32),
        minutes=np.array([trip for row in pairs for _, trip in row], dtype=np.float32),
        cells=cells,
        horizon=horizon,
        source=MADE_UP,
    )


def cells_of(people: list[float], municipality: list[str] | None = None, **extra: list[float]) -> Cells:
    """Cells ten kilometres apart on a line."""
    count = len(people)
    return Cells(
        code=np.array([f"{number:05d}" for number in range(count)], dtype=np.str_),
        name=np.array([f"Area {number}" for number in range(count)], dtype=np.str_),
        municipality=np.array(municipality or ["001"] * count, dtype=np.str_),
        people=np.array(people, dtype=np.float64),
        x=10_000.0 * np.arange(count),
        y=np.zeros(count),
        year=2022,
        source=MADE_UP,
        extra={name: np.array(values, dtype=np.float64) for name, values in extra.items()},
    )


def sites_of(municipality: list[str]) -> Sites:
    """Sites ten kilometres apart on a line, in the municipalities given."""
    count = len(municipality)
    return Sites(
        code=np.array([f"S{number}" for number in range(count)], dtype=np.str_),
        name=np.array([f"Site {number}" for number in range(count)], dtype=np.str_),
        kind=np.array(["own"] * count, dtype=np.str_),
        municipality=np.array(municipality, dtype=np.str_),
        x=10_000.0 * np.arange(count),
        y=np.zeros(count),
        source=MADE_UP,
    )


def scattered(cells: int, sites: int, seed: int = 1, side: float = 300.0, horizon: float = 120.0) -> TravelTimes:
    """Sites and cells scattered over a square; minutes are kilometres."""
    rng = np.random.default_rng(seed)
    at, around = rng.random((sites, 2)) * side, rng.random((cells, 2)) * side
    distance = np.hypot(*(at[:, None, :] - around[None, :, :]).transpose(2, 0, 1))
    return matrix([[float(trip) if trip <= horizon else None for trip in row] for row in distance], horizon)


@pytest.fixture
def line() -> TravelTimes:
    """Five cells and five sites on a line, ten minutes apart; a site in its own cell is 1 minute away."""
    return matrix([[float(max(abs(site - cell) * 10, 1)) for cell in range(5)] for site in range(5)])


@pytest.fixture(scope="session")
def finland() -> Country:
    """The embedded country."""
    return embedded_finland()


@pytest.fixture(scope="session")
def finland_sites(finland) -> Sites:
    """All municipal centres, and every area over 1,000 people."""
    return candidates(finland)


@pytest.fixture(scope="session")
def finland_minutes(finland_sites, tmp_path_factory) -> TravelTimes:
    """Minutes from the candidates to every area."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUUKKU_CACHE", str(tmp_path_factory.mktemp("cache")))
        return finland_times(finland_sites)
