"""Who pays what: the cost game of a joint point, rules of sharing, and whether anyone would be better off alone."""

from __future__ import annotations

from luukku.premises.sharing.core import Complaint, CoreTest, core_test, explain, least_core
from luukku.premises.sharing.game import CostGame, cost_game
from luukku.premises.sharing.nucleolus import nucleolus
from luukku.premises.sharing.rules import RULES, Shares, Users, share, to_the_cent
from luukku.premises.sharing.shapley import shapley

__all__ = [
    "RULES",
    "Complaint",
    "CoreTest",
    "CostGame",
    "Shares",
    "Users",
    "core_test",
    "cost_game",
    "explain",
    "least_core",
    "nucleolus",
    "shapley",
    "share",
    "to_the_cent",
]
