"""Where roads meet: joining a road network whose source tells the roads but not their crossings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.country.roads import CLASSES, Roads, link_tree, place_on_link, split_links

if TYPE_CHECKING:
    from scipy.sparse import csr_array


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a loose node looks for the road that it meets.

    metres:  always so far.
    winding: farther for long links, which are drawn straight though the road winds: so many metres by metre of the
             link, but never more than `most`.
    crossed: only to links that a link of the node's own crosses.
    """

    metres: float
    winding: float = 0.0
    most: float = 0.0
    crossed: bool = False


def tie_loose(
    roads: Roads,
    loose: NDArray[np.intp],
    road_of_node: NDArray[np.int64],
    onto: NDArray[np.bool_],
    reach: Reach,
) -> tuple[Roads, NDArray[np.int64], int]:
    """Tie nodes that meet no other road yet to the nearest link of another road, cutting the link there.

    loose:        node numbers.
    road_of_node: (nodes,) which road a node is on; a node is never tied to its own road.
    onto:         (links,) True for links that may be tied to.
    Returns the roads, the roads' numbers by node with the new nodes added, and how many were tied.
    """
    from shapely import points

    links = np.flatnonzero(onto)
    tree = link_tree(roads, links)
    farthest = max(reach.metres, reach.most)
    which, hit = tree.query(points(roads.x[loose], roads.y[loose]), predicate="dwithin", distance=farthest)
    node, link = loose[which], links[hit]
    road_of_link = np.maximum(road_of_node[roads.start], road_of_node[roads.end])
    share, apart = place_on_link(roads, link, roads.x[node], roads.y[node])
    allowed = np.clip(reach.winding * roads.straight()[link], reach.metres, farthest)
    fits = (apart <= allowed) & (road_of_node[node] != road_of_link[link])
    if reach.crossed:
        fits &= _crossed_by_own(roads, node, link, fits)
    node, link, share, apart = node[fits], link[fits], share[fits], apart[fits]
    order = np.lexsort((link, apart, node))
    first = order[np.unique(node[order], return_index=True)[1]]
    node, link, share, apart = node[first], link[first], share[first], apart[first]

    cut, spot = split_links(roads, link, share)
    numbers = np.concatenate((road_of_node, np.full(cut.nodes - roads.nodes, -1, np.int64)))
    new = spot >= roads.nodes
    numbers[spot[new]] = road_of_link[link[new]]
    return cut.with_links(node.astype(np.int32), spot, apart, "joint"), numbers, len(node)


def _crossed_by_own(
    roads: Roads, node: NDArray[np.intp], link: NDArray[np.intp], asked: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether a link that ends at the node crosses the link, for the pairs asked about."""
    links_of: dict[int, list[int]] = {}
    for number in np.flatnonzero(np.isin(roads.start, node) | np.isin(roads.end, node)).tolist():
        links_of.setdefault(int(roads.start[number]), []).append(number)
        links_of.setdefault(int(roads.end[number]), []).append(number)
    crossed = np.zeros(len(node), np.bool_)
    for pair in np.flatnonzero(asked).tolist():
        own = links_of.get(int(node[pair]), [])
        crossed[pair] = any(_cross(roads, mine, int(link[pair])) for mine in own)
    return crossed


def _cross(roads: Roads, one: int, other: int) -> bool:
    """Whether two links, drawn straight, cross."""

    def side(link: int, node: int) -> float:
        a, b = roads.start[link], roads.end[link]
        along = (roads.x[b] - roads.x[a]) * (roads.y[node] - roads.y[a])
        return float(along - (roads.y[b] - roads.y[a]) * (roads.x[node] - roads.x[a]))

    return (
        side(one, roads.start[other]) * side(one, roads.end[other])
        <= 0
        >= side(other, roads.start[one]) * side(other, roads.end[one])
    )


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


def without_shared(
    roads: Roads, doubtful: NDArray[np.intp], *, within: NDArray[np.float64], near: float
) -> tuple[Roads, NDArray[np.intp]]:
    """Drop links that only stand for a stretch which a road shares with a bigger one.

    Where two roads run together, the stretch belongs to one of them, and the other jumps over it in a straight line.
    Such a jump is told from a road of its own by this: roads of its own class or bigger ones lead from end to end and
    are not much longer. Streets and ferries do not count as such.

    doubtful: numbers of the links that may be jumps, each tested without itself, the longest first.
    within:   metres that the other roads may take, for each of them.
    near:     metres within which a link's end counts as lying on another road even where nothing joins them.
    Returns the roads and the numbers of the nodes where dropped links ended.
    """
    order = np.argsort(-roads.straight()[doubtful], kind="stable")
    search = _SharedSearch(roads, doubtful, near)
    longest_first = zip(doubtful[order].tolist(), within[order].tolist(), strict=True)
    dropped = [link for link, limit in longest_first if search.take_out(link, limit)]
    kept = np.setdiff1d(np.arange(roads.links), dropped)
    ends = np.unique(np.concatenate((roads.start[dropped], roads.end[dropped])))
    return replace(
        roads,
        start=roads.start[kept],
        end=roads.end[kept],
        metres=roads.metres[kept],
        road_class=roads.road_class[kept],
        urban=roads.urban[kept],
        both_ways=roads.both_ways[kept],
        limit=roads.limit[kept],
    ), ends.astype(np.intp)


class _SharedSearch:
    """Searches along roads of one class and the bigger ones, from which links are taken out one by one."""

    def __init__(self, roads: Roads, doubtful: NDArray[np.intp], near: float) -> None:
        from scipy.spatial import cKDTree

        ends = np.unique(np.concatenate((roads.start[doubtful], roads.end[doubtful])))
        where = np.column_stack((roads.x, roads.y))
        pairs = cKDTree(where[ends]).sparse_distance_matrix(cKDTree(where), near, output_type="ndarray")
        soft_a, soft_b, soft_metres = ends[pairs["i"]], pairs["j"], pairs["v"]
        self.roads = roads
        self.by_class = []
        joint = roads.road_class == CLASSES.index("joint")
        for number in range(CLASSES.index("street")):
            used = (roads.road_class <= number) | joint
            source = np.concatenate((roads.start[used], roads.end[used], soft_a, soft_b))
            to = np.concatenate((roads.end[used], roads.start[used], soft_b, soft_a))
            metres = np.concatenate((roads.metres[used], roads.metres[used], soft_metres, soft_metres))
            self.by_class.append(_shortest_arcs(source, to, metres, roads.nodes))

    def take_out(self, link: int, limit: float) -> bool:
        """Whether other roads lead from end to end of a link within so many metres; if so, it stays out."""
        from scipy.sparse.csgraph import dijkstra

        start, end = int(self.roads.start[link]), int(self.roads.end[link])
        number = int(self.roads.road_class[link])
        if number >= len(self.by_class):
            return False
        self._set(start, end, number, np.inf)
        metres = dijkstra(self.by_class[number], indices=np.array([start]), limit=limit)
        found = bool(np.isfinite(metres[0, end]))
        if not found:
            self._set(start, end, number, float(self.roads.metres[link]))
        return found

    def _set(self, start: int, end: int, number: int, metres: float) -> None:
        for matrix in self.by_class[number:]:
            for a, b in ((start, end), (end, start)):
                row = slice(matrix.indptr[a], matrix.indptr[a + 1])
                matrix.data[row][matrix.indices[row] == b] = metres


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


def _shortest_arcs(
    source: NDArray[np.integer], to: NDArray[np.integer], metres: NDArray[np.float64], nodes: int
) -> csr_array:
    """A matrix of arcs; of parallel ones the shortest is kept, and none is quite zero, which would mean no arc."""
    from scipy.sparse import csr_array

    order = np.lexsort((metres, to, source))
    source, to, metres = source[order], to[order], metres[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (source[1:] != source[:-1]) | (to[1:] != to[:-1])
    values = np.maximum(metres[first], 1e-6)
    return csr_array((values, (source[first], to[first])), shape=(nodes, nodes))
