"""Files to fill in, written from the same schemas that check them when they come back."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from luukku.country.readers.faults import refuse
from luukku.country.readers.grid import GRID
from luukku.country.readers.points import POINTS
from luukku.country.readers.schema import Schema, Words


def _points_that_are(name: str, title: Words, status: str) -> Schema:
    columns = tuple(replace(c, example=status) if c.name == "status" else c for c in POINTS.columns)
    return replace(POINTS, name=name, title=title, columns=columns)


TEMPLATES = {
    schema.name: schema
    for schema in (
        _points_that_are("points", POINTS.title, "existing"),
        _points_that_are("candidates", Words("Ehdokaspaikat", "Kandidatplatser", "Candidates"), "candidate"),
        _points_that_are(
            "neighbours",
            Words("Naapurimaakunnan pisteet", "Grannlandskapets punkter", "Neighbouring points"),
            "neighbour",
        ),
        GRID,
    )
}
"""Templates by the name that their file has."""

HELP_SHEET = "ohje-hjälp-help"
HELP_HEADINGS = ("column", "needed", "suomeksi", "på svenska", "in English", "values", "example")


def write_template(path: Path | str) -> Schema:
    """Write an empty file to fill in. Its name decides: points.xlsx, candidates.csv, neighbours.xlsx, population.csv.

    Row 1 holds the headings and row 2 an example, which must be taken away: reading refuses it. A workbook explains its
    columns on a second sheet in Finnish, Swedish and English. CSV is written as Excel in Finland opens it: UTF-8 with a
    mark, semicolons.
    Returns the schema. Raises BadInput when no template is called so, or the file is there already.
    """
    path = Path(path)
    schema = TEMPLATES.get(path.stem.casefold())
    if schema is None:
        names = ", ".join(f"{name}.xlsx or {name}.csv" for name in TEMPLATES)
        raise refuse(path, "there is no template of this name", names, "choose one of these names")
    write_schema(path, schema)
    return schema


def write_schema(path: Path, schema: Schema) -> None:
    """Write an empty file to fill in for any schema, as `write_template` does for those that it knows.

    Raises BadInput when the name does not end in .xlsx or .csv, or the file is there already.
    """
    names = f"{schema.name}.xlsx or {schema.name}.csv"
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise refuse(path, "there is no template of this name", names, "choose one of these names")
    if path.exists():
        raise refuse(path, "the file is there already", "a new file", "move the old one away, or choose another folder")
    header = [column.name for column in schema.columns]
    example = [column.example for column in schema.columns]
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(
                (header, [cell.replace(".", ",") if _is_number(cell) else cell for cell in example])
            )
    else:
        _write_workbook(path, schema, header, example)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and not text.startswith("0")


def _write_workbook(path: Path, schema: Schema, header: list[str], example: list[str]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = schema.name
    sheet.append(header)
    sheet.append([float(cell) if _is_number(cell) else cell for cell in example])
    sheet.freeze_panes = "A2"
    help_sheet = workbook.create_sheet(HELP_SHEET)
    help_sheet.append(HELP_HEADINGS)
    for column in schema.columns:
        meaning = column.meaning
        needed = "x" if column.required else ""
        help_sheet.append([column.name, needed, meaning.fi, meaning.sv, meaning.en, column.values, column.example])
    for page, width in ((sheet, 16), (help_sheet, 28)):
        for number, cell in enumerate(page[1], start=1):
            cell.font = Font(bold=True)
            page.column_dimensions[get_column_letter(number)].width = width
    workbook.save(path)
