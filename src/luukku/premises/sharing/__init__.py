"""Who pays what: the cost game of a joint point, rules of sharing, and whether anyone would be better off alone."""

from __future__ import annotations

from luukku.premises.sharing.core import Complaint, CoreTest, core_test, explain, least_core
from luukku.premises.sharing.game import CostGame, cost_game
from luukku.premises.sharing.nucleolus import nucleolus
from luukku.premises.sharing.reading import COSTS, USERS, read_costs, read_users
from luukku.premises.sharing.rules import RULES, Rule, Shares, Users, share, to_the_cent, users_of
from luukku.premises.sharing.shapley import shapley
from luukku.premises.sharing.table import RuleResult, sharing_table

__all__ = [
    "COSTS",
    "RULES",
    "USERS",
    "Complaint",
    "CoreTest",
    "CostGame",
    "Rule",
    "RuleResult",
    "Shares",
    "Users",
    "core_test",
    "cost_game",
    "explain",
    "least_core",
    "nucleolus",
    "read_costs",
    "read_users",
    "shapley",
    "share",
    "sharing_table",
    "to_the_cent",
    "users_of",
]
