"""Lists of delays: read whole or refused with row, column and cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from luukku.country.readers.schema import as_markdown
from luukku.errors import BadInput
from luukku.plan.phasing import DELAYS, REASONS, Delay, read_delays

UNITS = ("U1", "U2", "U3")
HEADER = ["unit", "reason", "not_before", "why", "decree_bound"]


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in (HEADER, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_reasons_years_and_decrees_are_read_in_any_language(tmp_path):
    path = workbook(
        tmp_path / "d.xlsx", ["U1", "taloudellisuus", 2026, None, "ei"], ["U2", "Annat skäl", None, "x", "ja"]
    )

    found = read_delays(path, UNITS)

    assert found.delays == {"U1": Delay("economy", 2026), "U2": Delay("other", None, "x")}
    assert found.decree_bound == {"U2"}


def test_a_decree_needs_no_reason_for_delay(tmp_path):
    found = read_delays(workbook(tmp_path / "d.xlsx", ["U3", None, None, None, "x"]), UNITS)

    assert (found.delays, found.decree_bound) == ({}, {"U3"})


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["U9", "economy", 2026, "", ""], "row 2, column unit: no unit of the premises is called 'U9'"),
        (["U1", "", "", "", "no"], "row 2, column reason: the row tells neither"),
        (["U1", "other", 2026, "", ""], "row 2, column why: another reason has to be told in words"),
        (["U1", "economy", 26, "", ""], "row 2, column not_before: 26 is no year"),
        (["U1", "economy", 2026.5, "", ""], "row 2, column not_before"),
        (["U1", "ekonomy", 2026, "", ""], "did you mean economy"),
        (["ESIMERKKI-1", "economy", 2026, "", ""], "the example of the template"),
        (["", "economy", 2026, "", ""], "row 2, column unit: the value is missing"),
    ],
)
def test_a_faulty_row_is_refused_by_its_cell(tmp_path, row, says):
    with pytest.raises(BadInput, match=says):
        read_delays(workbook(tmp_path / "d.xlsx", row), UNITS)


def test_a_unit_told_twice_is_refused_with_the_first_row(tmp_path):
    rows = (["U1", "economy", 2026, "", ""], ["U1", "nature", 2027, "", ""])

    with pytest.raises(BadInput, match="row 3, column unit: 'U1' is already in row 2"):
        read_delays(workbook(tmp_path / "d.xlsx", *rows), UNITS)


def test_every_reason_can_be_written():
    assert set(DELAYS.column("reason").choices) == set(REASONS["en"])


def test_the_documentation_has_the_columns_as_they_are():
    page = Path(__file__).resolve().parents[2] / "docs" / "phasing.md"
    assert as_markdown(DELAYS) in page.read_text(encoding="utf-8")
