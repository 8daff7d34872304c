"""The nucleolus: the least content coalition is made as content as can be, then the next, and so on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog

from luukku.premises.sharing.game import CostGame

TIGHT = 1e-8
"""A dual above this fixes a coalition's excess; the duals of a program sum to 1, and HiGHS is asked for 1e-10."""
SAME = 1e-9
"""Costs are scaled to at most 1; differences below this are taken for rounding."""


def nucleolus(game: CostGame) -> NDArray[np.float64]:
    """(players,) cents a year by the nucleolus; sums to the game's total, and lies in the core whenever there is one.

    Nobody pays more than alone when that is possible at all; otherwise (the total is above the sum of the costs alone)
    it is the prenucleolus. A sequence of linear programs (Kopelowitz 1967; Maschler, Peleg & Shapley 1979): each
    minimises the greatest excess that is still open and fixes the coalitions whose dual is positive. That raises the
    rank by at least one, so there are at most as many programs as players. Coalitions join a program only when they are
    violated. Between the programs the fixed excesses are solved as equations, and the next program moves only in the
    directions that these leave free, so errors do not add up from program to program.
    Source: Schmeidler, "The nucleolus of a characteristic function game" (1969).

    Raises ArithmeticError when two excesses cannot be told apart within the solver's accuracy.
    """
    if len(game.players) == 1:
        return np.array([game.total])
    scale = float(np.abs(game.cost).max()) or 1.0
    search = _Search(game, game.cost / scale)
    while search.free.shape[1]:
        left = search.free.shape[1]
        search.step()
        if search.free.shape[1] >= left:
            raise ArithmeticError("The nucleolus cannot be told apart within the solver's accuracy.")
    return search.shares * scale


class _Search:
    """Which coalitions' excesses are fixed so far, and in which directions the shares may still move.

    fixed: (coalition, number of its program); None for an excess that is 0 from the start (all together, or a player
           who pays as much as alone).
    free:  (players, directions) orthonormal directions that change no fixed coalition's share.
    """

    def __init__(self, game: CostGame, cost: NDArray[np.float64]) -> None:
        self.members = game.members
        self.cost = cost
        self.n = len(game.players)
        everyone = len(cost) - 1
        single = 1 << np.arange(self.n)
        bounded = bool(cost[single].sum() >= cost[-1] - SAME)
        self.top = cost[single] if bounded else np.full(self.n, np.inf)
        self.programs = 0
        self.fixed: list[tuple[int, int | None]] = [(everyone, None)]
        self.open = np.ones(len(cost), dtype=bool)
        self.open[[0, everyone]] = False
        self.active = [int(coalition) for coalition in single]
        self.shares, self.free = self._settled()

    def step(self) -> None:
        """One program: the least greatest excess of the open coalitions; those that it holds down become fixed."""
        self.active = [coalition for coalition in self.active if self.open[coalition]]
        if not self.active:
            self.active = self._next_open()
        while True:
            shares, epsilon, duals, bound_duals = self._program()
            excess = self.members @ shares - self.cost
            violated = np.flatnonzero(self.open & (excess > epsilon + SAME / 10))
            worst = violated[np.argsort(-excess[violated], kind="stable")[: 8 * self.n]]
            fresh = [int(coalition) for coalition in worst if coalition not in self.active]
            if not fresh:
                break
            self.active += fresh
        self.fixed += [(c, self.programs) for c, dual in zip(self.active, duals, strict=True) if dual > TIGHT]
        self.fixed += [(1 << player, None) for player in np.flatnonzero(bound_duals > TIGHT).tolist()]
        self.programs += 1
        self.shares, self.free = self._settled()
        self.open &= np.abs(self.members @ self.free).max(axis=1, initial=0.0) > SAME

    def _program(self) -> tuple[NDArray[np.float64], float, NDArray[np.float64], NDArray[np.float64]]:
        """(shares, excess, duals of the active coalitions, duals of the players' bounds)."""
        objective = np.zeros(self.free.shape[1] + 1)
        objective[-1] = 1.0
        bound = np.flatnonzero(np.isfinite(self.top) & (np.abs(self.free).max(axis=1) > SAME))
        while True:
            rows = np.vstack(
                [
                    np.hstack([self.members[self.active] @ self.free, -np.ones((len(self.active), 1))]),
                    np.hstack([self.free[bound], np.zeros((len(bound), 1))]),
                ]
            )
            right = np.concatenate(
                [
                    self.cost[self.active] - self.members[self.active] @ self.shares,
                    self.top[bound] - self.shares[bound] + SAME,
                ]
            )
            found = linprog(
                objective,
                A_ub=rows,
                b_ub=right,
                bounds=(None, None),
                method="highs",
                options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
            )
            if found.status == 0:
                break
            more = self._next_open()
            if found.status != 3 or not more:
                raise ArithmeticError(f"The nucleolus cannot be computed: {found.message}")
            # Too few coalitions yet to hold the excess down.
            self.active += more
        moved = np.asarray(found.x, dtype=np.float64)
        duals = -np.asarray(found.ineqlin.marginals, dtype=np.float64)
        bound_duals = np.zeros(self.n)
        bound_duals[bound] = duals[len(self.active) :]
        shares: NDArray[np.float64] = self.shares + self.free @ moved[:-1]
        return shares, float(moved[-1]), duals[: len(self.active)], bound_duals

    def _next_open(self) -> list[int]:
        """Some open coalitions that no program has met yet."""
        known = set(self.active)
        return [c for c in np.flatnonzero(self.open).tolist() if c not in known][: 8 * self.n]

    def _settled(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shares that keep all fixed excesses, and the directions left free.

        The equations: shares of the members - excess of the program = cost, one a fixed coalition.
        """
        equations = np.zeros((len(self.fixed), self.n + self.programs))
        right = np.empty(len(self.fixed))
        for row, (coalition, program) in enumerate(self.fixed):
            equations[row, : self.n] = self.members[coalition]
            if program is not None:
                equations[row, self.n + program] = -1.0
            right[row] = self.cost[coalition]
        solved = np.asarray(np.linalg.lstsq(equations, right, rcond=None)[0], dtype=np.float64)
        if np.abs(equations @ solved - right).max() > 1e-7:
            raise ArithmeticError("The nucleolus cannot be told apart within the solver's accuracy.")
        free = np.asarray(null_space(equations[:, : self.n], rcond=1e-9), dtype=np.float64)
        return solved[: self.n], free
