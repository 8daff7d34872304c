"""The numbers of a text file in order, each with the row it stands in, for layouts that are nothing but numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.csv_table import check_utf8
from luukku.country.readers.faults import Faults, refuse

WHOLE = 2.0**53
"""Beyond this a float64 no longer tells neighbouring whole numbers apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """values: (numbers,) float64, finite; first: (rows + 1,) how many numbers stand before each row of the file."""

    path: Path
    values: NDArray[np.float64]
    first: NDArray[np.int64]

    def row(self, number: int | NDArray[np.int64]) -> NDArray[np.int64]:
        """The row (from 1) in which the number stands; one past the last for a number that is not there."""
        return np.asarray(np.searchsorted(self.first, number, side="right"), dtype=np.int64)

    def row_counts(self) -> NDArray[np.int64]:
        """(rows,) how many numbers each row holds."""
        return np.diff(self.first)

    def header(self, names: tuple[str, ...], least: tuple[int, ...]) -> tuple[int, ...]:
        """The whole numbers that the file begins with. Raises BadInput when they are absent or too small."""
        if len(self.values) < len(names):
            raise refuse(
                self.path,
                f"the file holds {len(self.values)} numbers",
                f"a first row with {len(names)} whole numbers: {' '.join(names)}",
                "check that this is the right file, and that it is whole",
            )
        faults = Faults(self.path)
        head = self.values[: len(names)]
        for number, (name, value, low) in enumerate(zip(names, head.tolist(), least, strict=True)):
            if value != np.rint(value) or not low <= value <= WHOLE:
                faults.add(
                    f"{name} is {value:g}",
                    f"a whole number of at least {low}",
                    f"mend the number of {name}, or check that this is the right file",
                    row=int(self.row(number)),
                    column=name,
                )
        faults.refuse_if_any()
        return tuple(int(value) for value in head)

    def refuse_unless(
        self, good: NDArray[np.bool_], at: NDArray[np.int64], column: str, *, expected: str, cure: str, faults: Faults
    ) -> None:
        """Note a fault for every number (`at` is its place in the file) that is not `good`."""
        wrong = at[~good]
        what = [f"{value:g}" for value in self.values[wrong[:100]].tolist()]
        faults.add_rows(self.row(wrong), column, [*what, *[""] * (len(wrong) - len(what))], expected, cure)


def read_numbers(path: Path) -> Numbers:
    """The numbers of a text file. Raises BadInput when it is absent, no text, or holds anything but finite numbers."""
    lines = read_lines(path)
    words = [line.split() for line in lines]
    first = np.concatenate(([0], np.cumsum([len(row) for row in words]))).astype(np.int64)
    flat = [word for row in words for word in row]
    try:
        values = np.array(flat, dtype=np.float64)
    except ValueError:
        values = np.full(len(flat), np.nan)
    if not np.isfinite(values).all():
        _refuse_strange_words(path, words)
    return Numbers(path, values, first)


def read_lines(path: Path) -> list[str]:
    """The lines of a text file. Raises BadInput when it is absent, empty or no text in UTF-8."""
    if not path.is_file():
        raise refuse(path, "there is no such file", "a file that exists", "check the name and the folder")
    check_utf8(path)
    text = path.read_text(encoding="utf-8-sig")
    if not text.strip():
        raise refuse(path, "the file is empty", "an instance", "fetch or write the file again")
    return text.splitlines()


def _refuse_strange_words(path: Path, words: list[list[str]]) -> None:
    faults = Faults(path)
    for number, row in enumerate(words, 1):
        for place, word in enumerate(row, 1):
            if not is_finite(word):
                faults.add(
                    f"{word[:40]!r} is no finite number",
                    "numbers only",
                    "mend or leave out the word, or name the layout if this is another kind of file",
                    row=number,
                    column=str(place),
                )
    faults.refuse_if_any()


def is_finite(word: str) -> bool:
    """Whether a word is a number other than NaN and infinity."""
    try:
        return math.isfinite(float(word))
    except ValueError:
        return False
