"""The impact of an alternative in a scenario, kept in the process.

What is kept is found by what it rests on (open points, region, scenario), not by the alternative's number: a changed
plan has another key, an undone change finds the old one again, and nothing has to be thrown away by hand.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from luukku.web.impact.chosen import Chosen
from luukku.web.studio import geography
from luukku.web.studio.models import Alternative

if TYPE_CHECKING:
    from luukku.plan.impact import Impact, Network, Phased

SECONDS = 20.0
"""Time for the proof of a phasing; the best so far counts then."""


class _Points(NamedTuple):
    """What the network of an alternative depends on."""

    open_sites: tuple[str, ...]
    region: str


def impact_of(alternative: Alternative, scenario: Chosen) -> Impact:
    """What the open points of an alternative mean in a scenario; parts are computed when asked for."""
    return _impact(_points(alternative), scenario)


def phased_of(alternative: Alternative, scenario: Chosen) -> Phased:
    """The proved years of openings and closures. Raises Impossible and LuukkuError as the library does."""
    return _phased(_points(alternative), scenario)


def forget() -> None:
    """Forget what scenarios mean, for those who measure how long it takes; networks are kept."""
    _impact.cache_clear()
    _phased.cache_clear()


def _points(alternative: Alternative) -> _Points:
    return _Points(tuple(sorted(alternative.open_sites)), alternative.region)


@lru_cache(maxsize=16)
def _network(points: _Points) -> Network:
    from luukku.network.evaluate import nearest_points
    from luukku.plan.impact import network_of_nearest

    known = geography.get()
    sites = known.numbers(points.open_sites)
    _minutes, nearest = nearest_points(known.times, sites)
    place = np.full(len(known.sites) + 1, -1, dtype=np.intp)  # the last one is for cells that no point reaches
    place[sites] = np.arange(len(sites))
    return network_of_nearest(known.sites.take(sites), place[nearest], known.country, region=points.region)


@lru_cache(maxsize=32)
def _impact(points: _Points, scenario: Chosen) -> Impact:
    # Only these pages need the library's upper floors, with the solver: other pages of the server do without.
    from luukku.outlook import default_parameters
    from luukku.outlook import scenario as named
    from luukku.plan.impact import impact

    course = named(scenario) if isinstance(scenario, str) else scenario.made()
    return impact(_network(points), geography.get().country, course, default_parameters())


@lru_cache(maxsize=16)
def _phased(points: _Points, scenario: Chosen) -> Phased:
    from luukku.network.problem import Stop

    return _impact(points, scenario).phasing(stop=Stop(seconds=SECONDS))
