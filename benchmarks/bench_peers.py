"""Luukku beside spopt, pbp-pmedian, pandana and SciPy: one run, the same tasks, equal answers.

Peers live in a virtual environment of their own, made here from requirements-peers.txt; one that does not install is
left out with the reason. Every method runs in a process of its own, with a time limit. `--quick`: small tasks only.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from checker import TOLERANCE, graph_distances
from measure import Row
from numpy.typing import NDArray
from synthetic import SyntheticCountry, synthetic

HERE = Path(__file__).resolve().parent
PUBLISHED = HERE.parents[1] / "shared" / "data" / "benchmarks" / "pmedian"
REQUIREMENTS = HERE / "requirements-peers.txt"
SECONDS = 120.0
"""Time limit of a method on a task."""
GRACE = 60.0
"""Seconds beyond the limit after which a process that goes on (reading, building its model) is ended."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One question with its data, and what is asked of the ratio to each method (None: nothing)."""

    name: str
    question: str
    data: dict[str, NDArray[Any] | float]
    asked: dict[str, str | None] = field(default_factory=dict)


def main(*, quick: bool = False) -> Iterator[Row]:
    """Each task by each method: how many times faster Luukku is, with the same answer."""
    python, absent = peers_python()
    with tempfile.TemporaryDirectory() as scratch:
        for task in tasks(quick=quick):
            path = Path(scratch) / "task.npz"
            np.savez(path, question=np.array(task.question), **task.data)
            ours = run(Path(sys.executable), path, "luukku")
            if "failed" in ours:
                yield Row(f"{task.name}: Luukku", "", "failed", "", ours["failed"])
                continue
            for method, asked in task.asked.items():
                theirs = {"failed": absent[method]} if method in absent else run(python, path, method)
                yield compared(task, method, asked, ours, theirs)


def tasks(*, quick: bool) -> Iterator[Task]:
    """The tasks, small ones first."""
    country = synthetic(60_000, 5_000, 400, 1)
    small, large = (500, 100), (1_000, 200)
    for cells, sites in [small] if quick else [small, large]:
        asked = {"spopt": "at least 300 x" if (cells, sites) == large else None, "pbp-pmedian": None}
        yield _siting(country, "p-median", cells, sites, p=sites // 10, asked=asked)
    small, large = (1_000, 100), (5_000, 300)
    for cells, sites in [small] if quick else [small, large]:
        is_large = (cells, sites) == large
        asked = {"spopt": "at least 10 x" if is_large else None, "scipy": None}
        yield _siting(country, "set-cover", cells, sites, within=60, asked=asked)
        asked = {"spopt": "at least 80 x" if is_large else None, "scipy": None}
        yield _siting(country, "max-cover", cells, sites, p=sites // 20, within=30, asked=asked)
    yield _siting(country, "p-center", 200, 50, p=5, asked={"spopt": None})
    names = ["pmed1"] if quick else [f"pmed{number}" for number in range(1, 40, 2)]
    for name in names if PUBLISHED.is_dir() else []:
        costs, p = graph_distances(PUBLISHED / f"{name}.txt")
        yield Task(
            f"p-median {name}, p = {p}",
            "p-median",
            {"costs": costs, "weights": np.ones(len(costs)), "p": p, "within": 0.0},
            {"pbp-pmedian": "faster"},
        )
    if quick:
        yield _travel(country, {"scipy": None, "pandana": None})
    else:
        yield _travel(synthetic(), {"scipy": "at least 10 x", "pandana": "at least 25 x its query"})


def _siting(
    country: SyntheticCountry,
    question: str,
    cells: int,
    sites: int,
    *,
    p: int = 0,
    within: float = 0.0,
    asked: dict[str, str | None],
) -> Task:
    """The cells with most people and the first sites, with the minutes of the synthetic roads, as far as they go."""
    from luukku.travel.graph import Arcs
    from luukku.travel.search import MILLISECONDS, prepare, search

    most = np.argsort(-country.people, kind="stable")[:cells]
    arcs = Arcs(country.start, country.to, country.minutes)
    network = prepare(arcs, country.site_node[:sites], country.cell_node[most])
    reached = search(network, 10_000 * MILLISECONDS)
    minutes = np.full((cells, sites), np.inf)
    minutes[reached.cell, np.repeat(np.arange(sites), np.diff(reached.start))] = reached.time / MILLISECONDS
    costs = np.round(minutes, 1)
    wanted = f", p = {p}" if p else ""
    limit = f", {within:g} min" if within else ""
    if question == "set-cover":  # spopt knows no answer when some customer is out of everybody's reach
        costs = costs[(costs <= within).any(axis=1)]
    return Task(
        f"{question} {len(costs):,} x {sites:,}{wanted}{limit}",
        question,
        {"costs": costs, "weights": country.people[most][: len(costs)], "p": p, "within": within},
        asked,
    )


def _travel(country: SyntheticCountry, asked: dict[str, str | None], sites: int = 20, limit: int = 60) -> Task:
    chosen = np.linspace(0, len(country.site_node) - 1, sites).astype(int)
    return Task(
        f"travel times of {sites} sites, {len(country.x):,} nodes, {limit} min",
        "travel",
        {
            "start": country.start,
            "to": country.to,
            "minutes": country.minutes,
            "x": country.x,
            "y": country.y,
            "cell_node": country.cell_node,
            "site_node": country.site_node[chosen],
            "limit": limit,
        },
        asked,
    )


def compared(task: Task, method: str, asked: str | None, ours: dict[str, Any], theirs: dict[str, Any]) -> Row:
    """How many times faster Luukku is; what is not the same answer is said."""
    name = f"{task.name}: {method}"
    if "failed" in theirs:
        return Row(name, asked or "", "not compared", "", theirs["failed"])
    ratio = theirs["seconds"] / ours["seconds"]
    notes = [f"Luukku {ours['seconds']:.3g} s, {method} {theirs['seconds']:.3g} s"]
    if "prepare_seconds" in ours:
        notes.append(f"after preparing for {ours['prepare_seconds']:.2f} s and {theirs['prepare_seconds']:.2f} s")
    if ours["status"] not in {"proved", "exact"}:
        notes.append(f"Luukku's answer is not proved ({ours['status']})")
    cut = task.question != "travel" and theirs["seconds"] >= SECONDS
    apart = abs(ours["objective"] - theirs["objective"]) / max(abs(ours["objective"]), 1e-9)
    if cut:
        notes.append(f"{method} ran into its time limit with {theirs['objective']:g}, Luukku has {ours['objective']:g}")
    elif apart <= TOLERANCE:
        notes.append("same answer")
    else:
        notes.append(f"DIFFERENT answers: Luukku {ours['objective']:.9g}, {method} {theirs['objective']:.9g}")
    return Row(name, asked or "", f"{'more than ' if cut else ''}{ratio:,.3g}", "x", "; ".join(notes))


def run(python: Path, task: Path, method: str) -> dict[str, Any]:
    """What a method answers in a process of its own, or why it does not: {"failed": reason}."""
    answer = task.with_name("answer.json")
    answer.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")} if method == "luukku" else dict(os.environ)
    command = [str(python), str(HERE / "peers.py"), str(task), method, str(SECONDS), str(answer)]
    try:
        # A short run is repeated, so the process may take three times as long as one.
        ended = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=SECONDS + GRACE, check=False
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"no answer after {SECONDS + GRACE:.0f} s"}
    if ended.returncode or not answer.is_file():
        last = ended.stderr.strip().splitlines()[-1:] or [f"ended with {ended.returncode}"]
        return {"failed": last[0][:200]}
    told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return told


def peers_python() -> tuple[Path, dict[str, str]]:
    """The Python of the peers' environment, and the peers that did not install, with the reason."""
    cache = Path(os.environ.get("LUUKKU_BENCH_CACHE") or Path(tempfile.gettempdir()) / "luukku-bench")
    wanted = [line for line in REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    key = hashlib.sha256("\n".join([sys.version, *wanted]).encode()).hexdigest()[:12]
    folder = cache / f"peers-{key}"
    python, done = folder / "bin" / "python", folder / "installed.json"
    if not done.is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True)
        absent = {}
        for line in wanted:
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", line]
            ended = subprocess.run(pip, capture_output=True, text=True, check=False)
            if ended.returncode:
                name = line.partition("=")[0].partition(">")[0].partition("[")[0]
                errors = [text for text in ended.stderr.splitlines() if text.startswith("ERROR")]
                absent[name] = f"does not install: {(errors or ['no reason given'])[0][:200]}"
        done.write_text(json.dumps(absent), encoding="utf-8")
    absent_now: dict[str, str] = json.loads(done.read_text(encoding="utf-8"))
    return python, absent_now


if __name__ == "__main__":
    for row in main(quick="--quick" in sys.argv):
        print(row, flush=True)
