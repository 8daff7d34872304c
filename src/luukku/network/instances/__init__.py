"""Instances that others publish or that people have themselves, read for the siting methods."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from luukku.country.readers.faults import refuse
from luukku.network.instances.answers import Question, answer
from luukku.network.instances.matrix import read_csv, read_npz
from luukku.network.instances.model import Covering, Distances, Instance
from luukku.network.instances.numbers import Numbers, read_numbers
from luukku.network.instances.or_cover import read_or_cover
from luukku.network.instances.or_pmedian import read_or_pmedian
from luukku.network.instances.tsplib import read_tsplib

Layout = Literal["or-pmedian", "tsplib", "or-cover-rows", "or-cover-columns", "csv", "npz"]
ENDINGS: dict[str, Layout] = {".tsp": "tsplib", ".csv": "csv", ".npz": "npz"}


def read_instance(path: str | Path, layout: Layout | None = None) -> Instance:
    """An instance in the layout named, or in the one that the file's ending and first row tell.

    `.tsp` is TSPLIB, `.csv` and `.npz` are cost matrices; any other file is of OR-Library: three numbers in its first
    row make it a p-median graph, two a set covering, by rows or by columns as its counts come out even.

    Raises BadInput with everything that is wrong, and where.
    """
    path = Path(path)
    layout = layout or ENDINGS.get(path.suffix.lower())
    numbers = None if layout else read_numbers(path)
    if numbers is not None:
        layout = _by_first_row(numbers)
    match layout:
        case "tsplib":
            return read_tsplib(path)
        case "csv":
            return read_csv(path)
        case "npz":
            return read_npz(path)
        case "or-pmedian":
            return read_or_pmedian(path, numbers)
        case _:
            return read_or_cover(path, layout, numbers)


def _by_first_row(numbers: Numbers) -> Layout | None:
    """A p-median graph, or None for a set covering of one of the two layouts."""
    first = next(count for count in numbers.row_counts().tolist() if count)
    if first == 3:
        return "or-pmedian"
    if first == 2:
        return None
    raise refuse(
        numbers.path,
        f"the first row holds {first} numbers",
        "`vertices edges p` of a p-median graph, or `rows columns` of a set covering",
        "name the layout, or give the file its usual ending (.tsp, .csv, .npz)",
    )


__all__ = ["Covering", "Distances", "Instance", "Layout", "Question", "answer", "read_instance"]
