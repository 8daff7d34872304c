"""Most people covered at the size of a country: gap, proof, time and memory, and how they grow.

Every choice is counted again, and the bound by prices checked, by code that shares nothing with the solver. A bound
below it rests on the library's own cuts or on SCIP. `python bench_coverage.py MINUTES POINTS SEED` runs one case.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from checker import certificate_faults, most_bound, most_value
from measure import Row, at_least, at_most, peak_memory
from national import national
from numpy.typing import NDArray
from scipy import sparse

from luukku.network.coverage.model import coverage
from luukku.network.coverage.prices import priced
from luukku.network.coverage.solve import most_covered
from luukku.network.problem import Problem, Solution, Stop
from luukku.network.watch import Watch
from luukku.travel.times import TravelTimes

CASES = ((30, 50), (30, 100), (30, 200), (60, 20), (60, 50))
"""Minutes and points."""
SEEDS = (1, 2, 3)
SECONDS = 60.0
ASKED = 0.0002
"""The gap asked, as a share of covered people."""
GROWTH = 0.002
"""The gap whose time is compared between sizes."""


@dataclass(frozen=True, slots=True)
class Run:
    """A solution and what is wrong with it; the gap of the prices alone, checked; seconds of the processor."""

    solution: Solution
    wrong: list[str]
    priced_gap: float
    processor: float


def main() -> Iterator[Row]:
    """The five cases with three seeds each, how the work grows, and the memory of it all."""
    _load()
    proved = 0
    for minutes, points in CASES:
        runs = [run(national(1_000, seed), minutes, points) for seed in SEEDS]
        proved += statistics.median(found.solution.proved for found in runs) > 0.5
        yield _row(minutes, points, runs)
    yield at_least("Most covered: cases proved", 2, proved, "of 5", "in most of the three seeds")
    for name, instance in (
        ("10,000 cells, 1,000 sites", national(1_000, 1, cells=10_000)),
        ("100,000 cells, 1,000 sites", national(1_000, 1)),
        ("100,000 cells, 3,000 sites", national(3_000, 1)),
    ):
        yield _growth(name, instance)
    yield at_most("Most covered: peak memory", 2, peak_memory(), "GiB", "of all these runs in one process", digits=2)


def run(instance: tuple[NDArray[np.float64], TravelTimes], minutes: int, points: int) -> Run:
    """One case, checked; instance: people and travel times."""
    people, times = instance
    problem = Problem(people, times)
    began = time.process_time()
    solution = most_covered(problem, within=minutes, points=points, stop=Stop(SECONDS))
    processor = time.process_time() - began
    covers = _covers(times, minutes)
    value, wrong = most_value(covers, people, solution.sites, points)
    if abs(value - solution.objective) > 1e-9 * value:
        wrong.append(f"told {solution.objective}, but {value} are covered")
    told = {"objective": solution.objective, "bound": solution.bound, "gap": solution.gap}
    wrong += certificate_faults({**told, "status": solution.stopped_by}, most=True)
    bound = most_bound(covers, people, points, *_prices(problem, covers, minutes, points, value))
    if bound < solution.objective - 1e-6:
        wrong.append(f"prices bound the choice by {bound}, below its own value")
    return Run(solution, wrong, bound / value - 1, processor)


def _load() -> None:
    """Load what is compiled, outside the clock."""
    people, times = national(1_000, 1)
    most_covered(Problem(people, times), within=5, points=3, stop=Stop(5))


def _row(minutes: int, points: int, runs: list[Run]) -> Row:
    solutions = [found.solution for found in runs]
    wrong = [fault for found in runs for fault in found.wrong]
    gap = statistics.median(solution.gap for solution in solutions)
    return Row(
        f"Most covered, {minutes} min, p = {points}",
        "gap at most 0.02 % in 60 s",
        f"{100 * gap:.4f}",
        "% of covered people",
        "; ".join(
            f"{found.solution.objective:,.0f} covered, at most {found.solution.bound:,.0f}, "
            f"{found.solution.stopped_by} in {found.solution.seconds:.1f} s (processor {found.processor:.1f} s), "
            f"prices alone {100 * found.priced_gap:.3f} %"
            for found in runs
        )
        + ("; choices and prices checked" if not wrong else f"; WRONG: {wrong}"),
        gap <= ASKED and not wrong,
    )


def _growth(name: str, instance: tuple[NDArray[np.float64], TravelTimes]) -> Row:
    people, times = instance
    began = time.process_time()
    found = most_covered(Problem(people, times), within=30, points=100, stop=Stop(2 * SECONDS, gap=GROWTH))
    return Row(
        f"Most covered, 30 min, p = 100, to a gap of {GROWTH:.1%}: {name}",
        "",
        f"{found.seconds:.1f}",
        "s",
        f"processor {time.process_time() - began:.1f} s; gap {found.gap:.3%} of covered people",
    )


def _covers(times: TravelTimes, minutes: int) -> list[NDArray[np.int64]]:
    """The cells that each site covers."""
    near = np.asarray(times.minutes) <= minutes
    cell = np.asarray(times.cell)
    ends = zip(times.start[:-1].tolist(), times.start[1:].tolist(), strict=True)
    return [cell[begin:end][near[begin:end]].astype(np.int64) for begin, end in ends]


def _prices(
    problem: Problem, covers: list[NDArray[np.int64]], minutes: int, points: int, value: float
) -> tuple[NDArray[np.float64], dict[int, int]]:
    """(cells,) prices found by the library, and for each site that it leaves out one that covers as much."""
    sites = len(covers)
    data = coverage(problem, minutes, np.ones(sites), points)
    share = priced(data, value, Watch(Stop(SECONDS), most=True))[-1].share
    size = np.array([len(cells) for cells in covers])
    pairs = (np.ones(size.sum()), (np.concatenate(covers), np.repeat(np.arange(sites), size)))
    near = sparse.csr_array(pairs, shape=(len(problem.people), sites))
    kept = sparse.csr_array(near[:, data.sites])
    kept.sort_indices()
    of_row = {_key(data.rows, row): price for row, price in enumerate(share)}
    prices = np.array([of_row.get(_key(kept, cell), 0.0) for cell in range(len(problem.people))]) * problem.people
    inside = (near.T @ kept).toarray() == size[:, None]
    left_out = np.setdiff1d(np.arange(sites), data.sites)
    return prices, {int(site): int(data.sites[np.argmax(inside[site])]) for site in left_out}


def _key(rows: sparse.csr_array, row: int) -> bytes:
    return bytes(rows.indices[rows.indptr[row] : rows.indptr[row + 1]].astype(np.int32).tobytes())


if __name__ == "__main__":
    _load()
    within, p, chosen_seed = (int(word) for word in sys.argv[1:4])
    print(_row(within, p, [run(national(1_000, chosen_seed), within, p)]))
