"""OR-Library set-covering files, in their two layouts.

By rows (scp*):     `rows columns`, the cost of every column, then for every row how many columns cover it, and which.
By columns (rail*): `rows columns`, then for every column its cost, how many rows it covers, and which.
Source: J. E. Beasley, OR-Library, "scpinfo".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.country.readers.faults import Faults, refuse
from luukku.errors import BadInput, Fault
from luukku.network.instances.model import Covering
from luukku.network.instances.numbers import Numbers, read_numbers

BY_ROWS = "or-cover-rows"
BY_COLUMNS = "or-cover-columns"


def read_or_cover(
    path: Path,
    layout: Literal["or-cover-rows", "or-cover-columns"] | None = None,
    numbers: Numbers | None = None,
) -> Covering:
    """A set-covering file; without a layout, the one in which the file's counts come out even.

    Raises BadInput for wrong counts, unknown rows or columns, negative costs, and a file that reads well both ways.
    """
    numbers = numbers or read_numbers(path)
    rows, columns = numbers.header(("rows", "columns"), (1, 1))
    walks = {
        name: _walk(numbers, rows, columns, name) for name in (BY_ROWS, BY_COLUMNS) if layout is None or layout == name
    }
    whole = [name for name, walk in walks.items() if walk.complete]
    if len(whole) > 1:  # what is a number of a row in one layout may be no such number in the other
        most = {BY_ROWS: columns, BY_COLUMNS: rows}
        whole = [name for name in whole if _known(numbers.values[walks[name].members(numbers)], most[name]).all()]
    if len(whole) > 1:
        raise refuse(
            path,
            "the file reads well both by rows and by columns",
            "a set-covering file of one layout",
            f"name the layout: {BY_ROWS} or {BY_COLUMNS}",
        )
    if not whole:
        # A file by columns has a row of text a column. Faults are told in the layout that fits better.
        likely = BY_COLUMNS if np.count_nonzero(numbers.row_counts()) > columns else BY_ROWS
        name = layout or likely
        raise _uneven(numbers, walks[name], rows, columns, name)
    return _covering(numbers, walks[whole[0]], rows, columns, whole[0])


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """Where the parts of a file lie when it is read in one layout.

    counts: places of the counts that were met; complete: whether the counts come out even with the file's end;
    end: the place behind the last member counted.
    """

    counts: NDArray[np.int64]
    complete: bool
    end: int

    def members(self, numbers: Numbers) -> NDArray[np.int64]:
        """The places of the rows or columns that the counts announce, of a complete walk."""
        sizes = numbers.values[self.counts].astype(np.int64)
        start = np.cumsum(sizes) - sizes
        return np.asarray(np.arange(int(sizes.sum())) + np.repeat(self.counts + 1 - start, sizes))


def _walk(numbers: Numbers, rows: int, columns: int, layout: str) -> _Walk:
    values = numbers.values
    groups, before, most = (rows, 0, columns) if layout == BY_ROWS else (columns, 1, rows)
    at = 2 + columns if layout == BY_ROWS else 2
    counts: list[int] = []
    for _ in range(min(groups, len(values))):
        at += before
        if at >= len(values):
            break
        count = float(values[at])
        if count != int(count) or not 0 <= count <= most:
            break
        counts.append(at)
        at += 1 + int(count)
    return _Walk(np.array(counts, dtype=np.int64), len(counts) == groups and at == len(values), at)


def _uneven(numbers: Numbers, walk: _Walk, rows: int, columns: int, layout: str) -> BadInput:
    groups, of, most = (rows, "row", columns) if layout == BY_ROWS else (columns, "column", rows)
    met = len(walk.counts)
    there = len(numbers.values)
    if walk.end > there or (met < groups and walk.end >= there):
        what = f"the file ends in {of} {min(met + (walk.end <= there), groups)} of {groups}"
        row = None
    elif met == groups:
        what, row = f"{there - walk.end} numbers follow after the last {of}", int(numbers.row(walk.end))
    else:
        what = f"{of} {met + 1} says that {numbers.values[walk.end]:g} follow, where at most {most} can"
        row = int(numbers.row(walk.end))
    fault = Fault(
        f"{what} (read as {layout})",
        f"{rows} rows and {columns} columns, as the first row says",
        "fetch the file again if it was cut, mend the count, or name the other layout",
        row,
    )
    return BadInput(numbers.path, [fault])


def _known(members: NDArray[np.float64], most: int) -> NDArray[np.bool_]:
    """Which numbers are a row's or a column's, counted from 1."""
    return np.asarray((members >= 1) & (members <= most) & (members == np.rint(members)))


def _covering(numbers: Numbers, walk: _Walk, rows: int, columns: int, layout: str) -> Covering:
    values = numbers.values
    start = np.concatenate(([0], np.cumsum(values[walk.counts].astype(np.int64))))
    places = walk.members(numbers)
    cost_places = np.arange(2, 2 + columns) if layout == BY_ROWS else walk.counts - 1
    most, of = (columns, "column") if layout == BY_ROWS else (rows, "row")
    members = values[places]

    faults = Faults(numbers.path)
    numbers.refuse_unless(
        _known(members, most),
        places,
        of,
        expected=f"a {of} from 1 to {most}",
        cure=f"mend the number, or the number of {of}s in the first row",
        faults=faults,
    )
    numbers.refuse_unless(
        values[cost_places] >= 0,
        cost_places,
        "cost",
        expected="a cost of at least 0",
        cure="mend the cost",
        faults=faults,
    )
    faults.refuse_if_any()
    shape = (rows, columns) if layout == BY_ROWS else (columns, rows)
    covers = sparse.csr_array((np.ones(len(members)), members.astype(np.int64) - 1, start), shape=shape)
    if layout == BY_COLUMNS:
        covers = sparse.csr_array(covers.T)
    covers.sum_duplicates()
    covers.data[:] = 1.0
    return Covering(numbers.path.stem, layout, covers, values[cost_places])
