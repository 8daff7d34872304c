"""Reading what a planner has: a population grid of ten million rows."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Row

ROWS = 10_000_000
WIDTH = 2_500
"""Cells in a row of the grid, so that ten million squares of 250 m stay inside Finland's box."""


def main() -> Iterator[Row]:
    """One figure: reading a CSV of ten million cells, in a process of its own so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        grid = Path(folder) / "grid_2022_250m.csv"
        write_grid(grid)
        told = subprocess.run([sys.executable, __file__, str(grid)], capture_output=True, text=True, check=True).stdout
    seconds, gigabytes = told.split()
    yield Row("population grid of 10 million rows", "", f"{seconds}", "s", f"CSV; peak memory {gigabytes} GB; one run")


def write_grid(path: Path) -> None:
    """A made-up grid of 250 m cells with ten people each."""
    with path.open("w") as file:
        file.write("xkoord,ykoord,vaesto\n")
        for start in range(0, ROWS, WIDTH):
            y = 6_650_000 + start // WIDTH * 250
            file.write("".join(f"{60_000 + 250 * i},{y},10\n" for i in range(WIDTH)))


if __name__ == "__main__":
    from luukku.country.readers import read_population_grid

    begun = time.perf_counter()
    cells = read_population_grid(Path(sys.argv[1]))
    assert len(cells) == ROWS
    print(f"{time.perf_counter() - begun:.0f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f}")
