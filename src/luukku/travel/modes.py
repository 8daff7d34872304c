"""Ways of travel side by side: what share of the people each brings to the nearest point in how many minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near people are to the nearest point by one way of travel.

    mode: "car" or "transit". within: for each limit in minutes the share of the people (0-1). beyond: people farther
    than the horizon. median: least minutes that half of all people keep to, None when fewer than half reach a point.
    """

    mode: str
    within: dict[float, float]
    beyond: float
    median: float | None
    horizon: float
    source: str


def nearness(mode: str, times: TravelTimes, people: NDArray[np.float64], limits: Iterable[float]) -> Nearness:
    """Count people by their minutes to the nearest of all points; unknown counts (NaN) are left out.

    people: (cells,). Limits beyond the horizon are left out.
    """
    minutes = np.full(times.cells, np.inf, np.float32)
    np.minimum.at(minutes, times.cell, times.minutes)
    people = np.nan_to_num(people)
    total = float(people.sum())
    order = np.argsort(minutes, kind="stable")
    half = np.searchsorted(np.cumsum(people[order]), total / 2) if total else len(order)
    median = float(minutes[order[half]]) if half < len(order) else np.inf
    return Nearness(
        mode=mode,
        within={
            limit: float(people[minutes <= limit].sum()) / total if total else 0.0
            for limit in limits
            if limit <= times.horizon
        },
        beyond=float(people[~np.isfinite(minutes)].sum()),
        median=median if np.isfinite(median) else None,
        horizon=times.horizon,
        source=str(times.source),
    )
