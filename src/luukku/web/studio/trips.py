"""A plan evaluated at the speed of a click: what does not depend on the open points is kept between clicks."""

from __future__ import annotations

from luukku.network.evaluate import Evaluation, nearest_points
from luukku.web.studio import geography
from luukku.web.studio.models import Alternative


def evaluation_of(alternative: Alternative) -> Evaluation:
    """The evaluation of the open points of an alternative, for the people of its area."""
    known = geography.of(alternative)
    sites = known.numbers(alternative.open_sites)
    frame = known.frame(alternative.region, alternative.criteria)
    return frame.describe(sites, *nearest_points(known.times, sites))
