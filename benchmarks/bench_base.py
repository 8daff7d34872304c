"""Networks in which every point keeps 10,000 people by nearest point."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import checker
import numpy as np
from measure import Row, peak_memory
from national import HUBS, national

from luukku.network.base.solve import most_covered_with_base
from luukku.network.problem import Problem, Stop

WITHIN, BASE, SECONDS = 60.0, 10_000.0, 120.0
ASKED = 0.001
"""The gap asked, as a share of all people."""
SEEDS = (1, 2, 3)


def main() -> Iterator[Row]:
    """A network with a base for every seed, with the hubs fixed and with nothing fixed, and the median gaps."""
    for hubs in (True, False):
        told = [based(seed, hubs=hubs) for seed in SEEDS]
        gap = statistics.median(gap for gap, _ in told)
        yield Row(
            f"base 10,000 by nearest point, {_fixed(hubs=hubs)}, median",
            "gap at most 0.1 % of all people in 120 s",
            f"{gap:.4%}",
            "of all people",
            f"{sum(gap <= ASKED for gap, _ in told)} of {len(told)} seeds within it",
            gap <= ASKED,
        )
        yield from (row for _, row in told)


def _fixed(*, hubs: bool) -> str:
    return "18 hubs fixed" if hubs else "nothing fixed"


def based(seed: int, *, hubs: bool) -> tuple[float, Row]:
    """The gap, a share of all people, of most people within an hour with every chosen point's base; checked."""
    people, times = national(1_000, seed)
    fixed = HUBS if hubs else frozenset()
    problem = Problem(people, times, open=fixed)
    found = most_covered_with_base(problem, within=WITHIN, base=BASE, stop=Stop(seconds=SECONDS))
    arrays = (np.asarray(times.start), np.asarray(times.cell), np.asarray(times.minutes))
    covered, least, wrong = checker.nearest_base_value(
        *arrays, people, found.sites, within=WITHIN, base=BASE, without_base=sorted(fixed)
    )
    if wrong or covered != found.objective or found.bound < covered:
        raise ValueError(f"the checker refuses the network of seed {seed}: {wrong}, {covered} of {found.objective}")
    total = float(people.sum())
    gap = (found.bound - found.objective) / total
    return gap, Row(
        f"base 10,000 by nearest point, {_fixed(hubs=hubs)}, seed {seed}",
        "",
        f"{gap:.4%}",
        "of all people",
        f"{covered / total:.4%} covered, bound {found.bound / total:.4%}; {len(found.sites)} points; "
        f"least base {least:,.0f}; {found.stopped_by} after {found.seconds:.0f} s; "
        f"{peak_memory():.2f} GiB; network checked",
    )


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
