"""Readers of what a planner has: grids, tables, points and roads, each checked whole before anything of it is used."""

from __future__ import annotations

from luukku.country.readers.grid import read_population_grid
from luukku.country.readers.osm import read_osm
from luukku.country.readers.points import PointsFile, read_points, read_points_file
from luukku.country.readers.pxweb import PopulationTable, read_pxweb
from luukku.country.readers.templates import write_template
from luukku.country.readers.tmc import read_tmc

__all__ = [
    "PointsFile",
    "PopulationTable",
    "read_osm",
    "read_points",
    "read_points_file",
    "read_population_grid",
    "read_pxweb",
    "read_tmc",
    "write_template",
]
