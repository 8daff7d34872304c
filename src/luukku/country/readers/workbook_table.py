"""The first sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from luukku.country.readers.archive import check_zip
from luukku.country.readers.faults import Faults, refuse
from luukku.country.readers.schema import Schema, heading
from luukku.country.readers.table import Pieces, Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PIECE = 50_000
"""Rows handed on at a time."""


@contextmanager
def workbook_table(path: Path, schema: Schema) -> Iterator[Table]:
    """The first sheet of a workbook as a table with its header in row 1. Raises BadInput."""
    check_zip(path)
    workbook = _open(path)
    try:
        yield _table(path, schema, workbook)
    finally:
        workbook.close()


def _table(path: Path, schema: Schema, workbook: Workbook) -> Table:
    dated = {heading(n) for column in schema.columns if column.kind == "date" for n in (column.name, *column.aliases)}
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()
    header = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
    columns = tuple("" if value is None else str(value).strip() for value in header)
    if not any(columns):
        raise refuse(
            path,
            f"row 1 of the first sheet, {sheet.title!r}, is empty",
            "headings in row 1 of the first sheet",
            "move the sheet with the rows first, and its headings to row 1",
        )
    faults = Faults(path)
    for name in sorted({column for column in columns if column and columns.count(column) > 1}):
        faults.add(f"the heading {name!r} is there more than once", "each heading once", "rename or delete one", row=1)
    faults.refuse_if_any()

    def read(wanted: list[str], faults: Faults) -> Pieces:
        dates = {name for name in wanted if heading(name) in dated}
        yield from _pieces(sheet, columns, wanted, dates, faults)

    return Table(path, sheet.title, columns, read, decimal_comma=True)


def _open(path: Path) -> Workbook:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(path, read_only=True, data_only=False)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever the broken XML inside makes it stumble on
        raise refuse(
            path, f"the workbook cannot be read ({error})", "an Excel workbook (.xlsx)", "save it again in Excel"
        ) from None
    if not workbook.worksheets:
        raise refuse(path, "the workbook has no sheet with cells", "a sheet with rows", "add the rows to a sheet")
    return workbook


def _pieces(sheet: Worksheet, columns: tuple[str, ...], wanted: list[str], dates: set[str], faults: Faults) -> Pieces:
    import pyarrow as pa

    places = [columns.index(name) for name in wanted]
    rows: list[int] = []
    values: list[list[str]] = [[] for _ in wanted]
    for number, cells in enumerate(sheet.iter_rows(min_row=2), start=2):
        rows.append(number)
        for name, place, column in zip(wanted, places, values, strict=True):
            column.append(_text(cells[place], number, name, faults, name in dates) if place < len(cells) else "")
        if len(rows) == PIECE:
            yield np.array(rows), pa.record_batch([pa.array(v, pa.string()) for v in values], wanted)
            rows, values = [], [[] for _ in wanted]
    if rows:
        yield np.array(rows), pa.record_batch([pa.array(v, pa.string()) for v in values], wanted)


def _text(cell: Any, row: int, column: str, faults: Faults, is_date: bool) -> str:
    """A cell as text; what is no plain value is noted as a fault and left empty."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults.add(
            "the cell holds a formula", "a value", "copy the column and paste it as values", row=row, column=column
        )
    elif cell.data_type == "e":
        faults.add(f"the cell shows the error {value}", "a value", "mend the cell", row=row, column=column)
    elif is_date and isinstance(value, date):
        return value.isoformat()[:10]
    elif isinstance(value, date | datetime | time | timedelta):
        faults.add(
            f"the cell is a date or a time ({value})",
            "a number or text",
            "format the column as text or number and write the value again",
            row=row,
            column=column,
        )
    elif isinstance(value, float) and value.is_integer():
        return str(int(value))
    else:
        return str(value)
    return ""
