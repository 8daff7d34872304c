"""Networks in which every point has its base, both readings. The door is `solve`."""
