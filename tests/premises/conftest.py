"""A small list of premises, as a file and as read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from luukku.country import finland
from luukku.country.model import Country
from luukku.outlook import Parameters, default_parameters
from luukku.premises.reading import PREMISES, read_premises
from luukku.premises.units import Premises

HEADER = [column.name for column in PREMISES.columns]

JOENSUU = """
U1,Verotoimisto,Torikatu 36,Joensuu,VERO,Senaatti-kiinteistöt,office,state_building,1000,htm2,60,70,2015-01-01,,12,216000.00,
U2,Verotoimiston palvelu,Torikatu 36,Joensuu,VERO,Senaatti-kiinteistöt,public_service,state_building,200,htm2,5,,2015-01-01,2026-12-31,,48000,
U3,DVV,Torikatu 36,Joensuu,Digi- ja väestötietovirasto,Senaatti-kiinteistöt,office,state_building,300,htm2,12,14,2018-06-01,2027-05-31,,60000.5,
U4,Poliisitalo,Papinkatu 1,Joensuu,POLL,Senaatti-kiinteistöt,public_service,police_house,150,htm2,6,,,,,,
U5,Kela,Siltakatu 1,Joensuu,KELA,Kela,office,other,500,huoneala,30,30,,,,90000,
U6,Kelan palvelu,Siltakatu 1,Joensuu,KELA,Kela,public_service,other,180,huoneala,8,,,2028-01-31,,36000,
U7,TE-toimisto,Kauppakatu 40,Lieksa,TE,Lieksan kaupunki,public_service,municipal,120,htm2,4,6,2020-01-01,,6,14400,
"""


@pytest.fixture(scope="session")
def country() -> Country:
    return finland()


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return default_parameters()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a list of premises with one cell changed or a row added."""

    def made(*changes: tuple[int, str, str], name: str = "premises.csv", more: list[list[str]] | None = None) -> Path:
        rows = [line.split(",") for line in JOENSUU.strip().splitlines()]
        for row, column, value in changes:
            rows[row][HEADER.index(column)] = value
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows, *(more or [])])
        return path

    return made


@pytest.fixture
def joensuu(write: Callable[..., Path], country: Country) -> Premises:
    return read_premises(write(), country)
