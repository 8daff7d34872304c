"""One table of a GTFS feed: a CSV file in the ZIP, its columns as texts of which each is understood once."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from luukku.country.readers.faults import Faults, refuse

TIME = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
MOST_HOURS = 240
"""Hours after midnight beyond which a time is surely a slip: no trip takes ten days."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of a file, as columns of text numbers.

    name: of the file. row: (rows,) as a spreadsheet counts them, the header being row 1.
    columns: for each column its different texts and the (rows,) number of the text of each row.
    """

    name: str
    row: NDArray[np.int64]
    columns: dict[str, tuple[list[str], NDArray[np.int64]]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.row)

    def texts(self, column: str) -> list[str]:
        """(rows,) the texts of a column, "" in a column that is not there."""
        texts, number = self._column(column)
        return [texts[which] for which in number.tolist()]

    def filled(self, column: str) -> NDArray[np.bool_]:
        """(rows,) whether there is any text."""
        texts, number = self._column(column)
        return np.array([bool(text) for text in texts], np.bool_)[number]

    def parsed(self, column: str, meaning: Callable[[str], float]) -> NDArray[np.float64]:
        """(rows,) what the texts mean, not a number where they mean none."""
        texts, number = self._column(column)
        return np.array([meaning(text) for text in texts], np.float64)[number]

    def checked(
        self,
        column: str,
        meaning: Callable[[str], int | None],
        expected: str,
        faults: Faults,
        *,
        empty: int | None = None,
    ) -> NDArray[np.int64]:
        """(rows,) what the texts mean; `empty` stands for no text. A text without meaning is a fault and becomes -1."""
        texts, number = self._column(column)
        values = [empty if not text and empty is not None else meaning(text) for text in texts]
        wrong = np.array([value is None for value in values], np.bool_)[number]
        self.fault(wrong, column, "is not understood", expected, faults)
        return np.array([-1 if value is None else value for value in values], np.int64)[number]

    def found(
        self, column: str, numbers: Mapping[str, int], trouble: str, faults: Faults, *, empty: int | None = None
    ) -> NDArray[np.int64]:
        """(rows,) the numbers that ids stand for. An unknown id is a fault and becomes -1."""
        texts, number = self._column(column)
        values = [empty if not text and empty is not None else numbers.get(text) for text in texts]
        wrong = np.array([value is None for value in values], np.bool_)[number]
        self.fault(wrong, column, f"is unknown: {trouble}", "an id that is there", faults)
        return np.array([-1 if value is None else value for value in values], np.int64)[number]

    def numbered(self, column: str, faults: Faults) -> dict[str, int]:
        """The ids of a column, each numbered by its row. An id that is empty or comes again is a fault."""
        texts, number = self._column(column)
        seen = np.zeros(len(self), np.bool_)
        seen[np.unique(number, return_index=True)[1]] = True
        self.fault(~seen, column, "comes again", "an id that only one row has", faults)
        self.fault(~self.filled(column), column, "is empty", "an id", faults)
        return {texts[which]: row for row, which in enumerate(number.tolist()) if seen[row]}

    def fault(self, wrong: NDArray[np.bool_], column: str, trouble: str, expected: str, faults: Faults) -> None:
        """Note a fault of the rows that are wrong, with the text found there."""
        self.fault_rows(self.row[wrong], column, trouble, expected, faults)

    def fault_rows(self, rows: NDArray[np.int64], column: str, trouble: str, expected: str, faults: Faults) -> None:
        """Note a fault of rows told by their numbers in the file, with the text found there."""
        if not len(rows):
            return
        texts, number = self._column(column)
        at = np.searchsorted(self.row, rows)
        faults.add_rows(
            rows,
            f"{column} of {self.name}",
            [f"{texts[which]!r} {trouble}" for which in number[at].tolist()],
            expected,
            "mend the row, or ask the feed's publisher",
        )

    def _column(self, column: str) -> tuple[list[str], NDArray[np.int64]]:
        return self.columns.get(column) or ([""], np.zeros(len(self), np.int64))


def read_table(
    archive: zipfile.ZipFile, name: str, needed: tuple[str, ...], further: tuple[str, ...], faults: Faults
) -> Table:
    """Read the columns of one file of a ZIP that was checked before.

    Faults are noted: a missing column, a row of another length than the header. Raises BadInput when the file is no
    CSV in UTF-8 at all.
    """
    import pyarrow as pa
    from pyarrow import csv

    odd: list[tuple[int, str, int, int]] = []

    def skip(row: csv.InvalidRow) -> str:
        odd.append((row.number, row.text, row.actual_columns, row.expected_columns))
        return "skip"

    try:
        content = archive.read(name)
        header = content[:65_536].removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8")
        names = [column.strip().strip('"').strip() for column in header.split(",")]
        table = csv.read_csv(
            pa.BufferReader(content),
            csv.ReadOptions(use_threads=False, skip_rows=1, column_names=names),
            csv.ParseOptions(invalid_row_handler=skip, ignore_empty_lines=False, newlines_in_values=True),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                include_columns=[column for column in (*needed, *further) if column in names],
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError, zipfile.BadZipFile, UnicodeDecodeError, OSError, EOFError) as trouble:
        raise refuse(
            faults.file, f"{name} cannot be read ({trouble})", "a CSV file in UTF-8", "ask for the feed again"
        ) from trouble
    for column in needed:
        if column not in names:
            faults.add(f"{name} has no column {column}", f"the columns {', '.join(needed)}", "ask for a whole feed")
    rows = np.arange(2, table.num_rows + len(odd) + 2)
    rows = np.delete(rows, [number - 2 for number, *_ in odd])
    for number, text, actual, expected in odd:
        if text.strip():
            faults.add(
                f"the row has {actual} fields",
                f"{expected} fields, as the header",
                "mend the row, or ask the feed's publisher",
                row=number,
                column=f"fields of {name}",
            )
    return _without_empty_rows(
        Table(name, rows, {column: _numbered_texts(table.column(column)) for column in table.column_names})
    )


def _without_empty_rows(table: Table) -> Table:
    some = np.zeros(len(table), np.bool_)
    for column in table.columns:
        some |= table.filled(column)
    if some.all():
        return table
    return Table(
        table.name, table.row[some], {name: (texts, number[some]) for name, (texts, number) in table.columns.items()}
    )


def _numbered_texts(column: object) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts of an Arrow column, without blanks around them, and which of them each row has."""
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)  # type: ignore[attr-defined]
    texts = [text.strip() for text in whole.dictionary.to_pylist()]
    first: dict[str, int] = {}
    place = np.array([first.setdefault(text, len(first)) for text in texts], np.int64)
    number = whole.indices.to_numpy(zero_copy_only=False)
    return list(first) or [""], place[number] if len(place) else np.zeros(len(number), np.int64)


def time_of(text: str) -> int | None:
    """Seconds after midnight of a text such as 8:05:00 or 25:10:00."""
    match = TIME.fullmatch(text)
    if match is None or int(match[1]) > MOST_HOURS:
        return None
    return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])


def day_number(text: str) -> int | None:
    """The ordinal of a day such as 20260131."""
    match = DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal() if match else None
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """A whole number of at least 0 and of at most nine digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
