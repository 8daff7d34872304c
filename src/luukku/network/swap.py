"""Good choices of covering sites, fast: greedy adding, then swaps of one site for another with a short memory.

Sources: Teitz & Bart (1968) for the swap; Glover (1989) for the memory (a site just moved rests for some rounds);
Lourenço, Martin & Stützle (2003) for going on from the best choice after a shake. Everything is deterministic: the
shakes are drawn from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class CoverSearch:
    """A choice of sites under change: how often each group is covered, and what one more or one fewer site would do.

    rows:   (rows, columns) CSR of ones; weight: (rows,) float64, the people of each group.
    chosen: columns, in no order.
    """

    REST = 7
    """Rounds for which a site just moved is left alone."""
    SHAKEN = 5
    """Sites exchanged in a shake."""
    PATIENCE = 15
    """Rounds of swaps without improvement after which a shake follows."""

    def __init__(self, rows: sparse.csr_array, weight: NDArray[np.float64]) -> None:
        self.rows = rows
        self.by_site = sparse.csr_array(rows.T)
        self.weight = weight
        self.coverable = (np.diff(rows.indptr) > 0) & (weight > 0)
        self.chosen: list[int] = []
        self.times_covered = np.zeros(rows.shape[0], dtype=np.int64)

    @property
    def uncovered(self) -> float:
        """Weight that no chosen site covers."""
        return float(self.weight[self.times_covered == 0].sum())

    def add(self, column: int) -> None:
        """Choose a site."""
        self.chosen.append(column)
        self.times_covered[self._covered_by(column)] += 1

    def remove(self, column: int) -> None:
        """Take a site out of the choice."""
        self.chosen.remove(column)
        self.times_covered[self._covered_by(column)] -= 1

    def gains(self) -> NDArray[np.float64]:
        """(columns,) weight that each site would newly cover; nothing for the chosen ones."""
        return np.asarray(self.by_site @ np.where(self.times_covered == 0, self.weight, 0.0))

    def losses(self) -> NDArray[np.float64]:
        """(chosen,) weight that only each chosen site covers."""
        alone = np.where(self.times_covered == 1, self.weight, 0.0)
        return np.asarray(self.by_site @ alone)[self.chosen]

    def add_greedily(self, spare: float, most: int) -> None:
        """Add the site that covers most, again and again, until `spare` or less is uncovered or `most` are chosen."""
        while len(self.chosen) < most and self.uncovered > spare:
            gains = self.gains()
            best = int(np.argmax(gains))
            if gains[best] <= 0:
                return
            self.add(best)

    def swap_until(self, enough: float, patience: int, stopped: Callable[[], bool]) -> bool:
        """Swap until at most `enough` is uncovered, or nothing got better for `patience` rounds; keep the best choice.

        Returns whether enough is covered.
        """
        best, best_choice = self.uncovered, list(self.chosen)
        resting: dict[int, int] = {}
        since = turn = 0
        while best > enough and since < patience and self.chosen and not stopped():
            turn += 1
            change = self._changes()
            for column, until in resting.items():
                if until >= turn:
                    change[:, column] = -np.inf
                    if column in self.chosen:
                        change[self.chosen.index(column)] = -np.inf
            out, into = np.unravel_index(int(np.argmax(change)), change.shape)
            if not np.isfinite(change[out, into]):
                break
            leaving, entering = self.chosen[int(out)], int(into)
            self.remove(leaving)
            self.add(entering)
            resting[leaving] = turn + self.REST
            resting[entering] = turn + self.REST // 2
            since += 1
            if self.uncovered < best - 1e-9:
                best, best_choice, since = self.uncovered, list(self.chosen), 0
        self.choose(best_choice)
        return best <= enough

    def search_until(self, enough: float, shakes: int, stopped: Callable[[], bool]) -> bool:
        """Swap, shake and swap again until at most `enough` is uncovered or after so many shakes; keep the best choice.

        Returns whether enough is covered.
        """
        draw = np.random.default_rng(0)
        self.swap_until(enough, 4 * self.PATIENCE, stopped)
        best, best_choice = self.uncovered, list(self.chosen)
        for _ in range(shakes):
            if best <= enough or stopped():
                break
            self._shake(draw)
            self.swap_until(enough, self.PATIENCE, stopped)
            if self.uncovered <= best:
                best, best_choice = self.uncovered, list(self.chosen)
            else:
                self.choose(best_choice)
        self.choose(best_choice)
        return best <= enough

    def _shake(self, draw: np.random.Generator) -> None:
        """Take some sites out at random, and cover people drawn from those left out, each with the best site for it."""
        size = len(self.chosen)
        for column in draw.permutation(self.chosen)[: self.SHAKEN].tolist():
            self.remove(column)
        while len(self.chosen) < size:
            left = np.flatnonzero((self.times_covered == 0) & self.coverable)
            if not len(left):
                break
            row = int(draw.choice(left, p=self.weight[left] / self.weight[left].sum()))
            columns = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]
            self.add(int(columns[np.argmax(self.gains()[columns])]))

    def choose(self, columns: list[int]) -> None:
        """Choose exactly these sites."""
        self.chosen = list(columns)
        self.times_covered = np.asarray(self.by_site[columns].sum(axis=0), dtype=np.int64).ravel()

    def _changes(self) -> NDArray[np.float64]:
        """(chosen, columns) weight newly covered when the one goes and the other comes (Teitz & Bart)."""
        once = np.flatnonzero(self.times_covered == 1)
        place = np.full(self.rows.shape[1], -1)
        place[self.chosen] = np.arange(len(self.chosen))
        picked = sparse.coo_array(self.rows[once])
        at, column = picked.coords
        mine = place[column] >= 0
        alone = sparse.csr_array(
            (self.weight[once[at[mine]]], (place[column[mine]], once[at[mine]])),
            shape=(len(self.chosen), self.rows.shape[0]),
        )
        change: NDArray[np.float64] = (alone @ self.rows).toarray()
        change += self.gains()[None, :] - np.asarray(alone.sum(axis=1)).ravel()[:, None]
        change[:, self.chosen] = -np.inf
        return change

    def _covered_by(self, column: int) -> NDArray[np.int32]:
        return self.by_site.indices[self.by_site.indptr[column] : self.by_site.indptr[column + 1]]
