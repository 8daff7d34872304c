"""OR-Library p-median files: an undirected graph whose shortest paths are the costs.

Layout: `vertices edges p`, then an edge a row: `vertex vertex cost`. Every vertex is a customer of weight 1 and a site.
An edge that is given more than once has the cost given last. Source: J. E. Beasley, OR-Library, "pmedinfo".
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from luukku.country.provenance import Source
from luukku.country.readers.faults import Faults
from luukku.network.instances.model import Distances, from_dense, too_large
from luukku.network.instances.numbers import Numbers, read_numbers

LAYOUT = "or-pmedian"


def read_or_pmedian(path: Path, numbers: Numbers | None = None) -> Distances:
    """A p-median graph with the costs of all pairs; vertices that no path joins are out of each other's reach.

    Raises BadInput for wrong counts, unknown vertices and negative costs.
    """
    numbers = numbers or read_numbers(path)
    vertices, edges, p = numbers.header(("vertices", "edges", "p"), (1, 0, 0))
    if refusal := too_large(path, vertices, vertices):
        raise refusal
    _check(numbers, vertices, edges)
    start, end = (numbers.values[3 + part :: 3].astype(np.int64) - 1 for part in (0, 1))
    cost = numbers.values[5::3]
    key = np.minimum(start, end) * vertices + np.maximum(start, end)
    _, back = np.unique(key[::-1], return_index=True)
    last = len(key) - 1 - back
    last = last[start[last] != end[last]]
    # An explicit zero would be read as no edge at all; the smallest float is nothing in any sum.
    length = np.maximum(cost[last], np.finfo(np.float64).tiny)
    graph = sparse.csr_array((length, (start[last], end[last])), shape=(vertices, vertices))
    return Distances(
        name=path.stem,
        layout=LAYOUT,
        times=from_dense(dijkstra(graph, directed=False), Source("dataset", path.name, "OR-Library p-median graph")),
        weights=np.ones(vertices),
        p=p,
    )


def _check(numbers: Numbers, vertices: int, edges: int) -> None:
    """Raises BadInput with everything that is wrong with the edges."""
    faults = Faults(numbers.path)
    there = len(numbers.values) - 3
    if there != 3 * edges:
        short = np.flatnonzero(numbers.row_counts()[1:] % 3 != 0)
        faults.add(
            f"there are {there} numbers after the first row, {there / 3:.4g} edges",
            f"{edges} edges of 3 numbers each, as the first row says",
            "fetch the file again if it was cut, or mend the number of edges",
            row=int(short[0]) + 2 if len(short) else None,
        )
    at = np.arange(3, 3 + there - there % 3, dtype=np.int64)
    ends, costs = at[at % 3 != 2], at[at % 3 == 2]
    values = numbers.values
    known = (values[ends] >= 1) & (values[ends] <= vertices) & (values[ends] == np.rint(values[ends]))
    numbers.refuse_unless(
        known,
        ends,
        "edge",
        expected=f"a vertex from 1 to {vertices}",
        cure="mend the end of the edge, or the number of vertices in the first row",
        faults=faults,
    )
    numbers.refuse_unless(
        values[costs] >= 0,
        costs,
        "cost",
        expected="a cost of at least 0",
        cure="mend or leave out the edge",
        faults=faults,
    )
    faults.refuse_if_any()
