"""Know a municipality by its code or its Finnish or Swedish name, and say what a former one became."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from luukku.country.model import Country

CODE = re.compile(r"(?:KU)?(\d{1,3})(?:\.0)?", re.IGNORECASE)


def as_code(text: str) -> str:
    """The code that a text such as "091", "91" or "KU091" says, or "" when it is no code."""
    match = CODE.fullmatch(text.strip())
    return match[1].zfill(3) if match else ""


@dataclass(frozen=True, slots=True)
class Former:
    """A municipality that was merged into another.

    code, into: its own code and that of the municipality it became part of; year: the first year without it.
    """

    code: str
    name: str
    into: str
    into_name: str
    year: int


@cache
def former_municipalities() -> dict[str, Former]:
    """Mergers since 2015 by the code and by the name (casefold) of the municipality that ended.

    Source: Statistics Finland, classification of municipalities, abolished municipalities.
    """
    with (files(__package__) / "former_municipalities.csv").open(encoding="utf-8") as file:
        records = [
            Former(row["code"], row["name"], row["into"], row["into_name"], int(row["year"]))
            for row in csv.DictReader(file)
        ]
    return {key: record for record in records for key in (record.code, record.name.casefold())}


class Municipalities:
    """The municipalities of a country, or any three digits where there is no country to compare with."""

    EXPECTED = "a municipality's code such as 091, or its name in Finnish or Swedish"

    def __init__(self, country: Country | None) -> None:
        self._names: dict[str, str] = {}
        self._by_code: dict[str, str] = {}
        self._country = country
        for municipality in country.municipalities if country else ():
            self._by_code[municipality.code] = municipality.name_fi
            for name in (municipality.name_fi, municipality.name_sv):
                self._names[name.casefold()] = municipality.code

    def code(self, text: str) -> str | None:
        """The code of a municipality given by code or name, or None when nobody knows it."""
        code = as_code(text)
        if self._country is None:
            return code or None
        if code:
            return code if code in self._by_code else None
        return self._names.get(text.strip().casefold())

    def unknown(self, text: str) -> tuple[str, str]:
        """What to say of a text that is no municipality, and what to do about it."""
        if self._country is None:
            return f"{text!r} is no municipality code", "write the three-digit code"
        former = former_municipalities().get(as_code(text) or text.strip().casefold())
        if former is not None:
            return (
                f"{text!r} was a municipality until {former.year - 1}; now it is part of {former.into_name}",
                f"write {former.into} or {former.into_name}",
            )
        if as_code(text):
            near = get_close_matches(as_code(text), self._by_code, n=3, cutoff=0.6)
            meant = [f"{code} {self._by_code[code]}" for code in near]
        else:
            near = get_close_matches(text.strip().casefold(), self._names, n=3, cutoff=0.6)
            meant = _unlike(f"{self._by_code[self._names[name]]} ({self._names[name]})" for name in near)
        guess = f"did you mean {' or '.join(meant)}?" if meant else "there is none like it"
        return f"no municipality of {self._country.year} is called {text!r}; {guess}", "write the code or the name"


def _unlike(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
