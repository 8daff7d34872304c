"""Run every benchmark and write the figures asked beside the figures measured into docs/benchmarks.md."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "benchmarks.md"

if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    chosen = sys.argv[1:] or sorted(path.stem for path in HERE.glob("bench_*.py"))
    lines = [
        "# Figures asked and measured",
        "",
        (
            f"Measured by `make bench` on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}. Each is a median; machines differ, so read them as an order of size."
        ),
        "",
        "| what | asked | measured | note |",
        "|---|---|---|---|",
    ]
    for name in chosen:
        for row in importlib.import_module(name).main():
            print(row, flush=True)
            lines.append(f"| {row.name} | {row.asked} | {row.measured} {row.unit} | {row.note} |")
    REPORT.write_text("\n".join(lines) + "\n")
