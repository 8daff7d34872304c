"""Set covering, a share of the people and the smallest radius at national size, each choice and bound checked apart.

Cells that no site reaches within the limit cannot be covered and are left out. `--quick`: one seed, without growth.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from checker import certificate_faults, cover_bound
from measure import Row, peak_memory
from national import HUBS, national
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from luukku.network.cover.solve import fewest_points
from luukku.network.problem import Problem, Progress, Solution, Stop
from luukku.network.radius import smallest_radius
from luukku.travel.times import TravelTimes

SECONDS = 120.0
"""Time limit of each answer; the proofs asked for take less."""
REFUSED = "REFUSED: "
"""What begins the word of the checker on a choice or a bound that it does not confirm."""
WARM = 0.005
"""Share of the cells with which the compiled parts are compiled before the clock runs."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question: share of the reachable people, minutes, the hubs fixed or not.

    find, proof: seconds asked until the answer is found, and until it is proved.
    """

    within: float
    share: float = 1.0
    hubs: bool = False
    find: float | None = None
    proof: float | None = None
    sites: int = 1_000
    cells: int = 100_000
    seed: int = 1

    @property
    def name(self) -> str:
        """In words."""
        who = "everybody" if self.share == 1 else f"{self.share:.1%} of the people"
        fixed = ", 18 hubs fixed" if self.hubs else ""
        return f"Fewest points, {who} within {self.within:g} min{fixed}, {self.sites:,} x {self.cells:,}"


CASES = (
    Case(60, find=3, proof=60),
    Case(60, hubs=True, proof=2),
    Case(30, proof=2),
    *(Case(within, share) for within in (60, 30) for share in (0.995, 0.99, 0.95)),
)
GROWTH = (Case(60, cells=10_000), Case(30, cells=10_000), Case(30, sites=3_000), Case(60, 0.95, sites=3_000))


def main(*, quick: bool = False) -> Iterator[Row]:
    """A row for every case and seed, and the median of what is asked."""
    seeds = (1,) if quick else (1, 2, 3)
    for number, case in enumerate(CASES):
        told = [_apart(number, seed) for seed in seeds]
        if case.proof is not None:
            yield _median(case, told)
        yield from (_row(each) for each in told)
    if not quick:
        for number in range(len(GROWTH)):
            yield _row(_apart(len(CASES) + number, 1))
    yield from (_row(_apart(-1, seed)) for seed in seeds)


def _median(case: Case, told: list[dict[str, Any]]) -> Row:
    """What is asked of a case beside the median of the seeds; who did not prove took for ever."""
    proved = [each for each in told if each.get("proved") and not each["wrong"]]
    middle = sorted([each["seconds"] for each in proved] + [math.inf] * (len(told) - len(proved)))[len(told) // 2]
    found = statistics.median(each.get("found", math.inf) for each in told)
    asked = (
        f"proved in {case.proof:g} s" if case.find is None else f"found in {case.find:g} s, proved in {case.proof:g} s"
    )
    note = f"{len(proved)} of {len(told)} seeds proved; found after {found:.2f} s"
    reached = middle <= (case.proof or math.inf) and found <= (case.find or math.inf)
    return Row(f"{case.name}, median", asked, f"{middle:.2f}", "s", note, reached)


def _row(told: dict[str, Any]) -> Row:
    return Row(told["name"], "", told["measured"], "s", told["note"])


def _apart(number: int, seed: int) -> dict[str, Any]:
    """What is told of a case, measured in a process of its own, so that its memory is its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--one", str(number), str(seed)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        fault = ended.stderr.strip().splitlines()[-1]
        return {"name": f"Covering, case {number}, seed {seed}", "measured": "failed after no", "note": fault}
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told


def one(number: int, seed: int) -> dict[str, Any]:
    """Measure one case in this process."""
    from dataclasses import replace

    if number < 0:
        return _radius(seed)
    case = replace((*CASES, *GROWTH)[number], seed=seed)
    people, times = national(case.sites, seed, cells=case.cells)
    minutes = _nearest(times, range(case.sites))
    people = np.where(minutes <= case.within, people, 0.0)
    problem = Problem(people, times, open=HUBS if case.hubs else frozenset())
    _warm(problem, case)
    found: list[tuple[float, float]] = []

    def tell(progress: Progress) -> None:
        if progress.value is not None and (not found or progress.value < found[-1][1]):
            found.append((progress.seconds, progress.value))

    begun = time.process_time()
    solution = fewest_points(problem, within=case.within, share=case.share, stop=Stop(SECONDS, tell=tell))
    busy = time.process_time() - begun
    memory = peak_memory()
    left = int((minutes > case.within).sum())
    note = f"{solution.objective:g} points, bound {solution.bound:g} ({solution.stopped_by}), found after "
    note += f"{found[-1][0]:.2f} s, {busy:.2f} s of processor time; {memory:.2f} GiB; "
    note += f"{left:,} cells out of reach left out; "
    checked = _checked(problem, case, solution)
    return {
        "name": f"{case.name}, seed {seed}",
        "measured": f"{solution.seconds:.2f}",
        "seconds": solution.seconds,
        "found": found[-1][0],
        "proved": solution.proved,
        "wrong": checked.startswith(REFUSED),
        "note": note + checked,
    }


def _warm(problem: Problem, case: Case) -> None:
    """Compile what the case needs, on a few cells of it."""
    few = np.random.default_rng(0).random(len(problem.people)) < WARM
    small = Problem(np.where(few, problem.people, 0.0), problem.times, open=problem.open)
    fewest_points(small, within=case.within, share=case.share, stop=Stop(5.0))


def _nearest(times: TravelTimes, sites: range | tuple[int, ...]) -> NDArray[np.float64]:
    """(cells,) minutes to the nearest of the sites, infinite beyond the horizon."""
    trip = np.full(times.cells, np.inf)
    for site in sites:
        part = slice(times.start[site], times.start[site + 1])
        trip[times.cell[part]] = np.minimum(trip[times.cell[part]], times.minutes[part])
    return trip


def _checked(problem: Problem, case: Case, solution: Solution) -> str:
    """What a count that shares no code with the library says of the choice, and what the bound rests on."""
    trip = _nearest(problem.times, solution.sites)
    covered = problem.people[trip <= case.within].sum()
    told = {"objective": solution.objective, "bound": solution.bound, "gap": solution.gap}
    faults = certificate_faults({**told, "status": solution.stopped_by})
    if covered < problem.people.sum() * (case.share - 1e-8):
        faults.append(f"only {covered:,.0f} of {problem.people.sum():,.0f} people are covered")
    if len(set(solution.sites)) != solution.objective or not problem.open <= set(solution.sites):
        faults.append("the points are not so many, or a fixed one is missing")
    if faults:
        return REFUSED + "; ".join(faults)
    if case.share < 1:
        return "choice checked; the bound rests on prices checked in the library, or on branching"
    prices = _price_bound(problem, case)
    if np.ceil(prices - 1e-6) >= solution.bound:
        return f"choice and bound checked ({prices:.2f} by prices)"
    return f"choice checked; prices of the checker give {prices:.2f}, the rest rests on cuts of windows or on SCIP"


def _price_bound(problem: Problem, case: Case) -> float:
    """The bound of prices that SciPy's own linear programme finds, recounted by the checker."""
    times = problem.times
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = times.minutes <= case.within
    fixed = np.isin(site, sorted(problem.open))
    served = np.zeros(times.cells, dtype=np.bool_)
    served[times.cell[near & fixed]] = True
    use = near & ~served[times.cell] & (problem.people[times.cell] > 0)
    order = np.lexsort((site[use], times.cell[use]))
    cells, mine = times.cell[use][order], site[use][order]
    begins = np.flatnonzero(np.diff(cells, prepend=-1))
    rows = sorted({part.tobytes() for part in np.split(mine, begins[1:])}, key=len)
    kept: list[frozenset[int]] = []
    of: dict[int, list[int]] = {}
    for row in rows:  # the smallest sets say all: whoever covers them covers those around them
        members = frozenset(np.frombuffer(row, dtype=mine.dtype).tolist())
        if not any(kept[number] <= members for number in {n for s in members for n in of.get(s, ())}):
            of.setdefault(min(members), []).append(len(kept))
            kept.append(members)
    if not kept:
        return float(len(problem.open))
    pairs = [(number, member) for number, members in enumerate(kept) for member in members]
    at, column = np.array(pairs).T
    matrix = csr_array((np.ones(len(pairs)), (at, column)), shape=(len(kept), times.sites))
    relaxed = linprog(np.ones(times.sites), A_ub=-matrix, b_ub=-np.ones(len(kept)), bounds=(0, 1), method="highs")
    prices = np.maximum(-relaxed.ineqlin.marginals, 0.0)
    sets = [set(matrix.T.tocsr()[[number]].indices.tolist()) for number in range(times.sites)]
    return len(problem.open) + cover_bound(sets, np.ones(times.sites), prices)


def _radius(seed: int) -> dict[str, Any]:
    """The smallest radius with 50 points, cells beyond the horizon left out."""
    people, times = national(1_000, seed)
    trip = _nearest(times, range(1_000))
    problem = Problem(np.where(np.isfinite(trip), people, 0.0), times)
    solution = smallest_radius(problem, points=50, stop=Stop(SECONDS))
    worst = _nearest(times, solution.sites)[problem.people > 0].max()
    right = "choice checked" if worst == solution.objective else f"{REFUSED}the farthest cell is {worst:g} min away"
    return {
        "name": f"Smallest radius, 50 points, 1,000 x 100,000, seed {seed}",
        "measured": f"{solution.seconds:.2f}",
        "note": f"{solution.objective:.2f} min, bound {solution.bound:.2f} ({solution.stopped_by}); {right}",
    }


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(one(int(sys.argv[-2]), int(sys.argv[-1]))))
    else:
        for row in main(quick="--quick" in sys.argv):
            print(row, flush=True)
