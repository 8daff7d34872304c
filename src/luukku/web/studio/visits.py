"""Visits a week by area in a scenario: the people of its year (2030) by the trend of the municipalities."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from luukku.outlook import default_parameters, scenario
from luukku.outlook.population import project, trend
from luukku.outlook.visits import visits
from luukku.web.studio import geography, uploads
from luukku.web.studio.models import Alternative
from luukku.web.studio.uploads import Held


def visits_by_area(alternative: Alternative) -> NDArray[np.float64]:
    """(areas,) visits a week to state-service points, as the pages on what the plan means count them.

    Nobody's outside the area that the plan is for.
    """
    a_week = _by_area(alternative.scenario, Held.of(alternative.parameters))
    return np.where(geography.get().planned(alternative.region), a_week, 0.0)


def year_of(alternative: Alternative) -> int:
    """The year of the scenario's visits and people."""
    return scenario(alternative.scenario).year


@lru_cache(maxsize=8)
def _by_area(code: str, own: Held | None) -> NDArray[np.float64]:
    country, course = geography.get().country, scenario(code)
    values = uploads.parameters(own.upload) if own else default_parameters()
    cells = project(country.cells, trend(country.municipalities, course.year))
    return visits(cells, course, values).by_cell
