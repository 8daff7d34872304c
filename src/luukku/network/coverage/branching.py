"""Branch and Benders cut for maximal covering: SCIP branches on sites, our cuts say what a choice covers.

Source: Cordeau, Furini & Ljubić (2019), "Benders decomposition for very large scale partial set covering and maximal
covering location problems": the model has a variable for each site and none for the groups, because what a choice
covers is plain to see. Here the groups are parted by area, each part with its own estimate and its own cuts, and the
first cuts come from Lagrangian prices, so that the tree begins at their bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from pyscipopt import SCIP_HEURTIMING, SCIP_PARAMSETTING, SCIP_RESULT, Conshdlr, Heur, Model, quicksum

from luukku.network.coverage.model import Best, Coverage
from luukku.network.coverage.prices import Prices
from luukku.network.coverage.search import searched

THOUSAND = 1000.0
"""People are given to the solver in thousands, so that its coefficients stay within six orders of magnitude."""
VIOLATED = 1e-5
"""Thousands of people by which an estimate must exceed what is covered for a cut to be worth adding."""
ROUNDS = 500
"""Rounds of swaps from the values of a node."""


def branched(data: Coverage, best: Best, shares: Sequence[NDArray[np.float64]], whole: Prices | None = None) -> None:
    """Better the best choice until none is better, or the watch says to stop; the watch hears of bounds.

    shares: prices of groups as in `coverage.prices`; each gives first cuts. whole: prices that hold for all parts
    together; they give one more.
    """
    model = Model()
    model.hideOutput()
    tree = _Tree(data, best, model)
    _build(tree, shares, whole)
    model.setHeuristics(SCIP_PARAMSETTING.OFF)
    for name, value in SETTINGS.items():
        model.setParam(name, value)
    model.setParam("limits/time", max(best.watch.left, 0.01))
    model.setParam("limits/absgap", max(0.5 * data.measure, 1e-6) / THOUSAND)
    model.setObjlimit((data.goal(best.value) - data.served) / THOUSAND)
    model.includeConshdlr(
        _CoverCuts(tree),
        "covered",
        "estimates do not exceed what is covered",
        sepapriority=100,
        enfopriority=-10,
        chckpriority=-10,
        sepafreq=1,
        eagerfreq=-1,
        needscons=False,
    )
    with ThreadPoolExecutor(1) as beside:
        found = _Swaps(tree, beside)
        model.includeHeur(
            found, "swaps", "swaps from a node's values", "s", freq=1, timingmask=SCIP_HEURTIMING.AFTERLPNODE
        )
        model.optimizeNogil()
        found.collect()
    tree.tell()
    if model.getStatus() in {"optimal", "infeasible", "inforunbd", "gaplimit"}:
        best.watch.improve(bound=best.value)
    model.freeProb()


SETTINGS: dict[str, Any] = {
    "limits/gap": 0.0,
    "timing/clocktype": 2,
    "randomization/randomseedshift": 0,
    "misc/allowstrongdualreds": False,
    "misc/allowweakdualreds": False,
    "misc/catchctrlc": False,
    "presolving/maxrestarts": 0,
    "nodeselection/bfs/stdpriority": 1_000_000,
    "separating/maxstallroundsroot": 40,
}
"""Wall time; no restarts and no reductions by what the model seems to lack, because cuts come later; the node of the
highest bound first, because swaps have found the best choice long before its proof; patience with cuts at the root."""


class _Tree:
    """What the cuts and the swaps share: the variables, the part of each group, the best choice."""

    def __init__(self, data: Coverage, best: Best, model: Model) -> None:
        self.data = data
        self.best = best
        self.model = model
        self.part = _parts(data, data.columns(best.sites))
        self.parts = int(self.part.max(initial=0)) + 1
        self.site: list[Any] = []
        self.estimate: list[Any] = []

    def values(self, solution: Any) -> NDArray[np.float64]:
        """(columns,) the sites' values in a solution, or at the node when it is None."""
        return np.array([self.model.getSolVal(solution, variable) for variable in self.site])

    def estimates(self, solution: Any) -> NDArray[np.float64]:
        """(parts,) thousands of people said to be covered."""
        return np.array([self.model.getSolVal(solution, variable) for variable in self.estimate])

    def covered(self, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(parts,) thousands of people that values of the sites cover, and (rows,) 1 for groups not fully covered."""
        how = np.asarray(self.data.rows @ values)
        people = self.data.people * np.minimum(how, 1.0) / THOUSAND
        covered = np.bincount(self.part, weights=people, minlength=self.parts).astype(np.float64)
        return covered, (how < 1 - 1e-9).astype(np.float64)

    def cut(self, share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(parts,) constants and (parts, columns) factors, in thousands: no choice covers more of a part."""
        data = self.data
        constant = np.bincount(self.part, weights=data.people * (1 - share), minlength=self.parts)
        factors = _factors(
            data.by_site.indptr, data.by_site.indices, data.people * share, self.part, self.parts, len(data.sites)
        )
        return constant / THOUSAND, factors / THOUSAND

    def tell(self) -> None:
        """Note the tree's bound, and end the search when it has to."""
        bound = float(self.model.getDualbound())
        if abs(bound) < self.model.infinity():
            bound = self.data.lowered(self.data.served + THOUSAND * bound)
            self.best.watch.improve(bound=max(bound, self.best.value))
        if self.best.watch.why is not None:
            self.model.interruptSolve()


def _build(tree: _Tree, shares: Sequence[NDArray[np.float64]], whole: Prices | None) -> None:
    """Sites and estimates, the room, the alternatives and the first cuts.

    One of the first cuts has every site in it and every estimate: so nothing looks unbounded or useless to the solver.
    """
    data, model = tree.data, tree.model
    tree.site = [model.addVar(f"site{column}", vtype="B") for column in range(len(data.sites))]
    most = np.bincount(tree.part, weights=data.people, minlength=tree.parts) / THOUSAND
    tree.estimate = [model.addVar(f"part{part}", lb=0.0, ub=float(most[part])) for part in range(tree.parts)]
    model.setObjective(quicksum(tree.estimate), "maximize")
    unit = max(data.room, float(data.price.max(initial=0.0)), 1e-9) if (data.price != 1).any() else 1.0
    model.addCons(
        quicksum(float(price) / unit * site for price, site in zip(data.price, tree.site, strict=True))
        <= data.room / unit
    )
    for begin, end in zip(data.barred.indptr[:-1], data.barred.indptr[1:], strict=True):
        model.addCons(quicksum(tree.site[column] for column in data.barred.indices[begin:end]) <= 1)
    for share in (np.ones(len(data.people)), *shares):
        constant, factors = tree.cut(share)
        for part, estimate in enumerate(tree.estimate):
            terms = np.flatnonzero(factors[part] > 0)
            model.addCons(
                estimate <= float(constant[part]) + quicksum(float(factors[part, c]) * tree.site[c] for c in terms),
                removable=True,
            )
    if whole is not None:
        paid = quicksum(float(pay) / THOUSAND * site for pay, site in zip(whole.pay, tree.site, strict=True))
        model.addCons(quicksum(tree.estimate) <= (whole.rest - data.served) / THOUSAND + paid)


class _CoverCuts(Conshdlr):  # type: ignore[misc] # pyscipopt has no types
    """An estimate does not exceed what the sites of its part cover: cuts wherever it does."""

    def __init__(self, tree: _Tree) -> None:
        self.tree = tree

    def _cut_off(self) -> bool:
        tree, model = self.tree, self.tree.model
        tree.tell()
        covered, short = tree.covered(tree.values(None))
        over = np.flatnonzero(tree.estimates(None) > covered + VIOLATED)
        if not len(over):
            return False
        constant, factors = tree.cut(short)
        for part in over:
            row = model.createEmptyRowUnspec(lhs=None, rhs=float(constant[part]), local=False, removable=True)
            model.cacheRowExtensions(row)
            model.addVarToRow(row, tree.estimate[part], 1.0)
            for column in np.flatnonzero(factors[part] > 0):
                model.addVarToRow(row, tree.site[column], -float(factors[part, column]))
            model.flushRowExtensions(row)
            model.addCut(row, forcecut=True)
            model.releaseRow(row)
        return True

    def _holds(self, solution: Any) -> bool:
        covered, _ = self.tree.covered(self.tree.values(solution))
        return not (self.tree.estimates(solution) > covered + VIOLATED).any()

    def conssepalp(self, constraints: Any, nusefulconss: int) -> dict[str, Any]:  # noqa: ARG002 - pyscipopt's names
        """Cut off the values of a node that estimate too much."""
        return {"result": SCIP_RESULT.SEPARATED if self._cut_off() else SCIP_RESULT.DIDNOTFIND}

    def consenfolp(self, constraints: Any, nusefulconss: int, solinfeasible: bool) -> dict[str, Any]:  # noqa: ARG002
        """Accept whole values of a node only when they do not estimate too much."""
        return {"result": SCIP_RESULT.SEPARATED if self._cut_off() else SCIP_RESULT.FEASIBLE}

    def consenfops(
        self,
        constraints: Any,  # noqa: ARG002
        nusefulconss: int,  # noqa: ARG002
        solinfeasible: bool,  # noqa: ARG002
        objinfeasible: bool,  # noqa: ARG002
    ) -> dict[str, Any]:
        """The same where the solver gave no linear programme to the node."""
        return {"result": SCIP_RESULT.FEASIBLE if self._holds(None) else SCIP_RESULT.SOLVELP}

    def conscheck(  # noqa: PLR0917 - pyscipopt's names
        self,
        constraints: Any,  # noqa: ARG002
        solution: Any,
        checkintegrality: bool,  # noqa: ARG002
        checklprows: bool,  # noqa: ARG002
        printreason: bool,  # noqa: ARG002
        completely: bool,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Accept a solution only when it does not estimate too much; count its choice ourselves."""
        if not self._holds(solution):
            return {"result": SCIP_RESULT.INFEASIBLE}
        self.tree.best.offer(self.tree.data, np.flatnonzero(self.tree.values(solution) > 0.5))
        return {"result": SCIP_RESULT.FEASIBLE}

    def conslock(self, constraint: Any, locktype: Any, nlockspos: int, nlocksneg: int) -> None:
        """The first cuts lock every variable in the directions in which these do."""


class _Swaps(Heur):  # type: ignore[misc] # pyscipopt has no types
    """The sites of greatest value at a node, bettered by swaps in another thread while the tree grows.

    Each node gives a start and takes what came of the start before, so that equal input finds equal choices.
    """

    def __init__(self, tree: _Tree, beside: ThreadPoolExecutor) -> None:
        self.tree = tree
        self.beside = beside
        self.found: Future[NDArray[np.intp]] | None = None
        self.seed = 0

    def collect(self) -> NDArray[np.intp] | None:
        """What came of the start before, when it is better than the best choice."""
        if self.found is None:
            return None
        columns, self.found = self.found.result(), None
        return columns if self.tree.best.offer(self.tree.data, columns) else None

    def heurexec(self, heurtiming: Any, nodeinfeasible: bool) -> dict[str, Any]:  # noqa: ARG002 - pyscipopt's names
        """Give the solver what is better than its best, and search from the node's values."""
        tree, model = self.tree, self.tree.model
        columns = self.collect()
        if not nodeinfeasible:
            self.seed += 1
            likely = np.argsort(-tree.values(None), kind="stable")
            self.found = self.beside.submit(searched, tree.data, likely, rounds=ROUNDS, seed=self.seed)
        if columns is None:
            return {"result": SCIP_RESULT.DIDNOTFIND}
        solution = model.createSol(self)
        chosen = np.isin(np.arange(len(tree.site)), columns).astype(np.float64)
        for variable, value in zip(tree.site, chosen, strict=True):
            model.setSolVal(solution, variable, float(value))
        for variable, value in zip(tree.estimate, tree.covered(chosen)[0], strict=True):
            model.setSolVal(solution, variable, float(value))
        accepted = model.trySol(solution)
        return {"result": SCIP_RESULT.FOUNDSOL if accepted else SCIP_RESULT.DIDNOTFIND}


def _parts(data: Coverage, best: NDArray[np.intp]) -> NDArray[np.intp]:
    """(rows,) the part of each group: the site of a choice with which the group's sites share most groups."""
    if not len(best):
        return np.zeros(len(data.people), dtype=np.intp)
    shared = data.by_site @ data.by_site[best].T
    return np.asarray((data.rows @ shared).toarray().argmax(axis=1), dtype=np.intp)


@njit(cache=True)
def _factors(  # noqa: PLR0917 - compiled loops take arrays
    column_start: NDArray[np.int32],
    column_row: NDArray[np.int32],
    price: NDArray[np.float64],
    part: NDArray[np.intp],
    parts: int,
    columns: int,
) -> NDArray[np.float64]:
    factors = np.zeros((parts, columns))
    for column in range(columns):
        for pair in range(column_start[column], column_start[column + 1]):
            row = column_row[pair]
            factors[part[row], column] += price[row]
    return factors
