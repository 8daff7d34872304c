"""A table as a page shows it and as a file holds it: the same columns, rows and values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format

from luukku.web.studio.files import Cell as FileCell

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    text: as it is read; value: as it is sorted, drawn and written to files. href: where it leads. tone: of a status.
    drawn: whether a chart of the table shows it. day: whether it is a date.
    """

    text: str
    value: FileCell
    href: str = ""
    number: bool = False
    tone: str = ""
    drawn: bool = True
    day: bool = False

    @property
    def data(self) -> str:
        """The value for scripts: a plain number with a decimal point, a day as 2026-12-31, or ""."""
        return f"{self.value}" if (self.number or self.day) and self.value is not None else ""


@dataclass(frozen=True, slots=True)
class Column:
    """label: the header; number: whether its cells are numbers, at the right."""

    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """head: the first cell, which names the row. kind, start, end: of a bar of a Gantt chart."""

    head: Cell
    cells: tuple[Cell, ...]
    total: bool = False
    kind: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """title: the caption. chart: "years", "bars", "gantt" or "" without one; unit: of the chart's axis. note: below."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    chart: str = ""
    unit: str = ""
    note: str = ""

    @property
    def body(self) -> list[Row]:
        """The rows but the sums."""
        return [row for row in self.rows if not row.total]

    @property
    def foot(self) -> list[Row]:
        """The sums."""
        return [row for row in self.rows if row.total]

    def values(self) -> list[list[FileCell]]:
        """What a file holds of the rows."""
        return [[row.head.value, *(cell.value for cell in row.cells)] for row in self.rows]


def columns(first: str, *numbers: str) -> tuple[Column, ...]:
    """A column of names and columns of numbers."""
    return (Column(first), *(Column(label, number=True) for label in numbers))


def word(text: str, href: str = "") -> Cell:
    """A cell of text."""
    return Cell(text, text, href)


def number(value: float | None, digits: int = 0) -> Cell:
    """A cell with a number; an unknown one is empty."""
    if value is None:
        return Cell("", None, number=True)
    rounded = round(float(value), digits) + 0.0
    return Cell(figure(rounded, digits), rounded if digits else int(rounded), number=True)


def year(value: int) -> Cell:
    """A cell that names a row by its year, which has no spaces inside."""
    return Cell(str(value), value)


def euros(cents: float, *, drawn: bool = True) -> Cell:
    """Cents as whole euros; files hold them to the cent."""
    return Cell(figure(cents / 100, 0), round(cents / 100, 2), number=True, drawn=drawn)


def to_the_cent(cents: float) -> Cell:
    """Cents as euros with two decimals."""
    return Cell(figure(cents / 100, 2), round(cents / 100, 2), number=True)


def percent(share: float, digits: int = 0) -> Cell:
    """A share from 0 to 1 in percent."""
    return Cell(f"{figure(100 * share, digits)} %", round(100 * share, digits + 1), number=True)


def day(value: date | None, otherwise: str = "") -> Cell:
    """A cell with a day; files have it as 2026-12-31."""
    if value is None:
        return word(otherwise)
    return Cell(date_format(value, "SHORT_DATE_FORMAT"), value.isoformat(), day=True)


def figure(value: float, digits: int = 0) -> str:
    """A number as it is written in the reader's language."""
    # Django cuts decimals off instead of rounding.
    return number_format(round(value, digits) + 0.0, digits, force_grouping=True).replace("-", MINUS)


def rows(found: Iterable[tuple[Cell, ...]]) -> tuple[Row, ...]:
    """Rows from their cells, of which the first names the row."""
    return tuple(Row(cells[0], cells[1:]) for cells in found)
