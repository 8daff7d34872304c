"""Good choices of points that each keep a base by nearest point: part after part of the country is searched.

A part is a number of sites around somebody who is left out; elsewhere everything stays as it is (a large neighbourhood,
Shaw 1998). In it points open, close and swap with a short memory. People missing to a base are charged at a price that
rises while some are missing and falls while none are, so that the search walks along the border of what is allowed
(strategic oscillation, Glover 1989). Deterministic for a seed.
"""

# ruff: noqa: PLR0917 - what is compiled takes arrays, not objects that hold them
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.base import catchments
from luukku.network.base.catchments import Bools, Choice, Ground, Int64s
from luukku.network.base.parts import part

FREE = 50
"""Sites that may change in a part."""
NEAR = 12
"""Sites around a site with which a part grows, when few are around who is left out."""
MOVES = 200
"""Moves in a part."""
AGAIN = 0.7
"""Each time a part around somebody was searched in vain, it is drawn so much less often."""
AT_ONCE = 16
"""Sites weighed at once when the best one is looked for in the order of what they could bring."""
SAME = 1e-9
"""Relative difference below which two numbers of people, or a base and who is behind a point, are the same."""
FIRST_PRICE = 0.3
"""People left out that one person missing to a base is worth at first."""
LEAST_PRICE, MOST_PRICE = 0.02, 10.0
"""Least and most people left out that one person missing to a base is worth."""
FEWER = 1e-3
"""People left out that a point less is worth: of choices that cover as many the one with fewer points."""


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
        self.need = base * (1 - SAME)
        self.most = len(may) if most is None else most
        self.kin = _kin(groups)
        self.home, self.hope = _homes(land), _hope(land, may)
        self.draw = np.random.default_rng(0)
        self.made: Choice = catchments.choice(land, standing)
        self.vain = np.zeros(len(land.people), dtype=np.int64)
        self.gain, self.short = np.zeros(len(may)), np.zeros(len(may))

    def covered(self) -> float:
        """People within the limit of the points of now."""
        return float(catchments.covered(self.land, self.made))

    def chosen(self) -> NDArray[np.intp]:
        """The points of now that do not stand anyway, ascending."""
        return np.flatnonzero(self.made.is_open & ~self.standing)

    def choose(self, sites: NDArray[np.intp]) -> None:
        """Exactly these sites besides the standing ones."""
        is_open = self.standing.copy()
        is_open[sites] = True
        self.made = catchments.choice(self.land, is_open)

    def add_greedily(self, stopped: Callable[[], bool]) -> None:
        """Open the site that brings most people within the limit and leaves nobody short, again and again."""
        most_gain = np.full(len(self.may), np.inf)
        while len(self.chosen()) < self.most and not stopped():
            into = np.flatnonzero(self._free_to_open() & (most_gain > 0))
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
            catchments.open_point(self.land, self.made, site)

    def close_short(self) -> None:
        """Close points until nobody falls short, first those who lack most; closing a point starves nobody."""
        while True:
            chosen = self.chosen()
            missing = self.need - self.made.served[chosen]
            if not len(chosen) or missing.max() <= 0:
                return
            catchments.close_point(self.land, self.made, int(chosen[np.argmax(missing)]))

    def close_idle(self) -> None:
        """Close the points without which nobody more is left out, those with the smallest base first."""
        nobody = np.zeros(0, dtype=np.int64)
        for site in sorted(self.chosen().tolist(), key=lambda site: (self.made.served[site], site)):
            if self._weigh(site, nobody) >= 0:
                catchments.close_point(self.land, self.made, site)

    def improve(self, stopped: Callable[[int], bool], tell: Callable[[float], None], vain: int) -> None:
        """Search part after part from the points of now, which keep their bases, and stay with the best.

        stopped: whether to end after so many parts. tell: hears the people covered whenever there are more.
        vain:    so many parts in a row without anything better are enough.
        """
        value, since, done = self.covered(), 0, 0
        while since < vain and not stopped(done):
            free = self._around_somebody_left_out()
            if not len(free):
                return
            done, since = done + 1, since + 1
            self._search(free)
            if (now := self.covered()) > value * (1 + SAME):
                value, since = now, 0
                self.vain[:] = 0
                tell(value)

    def improve_from(
        self, sites: NDArray[np.intp], stopped: Callable[[int], bool], tell: Callable[[float], None], vain: int
    ) -> None:
        """The same from other points, some of which may fall short; unless that is better, the points of now stay."""
        before, value = self.made, self.covered()
        self.choose(sites)
        self.close_short()
        self.add_greedily(lambda: stopped(0))
        self.improve(stopped, tell, vain)
        if self.covered() <= value:
            self.made = before

    def _search(self, free: Int64s) -> None:
        """Take the best choice that moves among these sites find; as it was when they find nothing better."""
        place = part(self.land, self.made.is_open, self.standing, free)
        made = catchments.choice(place.land, place.is_open)
        room = self.most - len(self.chosen()) + int(self.made.is_open[free].sum())
        is_open = self.made.is_open.copy()
        is_open[free] = _oscillate(
            place.land, made, place.exempt, self.base, self.need, room, *self._kin_among(free), MOVES, self.draw
        )
        self.made = catchments.choice(self.land, is_open)

    def _around_somebody_left_out(self) -> Int64s:
        """(free,) sites around a cell that is left out, drawn by people, ascending; none when nobody could be covered.

        When there is no room for more points, half of them are around one that is chosen: one there may be given up.
        """
        land, made = self.land, self.made
        left = np.flatnonzero((made.first >= land.limit) & self.hope)
        if not len(left):
            return np.zeros(0, dtype=np.int64)
        weight = land.people[left] * np.maximum(AGAIN ** self.vain[left], 1e-6)
        cell = int(self.draw.choice(left, p=weight / weight.sum()))
        self.vain[cell] += 1
        chosen = self.chosen()
        full = len(chosen) >= self.most
        free = self.around(self._sites_of(cell), FREE // 2 if full else FREE)
        if full and len(chosen):
            free |= self.around(chosen[[self.draw.integers(len(chosen))]], FREE // 2)
        barred = {site for site in free if any(made.is_open[one] and one not in free for one in self.kin.get(site, ()))}
        return np.array(sorted(free - barred), dtype=np.int64)

    def around(self, begin: Int64s, size: int) -> set[int]:
        """So many sites: some to begin with, then those near them."""
        found = dict.fromkeys(begin[:size].tolist())
        waiting = list(found)
        while waiting and len(found) < size:
            for site in self._sites_of(self.home[waiting.pop(0)])[:NEAR].tolist():
                if site not in found and len(found) < size:
                    found[site] = None
                    waiting.append(site)
        return set(found)

    def _sites_of(self, cell: int) -> Int64s:
        """The sites of a cell that may be opened or closed, the nearest first."""
        sites = self.land.site[self.land.cell_start[cell] : self.land.cell_start[cell + 1]]
        return sites[self.may[sites]].astype(np.int64)

    def _kin_among(self, free: Int64s) -> tuple[Int64s, Int64s]:
        """By place among the free sites: where the sites that may not be open with each begin, and which."""
        place = {site: number for number, site in enumerate(free.tolist())}
        lists = [sorted(place[one] for one in self.kin.get(site, ()) if one in place) for site in place]
        start = np.concatenate(([0], np.cumsum([len(kin) for kin in lists]))).astype(np.int64)
        return start, np.array([one for kin in lists for one in kin], dtype=np.int64)

    def _free_to_open(self) -> Bools:
        """(sites,) those that may be opened now."""
        free = self.may & ~self.made.is_open
        for site, others in self.kin.items():
            if free[site] and any(self.made.is_open[other] for other in others):
                free[site] = False
        return free

    def _weigh(self, out: int, into: Int64s) -> float:
        """The people more within the limit without `out`; fills `gain` and `short` for each of `into` besides."""
        lost, _ = catchments.moves(self.land, self.made, out, into, self.standing, self.base, self.gain, self.short)
        return float(lost)


def _kin(groups: tuple[frozenset[int], ...]) -> dict[int, set[int]]:
    """The sites that may not be open with a site, for every site of a group."""
    kin: dict[int, set[int]] = {}
    for group in groups:
        for site in group:
            kin.setdefault(site, set()).update(group - {site})
    return kin


@njit(cache=True, nogil=True)
def _homes(land: Ground) -> Int64s:
    """(sites,) the cell where each site has the fewest sites before it, 0 for a site without cells."""
    homes = np.zeros(len(land.site_start) - 1, np.int64)
    for site in range(len(homes)):
        least = len(homes)
        for pair in range(land.site_start[site], land.site_start[site + 1]):
            rank = land.place[pair] - land.cell_start[land.cell[pair]]
            if rank < least:
                least, homes[site] = rank, land.cell[pair]
    return homes


@njit(cache=True, nogil=True)
def _hope(land: Ground, may: Bools) -> Bools:
    """(cells,) whether somebody lives there whom a site that may be opened could cover."""
    hope = np.zeros(len(land.people), np.bool_)
    for cell in range(len(hope)):
        place = land.cell_start[cell]
        while place < land.limit[cell] and not may[land.site[place]]:
            place += 1
        hope[cell] = land.people[cell] > 0 and place < land.limit[cell]
    return hope


@njit(cache=True, nogil=True)
def _oscillate(
    land: Ground,
    made: Choice,
    exempt: Bools,
    base: float,
    need: float,
    room: int,
    kin_start: Int64s,
    kin: Int64s,
    rounds: int,
    draw: np.random.Generator,
) -> Bools:
    """(free,) the best choice of so many moves among the first sites, whose kin is given; which are open in it."""
    free, price = len(kin_start) - 1, FIRST_PRICE
    rests = np.zeros(free, np.int64)
    count = made.is_open[:free].sum()
    best, value = made.is_open[:free].copy(), catchments.covered(land, made)
    for turn in range(1, rounds + 1):
        out, into = _best_move(land, made, exempt, base, price, count >= room, kin_start, kin, rests, turn)
        if out < 0 and into < 0:
            rests[:] = 0
            continue
        if out >= 0:
            catchments.close_point(land, made, out)
            rests[out] = turn + 10 + draw.integers(0, 10)
            count -= 1
        if into >= 0:
            catchments.open_point(land, made, into)
            rests[into] = turn + 5 + draw.integers(0, 5)
            count += 1
        kept = _all_kept(made, exempt, need)
        price = max(price * 0.9, LEAST_PRICE) if kept else min(price * 1.2, MOST_PRICE)
        if kept:
            now = catchments.covered(land, made)
            if now > value * (1 + SAME):
                value = now
                best[:] = made.is_open[:free]
    return best


@njit(cache=True, nogil=True)
def _all_kept(made: Choice, exempt: Bools, need: float) -> bool:
    for site in range(len(exempt)):
        if made.is_open[site] and not exempt[site] and made.served[site] < need:
            return False
    return True


@njit(cache=True, nogil=True)
def _best_move(
    land: Ground,
    made: Choice,
    exempt: Bools,
    base: float,
    price: float,
    full: bool,
    kin_start: Int64s,
    kin: Int64s,
    rests: Int64s,
    turn: int,
) -> tuple[int, int]:
    """(free site to close, free site to open) of the best move now; -1 for neither."""
    gain, short = np.zeros(len(rests)), np.zeros(len(rests))
    worth, out, into = -np.inf, -1, -1
    for leave in range(-1, len(rests)):
        if leave >= 0 and (not made.is_open[leave] or rests[leave] >= turn):
            continue
        some = _openable(made, kin_start, kin, rests, turn, leave, full and leave < 0)
        gained, shorter = catchments.moves(land, made, leave, some, exempt, base, gain, short)
        if leave >= 0 and gained - price * shorter + FEWER > worth:
            worth, out, into = gained - price * shorter + FEWER, leave, -1
        for number in range(len(some)):
            if gain[number] - price * short[number] > worth:
                worth, out, into = gain[number] - price * short[number], leave, some[number]
    return out, into


@njit(cache=True, nogil=True)
def _openable(made: Choice, kin_start: Int64s, kin: Int64s, rests: Int64s, turn: int, out: int, full: bool) -> Int64s:
    """The free sites that may be opened when `out` is closed; none when there is no room."""
    found, count = np.empty(len(rests), np.int64), 0
    if full:
        return found[:0]
    for site in range(len(rests)):
        may = not made.is_open[site] and rests[site] < turn
        for other in kin[kin_start[site] : kin_start[site + 1]]:
            may &= not made.is_open[other] or other == out
        if may:
            found[count] = site
            count += 1
    return found[:count]
