"""The country with its regional centres as a network, and its impact in the assumed course."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.model import Country, Sites
from luukku.country.sites import centres
from luukku.outlook import Parameters, default_parameters, scenario
from luukku.plan.impact import Impact, Network, impact, network_of
from luukku.travel.embedded import finland_times
from luukku.travel.times import TravelTimes


@pytest.fixture(scope="session")
def country() -> Country:
    return finland()


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return default_parameters()


@pytest.fixture(scope="session")
def points(country: Country) -> Sites:
    return centres(country)


@pytest.fixture(scope="session")
def times(points: Sites) -> TravelTimes:
    return finland_times(points)


@pytest.fixture(scope="session")
def network(points: Sites, times: TravelTimes, country: Country) -> Network:
    return network_of(points, times, country)


@pytest.fixture(scope="session")
def assumed(network: Network, country: Country, parameters: Parameters) -> Impact:
    """The assumed course with the example list of premises."""
    return impact(network, country, scenario("assumed"), parameters)


@pytest.fixture
def two_points(points: Sites) -> np.ndarray:
    """Numbers of Joensuu and Kuopio among the centres."""
    return np.flatnonzero(np.isin(points.name, ["Joensuu", "Kuopio"]))
