"""What whole numbers add to a bound, and how to end a search as soon as that decides it."""

from __future__ import annotations

import math
import threading

import numpy as np
from numpy.typing import NDArray

from luukku.network.problem import Stop


def common_measure(*values: NDArray[np.floating]) -> float:
    """The greatest number of which every value is a multiple when all are whole numbers, else 0; 0 of nothing else."""
    together = np.concatenate([np.asarray(part, dtype=np.float64).ravel() for part in values])
    if (together != np.rint(together)).any() or np.abs(together).max(initial=0.0) >= 2**53:
        return 0.0
    return float(np.gcd.reduce(together.astype(np.int64)))


def lifted(bound: float, measure: float, slack: float) -> float:
    """The least multiple of the measure that is not below the bound; the bound itself when there is no measure.

    slack: how far above a multiple the bound may lie by mistake, as a share of the measure.
    """
    return bound if measure == 0 else measure * math.ceil(bound / measure - slack)


class Enough(threading.Event):
    """An event to end a search with: set from within when it knows enough, or by whoever asked for its end."""

    def __init__(self, stop: Stop) -> None:
        super().__init__()
        self._outer = stop.asked

    def is_set(self) -> bool:
        """Whether either of the two happened."""
        return super().is_set() or (self._outer is not None and self._outer.is_set())
