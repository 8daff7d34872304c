"""What the premises and the service cost before and after, year by year, and who pays."""

from __future__ import annotations

from luukku.premises.costs.checks import CostFinding, check_costs
from luukku.premises.costs.items import (
    CostPlan,
    Investment,
    JointPoint,
    MobileService,
    OwnUnit,
    Sale,
    Sector,
    sector_of,
)
from luukku.premises.costs.need import need_until
from luukku.premises.costs.prices import joint_point_game, network_game, office_costs, own_units, point_costs
from luukku.premises.costs.statement import Group, Statement, Year, statement

__all__ = [
    "CostFinding",
    "CostPlan",
    "Group",
    "Investment",
    "JointPoint",
    "MobileService",
    "OwnUnit",
    "Sale",
    "Sector",
    "Statement",
    "Year",
    "check_costs",
    "joint_point_game",
    "need_until",
    "network_game",
    "office_costs",
    "own_units",
    "point_costs",
    "sector_of",
    "statement",
]
