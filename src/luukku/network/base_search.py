"""Good choices of points that each keep a base by nearest point: open, close and swap with a short memory.

People missing to a base are charged at a price that rises while some are missing and falls while none are, so that the
search walks along the border of what is allowed (strategic oscillation, Glover 1989). Deterministic for a seed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from luukku.network import catchments
from luukku.network.catchments import Bools, Choice, Ground, Int64s

NEAR = 40
"""Sites around a point that a swap looks at."""
AT_ONCE = 16
"""Sites weighed at once when the best one is looked for in the order of what they could bring."""
LEFT_OUT = 20
"""Cells left out, drawn by their people, whose sites are looked at for opening."""
FIRST_PRICE = 0.3
"""People left out that one person missing to a base is worth at first."""
PRICES = (0.02, 10.0)
"""Least and most people left out that one person missing to a base is worth."""


class BaseSearch:
    """The search over one ground.

    may:      (sites,) the sites that may be opened; standing: (sites,) those open whatever is chosen, without a base.
    base:     people behind every point chosen; 0 asks for none. most: points that may be chosen, None for any number.
    groups:   sets of sites of which at most one may be open.
    """

    def __init__(
        self,
        land: Ground,
        *,
        may: Bools,
        standing: Bools,
        base: float,
        most: int | None,
        groups: tuple[frozenset[int], ...],
    ) -> None:
        self.land, self.may, self.standing, self.base = land, may, standing, base
        self.most = len(may) if most is None else most
        self.kin = _kin(groups)
        self.around = _around(land, may)
        self.draw = np.random.default_rng(0)
        self.made: Choice = catchments.choice(land, standing)
        self.gain, self.short = np.zeros(len(may)), np.zeros(len(may))

    def covered(self) -> float:
        """People within the limit of the points of now."""
        return float(catchments.covered(self.land, self.made))

    def chosen(self) -> NDArray[np.intp]:
        """The points of now that do not stand anyway, ascending."""
        return np.flatnonzero(self.made.is_open & ~self.standing)

    def missing(self) -> NDArray[np.float64]:
        """(chosen,) people missing to the base of each point of now; a sum's rounding is none."""
        missing = self.base - self.made.served[self.chosen()]
        return np.where(missing > 1e-9 * self.base, missing, 0.0)

    def choose(self, sites: NDArray[np.intp]) -> None:
        """Exactly these sites besides the standing ones."""
        is_open = self.standing.copy()
        is_open[sites] = True
        self.made = catchments.choice(self.land, is_open)

    def add_greedily(self, stopped: Callable[[], bool]) -> None:
        """Open the site that brings most people within the limit and leaves nobody short, again and again."""
        most_gain = np.full(len(self.may), np.inf)
        while len(self.chosen()) < self.most and not stopped():
            into = np.flatnonzero(self._free_to_open(-1) & (most_gain > 0))
            into = into[np.argsort(-most_gain[into], kind="stable")]
            best, site = 0.0, -1
            for begin in range(0, len(into), AT_ONCE):  # gains only shrink (Minoux 1978)
                some = into[begin : begin + AT_ONCE]
                if most_gain[some[0]] <= best:
                    break
                self._weigh(-1, some)
                most_gain[some] = self.gain[: len(some)]
                worth = np.where(self.short[: len(some)] <= 0, self.gain[: len(some)], 0.0)
                if worth.max() > best:
                    best, site = float(worth.max()), int(some[np.argmax(worth)])
            if site < 0:
                return
            self._move(-1, site)

    def close_idle(self) -> None:
        """Close the points without which nobody more is left out, those with the smallest base first."""
        nobody = np.zeros(0, dtype=np.int64)
        for site in sorted(self.chosen().tolist(), key=lambda site: (self.made.served[site], site)):
            lost, _ = catchments.moves(
                self.land, self.made, site, nobody, self.standing, self.base, self.gain, self.short
            )
            if lost >= 0:
                self._move(site, -1)

    def improve(self, best: float, rounds: int, stopped: Callable[[], bool]) -> tuple[float, NDArray[np.intp] | None]:
        """Move so many rounds from the points of now; the most people covered with every base kept, and the points.

        None when nothing above `best` was met.
        """
        found: NDArray[np.intp] | None = None
        price, resting = FIRST_PRICE, np.zeros(len(self.may), dtype=np.int64)
        for turn in range(1, rounds + 1):
            if stopped():
                break
            out, into = self._best_move(price, resting >= turn)
            if out < 0 and into < 0:
                resting[:] = 0
                continue
            self._move(out, into)
            if out >= 0:
                resting[out] = turn + 10 + self.draw.integers(10)
            if into >= 0:
                resting[into] = turn + 5 + self.draw.integers(5)
            kept = not self.missing().any()
            price = max(price * 0.9, PRICES[0]) if kept else min(price * 1.2, PRICES[1])
            if kept and (value := self.covered()) > best * (1 + 1e-12):
                best, found = value, self.chosen()
        return best, found

    def _best_move(self, price: float, rests: Bools) -> tuple[int, int]:
        """(site to close, site to open) of the best move now; -1 for neither."""
        best, move = -np.inf, (-1, -1)

        def consider(out: int, into: Int64s) -> None:
            nonlocal best, move
            alone = self._weigh(out, into)
            worth = self.gain[: len(into)] - price * self.short[: len(into)]
            if len(into) and worth.max() > best:
                best, move = float(worth.max()), (out, int(into[np.argmax(worth)]))
            if out >= 0 and alone[0] - price * alone[1] > best:
                best, move = alone[0] - price * alone[1], (out, -1)

        chosen = self.chosen()
        if len(chosen) < self.most:
            consider(-1, np.flatnonzero(self._sites_of_left_out() & self._free_to_open(-1) & ~rests))
        hungry = self.missing() > 0
        looked_at = hungry | (self.draw.random(len(chosen)) < 0.3)
        for out in chosen[looked_at & ~rests[chosen]].tolist():
            near = self.around[out]
            consider(out, near[(self._free_to_open(out) & ~rests)[near]])
        return move

    def _sites_of_left_out(self) -> Bools:
        """(sites,) those within the limit of some of the cells that are left out."""
        land = self.land
        sites = np.zeros(len(self.may), dtype=np.bool_)
        left = np.flatnonzero((self.made.first >= land.limit) & (land.people > 0) & (land.limit > land.cell_start[:-1]))
        if len(left):
            weight = land.people[left] / land.people[left].sum()
            for cell in self.draw.choice(left, min(LEFT_OUT, len(left)), p=weight, replace=False).tolist():
                sites[land.site[land.cell_start[cell] : land.limit[cell]]] = True
        return sites

    def _free_to_open(self, out: int) -> Bools:
        """(sites,) those that may be opened when `out` is closed."""
        free = self.may & ~self.made.is_open
        for site, others in self.kin.items():
            if free[site] and any(self.made.is_open[other] and other != out for other in others):
                free[site] = False
        return free

    def _weigh(self, out: int, into: Int64s) -> tuple[float, float]:
        gained, shorter = catchments.moves(
            self.land, self.made, out, into, self.standing, self.base, self.gain, self.short
        )
        return float(gained), float(shorter)

    def _move(self, out: int, into: int) -> None:
        if out >= 0:
            catchments.close_point(self.land, self.made, out)
        if into >= 0:
            catchments.open_point(self.land, self.made, into)


def _kin(groups: tuple[frozenset[int], ...]) -> dict[int, set[int]]:
    """The sites that may not be open with a site, for every site of a group."""
    kin: dict[int, set[int]] = {}
    for group in groups:
        for site in group:
            kin.setdefault(site, set()).update(group - {site})
    return kin


def _around(land: Ground, may: Bools) -> list[Int64s]:
    """(sites,) the sites nearest to the cell where each site is nearest."""
    around: list[Int64s] = []
    for site in range(len(may)):
        pairs = slice(land.site_start[site], land.site_start[site + 1])
        cells = land.cell[pairs]
        if not may[site] or not len(cells):
            around.append(np.zeros(0, dtype=np.int64))
            continue
        rank = land.place[pairs] - land.cell_start[cells]
        home = int(cells[np.argmin(rank)])
        around.append(land.site[land.cell_start[home] : land.cell_start[home + 1]][:NEAR].astype(np.int64))
    return around
