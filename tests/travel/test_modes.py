"""Ways of travel side by side."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.travel.modes import nearness
from luukku.travel.times import TravelTimes

from .conftest import MADE_UP


@pytest.fixture
def two_points() -> TravelTimes:
    """Cell 0 is 5 minutes from a point, cell 1 is 20 and 30, cell 2 is 60, and cell 3 is near none."""
    return TravelTimes(
        np.array([0, 2, 4]), np.array([0, 1, 1, 2], np.int32), np.array([5, 30, 20, 60], np.float32), 4, 60.0, MADE_UP
    )


def test_the_nearest_point_counts_and_who_reaches_none_is_told(two_points: TravelTimes) -> None:
    told = nearness("car", two_points, np.array([10.0, 30.0, 20.0, 40.0]), (5.0, 20.0, 60.0, 90.0))
    assert told.within == {5.0: 0.1, 20.0: 0.4, 60.0: 0.6}
    assert told.beyond == 40.0
    assert told.median == 60.0


def test_the_middle_person_may_reach_no_point(two_points: TravelTimes) -> None:
    assert nearness("car", two_points, np.array([10.0, 10.0, 10.0, 40.0]), ()).median is None


def test_nobody_and_unknown_people_are_no_trouble(two_points: TravelTimes) -> None:
    assert nearness("car", two_points, np.zeros(4), (5.0,)).within == {5.0: 0.0}
    assert nearness("car", two_points, np.array([np.nan, 1.0, 1.0, np.nan]), (20.0,)).within == {20.0: 0.5}
