"""A stronger bound of maximal covering: part the sites into regions and decide each region in whole sites.

Sources: Guignard & Kim (1987), "Lagrangean decomposition", for bounds from several smaller problems; Ribeiro & Lorena
(2008), "Lagrangean relaxation with clusters", for letting go only of what joins clusters of one graph; Fiedler (1973)
for parting a graph where it holds together least.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import eigh

from luukku.network.coverage.branching import branched
from luukku.network.coverage.model import Best, Coverage, within_columns
from luukku.network.coverage.prices import Prices, price_of_room
from luukku.network.coverage.search import searched
from luukku.network.problem import Stop
from luukku.network.watch import Watch

WIDE = 2.5
"""So many points' worth between bound and choice call for regions; with less between, branching is faster."""
POINTS = 15.0
"""Points in a region at most, at first; then twice as many each time."""
HELPS = 0.1
"""Larger regions follow when these took so much of the gap."""
NEAR = 0.01
"""Share of the gap by which all regions together may miss their best choices."""
ROUNDS = 1_000
"""Rounds of swaps from what the regions choose."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """Some columns and the rows that they cover."""

    columns: NDArray[np.intp]
    rows: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """People paid by each group, (rows,), to every region that covers it, and people paid for a unit of room."""

    paid: NDArray[np.float64]
    room: float


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What rates give: people that no choice can cover more of, and (columns,) 1 for what the regions choose."""

    bound: float
    chosen: NDArray[np.float64]


def wide(data: Coverage, best: Best, prices: Prices) -> bool:
    """Whether so much lies between the prices' bound and the best choice that branching on sites would be long."""
    columns = data.columns(best.sites)
    worth = price_of_room(data, prices.share * data.people) * float(data.price[columns].sum())
    return prices.bound - best.value > WIDE * worth / max(len(columns), 1)


def bounded_by_regions(data: Coverage, best: Best, prices: Prices) -> None:
    """Lower the bound that the watch knows with ever larger regions, while that helps and the watch does not stop it.

    Better choices met on the way are kept.
    """
    watch = best.watch
    paid = prices.share * data.people
    rates = Rates(paid, price_of_room(data, paid))
    joined = joined_people(data)
    points, lowest, helps = POINTS, prices.bound, True
    while helps and watch.why is None and len(parted := regions(data, joined, prices.chosen, points)) > 1:
        met = evaluated(data, parted, rates, best)
        watch.improve(bound=data.lowered(met.bound))
        best.offer(data, searched(data, np.argsort(-met.chosen, kind="stable"), rounds=ROUNDS, seed=0))
        helps = lowest - met.bound > HELPS * (lowest - best.value)
        lowest = min(lowest, met.bound)
        points *= 2


def evaluated(data: Coverage, parted: Sequence[Region], rates: Rates, best: Best) -> Evaluation:
    """The bound at any rates. The first region may take all the time that is left, each other half of it.

    Swaps go on from the best choice when the first region alone is left to decide.

    A group covered from one region only counts there with all its people. Another pays its rate to every region that
    covers it, and the rest of its people counts in any case: at least what is covered. Who takes room pays for it.
    """
    often = np.bincount(np.concatenate([region.rows for region in parted]), minlength=len(data.people))
    shared = often > 1
    weight = np.where(shared, rates.paid, data.people)
    share = np.where(shared, 1.0, rates.paid / data.people)
    watch = best.watch
    near = NEAR * max((watch.bound or 0.0) - best.value, 0.0) / len(parted)

    def decide(region: Region) -> tuple[float, list[int]]:
        rows = region.rows[weight[region.rows] > 0]
        part = within_columns(data, region.columns, rows, weight[rows])
        seconds = watch.left if region is parted[0] else 0.5 * watch.left
        found = Best(Watch(Stop(seconds, asked=watch.stop.asked), most=True), rates.room)
        found.offer(part, part.columns([]))
        found.offer(part, part.columns(best.sites))
        found.watch.improve(bound=part.reachable)
        if found.watch.why is None:
            branched(part, found, [share[rows]], near=near, swaps=False)
        return float(found.watch.bound or 0.0), found.sites

    def swapped() -> NDArray[np.intp]:
        """The best choice that swaps find while the first region is being decided."""
        columns = data.columns(best.sites)
        seed = 0
        while watch.why is None and not decisions[0].done():
            seed += 1
            found = searched(data, columns, rounds=ROUNDS, seed=seed)
            columns = found if data.worth(found) >= data.worth(columns) else columns
        return columns

    with ThreadPoolExecutor(2) as threads:
        decisions = [threads.submit(decide, region) for region in parted]
        best.offer(data, threads.submit(swapped).result())
        answers = [decision.result() for decision in decisions]
    bound = data.served + float((data.people - rates.paid)[shared].sum()) + rates.room * data.room
    return Evaluation(
        bound + sum(most for most, _ in answers),
        np.isin(data.sites, [site for _, sites in answers for site in sites]).astype(np.float64),
    )


def regions(data: Coverage, joined: NDArray[np.float64], chosen: NDArray[np.float64], most: float) -> list[Region]:
    """Part the columns until no part has more than `most` points; the largest first.

    joined: (columns, columns) people whom both cover. chosen: (columns,) how much of each column a relaxed choice
    takes, 0 to 1.
    """
    mass = chosen + 0.02  # columns of no mass are parted too
    done: list[NDArray[np.intp]] = []
    waiting = [np.arange(len(data.sites))]
    while waiting:
        columns = waiting.pop()
        if chosen[columns].sum() <= most or len(columns) < 4:
            done.append(columns)
        else:
            waiting += _halves(joined, mass, columns)
    done.sort(key=len, reverse=True)
    return [Region(columns, np.flatnonzero(np.diff(data.rows[:, columns].indptr)).astype(np.intp)) for columns in done]


def joined_people(data: Coverage) -> NDArray[np.float64]:
    """(columns, columns) people whom both columns cover; 0 for a column with itself."""
    joined = np.asarray((data.by_site @ sparse.diags_array(data.people) @ data.rows).toarray(), dtype=np.float64)
    np.fill_diagonal(joined, 0.0)
    return joined


def _halves(
    shared: NDArray[np.float64], mass: NDArray[np.float64], columns: NDArray[np.intp]
) -> list[NDArray[np.intp]]:
    """Two parts of 35 to 65 % of the mass that share few people: the best cut along the Fiedler vector."""
    weight = shared[np.ix_(columns, columns)]
    degree = weight.sum(axis=1) + 1e-9
    root = np.sqrt(degree)
    scaled = np.eye(len(columns)) - weight / np.outer(root, root)
    # the constant vector is moved out of the way: where the graph falls apart, it is not the only one of eigenvalue 0
    scaled += 2.0 * np.outer(root, root) / degree.sum()
    along = eigh(scaled, subset_by_index=[0, 0])[1][:, 0] / root
    order = np.argsort(along, kind="stable")
    far = np.cumsum(mass[columns][order])
    ordered = weight[np.ix_(order, order)]
    cut = np.cumsum(degree[order] - 2 * np.tril(ordered, -1).sum(axis=1))[:-1]
    fair = (far[:-1] >= 0.35 * far[-1]) & (far[:-1] <= 0.65 * far[-1])
    middle = int(np.searchsorted(far, far[-1] / 2).clip(1, len(columns) - 1))
    at = int(np.argmin(np.where(fair, cut, np.inf))) + 1 if fair.any() else middle
    return [np.sort(columns[order[:at]]), np.sort(columns[order[at:]])]
