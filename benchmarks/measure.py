"""Measuring: medians of several runs, and a row of figure asked beside figure measured."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A figure asked beside the figure measured.

    asked: in words with its unit, such as "at most 5 s"; measured: in `unit`, as text.
    """

    name: str
    asked: str
    measured: str
    unit: str
    note: str = ""

    def __str__(self) -> str:
        note = f"  ({self.note})" if self.note else ""
        asked = f", asked {self.asked}" if self.asked else ""
        return f"{self.name}: {self.measured} {self.unit}{asked}{note}"


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
