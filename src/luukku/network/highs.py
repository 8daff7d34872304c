"""A thin door to HiGHS: one mixed-integer or linear problem in, its values and bound out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

STALE = 1e-6
"""By how much, relatively, values may cost more than HiGHS says they do. It can give back the start beside the cost of
better values that it found, when no relative gap is allowed (its issue 1570, open in release 1.16)."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise cost @ x with row_lower <= rows @ x <= row_upper and 0 <= x <= upper.

    cost, upper: (columns,) float64; rows: (rows, columns) CSR; row_lower, row_upper: (rows,) float64.
    whole:       how many of the first columns have to be whole numbers.
    """

    cost: NDArray[np.float64]
    upper: NDArray[np.float64]
    rows: sparse.csr_array
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]
    whole: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What HiGHS found.

    values:     (columns,) float64, None when it found none; row_duals: (rows,) float64, for linear problems.
    bound:      no values cost less (minus infinity when unknown, infinity when it proved that there are none).
    complete:   whether it ended by itself, with the optimum or the proof that there is none.
    infeasible: whether it proved that no values satisfy the rows.
    """

    values: NDArray[np.float64] | None
    row_duals: NDArray[np.float64]
    cost: float
    bound: float
    complete: bool
    infeasible: bool


def solve(
    programme: Programme,
    *,
    seconds: float,
    start: NDArray[np.float64] | None = None,
    options: dict[str, Any] | None = None,
    tell: Callable[[float, float], bool] | None = None,
) -> Answer:
    """Solve with one thread and a fixed seed, so that equal input gives equal output when time does not cut it short.

    start: known values to begin from. tell: called with the best cost and bound now and then; True stops the solver.
    """
    solver = _Quiet()
    settings: dict[str, Any] = {
        "threads": 1,
        "random_seed": 0,
        "time_limit": max(seconds, 0.0),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-6,
        **(options or {}),
    }
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(programme))
    if start is not None:
        solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    if tell is not None:
        _listen(solver, tell)
    solver.run()
    answer = _answer(solver, mixed=programme.whole > 0)
    if answer.values is None or not programme.whole:
        return answer
    cost = float(programme.cost @ answer.values)
    if cost <= answer.cost + STALE * max(abs(cost), 1.0):
        return answer
    if start is not None:
        return solve(programme, seconds=seconds - solver.getRunTime(), options=options, tell=tell)
    return replace(answer, cost=cost, complete=False)


class Growing:
    """A linear programme that rows join and leave; each answer begins from the basis of the last."""

    def __init__(self, programme: Programme) -> None:
        self._solver = _Quiet()
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("random_seed", 0)
        self._solver.passModel(_model(programme))

    def add(self, columns: NDArray[np.intp], lower: float, values: NDArray[np.float64] | None = None) -> None:
        """Add the row lower <= values @ x[columns]; without values each counts 1."""
        each = np.ones(len(columns)) if values is None else values
        self._solver.addRow(lower, np.inf, len(columns), columns.astype(np.int32), each)

    def drop(self, rows: NDArray[np.intp]) -> None:
        """Take rows out, by their numbers, ascending; those after them move up."""
        self._solver.deleteRows(len(rows), rows.astype(np.int32))

    def solve(self, seconds: float = np.inf) -> Answer:
        """The values and duals of all rows so far; with a time limit only when it is met."""
        if np.isfinite(seconds):
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.0))
        self._solver.run()
        return _answer(self._solver, mixed=False)


class _Quiet(highspy.Highs):  # type: ignore[misc] # highspy has no types
    """HiGHS without its banner, which the constructor would print when it sets up its callbacks."""

    def enableCallbacks(self) -> None:  # noqa: N802 - highspy's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


def _model(programme: Programme) -> highspy.HighsLp:
    columns, rows = len(programme.cost), programme.rows.shape[0]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = np.zeros(columns), programme.upper
    model.row_lower_, model.row_upper_ = programme.row_lower, programme.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = programme.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = programme.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = programme.rows.data.astype(np.float64)
    if programme.whole:
        kinds = [highspy.HighsVarType.kInteger] * programme.whole
        model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (columns - programme.whole)
    return model


def _listen(solver: highspy.Highs, tell: Callable[[float, float], bool]) -> None:
    def hear(event: Any) -> None:
        if tell(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound):
            event.data_in.user_interrupt = True

    solver.cbMipInterrupt += hear


def _answer(solver: highspy.Highs, *, mixed: bool) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    infeasible = status == highspy.HighsModelStatus.kInfeasible
    complete = infeasible or status == highspy.HighsModelStatus.kOptimal
    known = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = solver.getSolution()
    cost = float(info.objective_function_value) if known else np.inf
    bound = float(info.mip_dual_bound) if mixed else (cost if complete else -np.inf)
    return Answer(
        values=np.array(solution.col_value) if known else None,
        row_duals=np.array(solution.row_dual),
        cost=cost,
        bound=np.inf if infeasible else bound,
        complete=complete,
        infeasible=infeasible,
    )
