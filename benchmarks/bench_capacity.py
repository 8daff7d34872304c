"""Points that can serve only so many, at national size: least person-minutes, and most people served."""

from __future__ import annotations

from collections.abc import Iterator

import checker
import numpy as np
from measure import Row, peak_memory
from national import HUBS, national
from numpy.typing import NDArray

from luukku.network.capacity.solve import certified_access_within_capacity, most_served_within_capacity, service
from luukku.network.problem import Problem, Stop
from luukku.travel.times import TravelTimes

SECONDS, ROOM = 60.0, 1.5
SEEDS = (1, 2, 3)
POINTS = 150
SERVED = ((30.0, 150), (60.0, 50))
"""Minutes, and points that serve most people within them."""


def main() -> Iterator[Row]:
    """Least minutes for every seed, most served within two limits, and a smaller one to its proof."""
    for seed in SEEDS:
        yield least_minutes(*national(1_000, seed), POINTS, f"1,000 sites, 100,000 cells, p = {POINTS}, seed {seed}")
    yield least_minutes(*around(0, 100, 5_000), 20, "100 sites, 5,000 cells, p = 20")
    yield least_minutes(*around(0, 50, 2_000), 10, "50 sites, 2,000 cells, p = 10")
    for within, points in SERVED:
        yield most_served(within, points)


def around(hub: int, sites: int, cells: int) -> tuple[NDArray[np.float64], TravelTimes]:
    """A region: so many of the cells within 90 minutes of a hub, evenly by people, and sites all over it."""
    people, times = national(1_000, 1)
    cell, minutes = times.of(hub)
    inside = cell[minutes <= 90]
    some = np.sort(inside[np.argsort(-people[inside], kind="stable")][:: len(inside) // cells][:cells])
    number = np.full(len(people), -1, dtype=np.int32)
    number[some] = np.arange(cells)
    reached = np.add.reduceat(number[times.cell] >= 0, times.start[:-1], dtype=np.int64)
    many = np.argsort(-reached, kind="stable")[: 3 * sites : 3]
    chosen = times.select(np.sort(many))
    kept = number[chosen.cell] >= 0
    start = np.concatenate(([0], np.cumsum(kept)))[chosen.start]
    return people[some], TravelTimes(
        start, number[chosen.cell[kept]], chosen.minutes[kept], cells, times.horizon, times.source
    )


def room_of(people: NDArray[np.float64], sites: int, points: int) -> NDArray[np.float64]:
    """Room for half as many again as an even share at every site, and for twice that at the hubs of the country."""
    capacity = np.full(sites, np.ceil(ROOM * people.sum() / points))
    if sites >= 1_000:
        capacity[sorted(HUBS)] *= 2
    return capacity


def least_minutes(people: NDArray[np.float64], times: TravelTimes, points: int, name: str) -> Row:
    """Least person-minutes of serving everybody; value and bound checked by prices, with other code."""
    reached = np.zeros(len(people), dtype=np.bool_)
    reached[times.cell] = True
    far = people[~reached].sum()
    people = np.where(reached, people, 0.0)
    capacity = room_of(people, times.sites, points)
    problem = Problem(people, times)
    access = certified_access_within_capacity(problem, capacity, points=points, stop=Stop(seconds=SECONDS))
    found = access.solution
    where = service(problem, found.sites, capacity)
    arrays = (np.asarray(times.start), np.asarray(times.cell), np.asarray(times.minutes))
    lower, upper = checker.capacity_value(*arrays, people, found.sites, capacity=capacity, worth=where.price)
    shown = checker.capacity_bound(*arrays, people, points, capacity=capacity, prices=access.price)
    near = 1e-6 * found.objective
    if abs(lower - found.objective) > near or upper < lower - near or shown > found.objective + near:
        raise ValueError(f"the checker refuses the service: {found.objective}, {lower} to {upper}, bound {shown}")
    if (where.load > capacity[list(found.sites)] + 1e-3).any() or len(found.sites) > points:
        raise ValueError("the checker refuses the loads")
    return Row(
        f"least minutes within capacities, {name}",
        "",
        f"{found.gap:.3%}",
        "of person-minutes",
        f"{found.objective:,.0f} person-minutes, bound {found.bound:,.0f}, of which prices alone show {shown:,.0f}; "
        f"{where.elsewhere / people.sum():.1%} of all people served at another than the nearest point; "
        f"{far:,.0f} people out of reach of every site left out; "
        f"{found.stopped_by} after {found.seconds:.0f} s; {peak_memory():.2f} GiB; value, loads and prices checked",
    )


def most_served(within: float, points: int) -> Row:
    """Most people served within a limit, checked by SciPy's maximum flow."""
    people, times = national(1_000, 1)
    capacity = room_of(people, times.sites, points)
    problem = Problem(people, times)
    found = most_served_within_capacity(problem, capacity, within=within, points=points, stop=Stop(seconds=SECONDS))
    arrays = (np.asarray(times.start), np.asarray(times.cell), np.asarray(times.minutes))
    served = checker.capacity_served(*arrays, people, found.sites, capacity=capacity, within=within)
    if abs(served - found.objective) > 1e-6 * served or found.bound < served * (1 - 1e-9) or len(found.sites) > points:
        raise ValueError(f"the checker refuses the choice: {served} are served, not {found.objective}")
    return Row(
        f"most served within {within:.0f} min and capacities, p = {points}",
        "",
        f"{found.gap:.3%}",
        "of people served",
        f"{found.objective:,.0f} of {people.sum():,.0f} served, bound {found.bound:,.0f}; {found.stopped_by} after "
        f"{found.seconds:.0f} s; {peak_memory():.2f} GiB; people served checked by maximum flow",
    )


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
