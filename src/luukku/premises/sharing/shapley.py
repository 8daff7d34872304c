"""The Shapley value: everyone pays what joining costs on average over all orders of joining."""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

from luukku.premises.sharing.game import CostGame


def shapley(game: CostGame) -> NDArray[np.float64]:
    """(players,) cents a year by the Shapley value, exactly over all coalitions; sums to the game's total.

    Source: Shapley, "A value for n-person games" (1953).
    """
    n = len(game.players)
    sizes = game.members.sum(axis=1).astype(np.intp)
    weight = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    coalitions = np.arange(len(game.cost))
    value = np.empty(n, dtype=np.float64)
    for player in range(n):
        without = coalitions[(coalitions >> player & 1) == 0]
        joining = game.cost[without | (1 << player)] - game.cost[without]
        value[player] = (weight[sizes[without]] * joining).sum()
    return value
