"""What is there: regions, municipalities, population cells, roads, authorities, points; all with sources."""

from luukku.country.embedded import borders, finland, polygons

__all__ = ["borders", "finland", "polygons"]
