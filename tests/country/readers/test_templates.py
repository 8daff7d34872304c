from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from luukku.country.readers import read_points_file, read_population_grid, write_template
from luukku.country.readers.grid import GRID
from luukku.country.readers.points import POINTS
from luukku.country.readers.schema import as_markdown
from luukku.country.readers.templates import HELP_SHEET, TEMPLATES
from luukku.errors import BadInput

DOCUMENTATION = Path(__file__).resolve().parents[3] / "docs" / "data-formats.md"


def read(path: Path, country):
    if path.stem == "population":
        return read_population_grid(path)
    return read_points_file(path, country).sites


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_refused_with_its_example_and_read_when_it_is_filled_in(name, ending, tmp_path, country):
    path = tmp_path / f"{name}.{ending}"
    schema = write_template(path)
    with pytest.raises(BadInput, match="the example of the template is still there"):
        read(path, country)
    key = next(column for column in schema.columns if column.kind == "id")
    own = {key.name: "1kmN6888E0664" if name == "population" else "own-1", "xkoord": "664000", "ykoord": "6888000"}
    if ending == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, example = csv.reader(file, delimiter=";")
        filled = [own.get(column, value) for column, value in zip(header, example, strict=True)]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, filled])
    else:
        book = load_workbook(path)
        sheet = book.worksheets[0]
        for cell, heading in zip(sheet[2], sheet[1], strict=True):
            cell.value = own.get(str(heading.value), cell.value)
        book.save(path)
    if name == "population":
        cells = read(path, country)
        assert cells.code.tolist() == ["1kmN6888E0664"]
        assert cells.extra["age_65_"].tolist() == [30.0]
        assert cells.year == 2022
    else:
        points = read_points_file(path, country)
        assert points.sites.code.tolist() == ["own-1"]
        assert points.sites.municipality.tolist() == ["260"]
        assert points.status.tolist() == [
            {"points": "existing", "candidates": "candidate", "neighbours": "neighbour"}[name]
        ]
        assert points.type.tolist() == ["town_hall"]


def test_a_workbook_explains_its_columns_in_three_languages(tmp_path):
    write_template(tmp_path / "points.xlsx")
    book = load_workbook(tmp_path / "points.xlsx")
    rows = list(book[HELP_SHEET].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [column.name for column in POINTS.columns]
    assert rows[2][2:5] == ("Pisteen nimi", "Punktens namn", "Name of the point")


def test_a_name_that_no_template_has_is_answered_with_those_that_there_are(tmp_path):
    with pytest.raises(BadInput, match=r"candidates\.xlsx or candidates\.csv"):
        write_template(tmp_path / "homes.xlsx")
    with pytest.raises(BadInput, match=r"points\.xlsx or points\.csv"):
        write_template(tmp_path / "points.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    (tmp_path / "points.csv").write_text("mine")
    with pytest.raises(BadInput, match="there already"):
        write_template(tmp_path / "points.csv")
    assert (tmp_path / "points.csv").read_text() == "mine"


@pytest.mark.parametrize("schema", [POINTS, GRID], ids=lambda schema: schema.name)
def test_the_documentation_holds_every_schema_as_the_code_has_it(schema):
    assert as_markdown(schema) in DOCUMENTATION.read_text(encoding="utf-8")
