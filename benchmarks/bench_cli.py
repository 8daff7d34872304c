"""The command line's speed: whole processes, from start to written files."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Row, at_most, median_seconds, process

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT.parent / "shared" / "data" / "finland"
OUTLINE = ROOT / "node_modules" / "world-atlas" / "countries-10m.json"
LUUKKU = [sys.executable, "-c", "from luukku.cli import main; main()"]
PLAN = [*LUUKKU, "plan", "--coverage", "0.995", "--out", "plan"]


def main() -> Iterator[Row]:
    """Each speed asked of the command line, with its median."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cache = folder / "cache"
        environment = {**os.environ, "LUUKKU_CACHE": str(cache)}
        environment.setdefault("PYTHONPATH", str(ROOT / "src"))

        empty = median_seconds(process([sys.executable, "-c", "pass"], environment, folder), 11)
        imported = median_seconds(process([sys.executable, "-c", "import luukku"], environment, folder), 11)
        yield at_most("import luukku", 0.3, imported - empty, "s", "without the start of Python itself", digits=3)

        cold = median_seconds(
            process(PLAN, environment, folder), 3, before=lambda: shutil.rmtree(cache, ignore_errors=True)
        )
        yield at_most("luukku plan --coverage 0.995, nothing cached", 30, cold, "s", digits=2)
        warm = median_seconds(process(PLAN, environment, folder), 5)
        yield at_most("luukku plan --coverage 0.995, matrix cached", 5, warm, "s", "to the written folder", digits=2)

        evaluate = process([*LUUKKU, "evaluate", "--points", "centres", "--json"], environment, folder)
        yield Row("luukku evaluate --points centres", "", f"{median_seconds(evaluate):.2f}", "s")

        if RAW.is_dir() and OUTLINE.is_file():
            build = process(
                [*LUUKKU, "country", "build", str(RAW), "--outline", str(OUTLINE), "--out", "built"],
                environment,
                folder,
            )
            yield at_most("luukku country build", 120, median_seconds(build, 1), "s", "one run, from the raw files")


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
