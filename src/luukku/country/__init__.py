"""What is there: regions, municipalities, population cells, roads, authorities, points; all with sources."""

from luukku.country.embedded import borders, finland, polygons
from luukku.country.show import show

__all__ = ["borders", "finland", "polygons", "show"]
