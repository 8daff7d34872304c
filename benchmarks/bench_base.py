"""Networks in which every point keeps 10,000 people by nearest point."""

from __future__ import annotations

from collections.abc import Iterator

import checker
import numpy as np
from measure import Row, peak_memory
from national import HUBS, national

from luukku.network.base.solve import most_covered_with_base
from luukku.network.problem import Problem, Stop

WITHIN, BASE, SECONDS = 60.0, 10_000.0, 120.0
SEEDS = (1, 2, 3)


def main() -> Iterator[Row]:
    """A network with a base for every seed, with the hubs fixed and with nothing fixed."""
    for seed in SEEDS:
        for hubs in (True, False):
            yield based(seed, hubs=hubs)


def based(seed: int, *, hubs: bool) -> Row:
    """Most people within an hour, every chosen point with its base, checked by other code."""
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
    return Row(
        f"base 10,000 by nearest point, seed {seed}, " + ("18 hubs fixed" if hubs else "nothing fixed"),
        "gap at most 0.1 % of all people in 120 s",
        f"{(found.bound - found.objective) / total:.4%}",
        "of all people",
        f"{covered / total:.4%} covered, bound {found.bound / total:.4%}; {len(found.sites)} points; "
        f"least base {least:,.0f}; {found.stopped_by} after {found.seconds:.0f} s; "
        f"{peak_memory():.2f} GiB; network checked",
    )


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
