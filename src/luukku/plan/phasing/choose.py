"""Choose the year in which each point opens: the least cost of all the years, within each year's money and works.

An assignment of points to years with two knapsacks a year (a multi-resource generalised assignment problem, Gavish &
Pirkul 1991), proved by HiGHS. The closures follow from the openings: each unit closes as soon as it can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.errors import Impossible, LuukkuError
from luukku.network.highs import Answer, Programme, solve
from luukku.network.problem import ONE_MINUTE, Stop
from luukku.network.watch import Watch
from luukku.plan.phasing.dates import closing_date, costs_of, opening_date, undated
from luukku.plan.phasing.items import Opening, PhasingTask
from luukku.plan.phasing.result import Phasing, closed, opened, year_rows
from luukku.premises.sharing.core import euros

METHOD = "Generalised assignment of points to years with two knapsacks a year, proved by HiGHS"
LOOKED_ON = 20
"""Years after the last one in which the first that everything fits is looked for."""
SHORT = Stop(seconds=10.0)
"""Time for each of the two questions of what would be possible instead."""
STEPS = 1e6
"""The dearest choice is worth so many units in the programme, so that HiGHS' tolerances are far below its costs."""
EXACT = {"mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}


@dataclass(frozen=True, slots=True)
class _Choice:
    """One point opening in one year, and what everything of that point then costs over all the years."""

    point: int
    year: int
    opens: date
    cents: int


def phase(task: PhasingTask, *, stop: Stop = ONE_MINUTE) -> Phasing:
    """The years of opening and closing with the least total cost of the task's years.

    The cost counts own units until their closures, joint points from their openings (whole years, in cents, not
    discounted) and investments; so double rent and later savings weigh as they cost. Units without a dated closure are
    paid to the end and named in `undated`.

    Raises Impossible, with the best that is possible, when not every point can open within the years, the money and the
    works; LuukkuError when the time ended before any choice was found.
    """
    watch = Watch(stop)
    choices = _choices(task)
    if misfits := list(_misfits(task, choices)):
        raise Impossible("\n".join(misfits))
    cheapest = _cheapest(choices)
    base = sum(cheapest.values())
    picked, bound = _least(task, choices, watch) if choices else ([], 0)
    objective = sum(each.cents for each in picked)
    bound = min(bound, objective)
    watch.improve(value=objective, bound=bound)
    days = [each.opens for each in picked]
    opens = {opening.point.code: day for opening, day in zip(task.openings, days, strict=True)}
    lost = undated(task)
    names = {each.unit for each in lost}
    return Phasing(
        task=task,
        openings=tuple(sorted(map(opened, task.openings, days), key=lambda each: (each.opens, each.code))),
        closures=tuple(
            sorted(
                (
                    closed(each, opens[each.unit.replaced_by], dated=each.unit.unit not in names)
                    for each in task.closings
                ),
                key=lambda each: (each.closes is None, each.closes or each.opens, each.unit),
            )
        ),
        years=year_rows(task, days),
        undated=lost,
        objective=objective,
        bound=bound,
        gap=(objective - bound) / max(objective, 1),
        held_back=objective - base,
        stopped_by="proved" if bound == objective else watch.why or "time",
        seconds=watch.seconds,
        method=METHOD,
    )


def _choices(task: PhasingTask) -> list[_Choice]:
    """Every point with every year that its own days, and that year's money and works, allow."""
    lost = {each.unit for each in undated(task)}
    found: list[_Choice] = []
    for number, opening in enumerate(task.openings):
        own = [each for each in task.closings if each.unit.replaced_by == opening.point.code]
        latest, _ = _latest(task, opening)
        for year in task.years:
            opens = opening_date(task, opening, year)
            if opens is None or year > latest or not _fits(task, opening, year):
                continue
            ends = [None if each.unit.unit in lost else closing_date(each, opens)[0] for each in own]
            parts = costs_of(task, opening, opens, list(zip(own, ends, strict=True)))
            found.append(_Choice(number, year, opens, sum(sum(each[:3]) for each in parts.values())))
    return found


def _fits(task: PhasingTask, opening: Opening, year: int) -> bool:
    return (task.budget is None or opening.money <= task.budget[year]) and (
        task.works is None or opening.works <= task.works[year]
    )


def _latest(task: PhasingTask, opening: Opening) -> tuple[int, str]:
    """The last year in which a point can open, and the unit whose decided closure asks for it ("" when none does)."""
    decided = [
        (each.unit.closes.year, each.unit.unit)
        for each in task.closings
        if each.unit.replaced_by == opening.point.code and each.unit.closes is not None
    ]
    return min([*decided, (task.last, "")])


def _misfits(task: PhasingTask, choices: Sequence[_Choice]) -> Iterator[str]:
    """For each point that has no year of its own: why, and what would be possible."""
    some = {each.point for each in choices}
    for number, opening in enumerate(task.openings):
        if number in some:
            continue
        code, soonest = opening.point.code, opening.point.opens
        last, unit = _latest(task, opening)
        if unit and (soonest.year > last or last < task.first):
            could = max(soonest, date(task.first, 1, 1))
            yield (
                f'"{unit}" is to close in {last}, before "{code}", which replaces it, can open: the best possible is '
                f"to close it in {could.year}."
            )
            continue
        if soonest.year > task.last:
            yield f'"{code}" can open on {soonest} at the soonest, after the last year {task.last}.'
            continue
        years = range(max(soonest.year, task.first), last + 1)
        told = f'"{code}" needs {euros(opening.money, "en")} and {opening.works} works in one year'
        most = []
        if task.budget is not None:
            most.append(euros(max(task.budget[year] for year in years), "en"))
        if task.works is not None:
            most.append(f"{max(task.works[year] for year in years)} works")
        yield f"{told}, but no year of {years[0]}-{years[-1]} has that: the most in a year is {' and '.join(most)}."


def _cheapest(choices: Sequence[_Choice]) -> dict[int, int]:
    """{point: cents in its own cheapest year}."""
    least: dict[int, int] = {}
    for each in choices:
        least[each.point] = min(each.cents, least.get(each.point, each.cents))
    return least


def _least(task: PhasingTask, choices: list[_Choice], watch: Watch) -> tuple[list[_Choice], int]:
    """The choice of each point, in the order of the points, that cost least together, and the bound in cents."""
    least = _cheapest(choices)
    base = sum(least.values())
    regret = np.array([each.cents - least[each.point] for each in choices], dtype=np.float64)
    unit = max(float(regret.max()) / STEPS, 1.0)

    def in_cents(bound: float) -> int:
        return base + ceil(bound * unit - 0.5)  # costs are whole cents; half a cent is the solver's rounding

    def hear(best: float, bound: float) -> bool:
        if np.isfinite(bound):
            watch.improve(bound=in_cents(bound))
        close = np.isfinite(best) and (best - bound) * unit <= watch.stop.gap * (base + best * unit)
        return bool(watch.stop.gap > 0 and close) or watch.why is not None

    answer, picked = _assign(task, choices, regret / unit, watch, tell=hear)
    if answer.infeasible:
        raise Impossible(_best_possible(task, choices))
    if not picked:
        raise LuukkuError(f"No phasing was found in {watch.seconds:.0f} seconds: give it more time.")
    bound = sum(each.cents for each in picked) if answer.complete else base
    return picked, max(bound, in_cents(answer.bound)) if np.isfinite(answer.bound) else bound


def _assign(
    task: PhasingTask,
    choices: list[_Choice],
    cost: NDArray[np.float64],
    watch: Watch,
    *,
    tell: Callable[[float, float], bool] | None = None,
    every: bool = True,
) -> tuple[Answer, list[_Choice]]:
    """HiGHS's answer and the picked choices, which keep money and works to the cent.

    every: whether each point must open; if not, it may. A set that breaks a year's limit by less than the solver's
    tolerance is forbidden and the programme solved again.
    """
    limits = list(_limits(task, choices))
    forbidden: list[set[int]] = []
    while True:
        answer = solve(
            _programme(choices, cost, limits, forbidden, every), seconds=watch.left, options=EXACT, tell=tell
        )
        if answer.values is None:
            return answer, []
        ones = set(np.flatnonzero(answer.values > 0.5).tolist())
        broken = [ones & uses.keys() for uses, most in limits if sum(uses[n] for n in ones & uses.keys()) > most]
        if not broken:
            return answer, [choices[n] for n in sorted(ones)]
        forbidden += broken


def _programme(
    choices: Sequence[_Choice],
    cost: NDArray[np.float64],
    limits: Sequence[tuple[dict[int, int], int]],
    forbidden: Sequence[set[int]],
    every: bool,
) -> Programme:
    """One year for each point, no more used than there is, and no forbidden set."""
    of_point: dict[int, dict[int, float]] = defaultdict(dict)
    for number, each in enumerate(choices):
        of_point[each.point][number] = 1.0
    matrix = list(of_point.values())
    upper = [1.0] * len(matrix)
    lower = [1.0 if every else 0.0] * len(matrix)
    for uses, most in limits:
        largest = max(uses.values())
        matrix.append({number: use / largest for number, use in uses.items()})
        upper.append(most / largest)
    for broken in forbidden:
        matrix.append(dict.fromkeys(broken, 1.0))
        upper.append(len(broken) - 1.0)
    lower += [-np.inf] * (len(matrix) - len(lower))
    return Programme(
        cost, np.ones(len(cost)), _matrix(matrix, len(cost)), np.array(lower), np.array(upper), whole=len(cost)
    )


def _limits(task: PhasingTask, choices: Sequence[_Choice]) -> Iterator[tuple[dict[int, int], int]]:
    """({choice: what it uses}, what there is) for each year's money and works that could run out."""
    for limit, use in (
        (task.budget, [each.money for each in task.openings]),
        (task.works, [each.works for each in task.openings]),
    ):
        for year in task.years if limit is not None else ():
            uses = {n: use[each.point] for n, each in enumerate(choices) if each.year == year and use[each.point]}
            if limit is not None and sum(uses.values()) > limit[year]:
                yield uses, limit[year]


def _matrix(rows: Sequence[Mapping[int, float]], columns: int) -> sparse.csr_array:
    lengths = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.array([n for row in rows for n in sorted(row)], dtype=np.int32)
    values = np.array([row[n] for row in rows for n in sorted(row)], dtype=np.float64)
    return sparse.csr_array((values, indices, lengths), shape=(len(rows), columns))


def _best_possible(task: PhasingTask, choices: list[_Choice]) -> str:
    """What cannot hold, how many points can open at most, and the first year by which all can."""
    most, picked = _assign(task, choices, np.full(len(choices), -1.0), Watch(SHORT), every=False)
    inside = {each.point for each in picked}
    left = [opening.point.code for number, opening in enumerate(task.openings) if number not in inside]
    told = (
        f"The money and the works of {task.first}-{task.last} do not suffice for all {len(task.openings)} points. "
        f"{'At best' if most.complete else 'At least'} {len(inside)} of them can open; left over: {', '.join(left)}."
    )
    watch = Watch(SHORT)
    for last in range(task.last + 1, task.last + 1 + LOOKED_ON):
        longer = _longer(task, last)
        more = _choices(longer)
        answer, all_ = _assign(longer, more, np.zeros(len(more)), watch)
        if all_:
            return f"{told} If {task.last}'s money and works go on every year, all are open in {last}."
        if not answer.infeasible:
            break
    return f"{told} No later year was found in which all are open with {task.last}'s money and works."


def _longer(task: PhasingTask, last: int) -> PhasingTask:
    """The task with more years, each with the money and the works of the last one."""

    def on(limit: Mapping[int, int] | None) -> dict[int, int] | None:
        return None if limit is None else {year: limit[min(year, task.last)] for year in range(task.first, last + 1)}

    return replace(task, last=last, budget=on(task.budget), works=on(task.works))
