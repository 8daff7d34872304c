"""The p-median of TSPLIB points, each with its proof or gap, against the times of the paper of 2023."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import bench_median
from measure import Row


def main(*, quick: bool = False) -> Iterator[Row]:
    """A row for each file, and one for each number of points that is not proved; up to a minute each."""
    yield from bench_median.points(quick=quick)


if __name__ == "__main__":
    for row in main(quick="--quick" in sys.argv):
        print(row, flush=True)
