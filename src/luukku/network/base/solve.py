"""Networks in which every chosen point keeps its base: enough people within the limit, or for whom it is the nearest.

The second reading is closest assignment (Gerrard & Church 1996): nobody can be sent to a farther point to fill it. It
is solved without a variable for who goes where. A search (`search`) keeps every base. The bound comes from going
through single regions (`regions`), or from maximal covering (Church & ReVelle 1974), where what leaves a point
short is cut off when it is met (`master`).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction, Impossible
from luukku.network.base import catchments
from luukku.network.base.master import THOUSAND, Master, Reading, Task, people_within
from luukku.network.base.regions import SHAPES, left_out
from luukku.network.base.search import BaseSearch
from luukku.network.cover.solve import fewest_points
from luukku.network.highs import Answer, solve
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.watch import SAME, Watch
from luukku.network.whole import Enough

FIRST_PARTS = 12
"""So many parts searched in a row without anything better are enough before the bound is looked for."""
PARTS = 5
"""The same for the search from a choice that the bound comes from."""
IN_VAIN = 200
"""The same for the search beside the bound."""
MANY = 150
"""Candidates from which on the bound is first looked for region by region: the solver settles fewer alone."""
REGIONS = 0.9
"""Share of the time for that."""
LOOKS = 60
"""Looks at the clock in which regions of one shape are tried."""
LOOSE = 0.1
"""Share of the gap that a choice from the solver may lie off its best while choices are still being cut off."""
CLOSE = 1e-8
"""How far, relative to all people, the solver's count may lie from ours and still be the same choice."""


def most_covered_with_base(
    problem: Problem,
    *,
    within: float,
    base: float,
    points: int | None = None,
    reading: Reading = "nearest",
    stop: Stop = ONE_MINUTE,
) -> Solution:
    """The most people within `within` minutes of points of which every chosen one has a base of `base` people.

    reading: "nearest", people for whom the point is the nearest open one within the horizon of the travel times, of
             equally near ones that with the lower number; or "within", people who live within the limit of it.
    points:  at most so many points, the fixed ones among them; None for as many as serve anybody.

    Fixed and free points stand with whatever base they have: they take people from others, and `bases` tells who falls
    short. Points without which nobody more would be left out are not chosen.

    Raises Impossible when more points are fixed than asked, Contradiction for a base that is negative or no number, or
    a limit beyond the travel times.
    """
    _check(base, reading)
    if points is not None and points < len(problem.fixed):
        raise Impossible(
            f"{points} points were asked, but {len(problem.fixed)} are fixed. The fewest possible is "
            f"{len(problem.fixed)}."
        )
    watch = Watch(stop, most=True)
    task = Task.of(problem, within, base, None if points is None else points - len(problem.fixed), reading)
    chosen = _most(task, watch)
    method = "Covering with a base: search, enumeration of regions, lazy cuts with HiGHS (Balas 1965, 1975)"
    return watch.solution([*problem.fixed, *chosen.tolist()], method)


def fewest_points_with_base(
    problem: Problem,
    *,
    within: float,
    base: float,
    share: float = 1.0,
    reading: Reading = "nearest",
    stop: Stop = ONE_MINUTE,
) -> Solution:
    """The fewest points that bring `share` of the people within `within` minutes and each have a base of `base` people.

    Halves the numbers of points between the best bound and the best choice, each time with `most_covered_with_base`,
    which ends as soon as it has reached the share or cannot. The bound is first that without a base (`fewest_points`).

    The objective counts the fixed points, not the free ones; these stand with whatever base they have.

    Raises Impossible with the greatest share possible, or, when time ended first, with the greatest found, and
    Contradiction for a share outside 0-1, a base that is negative or no number, or a limit beyond the travel times.
    """
    _check(base, reading)
    watch = Watch(stop)
    least = fewest_points(problem, within=within, share=share, stop=_part(watch, 0.2)).bound
    total = float(problem.people.sum())
    need = share * total * (1 - 1e-9)

    def most(points: int | None, part: float) -> Solution:
        enough = _until(_part(watch, part), need)
        return most_covered_with_base(problem, within=within, base=base, points=points, reading=reading, stop=enough)

    best = most(None, 0.5)
    if best.objective < need:
        known = "the best possible is at most" if best.bound < need else "time ended; the best found is"
        figure = min(best.bound if best.bound < need else best.objective, total) / total
        raise Impossible(
            f"{share:.4%} of the people within {within:g} minutes with a base of {base:,.0f} was asked, but {known} "
            f"{math.floor(figure * 1e6) / 1e4:.4f}%."
        )
    low = int(least)
    watch.improve(value=float(len(best.sites)), bound=float(low))
    while watch.why is None:
        middle = (low + len(best.sites)) // 2
        found = most(middle, 0.7)
        if found.objective >= need:
            best = found
        elif found.bound < need:
            low = middle + 1
        else:
            break
        watch.improve(value=float(len(best.sites)), bound=float(low))
    return watch.solution(list(best.sites), "Fewest points with a base, by most covered with half as many")


def bases(
    problem: Problem, sites: tuple[int, ...], *, within: float, reading: Reading = "nearest"
) -> NDArray[np.float64]:
    """(sites,) people behind every point of a choice, the problem's free points open besides."""
    if reading == "within":
        return people_within(problem, within)[list(sites)]
    is_open = np.zeros(problem.times.sites, dtype=np.bool_)
    is_open[[*sites, *problem.free]] = True
    return catchments.choice(catchments.ground(problem, within), is_open).served[list(sites)]


def _check(base: float, reading: str) -> None:
    if not (np.isfinite(base) and base >= 0):
        raise Contradiction(f"The base is {base:g} people; it has to be a finite number, zero or more.")
    if reading not in get_args(Reading):
        raise Contradiction(f"The base is read as {reading!r}; it has to be one of {', '.join(get_args(Reading))}.")


def _until(stop: Stop, need: float) -> Stop:
    """The same limits, and an end as soon as so many are covered, or cannot be."""
    enough = Enough(stop)

    def tell(progress: Progress) -> None:
        if progress.value is not None and progress.value >= need:
            enough.set()
        if progress.bound is not None and progress.bound < need:
            enough.set()

    return replace(stop, asked=enough, tell=tell)


def _part(watch: Watch, part: float) -> Stop:
    """A stop after a part of the time that is left."""
    return Stop(seconds=watch.left * part, asked=watch.stop.asked)


def _most(task: Task, watch: Watch) -> NDArray[np.intp]:
    """Site numbers of the points that cover most, each with its base."""
    search, sets = task.search, task.sets
    reachable = sets.served + float(sets.people.sum())
    search.add_greedily(lambda: watch.why is not None)
    watch.improve(value=search.covered(), bound=reachable)
    search.improve(lambda _: watch.why is not None, lambda value: watch.improve(value=value), FIRST_PARTS)
    if task.base and len(sets.sites) > MANY:
        _bound_by_region(task, reachable, watch)
    master: Master | None = None
    chosen, exact = search.chosen(), False
    while watch.why is None:
        if master is None:
            master = Master(task, [*(task.rivalry.cliques() if task.base else []), *task.groups])
        best = task.rivalry.column[search.chosen()]
        with _searching(search, chosen, watch) as found:
            columns, answer = _relaxed(master, reachable, best, found, watch, exact=exact)
        watch.improve(value=search.covered())
        if columns is None or watch.why is not None:
            break
        chosen = task.rivalry.sites[columns]
        if master.forbid(columns):
            exact = False
            continue
        outside = master.outside(columns)
        if reachable - outside > (watch.value or 0.0):
            search.choose(chosen)
            watch.improve(value=reachable - outside)
        if answer.complete and exact and abs(THOUSAND * answer.cost - outside) <= CLOSE * reachable:
            watch.improve(bound=watch.value)
        if exact:
            break
        exact = True
    search.close_idle()
    return search.chosen()


def _bound_by_region(task: Task, reachable: float, watch: Watch) -> None:
    """Prove what every choice leaves out in the regions where the best one does, while the search goes on."""
    end = watch.left * (1 - REGIONS)
    looks = 0

    def stopped() -> bool:
        nonlocal looks
        looks += 1
        watch.improve(value=found[-1])
        return looks > LOOKS or watch.why is not None or watch.left <= end

    for shape in SHAPES:
        if watch.why is not None or watch.left <= end:
            break
        best, looks = task.search.chosen(), 0
        with _searching(task.search, best, watch) as found:
            for people in left_out(task.sets, task.search, best, shape, stopped):
                watch.improve(bound=reachable - people * (1 - SAME))
        watch.improve(value=task.search.covered())


@contextmanager
def _searching(search: BaseSearch, chosen: NDArray[np.intp], watch: Watch) -> Iterator[list[float]]:
    """Searches in a second thread meanwhile, from a choice and from the points of now; gives the people covered so far.

    As many parts are searched as have to be, however soon the rest is done, so that equal input gives equal answers.
    """
    over, found = threading.Event(), [0.0]

    def stopped(parts: int) -> bool:
        return watch.why is not None or (over.is_set() and parts >= PARTS)

    def both() -> None:
        search.improve_from(chosen, stopped, found.append, PARTS)
        search.improve(stopped, found.append, IN_VAIN)

    with ThreadPoolExecutor(1) as pool:
        end = pool.submit(both)
        try:
            yield found
        finally:
            over.set()
    end.result()


def _relaxed(
    master: Master,
    reachable: float,
    best: NDArray[np.intp],
    found: list[float],
    watch: Watch,
    *,
    exact: bool,
) -> tuple[NDArray[np.intp] | None, Answer]:
    """A choice that covers as many as what is known to be forbidden lets it, and the bound that comes with it.

    exact: to the solver's last digit; otherwise as near as is of use while choices are still being cut off.
    """

    def hear(_cost: float, bound: float) -> bool:
        watch.improve(value=found[-1])
        if np.isfinite(bound):
            watch.improve(bound=reachable - THOUSAND * bound)
        return watch.why is not None

    gap = (watch.bound or 0.0) - (watch.value or 0.0)
    near = 1e-6 if exact else max(LOOSE * gap / THOUSAND, 1e-6)
    options = {"mip_abs_gap": near, "mip_heuristic_effort": 0.0}
    answer = solve(master.programme(), seconds=watch.left, tell=hear, options=options, start=master.start(best))
    if np.isfinite(answer.bound):
        watch.improve(bound=reachable - THOUSAND * answer.bound)
    if answer.values is None:
        return None, answer
    taken = np.flatnonzero(answer.values[: len(master.task.sets.sites)] > 0.5)
    return master.without_idle(taken), answer
