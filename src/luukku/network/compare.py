"""Two networks side by side: which points come and go, and who is nearer or farther."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.network.evaluate import Evaluation


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What changes from one network to another.

    opened, closed: site numbers, ascending.
    nearer, farther: people whose trip gets shorter or longer.
    gained, lost:   people who come within the limit or leave it.
    minutes:        (cells,) float64 change of the trip; infinite where a cell comes out of reach, minus infinity where
                    it comes into reach, 0 where it is out of reach in both.
    mean_minutes, worst_tenth: change of the means of `Equity`.
    """

    opened: NDArray[np.intp]
    closed: NDArray[np.intp]
    nearer: float
    farther: float
    gained: float
    lost: float
    minutes: NDArray[np.float64]
    mean_minutes: float
    worst_tenth: float


def compare(before: Evaluation, after: Evaluation, people: NDArray[np.float64], limit: float) -> Difference:
    """The difference of two networks over the same cells and sites.

    Raises Contradiction when the networks have different cells.
    """
    if not len(before.minutes) == len(after.minutes) == len(people):
        raise Contradiction(
            f"Networks can be compared over the same cells only: they have {len(before.minutes)} and "
            f"{len(after.minutes)} cells, and people are given for {len(people)}."
        )
    was, now = before.minutes.astype(np.float64), after.minutes.astype(np.float64)
    both_out = np.isinf(was) & np.isinf(now)
    change = np.subtract(now, was, out=np.zeros(len(was)), where=~both_out)
    return Difference(
        opened=np.setdiff1d(after.sites, before.sites),
        closed=np.setdiff1d(before.sites, after.sites),
        nearer=float(people[change < 0].sum()),
        farther=float(people[change > 0].sum()),
        gained=float(people[(was > limit) & (now <= limit)].sum()),
        lost=float(people[(was <= limit) & (now > limit)].sum()),
        minutes=change,
        mean_minutes=after.equity.mean - before.equity.mean,
        worst_tenth=after.equity.worst_tenth - before.equity.worst_tenth,
    )
