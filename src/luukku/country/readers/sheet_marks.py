"""Cells of a worksheet that hold no plain value: formulas and errors, which a fast reader of values does not tell.

Only these marks are sought in the sheet's XML, piece by piece; the values are read elsewhere.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from posixpath import join, normpath

PIECE = 4 * 2**20
"""Bytes of a sheet looked at in one go."""
OVERLAP = 2**16
"""Bytes looked at twice, so that no cell is cut in two unseen; a cell's tag and its error are far shorter."""

FORMULA = re.compile(rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f[\s>/]""")
ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>\s*<(?:\w+:)?v>([^<]*)<""")
PLACE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
END = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*$")
SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\br:id=["']([^"']+)["']""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")

Marks = dict[tuple[int, int], str]
"""{(row from 1, column from 0): the error that the cell shows, "" for a formula}; (0, 0) where no place is told."""


def marks(path: Path, number: int) -> Marks:
    """The formulas and errors of a workbook's sheet, by its number from 0.

    Raises KeyError, IndexError, ValueError or zipfile.BadZipFile when the workbook's parts do not hang together.
    """
    found: Marks = {}
    with zipfile.ZipFile(path) as archive, archive.open(_part(archive, number)) as sheet:
        before = b""
        while piece := sheet.read(PIECE):
            text = before + piece
            if b't="e"' in text or b"t='e'" in text:
                found |= {_place(cell[1]): cell[2].decode("utf-8", "replace") for cell in ERROR.finditer(text)}
            if b"<f" in text or b":f" in text:
                found |= {_place(cell[1]): "" for cell in FORMULA.finditer(text)}
            before = text[-OVERLAP:]
    if not END.search(before):
        raise ValueError("its first sheet is cut off")
    return found


def _part(archive: zipfile.ZipFile, number: int) -> str:
    """The name of a sheet's part inside the workbook."""
    identity = SHEET.findall(archive.read("xl/workbook.xml"))[number]
    for relation in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        if _attribute(relation, b"Id") == identity:
            return normpath(join("/xl", _attribute(relation, b"Target").decode())).lstrip("/")
    raise KeyError(identity)


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\b" + name + rb"""=["']([^"']*)["']""", tag)
    return found[1] if found else b""


def _place(attributes: bytes) -> tuple[int, int]:
    found = PLACE.search(attributes)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]), column - 1
