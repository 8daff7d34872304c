"""A synthetic Finland: roads, inhabited cells and candidate sites of the real country's size and shape, invented.

Nothing here is data about Finland. Towns stand roughly where its cities are, people thin out northwards, lakes cut
holes into the land, and roads form a hierarchy: streets, village roads, regional roads between towns, main roads
between the regions' centres. The same sizes and seed always give the same country.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay, cKDTree

VERSION = 1
PEOPLE = 5_560_000
OUTLINE = np.array([
    (21.3, 60.9), (22.9, 59.9), (25.0, 60.1), (27.7, 60.5), (29.5, 61.5), (31.5, 62.9), (29.8, 64.5), (29.5, 66.0),
    (29.0, 67.0), (28.5, 68.2), (28.4, 68.9), (29.0, 69.7), (27.5, 70.0), (25.8, 69.3), (25.6, 68.9), (23.0, 68.7),
    (20.6, 69.05), (23.5, 67.9), (24.0, 66.8), (24.1, 65.9), (25.3, 65.4), (25.3, 64.9), (24.0, 64.4), (22.5, 63.7),
    (21.3, 63.1), (21.4, 62.0),
])  # fmt: skip
"""Longitude and latitude of a coarse outline."""
CENTRES = np.array([
    (24.94, 60.22, 1200), (22.27, 60.5, 330), (23.79, 61.5, 400), (25.47, 65.01, 260), (25.75, 62.24, 170),
    (27.68, 62.89, 140), (25.66, 60.98, 150), (21.78, 61.48, 110), (29.76, 62.6, 100), (28.19, 61.06, 90),
    (24.46, 61.0, 85), (21.75, 63.1, 85), (22.84, 62.79, 80), (25.73, 66.5, 65), (27.27, 61.69, 55), (26.95, 60.52, 80),
    (23.13, 63.84, 60), (27.73, 64.22, 40),
])  # fmt: skip
"""Longitude, latitude and thousands of people of the 18 invented regional centres."""
TOWNS = 420
VILLAGES = 3_000
LAKES = 1_600
SPEEDS = {"street": 40.0, "lane": 60.0, "village": 80.0, "regional": 90.0, "main": 110.0}
"""Kilometres an hour by class of road; the first two by how built up the place is."""


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticCountry:
    """Nodes joined by directed arcs in compressed rows, cells with people, and candidate sites.

    x, y:        (nodes,) float64 metres. start: (nodes + 1,) int32, to: (arcs,) int32,
    deciseconds: (arcs,) int32, at least 1.
    cell_x, cell_y: (cells,) float64 metres; people: (cells,) float64 whole numbers; cell_node: (cells,) int32.
    site_cell:   (sites,) int32 cell numbers, no two with the same node; the regional centres are the first 18, towns
                 follow. site_node: (sites,) int32.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    start: NDArray[np.int32]
    to: NDArray[np.int32]
    deciseconds: NDArray[np.int32]
    cell_x: NDArray[np.float64]
    cell_y: NDArray[np.float64]
    people: NDArray[np.float64]
    cell_node: NDArray[np.int32]
    site_cell: NDArray[np.int32]
    site_node: NDArray[np.int32]

    @property
    def minutes(self) -> NDArray[np.float64]:
        """(arcs,) minutes."""
        return self.deciseconds / 600.0


def synthetic(
    nodes: int = 1_030_000, cells: int = 100_000, sites: int = 3_000, seed: int = 1, folder: Path | None = None
) -> SyntheticCountry:
    """The country of so many nodes (within a percent), cells and sites, from the cache folder or made now.

    folder: of the cache; else LUUKKU_BENCH_CACHE, or `luukku-bench` among the machine's temporary files.
    """
    if nodes < 1_000 or not 500 <= cells <= PEOPLE or not len(CENTRES) <= sites <= cells // 2:
        raise ValueError("at least 1,000 nodes, 500 cells and 18 sites, two cells a site, and a person a cell")
    folder = folder or Path(os.environ.get("LUUKKU_BENCH_CACHE") or Path(tempfile.gettempdir()) / "luukku-bench")
    key = hashlib.sha256(f"{VERSION} {nodes} {cells} {sites} {seed}".encode()).hexdigest()[:12]
    path = folder / f"finland-{nodes}-{cells}-{sites}-{seed}-{key}.npz"
    if path.is_file():
        with np.load(path, allow_pickle=False) as file:
            return SyntheticCountry(**{field.name: file[field.name] for field in fields(SyntheticCountry)})
    made = make(nodes, cells, sites, seed)
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    np.savez(draft, **{field.name: getattr(made, field.name) for field in fields(SyntheticCountry)})
    draft.replace(path)
    return made


def make(nodes: int, cells: int, sites: int, seed: int) -> SyntheticCountry:
    """The country, made anew."""
    random = np.random.default_rng([VERSION, nodes, cells, sites, seed])
    land = _Land.of(cells, random)
    chosen, people = _people(land, cells, random)
    x, y = _nodes(land, chosen, nodes, random)
    roads = _roads(x, y, random)
    x, y = x[roads.kept], y[roads.kept]
    speed = _speeds(land, roads, x, y, random)
    start, to, deciseconds = _arcs(roads, speed, len(x), random)
    cell_node = (
        cKDTree(np.column_stack((x, y))).query(np.column_stack((land.x[chosen], land.y[chosen])))[1].astype(np.int32)
    )
    towns = cKDTree(np.column_stack((land.x[chosen], land.y[chosen]))).query(
        np.column_stack((land.town_x, land.town_y))
    )[1]
    site_cell = _sites(towns, people, cell_node, sites, random)
    return SyntheticCountry(
        x=1000 * x,
        y=1000 * y,
        start=start,
        to=to,
        deciseconds=deciseconds,
        cell_x=1000 * land.x[chosen],
        cell_y=1000 * land.y[chosen],
        people=people,
        cell_node=cell_node,
        site_cell=site_cell,
        site_node=cell_node[site_cell],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Land:
    """Squares of dry land, in kilometres, with the people that towns and the countryside bring to each.

    side: of a square; town_x, town_y: centres first, then other towns; urban, rural: (squares,) people.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    side: float
    town_x: NDArray[np.float64]
    town_y: NDArray[np.float64]
    urban: NDArray[np.float64]
    rural: NDArray[np.float64]

    @classmethod
    def of(cls, cells: int, random: np.random.Generator) -> _Land:
        """Land in squares of 1 km, or smaller ones when so many cells would not be a third of the land."""
        outline = np.column_stack(_kilometres(OUTLINE[:, 0], OUTLINE[:, 1]))
        side = min(1.0, 1 / np.ceil(np.sqrt(cells / 100_000)))
        low, high = outline.min(axis=0), outline.max(axis=0)
        x, y = (part.ravel() for part in np.meshgrid(*(np.arange(low[i] + side / 2, high[i], side) for i in (0, 1))))
        inside = _inside(outline, x, y)
        x, y = x[inside], y[inside]
        centre_x, centre_y = _kilometres(CENTRES[:, 0], CENTRES[:, 1])
        dry = ~_lakes(x, y, centre_x, centre_y, random)
        x, y = x[dry], y[dry]
        likely = np.exp(-y / 260) + 0.03
        town = random.choice(len(x), TOWNS, replace=False, p=likely / likely.sum())
        town_x, town_y = np.append(centre_x, x[town]), np.append(centre_y, y[town])
        size = np.append(CENTRES[:, 2], np.minimum(60.0, random.pareto(1.05, TOWNS) + 1.0))
        urban = _spread(x, y, town_x, town_y, size)
        rural = (np.exp(-y / 230) + 0.04) * random.lognormal(0.0, 0.8, len(x))
        return cls(x, y, side, town_x, town_y, urban, rural * (900_000 / rural.sum()))


def _kilometres(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (longitude - 26.0) * np.cos(np.radians(latitude)) * 111.32, (latitude - 59.8) * 111.2


def _inside(outline: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie within a polygon: those from which a ray eastwards crosses its edges an odd number of times."""
    inside = np.zeros(len(x), dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        between = (ay > y) != (by > y)
        inside[between] ^= x[between] < ax + (y[between] - ay) * (bx - ax) / (by - ay)
    return inside


def _lakes(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    centre_x: NDArray[np.float64],
    centre_y: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.bool_]:
    """Which points are under water: ellipses of all sizes, most of them in the lake district, none over a centre."""
    tree = cKDTree(np.column_stack((x, y)))
    lake_x = random.uniform(x.min(), x.max(), LAKES)
    lake_y = np.where(random.random(LAKES) < 0.7, random.uniform(80, 400, LAKES), random.uniform(0, y.max(), LAKES))
    length = np.minimum(random.pareto(1.6, LAKES) * 1.2 + 0.8, 14.0)
    width = length * random.uniform(0.15, 0.5, LAKES)
    turn = random.uniform(0, np.pi, LAKES)
    wet = np.zeros(len(x), dtype=np.bool_)
    for lake in range(LAKES):
        if np.hypot(centre_x - lake_x[lake], centre_y - lake_y[lake]).min() < 8:
            continue
        near = np.array(tree.query_ball_point((lake_x[lake], lake_y[lake]), length[lake]), dtype=np.intp)
        east, north = x[near] - lake_x[lake], y[near] - lake_y[lake]
        along = east * np.cos(turn[lake]) + north * np.sin(turn[lake])
        across = north * np.cos(turn[lake]) - east * np.sin(turn[lake])
        wet[near[(along / length[lake]) ** 2 + (across / width[lake]) ** 2 < 1]] = True
    return wet


def _spread(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    town_x: NDArray[np.float64],
    town_y: NDArray[np.float64],
    thousands: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(squares,) people of the towns, each thinning out from its middle and wider the larger it is."""
    people = np.zeros(len(x))
    tree = cKDTree(np.column_stack((x, y)))
    for place_x, place_y, size in zip(town_x, town_y, thousands, strict=True):
        reach = 0.19 * np.sqrt(size) + 0.7
        near = np.array(tree.query_ball_point((place_x, place_y), 12 * reach), dtype=np.intp)
        share = np.exp(-((np.hypot(x[near] - place_x, y[near] - place_y) / reach) ** 1.1))
        people[near] += 1000 * size * share / share.sum()
    return people


def _people(land: _Land, cells: int, random: np.random.Generator) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The inhabited squares, ascending, and their people; together PEOPLE, at least one each."""
    wanted = land.urban * random.lognormal(0.0, 0.6, len(land.x)) + land.rural
    likely = 1 - np.exp(-wanted / (2.2 * land.side**2))
    # The cells with the largest keys are a sample without replacement, likelier ones more often (Efraimidis 2006).
    keys = np.log(random.random(len(likely))) / np.maximum(likely, 1e-300)
    chosen = np.sort(np.argpartition(keys, -cells)[-cells:])
    share = wanted[chosen] * random.lognormal(0.0, 0.4, cells)
    share *= (PEOPLE - cells) / share.sum()
    people = 1.0 + np.floor(share)
    people[np.argsort(np.floor(share) - share)[: int(PEOPLE - people.sum())]] += 1.0
    return chosen, people


def _nodes(
    land: _Land, chosen: NDArray[np.intp], nodes: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Road nodes, in no order: some everywhere, more where people live, most in towns."""
    inhabited = np.zeros(len(land.x), dtype=np.bool_)
    inhabited[chosen] = True
    density = land.urban / land.side**2
    share = np.where(inhabited, 2.2, 0.55) + 14 * -np.expm1(-density / 300) + 45 * -np.expm1(-density / 2500)
    count = random.multinomial(nodes, share / share.sum())
    square = random.permutation(np.repeat(np.arange(len(land.x)), count))
    x = land.x[square] + land.side * random.uniform(-0.5, 0.5, nodes)
    return x, land.y[square] + land.side * random.uniform(-0.5, 0.5, nodes)


@dataclass(frozen=True, slots=True, eq=False)
class _Roads:
    """Links between the nodes kept: (links,) ends by their new numbers, and kilometres.

    kept: (nodes,) bool; extra: (links,) whether the country would hang together without the link.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    kilometres: NDArray[np.float64]
    kept: NDArray[np.bool_]
    extra: NDArray[np.bool_]


def _roads(x: NDArray[np.float64], y: NDArray[np.float64], random: np.random.Generator) -> _Roads:
    """A tree that joins all nodes, with short cuts; what long links alone would join is left out."""
    nodes = len(x)
    corner = Delaunay(np.column_stack((x, y))).simplices.astype(np.int64)
    pairs = np.sort(np.concatenate((corner[:, [0, 1]], corner[:, [1, 2]], corner[:, [2, 0]])), axis=1)
    key = np.unique(pairs[:, 0] * nodes + pairs[:, 1])
    start, end = key // nodes, key % nodes
    kilometres = np.hypot(x[start] - x[end], y[start] - y[end])
    crooked = sparse.csr_array((kilometres * random.uniform(0.7, 1.3, len(key)), (start, end)), shape=(nodes, nodes))
    tree = sparse.coo_array(minimum_spanning_tree(crooked))
    low, high = np.minimum(*tree.coords).astype(np.int64), np.maximum(*tree.coords).astype(np.int64)
    needed = np.isin(key, low * nodes + high)
    keep = (needed & (kilometres < 12)) | (~needed & (kilometres < 3) & (random.random(len(key)) < 0.155))
    start, end, kilometres, extra = start[keep], end[keep], kilometres[keep], ~needed[keep]
    _, part = connected_components(sparse.coo_array((np.ones(len(start)), (start, end)), shape=(nodes, nodes)), False)
    kept = part == np.argmax(np.bincount(part))
    number = np.cumsum(kept) - 1
    inside = kept[start]
    curves = random.uniform(1.0, 1.12, int(inside.sum()))
    return _Roads(number[start[inside]], number[end[inside]], kilometres[inside] * curves, kept, extra[inside])


def _speeds(
    land: _Land,
    roads: _Roads,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """(links,) kilometres an hour: streets where it is built up, and three grades of roads between places."""
    middle = np.column_stack(((x[roads.start] + x[roads.end]) / 2, (y[roads.start] + y[roads.end]) / 2))
    density = (land.urban / land.side**2)[cKDTree(np.column_stack((land.x, land.y))).query(middle)[1]]
    speed = np.where(density > 1500, SPEEDS["street"], SPEEDS["lane"]) + 10 * random.integers(-1, 2, len(density))
    graph = sparse.csr_array(
        (
            np.tile(roads.kilometres, 2),
            (np.concatenate((roads.start, roads.end)), np.concatenate((roads.end, roads.start))),
        ),
        shape=(len(x), len(x)),
    )
    tree = cKDTree(np.column_stack((x, y)))
    likely = land.urban + land.rural
    village = random.choice(len(land.x), min(VILLAGES, len(land.x) // 4), replace=False, p=likely / likely.sum())
    towns = np.column_stack((land.town_x, land.town_y))
    places = {
        "village": np.concatenate((towns, np.column_stack((land.x[village], land.y[village])))),
        "regional": towns,
        "main": towns[: len(CENTRES)],
    }
    link_key = np.minimum(roads.start, roads.end) * len(x) + np.maximum(roads.start, roads.end)
    order = np.argsort(link_key)
    for grade, points in places.items():
        on = _between_neighbours(graph, roads, np.unique(tree.query(points)[1]))
        low, high = np.minimum(*on), np.maximum(*on)
        links = order[np.searchsorted(link_key[order], low * len(x) + high)]
        speed[links] = np.maximum(speed[links], SPEEDS[grade])
    return speed


def _between_neighbours(
    graph: sparse.csr_array, roads: _Roads, places: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The steps (from, to) of the shortest ways between places whose surroundings meet (Mehlhorn 1988)."""
    distance, before, source = dijkstra(graph, indices=places, min_only=True, return_predecessors=True)
    meets = source[roads.start] != source[roads.end]
    start, end = roads.start[meets], roads.end[meets]
    length = distance[start] + roads.kilometres[meets] + distance[end]
    low = np.minimum(source[start], source[end]).astype(np.int64)
    pair = low * len(distance) + np.maximum(source[start], source[end])
    order = np.lexsort((length, pair))
    first = order[np.append(True, pair[order][1:] != pair[order][:-1])] if len(order) else order
    steps = [(start[first], end[first])]
    walker = np.unique(np.concatenate((start[first], end[first])))
    while len(walker := walker[before[walker] >= 0]):
        steps.append((before[walker].astype(np.int64), walker.astype(np.int64)))
        walker = np.unique(before[walker])
    return np.concatenate([a for a, _ in steps]), np.concatenate([b for _, b in steps])


def _arcs(
    roads: _Roads, speed: NDArray[np.float64], nodes: int, random: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Arcs in compressed rows: a tenth of the short cuts go one way only, and some ways back take longer."""
    there = np.maximum(1, np.rint(roads.kilometres / speed * 36_000)).astype(np.int64)
    back = np.where(random.random(len(there)) < 0.05, np.rint(there * 1.2).astype(np.int64), there)
    two_way = ~roads.extra | (random.random(len(there)) >= 0.1)
    source = np.concatenate((roads.start, roads.end[two_way]))
    to = np.concatenate((roads.end, roads.start[two_way]))
    cost = np.concatenate((there, back[two_way]))
    order = np.lexsort((to, source))
    start = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=nodes)))).astype(np.int32)
    return start, to[order].astype(np.int32), cost[order].astype(np.int32)


def _sites(
    towns: NDArray[np.intp],
    people: NDArray[np.float64],
    cell_node: NDArray[np.int32],
    sites: int,
    random: np.random.Generator,
) -> NDArray[np.int32]:
    """Cell numbers: the towns', then cells with many people more often; no two at one node.

    Raises ValueError when there are not so many nodes with a cell.
    """
    keys = np.log(random.random(len(people))) / np.sqrt(people)
    ordered = np.concatenate((towns, np.argsort(-keys)))
    _, first = np.unique(cell_node[ordered], return_index=True)
    if len(first) < sites:
        raise ValueError(f"only {len(first)} nodes have a cell, {sites} sites were asked: ask for more nodes")
    return ordered[np.sort(first)][:sites].astype(np.int32)


if __name__ == "__main__":
    began = time.perf_counter()
    sizes = [int(word) for word in sys.argv[1:]]
    country = make(*(sizes + [1_030_000, 100_000, 3_000, 1][len(sizes) :]))
    print(
        f"{len(country.x):,} nodes, {len(country.to):,} arcs, {len(country.people):,} cells, "
        f"{country.people.sum():,.0f} people, {len(country.site_cell):,} sites in {time.perf_counter() - began:.1f} s"
    )
