"""Choices of points that can serve only so many, with a bound: swaps, prices, and branching on what prices leave open.

Sources: Cornuéjols, Sridharan & Thizy (1991) for the bound; Beasley (1993) for branching with it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from luukku.network.capacity.prices import Climb, settle
from luukku.network.capacity.swaps import swapped
from luukku.network.capacity.task import Task
from luukku.network.coverage.solve import most_covered
from luukku.network.median.savings import FREE, WITHIN, WITHOUT
from luukku.network.median.solve import certified_access
from luukku.network.problem import Stop
from luukku.network.watch import SAME, Watch

Float64s = NDArray[np.float64]
Int8s = NDArray[np.int8]
EASIER, EASIER_GAP = 0.2, 1e-3
"""Share of the time, and gap that is good enough, for the problem without capacities."""
TRIES = 30
"""Swaps tried in vain, one after the other, before a choice is taken as it is."""
HOPED = 0.03
"""Share by which the best choice is hoped to cost more than the bound, where the best one known costs more still."""
CHUNK = 25
"""Sweeps between two looks at the clock."""
ROOT_SWEEPS = 3_000
"""Sweeps at most before branching."""
NEAR, NEAR_MINUTES = 2.0, 20.0
"""While swapping a cell can go to sites within so many times its price and so many minutes."""
LIKELY = 0.003
"""How often the relaxed choices of late have to take a candidate for it not to be ruled out in a dive."""
LIVE = 400
"""Candidates looked at while swapping: those the relaxed choices take most often, or that save most."""
DIVED = 0.2
"""Share of the points still to choose that are chosen at once by what the relaxed choices take."""
SEARCHES = (12, 30, 60, 80, 100)
"""Chunks of sweeps after which the relaxed choice is tried as a start for swaps."""
SHRINK = 0.8
"""Share of the candidates below which what is left is copied out as a smaller task."""
FIRST_STEP = 0.5
"""First step at the root, as a share of the usual: prices from a good choice are spoilt by more."""
NODE_SWEEPS = 150
"""Sweeps of a node at most, while they help."""
NODE_STEP = 0.1
"""First step of a node, as a share of the usual: its prices are nearly right already."""
HOPE = 0.03
"""Share of a node's gap that a chunk of sweeps has to close for another to follow."""
DIVING = 0.6
"""Share of the time of branching for choices by prices, divided by how many in a row were no better, and one."""


@dataclass(slots=True, eq=False)
class Search:
    """The best choice so far, and what it takes to be better.

    sites: site numbers, those that stand left out; value: their cost, those turned away included.
    sound: whether all are served who must be. easier: what the best choice costs without capacities.
    price: (rows,) the best prices found before anything was branched on.
    """

    task: Task
    watch: Watch
    sites: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    value: float = np.inf
    sound: bool = False
    easier: float = -np.inf
    price: Float64s = field(default_factory=lambda: np.zeros(0))

    @property
    def base(self) -> float:
        """What is taken off a cost for the watch: everybody, so that it sees the people served, with a minus."""
        return float(self.task.people.sum()) if self.task.within is not None else 0.0

    @property
    def whole(self) -> bool:
        """Whether every choice turns away whole people."""
        task = self.task
        numbers = (task.people, task.capacity)
        return task.within is not None and all((each == np.rint(each)).all() for each in numbers)

    @property
    def enough(self) -> float:
        """A bound from which on no choice is better than the best so far, or serves all who must be."""
        if not self.sound:
            return float(self.task.people.sum() * self.task.cost.max(initial=0.0)) * (1 + SAME) + 1.0
        rounding = SAME * abs(self.value - self.base)
        return self.value - (1.0 - 1e-6 if self.whole and rounding < 1e-6 else 0.5 * rounding)

    def target(self, bound: float) -> float:
        """What the best choice may cost: the best known, or a little more than a bound."""
        known = max(bound, (self.watch.bound or 0.0) + self.base)
        hoped = max(known + HOPED * abs(known - self.base) + 1.0, self.easier)
        return min(self.value, hoped) if self.sound else hoped

    def stopped(self) -> bool:
        """Whether to stop now."""
        return self.watch.why is not None

    def bounded(self, bound: float) -> None:
        """Note what no choice costs less than."""
        if self.sound or bound < self.enough:
            self.watch.improve(bound=(self.value if bound >= self.enough else bound) - self.base)

    def offer(self, task: Task, chosen: list[int], *, worth: Float64s | None = None, near: Task | None = None) -> None:
        """Take a choice of a task, if it is better than the best so far.

        near: the task with fewer pairs: swap first, with these; who is served where is worked out anew with all.
        """
        most = self.value if self.sound else np.inf
        if near is not None:
            few = np.isin(task.sites, near.sites)
            mine = np.flatnonzero(np.isin(near.sites, task.sites[chosen]) & ~near.standing).tolist()
            service = near.served(mine, worth=None if worth is None else worth[few])
            assert service is not None
            mine, service = swapped(near, mine, service, self.stopped, TRIES)
            chosen = np.flatnonzero(np.isin(task.sites, near.sites[mine])).tolist()
            worth = np.zeros(len(task.sites))
            worth[few] = near.worth(mine, service)
        service = task.served(chosen, worth=worth, enough=most)
        if service is None:
            return
        value, sound = task.value(service), task.within is not None or service.unserved == 0.0
        if (not sound, value) < (not self.sound, self.value):
            beside = np.setdiff1d(task.sites[task.standing], self.task.sites[self.task.standing])
            self.sites = np.sort(np.concatenate((task.sites[chosen], beside)))
            self.value, self.sound = value, sound
            if sound:
                self.watch.improve(value=value - self.base)


def searched(task: Task, watch: Watch) -> Search:
    """The search at its end: the best choice of candidates found, and the best prices at the root."""
    search = Search(task, watch)
    watch.improve(bound=-search.base)
    first, price = _without_capacities(search)
    decided = np.where(task.standing, WITHIN, FREE).astype(np.int8)
    climb = Climb.begin(task, decided, price, step=FIRST_STEP)
    if not search.stopped():
        climb.go(CHUNK, search.target(-np.inf), np.inf)
        search.bounded(climb.bound)
    search.price = climb.price
    search.offer(task, first, worth=climb.worth)
    if len(first) == len(task.candidates) or task.more == 0:
        search.bounded(search.value)
    elif not search.stopped():
        _prove(search, climb)
    return search


def _without_capacities(search: Search) -> tuple[list[int], Float64s]:
    """The choice that is best without capacities and groups, and (rows,) prices; what it is worth bounds all others."""
    task, watch = search.task, search.watch
    problem = replace(task.problem, groups=())
    points = len(problem.fixed) + min(task.more, len(problem.candidates))
    stop = Stop(seconds=watch.left * EASIER, gap=EASIER_GAP, asked=watch.stop.asked)
    if task.within is None:
        access = certified_access(problem, points=points, stop=stop)
        found, price = access.solution, access.price[problem.people > 0] / task.people
        search.easier = found.objective
        watch.improve(bound=found.bound)
    else:
        found = most_covered(problem, within=task.within, points=points, stop=stop)
        price = np.full(len(task.people), 0.5)
        watch.improve(bound=-found.bound)
    chosen = task.allowed(np.flatnonzero(np.isin(task.sites, found.sites) & ~task.standing).tolist())
    return chosen, np.maximum(price, _nearest(task, chosen))


def _nearest(task: Task, chosen: list[int]) -> Float64s:
    """(rows,) what the cheapest point of a choice costs, nothing where there is none: prices should be no less."""
    from luukku.network.capacity.kernels import two_cheapest

    pairs = task.pairs(chosen)
    best, near, _ = two_cheapest(
        pairs.cell_start, pairs.point, pairs.cost, np.zeros(len(task.opened(chosen))), task.away
    )
    return np.where(best >= 0, near, 0.0)


@dataclass(order=True, slots=True)
class _Node:
    """Candidates decided so far, the prices of the node before, and its bound; the later of two equals is next."""

    bound: float
    age: int
    decided: Int8s = field(compare=False)
    price: NDArray[np.float32] = field(compare=False)
    average: Float64s = field(compare=False)


def _prove(search: Search, climb: Climb) -> None:
    """Prices at the root, then branching: the node with the lowest bound is next."""
    root, lowest = _root(search, climb)
    task, age = root.task, 0
    nodes: list[_Node] = []

    def branch(climb: Climb, bound: float) -> None:
        nonlocal age
        kept = climb.price.astype(np.float32)
        free = np.flatnonzero(climb.decided == FREE)
        waver = free[np.argmin(np.abs(climb.average[free] - 0.5))]
        for state in (WITHOUT, WITHIN):
            decided = climb.decided.copy()
            decided[waver] = state
            settle(task, decided)
            age -= 1
            heapq.heappush(nodes, _Node(bound, age, decided, kept, climb.average))

    begun, dived, vain = search.watch.seconds, 0.0, 0
    if not _closed(search, root):
        branch(root, lowest)
    while nodes and not search.stopped():
        node = heapq.heappop(nodes)
        search.bounded(node.bound)
        if node.bound >= search.enough:
            return
        climb = Climb.begin(task, node.decided, node.price.astype(np.float64), step=NODE_STEP, average=node.average)
        bound = _bounded(search, climb, node.bound)
        if not _closed(search, climb) and not search.stopped():
            if dived < DIVING / (1 + vain) * (search.watch.seconds - begun):
                before, value = search.watch.seconds, search.value
                _dive(search, climb)
                dived += search.watch.seconds - before
                vain = 0 if search.value < value else vain + 1
            branch(climb, bound)
    if not nodes and not search.stopped():
        search.bounded(search.value)


def _root(search: Search, climb: Climb) -> tuple[Climb, float]:
    """Prices that are as good as they get, candidates decided by them, choices suggested by them tried; the bound."""
    chunk, bound = 0, climb.bound
    while not (climb.exhausted or chunk * CHUNK >= ROOT_SWEEPS or _closed(search, climb) or search.stopped()):
        chunk += 1
        climb.go(CHUNK, search.target(bound), search.enough)
        if climb.bound > bound:
            bound, search.price = climb.bound, climb.price
        search.bounded(bound)
        climb.decide(search.enough)
        if chunk in SEARCHES:
            _dive(search, climb)
        if (climb.decided != WITHOUT).sum() < SHRINK * len(climb.decided):
            climb = climb.smaller()
    if not _closed(search, climb) and not search.stopped():
        _dive(search, climb)
        climb.decide(search.enough)
    return climb, bound


def _dive(search: Search, climb: Climb) -> None:
    """A choice by prices: choose what is taken most often, mend the prices, and again; then swap."""
    task, dive = climb.task, climb
    while not search.stopped():
        free = np.flatnonzero(dive.decided == FREE)
        if dive.bound >= search.enough or len(free) <= dive.more:
            break
        order = free[np.lexsort((-dive.saved[free], -dive.average[free]))]
        decided = dive.decided.copy()
        decided[free[dive.average[free] < LIKELY]] = WITHOUT
        within = np.flatnonzero((decided == WITHIN) & ~task.standing).tolist()
        decided[task.allowed(order[: max(int(DIVED * dive.more), 1)].tolist(), within)] = WITHIN
        settle(task, decided)
        dive = Climb.begin(task, decided, dive.price, step=NODE_STEP, average=dive.average)
        dive.go(2 * CHUNK, search.target(climb.bound), search.enough)
    chosen = dive.choice()
    live = np.full(len(task.sites), WITHOUT, dtype=np.int8)
    live[np.lexsort((-climb.saved, -climb.average))[:LIVE]] = FREE
    live[chosen] = FREE
    live[task.standing] = WITHIN
    most = None if task.within is not None else NEAR * climb.price + NEAR_MINUTES
    search.offer(task, chosen, worth=dive.worth, near=task.part(live, most))


def _bounded(search: Search, climb: Climb, bound: float) -> float:
    """The bound of a node after sweeps that help."""
    for _ in range(NODE_SWEEPS // CHUNK):
        before = bound
        climb.go(CHUNK, search.target(bound), search.enough)
        bound = max(bound, climb.bound)
        if bound >= search.enough:
            break
        climb.decide(search.enough)
        if climb.exhausted or bound - before < HOPE * (search.enough - before) or search.stopped():
            break
    return bound


def _closed(search: Search, climb: Climb) -> bool:
    """Whether a node has nothing better, or only one choice left that is worth looking at, which is then tried."""
    if climb.bound >= search.enough or climb.roomless:
        return True
    task, free = climb.task, set(np.flatnonzero(climb.decided == FREE).tolist())
    if len(free) > climb.more or any(len(free.intersection(group)) > 1 for group in task.groups):
        return False
    chosen = np.flatnonzero((climb.decided != WITHOUT) & ~task.standing)
    search.offer(task, chosen.tolist(), worth=climb.worth)
    return True
