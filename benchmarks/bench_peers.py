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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
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
Asked = Mapping[str, float | None]
"""How many times as fast as each method is asked; None: nothing."""
PEERS = ("spopt", "pbp-pmedian", "scipy", "pandana")
GRACE = 60.0
"""Seconds beyond the limit after which a process that goes on (reading, building its model) is ended."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One question with its data, and what it is compared with."""

    name: str
    question: str
    data: dict[str, NDArray[Any] | float]
    asked: Asked = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Tasks from small to large, each made when it is its turn, until `peer` does not solve one in time.

    asked: times as fast as the peer on the largest task that it solves; None without such a climb: then all are run.
    """

    name: str
    rungs: Sequence[Callable[[], Task]]
    peer: str = ""
    asked: float | None = None


def main(*, quick: bool = False) -> Iterator[Row]:
    """Each task by each method: how many times faster Luukku is, with the same answer.

    Whatever goes wrong with a task or a method is told in its row, and the others go on.
    """
    try:
        python, absent = peers_python()
    except (OSError, subprocess.SubprocessError) as trouble:
        python, absent = Path(sys.executable), dict.fromkeys(PEERS, f"no environment for the peers: {trouble}")
    with tempfile.TemporaryDirectory() as scratch:
        for ladder in ladders(quick=quick):
            yield from climbed(ladder, python, absent, Path(scratch) / "task.npz")


def climbed(ladder: Ladder, python: Path, absent: dict[str, str], file: Path) -> Iterator[Row]:
    """The rows of a ladder. The one asked for is told when the next rung shows that it was the largest."""
    largest: Row | None = None
    judged: Row | None = None
    for rung in ladder.rungs:
        try:
            task = rung()
            np.savez(file, question=np.array(task.question), **task.data)
        except Exception as trouble:  # noqa: BLE001 - a task that cannot be made must not cost the others' rows
            yield Row(ladder.name, "", "not made", "", f"{type(trouble).__name__}: {trouble}")
            continue
        ours = run(Path(sys.executable), file, "luukku")
        solved = not ladder.peer
        for method, asked in task.asked.items():
            theirs = {"failed": absent[method]} if method in absent else run(python, file, method)
            row = compared(task, method, asked, ours, theirs)
            if method != ladder.peer or "failed" in theirs or theirs["seconds"] >= SECONDS:
                yield row
            else:
                solved = True
                if largest is not None:
                    yield largest
                largest, judged = row, compared(task, method, ladder.asked, ours, theirs)
        if not solved:
            break
    if judged is not None:
        yield replace(judged, name=f"{judged.name}, the largest tried that it solves")


def ladders(*, quick: bool) -> Iterator[Ladder]:
    """What is compared. Every task is made when its turn comes."""

    def siting(question: str, sizes: Sequence[tuple[int, int]], **more: Any) -> list[Callable[[], Task]]:
        return [partial(_siting, question, *size, **more) for size in (sizes[:1] if quick else sizes)]

    steps = ((500, 100), (750, 150), (1_000, 200), (1_500, 300), (2_000, 400))
    both: Asked = {"spopt": None, "pbp-pmedian": None}
    yield Ladder("p-median", siting("p-median", steps, every=10, asked=both), "spopt", 300)
    steps = ((1_000, 100), (5_000, 300), (10_000, 400), (20_000, 800))
    both = {"spopt": None, "scipy": None}
    yield Ladder("set-cover", siting("set-cover", steps, within=60, asked=both), "spopt", 10)
    yield Ladder("max-cover", siting("max-cover", steps, every=20, within=30, asked=both), "spopt", 80)
    yield Ladder("p-center", siting("p-center", [(200, 50)], every=10, asked={"spopt": None}))
    names = ["pmed1"] if quick else [f"pmed{number}" for number in range(1, 40, 2)]
    yield Ladder("pmed", [partial(_published, name) for name in names] if PUBLISHED.is_dir() else [])
    if quick:
        yield Ladder("travel times", [lambda: _travel(_country(5_000), {"scipy": None, "pandana": None})])
    else:
        asked: Asked = {"scipy": 10, "pandana": 25}
        yield Ladder("travel times", [lambda: _travel(synthetic(), asked)])


@cache
def _country(cells: int) -> SyntheticCountry:
    """Roads, cells and sites that suffice for a task of so many cells."""
    return synthetic(60_000, 5_000, 400, 1) if cells <= 5_000 else synthetic(200_000, 40_000, 3_000, 1)


def _published(name: str) -> Task:
    """An instance of the OR-Library, as a matrix of distances."""
    costs, p = graph_distances(PUBLISHED / f"{name}.txt")
    data = {"costs": costs, "weights": np.ones(len(costs)), "p": p, "within": 0.0}
    return Task(f"p-median {name}, p = {p}", "p-median", data, {"pbp-pmedian": 1})


def _siting(
    question: str,
    cells: int,
    sites: int,
    *,
    every: int = 0,
    within: float = 0.0,
    asked: Asked,
) -> Task:
    """The cells with most people and the first sites, with the minutes of the synthetic roads, as far as they go.

    every: one site of so many is to be chosen; 0 where the question does not say how many.
    """
    from luukku.travel.graph import Arcs
    from luukku.travel.search import MILLISECONDS, prepare, search

    country = _country(cells)
    most = np.argsort(-country.people, kind="stable")[:cells]
    arcs = Arcs(country.start, country.to, country.minutes)
    network = prepare(arcs, country.site_node[:sites], country.cell_node[most])
    reached = search(network, 10_000 * MILLISECONDS)
    minutes = np.full((cells, sites), np.inf)
    minutes[reached.cell, np.repeat(np.arange(sites), np.diff(reached.start))] = reached.time / MILLISECONDS
    costs = np.round(minutes, 1)
    p = sites // every if every else 0
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


def _travel(country: SyntheticCountry, asked: Asked, sites: int = 20, limit: int = 60) -> Task:
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


def compared(task: Task, method: str, asked: float | None, ours: dict[str, Any], theirs: dict[str, Any]) -> Row:
    """How many times faster Luukku is; what is not the same answer is said."""
    name, said = f"{task.name}: {method}", "" if asked is None else f"at least {asked:g} x"
    for whose, told in (("Luukku", ours), (method, theirs)):
        if "failed" in told:
            return Row(name, said, "not compared", "", f"{whose}: {told['failed']}")
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
    reached = None if asked is None else ratio >= asked and (cut or apart <= TOLERANCE)
    return Row(name, said, f"{'more than ' if cut else ''}{ratio:,.3g}", "x", "; ".join(notes), reached)


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
