"""The first sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from luukku.country.readers.archive import check_zip
from luukku.country.readers.faults import Faults, refuse
from luukku.country.readers.schema import Schema, heading
from luukku.country.readers.sheet_marks import Marks, marks
from luukku.country.readers.table import Pieces, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

PIECE = 50_000
"""Rows handed on at a time."""


@contextmanager
def workbook_table(path: Path, schema: Schema) -> Iterator[Table]:
    """The first sheet of a workbook as a table with its header in row 1. Raises BadInput."""
    check_zip(path)
    sheet, marked = _opened(path)
    dated = {heading(n) for column in schema.columns if column.kind == "date" for n in (column.name, *column.aliases)}
    rows = sheet.to_python(skip_empty_area=False)
    columns = tuple(_plain(value).strip() for value in rows[0]) if rows else ()
    if not any(columns):
        raise refuse(
            path,
            f"row 1 of the first sheet, {sheet.name!r}, is empty",
            "headings in row 1 of the first sheet",
            "move the sheet with the rows first, and its headings to row 1",
        )
    faults = Faults(path)
    for name in sorted({column for column in columns if column and columns.count(column) > 1}):
        faults.add(f"the heading {name!r} is there more than once", "each heading once", "rename or delete one", row=1)
    if (0, 0) in marked:
        faults.add(
            "the sheet holds formulas or errors in cells whose place it does not tell",
            "values",
            "copy the sheet and paste it as values",
        )
    faults.refuse_if_any()

    def read(wanted: list[str], faults: Faults) -> Pieces:
        dates = {name for name in wanted if heading(name) in dated}
        yield from _pieces(rows, marked, columns, wanted, dates=dates, faults=faults)

    yield Table(path, sheet.name, columns, read, decimal_comma=True)


def _opened(path: Path) -> tuple[CalamineSheet, Marks]:
    """The first sheet with cells, and its formulas and errors."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = [n for n, each in enumerate(workbook.sheets_metadata) if each.typ == SheetTypeEnum.WorkSheet]
        if sheets:
            return workbook.get_sheet_by_index(sheets[0]), marks(path, sheets[0])
    except (CalamineError, BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        raise refuse(
            path, f"the workbook cannot be read ({error})", "an Excel workbook (.xlsx)", "save it again in Excel"
        ) from None
    raise refuse(path, "the workbook has no sheet with cells", "a sheet with rows", "add the rows to a sheet")


def _pieces(
    sheet: list[list[Any]],
    marked: Marks,
    columns: tuple[str, ...],
    wanted: list[str],
    *,
    dates: set[str],
    faults: Faults,
) -> Pieces:
    import pyarrow as pa

    # A formula without a kept value can stand below the last row that has any.
    width, end = len(columns), max([len(sheet), *(row for row, _ in marked)])
    sheet = sheet + [[""] * width for _ in range(end - len(sheet))]
    places = [columns.index(name) for name in wanted]
    for place, name in zip(places, wanted, strict=True):
        for row in sorted(row for row, column in marked if column == place and row > 1):
            _note(marked[row, place], row, name, faults)
            sheet[row - 1][place] = ""
    for first in range(1, end, PIECE):
        rows = sheet[first : first + PIECE]
        numbers = np.arange(first + 1, first + 1 + len(rows))
        values = []
        for place, name in zip(places, wanted, strict=True):
            cells = [row[place] for row in rows]
            for number, cell in enumerate(cells):
                if type(cell) is not str:
                    cells[number] = _text(cell, first + 1 + number, name, faults, name in dates)
            values.append(pa.array(cells, pa.string()))
        yield numbers, pa.record_batch(values, wanted)


def _note(mark: str, row: int, column: str, faults: Faults) -> None:
    """A cell that holds a formula, or shows an error, as a fault."""
    if mark:
        faults.add(f"the cell shows the error {mark}", "a value", "mend the cell", row=row, column=column)
    else:
        faults.add(
            "the cell holds a formula", "a value", "copy the column and paste it as values", row=row, column=column
        )


def _text(value: Any, row: int, column: str, faults: Faults, is_date: bool) -> str:
    """A cell's value as text; a date where none is asked for is noted as a fault and left empty."""
    if is_date and isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, date | datetime | time | timedelta):
        faults.add(
            f"the cell is a date or a time ({value})",
            "a number or text",
            "format the column as text or number and write the value again",
            row=row,
            column=column,
        )
        return ""
    return _plain(value)


def _plain(value: Any) -> str:
    """A text, a number or a truth value as text; whole numbers without a decimal point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
