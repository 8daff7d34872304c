"""The two criteria of the reform: how far the nearest point may be, and how many people it needs behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from luukku.country.demand import Demand


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the reform asks of a network.

    minutes: nobody farther from the nearest point than this by car (60; L33, L1309-1319).
    base:    people behind each point (10,000; L35-37, L1319). Read in two ways, both reported: people who live within
             `minutes` of the point, and people for whom it is the nearest point.
    near_base: a base below base x near_base counts as "near 10,000", where municipal services are compulsory
             (L1327-1329; the factor is an assumption, shown as such).
    rings:   minutes for which people are counted (30, 60, 90; L437-439).
    """

    minutes: float = 60.0
    base: float = 10_000.0
    near_base: float = 1.5
    rings: tuple[float, ...] = (30.0, 60.0, 90.0)
    demand: Demand = field(default_factory=Demand)
