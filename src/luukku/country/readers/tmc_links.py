"""From the points of a TMC location table to roads: lengths, classes, ferries, motorways and crossings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.country.junctions import Reach, join_near, join_parts, parts, tie_loose, without_shared
from luukku.country.provenance import Source
from luukku.country.roads import CLASSES, FERRIES, Roads, split_links

JOIN_WITHIN = 100.0
"""Metres within which points of two roads stand for one crossing (Fintraffic's table has no crossings of its own)."""

TIE_WITHIN = 300.0
"""Metres within which a road's end, or an interchange, is tied to another road that has no point there."""

SHARED_LONG = 2_000.0
"""Metres beyond which a straight link without a told length is tested for being a jump over a shared stretch."""

SHARED_DETOUR = 1.25
SHARED_DETOUR_MAIN = 1.4
"""A jump when other roads of its class or bigger lead from end to end within so many times the straight line; main
roads may take a longer way round, since few of them meet. Chosen by looking at what is dropped: only stretches that are
known to be shared, such as road 23 along roads 9 and 4 through Jyväskylä."""

SHARED_NEAR = 1_000.0
"""Metres within which the ends of a jump lie on the road that carries it, even where no points of the two are near."""

WINDING = 0.08
MOST_WINDING = 2_000.0
"""A road may lie so many metres by metre beside its straight link, but not more than the latter (assumptions)."""

PARTS_WITHIN = 20_000.0
"""Metres within which a part that stands alone is joined to the rest; farther ones are left alone."""

DETOUR = 1.3
"""Road metres by straight metre where a joining road is not in the table (an assumption)."""

CROSSING = 500.0
"""Metres of water at a ferry whose other shore is not in the table (an assumption; ferries of Finland's road network
mostly cross some hundred metres)."""

LONGEST_CABLE = 2_000.0
"""Metres that no cable ferry passes: a longer link from one to the next pier is mostly road (an assumption)."""

INTERCHANGES_OF_A_MOTORWAY = 5
"""So many interchanges one after the other without a level crossing make a motorway. An assumption: in 2026 it
yields about 1,180 km of motorways, motor-traffic roads with interchanges, and ring roads."""

BUILT_UP_WITHIN = 1_000.0
BUILT_UP_POINTS = 6
"""A point is in a built-up area when so many points lie within so many metres of it (an assumption)."""

_INTERCHANGES = ("1.1", "1.2", "1.3", "1.4", "1.5")
_LEVEL_CROSSINGS = ("1.8", "1.10", "1.11", "1.12")
STREET = 5
CABLE = CLASSES.index("cable_ferry")
_OVER_OR_UNDER = ("1.6", "1.7")
_FERRY, _FERRY_TERMINAL = "3.45", "3.17"


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The points that lie on a road, with where they are along it.

    number, part: 0 where not told. level: of the road, 2 first class, 3 second class, 4 third class, STREET, 0 unknown.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    kind: NDArray[np.str_]
    name: NDArray[np.str_]
    road: NDArray[np.int64]
    number: NDArray[np.int64]
    level: NDArray[np.int64]
    urban: NDArray[np.bool_]
    part: NDArray[np.int64]
    along: NDArray[np.float64]


def roads_of(points: Points, after: NDArray[np.intp], source: Source) -> Roads:
    """The roads of the points and the (links, 2) numbers of points that follow each other along a road."""
    a, b = after[:, 0], after[:, 1]
    straight = np.hypot(points.x[a] - points.x[b], points.y[a] - points.y[b])
    road_class = _classes(points)[a]
    metres, winding = _lengths(points, a, b, straight, road_class)
    road_class[_motorway_links(points, after)] = CLASSES.index("motorway")
    urban = _built_up(points)
    roads = Roads(
        x=points.x,
        y=points.y,
        start=a.astype(np.int32),
        end=b.astype(np.int32),
        metres=metres,
        road_class=road_class,
        urban=urban[a] & urban[b],
        both_ways=np.ones(len(after), np.bool_),
        limit=np.full(len(after), np.nan, np.float32),
        source=source,
        remarks=(
            "No one-way carriageways are told: every link goes both ways.",
            _beyond_the_border(points, a, metres),
            "Winding by class where the length is not told: "
            + ", ".join(f"{name} {value:.3f}" for name, value in winding.items())
            + ".",
        ),
    )
    return _joined(_with_ferries(roads, points), points)


def _beyond_the_border(points: Points, a: NDArray[np.intp], metres: NDArray[np.float64]) -> str:
    numberless = (points.number[a] == 0) & (points.level[a] != STREET)
    first_class = metres[numberless & (points.level[a] == 2)].sum() / 1000
    return (
        f"{metres[numberless].sum() / 1000:.0f} km of roads, {first_class:.0f} of them main roads, have no Finnish "
        "number: they lead on beyond the border."
    )


def _classes(points: Points) -> NDArray[np.int8]:
    """By Finland's numbering: 1-39 valtatie, 40-99 kantatie, 100-999 seututie, up to 19999 yhdystie; above are streets.

    Roads without such a number, as beyond the border, go by the table's own level.
    """
    names = ("street", "street", "connecting", "regional", "main_2", "main_1", "main_1", "regional")
    numbers = np.select(
        [
            points.level == STREET,
            points.number >= 20000,
            points.number >= 1000,
            points.number >= 100,
            points.number >= 40,
            points.number > 0,
            points.level == 2,
            points.level == 3,
        ],
        [CLASSES.index(name) for name in names],
        CLASSES.index("connecting"),
    )
    return numbers.astype(np.int8)


def _lengths(
    points: Points,
    a: NDArray[np.intp],
    b: NDArray[np.intp],
    straight: NDArray[np.float64],
    road_class: NDArray[np.int8],
) -> tuple[NDArray[np.float64], dict[str, float]]:
    """Metres along the road of each link, and the winding of each class that was used where they are not told."""
    addressed = (points.part[a] > 0) & (points.number[a] == points.number[b])
    told = addressed & (points.part[a] == points.part[b])
    along = np.abs(points.along[a] - points.along[b])
    metres = np.where(told, along, straight)
    winding: dict[str, float] = {}
    for number, name in enumerate(CLASSES):
        of_class = road_class == number
        if straight[of_class & told].sum() > 0:
            winding[name] = float(along[of_class & told].sum() / straight[of_class & told].sum())
            metres[of_class & ~told] *= winding[name]
    # Where the next point is on a later part, at least that part's metres up to it are driven.
    later = addressed & (points.part[b] > points.part[a])
    metres[later] = np.maximum(metres[later], points.along[b][later])
    return np.maximum(metres, straight), winding


def _motorway_links(points: Points, after: NDArray[np.intp]) -> NDArray[np.intp]:
    """Links of main and ring roads along which interchange follows interchange with no level crossing between."""
    follower = dict(zip(after[:, 0].tolist(), zip(after[:, 1].tolist(), range(len(after)), strict=True), strict=True))
    heads = np.setdiff1d(after[:, 0], after[:, 1])
    found: list[int] = []
    for head in heads[(points.number[heads] > 0) & (points.number[heads] < 200)].tolist():
        run: list[int] = []
        until_last = interchanges = 0
        node: int | None = head
        while node is not None:
            kind = points.kind[node]
            if kind in _INTERCHANGES:
                interchanges += 1
                until_last = len(run)
            following = follower.get(node)
            if kind in _LEVEL_CROSSINGS or following is None:
                if interchanges >= INTERCHANGES_OF_A_MOTORWAY:
                    found += run[:until_last]
                run, until_last, interchanges = [], 0, 0
            node = following[0] if following else None
            if following and interchanges:
                run.append(following[1])
    return np.array(found, np.intp)


def _built_up(points: Points) -> NDArray[np.bool_]:
    """Points in a built-up area: the table's own mark, streets, and points with many others about them."""
    from scipy.spatial import cKDTree

    where = np.column_stack((points.x, points.y))
    about = cKDTree(where).query_ball_point(where, BUILT_UP_WITHIN, return_length=True)
    return np.asarray(points.urban | (points.level == STREET) | (about >= BUILT_UP_POINTS), np.bool_)


def _with_ferries(roads: Roads, points: Points) -> Roads:
    """The roads with their crossings over water as links of a ferry class, cut to the water where that is told."""
    from scipy.spatial import cKDTree

    pier = np.flatnonzero(np.isin(points.kind, (_FERRY, _FERRY_TERMINAL)))
    pier = pier[np.lexsort((points.along[pier], points.part[pier], points.road[pier]))]
    where = np.column_stack((points.x[pier], points.y[pier]))
    beside: dict[int, list[int]] = {node: [] for node in pier.tolist()}
    for i, j in cKDTree(where).query_pairs(JOIN_WITHIN, output_type="ndarray").tolist():
        if points.road[pier[i]] != points.road[pier[j]]:
            beside[int(pier[i])].append(int(pier[j]))
            beside[int(pier[j])].append(int(pier[i]))
    link_from = {int(a): i for i, a in enumerate(roads.start)}
    link_to = {int(b): i for i, b in enumerate(roads.end)}
    ferry_there = {node: [other for other in near if points.kind[other] == _FERRY] for node, near in beside.items()}

    crossing: dict[int, float] = {}
    for _ in range(2):  # the second time knows the crossings that end where another road begins
        ended = {int(roads.end[link]) for link in crossing}
        crossing = {}
        for node in pier.tolist():
            if (link := link_from.get(node)) is None:
                continue
            landed = link_to.get(node) in crossing or any(near in ended for near in beside[node])
            begins_at_ferry = node not in link_to and bool(ferry_there[node])
            share = _share_of_water(points, node, int(roads.end[link]), landed=landed, begins_at_ferry=begins_at_ferry)
            if share > 0:
                crossing[link] = share
    roads = _cut_crossings(roads, points, crossing)

    # Where two roads end at one ferry, the joint between them is the crossing.
    is_end = np.bincount(np.concatenate((roads.start, roads.end)), minlength=roads.nodes) == 1
    for node, near in ferry_there.items():
        for other in near:
            if node < other and points.kind[node] == _FERRY and is_end[node] and is_end[other]:
                a, b = np.array([node], np.int32), np.array([other], np.int32)
                roads = roads.with_links(a, b, np.array([CROSSING]), CLASSES[_ferry_class(points, node)])
    return roads


def _share_of_water(points: Points, node: int, other: int, *, landed: bool, begins_at_ferry: bool) -> float:
    """How much of the link from a pier to the next point goes over water, from its start on.

    landed: a crossing has just ended at the pier. begins_at_ferry: its road begins where another road brings the ferry.
    """
    straight = float(np.hypot(points.x[node] - points.x[other], points.y[node] - points.y[other]))
    if points.kind[other] in {_FERRY, _FERRY_TERMINAL}:
        if _by_land(points, node, other, straight, landed=landed):
            return 0.0
        long_cable = _ferry_class(points, node) == CABLE and straight > LONGEST_CABLE
        return CROSSING / straight if long_cable else 1.0
    if points.kind[node] != _FERRY or landed or begins_at_ferry or _is_boat_pier(points, node):
        return 0.0
    return min(1.0, CROSSING / max(straight, 1.0))


def _by_land(points: Points, node: int, other: int, straight: float, *, landed: bool) -> bool:
    """Whether the road between two piers goes by land: it winds, is only a few steps, or a crossing has just ended."""
    same_part = points.part[node] == points.part[other] > 0
    along = abs(points.along[node] - points.along[other])
    if straight < 150.0 or (same_part and along > 1.1 * straight):
        return True
    # The part of a ferry begins at its first pier, so its far pier lies about as far along it as it is away.
    whole_part = 0.97 * straight < points.along[other] < 1.3 * straight
    return bool(landed and not same_part and not whole_part)


def _is_boat_pier(points: Points, node: int) -> bool:
    """Whether a ferry's mark stands for a pier of boats beside the road ("yhteysaluslaituri"), not for its ferry."""
    return "yhteysalus" in str(points.name[node]).casefold()


def _ferry_class(points: Points, node: int) -> int:
    """Cable ferries are called "lossi" in the table, free-going ones "lautta" and by their quays."""
    return CLASSES.index("cable_ferry" if "lossi" in str(points.name[node]).casefold() else "ferry")


def _cut_crossings(roads: Roads, points: Points, crossing: dict[int, float]) -> Roads:
    """Make the first part of each crossing link, as long as its share tells, a ferry."""
    links = np.array(sorted(crossing), np.intp)
    pier = roads.start[links].astype(np.int64)
    roads, shore = split_links(roads, links, np.array([crossing[int(link)] for link in links]))
    water = np.flatnonzero(np.isin(roads.start.astype(np.int64) * roads.nodes + roads.end, pier * roads.nodes + shore))
    road_class = roads.road_class.copy()
    road_class[water] = [_ferry_class(points, int(node)) for node in roads.start[water]]
    metres = roads.metres.copy()
    metres[water] = roads.straight()[water]
    return replace(roads, road_class=road_class, metres=metres)


def _joined(roads: Roads, points: Points) -> Roads:
    """The roads joined to each other: near points, loose ends and interchanges, and what still stands alone."""
    count = len(points.x)
    crosses = np.zeros(roads.nodes, np.bool_)
    crosses[:count] = np.char.startswith(points.kind, "1.") & ~np.isin(points.kind, _OVER_OR_UNDER)
    crosses[:count] |= _ends(roads)[:count] | np.isin(points.kind, (_FERRY, _FERRY_TERMINAL))
    roads = join_near(roads, crosses, within=JOIN_WITHIN)
    joints = int((roads.road_class == CLASSES.index("joint")).sum())

    before = roads.links
    jumps = _jumps(roads, points)
    main = roads.road_class[jumps] <= CLASSES.index("main_2")
    longest = roads.straight()[jumps] * np.where(main, SHARED_DETOUR_MAIN, SHARED_DETOUR)
    roads, shared = without_shared(roads, jumps, within=longest, near=SHARED_NEAR)
    dropped = before - roads.links

    apart_before = int(parts(roads).max()) + 1
    roads, tied = _tied(roads, points, shared)
    apart_then = int(parts(roads).max()) + 1
    roads, bridged = join_parts(roads, detour=DETOUR, within=PARTS_WITHIN)
    largest = int(np.bincount(parts(roads)).max())
    ferries = int(np.isin(roads.road_class, list(FERRIES)).sum())
    return replace(
        roads,
        remarks=(
            *roads.remarks,
            f"{joints} pairs of points within {JOIN_WITHIN:g} m joined.",
            f"{dropped} straight jumps over stretches shared with other roads left out.",
            f"{tied} ends, junctions and interchanges tied to a near road: {apart_before} parts became {apart_then}.",
            (
                f"{len(bridged)} parts joined by {bridged.sum() / 1000:.1f} km of straight lines, the longest "
                f"{bridged.max(initial=0) / 1000:.1f} km; the largest part holds {largest} of {roads.nodes} points."
            ),
            f"{ferries} crossings by ferry.",
        ),
    )


def _tied(roads: Roads, points: Points, shared: NDArray[np.intp]) -> tuple[Roads, int]:
    """The roads with those points tied to another road that meet one there, though it has no point within 100 m.

    A road's end that is a junction surely meets a road, an interchange too, and so does the end of a jump; a junction
    half way may be with a private road, so it is tied only where its road crosses the other one.
    """
    count = len(points.x)
    kind = points.kind
    junction, interchange = np.isin(kind, _LEVEL_CROSSINGS), np.isin(kind, _INTERCHANGES)
    on_another = np.zeros(count, np.bool_)
    on_another[shared[shared < count]] = True
    end = _ends(roads, but=_met(roads))[:count]
    end |= np.isin(np.arange(count), _last_of_their_road(roads, points))
    steps = (
        (on_another, True, Reach(SHARED_NEAR)),
        (interchange & ~on_another, True, Reach(TIE_WITHIN)),
        (end & junction, False, Reach(TIE_WITHIN, WINDING, MOST_WINDING)),
        (end & ~junction & ~interchange, False, Reach(JOIN_WITHIN)),
        (~end & junction, False, Reach(JOIN_WITHIN, WINDING, MOST_WINDING, crossed=True)),
    )
    road_of_node = np.concatenate((points.road, np.full(roads.nodes - count, -1, np.int64)))
    tied = 0
    for which, motorways_too, reach in steps:
        loose = np.flatnonzero(which & ~_met(roads)[:count])
        onto = roads.drivable & (roads.road_class != CLASSES.index("joint"))
        if not motorways_too:
            onto &= roads.road_class != CLASSES.index("motorway")
        roads, road_of_node, now = tie_loose(roads, loose, road_of_node, onto, reach)
        tied += now
    return roads, tied


def _last_of_their_road(roads: Roads, points: Points) -> NDArray[np.intp]:
    """The points with only one neighbour along their own road."""
    count = len(points.x)
    own = (roads.start < count) & (roads.end < count)
    own[own] = points.road[roads.start[own]] == points.road[roads.end[own]]
    along = np.bincount(np.concatenate((roads.start[own], roads.end[own])), minlength=count)
    return np.asarray(np.flatnonzero(along[:count] <= 1), np.intp)


def _jumps(roads: Roads, points: Points) -> NDArray[np.intp]:
    """Links long enough to matter whose length the table does not tell: they may jump over a shared stretch."""
    count = len(points.x)
    link = np.flatnonzero((roads.start < count) & (roads.end < count) & roads.drivable)
    a, b = roads.start[link], roads.end[link]
    told = (points.part[a] > 0) & (points.part[a] == points.part[b]) & (points.number[a] == points.number[b])
    own = (points.road[a] == points.road[b]) & (points.number[a] > 0)
    return np.asarray(link[own & ~told & (roads.straight()[link] > SHARED_LONG)], np.intp)


def _met(roads: Roads) -> NDArray[np.bool_]:
    """(nodes,) True for nodes that a joint joins to another road."""
    joints = roads.road_class == CLASSES.index("joint")
    met = np.zeros(roads.nodes, np.bool_)
    met[roads.start[joints]] = met[roads.end[joints]] = True
    return met


def _ends(roads: Roads, but: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """(nodes,) True for nodes with at most one link, those of `but` left out."""
    few: NDArray[np.bool_] = np.bincount(np.concatenate((roads.start, roads.end)), minlength=roads.nodes) <= 1
    return few if but is None else few & ~but
