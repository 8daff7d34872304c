"""Run benchmarks and write the figures asked beside the figures measured into docs/benchmarks.md.

    python benchmarks/run.py [NAME ...]

Without names all are run. Each benchmark has a section of its own, written row by row, so that one that is run alone
or fails leaves the others' figures as they were, and one that is stopped leaves its own so far and says so.
"""

from __future__ import annotations

import importlib
import os
import platform
import statistics
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Figures asked and measured

Written by `make bench`, a section a benchmark. A figure of several runs is their median; machines differ and are noisy,
so read seconds as an order of size. The yardstick is the same work everywhere, a search by SciPy through a fixed graph:
where it took longer, the machine was slower or busy.
"""
COLUMNS = "| what | asked | measured | reached | note |"


def main(chosen: list[str]) -> int:
    """Run the benchmarks of these names, or all; returns how many failed."""
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    if strangers := set(chosen) - set(names):
        sys.exit(f"There is no benchmark {', '.join(sorted(strangers))}. There are: {', '.join(names)}.")
    failed = 0
    for name in chosen or names:
        try:
            measure(name)
        except Exception:  # noqa: BLE001 - the others' figures must not be lost, whatever went wrong with this one
            traceback.print_exc()
            failed += 1
    return failed


def measure(name: str) -> None:
    """Run a benchmark and write its section anew after every row."""
    module = importlib.import_module(name)
    lines = [
        heading(name),
        "",
        (module.__doc__ or "").split("\n")[0],
        "",
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}. The yardstick took {yardstick():.2f} s."
        ),
        "",
        COLUMNS,
        "|---|---|---|---|---|",
    ]
    for row in module.main():
        print(row, flush=True)
        lines.append(f"| {row.name} | {row.asked} | {row.measured} {row.unit} | {row.verdict} | {row.note} |")
        write(name, [*lines, "", "Not run to its end."])
    write(name, lines)


def yardstick() -> float:
    """Seconds of a fixed search through a graph that does not fit into a processor's cache, the median of three.

    It tells how fast this machine was, with what else ran on it, when a section was measured.
    """
    draw = np.random.default_rng(0)
    nodes, arcs = 200_000, 600_000
    ends = draw.integers(0, nodes, (2, arcs))
    graph = csr_array((draw.uniform(1, 2, arcs), ends), shape=(nodes, nodes))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        dijkstra(graph, indices=range(10))
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def write(name: str, lines: list[str]) -> None:
    """Put the section into the report, in the place of the one there was."""
    kept = sections() | {name: "\n".join(lines) + "\n"}
    REPORT.write_text("\n".join([HEAD, verdicts(kept), *(kept[each] for each in sorted(kept))]))


def verdicts(kept: dict[str, str]) -> str:
    """How many of the figures asked were reached, and a list of those that were not."""
    rows = [
        [cell.strip() for cell in line[2:-2].split(" | ")]
        for name in sorted(kept)
        for line in kept[name].splitlines()
        if line.startswith("| ") and line != COLUMNS
    ]
    judged = [row for row in rows if row[3] in {"yes", "no"}]
    missed = [row for row in judged if row[3] == "no"]
    lines = [f"Of {len(judged)} figures asked {len(judged) - len(missed)} were reached."]
    if missed:
        lines += [
            "Not reached:",
            "",
            *(f"- {what}: {measured} (asked: {asked})" for what, asked, measured, *_ in missed),
        ]
    return "\n".join([*lines, ""])


def sections() -> dict[str, str]:
    """The sections that the report has now, by the benchmark's name."""
    text = REPORT.read_text() if REPORT.is_file() else ""
    parts = text.split("\n## ")[1:]
    return {part.split("\n", 1)[0].strip(" `"): f"## {part.strip()}\n" for part in parts}


def heading(name: str) -> str:
    """The heading of a benchmark's section."""
    return f"## `{name}`"


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    sys.exit(main(sys.argv[1:]))
