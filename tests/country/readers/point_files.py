"""Files of points to test with, and what is said of faulty ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from luukku.country.readers import read_points
from luukku.errors import BadInput, Fault

HEADER = "id,name,type,municipality,x,y,status\n"
HELSINKI = "h1,Kallion virastotalo,town_hall,Helsinki,386000,6674000,existing\n"
KITEE = "k1,Kiteen kirjasto,kirjasto,Kitee,664500,6888500,ehdokas\n"


def faults_of(path: Path, country) -> list[Fault]:
    with pytest.raises(BadInput) as caught:
        read_points(path, country)
    assert caught.value.file == str(path)
    return caught.value.faults


def only_fault(path: Path, country) -> Fault:
    faults = faults_of(path, country)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path
