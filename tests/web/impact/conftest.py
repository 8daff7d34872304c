"""Plans whose impact is looked at, on the embedded country."""

from __future__ import annotations

import pytest

CENTRES = ("M091", "M837", "M564", "M297", "M167", "M398")  # Helsinki, Tampere, Oulu, Kuopio, Joensuu, Lahti


@pytest.fixture
def plan(planner):
    """A planner's own plan with six points."""
    from luukku.web.studio import services

    return services.create("Kuusi pistettä", by=planner, open_sites=CENTRES)


@pytest.fixture
def colleague(make_user):
    """Another planner of the whole country."""
    return make_user("planner", email="colleague@example.org")


@pytest.fixture
def planner_client(client, planner):
    """The planner's browser, without a browser."""
    client.force_login(planner)
    return client
