"""Fewest points for a share of the people (set covering). The doors are `solve` and, with costs, `cheapest`."""
