"""A plan evaluated at the speed of a click: what does not depend on the open points is kept between clicks."""

from __future__ import annotations

from functools import lru_cache

from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation, Frame, nearest_points
from luukku.web.studio import geography
from luukku.web.studio.models import Alternative


@lru_cache(maxsize=32)
def _frame(region: str, criteria: Criteria) -> Frame:
    known = geography.get()
    return Frame(known.cells(region), known.times, criteria, known.country)


def evaluation_of(alternative: Alternative) -> Evaluation:
    """The evaluation of the open points of an alternative, for the people of its area."""
    known = geography.get()
    sites = known.numbers(alternative.open_sites)
    frame = _frame(alternative.region, alternative.criteria)
    return frame.describe(sites, *nearest_points(known.times, sites))
