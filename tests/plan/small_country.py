"""A small country on one road: ten areas ten kilometres apart, a minute a kilometre, two regions and an island."""

from __future__ import annotations

import numpy as np

from luukku.country.model import Cells, Country, Municipality, Region, Sites
from luukku.country.provenance import Source
from luukku.travel.times import TravelTimes

SOURCE = Source("computation", "the small country of the tests")
HORIZON = 120.0
WEST, EAST, ISLAND = "01", "02", "21"
TOWNS = ("Länsilä", "Salo", "Keskilä", "Itälä", "Rajala", "Saari")
KM = np.array([0.0, 10, 20, 60, 70, 80, 100, 150, 160, 400])
PEOPLE = np.array([50_000.0, 5_000, 2_000, 20_000, 3_000, 900, 12_000, 4_000, 500, 1_500])
TOWN_OF = np.array(["001", "001", "002", "003", "003", "003", "004", "005", "005", "021"])


def small_country() -> Country:
    """Regions 01 (km 0-80) and 02 (km 100-160) on the mainland, and the island 21 at km 400. Länsilä is the centre."""
    codes = ("001", "002", "003", "004", "005", "021")
    regions = (WEST, WEST, WEST, EAST, EAST, ISLAND)
    km = (0.0, 20.0, 60.0, 100.0, 150.0, 400.0)
    return Country(
        name="Finland",
        year=2021,
        regions=(
            Region(WEST, "Länsimaa", "Västland", "Westland", True),
            Region(EAST, "Itämaa", "Östland", "Eastland", True),
            Region(ISLAND, "Saarimaa", "Öland", "Isleland", False),
        ),
        municipalities=tuple(
            Municipality(
                code=code,
                name_fi=name,
                name_sv=f"{name} på svenska",
                region=region,
                languages="fi",
                urbanity="urban" if code == "001" else "rural",
                x=300_000.0 + 1000 * at,
                y=6_800_000.0,
                lon=24.0,
                lat=61.0,
                people={2012: 1_000.0, 2022: 1_100.0},
            )
            for code, name, region, at in zip(codes, TOWNS, regions, km, strict=True)
        ),
        cells=Cells(
            code=np.array([f"{10_000 + number}" for number in range(len(KM))]),
            name=np.array([f"Kylä {number}" for number in range(len(KM))]),
            municipality=TOWN_OF.copy(),
            people=PEOPLE.copy(),
            x=300_000.0 + 1000 * KM,
            y=np.full(len(KM), 6_800_000.0),
            year=2022,
            source=SOURCE,
        ),
        authorities=(),
        named_points=(),
        centres=("001",),
        conflicts=(),
        sources=(SOURCE,),
    )


def minutes_of(sites: Sites) -> TravelTimes:
    """A minute a kilometre along the road, up to the horizon."""
    trips = np.abs((sites.x[:, None] - 300_000.0) / 1000 - KM[None, :])
    near = trips <= HORIZON
    start = np.concatenate(([0], np.cumsum(near.sum(axis=1)))).astype(np.int64)
    return TravelTimes(
        start, np.nonzero(near)[1].astype(np.int32), trips[near].astype(np.float32), len(KM), HORIZON, SOURCE
    )
