"""Workbooks: the same values as a slow and careful reader has, and every cell that holds no plain value told."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from luukku.country.readers import workbook_table as module
from luukku.country.readers.contents import expect_contents
from luukku.country.readers.faults import Faults
from luukku.country.readers.schema import Column, Schema, Words
from luukku.country.readers.workbook_table import workbook_table
from luukku.errors import BadInput

SAID = Words("", "", "")
SCHEMA = Schema("rows", SAID, (Column("a", SAID), Column("b", SAID), Column("day", SAID, "date")), formats=(".xlsx",))


def saved(path: Path, *rows: list[object], name: str = "rows") -> Path:
    book = Workbook()
    book.worksheets[0].title = name
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def altered(path: Path, part: str, change) -> Path:
    """The same workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


def read(path: Path, wanted: tuple[str, ...] = ("a", "b", "day")) -> tuple[list[int], list[dict[str, str]]]:
    faults = Faults(path)
    rows: list[int] = []
    values: list[dict[str, str]] = []
    with workbook_table(path, SCHEMA) as table:
        for numbers, batch in table.read(list(wanted), faults):
            rows += numbers.tolist()
            values += batch.to_pylist()
    faults.refuse_if_any()
    return rows, values


def faults_of(path: Path) -> dict[tuple[int | None, str | None], str]:
    with pytest.raises(BadInput) as refused:
        read(path)
    return {(fault.row, fault.column): fault.what for fault in refused.value.faults}


# Spaces alone are left out: one of the two readers takes such a cell as empty, and so do the tables made of it.
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=8).filter(
        lambda text: not text.startswith("=") and "_x" not in text and not text.isspace()
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=12))
def test_values_are_those_that_openpyxl_reads(tmp_path, rows):
    path = saved(tmp_path / "any.xlsx", ["a", "b", "day"], *([first, second, None] for first, second in rows))

    numbers, values = read(path)

    sheet = load_workbook(path).worksheets[0]
    expected = [tuple("" if cell is None else str(cell) for cell in row) for row in sheet.values][1:]
    there = {number: (row["a"], row["b"]) for number, row in zip(numbers, values, strict=True)}
    for number, row in enumerate(expected, start=2):
        one = tuple(_whole(text) for text in row[:2])
        assert tuple(_whole(text) for text in there.get(number, ("", ""))) == one


def _whole(text: str) -> str:
    """A number as both readers write it."""
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if value.is_integer() else str(value)


def test_rows_are_numbered_as_the_program_shows_them_over_blank_rows_and_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 2)
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], [1, 2], [], ["x", None, dt.date(2026, 12, 31)], [], [7, 8])

    numbers, values = read(path)

    there = dict(zip(numbers, values, strict=True))
    assert (there[2]["a"], there[4]["a"], there[4]["day"], there[6]["b"]) == ("1", "x", "2026-12-31", "8")
    assert numbers == sorted(numbers)


def test_a_formula_is_told_by_its_cell_whether_its_value_is_kept_or_not(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], [1, "=1+1"], ["=A2", 3])
    altered(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))

    assert {place: what for place, what in faults_of(path).items() if "formula" in what}.keys() == {(2, "b"), (3, "a")}


def test_a_shared_formula_in_the_last_row_without_a_value_is_told(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], [1, 2], ["=A2", None])
    altered(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>A2</f>", b'<f t="shared" si="0"/>'))

    assert set(faults_of(path)) == {(3, "a")}


def test_formulas_in_columns_that_are_not_read_do_no_harm(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "own", "b", "day"], [1, "=1+1", 2])

    assert read(path)[1] == [{"a": "1", "b": "2", "day": ""}]


def test_formulas_on_another_sheet_do_no_harm(tmp_path):
    book = Workbook()
    for row in (["a", "b", "day"], [1, 2, None]):
        book.worksheets[0].append(row)
    book.create_sheet("sums").append(["=SUM(rows!A:A)", "#REF!"])
    book.save(tmp_path / "p.xlsx")

    assert read(tmp_path / "p.xlsx")[1] == [{"a": "1", "b": "2", "day": ""}]


def test_a_formula_whose_cell_has_no_place_is_told_for_the_sheet(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], ["=1+1", 2])
    altered(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="A2">', b"<c>"))

    assert "formulas" in faults_of(path)[None, None]


def test_errors_and_dates_out_of_place_are_told_by_cell(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], ["#N/A", dt.date(2026, 1, 1)], [1, dt.time(12, 30)])

    told = faults_of(path)

    assert set(told) == {(2, "a"), (2, "b"), (3, "b")}
    assert "#N/A" in told[2, "a"]


def test_merged_cells_count_once_at_their_first_cell(tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["a", "b", "day"], ["x", 1, None], [None, 2, None]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "p.xlsx")

    assert [row["a"] for row in read(tmp_path / "p.xlsx")[1]] == ["x", ""]


def test_a_chart_before_the_rows_is_passed_over(tmp_path):
    book = Workbook()
    for row in (["a", "b", "day"], [1, "=1", None]):
        book.worksheets[0].append(row)
    book.create_chartsheet(index=0)
    book.save(tmp_path / "p.xlsx")

    assert set(faults_of(tmp_path / "p.xlsx")) == {(2, "b")}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_a_part_cut_off_is_refused_with_a_cure(tmp_path, part, share):
    rows = [[number, "x", None] for number in range(50)]
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], *rows)
    altered(path, part, lambda xml: xml[: int(len(xml) * share)])

    with pytest.raises(BadInput, match="save it again in Excel"):
        read(path)


def test_a_sheet_cut_off_between_two_rows_is_refused_and_not_half_read(tmp_path):
    path = saved(tmp_path / "p.xlsx", ["a", "b", "day"], [1, 2], [3, 4])
    altered(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: xml.index(b'<row r="3"')])

    with pytest.raises(BadInput, match="the workbook cannot be read"):
        read(path)


def test_headings_below_row_1_are_told(tmp_path):
    path = saved(tmp_path / "p.xlsx", [None], ["a", "b", "day"], [1, 2], name="blad")

    with pytest.raises(BadInput, match="row 1 of the first sheet, 'blad', is empty"):
        read(path)


def test_a_workbook_locked_with_a_password_is_told_to_be_locked(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * (2**20 - 20) + "EncryptedPackage".encode("utf-16-le") + b"x" * 99)

    with pytest.raises(BadInput, match=r"locked with a password.*take the password away"):
        expect_contents(path, (".csv", ".xlsx"))


def test_an_old_workbook_is_told_to_be_old(tmp_path):
    path = tmp_path / "p.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 999)

    with pytest.raises(BadInput, match="an old Excel workbook"):
        expect_contents(path, (".csv", ".xlsx"))
