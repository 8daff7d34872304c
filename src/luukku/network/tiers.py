"""The two tiers of the network: points in regional centre cities, and smaller ones that support them (L1377-1381)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.network.problem import Problem

Tier = Literal["centre", "supporting"]


def with_centres(problem: Problem, centres: Iterable[int]) -> Problem:
    """The problem with a point fixed at every centre, so that whatever is chosen besides supports them.

    Raises Contradiction when a centre is forbidden.
    """
    first = frozenset(centres)
    if barred := first & problem.closed:
        raise Contradiction(f"Sites {sorted(barred)} are regional centres and forbidden. Leave one of the two out.")
    return replace(problem, open=problem.open | first)


def tiers(sites: NDArray[np.intp], centres: Iterable[int]) -> tuple[Tier, ...]:
    """The tier of each site: "centre" when it is one of the centres, else "supporting"."""
    first = frozenset(centres)
    return tuple("centre" if site in first else "supporting" for site in sites.tolist())
