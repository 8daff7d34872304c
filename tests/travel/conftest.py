"""Small road networks, cells and sites with answers that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from luukku.country.model import Cells, Sites
from luukku.country.provenance import Source
from luukku.country.roads import CLASSES, Roads
from luukku.travel.access import Access
from luukku.travel.speeds import Speeds

MADE_UP = Source("computation", "made up for a test")

Link = tuple[int, int, float, str]


def roads_of(
    nodes: Sequence[tuple[float, float]], links: Sequence[Link], *, one_way: Sequence[int] = (), limit: float = np.nan
) -> Roads:
    count = len(links)
    both_ways = np.ones(count, np.bool_)
    both_ways[list(one_way)] = False
    return Roads(
        x=np.array([x for x, _ in nodes], float),
        y=np.array([y for _, y in nodes], float),
        start=np.array([link[0] for link in links], np.int32),
        end=np.array([link[1] for link in links], np.int32),
        metres=np.array([link[2] for link in links], float),
        road_class=np.array([CLASSES.index(link[3]) for link in links], np.int8),
        urban=np.zeros(count, np.bool_),
        both_ways=both_ways,
        limit=np.full(count, limit, np.float32),
        source=MADE_UP,
    )


def cells_at(*places: tuple[float, float]) -> Cells:
    count = len(places)
    return Cells(
        code=np.array([f"c{i}" for i in range(count)]),
        name=np.array([f"Cell {i}" for i in range(count)]),
        municipality=np.full(count, "001"),
        people=np.ones(count),
        x=np.array([x for x, _ in places], float),
        y=np.array([y for _, y in places], float),
        year=2022,
        source=MADE_UP,
    )


def sites_at(*places: tuple[float, float], kind: str = "own") -> Sites:
    count = len(places)
    return Sites(
        code=np.array([f"s{i}" for i in range(count)]),
        name=np.array([f"Site {i}" for i in range(count)]),
        kind=np.full(count, kind),
        municipality=np.full(count, "001"),
        x=np.array([x for x, _ in places], float),
        y=np.array([y for _, y in places], float),
        source=MADE_UP,
    )


@pytest.fixture
def sixty() -> Speeds:
    """Every class at 60 km/h, a kilometre a minute; ferries wait ten minutes first."""
    speed = np.full(len(CLASSES), 60.0)
    wait = np.where([name.endswith("ferry") for name in CLASSES], 10.0, 0.0)
    return Speeds(speed, speed, wait, np.ones(len(CLASSES)), ("made up for a test",) * len(CLASSES))


@pytest.fixture
def on_the_spot() -> Access:
    """Places lie on the junctions themselves: no way to the road, no parking, no straight way between places."""
    return Access(door_minutes=0.0, spots=1, most_metres=10.0, direct_metres=0.0)
