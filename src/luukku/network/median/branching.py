"""The proof of a p-median: prices, what they decide, and for what is left SCIP, the linear relaxation or a tree.

Prices climb in brisk steps, then in fine ones, and leave ever less to decide. Where points are so many that a cell has
only a few distances left to be served from, and values are whole, the cuts of SCIP close in a second what branching on
prices would not; elsewhere `tree` branches on what is left.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.network.median.areas import mend
from luukku.network.median.interchange import swapped
from luukku.network.median.lagrangian import Climb
from luukku.network.median.linear import form, settled_by_solver
from luukku.network.median.savings import FREE
from luukku.network.median.search import Part, Search, shake
from luukku.network.median.tree import CHUNK, NODE_STEP, SHRINK, branch, onward, relaxed
from luukku.network.steps import BRISK, FINE

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
FEW, FIRST_NODES = 300, 200
"""Candidates left up to which branching is tried before kicks and fine steps, and nodes it may take."""
LATER = 6
"""Chunks of sweeps before a choice is swapped where there are very many swaps, when few of them are left to do."""
CROWDED_NODES = 1_500
"""Nodes of a small part where candidates crowd before its relaxation is solved after all."""
WIDE = 0.008
"""Gap from which on a choice is searched for patiently before SCIP is asked: there the choice is poor as well."""
SOLVER_DISTANCES, SOLVER_DEPTH = 40_000, 5.0
"""Distances, and distances of a cell on average, up to which SCIP is faster than branching here."""
SOLVER_TELLS = 1e-6
"""Measure, as a share of what the solver adds up, above which its tolerances cannot hide a better choice."""


def prove(search: Search, price: NDArray[np.float64]) -> None:
    """Improve the choice of a search and its bound until it is proved or has to stop; price: (rows,) to begin from."""
    part = Part(search.data, search.limits, np.arange(len(search.data.sites)), np.arange(len(price)), [])
    climb = Climb.begin(search.data, search.limits, price, step=FIRST_STEP)
    search.price = climb.price.copy()
    left = _swept(search, part, climb, ROOT_SWEEPS)
    shaken_to = mended_to = np.inf
    while left is not None:
        part, climb = left
        if climb.pace is BRISK and len(part.columns) <= FEW:  # with many cells each kick takes as long as some nodes
            branch(search, part, climb, together=part.crowded, most=FIRST_NODES)
            if search.watch.why is not None:
                return
        better = search.value < shaken_to and shake(search, part)
        if not better and climb.pace is FINE and search.value < mended_to:
            better = mend(search, part)
            mended_to = search.value
        shaken_to = search.value
        if not better and climb.pace is FINE:
            left = onward(search, part, climb, climb.decided(search.enough))
            if left is None:
                search.prove()
            else:
                _finish(search, *left)
            return
        # A better choice leaves much less, and what is left is worth finer steps.
        most = ROOT_SWEEPS if better else min(FINE_SWEEPS, FINE_ROWS // max(len(part.rows), 1))
        again = (NODE_STEP, BRISK) if better else (FINE_STEP, FINE)
        left = onward(search, part, climb, climb.decided(search.enough), again=again)
        if left is None:
            search.prove()
            return
        left = _swept(search, *left, most)


def _swept(search: Search, part: Part, climb: Climb, most: int) -> tuple[Part, Climb] | None:
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
            rest = onward(search, part, climb, decided)
            if rest is None:
                search.prove()
                return None
            part, climb = rest
    return None


def _finish(search: Search, part: Part, climb: Climb) -> None:
    """Take the best prices of a small part from its linear relaxation, and branch on what is left.

    Where candidates crowd the relaxation takes long, and comes only when some branching has not been enough.
    """
    if _settled(search, part) or search.watch.why is not None:
        return
    if part.crowded:
        branch(search, part, climb, together=True, most=CROWDED_NODES if part.small else np.inf)
    if search.watch.why is not None:
        return
    if part.small:
        rest = relaxed(search, part, climb)
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
        branch(search, part, climb, together=False)


def _settled(search: Search, part: Part) -> bool:
    """Whether SCIP was asked what a part is worth that has few distances for each cell: then there is no more to do."""
    data = part.data
    if data.pairs == 0 or part.settled is not None:
        return False
    whole = form(data, part.limits)
    tells = search.measure > SOLVER_TELLS * (search.value - whole.base)
    if not tells or whole.distances > min(SOLVER_DISTANCES, SOLVER_DEPTH * len(part.rows)):
        return False

    if search.watch.gap > WIDE:
        shake(search, part, patient=True)

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
