"""Run benchmarks and write the figures asked beside the figures measured into docs/benchmarks.md.

    python benchmarks/run.py [NAME ...]

Without names all are run. Each benchmark has a section of its own, written as soon as it ends, so that one that is run
alone, or fails, leaves the others' figures as they were.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Figures asked and measured

Written by `make bench`, a section a benchmark. A figure of several runs is their median; machines differ and are noisy,
so read seconds as an order of size.
"""


def main(chosen: list[str]) -> int:
    """Run the benchmarks of these names, or all; returns how many failed."""
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    if strangers := set(chosen) - set(names):
        sys.exit(f"There is no benchmark {', '.join(sorted(strangers))}. There are: {', '.join(names)}.")
    failed = 0
    for name in chosen or names:
        try:
            text = section(name)
        except Exception:  # noqa: BLE001 - the others' figures must not be lost, whatever went wrong with this one
            traceback.print_exc()
            failed += 1
            continue
        kept = sections() | {name: text}
        REPORT.write_text("\n".join([HEAD, *(kept[each] for each in names if each in kept)]))
    return failed


def section(name: str) -> str:
    """The figures of a benchmark, run now."""
    module = importlib.import_module(name)
    lines = [
        heading(name),
        "",
        (module.__doc__ or "").split("\n")[0],
        "",
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}."
        ),
        "",
        "| what | asked | measured | note |",
        "|---|---|---|---|",
    ]
    for row in module.main():
        print(row, flush=True)
        lines.append(f"| {row.name} | {row.asked} | {row.measured} {row.unit} | {row.note} |")
    return "\n".join(lines) + "\n"


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
