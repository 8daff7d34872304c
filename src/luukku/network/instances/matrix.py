"""Cost matrices of one's own: a table of text (CSV), or NumPy arrays (NPZ).

CSV: a row a customer, a column a site, an empty cell or `inf` where the site is out of the customer's reach. Row 1 may
name the sites. A column headed `customer` (or without a heading, as the first one) holds names and is passed over; one
headed `weight` holds the customers' weights. Commas, or semicolons or tabs with a decimal point or comma.

NPZ: `costs` (customers, sites) with infinity for out of reach, or a matrix as `scipy.sparse.save_npz` writes it, in
which an absent entry is out of reach; beside `costs`, if wanted, `weights` (customers,) and `p`.
"""

from __future__ import annotations

import csv
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from luukku.country.provenance import Source
from luukku.country.readers.csv_table import SEPARATORS
from luukku.country.readers.faults import Faults, refuse
from luukku.network.instances.model import Distances, from_dense, horizon_of, too_large
from luukku.network.instances.numbers import is_finite, read_lines
from luukku.travel.times import TravelTimes

CSV = "csv"
NPZ = "npz"
EXPECTED_NPZ = "an array `costs` (customers, sites), or a sparse matrix as scipy.sparse.save_npz writes it"


def read_csv(path: Path) -> Distances:
    """A cost matrix of text.

    Raises BadInput for rows of different length, words, NaN, and negative costs or weights.
    """
    lines = read_lines(path)
    separator = max(SEPARATORS, key=lines[0].count)
    rows = [
        (number, [word.strip() if separator == "," else word.strip().replace(",", ".") for word in row])
        for number, row in enumerate(csv.reader(lines, delimiter=separator), 1)
        if any(row)
    ]
    named = any(not _is_cost(word) for word in rows[0][1])
    body = rows[1:] if named else rows
    columns = _Columns.of(rows[0][1], named=named)
    faults = Faults(path)
    if not body:
        faults.add("there are no customers", "a row for each customer", "add rows below the headings")
    if not columns.sites:
        faults.add("there are no sites", "a column for each site", "add columns of costs")
    if len(columns.weight) > 1:
        faults.add("the heading 'weight' is there twice", "one column of weights", "leave one out", row=1)
    faults.refuse_if_any()
    if refusal := too_large(path, len(body), len(columns.sites)):
        raise refusal
    costs = columns.costs(body, faults)
    faults.refuse_if_any()
    return Distances(
        name=path.stem,
        layout=CSV,
        times=from_dense(costs[:, columns.sites], Source("dataset", path.name, "cost matrix")),
        weights=costs[:, columns.weight[0]] if columns.weight else np.ones(len(body)),
        site_names=tuple(columns.heads[place] for place in columns.sites) if named else (),
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table hold: their headings, and the places of the sites and of the weights."""

    heads: list[str]
    sites: list[int]
    weight: list[int]

    @classmethod
    def of(cls, heads: list[str], *, named: bool) -> _Columns:
        if not named:
            return cls([""] * len(heads), list(range(len(heads))), [])
        names = [place for place, head in enumerate(heads) if head.lower() == "customer" or (place == 0 and not head)]
        weight = [place for place, head in enumerate(heads) if head.lower() == "weight"]
        return cls(heads, [place for place in range(len(heads)) if place not in {*names, *weight}], weight)

    def costs(self, body: list[tuple[int, list[str]]], faults: Faults) -> NDArray[np.float64]:
        """(customers, columns) costs and weights; what is neither is noted as a fault."""
        costs = np.full((len(body), len(self.heads)), np.inf)
        for line, (number, row) in enumerate(body):
            if len(row) != len(self.heads):
                faults.add(
                    f"the row has {len(row)} cells",
                    f"{len(self.heads)} cells, as the first row has",
                    "fetch the file again if it was cut, or fill in the row",
                    row=number,
                )
                continue
            for place in (*self.sites, *self.weight):
                word, weight = row[place], place in self.weight
                if _is_cost(word) and (not weight or is_finite(word)):
                    costs[line, place] = float(word) if word else np.inf
                else:
                    expected = (
                        "a weight of at least 0" if weight else "a cost of at least 0, or nothing when out of reach"
                    )
                    column = self.heads[place] or str(place + 1)
                    faults.add(repr(word), expected, "mend the cell", row=number, column=column)
        return costs


def _is_cost(word: str) -> bool:
    """Whether a cell can be a cost: a number of at least 0, infinity, or nothing."""
    if not word:
        return True
    try:
        return float(word) >= 0
    except ValueError:
        return False


def read_npz(path: Path) -> Distances:
    """A cost matrix of NumPy arrays.

    Raises BadInput for a damaged file, absent or misshapen arrays, NaN, and negative costs or weights.
    """
    if not path.is_file():
        raise refuse(path, "there is no such file", "a file that exists", "check the name and the folder")
    try:
        with path.open("rb") as stream:
            file = np.load(stream, allow_pickle=False)
            arrays: dict[str, NDArray[Any]] = {} if isinstance(file, np.ndarray) else {n: file[n] for n in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise refuse(path, f"the file cannot be read ({error})", "an NPZ file", "write or fetch it again") from None
    source = Source("dataset", path.name, "cost matrix")
    if not arrays:
        raise refuse(path, "there are no named arrays in it", EXPECTED_NPZ, "write it with numpy.savez")
    times = _dense(path, arrays["costs"], source) if "costs" in arrays else _sparse(path, source)
    weights = arrays.get("weights", np.ones(times.cells))
    p = arrays.get("p")

    faults = Faults(path)
    if weights.shape != (times.cells,) or weights.dtype.kind not in "biuf":
        faults.add(
            f"`weights` has the shape {weights.shape} of {weights.dtype}", f"({times.cells},) numbers", "mend `weights`"
        )
    elif not (np.isfinite(weights) & (weights >= 0)).all():
        faults.add("some weights are negative or no numbers", "weights of at least 0", "mend `weights`")
    if p is not None and (p.shape != () or p.dtype.kind not in "iu" or p < 0):
        faults.add(f"`p` is {p!r}", "one whole number of at least 0", "mend `p`")
    faults.refuse_if_any()
    return Distances(path.stem, NPZ, times, weights.astype(np.float64), None if p is None else int(p))


def _dense(path: Path, costs: NDArray[Any], source: Source) -> TravelTimes:
    if costs.ndim != 2 or 0 in costs.shape or costs.dtype.kind not in "biuf":
        raise refuse(path, f"`costs` has the shape {costs.shape} of {costs.dtype}", EXPECTED_NPZ, "mend `costs`")
    if refusal := too_large(path, *costs.shape):
        raise refusal
    _refuse_bad_costs(path, costs)
    return from_dense(costs.astype(np.float64), source)


def _sparse(path: Path, source: Source) -> TravelTimes:
    try:
        with path.open("rb") as stream:
            matrix = sparse.csc_array(sparse.load_npz(stream))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise refuse(path, f"there is no cost matrix in it ({error})", EXPECTED_NPZ, "write it again") from None
    if 0 in matrix.shape or matrix.dtype.kind not in "biuf":
        raise refuse(path, f"the matrix has the shape {matrix.shape} of {matrix.dtype}", EXPECTED_NPZ, "write it again")
    matrix.sort_indices()
    _refuse_bad_costs(path, matrix.data)
    reached = np.isfinite(matrix.data)
    start = np.concatenate(([0], np.cumsum(reached)))[matrix.indptr].astype(np.int64)
    minutes = matrix.data[reached].astype(np.float32)
    return TravelTimes(
        start, matrix.indices[reached].astype(np.int32), minutes, matrix.shape[0], horizon_of(minutes), source
    )


def _refuse_bad_costs(path: Path, costs: NDArray[Any]) -> None:
    bad = np.argwhere(~(costs >= 0))
    if not len(bad):
        return
    first = bad[0].tolist()
    where = f"customer {first[0]}, site {first[1]}, counted from 0" if len(first) == 2 else f"stored cost {first[0]}"
    raise refuse(
        path,
        f"{len(bad)} costs are negative or no numbers, such as {costs[tuple(first)]} ({where})",
        "costs of at least 0, infinity when out of reach",
        "mend these costs",
    )
