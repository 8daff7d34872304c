"""Measuring: medians of several runs, and a row of figure asked beside figure measured."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A figure asked beside the figure measured.

    asked: in words with its unit, such as "at most 5 s"; measured: in `unit`, as text; reached: whether what is asked
    was reached, None where nothing is asked or nothing was measured.
    """

    name: str
    asked: str
    measured: str
    unit: str
    note: str = ""
    reached: bool | None = None

    @property
    def verdict(self) -> str:
        """Whether what is asked was reached, in a word; empty where there is no telling."""
        return "" if self.reached is None else "yes" if self.reached else "no"

    def __str__(self) -> str:
        note = f"  ({self.note})" if self.note else ""
        asked = f", asked {self.asked}" if self.asked else ""
        missed = ", NOT reached" if self.reached is False else ""
        return f"{self.name}: {self.measured} {self.unit}{asked}{missed}{note}"


def at_most(name: str, most: float, measured: float, unit: str, note: str = "", *, digits: int = 1) -> Row:
    """A figure that may be so large; shown with so many digits, judged unrounded."""
    return Row(name, f"at most {most:g} {unit}", f"{measured:.{digits}f}", unit, note, measured <= most)


def at_least(name: str, least: float, measured: float, unit: str, note: str = "", *, digits: int = 0) -> Row:
    """A figure that has to be so large; shown with so many digits, judged unrounded."""
    return Row(name, f"at least {least:g} {unit}", f"{measured:.{digits}f}", unit, note, measured >= least)


def median_seconds(work: Callable[[], object], times: int = 5, before: Callable[[], object] | None = None) -> float:
    """The median wall time of `work` over so many runs; `before` runs outside the clock ahead of each."""
    seconds = []
    for _ in range(times):
        if before is not None:
            before()
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def process(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path) -> Callable[[], None]:
    """A run of a program from its start to its end; it must end well."""

    def run() -> None:
        subprocess.run(command, check=True, env=dict(environment), cwd=folder, capture_output=True)

    return run


def told_by(script: str, *words: str) -> dict[str, Any]:
    """What a benchmark's own file, run with these words as a process of its own, prints as JSON in its last line."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(script).parent), *sys.path])}
    done = subprocess.run([sys.executable, script, *words], check=True, capture_output=True, text=True, env=environment)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def peak_memory() -> float:
    """Peak memory of this process so far, GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
