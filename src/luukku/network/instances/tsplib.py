"""TSPLIB points as a p-median instance: every point is a customer of weight 1 and a site.

The cost is the Euclidean distance rounded DOWN, as the p-median literature uses these points (Avella, Sassano &
Vasil'ev 2007; Duran-Mateluna, Ales & Elloumi 2023), not rounded to the nearest as TSPLIB itself defines EUC_2D.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source
from luukku.country.readers.faults import Faults, refuse
from luukku.network.instances.model import Distances, horizon_of, too_large
from luukku.network.instances.numbers import read_lines
from luukku.travel.times import TravelTimes

LAYOUT = "tsplib"
SECTION = "NODE_COORD_SECTION"


def read_tsplib(path: Path) -> Distances:
    """Points in the plane with their floored distances.

    Raises BadInput for another kind of distance than EUC_2D, wrong counts and points that are no numbers.
    """
    lines = read_lines(path)
    head, body = _header(path, lines)
    count = _dimension(path, head)
    if refusal := too_large(path, count, count):
        raise refusal
    points = _points(path, lines, body, count)
    minutes = np.empty((count, count), dtype=np.float32)
    for site, point in enumerate(points):
        minutes[site] = np.floor(np.hypot(points[:, 0] - point[0], points[:, 1] - point[1]))
    costs = minutes.ravel()
    times = TravelTimes(
        start=np.arange(0, count * count + 1, count, dtype=np.int64),
        cell=np.tile(np.arange(count, dtype=np.int32), count),
        minutes=costs,
        cells=count,
        horizon=horizon_of(costs),
        source=Source("dataset", path.name, "TSPLIB points, floor of the Euclidean distance"),
    )
    return Distances(path.stem, LAYOUT, times, np.ones(count))


def _header(path: Path, lines: list[str]) -> tuple[dict[str, tuple[str, int]], int]:
    """The header's values with their rows, and the line (from 0) at which the points begin."""
    head: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        if line.strip().startswith(SECTION):
            return head, number + 1
        key, _, value = line.partition(":")
        head[key.strip().upper()] = (value.strip(), number + 1)
    raise refuse(
        path,
        f"there is no {SECTION}",
        f"a TSPLIB file with DIMENSION, EDGE_WEIGHT_TYPE : EUC_2D and a {SECTION}",
        "fetch the file again if it was cut; other kinds of TSPLIB files are not read",
    )


def _dimension(path: Path, head: dict[str, tuple[str, int]]) -> int:
    faults = Faults(path)
    kind, row = head.get("EDGE_WEIGHT_TYPE", ("", 0))
    if kind != "EUC_2D":
        faults.add(
            f"EDGE_WEIGHT_TYPE is {kind!r}" if kind else "EDGE_WEIGHT_TYPE is absent",
            "EDGE_WEIGHT_TYPE : EUC_2D",
            "take a file of points in the plane",
            row=row or None,
        )
    text, row = head.get("DIMENSION", ("", 0))
    if not text.isdecimal() or int(text) < 1:
        faults.add(
            f"DIMENSION is {text!r}" if text else "DIMENSION is absent",
            "how many points there are, at least 1",
            "mend the header",
            row=row or None,
        )
    faults.refuse_if_any()
    return int(text)


def _points(path: Path, lines: list[str], body: int, count: int) -> NDArray[np.float64]:
    """(points, 2) by number. Raises BadInput with everything that is wrong with them."""
    faults = Faults(path)
    points = np.full((count, 2), np.nan)
    rows = 0
    for number, line in enumerate(lines[body:], body + 1):
        words = line.split()
        if not words:
            continue
        if words[0] == "EOF":
            break
        rows += 1
        try:
            name, x, y = int(words[0]), *(float(word) for word in words[1:])
        except ValueError:
            name, x, y = 0, np.nan, np.nan
        if not (np.isfinite(x) and np.isfinite(y)):
            faults.add(
                repr(line.strip()[:40]), "a point: its number and two finite coordinates", "mend the row", row=number
            )
        elif not 1 <= name <= count:
            faults.add(
                f"the point's number is {name}", f"a number from 1 to {count}", "mend it or DIMENSION", row=number
            )
        elif not np.isnan(points[name - 1, 0]):
            faults.add(f"point {name} is there twice", "each point once", "leave one of them out", row=number)
        else:
            points[name - 1] = x, y
    if rows != count:
        faults.add(
            f"there are {rows} points",
            f"{count} points, as DIMENSION says",
            "fetch the file again if it was cut, or mend DIMENSION",
        )
    faults.refuse_if_any()
    return points
