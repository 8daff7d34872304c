"""Gather everything that is wrong in a file before it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.errors import BadInput, Fault

LISTED = 100
"""Rows of one file listed one by one for the same fault; the rest are counted, so that a bad file of ten million
rows still has a message that a person can read."""
SHOWN_TOGETHER = 4
"""Faults of one kind told before other kinds get their turn."""


class Faults:
    """Faults of one file, in the order found."""

    def __init__(self, file: str | Path) -> None:
        self.file = file
        self._listed: list[Fault] = []
        self._found: Counter[tuple[str, str]] = Counter()
        self._places: set[tuple[int, str]] = set()

    def __bool__(self) -> bool:
        return bool(self._listed)

    def rows(self) -> list[int]:
        """Rows of which some cell is already told to be faulty."""
        return [row for row, _ in self._places]

    def add(self, what: str, expected: str, cure: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one fault. Of a cell that is already faulty only the first fault is kept."""
        if row is not None and column is not None:
            if (row, column) in self._places:
                return
            self._places.add((row, column))
            self._found[column, expected] += 1
            if self._found[column, expected] > LISTED:
                return
        self._listed.append(Fault(what, expected, cure, row, column))

    def add_rows(
        self, rows: NDArray[np.int64], column: str, what: str | Sequence[str], expected: str, cure: str
    ) -> None:
        """Note the same fault of many rows. `what` is one text for all, or one text a row."""
        first = max(0, LISTED - self._found[column, expected])
        for number, row in enumerate(rows[:first].tolist()):
            self.add(what if isinstance(what, str) else what[number], expected, cure, row=row, column=column)
        self._found[column, expected] += max(0, len(rows) - first)

    def add_unless_everywhere(
        self,
        bad: NDArray[np.bool_],
        rows: NDArray[np.int64],
        column: str,
        what: str | Sequence[str],
        *,
        expected: str,
        cure: str,
    ) -> None:
        """Note a fault of the bad rows, or one fault of the whole file when every one of several rows has it."""
        if len(rows) > 1 and bad.all():
            self.add(f"in every row {what if isinstance(what, str) else what[0]}", expected, cure, column=column)
        else:
            self.add_rows(rows[bad], column, what, expected, cure)

    def refuse_if_any(self) -> None:
        """Raise BadInput with everything found, if anything was."""
        if not self._listed:
            return
        more = [
            Fault(f"{count - LISTED:,} more rows have this fault", expected, "mend them in the same way", None, column)
            for (column, expected), count in self._found.items()
            if count > LISTED
        ]
        raise BadInput(self.file, _of_every_kind_first(self._listed + more))


def _of_every_kind_first(faults: list[Fault]) -> list[Fault]:
    """Whole-file faults first, then a few of every kind in turn, since a message shows only the first faults."""
    seen: Counter[tuple[str | None, str]] = Counter()
    turn: list[tuple[int, int]] = []
    for fault in faults:
        seen[fault.column, fault.expected] += 1
        turn.append((0 if fault.row is None else 1 + seen[fault.column, fault.expected] // SHOWN_TOGETHER, len(turn)))
    return [faults[place] for _, place in sorted(turn)]


def refuse(file: str | Path, what: str, expected: str, cure: str) -> BadInput:
    """A file refused for one reason that concerns all of it."""
    return BadInput(file, [Fault(what, expected, cure)])
