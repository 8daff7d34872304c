"""The areas of a plan that stay over the limit, and the light solution proposed for each."""

from __future__ import annotations

import numpy as np

from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative
from luukku.web.studio.schemas import LeftOutOut
from luukku.web.studio.trips import Trips


def left_out_of(known: Geography, alternative: Alternative, trips: Trips) -> list[LeftOutOut]:
    over = ~(trips.minutes <= alternative.minutes) & (trips.people > 0)
    return [
        LeftOutOut.model_construct(area=area, people=float(trips.people[area]), solution="")
        for area in np.flatnonzero(over).tolist()
    ]
