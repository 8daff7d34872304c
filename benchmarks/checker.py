"""An independent checker: is a choice allowed, is its value right, and does its bound hold?

It reads the raw files itself and shares no code with the library, so that a fault there cannot hide here. Bounds are
checked as far as they can be: against known optima, against the value, and, where prices come with them, by weak
duality, for which any prices at least 0 will do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

TOLERANCE = 1e-6
"""Relative difference of two values that are called the same: costs of 7 digits, summed in another order."""


# What the files hold


def graph_distances(path: Path) -> tuple[NDArray[np.float64], int]:
    """(vertices, vertices) distances of an OR-Library p-median graph (Floyd 1962), and p."""
    words = path.read_text().split()
    vertices, edges, p = (int(word) for word in words[:3])
    distance = np.full((vertices, vertices), np.inf)
    for edge in range(edges):
        one, other, cost = words[3 + 3 * edge : 6 + 3 * edge]
        distance[int(one) - 1, int(other) - 1] = distance[int(other) - 1, int(one) - 1] = float(cost)
    np.fill_diagonal(distance, 0.0)
    for middle in range(vertices):
        np.minimum(distance, distance[:, [middle]] + distance[[middle], :], out=distance)
    return distance, p


def point_distances(path: Path) -> NDArray[np.float64]:
    """(points, points) floored distances of TSPLIB points."""
    text = path.read_text()
    rows = text[text.index("NODE_COORD_SECTION") :].splitlines()[1:]
    points = np.array([row.split()[1:3] for row in rows if len(row.split()) == 3], dtype=float)
    square = (points[:, None, 0] - points[None, :, 0]) ** 2 + (points[:, None, 1] - points[None, :, 1]) ** 2
    return np.floor(np.sqrt(square))


def cover_sets(path: Path, *, by_columns: bool) -> tuple[list[set[int]], NDArray[np.float64], int]:
    """The rows (from 0) that each column covers, the columns' costs, and how many rows there are."""
    words = [int(word) for word in path.read_text().split()]
    rows, columns = words[:2]
    sets: list[set[int]] = [set() for _ in range(columns)]
    if by_columns:
        costs, at = [], 2
        for column in range(columns):
            costs.append(words[at])
            sets[column] = {word - 1 for word in words[at + 2 : at + 2 + words[at + 1]]}
            at += 2 + words[at + 1]
    else:
        costs, at = words[2 : 2 + columns], 2 + columns
        for row in range(rows):
            for word in words[at + 1 : at + 1 + words[at]]:
                sets[word - 1].add(row)
            at += 1 + words[at]
    return sets, np.array(costs, dtype=float), rows


# What a choice is worth. `sites` count from 0. Each returns the value and what is wrong with the choice.


def median_value(
    distance: NDArray[np.float64], weights: NDArray[np.float64], sites: Sequence[int], p: int
) -> tuple[float, list[str]]:
    """Weighted sum of distances to the nearest site; distance is (customers, sites), infinite: out of reach."""
    nearest, wrong = _nearest(distance, sites, p)
    served = weights > 0
    if not np.isfinite(nearest[served]).all():
        wrong.append(f"{int(np.isinf(nearest[served]).sum())} customers are served by no site")
    return float(weights[served] @ nearest[served]), wrong


def center_value(
    distance: NDArray[np.float64], weights: NDArray[np.float64], sites: Sequence[int], p: int
) -> tuple[float, list[str]]:
    """The largest distance of anybody with weight to the nearest site."""
    nearest, wrong = _nearest(distance, sites, p)
    return float(nearest[weights > 0].max(initial=0.0)), wrong


def covered_value(
    distance: NDArray[np.float64], weights: NDArray[np.float64], sites: Sequence[int], p: int, within: float
) -> tuple[float, list[str]]:
    """Weight of everybody with a site within a distance."""
    nearest, wrong = _nearest(distance, sites, p)
    return float(weights[nearest <= within].sum()), wrong


def fewest_value(
    distance: NDArray[np.float64], weights: NDArray[np.float64], sites: Sequence[int], within: float, share: float = 1.0
) -> tuple[float, list[str]]:
    """How many sites there are; they must bring a share of the weight within a distance."""
    covered, wrong = covered_value(distance, weights, sites, len(sites), within)
    if covered < weights.sum() * (share - 1e-12):
        wrong.append(f"only {covered:g} of {weights.sum():g} are within {within:g}")
    return float(len(sites)), wrong


def most_value(
    covers: Sequence[NDArray[np.int64]], people: NDArray[np.float64], sites: Sequence[int], p: int
) -> tuple[float, list[str]]:
    """People of everybody whom some site covers; covers: the cells of each site."""
    wrong = _choice(sites, len(covers), p)
    covered = np.zeros(len(people), dtype=bool)
    for site in sites:
        covered[covers[site]] = True
    return float(people[covered].sum()), wrong


def cover_value(
    sets: Sequence[set[int]], costs: NDArray[np.float64], rows: int, columns: Sequence[int]
) -> tuple[float, list[str]]:
    """The cost of columns that must cover every row."""
    wrong = _choice(columns, len(sets), None)
    covered = set().union(*(sets[column] for column in columns))
    if len(covered) < rows:
        wrong.append(f"{rows - len(covered)} rows are covered by no column")
    return float(sum(costs[column] for column in columns)), wrong


def nearest_base_value(
    start: NDArray[np.integer],
    cell: NDArray[np.integer],
    minutes: NDArray[np.floating],
    people: NDArray[np.float64],
    sites: Sequence[int],
    *,
    within: float,
    base: float,
    without_base: Sequence[int],
) -> tuple[float, float, list[str]]:
    """People within the limit, the least base by nearest site, and what is wrong with a choice.

    start, cell, minutes: (sites + 1,), (pairs,), (pairs,) of compressed rows by site. Of equally near sites the one
    with the lower number serves. without_base: sites that need none.
    """
    wrong = _choice(sites, len(start) - 1, None)
    trip = np.full(len(people), np.inf)
    server = np.full(len(people), -1)
    for site in sorted(sites, reverse=True):  # the lowest number last: it takes also whom it is as near to
        mine = slice(int(start[site]), int(start[site + 1]))
        near = cell[mine][minutes[mine] <= trip[cell[mine]]]
        trip[near] = minutes[mine][minutes[mine] <= trip[cell[mine]]]
        server[near] = site
    behind = {site: float(people[server == site].sum()) for site in sites if site not in set(without_base)}
    wrong += [f"site {site} has only {has:g} people" for site, has in behind.items() if has < base]
    return float(people[trip <= within].sum()), min(behind.values(), default=math.inf), wrong


def capacity_value(
    start: NDArray[np.integer],
    cell: NDArray[np.integer],
    minutes: NDArray[np.floating],
    people: NDArray[np.float64],
    sites: Sequence[int],
    *,
    capacity: NDArray[np.float64],
    worth: NDArray[np.float64],
) -> tuple[float, float]:
    """Bounds of what serving everybody by these sites costs in person-minutes, without solving it.

    worth: (sites,) minutes that room for one more is worth at each of them, anything from 0. The lower bound lets
    everybody go where the trip and the worth of room together are least, and pays the worth of all room back (weak
    duality): with the right worths it is the value. The upper one serves cells in turn at the nearest site with room
    (infinite when somebody finds none).
    """
    if (worth < 0).any():
        raise ValueError("room is worth 0 at least")
    trips: list[list[tuple[float, int]]] = [[] for _ in people]
    least = np.full(len(people), np.inf)
    for site, each in zip(sites, worth.tolist(), strict=True):
        mine = slice(int(start[site]), int(start[site + 1]))
        least[cell[mine]] = np.minimum(least[cell[mine]], minutes[mine].astype(np.float64) + each)
        for pair in range(mine.start, mine.stop):
            trips[int(cell[pair])].append((float(minutes[pair]), site))
    served = people > 0
    lower = float(people[served] @ least[served]) - float(capacity[list(sites)] @ worth)
    left = {site: float(capacity[site]) for site in sites}
    upper = 0.0
    for some, near in zip(people.tolist(), trips, strict=True):
        near.sort()
        for trip, site in near:
            takes = min(some, left[site])
            left[site] -= takes
            some -= takes  # noqa: PLW2901 - who is still to be served
            upper += takes * trip
        if some > 0:
            upper = math.inf
    return lower, upper


def capacity_served(
    start: NDArray[np.integer],
    cell: NDArray[np.integer],
    minutes: NDArray[np.floating],
    people: NDArray[np.float64],
    sites: Sequence[int],
    *,
    capacity: NDArray[np.float64],
    within: float,
) -> float:
    """People whom these sites can serve within a limit, by SciPy's maximum flow; people and capacities are whole."""
    count = len(people)
    near = [cell[start[site] : start[site + 1]][minutes[start[site] : start[site + 1]] <= within] for site in sites]
    to = np.repeat(np.arange(len(sites)), [len(each) for each in near])
    of = np.concatenate(near).astype(np.int64)
    source, sink = count + len(sites), count + len(sites) + 1
    tail = np.concatenate((np.full(count, source), of, count + np.arange(len(sites))))
    head = np.concatenate((np.arange(count), count + to, np.full(len(sites), sink)))
    most = np.concatenate((people, people[of], capacity[list(sites)])).astype(np.int32)
    return float(maximum_flow(csr_array((most, (tail, head)), shape=(sink + 1, sink + 1)), source, sink).flow_value)


def _nearest(distance: NDArray[np.float64], sites: Sequence[int], p: int) -> tuple[NDArray[np.float64], list[str]]:
    wrong = _choice(sites, distance.shape[1], p)
    nearest = np.full(distance.shape[0], np.inf)
    for site in sites:
        nearest = np.minimum(nearest, distance[:, site])
    return nearest, wrong


def _choice(chosen: Sequence[int], there_are: int, p: int | None) -> list[str]:
    wrong = []
    if len(set(chosen)) != len(chosen):
        wrong.append("some site is chosen twice")
    if p is not None and len(chosen) != p:
        wrong.append(f"{len(chosen)} sites are chosen, {p} were asked")
    if any(not 0 <= site < there_are for site in chosen):
        wrong.append(f"some site is none of the {there_are}")
    return wrong


def sparse_median_value(
    pairs: Sequence[tuple[NDArray[np.integer], NDArray[np.floating]]],
    weights: NDArray[np.float64],
    sites: Sequence[int],
    p: int,
) -> tuple[float, list[str]]:
    """As `median_value`, from the (customers, distances) of every site; whoever is not among them is out of reach."""
    wrong = _choice(sites, len(pairs), p)
    nearest = np.full(len(weights), np.inf)
    for site in sites:
        customer, distance = pairs[site]
        nearest[customer] = np.minimum(nearest[customer], distance.astype(np.float64))
    served = weights > 0
    if not np.isfinite(nearest[served]).all():
        wrong.append(f"{int(np.isinf(nearest[served]).sum())} customers are served by no site")
    return float(weights[served] @ nearest[served]), wrong


# What bounds are worth


def sparse_median_bound(
    pairs: Sequence[tuple[NDArray[np.integer], NDArray[np.floating]]],
    weights: NDArray[np.float64],
    p: int,
    prices: NDArray[np.float64],
    least: float,
) -> float:
    """As `median_bound`, from the (customers, distances) of every site; others are at least `least` away."""
    far = np.full(len(weights), least)
    for customer, distance in pairs:
        far[customer] = np.maximum(far[customer], distance)
    if (prices > weights * far * (1 + 1e-9)).any():
        raise ValueError("a price is above what its customer costs at most")
    saved = [
        np.minimum(weights[customer] * distance.astype(np.float64) - prices[customer], 0.0).sum()
        for customer, distance in pairs
    ]
    return float(prices.sum() + np.sort(saved)[:p].sum())


def median_bound(
    distance: NDArray[np.float64], weights: NDArray[np.float64], p: int, prices: NDArray[np.float64]
) -> float:
    """No p sites cost less than the (customers,) prices and the p largest savings at them (Cornuéjols et al. 1977)."""
    saved = np.minimum(weights[:, None] * distance - prices[:, None], 0.0).sum(axis=0)
    return float(prices.sum() + np.sort(saved)[:p].sum())


def capacity_bound(
    start: NDArray[np.integer],
    cell: NDArray[np.integer],
    minutes: NDArray[np.floating],
    people: NDArray[np.float64],
    p: int,
    *,
    capacity: NDArray[np.float64],
    prices: NDArray[np.float64],
) -> float:
    """No p sites serve everybody for less than the (cells,) prices less the p largest savings of sites filled up."""
    saved = []
    for site, room in enumerate(capacity.tolist()):
        mine = slice(int(start[site]), int(start[site + 1]))
        worth = prices[cell[mine]] - minutes[mine].astype(np.float64)
        order = np.argsort(-worth)
        order = order[worth[order] > 0]
        filled = np.minimum(np.cumsum(people[cell[mine]][order]), room)
        saved.append(float(np.diff(filled, prepend=0.0) @ worth[order]))
    return float(people @ prices) - sum(sorted(saved, reverse=True)[:p])


def cover_bound(sets: Sequence[set[int]], costs: NDArray[np.float64], prices: NDArray[np.float64]) -> float:
    """No cover costs less than the (rows,) prices less what columns are underpriced by."""
    if (prices < 0).any():
        raise ValueError("prices of rows are at least 0")
    under = [min(cost - sum(prices[row] for row in rows), 0.0) for rows, cost in zip(sets, costs, strict=True)]
    return float(prices.sum() + sum(under))


def most_bound(
    covers: Sequence[NDArray[np.int64]],
    people: NDArray[np.float64],
    p: int,
    prices: NDArray[np.float64],
    instead: Mapping[int, int],
) -> float:
    """No p sites cover more than what people's (cells,) prices leave of them and the p sites that earn most.

    instead: for some sites another that covers all they do; only the others count among the p.
    """
    if (prices < 0).any() or (prices > people * (1 + 1e-12)).any():
        raise ValueError("prices of cells are between 0 and their people")
    for site, other in instead.items():
        if other in instead or not set(covers[site].tolist()) <= set(covers[other].tolist()):
            raise ValueError(f"site {other} does not cover all that site {site} does")
    reached = np.zeros(len(people), dtype=bool)
    for cells in covers:
        reached[cells] = True
    earned = [float(prices[cells].sum()) for site, cells in enumerate(covers) if site not in instead]
    return float((people - prices)[reached].sum() + sum(sorted(earned, reverse=True)[:p]))


def center_bound(distance: NDArray[np.float64], radius: float, p: int, prices: Mapping[int, float]) -> bool:
    """Whether prices of some customers prove that p sites cannot bring them all within LESS than the radius.

    The prices of the customers whom any one site has nearer than the radius add up to 1 at most, all prices to more
    than p.
    """
    customers = list(prices)
    price = np.array([prices[customer] for customer in customers])
    inside = distance[customers] < radius
    return bool((price >= 0).all() and (price @ inside).max() <= 1 + 1e-9 and price.sum() > p + 1e-6)


def certificate_faults(told: Mapping[str, Any], *, most: bool = False, known: float | None = None) -> list[str]:
    """What is wrong with an objective, bound, gap and status among each other, and against a known optimum."""
    objective, bound, gap = float(told["objective"]), float(told["bound"]), float(told["gap"])
    sign = -1.0 if most else 1.0
    near = TOLERANCE * max(abs(objective), 1.0)
    wrong = []
    if not all(math.isfinite(value) for value in (objective, bound, gap)):
        return ["objective, bound and gap are not all finite"]
    if sign * (bound - objective) > near:
        wrong.append(f"the bound {bound:g} is past the objective {objective:g}")
    if abs(gap - abs(objective - bound) / max(abs(objective), 1e-9)) > TOLERANCE:
        wrong.append(f"the gap {gap:g} is not that of objective {objective:g} and bound {bound:g}")
    if told["status"] == "proved" and abs(objective - bound) > near:
        wrong.append("it is called proved, but the bound does not meet the objective")
    if known is not None:
        if sign * (bound - known) > near:
            wrong.append(f"the bound {bound:g} is past the known optimum {known:g}")
        if sign * (objective - known) < -near:
            wrong.append(f"the objective {objective:g} is better than the known optimum {known:g}")
    return wrong


def solution_faults(
    value: tuple[float, list[str]], told: Mapping[str, Any], *, most: bool = False, known: float | None = None
) -> list[str]:
    """Everything wrong with a solution: its choice, its objective against the value found here, its certificate."""
    worth, wrong = value
    if abs(worth - float(told["objective"])) > TOLERANCE * max(abs(worth), 1.0):
        wrong = [*wrong, f"the objective is told as {told['objective']}, but the choice is worth {worth:g}"]
    return [*wrong, *certificate_faults(told, most=most, known=known)]
