"""How fast each class of road is driven: one table that a planner can read and change."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.roads import CLASSES, Roads
from luukku.errors import BadInput, Fault

TABLE = Path(__file__).parent / "data" / "speeds.csv"
COLUMNS = ("road_class", "rural_km_h", "urban_km_h", "wait_min", "of_limit", "why")


@dataclass(frozen=True, slots=True, eq=False)
class Speeds:
    """Speeds by road class, in the order of `luukku.country.roads.CLASSES`.

    rural, urban: (classes,) float64 km/h outside and inside built-up areas, over the whole link with its junctions.
    wait:         (classes,) float64 minutes before the link can be driven (a ferry's waiting).
    of_limit:     (classes,) float64 share of the signed limit that is driven on average, where a limit is known.
    why:          (classes,) what the row rests on.
    """

    rural: NDArray[np.float64]
    urban: NDArray[np.float64]
    wait: NDArray[np.float64]
    of_limit: NDArray[np.float64]
    why: tuple[str, ...]

    def minutes(self, roads: Roads) -> NDArray[np.float64]:
        """(links,) float64 minutes along each link: waiting + length / speed."""
        kind = roads.road_class
        by_class = np.where(roads.urban, self.urban[kind], self.rural[kind])
        speed = np.where(np.isnan(roads.limit), by_class, roads.limit * self.of_limit[kind])
        return self.wait[kind] + roads.metres / speed * 0.06

    def fastest(self) -> float:
        """The highest speed of the table in km/h."""
        return float(max(self.rural.max(), self.urban.max()))


def read_speeds(path: str | Path) -> Speeds:
    """Speeds from a CSV file with the columns of COLUMNS and one row a road class.

    Raises BadInput with every fault: a class missing, twice or unknown, a speed or share that is not above 0.
    """
    faults: list[Fault] = []
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = _rows(csv.DictReader(file), faults)
    except (OSError, UnicodeDecodeError) as trouble:
        raise BadInput(
            path, [Fault(f"it cannot be read ({trouble})", "a CSV file in UTF-8", "check the file")]
        ) from trouble
    if faults:
        raise BadInput(path, faults)
    rural, urban, wait, of_limit = _values(rows, faults)
    if faults:
        raise BadInput(path, faults)
    return Speeds(rural, urban, wait, of_limit, why=tuple(rows[name]["why"] for name in CLASSES))


@lru_cache(maxsize=1)
def default_speeds() -> Speeds:
    """The speeds that the embedded country was computed with."""
    return read_speeds(TABLE)


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return float("nan")


def _rows(table: csv.DictReader[str], faults: list[Fault]) -> dict[str, dict[str, str]]:
    """The rows by road class; what is missing, unknown or twice is a fault."""
    rows: dict[str, dict[str, str]] = {}
    missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
    faults += [
        Fault(f"column {column} is missing", f"columns {', '.join(COLUMNS)}", "add the column") for column in missing
    ]
    if missing:
        return rows
    each = f"each of {', '.join(CLASSES)} once"
    for number, row in enumerate(table, start=2):
        name = row["road_class"]
        if name not in CLASSES or name in rows:
            what = f"{name!r} is {'given twice' if name in rows else 'no road class'}"
            faults.append(Fault(what, each, "mend the row", number, "road_class"))
        rows[name] = row
    return rows


def _values(rows: dict[str, dict[str, str]], faults: list[Fault]) -> NDArray[np.float64]:
    """(4, classes) the numbers of the rows; one that is missing or too small is a fault."""
    faults += [
        Fault(f"road class {name} is missing", f"each of {', '.join(CLASSES)} once", "add the row")
        for name in CLASSES
        if name not in rows
    ]
    values = np.zeros((4, len(CLASSES)))
    for number, name in enumerate(CLASSES):
        for place, column in enumerate(COLUMNS[1:5]):
            text = rows.get(name, {}).get(column, "1")
            least, expected = (0.0, "a number of at least 0") if column == "wait_min" else (1e-6, "a number above 0")
            values[place, number] = _number(text)
            if not least <= values[place, number] < np.inf:
                row = list(rows).index(name) + 2
                faults.append(Fault(f"{name} has {text!r}", expected, "mend the value", row, column))
    return values
