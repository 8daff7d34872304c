"""Networks in which every point keeps 10,000 people by nearest point, and points that can serve only so many."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import checker
import numpy as np
from measure import Row
from national import HUBS, national

from luukku.network.capacity import best_access_within_capacity, service
from luukku.network.nearest_base import most_covered_with_base
from luukku.network.problem import Problem, Stop

WITHIN, BASE, SECONDS = 60.0, 10_000.0, 120.0
SEEDS = (1, 2, 3)
POINTS, ROOM, SERVED_SECONDS = 150, 1.5, 60.0


def main() -> Iterator[Row]:
    """A network with a base for every seed, with the hubs fixed and with nothing fixed, and one within capacities."""
    for seed in SEEDS:
        for hubs in (True, False):
            yield based(seed, hubs=hubs)
    yield within_capacity()


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
        f"{covered / total:.4%} covered, bound {found.bound / total:.4%} (rests on HiGHS); {len(found.sites)} points; "
        f"least base {least:,.0f}; {found.stopped_by} after {found.seconds:.0f} s; {peak():.2f} GiB; network checked",
    )


def within_capacity() -> Row:
    """Least person-minutes when points can serve half as many again as their share, hubs three times as many."""
    people, times = national(1_000, 1)
    capacity = np.full(times.sites, ROOM * people.sum() / POINTS)
    capacity[sorted(HUBS)] *= 2
    problem = Problem(people, times)
    found = best_access_within_capacity(problem, capacity, points=POINTS, stop=Stop(seconds=SERVED_SECONDS))
    where = service(problem, found.sites, capacity)
    arrays = (np.asarray(times.start), np.asarray(times.cell), np.asarray(times.minutes))
    lower, upper = checker.capacity_value(*arrays, people, found.sites, capacity=capacity)
    near = 1e-6 * found.objective
    if not lower - near <= found.objective <= upper + near or (where.load > capacity[list(found.sites)] + 1e-3).any():
        raise ValueError(f"the checker refuses the service: {found.objective} is not between {lower} and {upper}")
    return Row(
        f"least minutes within capacities, 1,000 sites, p = {POINTS}",
        "a stated gap in 60 s",
        f"{found.gap:.2%}",
        "of person-minutes",
        f"{where.elsewhere / people.sum():.1%} of all people served at another than the nearest point; "
        f"{found.stopped_by} after {found.seconds:.0f} s; {peak():.2f} GiB; loads and value's range checked",
    )


def peak() -> float:
    """Peak memory of this process so far, GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
