"""A polygon for each area: Voronoi cells of the centroids inside the country's outline, with shared borders."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree, Voronoi
from shapely.geometry import shape

from luukku.country import topology
from luukku.country.build.raw import Row, read_json
from luukku.country.projection import to_metres, to_wgs84
from luukku.country.provenance import Mend
from luukku.errors import BadInput, Fault

PARTS = ("Finland", "Åland")
SCALE = 1e-4
"""Degrees of one step of the map's grid: 11 m north, 4-6 m east."""
ISLET = 1000.0
"""Metres around a centroid that the outline leaves in the sea."""
AROUND = 200_000.0
"""Metres drawn around the outermost centroids: no part of the country is farther out."""

Point = tuple[int, int]


def outline(path: Path) -> shapely.Geometry:
    """The country in degrees from world-atlas's countries-10m.json, where Åland is a country of its own.

    Raises BadInput when the file has another form.
    """
    content = read_json(path)
    try:
        countries = content["objects"]["countries"]["geometries"]
        found = {country["properties"]["name"]: country for country in countries}
        arcs = topology.arcs(content)
        parts = [shape(topology.geometry(found[name], arcs)) for name in PARTS]
    except (KeyError, TypeError):
        expected = "world-atlas's countries-10m.json with Finland and Åland"
        raise BadInput(path, [Fault("the outline was not found", expected, "install world-atlas with npm")]) from None
    return shapely.union_all([shapely.make_valid(part) for part in parts])


def area_map(
    areas: list[Row], region_of: dict[str, str], land: shapely.Geometry
) -> tuple[topology.Topology, list[Mend]]:
    """The map as a topology with the objects areas, regions, municipalities and outline, and what was mended.

    areas: polygons in the order of the rows; the other three: lines.
    region_of: region code by municipality code.

    Everything is drawn on one grid of whole steps: the Voronoi edges and the coast are noded together there
    (snap rounding), and each face belongs to the nearest centroid. Neighbours therefore share their border exactly.

    Raises ValueError when an area has no place on the map.
    """
    xy = np.array([[float(row["x"]), float(row["y"])] for row in areas])
    land, islets = _with_islets(land, xy)
    lines = _noded_lines(xy, land)
    faces = [face for face in shapely.get_parts(shapely.polygonize(lines.tolist())) if _inside(face, land)]
    owners = _nearest(faces, xy)
    if empty := set(range(len(areas))) - set(owners.tolist()):
        raise ValueError(f"areas {', '.join(areas[area]['code'] for area in sorted(empty))} have no place on the map")
    polygons = [_polygon([faces[face] for face in np.flatnonzero(owners == area)]) for area in range(len(areas))]
    arcs, shapes, sides = _arcs(lines, polygons)
    municipality = [row["municipality"] for row in areas]
    region = [region_of[code] for code in municipality]
    objects = {
        "areas": {"type": "GeometryCollection", "geometries": shapes},
        "outline": _between(sides, None),
        "regions": _between(sides, region),
        "municipalities": _between(sides, municipality),
    }
    codes = " ".join(areas[area]["code"] for area in islets)
    how = f"drawn as a circle of {ISLET:.0f} m around the centroid, cut by the neighbours"
    mends = [Mend("map", codes, "the outline leaves the centroid in the water", how)] if islets else []
    return topology.encode(objects, arcs, SCALE), mends


def _with_islets(land: shapely.Geometry, xy: NDArray[np.float64]) -> tuple[shapely.Geometry, list[int]]:
    """The outline in grid steps with a small island for every centroid that it leaves outside."""
    grid = shapely.transform(land, lambda degrees: degrees / SCALE)
    centroids = np.column_stack(to_wgs84(xy[:, 0], xy[:, 1])) / SCALE
    outside = np.flatnonzero(~shapely.covers(grid, shapely.points(centroids)))
    circles = np.asarray(shapely.buffer(shapely.points(xy[outside]), ISLET, quad_segs=4))
    islets = shapely.union_all(shapely.transform(circles, _to_grid))
    return shapely.union(grid, islets, grid_size=1), outside.tolist()


def _noded_lines(xy: NDArray[np.float64], land: shapely.Geometry) -> NDArray[np.object_]:
    """Voronoi edges and coast, cut where they meet, in whole grid steps; each line runs from node to node."""
    (west, south), (east, north) = xy.min(axis=0) - AROUND, xy.max(axis=0) + AROUND
    far = 10 * max(east - west, north - south)
    frame = [[west - far, south - far], [west - far, north + far], [east + far, south - far], [east + far, north + far]]
    voronoi = Voronoi(np.vstack([xy, frame]))
    edges = shapely.multilinestrings([voronoi.vertices[edge] for edge in voronoi.ridge_vertices if -1 not in edge])
    near = shapely.clip_by_rect(edges, west, south, east, north)
    borders = shapely.intersection(shapely.transform(near, _to_grid), land)
    noded = shapely.union(borders, shapely.boundary(land), grid_size=1)
    return shapely.get_parts(shapely.line_merge(noded))


def _to_grid(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(to_wgs84(metres[:, 0], metres[:, 1])) / SCALE


def _inside(face: shapely.Geometry, land: shapely.Geometry) -> bool:
    return bool(shapely.covers(land, shapely.point_on_surface(face)))


def _nearest(faces: list[shapely.Geometry], xy: NDArray[np.float64]) -> NDArray[np.intp]:
    """The area whose centroid is nearest to each face."""
    inner = shapely.get_coordinates(shapely.point_on_surface(faces)) * SCALE
    return np.asarray(KDTree(xy).query(np.column_stack(to_metres(inner[:, 0], inner[:, 1])))[1])


def _polygon(faces: list[shapely.Geometry]) -> shapely.MultiPolygon:
    """The faces of an area as one shape, outer rings counter-clockwise (RFC 7946) and the largest part first."""
    whole = shapely.orient_polygons(shapely.normalize(shapely.coverage_union_all(faces)))
    parts: list[shapely.Polygon] = np.asarray(shapely.get_parts(whole)).tolist()
    parts.sort(key=lambda part: (-part.area, part.wkt))
    return shapely.MultiPolygon(parts)


def _arcs(
    lines: NDArray[np.object_], polygons: list[shapely.MultiPolygon]
) -> tuple[list[NDArray[np.int64]], list[dict[str, Any]], list[set[int]]]:
    """Arcs, the areas' shapes as arc numbers, and the areas on the sides of each arc.

    Arcs are put in the order in which the areas use them, so that the same map is written the same way.
    """
    points = [shapely.get_coordinates(line).round().astype(np.int64) for line in lines]
    leaving: dict[tuple[Point, Point], int] = {}
    for number, line in enumerate(points):
        leaving[_point(line[0]), _point(line[1])] = number
        leaving[_point(line[-1]), _point(line[-2])] = ~number
    arcs: list[NDArray[np.int64]] = []
    sides: list[set[int]] = []
    renumbered: dict[int, int] = {}

    def along(ring: shapely.LinearRing, area: int) -> list[int]:
        """The arcs of a ring, which holds the area on its left; ~n is arc n backwards."""
        corners = [_point(corner) for corner in shapely.get_coordinates(ring).round().astype(np.int64)]
        numbers = []
        for line in (leaving[step] for step in pairwise(corners) if step in leaving):
            if line not in renumbered:
                renumbered[line], renumbered[~line] = len(arcs), ~len(arcs)
                arcs.append(points[line] if line >= 0 else points[~line][::-1])
                sides.append(set())
            number = renumbered[line]
            sides[max(number, ~number)].add(area)
            numbers.append(number)
        return numbers

    shapes = []
    for area, polygon in enumerate(polygons):
        parts = [[along(ring, area) for ring in (part.exterior, *part.interiors)] for part in polygon.geoms]
        single = len(parts) == 1
        shapes.append({"type": "Polygon" if single else "MultiPolygon", "arcs": parts[0] if single else parts})
    return arcs, shapes, sides


def _point(corner: NDArray[np.int64]) -> Point:
    return int(corner[0]), int(corner[1])


def _between(sides: list[set[int]], group: list[str] | None) -> dict[str, Any]:
    """Lines between areas of different groups, or the outline when no groups are given."""
    if group is None:
        chosen = [number for number, areas in enumerate(sides) if len(areas) == 1]
    else:
        chosen = [number for number, areas in enumerate(sides) if len({group[area] for area in areas}) > 1]
    return {"type": "MultiLineString", "arcs": [[number] for number in chosen]}
