"""What whole numbers add to a bound."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


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
