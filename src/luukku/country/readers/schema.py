"""What a file must hold: columns described once, for validation, for templates and for the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["id", "text", "number", "count", "date", "municipality", "choice"]

KINDS: Mapping[Kind, str] = {
    "id": "text that no other row has",
    "text": "text",
    "number": "a number",
    "count": "a number, zero or more",
    "date": "a date such as 2026-12-31 or 31.12.2026",
    "municipality": "a municipality's code (091) or its name in Finnish or Swedish",
    "choice": "one of the values below",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in the languages of the product."""

    fi: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    name:     as the documentation and the template write it.
    meaning:  what it says, for people.
    kind:     what its values are; see KINDS.
    unit:     "m", "degrees", "people"; "" for text.
    required: every row must have it.
    example:  a value as it is written in a file.
    aliases:  other headings that mean the same column; capitals, spaces and hyphens do not matter.
    choices:  for kind "choice", the value kept -> other ways to write it.
    unknown:  a number that stands for "not told", such as -1 for a suppressed count.
    """

    name: str
    meaning: Words
    kind: Kind = "text"
    unit: str = ""
    required: bool = False
    example: str = ""
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: float | None = None

    @property
    def values(self) -> str:
        """What can be written, with every choice and the other ways to write it."""
        if self.kind != "choice":
            return self.expected
        return "; ".join(
            choice + (f" ({', '.join(others)})" if others else "") for choice, others in self.choices.items()
        )

    @property
    def expected(self) -> str:
        """What a value must be, in a few words, for messages and documentation."""
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        unit = f" ({self.unit})" if self.unit else ""
        unknown = f", or {self.unknown:g} where it is not told" if self.unknown is not None else ""
        return KINDS[self.kind] + unit + unknown


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of one kind of file.

    name:     also the name of its template.
    title:    what the file is.
    one_of:   groups of columns of which at least one group must be there whole; "geometry" is the shape of a map file.
    formats:  endings of the files it is read from.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    formats: tuple[str, ...] = (".csv", ".xlsx", ".geojson", ".gpkg", ".parquet")

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        return next(column for column in self.columns if column.name == name)


def heading(name: str) -> str:
    """A heading as it is compared: no capitals, no surrounding space, spaces and hyphens as underscores."""
    return name.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def as_markdown(schema: Schema) -> str:
    """The schema as a table of the documentation."""
    lines = [
        "| column | needed | what it is | values | example | other headings |",
        "|---|---|---|---|---|---|",
    ]
    for column in schema.columns:
        cells = (
            f"`{column.name}`",
            "yes" if column.required else "",
            column.meaning.en,
            column.values,
            f"`{column.example}`" if column.example else "",
            ", ".join(f"`{alias}`" for alias in column.aliases),
        )
        lines.append("| " + " | ".join(cells) + " |")
    if schema.one_of:
        groups = " or ".join(" and ".join(f"`{name}`" for name in group) for group in schema.one_of)
        lines += ["", f"At least one of these is needed: {groups}."]
    return "\n".join(lines)
