"""Metres and degrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.projection import to_metres, to_wgs84


def test_helsinki_lies_where_the_statistics_say() -> None:
    lon, lat = to_wgs84(384979.0, 6672361.0)  # centroid of area 00100 in both systems, Statistics Finland
    assert (float(lon), float(lat)) == pytest.approx((24.926875, 60.171899), abs=1e-5)


@given(st.floats(60_000, 750_000), st.floats(6_610_000, 7_790_000))
def test_there_and_back_is_the_same_place_within_a_millimetre(x: float, y: float) -> None:
    back = to_metres(*to_wgs84(x, y))
    assert (float(back[0]), float(back[1])) == pytest.approx((x, y), abs=1e-3)
