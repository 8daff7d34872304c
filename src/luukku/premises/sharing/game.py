"""The cost game: what every coalition of the players would pay if it had a point of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction

MOST_PLAYERS = 16
"""More players mean more than 65,536 coalitions, which the exact methods here are not meant for."""


@dataclass(frozen=True, eq=False)
class CostGame:
    """Costs of all coalitions.

    players: their names or codes; player i is bit i of a coalition's number.
    cost:    (2**players,) float64, cents a year of each coalition alone; cost[0] is 0, the last is all together's.

    Raises Contradiction when the sizes do not fit, there are too many players, or a cost is not a number.
    """

    players: tuple[str, ...]
    cost: NDArray[np.float64]

    def __post_init__(self) -> None:
        n = len(self.players)
        if not 1 <= n <= MOST_PLAYERS:
            raise Contradiction(f"A cost game has 1 to {MOST_PLAYERS} players; {n} were given.")
        if len(set(self.players)) < n:
            raise Contradiction("Two players of a cost game have the same name.")
        if self.cost.shape != (2**n,):
            raise Contradiction(f"{n} players make {2**n} coalitions; {self.cost.size} costs were given.")
        if not np.isfinite(self.cost).all() or self.cost[0] != 0:
            raise Contradiction("Every coalition must have a cost in numbers, and the empty one must cost nothing.")

    @property
    def total(self) -> float:
        """Cents a year of all together."""
        return float(self.cost[-1])

    @property
    def alone(self) -> NDArray[np.float64]:
        """(players,) cents a year of each alone."""
        alone: NDArray[np.float64] = self.cost[1 << np.arange(len(self.players))]
        return alone

    @cached_property
    def members(self) -> NDArray[np.float64]:
        """(coalitions, players) 1.0 where the player is in the coalition."""
        numbers = np.arange(len(self.cost))[:, None]
        members: NDArray[np.float64] = ((numbers >> np.arange(len(self.players))) & 1).astype(np.float64)
        return members

    def names(self, coalition: int) -> tuple[str, ...]:
        """The players of a coalition by its number."""
        return tuple(name for bit, name in enumerate(self.players) if coalition >> bit & 1)

    def excess(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """(coalitions,) cents a year that each coalition pays beyond its cost alone; above 0 it would rather leave."""
        excess: NDArray[np.float64] = self.members @ shares - self.cost
        return excess


def cost_game(players: Sequence[str], cost: Callable[[frozenset[str]], float]) -> CostGame:
    """The game of a function that tells the cost of any non-empty set of players.

    Raises Contradiction as CostGame does.
    """
    n = len(players)
    if not 1 <= n <= MOST_PLAYERS:
        raise Contradiction(f"A cost game has 1 to {MOST_PLAYERS} players; {n} were given.")
    costs = np.zeros(2**n, dtype=np.float64)
    for coalition in range(1, 2**n):
        costs[coalition] = cost(frozenset(name for bit, name in enumerate(players) if coalition >> bit & 1))
    return CostGame(tuple(players), costs)
