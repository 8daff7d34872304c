"""The impact of an alternative in a scenario, kept in the process.

What is kept is found by what it rests on (open points, region, own files, scenario), not by the alternative's number: a
changed plan has another key, an undone change finds the old one again, and nothing has to be thrown away by hand.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from luukku.web.impact.chosen import Chosen
from luukku.web.studio import geography, uploads
from luukku.web.studio.models import Alternative
from luukku.web.studio.uploads import Held

if TYPE_CHECKING:
    from luukku.country.readers import PointsFile
    from luukku.plan.impact import Impact, Network, Phased

SECONDS = 20.0
"""Time for the proof of a phasing; the best so far counts then."""


class _Points(NamedTuple):
    """What the network of an alternative depends on."""

    open_sites: tuple[str, ...]
    region: str
    listed: PointsFile | None


def impact_of(alternative: Alternative, scenario: Chosen) -> Impact:
    """What the open points of an alternative mean in a scenario; parts are computed when asked for."""
    return _impact(_points(alternative), _files(alternative), scenario)


def phased_of(alternative: Alternative, scenario: Chosen, budget: int | None = None) -> Phased:
    """The proved years of openings and closures.

    budget: euros for investments in each year, None for any. Raises Impossible and LuukkuError as the library does.
    """
    return _phased(_points(alternative), _files(alternative), scenario, budget)


class _Files(NamedTuple):
    """What of the planner's own is counted with; None for what ships."""

    premises: Held | None
    parameters: Held | None


def _files(alternative: Alternative) -> _Files:
    return _Files(Held.of(alternative.premises), Held.of(alternative.parameters))


def _points(alternative: Alternative) -> _Points:
    known = geography.of(alternative)
    return _Points(tuple(sorted(alternative.open_sites)), alternative.region, known.listed)


@lru_cache(maxsize=16)
def _network(points: _Points) -> Network:
    from luukku.network.evaluate import nearest_points
    from luukku.plan.impact import network_of_nearest

    known = geography.get() if points.listed is None else geography.with_list(points.listed)
    sites = known.numbers(points.open_sites)
    _minutes, nearest = nearest_points(known.times, sites)
    place = np.full(len(known.sites) + 1, -1, dtype=np.intp)  # the last one is for cells that no point reaches
    place[sites] = np.arange(len(sites))
    return network_of_nearest(known.sites.take(sites), place[nearest], known.country, region=points.region)


@lru_cache(maxsize=32)
def _impact(points: _Points, files: _Files, scenario: Chosen) -> Impact:
    # Only these pages need the library's upper floors, with the solver: other pages of the server do without.
    from luukku.outlook import default_parameters
    from luukku.outlook import scenario as named
    from luukku.plan.impact import impact

    course = named(scenario) if isinstance(scenario, str) else scenario.made()
    return impact(
        _network(points),
        geography.get().country,
        course,
        uploads.parameters(files.parameters.upload) if files.parameters else default_parameters(),
        premises=uploads.premises(files.premises.upload) if files.premises else None,
    )


@lru_cache(maxsize=16)
def _phased(points: _Points, files: _Files, scenario: Chosen, budget: int | None) -> Phased:
    from luukku.network.problem import Stop

    found = _impact(points, files, scenario)
    if budget is not None:
        years = range(found.terms.first, found.terms.phased_to + 1)
        found = replace(found, terms=replace(found.terms, budget=dict.fromkeys(years, 100 * budget)))
    return found.phasing(stop=Stop(seconds=SECONDS))
