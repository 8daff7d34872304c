"""Most people covered with so many points, or for so much money (maximal covering). The door is `solve`."""
