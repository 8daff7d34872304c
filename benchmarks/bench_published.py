"""Published instances of p-center and set covering, each answer checked from the raw file.

The p-median ones are in bench_median.

`--quick`: the smallest of each kind. LUUKKU_BENCH_SECONDS: time limit of each answer, 60 when not given.
"""

from __future__ import annotations

import csv
import os
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import checker
import numpy as np
from measure import Row

from luukku.network.instances import Question, answer, read_instance
from luukku.network.problem import Stop

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "data" / "benchmarks"
SECONDS = float(os.environ.get("LUUKKU_BENCH_SECONDS") or 60)


@dataclass(frozen=True, slots=True)
class Answered:
    """One instance answered: what was told, the best value known, and what the checker found wrong."""

    name: str
    told: dict[str, Any]
    known: float
    faults: list[str]

    @property
    def proved(self) -> bool:
        """Whether it is proved."""
        return bool(self.told["status"] == "proved")

    @property
    def row(self) -> Row:
        """The instance as a row of its own."""
        told = self.told
        note = f"known {self.known:,.0f}, bound {told['bound']:,.6g}, gap {told['gap']:.4%} of the objective, "
        note += f"{told['status']} after {told['seconds']:.2f} s"
        return Row(self.name, "", f"{told['objective']:,.0f}", "", "; ".join([note, *self.faults]))


def main(*, quick: bool = False) -> Iterator[Row]:
    """What is asked of p-center, then a row for each graph that is not proved, and one for each set covering."""
    if not PUBLISHED.is_dir():
        yield Row("Published instances", "", "not measured", "", f"{PUBLISHED} does not exist here")
        return
    _warm()
    rows = _table("pmedian/optima.csv")
    yield from _together(
        "OR-Library pmed, p-center",
        30.0,
        [_graph(row["instance"], float(row["p_center"])) for row in (rows[:3] if quick else rows)],
    )
    for row in _table("setcover/known_best.csv"):
        if not quick or row["instance"] in {"scp41", "scp42"}:
            yield _cover(row).row


def _table(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _warm() -> None:
    """Have the compiled parts compiled before the clock runs."""
    path = PUBLISHED / "setcover" / "scp41.txt"
    answer(read_instance(path), "set-cover", stop=Stop(30.0))


def _solved(path: Path, question: Question, **asked: Any) -> dict[str, Any]:
    found = answer(read_instance(path), question, stop=Stop(SECONDS), **asked)
    return {
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "status": found.stopped_by,
        "seconds": found.seconds,
        "sites": found.sites,
    }


def _graph(name: str, known: float) -> Answered:
    path = PUBLISHED / "pmedian" / f"{name}.txt"
    told = _solved(path, "p-center")
    distance, p = checker.graph_distances(path)
    worth = checker.center_value(distance, np.ones(len(distance)), told["sites"], p)
    return Answered(f"p-center {name}, p = {p}", told, known, checker.solution_faults(worth, told, known=known))


def _cover(row: dict[str, str]) -> Answered:
    path = PUBLISHED / "setcover" / f"{row['instance']}.txt"
    unit = row["unicost"] == "1"
    told = _solved(path, "set-cover", unit_costs=unit)
    sets, costs, rows = checker.cover_sets(path, by_columns=row["instance"].startswith("rail"))
    worth = checker.cover_value(sets, np.ones(len(costs)) if unit else costs, rows, told["sites"])
    known = float(row["best_known"])
    faults = checker.solution_faults(worth, told, known=known if row["best_bound"] == row["best_known"] else None)
    return Answered(f"set-cover {row['instance']}{', every cost 1' if unit else ''}", told, known, faults)


def _together(name: str, most: float, answered: list[Answered]) -> Iterator[Row]:
    """One row for all, and one for each that is not proved, not the best known, or wrong."""
    seconds = [one.told["seconds"] for one in answered]
    proved = sum(one.proved for one in answered)
    best = sum(one.told["objective"] <= one.known for one in answered)
    wrong = sum(bool(one.faults) for one in answered)
    note = (
        f"{proved} of {len(answered)} proved, {best} with the best known value, largest gap "
        f"{max(one.told['gap'] for one in answered):.4%} of the objective; median {statistics.median(seconds):.2f} s, "
        f"longest {max(seconds):.2f} s; {wrong} refused by the checker"
    )
    asked = f"all proved, at most {most:.0f} s together"
    reached = proved == len(answered) and not wrong and sum(seconds) <= most
    yield Row(name, asked, f"{sum(seconds):.1f}", "s together", note, reached)
    for one in answered:
        if not one.proved or one.faults or one.told["objective"] > one.known:
            yield one.row


if __name__ == "__main__":
    for row in main(quick="--quick" in sys.argv):
        print(row, flush=True)
