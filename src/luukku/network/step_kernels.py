"""What climbs of prices do at every step, compiled by numba into the climbs themselves; see `steps`.

Numba does not notice that this file has changed when it looks for a climb that it compiled before: after a change here,
delete the `*.nbi` files in the `__pycache__` of `median` and `capacity`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from luukku.network.steps import BOUND, REFERENCE, SINCE, STEP, Pace

Floats = NDArray[np.float64]


@njit(inline="always")
def remember(average: Floats, taken: NDArray[np.float64 | np.bool_], pace: Pace) -> None:
    """Let a running mean of what relaxed choices take follow the last of them."""
    for column in range(len(average)):
        average[column] += pace.lately * (np.float64(taken[column]) - average[column])


@njit(inline="always")
def shortened(state: Floats, target: float, pace: Pace) -> bool:
    """Count a sweep; whether steps are shorter from here, because the last ones closed too little of the gap."""
    state[SINCE] += 1
    if state[SINCE] < pace.patience:
        return False
    useless = state[BOUND] - state[REFERENCE] < pace.helps * (target - state[BOUND])
    state[SINCE], state[REFERENCE] = 0, state[BOUND]
    if useless:
        state[STEP] *= pace.shorter
    return bool(useless)
