"""Where a figure comes from, and which figures contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from.

    kind:       "document" (a text with lines), "dataset" (a file or a service) or "computation" (our own code).
    name:       the document's, data set's or function's name.
    where:      line numbers, table, column or function; "" when the whole.
    date:       the date of the data as it is printed there, such as "2022" or "2026-06-08".
    licence:    such as "CC BY 4.0"; "" for computations.
    indicative: True when the source itself says that its figures are indicative.
    """

    kind: Literal["document", "dataset", "computation"]
    name: str
    where: str = ""
    date: str = ""
    licence: str = ""
    indicative: bool = False

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.where, self.date, self.licence) if part)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit and its source: what the product may show as a fact."""

    value: float
    unit: str
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures about one thing that do not agree. All are kept; the note explains the difference if it is known."""

    about: str
    figures: tuple[Figure, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A fault of the raw data that was put right while the country was built.

    table: the shipped table it touches; code: the row there, several with spaces between, or the raw row left out.
    what:  what was wrong; how: what was done about it and by which rule.
    """

    table: str
    code: str
    what: str
    how: str
