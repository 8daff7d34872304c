"""Lists of premises: read whole or refused with row, column and cure."""

from __future__ import annotations

import csv
import re
import time
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from luukku.country.readers.schema import as_markdown
from luukku.errors import BadInput, Contradiction
from luukku.premises.reading import PREMISES, read_premises, write_premises_template
from luukku.premises.sharing import COSTS, USERS
from luukku.premises.units import earliest_end
from luukku.premises.utilisation import COUNTS

HEADER = [column.name for column in PREMISES.columns]


def test_a_list_is_read_with_its_cents_dates_and_authorities(joensuu):
    assert len(joensuu) == 7
    assert joensuu.rent.tolist() == [21_600_000, 4_800_000, 6_000_050, -1, 9_000_000, 3_600_000, 1_440_000]
    assert joensuu.authority.tolist()[2] == "DVV"
    assert joensuu.lease_end[1] == np.datetime64("2026-12-31")
    assert np.isnat(joensuu.lease_end[0])
    assert joensuu.municipality.tolist()[0] == "167"
    assert joensuu.source.indicative


def test_finnish_headings_values_and_decimal_commas_are_understood(tmp_path: Path, country):
    file = tmp_path / "hth.csv"
    file.write_text(
        "Tunnus;Osoite;Kunta;Virasto;Käyttöluokka;Pinta-ala;Mittaustapa;htv;Vuosivuokra;Sopimus päättyy\n"
        "A1;Torikatu 36;Joensuu;Verohallinto;Toimistotilat;1000,5;huoneala;60;216000,50;31.12.2026\n",
        encoding="utf-8-sig",
    )
    read = read_premises(file, country)
    assert (read.use[0], read.measure[0], read.m2[0], read.rent[0]) == ("office", "huoneala", 1000.5, 21_600_050)
    assert read.authority[0] == "VERO"
    assert read.lease_end[0] == np.datetime64("2026-12-31")


def test_a_workbook_with_real_dates_reads_as_the_csv_does(write, joensuu, tmp_path: Path, country):
    rows = list(csv.reader(write().read_text("utf-8").splitlines()))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows):
        sheet.append(
            [
                date.fromisoformat(cell)
                if number and HEADER[i].startswith("lease_") and cell
                else float(cell)
                if number and HEADER[i] in {"m2", "rent", "person_years", "workplaces", "notice_months"} and cell
                else cell or None
                for i, cell in enumerate(row)
            ]
        )
    book.save(tmp_path / "premises.xlsx")
    read = read_premises(tmp_path / "premises.xlsx", country)
    for name in ("unit", "authority", "use", "m2", "rent", "lease_start", "lease_end", "measure"):
        np.testing.assert_array_equal(getattr(read, name), getattr(joensuu, name))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((0, "m2", "0"), "row 2, column m2: the area is 0"),
        ((0, "m2", "-5"), "row 2, column m2: -5 is negative"),
        ((0, "m2", "1 000 m2"), "row 2, column m2: '1 000 m2' is not a number"),
        ((0, "m2", ""), "row 2, column m2: the value is missing"),
        ((0, "m2", "1000000"), "cannot be one unit"),
        ((1, "unit", "U1"), "row 3, column unit: 'U1' is already in row 2"),
        ((2, "use", "toimisoto"), "row 4, column use: 'toimisoto' is not known"),
        ((2, "measure", ""), "row 4, column measure: the value is missing"),
        ((3, "municipality", "Joensu"), "row 5, column municipality"),
        ((1, "lease_end", "31.2.2026"), r"row 3, column lease_end: '31\.2\.2026' is no date"),
        ((1, "lease_end", "2014-12-31"), "row 3, column lease_end: the lease ends before it starts"),
        ((0, "notice_months", "365"), "write the notice in months"),
        ((0, "rent", "inf"), "row 2, column rent"),
        ((0, "authority", ""), "row 2, column authority: the value is missing"),
        ((0, "unit", "ESIMERKKI-1"), "the example of the template"),
    ],
)
def test_a_faulty_cell_is_refused_by_row_and_column_with_a_cure(write, country, change, says):
    with pytest.raises(BadInput, match=says):
        read_premises(write(change), country)


def test_all_faults_are_told_at_once(write, country):
    with pytest.raises(BadInput) as refused:
        read_premises(write((0, "m2", "0"), (1, "use", "x"), (2, "lease_end", "soon")), country)
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("content", [b"", b"unit,address\n", "tunnus;osoite\nä;ö\n".encode("latin-1"), b"%PDF-1.4"])
def test_what_is_no_list_of_premises_is_refused(tmp_path: Path, country, content):
    file = tmp_path / "premises.csv"
    file.write_bytes(content)
    with pytest.raises(BadInput, match="nothing of it was kept"):
        read_premises(file, country)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_has_the_columns_and_its_example_is_refused_as_data(tmp_path: Path, country, ending):
    file = tmp_path / f"premises.{ending}"
    write_premises_template(file)
    with pytest.raises(BadInput, match="the example of the template") as refused:
        read_premises(file, country)
    assert len(refused.value.faults) == 1
    with pytest.raises(BadInput, match="there already"):
        write_premises_template(file)


@pytest.fixture(scope="module")
def many() -> list[list[str]]:
    """Fifty thousand units."""
    told = {
        "address": "Katu 1",
        "municipality": "Joensuu",
        "authority": "VERO",
        "use": "office",
        "m2": "850.5",
        "measure": "htm2",
        "person_years": "42",
        "lease_end": "2026-12-31",
        "notice_months": "12",
        "rent": "99.5",
        "rent_model": "total",
    }
    return [[f"U{i}", *(told.get(name, "") for name in HEADER[1:])] for i in range(50_000)]


def test_fifty_thousand_rows_of_csv_load_in_ten_seconds(tmp_path: Path, country, many):
    file = tmp_path / "premises.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *many])

    begun = time.process_time()

    assert len(read_premises(file, country)) == 50_000
    assert time.process_time() - begun < 10


def test_fifty_thousand_rows_of_a_workbook_load_in_ten_seconds(tmp_path: Path, country, many):
    file = tmp_path / "premises.xlsx"
    write_premises_template(file)
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(place, number, text) for place, text in enumerate(row))}</row>'
        for number, row in enumerate([HEADER, *many], start=1)
    )
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    filled = b"<sheetData>" + rows.encode() + b"</sheetData>"
    parts[sheet] = re.sub(rb"<sheetData>.*</sheetData>", filled, parts[sheet])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    begun = time.process_time()
    read = read_premises(file, country)

    assert time.process_time() - begun < 10
    assert (len(read), read.m2[-1], read.rent[0], str(read.lease_end[9])) == (50_000, 850.5, 9950, "2026-12-31")


def _cell(place: int, row: int, text: str) -> str:
    where = f'r="{chr(ord("A") + place)}{row}"'
    if text.replace(".", "", 1).isdigit():
        return f"<c {where}><v>{text}</v></c>"
    return f'<c {where} t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def test_every_column_is_explained_in_three_languages():
    for column in PREMISES.columns:
        assert column.meaning.fi
        assert column.meaning.sv
        assert column.meaning.en


@pytest.mark.parametrize(
    ("unit", "decided", "ends"),
    [
        ("U2", date(2024, 3, 1), date(2026, 12, 31)),
        ("U2", date(2027, 3, 1), date(2027, 3, 1)),
        ("U1", date(2024, 3, 15), date(2025, 3, 31)),
        ("U7", date(2024, 12, 31), date(2025, 6, 30)),
        ("U5", date(2024, 3, 15), None),
    ],
)
def test_a_lease_ends_on_its_day_or_after_the_notice_from_the_end_of_the_month(joensuu, unit, decided, ends):
    assert earliest_end(joensuu, joensuu.number(unit), decided=decided) == ends


def test_an_unknown_unit_is_refused(joensuu):
    with pytest.raises(Contradiction, match="U99"):
        joensuu.number("U99")


@pytest.mark.parametrize("schema", [PREMISES, COUNTS, USERS, COSTS], ids=lambda s: s.name)
def test_the_documentation_has_the_columns_as_they_are(schema):
    page = Path(__file__).resolve().parents[2] / "docs" / "premises.md"
    assert as_markdown(schema) in page.read_text(encoding="utf-8")
