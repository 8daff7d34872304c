"""The consequences of a network in a scenario: how many come, how much space, what it costs, who pays, and when."""

from __future__ import annotations

from luukku.plan.impact.costs import Terms
from luukku.plan.impact.example import example_premises, is_example
from luukku.plan.impact.leases import Step, latest_notice, lease_pack
from luukku.plan.impact.network import Network, named_network, network_of, network_of_nearest, network_of_plan
from luukku.plan.impact.offices import OfficePlace, Offices
from luukku.plan.impact.parts import Impact, impact
from luukku.plan.impact.phases import Phased
from luukku.plan.impact.sharing import Sharing
from luukku.plan.impact.visits import NetworkVisits

__all__ = [
    "Impact",
    "Network",
    "NetworkVisits",
    "OfficePlace",
    "Offices",
    "Phased",
    "Sharing",
    "Step",
    "Terms",
    "example_premises",
    "impact",
    "is_example",
    "latest_notice",
    "lease_pack",
    "named_network",
    "network_of",
    "network_of_nearest",
    "network_of_plan",
]
