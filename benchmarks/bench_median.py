"""Best access at the size of a country, and the p-median of published graphs, each with its proof.

Each national case runs in a process of its own, which tells its peak memory; choices and prices are checked by code
that shares nothing with the solver. `--quick`: one national case and the smallest published ones.
"""

from __future__ import annotations

import csv
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measure import Row, at_most, peak_memory, told_by

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "data" / "benchmarks" / "pmedian"
SEEDS = (1, 2, 3)
PROVED = 1e-7
"""The gap of a proof."""
LATE = 1.0
"""Seconds by which an answer may come after its time limit."""
SECONDS = float(os.environ.get("LUUKKU_BENCH_SECONDS") or 60)


def main(*, quick: bool = False) -> Iterator[Row]:
    """What is asked of best access; medians over the seeds, growth in processor time."""
    seeds = SEEDS[:1] if quick else SEEDS
    base: dict[str, Any] = {}
    for points in (150,) if quick else (50, 150, 300):
        told = [told_by(__file__, "national", "1000", "100000", str(seed), str(points), str(SECONDS)) for seed in seeds]
        base = told[0] if points == 150 else base
        name = f"best access, 1,000 sites x 100,000 cells, p = {points}"
        yield _national(name, told, most=15)
        yield at_most(f"{name}: memory", 1, max(each["gib"] for each in told), "GiB", digits=2)
    if not quick:
        told = [told_by(__file__, "national", "3000", "100000", "1", "150", str(SECONDS))]
        name = "best access, 3,000 sites x 100,000 cells, p = 150"
        yield _national(name, told, most=60, gap=0.0005)
        yield at_most(f"{name}: memory", 2, told[0]["gib"], "GiB", digits=2)
        small = told_by(__file__, "national", "1000", "10000", "1", "150", str(SECONDS))
        for name, more, less in (
            ("10 times the cells (10,000 to 100,000)", base, small),
            ("3 times the sites (1,000 to 3,000)", told[0], base),
        ):
            ratio = more["solving"] / less["solving"]
            note = f"{less['solving']:.1f} s to {more['solving']:.1f} s of processor time for p = 150"
            yield Row(f"best access, {name}", "", f"{ratio:.1f}", "times the processor time", note)
    if PUBLISHED.is_dir():
        yield from _graphs(quick=quick)


def _national(name: str, told: list[dict[str, Any]], *, most: float, gap: float = 0.0) -> Row:
    """The median of the seeds, asked to end within `most` seconds with a proof of the true value, or with this gap."""
    middle = sorted(told, key=lambda each: each["seconds"])[len(told) // 2]
    faults = [fault for each in told for fault in each["faults"]]
    values = "; ".join(
        f"seed {each['seed']}: {each['objective']:,.0f} person-minutes, {each['status']}, gap {each['gap']:.5%} "
        f"of them, {each['nodes']} nodes, {each['capped']:,.0f} people charged; first prices alone leave "
        f"{each['weak_gap']:.3%}"
        for each in told
    )
    note = (
        f"{sum(each['status'] == 'proved' and each['capped'] == 0 for each in told)} of {len(told)} proved; of it "
        f"{middle['farther']:.1f} s for farther travel times in {middle['rounds']} rounds; processor time "
        f"{statistics.median(each['processor'] for each in told):.1f} s, {middle['solving']:.1f} s without travel "
        f"times; {values}"
    )
    good = sorted(
        each["seconds"] if each["capped"] == 0 and not each["faults"] and each["gap"] <= max(gap, PROVED) else math.inf
        for each in told
    )
    asked = f"proved, or gap at most {gap:.2%}, in {most} s" if gap else f"true value proved in {most} s"
    reached = good[len(good) // 2] <= most + (LATE if gap else 0.0)
    return Row(name, asked, f"{middle['seconds']:.1f}", "s", "; ".join([note, *faults]), reached)


def _graphs(*, quick: bool) -> Iterator[Row]:
    rows = _table("optima.csv")[: 3 if quick else None]
    told = [
        told_by(__file__, "published", f"{row['instance']}.txt", "0", row["p_median"], str(SECONDS)) for row in rows
    ]
    reached = sum(each["seconds"] for each in told) <= 15 and all(map(_is_proved, told))
    yield from _together(f"OR-Library pmed, {len(told)} graphs", "all proved, at most 15 s together", told, reached)


def points(*, quick: bool = False) -> Iterator[Row]:
    """The p-median of TSPLIB points against the paper of 2023 (Duran-Mateluna, Ales & Elloumi); see bench_points."""
    if not PUBLISHED.is_dir():
        return
    rows = _table("tsplib_optima.csv")
    for name in ("rl1304",) if quick else ("rl1304", "u1432", "vm1748", "rl5934"):
        mine = [row for row in rows if row["instance"] == name and (not quick or int(row["p"]) >= 300)]
        told = [
            told_by(__file__, "published", f"{name}.tsp", row["p"], row["best_known"], str(SECONDS)) for row in mine
        ]
        theirs = [each for each, row in zip(told, mine, strict=True) if row["seconds_2023"] != "TL"]
        others = [each for each, row in zip(told, mine, strict=True) if row["seconds_2023"] == "TL"]
        paper = sum(float(row["seconds_2023"]) for row in mine if row["seconds_2023"] != "TL")
        reached = (
            all(map(_is_proved, theirs))
            and sum(each["seconds"] for each in theirs) < paper
            and all(each["gap"] <= 0.001 and not each["faults"] for each in others)
        )
        asked = f"proved where the paper of 2023 did, below its {paper:,.0f} s; else gap at most 0.1 %"
        yield from _together(f"TSPLIB {name}, {len(mine)} values of p", asked, told, reached)


def _is_proved(told: dict[str, Any]) -> bool:
    return told["status"] == "proved" and not told["faults"]


def _together(name: str, asked: str, told: list[dict[str, Any]], reached: bool) -> Iterator[Row]:
    proved = sum(each["status"] == "proved" for each in told)
    best = sum(each["objective"] <= each["known"] for each in told)
    note = (
        f"{proved} of {len(told)} proved, {best} with the best known value; largest gap "
        f"{max(each['gap'] for each in told):.4%} of the objective; processor time "
        f"{sum(each['processor'] for each in told):.1f} s; {max(each['gib'] for each in told):.2f} GiB at most"
    )
    yield Row(name, asked, f"{sum(each['seconds'] for each in told):.1f}", "s together", note, reached)
    for each in told:
        if each["status"] != "proved" or each["faults"] or each["objective"] > each["known"]:
            note = (
                f"best known {each['known']:,.0f}, bound {each['bound']:,.1f}, gap {each['gap']:.4%} of the objective"
            )
            note = "; ".join([f"{note}, {each['status']} after {each['seconds']:.1f} s", *each["faults"]])
            yield Row(f"p-median {each['name']}, p = {each['p']}", "", f"{each['objective']:,.0f}", "", note)


def _table(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Clock:
    """Wall and processor seconds of calls."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0
        self.calls = 0

    def timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            wall, processor = time.perf_counter(), time.process_time()
            try:
                return work(*given, **named)
            finally:
                self.wall += time.perf_counter() - wall
                self.processor += time.process_time() - processor
                self.calls += 1

        return run


def national_case(sites: int, cells: int, seed: int, points: int, seconds: float) -> dict[str, Any]:
    """One national instance solved to its true value, and checked."""
    import numpy as np
    from checker import solution_faults, sparse_median_bound, sparse_median_value
    from national import farther, national

    from luukku.network.median.uncapped import true_access
    from luukku.network.problem import Problem, Stop

    people, times = national(sites, seed, cells=cells)
    ask = farther(sites, seed, cells=cells)
    ask(np.arange(sites), 1.0)  # compiled, or loaded from the cache
    ask(np.arange(2), 1.0)
    true_access(Problem(people, times), ask, points=points, stop=Stop(0.0))
    _warm()
    more, whole = _Clock(), _Clock()
    found, problem = whole.timed(true_access)(
        Problem(people, times), more.timed(ask), points=points, stop=Stop(seconds)
    )
    gib, solution = peak_memory(), found.solution
    told: dict[str, Any] = {
        "seed": seed,
        "seconds": whole.wall,
        "processor": whole.processor,
        "solving": whole.processor - more.processor,
        "farther": more.wall,
        "rounds": more.calls,
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": solution.gap,
        "status": solution.stopped_by,
        "capped": solution.capped,
        "nodes": found.nodes,
        "gib": gib,
    }
    pairs = [problem.times.of(site) for site in range(sites)]
    value = sparse_median_value(pairs, people, solution.sites, points)
    weak = sparse_median_bound(pairs, people, points, found.price, times.horizon)
    faults = solution_faults(value, told)
    if weak > solution.objective * (1 + 1e-9):
        faults.append(f"prices prove {weak:g}, more than the objective")
    return {**told, "faults": faults, "weak_gap": 1 - weak / solution.objective}


def published_case(file: str, p: int, known: float, seconds: float) -> dict[str, Any]:
    """One published instance, checked from its raw file; p = 0: as the file says."""
    import numpy as np
    from checker import graph_distances, median_value, point_distances, solution_faults

    from luukku.network.instances import answer, read_instance
    from luukku.network.problem import Stop

    path = PUBLISHED / file
    instance = read_instance(path)
    answer(instance, "p-median", p=p or None, stop=Stop(0.0))  # compiled, or loaded from the cache
    _warm()
    clock = _Clock()
    found = clock.timed(answer)(instance, "p-median", p=p or None, stop=Stop(seconds))
    told: dict[str, Any] = {
        "name": path.stem,
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "status": found.stopped_by,
        "seconds": clock.wall,
        "processor": clock.processor,
        "known": known,
        "gib": peak_memory(),
    }
    distance, asked = graph_distances(path) if path.suffix == ".txt" else (point_distances(path), p)
    value = median_value(distance, np.ones(len(distance)), found.sites, p or asked)
    return {**told, "p": p or asked, "faults": solution_faults(value, told)}


def _warm() -> None:
    """Have the loops that only a hard instance needs compiled, or loaded, before the clock runs."""
    import numpy as np

    from luukku.country.provenance import Source
    from luukku.network.instances.model import from_dense
    from luukku.network.median.solve import best_access
    from luukku.network.problem import Problem

    place = np.stack(np.divmod(np.arange(81), 9), axis=1)
    distance = np.floor(100 * np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)))
    times = from_dense(distance, Source("computation", "a grid of nine by nine"))
    best_access(Problem(np.ones(81), times), points=17)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["national"]:
        sites, cells, seed, points = (int(word) for word in words[1:5])
        print(json.dumps(national_case(sites, cells, seed, points, float(words[5]))))
    elif words[:1] == ["published"]:
        print(json.dumps(published_case(words[1], int(words[2]), float(words[3]), float(words[4]))))
    else:
        for row in main(quick="--quick" in words):
            print(row, flush=True)
