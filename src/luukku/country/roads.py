"""A road network as it was read: junctions and links, before any speed is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source

if TYPE_CHECKING:
    from shapely import STRtree

CLASSES = (
    "motorway",
    "main_1",
    "main_2",
    "regional",
    "connecting",
    "street",
    "joint",
    "ferry",
    "cable_ferry",
)
"""Road classes in Finland's sense (valtatie = main_1, kantatie = main_2, seututie = regional, yhdystie = connecting);
"joint" is the short link between two points that stand for one crossing."""

FERRIES = frozenset({CLASSES.index("ferry"), CLASSES.index("cable_ferry")})
"""Numbers of the classes that go over water."""


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Junctions and links.

    x, y:       (nodes,) float64 metres, EPSG:3067.
    start, end: (links,) int32 node numbers.
    metres:     (links,) float64 along the road.
    road_class: (links,) int8 index into CLASSES.
    urban:      (links,) bool, in a built-up area.
    both_ways:  (links,) bool; False means start -> end only.
    limit:      (links,) float32 signed speed limit in km/h, on a ferry its speed where known, NaN where unknown.
    remarks:    what the reader mended or left out, for people.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    metres: NDArray[np.float64]
    road_class: NDArray[np.int8]
    urban: NDArray[np.bool_]
    both_ways: NDArray[np.bool_]
    limit: NDArray[np.float32]
    source: Source
    remarks: tuple[str, ...] = ()

    @property
    def nodes(self) -> int:
        """How many junctions there are."""
        return len(self.x)

    @property
    def links(self) -> int:
        """How many links there are."""
        return len(self.start)

    @property
    def drivable(self) -> NDArray[np.bool_]:
        """(links,) True for links on land, False for ferries."""
        return ~np.isin(self.road_class, list(FERRIES))

    def straight(self) -> NDArray[np.float64]:
        """(links,) metres between the two ends as the crow flies."""
        return np.hypot(self.x[self.end] - self.x[self.start], self.y[self.end] - self.y[self.start])

    def with_links(
        self, start: NDArray[np.int32], end: NDArray[np.int32], metres: NDArray[np.float64], road_class: str
    ) -> Roads:
        """The same roads with further links of one class, open both ways and without a signed limit."""
        count = len(start)
        return replace(
            self,
            start=np.concatenate((self.start, start)).astype(np.int32),
            end=np.concatenate((self.end, end)).astype(np.int32),
            metres=np.concatenate((self.metres, metres)),
            road_class=np.concatenate((self.road_class, np.full(count, CLASSES.index(road_class), np.int8))),
            urban=np.concatenate((self.urban, np.zeros(count, np.bool_))),
            both_ways=np.concatenate((self.both_ways, np.ones(count, np.bool_))),
            limit=np.concatenate((self.limit, np.full(count, np.nan, np.float32))),
        )


def split_links(roads: Roads, link: NDArray[np.intp], share: NDArray[np.float64]) -> tuple[Roads, NDArray[np.int32]]:
    """Cut links at places along them and tell the node of each place.

    link:  (places,) number of the link each place lies on.
    share: (places,) how far along it, 0 at its start and 1 at its end.

    Places at an end take that end's node, and places at one spot share a node, so nothing of zero length is made.
    The pieces keep the class, the direction and together the length of what was cut. Returns the new roads and the
    (places,) node numbers; the old nodes keep their numbers.
    """
    share = np.clip(share, 0.0, 1.0)
    node = np.where(share <= 0.0, roads.start[link], roads.end[link]).astype(np.int32)
    inner = np.flatnonzero((share > 0.0) & (share < 1.0))
    if not len(inner):
        return roads, node

    spots, spot_of = np.unique(
        np.column_stack((link[inner].astype(np.float64), share[inner])), axis=0, return_inverse=True
    )
    spot_link, spot_share = spots[:, 0].astype(np.intp), spots[:, 1]
    spot_node = (roads.nodes + np.arange(len(spots))).astype(np.int32)
    node[inner] = spot_node[spot_of.ravel()]

    a, b = roads.start[spot_link], roads.end[spot_link]
    x = roads.x[a] + spot_share * (roads.x[b] - roads.x[a])
    y = roads.y[a] + spot_share * (roads.y[b] - roads.y[a])

    # Each cut link becomes (cuts + 1) pieces: spots are ordered by link, then along it.
    cut, first, cuts = np.unique(spot_link, return_index=True, return_counts=True)
    pieces = cuts + 1
    parent = np.repeat(cut, pieces)
    heads = np.cumsum(pieces) - pieces
    begin = np.zeros(len(parent))
    finish = np.ones(len(parent))
    start, end = roads.start[parent].copy(), roads.end[parent].copy()
    after = np.arange(len(spots)) - np.repeat(first, cuts) + np.repeat(heads, cuts)
    finish[after], end[after] = spot_share, spot_node
    begin[after + 1], start[after + 1] = spot_share, spot_node

    whole = np.setdiff1d(np.arange(roads.links), cut)
    kept = np.concatenate((whole, parent))
    return replace(
        roads,
        x=np.concatenate((roads.x, x)),
        y=np.concatenate((roads.y, y)),
        start=np.concatenate((roads.start[whole], start)).astype(np.int32),
        end=np.concatenate((roads.end[whole], end)).astype(np.int32),
        metres=np.concatenate((roads.metres[whole], roads.metres[parent] * (finish - begin))),
        road_class=roads.road_class[kept],
        urban=roads.urban[kept],
        both_ways=roads.both_ways[kept],
        limit=roads.limit[kept],
    ), node


def place_on_link(
    roads: Roads, link: NDArray[np.intp], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The nearest spot on a link, drawn straight between its ends, to a place: (share along it, metres away)."""
    ax, ay = roads.x[roads.start[link]], roads.y[roads.start[link]]
    dx, dy = roads.x[roads.end[link]] - ax, roads.y[roads.end[link]] - ay
    length = dx * dx + dy * dy
    along = np.divide((x - ax) * dx + (y - ay) * dy, length, out=np.zeros_like(length), where=length > 0)
    share = np.clip(along, 0.0, 1.0)
    return share, np.hypot(x - (ax + share * dx), y - (ay + share * dy))


def link_tree(roads: Roads, links: NDArray[np.intp]) -> STRtree:
    """A search tree over the chosen links, drawn straight between their ends."""
    from shapely import STRtree, linestrings

    ends = np.stack((roads.start[links], roads.end[links]), axis=1)
    return STRtree(np.atleast_1d(np.asarray(linestrings(np.stack((roads.x[ends], roads.y[ends]), axis=2)))))
