"""CSV as planners have it: UTF-8 with or without a mark, commas, semicolons or tabs, decimal points or commas."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from luukku.country.readers.faults import Faults, refuse
from luukku.country.readers.table import Pieces, Table

if TYPE_CHECKING:
    import pyarrow.csv

BLOCK = 16 * 2**20
"""Bytes read at a time; the memory that reading needs beside the result is a few times this."""

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}


def csv_table(path: Path) -> Table:
    """A CSV file as a table. Raises BadInput when it is not UTF-8 or has no readable header."""
    check_utf8(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        separator = max(SEPARATORS, key=first.count)
        file.seek(0)
        try:
            columns = tuple(name.strip() for name in next(csv.reader(file, delimiter=separator)))
        except (StopIteration, csv.Error) as error:
            raise refuse(
                path, f"the header row cannot be read ({error})", "names of columns in row 1", "mend row 1"
            ) from None
    faults = Faults(path)
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        faults.add(f"the heading {name!r} is there more than once", "each heading once", "rename or delete one", row=1)
    faults.refuse_if_any()

    def read(wanted: list[str], faults: Faults) -> Pieces:
        yield from _pieces(path, columns, separator, wanted, faults)

    return Table(path, "", columns, read, decimal_comma=separator != ",")


def check_utf8(path: Path) -> None:
    """Refuse text in another encoding than UTF-8, telling which it seems to be and where it is seen.

    Raises BadInput.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    cure = "save the file as UTF-8 (in Excel: Save as, CSV UTF-8)"
    lines = 1
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start[1:2] == b"\0" or start[:1] == b"\0":
            raise refuse(path, "the text is in UTF-16", "UTF-8", cure)
        file.seek(0)
        while block := file.read(BLOCK):
            pending = decoder.getstate()[0]
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                text = pending + block
                row = lines + text[: error.start].count(b"\n")
                around = text[max(0, error.start - 20) : error.start + 20].decode("cp1252", "replace")
                word = next((w for w in around.replace(";", ",").split(",") if not w.isascii()), around).strip()
                faults = Faults(path)
                faults.add(
                    f"the text is not UTF-8; it seems to be ISO-8859-1 (Windows-1252), in which it says {word!r}",
                    "UTF-8",
                    cure,
                    row=row,
                )
                faults.refuse_if_any()
            if b"\0" in block:
                raise refuse(path, "the file holds zero bytes, so it is not text", "a CSV file", "save it as CSV UTF-8")
            lines += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise refuse(path, "the file ends in the middle of a letter", "a whole UTF-8 file", "fetch it again") from None


def _pieces(path: Path, columns: tuple[str, ...], separator: str, wanted: list[str], faults: Faults) -> Pieces:
    import pyarrow as pa
    import pyarrow.csv

    skipped: list[int] = []

    def odd_row(row: pyarrow.csv.InvalidRow) -> str:
        skipped.append(row.number)
        if row.text.strip(separator + '" \t\r\n'):
            faults.add(
                f"the row has {row.actual_columns} values",
                f"{row.expected_columns}, as many as the header",
                f"mend the row; a value that holds a {SEPARATORS[separator]} must stand in quotes",
                row=row.number,
            )
        return "skip"

    # Headings may be empty or odd, so columns go by their place.
    names = [str(place) for place in range(len(columns))]
    places = [names[columns.index(name)] for name in wanted]
    try:
        reader = pyarrow.csv.open_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK, column_names=names, skip_rows=1),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=separator,
                ignore_empty_lines=False,
                newlines_in_values=True,
                invalid_row_handler=odd_row,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), include_columns=places, check_utf8=False
            ),
        )
        done = 0
        for batch in reader:
            kept = np.arange(done, done + batch.num_rows)
            done += batch.num_rows
            # The row number grows by one for every row that was skipped before it.
            before = np.array(sorted(skipped), dtype=np.int64) - 2 - np.arange(len(skipped))
            rows = kept + 2 + np.searchsorted(before, kept, side="right")
            yield rows, batch.rename_columns(wanted)
    except pa.ArrowInvalid as error:
        raise refuse(path, f"the rows cannot be told apart ({error})", "a CSV file", "check the quotes in it") from None
