"""How prices climb to a bound: when their steps become shorter, and how much of the last direction they keep.

Sources: Held, Wolfe & Crowder (1974) for the steps and their shortening; Camerini, Fratta & Maffioli (1975) for
remembering the direction. The rules are in `step_kernels`.
"""

from __future__ import annotations

from typing import NamedTuple

BOUND, STEP, REFERENCE, SINCE, RATE = range(5)
"""Places in the state of a climb: the best bound, the length of steps as a share of the usual, the bound when it was
last looked whether steps help, and the sweeps since; then, where choices need room, its price at the best bound."""


class Pace(NamedTuple):
    """How long steps stay as long as they are.

    patience: sweeps after which a step that no longer helps is shortened; helps: share of the gap that has to be closed
    in so many for it to stay; memory: share of the last direction that is kept in the next; shortest: length of a step,
    as a share of the usual, below which the prices are as good as they get.
    shorter: what a step is shortened to; lately: how much the last sweep counts in a running mean of sweeps.
    """

    patience: int
    helps: float
    memory: float
    shortest: float
    shorter: float = 0.7
    lately: float = 0.08


BRISK = Pace(patience=20, helps=0.03, memory=0.7, shortest=2e-3)
"""From prices that are far from good, and for nodes."""
FINE = Pace(patience=100, helps=0.0005, memory=0.95, shortest=2e-4)
"""For the last of the gap that prices can close."""
