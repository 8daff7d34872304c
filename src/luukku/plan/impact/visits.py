"""Who comes to the points of a network in a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.outlook.visits import CHANNELS, Visits
from luukku.plan.impact.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class NetworkVisits:
    """Visits a week to state services, of the whole country and by where they come.

    found:     the whole country's visits by cell and channel; they sum to the scenario's.
    by_point:  (points, 4) visits a week by channel, in the order of CHANNELS.
    elsewhere: visits a week of planned cells that no point of the network serves (light solutions or neighbours do).
    outside:   visits a week of the cells that are not planned.
    """

    found: Visits
    by_point: NDArray[np.float64]
    elsewhere: float
    outside: float

    @property
    def a_week(self) -> float:
        """Visits a week at all points."""
        return float(self.by_point.sum())

    @property
    def a_year(self) -> float:
        """Visits a year at all points."""
        return self.a_week * self.found.weeks


def network_visits(found: Visits, network: Network) -> NetworkVisits:
    """The visits of the country's cells at the points that serve them."""
    served = network.point_of_cell >= 0
    by_point = np.zeros((len(network.points), len(CHANNELS)))
    np.add.at(by_point, network.point_of_cell[served], found.a_week[served])
    return NetworkVisits(
        found,
        by_point,
        elsewhere=float(found.a_week[network.planned & ~served].sum()),
        outside=float(found.a_week[~network.planned].sum()),
    )
