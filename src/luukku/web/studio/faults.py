"""What is wrong in a file, in the reader's language: the library's sentences are known by their form.

A sentence that has none of the forms stays in English and is marked so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from luukku.errors import Fault

if TYPE_CHECKING:
    from luukku.country.readers.schema import Words

FORMS = (
    # about a whole file
    gettext_noop("in every row {what}"),
    # what is wrong
    gettext_noop("{count} more rows have this fault"),
    gettext_noop("the columns {columns} all say the {column}"),
    gettext_noop("the columns {columns} are missing"),
    gettext_noop("the heading {value} is there more than once"),
    gettext_noop("{value} is there twice"),
    gettext_noop("the number is infinite"),
    gettext_noop("the row has no shape"),
    gettext_noop("the shape is a {shape}"),
    gettext_noop("the text is in UTF-16"),
    gettext_noop("the text is not UTF-8; it seems to be ISO-8859-1 (Windows-1252), in which it says {value}"),
    gettext_noop("the file is not in UTF-8"),
    gettext_noop("the file ends in the middle of a letter"),
    gettext_noop("the file holds zero bytes, so it is not text"),
    gettext_noop("the rows cannot be told apart ({error})"),
    gettext_noop("the header row cannot be read ({error})"),
    gettext_noop("the rows cannot be read ({error})"),
    gettext_noop("the workbook cannot be read ({error})"),
    gettext_noop("the file cannot be read ({error})"),
    gettext_noop("it is not a whole ZIP file ({error})"),
    gettext_noop("the file has no layers"),
    gettext_noop("the layers {layers} fit equally well"),
    gettext_noop("the workbook has no sheet with cells"),
    gettext_noop("row 1 of the first sheet, {sheet}, is empty"),
    gettext_noop("the sheet holds formulas or errors in cells whose place it does not tell"),
    gettext_noop("the cell shows the error {value}"),
    gettext_noop("the cell is a date or a time ({value})"),
    gettext_noop("the name ends in {ending}, but the file is {kind}"),
    gettext_noop("the file is {kind}"),
    gettext_noop("the ZIP holds {value}, which leads outside the folder it is unpacked to"),
    gettext_noop("the ZIP holds a link, {value}"),
    gettext_noop("{value} is locked with a password"),
    gettext_noop("the ZIP holds {count} files"),
    gettext_noop("the ZIP holds {value}"),
    gettext_noop("{value} cannot be unpacked ({error})"),
    gettext_noop("it unpacks from {packed} MB to {unpacked} MB, as a ZIP bomb does"),
    gettext_noop("the file does not tell its coordinate system"),
    gettext_noop("x, y and lon, lat are two places more than {count} m apart"),
    gettext_noop("{value} has the form of a municipality's centre or a postal area, but {country} has none such"),
    gettext_noop("{value} means a place elsewhere, at x {x}, y {y}"),
    gettext_noop("{count} m2 cannot be one unit"),
    gettext_noop("the notice is over {count} months"),
    gettext_noop("the id {value} is {count} characters long"),
    gettext_noop("{count} places of the group {group} are fixed or existing, but at most one of a group may be chosen"),
    gettext_noop("{value} is outside {low}-{high}"),
    gettext_noop("the status is {value}"),
    gettext_noop("{value} is not a number of at least 0"),
    gettext_noop("the coordinates seem to be degrees of WGS84, latitude first, not metres"),
    gettext_noop("the coordinates seem to be degrees of WGS84, not metres"),
    gettext_noop("the coordinates seem to be metres of ETRS-TM35FIN, not degrees"),
    gettext_noop(
        "the coordinates seem to be of the old KKJ system (the first digit of the easting is the zone: "
        "EPSG:2391-2394, or YKJ EPSG:2393)"
    ),
    gettext_noop(
        "the coordinates seem to be of ETRS-GK (the first two digits of the easting are the zone: EPSG:3873-3885)"
    ),
    gettext_noop("the coordinates seem to be of Web Mercator (EPSG:3857)"),
    gettext_noop("the coordinates seem to be kilometres"),
    gettext_noop("the coordinates are zero"),
    gettext_noop("the place is outside Finland"),
    gettext_noop("{value} is already in row {row}"),
    gettext_noop("the file has no rows"),
    gettext_noop("the file is empty"),
    gettext_noop("no heading is known; there are {columns}"),
    gettext_noop("the column is missing; the file has {columns}"),
    gettext_noop("the file does not say where the places are; it has {columns}"),
    gettext_noop("the value is missing"),
    gettext_noop("the place is missing"),
    gettext_noop("half of the coordinates is missing"),
    gettext_noop("x and y seem to be swapped"),
    gettext_noop("lon and lat seem to be swapped"),
    gettext_noop("the example of the template is still there"),
    gettext_noop("{value} is not a number"),
    gettext_noop("{value} is negative"),
    gettext_noop("{value} is no date"),
    gettext_noop("{value} is not known; did you mean {guess}?"),
    gettext_noop("{value} is not known"),
    gettext_noop("no municipality of {year} is called {value}; did you mean {guess}?"),
    gettext_noop("no municipality of {year} is called {value}; there is none like it"),
    gettext_noop("the place is more than {km} km from the centre of {town}"),
    gettext_noop("the cell holds a formula"),
    gettext_noop("the row has {count} values"),
    gettext_noop("it has {count} rows"),
    gettext_noop("the file's name ends in {ending}"),
    gettext_noop("the area is 0"),
    gettext_noop("the lease ends before it starts"),
    gettext_noop("nobody knows the parameter {value}"),
    # what is expected
    gettext_noop("each {column} once"),
    gettext_noop("text that no other row has"),
    gettext_noop("a number ({unit})"),
    gettext_noop("a number, zero or more ({unit})"),
    gettext_noop("a number, zero or more"),
    gettext_noop("a number"),
    gettext_noop("a date such as 2026-12-31 or 31.12.2026"),
    gettext_noop("a municipality's code (091) or its name in Finnish or Swedish"),
    gettext_noop("one of {values}"),
    gettext_noop("a municipality's code such as 091, or its name in Finnish or Swedish"),
    gettext_noop("rows of your own"),
    gettext_noop("at least one row under the header"),
    gettext_noop("a header row and at least one row"),
    gettext_noop("at most {most}"),
    gettext_noop("text"),
    gettext_noop("one column for it"),
    gettext_noop("headings in row 1, such as {columns}"),
    gettext_noop("a column named {column}: {meaning}"),
    gettext_noop("columns {groups}"),
    gettext_noop("UTF-8"),
    gettext_noop("a whole UTF-8 file"),
    gettext_noop("{count}, as many as the header"),
    gettext_noop("a CSV file"),
    gettext_noop("CSV in UTF-8"),
    gettext_noop("names of columns in row 1"),
    gettext_noop("one layer with rows"),
    gettext_noop("one layer that has the columns of this kind of file"),
    gettext_noop("at least one row"),
    gettext_noop("a GeoPackage or GeoJSON"),
    gettext_noop("a whole file"),
    gettext_noop("a ZIP file"),
    gettext_noop("a whole ZIP"),
    gettext_noop("paths inside the ZIP only"),
    gettext_noop("plain files"),
    gettext_noop("an open ZIP"),
    gettext_noop("exactly one file that ends in {endings}"),
    gettext_noop("at most {count} GB and {ratio} times the packed size"),
    gettext_noop("a sheet with rows"),
    gettext_noop("headings in row 1 of the first sheet"),
    gettext_noop("values"),
    gettext_noop("a value"),
    gettext_noop("a number or text"),
    gettext_noop("an Excel workbook (.xlsx)"),
    gettext_noop("a file of one of these kinds: {formats}"),
    gettext_noop("a name that ends in {ending}"),
    gettext_noop("a coordinate system, best ETRS-TM35FIN (EPSG:3067)"),
    gettext_noop("degrees of WGS84 (EPSG:4326): lon 18.5-32.5, lat 59.0-70.6"),
    gettext_noop(
        "metres of ETRS-TM35FIN (EPSG:3067): x is the easting, 50,000-770,000, y the northing, 6,570,000-7,800,000"
    ),
    gettext_noop("a point"),
    gettext_noop("one place"),
    gettext_noop("one of them"),
    gettext_noop("a place in the municipality"),
    gettext_noop("ids M091 and A00100 for the places that they mean; other ids for your own"),
    gettext_noop("m2 above zero"),
    gettext_noop("months"),
    gettext_noop("a later day"),
    gettext_noop("at least name and value"),
    gettext_noop("a name of the template"),
    gettext_noop("a number such as 12.5"),
    gettext_noop("low <= value <= high"),
    # what to do
    gettext_noop("fill it in"),
    gettext_noop("fill it in, or take the row away"),
    gettext_noop("fill in one pair"),
    gettext_noop("exchange the two columns"),
    gettext_noop("take one of the rows away, or name it otherwise"),
    gettext_noop("take the row of the example away"),
    gettext_noop("write one of these"),
    gettext_noop("write the code or the name"),
    gettext_noop("write digits only, with a point for decimals"),
    gettext_noop("write digits only, with a point or a comma for decimals"),
    gettext_noop("write how many there are"),
    gettext_noop("write the date, or leave it empty"),
    gettext_noop("check the municipality and the coordinates"),
    gettext_noop("copy the column and paste it as values"),
    gettext_noop("put the headings in row 1, and name them as the template does"),
    gettext_noop("save the file again with its rows"),
    gettext_noop("save the list in one of these formats"),
    gettext_noop("add the rows"),
    gettext_noop("take rows away"),
    gettext_noop("give it a shorter id"),
    gettext_noop("keep one of them and name it {column}"),
    gettext_noop("did you mean the column {value}? Rename it to {column}"),
    gettext_noop("add the column {column}"),
    gettext_noop("add one of these groups of columns"),
    gettext_noop("write a number, or leave it empty"),
    gettext_noop("draw it, or take the row away"),
    gettext_noop("make it {what} (in QGIS: Vector, Geometry tools)"),
    gettext_noop("rename or delete one"),
    gettext_noop("fetch it again"),
    gettext_noop("fetch or save the file again"),
    gettext_noop("mend the row; a value that holds a {sign} must stand in quotes"),
    gettext_noop("check the quotes in it"),
    gettext_noop("mend row 1"),
    gettext_noop("save it as CSV UTF-8"),
    gettext_noop("save it as CSV UTF-8 in your spreadsheet program"),
    gettext_noop("save the layer again"),
    gettext_noop("save the layer again with its rows"),
    gettext_noop("save the wanted layer alone in a file"),
    gettext_noop("save it again"),
    gettext_noop("save it again in Excel"),
    gettext_noop("save it as one of them"),
    gettext_noop("open it, take the password away, and save it again"),
    gettext_noop("rename the file so that it ends in {ending}, or save it as what its name says"),
    gettext_noop("add the rows to a sheet"),
    gettext_noop("move the sheet with the rows first, and its headings to row 1"),
    gettext_noop("copy the sheet and paste it as values"),
    gettext_noop("mend the cell"),
    gettext_noop("correct the cell"),
    gettext_noop("correct it"),
    gettext_noop("remove one row"),
    gettext_noop("use the template"),
    gettext_noop("format the column as text or number and write the value again"),
    gettext_noop("set the layer's coordinate system and save it again"),
    gettext_noop("mend one pair, or leave it empty"),
    gettext_noop("give the place an id of your own"),
    gettext_noop("write the area, or take the row away"),
    gettext_noop("check the decimal sign and the unit of measure"),
    gettext_noop("write the notice in months, not in days"),
    gettext_noop("check the two dates"),
    gettext_noop("change the status of the others"),
    gettext_noop("mend them in the same way"),
    gettext_noop("do not use this file; ask its sender what it is"),
    gettext_noop("pack the file itself, not a link to it"),
    gettext_noop("pack it again"),
    gettext_noop("pack it without a password"),
    gettext_noop("pack exactly one such file, or give the file unpacked"),
    gettext_noop("pack only the file to be read, or give the file unpacked"),
    gettext_noop("pack only the file to be read"),
    gettext_noop(
        "name the columns lon and lat (lon is about 19-32, lat about 59-71), or turn the coordinates into EPSG:3067"
    ),
    gettext_noop("name the columns lon and lat, or turn the coordinates into EPSG:3067"),
    gettext_noop("name the columns x and y, or turn them into WGS84"),
    gettext_noop(
        "turn the coordinates into EPSG:3067; taking the digit away is not enough, they would be off by kilometres"
    ),
    gettext_noop("turn the coordinates into EPSG:3067 or WGS84"),
    gettext_noop("turn the coordinates into EPSG:3067"),
    gettext_noop("give metres"),
    gettext_noop("give the place's coordinates or take the row away"),
    gettext_noop("check the coordinates and their system"),
    gettext_noop("save the file as UTF-8 (in Excel: Save as, CSV UTF-8)"),
    # kinds of files and signs
    gettext_noop("a GeoPackage"),
    gettext_noop("a Parquet file"),
    gettext_noop("an old Excel workbook (XLS)"),
    gettext_noop("an Excel workbook (XLSX)"),
    gettext_noop("a workbook locked with a password"),
    gettext_noop("a PDF"),
    gettext_noop("a ZIP"),
    gettext_noop("a compressed file (gzip)"),
    gettext_noop("a web page or XML"),
    gettext_noop("a JSON file"),
    gettext_noop("a text table (CSV)"),
    gettext_noop("comma"),
    gettext_noop("semicolon"),
    gettext_noop("tab"),
    # units
    gettext_noop("degrees"),
    gettext_noop("EUR a year"),
    # two sentences in one
    gettext_noop("{what}; or {other}"),
    gettext_noop("{what} ({place})"),
)
"""Sentences of the library's readers, with {names} where values stand; the more special before the more general."""
SENTENCES = frozenset({"what", "other", "kind", "sign"})
"""Names of values that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fault for a reader."""

    row: int | None
    column: str
    what: Text
    expected: Text
    cure: Text


def told(fault: Fault) -> Told:
    """A fault in the present language, as far as its sentences are known."""
    return Told(fault.row, fault.column or "", _said(fault.what), _said(fault.expected), _said(fault.cure))


def _said(sentence: str) -> Text:
    language = (get_language() or "fi")[:2]
    known = None if language == "en" else _known(sentence)
    return Text(sentence, "en") if known is None else Text(known, language)


def _known(sentence: str) -> str | None:
    """The sentence in the present language; None when it, or a sentence within it, has none of the forms."""
    for form, pattern in _patterns():
        if match := pattern.fullmatch(sentence):
            values = {name: _value(name, value) for name, value in match.groupdict().items()}
            if None not in values.values():
                return _(form).format(**values)
    return None


def _value(name: str, value: str) -> str | None:
    """A value in a sentence; those that are sentences or words themselves are told in the language too."""
    if name in SENTENCES:
        return _known(value)
    if name in {"guess", "groups"}:
        either, both = _("or"), _("and")
        return value.replace(" or ", f" {either} ").replace(" and ", f" {both} ")
    if name == "meaning":
        column = _meanings_of_columns().get(value)
        return None if column is None else str(getattr(column, (get_language() or "fi")[:2]))
    return _(value) if name == "unit" else value


@cache
def _meanings_of_columns() -> dict[str, Words]:
    from luukku.country.readers.points import POINTS
    from luukku.premises.reading import PREMISES

    return {column.meaning.en: column.meaning for schema in (POINTS, PREMISES) for column in schema.columns}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    slots = re.compile(r"\\{(\w+)\\}")
    return tuple((form, re.compile(slots.sub(r"(?P<\1>.+)", re.escape(form)), re.DOTALL)) for form in FORMS)
