"""Readers of what a planner has: grids, tables, points and roads, each checked whole before anything of it is used."""

from __future__ import annotations

from luukku.country.readers.grid import read_population_grid
from luukku.country.readers.points import PointsFile, read_points, read_points_file
from luukku.country.readers.pxweb import PopulationTable, read_pxweb
from luukku.country.readers.templates import write_template

__all__ = [
    "PointsFile",
    "PopulationTable",
    "read_points",
    "read_points_file",
    "read_population_grid",
    "read_pxweb",
    "write_template",
]
