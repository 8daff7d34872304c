"""The raw files of the country, read strictly: a file that is not as expected is refused with every fault listed."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from luukku.errors import BadInput, Fault

Row = dict[str, str]


def read_table(path: Path, columns: Iterable[str], *, key: Iterable[str]) -> list[Row]:
    """The rows of a UTF-8 CSV file that must have these columns and no two rows with the same `key` columns.

    Raises BadInput when the file is missing, empty, not UTF-8, lacks a column or repeats a key.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            header = list(reader.fieldnames or ())
    except FileNotFoundError:
        raise BadInput(path, [_missing()]) from None
    except UnicodeDecodeError as error:
        fault = Fault(f"byte {error.start} is not UTF-8", "a CSV file in UTF-8", "save the file as CSV UTF-8")
        raise BadInput(path, [fault]) from None
    faults = [
        Fault("the column is missing", f"the columns {', '.join(columns)}", "use the file as it was published", 1, name)
        for name in columns
        if name not in header
    ]
    if faults:
        raise BadInput(path, faults)
    if not rows:
        raise BadInput(path, [Fault("the file has no rows", "at least one row", "use the file as it was published")])
    seen = Counter(tuple(row[name] for name in key) for row in rows)
    faults = [
        Fault(f"{' '.join(again)} is there {times} times", "each once", "remove the repeated row", column="/".join(key))
        for again, times in seen.items()
        if times > 1
    ]
    faults += _cut_short(rows)
    if faults:
        raise BadInput(path, faults)
    return rows


def numbers(path: Path, rows: list[Row], column: str, *, least: float = float("-inf")) -> list[float]:
    """A column as numbers; raises BadInput with every row that is not a number or is under `least`."""
    values, faults = [], []
    for number, row in enumerate(rows, start=2):
        try:
            value = float(row[column])
        except ValueError:
            value = float("nan")
        if not least <= value < float("inf"):
            expected = "a number" if least == float("-inf") else f"a number of at least {least:g}"
            faults.append(Fault(f"{row[column]!r} was found", expected, "correct the value", number, column))
        values.append(value)
    if faults:
        raise BadInput(path, faults)
    return values


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; raises BadInput when the file is missing or is not one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(path, [_missing()]) from None
    except (UnicodeDecodeError, json.JSONDecodeError):
        content = None
    if not isinstance(content, dict):
        fault = Fault("the file is not a JSON object", "a JSON object in UTF-8", "use the file as it was published")
        raise BadInput(path, [fault])
    return content


def _missing() -> Fault:
    return Fault("the file does not exist", "the raw files laid out as docs/country.md says", "check the folder's name")


def _cut_short(rows: list[Row]) -> list[Fault]:
    """Rows with fewer or more cells than the header (csv gives None as a value or as a key)."""
    return [
        Fault("the row has another number of cells than the header", "one cell a column", "correct the row", number)
        for number, row in enumerate(rows, start=2)
        if None in row or None in row.values()
    ]
