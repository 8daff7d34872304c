"""The map that ships: one polygon an area, borders shared exactly, lines that run along them."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from luukku.country import borders, polygons
from luukku.country.model import Country
from luukku.country.projection import to_wgs84


@pytest.fixture(scope="module")
def collection() -> dict[str, Any]:
    return polygons()


@pytest.fixture(scope="module")
def shapes(collection: dict[str, Any]) -> NDArray[np.object_]:
    return np.array([shape(feature["geometry"]) for feature in collection["features"]])


def test_every_area_has_a_valid_polygon_in_the_order_of_the_cells(
    finland: Country, collection: dict[str, Any], shapes: NDArray[np.object_]
) -> None:
    features = collection["features"]
    assert [feature["properties"]["code"] for feature in features] == finland.cells.code.tolist()
    assert [feature["id"] for feature in features] == list(range(len(finland.cells)))
    assert shapely.is_valid(shapes).all()
    assert (shapely.area(shapes) > 0).all()


def test_every_polygon_contains_the_centroid_of_its_area_also_on_islands(
    finland: Country, shapes: NDArray[np.object_]
) -> None:
    lon, lat = to_wgs84(finland.cells.x, finland.cells.y)
    assert shapely.covers(shapes, shapely.points(lon, lat)).all()


def test_polygons_neither_overlap_nor_gape(shapes: NDArray[np.object_]) -> None:
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum(), rel=1e-9)


def test_the_country_has_about_the_area_of_finland(shapes: NDArray[np.object_]) -> None:
    latitude = np.radians(shapely.get_y(shapely.centroid(shapes)))
    square_km = (shapely.area(shapes) * np.cos(latitude)).sum() * 111.2**2
    assert square_km == pytest.approx(338_000, rel=0.03)  # land and lakes without the sea


def test_outer_rings_run_counter_clockwise_as_geojson_asks(shapes: NDArray[np.object_]) -> None:
    for part in shapely.get_parts(shapes):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)


def test_border_lines_run_along_the_edges_of_the_polygons(shapes: NDArray[np.object_]) -> None:
    edges = {
        frozenset(edge)
        for part in shapely.get_parts(shapes)
        for ring in (part.exterior, *part.interiors)
        for edge in pairwise(ring.coords)
    }
    for feature in borders()["features"]:
        for line in feature["geometry"]["coordinates"]:
            assert {frozenset(edge) for edge in pairwise(map(tuple, line))} <= edges


def test_the_outline_is_the_edge_of_the_whole(shapes: NDArray[np.object_]) -> None:
    outline = next(feature for feature in borders()["features"] if feature["properties"]["kind"] == "outline")
    edge = shapely.boundary(shapely.union_all(shapes))
    assert shapely.length(shape(outline["geometry"])) == pytest.approx(shapely.length(edge), rel=1e-9)


def test_region_borders_part_the_country_into_its_regions(finland: Country, shapes: NDArray[np.object_]) -> None:
    lines = {feature["properties"]["kind"]: shape(feature["geometry"]) for feature in borders()["features"]}
    faces = shapely.get_parts(shapely.polygonize(list(lines["outline"].geoms) + list(lines["regions"].geoms)))
    assert len(faces) > len(finland.regions)
    tree = shapely.STRtree(faces)
    regions = finland.region_of_cell
    areas, inside = tree.query(shapely.point_on_surface(shapes), predicate="within")
    for face in range(len(faces)):
        assert len(set(regions[areas[inside == face]].tolist())) <= 1


def test_the_map_is_light_enough_to_send(collection: dict[str, Any]) -> None:
    text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False).encode()
    assert len(gzip.compress(text)) <= 350_000
