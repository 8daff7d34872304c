"""Where roads meet: joining a road network whose source tells the roads but not their crossings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.country.roads import Roads, link_tree, place_on_link, split_links


def join_near(roads: Roads, may: NDArray[np.bool_], *, within: float) -> Roads:
    """Join nodes that stand for one crossing: every two that lie within `within` metres and are not linked already.

    may: (nodes,) True for nodes that can be crossings at all (a bridge over a road is not).
    The joints are links of class "joint" as long as the nodes are apart.
    """
    from scipy.spatial import cKDTree

    node = np.flatnonzero(may)
    tree = cKDTree(np.column_stack((roads.x[node], roads.y[node])))
    pairs = node[tree.query_pairs(within, output_type="ndarray")]
    linked = _pair_keys(roads.start, roads.end, roads.nodes)
    pairs = pairs[~np.isin(_pair_keys(pairs[:, 0], pairs[:, 1], roads.nodes), linked)]
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    a, b = pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32)
    apart = np.hypot(roads.x[a] - roads.x[b], roads.y[a] - roads.y[b])
    return roads.with_links(a, b, apart, "joint")


def tie_loose(
    roads: Roads, loose: NDArray[np.intp], road_of_node: NDArray[np.int64], *, within: float
) -> tuple[Roads, int]:
    """Tie nodes that touch no other road to the nearest link of another road, cutting the link there.

    loose:        node numbers.
    road_of_node: (nodes,) which road a node is on; a node is never tied to its own road.
    Ferries are not cut. Returns the roads and how many were tied.
    """
    from shapely import points

    land = np.flatnonzero(roads.drivable)
    which, hit = link_tree(roads, land).query(
        points(roads.x[loose], roads.y[loose]), predicate="dwithin", distance=within
    )
    node, link = loose[which], land[hit]
    foreign = (road_of_node[node] != road_of_node[roads.start[link]]) & (
        road_of_node[node] != road_of_node[roads.end[link]]
    )
    node, link = node[foreign], link[foreign]
    share, apart = place_on_link(roads, link, roads.x[node], roads.y[node])
    order = np.lexsort((link, apart, node))
    node, link, share, apart = node[order], link[order], share[order], apart[order]
    first = np.unique(node, return_index=True)[1]
    node, link, share, apart = node[first], link[first], share[first], apart[first]
    cut, spot = split_links(roads, link, share)
    return cut.with_links(node.astype(np.int32), spot, apart, "joint"), len(node)


def join_parts(roads: Roads, *, detour: float, within: float) -> tuple[Roads, NDArray[np.float64]]:
    """Join what is still apart to the largest part by the shortest straight line, as a connecting road.

    Public roads of a country hang together, so a part that stands alone is a crossing that the source does not tell.
    detour: metres of road by metre of straight line; within: metres beyond which a part is left alone (an island).
    Returns the roads and the (joined parts,) straight metres of the new links.
    """
    from shapely import points

    joined: list[float] = []
    while True:
        part = parts(roads)
        sizes = np.bincount(part)
        largest = int(sizes.argmax())
        rest = np.flatnonzero(part != largest)
        if not len(rest):
            return roads, np.array(joined)
        main = np.flatnonzero(roads.drivable & (part[roads.start] == largest))
        (_, hit), apart = link_tree(roads, main).query_nearest(
            points(roads.x[rest], roads.y[rest]), all_matches=False, return_distance=True
        )
        link = main[hit]
        order = np.lexsort((apart, part[rest]))
        first = order[np.unique(part[rest][order], return_index=True)[1]]
        first = first[apart[first] <= within]
        if not len(first):
            return roads, np.array(joined)
        node = rest[first]
        share, away = place_on_link(roads, link[first], roads.x[node], roads.y[node])
        roads, spot = split_links(roads, link[first], share)
        roads = roads.with_links(node.astype(np.int32), spot, away * detour, "connecting")
        joined.extend(away.tolist())


def parts(roads: Roads) -> NDArray[np.int32]:
    """(nodes,) number of the connected part that each node is in, directions left aside."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(roads.links, np.int8)
    graph = coo_array((ones, (roads.start, roads.end)), shape=(roads.nodes, roads.nodes))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def _pair_keys(a: NDArray[np.integer], b: NDArray[np.integer], nodes: int) -> NDArray[np.int64]:
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    keys: NDArray[np.int64] = low * nodes + high
    return keys
