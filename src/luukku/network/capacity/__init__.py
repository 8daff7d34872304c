"""Networks of points that can serve only so many. The door is `solve`."""
