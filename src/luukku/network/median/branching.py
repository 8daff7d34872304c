"""Branch and bound for the p-median by its own Lagrangian bound, or by SCIP where few distances are left.

A node says which candidates are chosen and which ruled out. Its bound begins from its parent's prices, which a few
sweeps over the few pairs that are left mend; reduced costs decide more candidates, and the one about which the relaxed
choices waver most is branched on. The node with the lowest bound is next. Sources: Beasley (1993), "Lagrangean
heuristics for location problems"; Mulvey & Crowder (1979) for the waver of the relaxed choices. Where points are so
many that a cell has only a few distances left to be served from, and values are whole, the cuts of SCIP close in a
second what branching on prices would not.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.interchange import shaken, swapped
from luukku.network.median.lagrangian import Climb
from luukku.network.median.limits import Limits
from luukku.network.median.linear import form, linear_prices, settled_by_solver
from luukku.network.median.savings import FREE, WITHIN, WITHOUT, Savings
from luukku.network.steps import BRISK, FINE, Pace
from luukku.network.watch import SAME, Watch

CHUNK = 20
"""Sweeps between two looks at the clock."""
FIRST_STEP = 0.5
"""First step, as a share of the usual: prices from a good choice are spoilt by more."""
ROOT_SWEEPS = 3_000
"""Brisk sweeps at most before branching."""
FINE_STEP = 0.03
"""First of the fine steps, as a share of the usual."""
FINE_SWEEPS, FINE_ROWS = 10_000, 30_000_000
"""Fine sweeps at most before branching, and cells looked at in them."""
SEARCHES = (1, 3, 6, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150)
"""Chunks of sweeps after which the relaxed choice is tried as a start for swaps."""
LARGE, LATER = 2_000_000, 6
"""Swaps to weigh beyond which a choice is swapped only after so many chunks, when few swaps are left to do."""
SHRINK = 0.75
"""Share of the candidates or pairs below which what is left is copied out as a smaller problem."""
NODE_SWEEPS = 120
"""Sweeps of a node at most, while they help."""
NODE_STEP = 0.1
"""First step of a node, as a share of the usual: its prices are nearly right already."""
HOPE = 0.1
"""Share of a node's gap that a chunk of sweeps has to close for another to follow."""
LINEAR_PAIRS, LINEAR_ROWS, LINEAR_DEPTH = 30_000, 6_000, 20
"""Pairs, cells, and pairs of a cell on average up to which a linear relaxation is faster than branching without it."""
LINEAR_BELOW = 40
"""Pairs of a cell on average before branching from which on none is solved at the nodes either."""
SOLVER_DISTANCES, SOLVER_DEPTH = 40_000, 5.0
"""Distances, and distances of a cell on average, up to which SCIP is faster than branching here."""
SOLVER_TELLS = 1e-6
"""Measure, as a share of what the solver adds up, above which its tolerances cannot hide a better choice."""
NODE_SEARCHES = 10
"""Every so many nodes a relaxed choice is tried as a start for swaps."""


@dataclass(slots=True, eq=False)
class Search:
    """The best choice so far, and what it takes to be better.

    data, limits: the whole problem. chosen: columns of it; value: their person-minutes.
    measure:      every choice costs a multiple of it; 0 when nothing is known.
    price:        (rows,) the best prices found before anything was decided; bound: the best bound before branching.
    nodes:        how many nodes were bounded.
    """

    data: Savings
    limits: Limits
    watch: Watch
    measure: float
    chosen: list[int] = field(default_factory=list)
    value: float = np.inf
    price: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    bound: float = -np.inf
    nodes: int = 0

    @property
    def enough(self) -> float:
        """A bound from which on no choice is better than the best so far."""
        rounding = SAME * abs(self.value)
        if self.measure > 2 * rounding:
            return self.value - self.measure + max(1e-6 * self.measure, 0.1 * rounding)
        return self.value - rounding

    def offer(self, columns: list[int]) -> bool:
        """Take a choice if it is better than the best so far."""
        cost = self.data.cost(columns)
        if cost >= self.value:
            return False
        self.chosen, self.value = sorted(columns), cost
        self.watch.improve(value=cost)
        return True

    def stopped(self) -> bool:
        """Whether to stop now."""
        return self.watch.why is not None

    def prove(self) -> None:
        """There is nothing better."""
        self.watch.improve(bound=self.value)


@dataclass(slots=True, eq=False)
class _Part:
    """A smaller problem within the whole one, and the columns of the whole one that are chosen beside it."""

    data: Savings
    limits: Limits
    columns: NDArray[np.intp]
    rows: NDArray[np.intp]
    beside: list[int]

    def smaller(self, climb: Climb, decided: NDArray[np.int8], enough: float) -> _Part | None:
        """What is left when some is decided; None when it cannot be."""
        decided = decided.copy()
        if not self.limits.completed(decided):
            return None
        rest = climb.shrunk(decided, enough)
        return _Part(
            data=rest.data,
            limits=self.limits.left(decided),
            columns=self.columns[rest.columns],
            rows=self.rows[rest.rows],
            beside=[*self.beside, *self.columns[decided == WITHIN].tolist()],
        )

    def in_whole(self, columns: list[int]) -> list[int]:
        """A choice of the part as one of the whole problem."""
        return [*self.beside, *self.columns[columns].tolist()]

    @property
    def large(self) -> bool:
        """Whether weighing every swap takes longer than some chunks of sweeps."""
        return weighs_much(self.data, self.limits)

    @property
    def linear(self) -> bool:
        """Whether the linear relaxation is worth its time: the fewer candidates a cell has, the faster it is solved."""
        pairs, rows = self.data.pairs, len(self.rows)
        return 0 < pairs <= min(LINEAR_PAIRS, LINEAR_DEPTH * rows) and rows <= LINEAR_ROWS

    @property
    def settled(self) -> list[int] | None:
        """The choice when there is nothing left to decide: all that is left may be taken."""
        everything = list(range(len(self.columns)))
        return everything if self.limits.allows(everything) else None


def weighs_much(data: Savings, limits: Limits) -> bool:
    """Whether there are so many swaps that the first prices are better found without them."""
    return limits.counted and limits.room * len(data.sites) > LARGE


def prove(search: Search, price: NDArray[np.float64]) -> None:
    """Improve the choice of a search and its bound until it is proved or has to stop; price: (rows,) to begin from."""
    part = _Part(search.data, search.limits, np.arange(len(search.data.sites)), np.arange(len(price)), [])
    climb = Climb.begin(search.data, search.limits, price, step=FIRST_STEP)
    search.price = climb.price.copy()
    left = _swept(search, part, climb, ROOT_SWEEPS)
    shaken_to = np.inf
    while left is not None:
        part, climb = left
        better = search.value < shaken_to and _shake(search, part)
        shaken_to = search.value
        if not better and climb.pace is FINE:
            left = _next(search, part, climb, climb.decided(search.enough))
            if left is None:
                search.prove()
            else:
                _finish(search, *left)
            return
        # A better choice leaves much less, and what is left is worth finer steps.
        most = ROOT_SWEEPS if better else min(FINE_SWEEPS, FINE_ROWS // max(len(part.rows), 1))
        again = (NODE_STEP, BRISK) if better else (FINE_STEP, FINE)
        left = _next(search, part, climb, climb.decided(search.enough), again=again)
        if left is None:
            search.prove()
            return
        left = _swept(search, *left, most)


def _swept(search: Search, part: _Part, climb: Climb, most: int) -> tuple[_Part, Climb] | None:
    """What is left, and its climb, when sweeps no longer help; None when it is proved or has to stop."""
    turn = 0
    while search.watch.why is None:
        if (settled := part.settled) is not None:
            search.offer(part.in_whole(settled))
            search.prove()
            return None
        climb.go(CHUNK, search.value, search.enough)
        turn += 1
        if climb.bound > search.bound:
            search.bound = climb.bound
            if len(part.columns) == len(search.data.sites):
                search.price = climb.price.copy()
            search.watch.improve(bound=min(climb.bound, search.value))
        if climb.bound >= search.enough:
            search.prove()
            return None
        tired = climb.exhausted or climb.sweeps >= most
        if (turn in SEARCHES and not (part.large and turn < LATER)) or tired:
            search.offer(part.in_whole(swapped(part.data, part.limits, climb.choice(), search.stopped)))
        if tired:
            return part, climb
        decided = climb.decided(search.enough)
        if (decided == FREE).sum() < SHRINK * len(decided):
            rest = _next(search, part, climb, decided)
            if rest is None:
                search.prove()
                return None
            part, climb = rest
    return None


def _next(
    search: Search,
    part: _Part,
    climb: Climb,
    decided: NDArray[np.int8],
    *,
    again: tuple[float, Pace] | None = None,
) -> tuple[_Part, Climb] | None:
    """The part that is left and the climb to go on with; None when nothing better is left.

    again: the first step and the pace of a climb to begin anew.
    """
    rest = part.smaller(climb, decided, search.enough)
    if rest is None:
        return None
    step, pace = again or (climb.step, climb.pace)
    price = climb.price[np.searchsorted(part.rows, rest.rows)]
    onward = Climb.begin(rest.data, rest.limits, price, step=step, pace=pace)
    onward.average[:] = climb.average[np.searchsorted(part.columns, rest.columns)]
    onward.sweeps = 0 if again else climb.sweeps
    return rest, onward


def _finish(search: Search, part: _Part, climb: Climb) -> None:
    """Take the best prices of a small part from its linear relaxation, and branch on what is left."""
    if _settled(search, part) or search.watch.why is not None:
        return
    if part.linear:
        rest = _linear(search, part, climb)
        if rest is None:
            search.prove()
            return
        part, climb, bound = rest
        if bound > search.bound:
            search.bound = bound
            search.watch.improve(bound=min(bound, search.value))
        if bound >= search.enough:
            search.prove()
            return
        if _settled(search, part):
            return
    if search.watch.why is None:
        _branch(search, part, climb)


def _settled(search: Search, part: _Part) -> bool:
    """Whether SCIP was asked what a part is worth that has few distances for each cell: then there is no more to do."""
    data = part.data
    if data.pairs == 0 or part.settled is not None:
        return False
    whole = form(data, part.limits)
    tells = search.measure > SOLVER_TELLS * (search.value - whole.base)
    if not tells or whole.distances > min(SOLVER_DISTANCES, SOLVER_DEPTH * len(part.rows)):
        return False

    def tell(bound: float) -> bool:
        search.watch.improve(bound=min(max(bound, search.bound), search.value))
        return search.stopped()

    answer, columns = settled_by_solver(
        whole,
        len(part.columns),
        below=search.value - 0.5 * search.measure,
        measure=search.measure,
        seconds=search.watch.left,
        tell=tell,
    )
    if columns:
        search.offer(part.in_whole(columns))
    if answer.complete:
        search.prove()
    return True


def _shake(search: Search, part: _Part) -> bool:
    """Kick the choice at random and swap; whether that gave a better one."""
    place = np.full(len(search.data.sites), -1)
    place[part.columns] = np.arange(len(part.columns))
    best = [int(place[column]) for column in search.chosen if place[column] >= 0]
    best = swapped(part.data, part.limits, best, search.stopped)
    return search.offer(part.in_whole(shaken(part.data, part.limits, best, search.stopped)))


def _linear(search: Search, part: _Part, climb: Climb) -> tuple[_Part, Climb, float] | None:
    """What the best prices leave of a part, with their bound; None when that is nothing better."""
    best = linear_prices(part.data, part.limits, search.watch.left)
    if best is None:
        return part, climb, climb.bound
    price, share = best
    order = np.lexsort((-climb.average, -share))
    search.offer(part.in_whole(swapped(part.data, part.limits, part.limits.filled([], order.tolist()))))
    exact = Climb.begin(part.data, part.limits, price, step=NODE_STEP)
    exact.go(1, search.value, search.enough)
    exact.average[:] = share
    bound = exact.bound
    if bound >= search.enough:
        return None
    rest = _next(search, part, exact, exact.decided(search.enough))
    return None if rest is None else (*rest, bound)


@dataclass(slots=True, eq=False)
class _Node:
    """What is decided, in columns of the part, and where its bound and prices stand."""

    bound: float
    decided: NDArray[np.int8]
    price: NDArray[np.float32]


def _branch(search: Search, part: _Part, climb: Climb) -> None:
    """Branch and bound on a part whose prices are as good as sweeps get them."""
    begin = _Node(search.bound, np.zeros(len(part.columns), dtype=np.int8), climb.price.astype(np.float32))
    queue = [(begin.bound, 0, begin)]
    count = 0
    while queue:
        search.watch.improve(bound=min(queue[0][0], search.value))
        if queue[0][0] >= search.enough:
            break
        if search.watch.why is not None:
            return
        for child in _children(search, part, heapq.heappop(queue)[2]):
            count += 1
            heapq.heappush(queue, (child.bound, -count, child))
    search.prove()


def _children(search: Search, part: _Part, node: _Node) -> list[_Node]:
    """Bound a node; the two it is branched into, none when it holds nothing better."""
    search.nodes += 1
    price = node.price.astype(np.float64)
    first = part.smaller(Climb.begin(part.data, part.limits, price), node.decided, np.inf)
    if first is None:
        return []
    begin = Climb.begin(first.data, first.limits, price[np.searchsorted(part.rows, first.rows)], step=NODE_STEP)
    linear = part.data.pairs <= LINEAR_BELOW * len(part.rows)
    bounded = _bounded(search, first, begin, node.bound, linear=linear)
    if bounded is None:
        return []
    own, climb, bound = bounded
    if (settled := own.settled) is not None:
        search.offer(own.in_whole(settled))
        return []
    decided = np.full(len(part.columns), WITHOUT, dtype=np.int8)
    decided[np.searchsorted(part.columns, np.setdiff1d(own.beside, part.beside))] = WITHIN
    left = np.searchsorted(part.columns, own.columns)
    decided[left] = FREE
    price[np.searchsorted(part.rows, own.rows)] = climb.price
    kept = price.astype(np.float32)
    waver = left[int(np.argmin(np.abs(climb.average - 0.5)))]
    children = []
    for state in (WITHOUT, WITHIN):
        decided[waver] = state
        children.append(_Node(bound, decided.copy(), kept))
    return children


def _bounded(
    search: Search, own: _Part, climb: Climb, bound: float, *, linear: bool
) -> tuple[_Part, Climb, float] | None:
    """What sweeps, and if asked the linear relaxation, leave of a node, and its bound; None when nothing better."""
    done = False
    while own.settled is None and not done:
        before = bound
        climb.go(CHUNK, search.value, search.enough)
        bound = max(bound, climb.bound)
        if bound >= search.enough:
            return None
        if search.nodes % NODE_SEARCHES == 1 and climb.sweeps <= CHUNK:
            search.offer(own.in_whole(swapped(own.data, own.limits, climb.choice())))
        done = climb.exhausted or climb.sweeps >= NODE_SWEEPS or bound - before < HOPE * (search.enough - before)
        decided = climb.decided(search.enough)
        if done or (decided == FREE).sum() < SHRINK * len(decided):
            rest = _next(search, own, climb, decided)
            if rest is None:
                return None
            own, climb = rest
    if linear and own.settled is None and own.linear:
        exact = _linear(search, own, climb)
        return None if exact is None else (exact[0], exact[1], max(bound, exact[2]))
    return own, climb, bound
