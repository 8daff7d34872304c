"""Where to stop: the fewest stops that come near everybody who can be come near, each as near as it can be."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import most_covered
from luukku.network.problem import Problem, Stop
from luukku.travel.times import TravelTimes

GAP = 0.02
"""Relative gap between the stops and their bound that is good enough: one stop more or less in fifty."""


def choose_stops(
    people: NDArray[np.float64], times: TravelTimes, within: float, count: int | None, stop: Stop
) -> tuple[tuple[int, ...], int]:
    """Site numbers of the stops, ascending, and the fewest that could do; none when no site comes near anybody.

    people: (cells,) over the limit. times: places for a stop to cells.
    within: minutes that count as near.
    count:  so many stops that come near most people; None for few that come near everybody whom any can: the fewest, or
            so near to them that the bound leaves a gap of at most `GAP`.

    Choosing is set covering, or maximal covering with a count (see `luukku.network.cover`). Then each stop is moved, as
    long as nobody is lost, to where people's trips together are shortest.
    """
    sites = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = (times.minutes <= within) & (people[times.cell] > 0)
    reached = np.unique(times.cell[near])
    if not len(reached):
        return (), 0
    left = np.zeros_like(people)
    left[reached] = people[reached]
    problem = Problem(left, times)
    if count is None:
        covering = fewest_points(problem, within=within, stop=stop)
        fewest = math.ceil(covering.bound - 1e-6)
    else:
        covering = most_covered(problem, within=within, points=count, stop=stop)
        fewest = min(count, len(covering.sites))
    minutes = np.full((times.sites, len(reached)), np.inf)
    minutes[sites[near], np.searchsorted(reached, times.cell[near])] = times.minutes[near]
    return _moved_near(covering.sites, minutes, people[reached]), fewest


def _moved_near(chosen: tuple[int, ...], minutes: NDArray[np.float64], people: NDArray[np.float64]) -> tuple[int, ...]:
    """The stops moved one by one, as long as that saves person-minutes. minutes: (sites, cells), inf over the limit."""
    stops = [site for site in chosen if np.isfinite(minutes[site]).any()]
    covered = np.isfinite(minutes[stops]).any(axis=0)
    minutes, people = minutes[:, covered], people[covered]
    moved = True
    while moved:
        moved = False
        for number, site in enumerate(stops):
            others = minutes[stops[:number] + stops[number + 1 :]].min(axis=0, initial=np.inf)
            alone = np.isinf(others)
            able = np.flatnonzero(np.isfinite(minutes[:, alone]).all(axis=1))
            trips = np.minimum(minutes[able], others) @ people
            best = int(np.argmin(trips))
            if trips[best] < trips[np.searchsorted(able, site)] * (1 - 1e-9):
                stops[number] = int(able[best])
                moved = True
    return tuple(sorted(stops))
