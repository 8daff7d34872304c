"""A thin door to SCIP: one mixed-integer programme in, its values and bound out, as the door to HiGHS has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from pyscipopt import SCIP_EVENTTYPE, SCIP_PARAMSETTING, Eventhdlr, Model, quicksum

from luukku.network.highs import Answer, Programme

HEARD = (SCIP_EVENTTYPE.LPSOLVED, SCIP_EVENTTYPE.NODESOLVED, SCIP_EVENTTYPE.PRESOLVEROUND)
"""When SCIP is asked how far it is, and told to stop."""


def solve_whole(
    programme: Programme,
    *,
    seconds: float,
    below: float = np.inf,
    tell: Callable[[float, float], bool] | None = None,
) -> Answer:
    """Let SCIP solve a programme with whole numbers, in one thread and the same way every time.

    below: only values that cost less than this count; that there are none is `infeasible`. The heuristics are off
    then: whoever has a value to beat has searched already, and what is left is the proof.
    tell:  called with the cost of the best values and the bound now and then; True stops the solver.
    """
    model = Model()
    model.hideOutput()
    settings = {
        "limits/time": min(max(seconds, 0.0), 1e20),
        "limits/gap": 0.0,
        "misc/catchctrlc": False,
        "randomization/randomseedshift": 0,
    }
    for name, value in settings.items():
        model.setParam(name, value)
    columns = [
        model.addVar(vtype="I" if number < programme.whole else "C", lb=0.0, ub=float(upper), obj=float(cost))
        for number, (cost, upper) in enumerate(zip(programme.cost, programme.upper, strict=True))
    ]
    _add_rows(model, programme, columns)
    if np.isfinite(below):
        model.setObjlimit(below)
        model.setHeuristics(SCIP_PARAMSETTING.OFF)
    if tell is not None:
        model.includeEventhdlr(_Listener(tell), "progress", "tells how far it is")
    model.optimizeNogil()
    return _answer(model, columns)


def _add_rows(model: Model, programme: Programme, columns: list[Any]) -> None:
    start, item, value = programme.rows.indptr, programme.rows.indices, programme.rows.data
    for row, (lower, upper) in enumerate(zip(programme.row_lower, programme.row_upper, strict=True)):
        part = slice(start[row], start[row + 1])
        total = quicksum(
            float(v) * columns[column] for column, v in zip(item[part].tolist(), value[part].tolist(), strict=True)
        )
        if np.isfinite(lower):
            model.addCons(total >= float(lower))
        if np.isfinite(upper):
            model.addCons(total <= float(upper))


class _Listener(Eventhdlr):  # type: ignore[misc] # pyscipopt has no types
    """Passes on how far SCIP is."""

    def __init__(self, tell: Callable[[float, float], bool]) -> None:
        self.tell = tell

    def eventinit(self) -> None:
        for event in HEARD:
            self.model.catchEvent(event, self)

    def eventexit(self) -> None:
        for event in HEARD:
            self.model.dropEvent(event, self)

    def eventexec(self, _event: Any) -> None:
        if self.tell(self.model.getPrimalbound(), self.model.getDualbound()):
            self.model.interruptSolve()


def _answer(model: Model, columns: list[Any]) -> Answer:
    status = model.getStatus()
    infeasible = status in {"infeasible", "inforunbd"}
    known = model.getNSols() > 0
    best = model.getBestSol() if known else None
    return Answer(
        values=np.array([model.getSolVal(best, column) for column in columns]) if known else None,
        row_duals=np.zeros(0),
        cost=float(model.getSolObjVal(best)) if known else np.inf,
        bound=np.inf if infeasible else float(model.getDualbound()),
        complete=infeasible or status == "optimal",
        infeasible=infeasible,
    )
