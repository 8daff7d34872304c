"""Files of instances, written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from luukku.network.instances import Distances

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a text into a file and tell its path."""

    def write(text: str | bytes, name: str = "instance.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def dense(instance: Distances) -> list[list[float]]:
    """(customers, sites) costs, infinite where out of reach."""
    times = instance.times
    costs = np.full((times.cells, times.sites), np.inf)
    costs[times.cell, np.repeat(np.arange(times.sites), np.diff(times.start))] = times.minutes
    return costs.tolist()
