"""Named parameters: every value that the document does not give, with its range, its standing and its meaning.

One CSV file holds them all (visits, service times, areas, rents, wages), and one file of the planner's replaces them.
A parameter whose status is "example" is an example, not a fact; results carry the parameters that weigh in them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

from luukku.errors import BadInput, Contradiction, Fault

Status = Literal["example", "assumption", "document", "own"]

STATUS_WORDS: dict[str, dict[Status, str]] = {
    "fi": {
        "example": "esimerkki, ei tosiasia",
        "assumption": "oletus",
        "document": "toimeenpanosuunnitelmasta",
        "own": "suunnittelijan oma arvo",
    },
    "sv": {
        "example": "exempel, inte ett faktum",
        "assumption": "antagande",
        "document": "ur genomförandeplanen",
        "own": "planerarens eget värde",
    },
    "en": {
        "example": "example, not a fact",
        "assumption": "assumption",
        "document": "from the implementation plan",
        "own": "the planner's own value",
    },
}

COLUMNS = ("name", "value", "low", "high", "unit", "status", "source", "meaning_fi", "meaning_sv", "meaning_en")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value with the range within which it may reasonably lie.

    status: "example" (an example, not a fact), "assumption" (fitted or reasoned; the source says how),
            "document" (printed in the document) or "own" (the planner's).
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    status: Status
    source: str
    meaning_fi: str
    meaning_sv: str
    meaning_en: str

    def meaning(self, language: str) -> str:
        """What it means, in "fi", "sv" or "en"."""
        return {"fi": self.meaning_fi, "sv": self.meaning_sv, "en": self.meaning_en}[language]

    def label(self, language: str) -> str:
        """What it means, its value and how firm it is, such as "Counter: 9 m2 (example, not a fact)"."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.meaning(language)}: {self.value:g}{unit} ({STATUS_WORDS[language][self.status]})"


@dataclass(frozen=True, slots=True)
class Parameters(Mapping[str, float]):
    """All parameters by name; as a mapping it gives their values."""

    by_name: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> float:
        return self.by_name[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)

    def under(self, prefix: str) -> dict[str, float]:
        """Values of the parameters whose names begin with `prefix`, keyed by the rest of the name."""
        return {name.removeprefix(prefix): self[name] for name in self if name.startswith(prefix)}

    def shown(self, *prefixes: str) -> tuple[Parameter, ...]:
        """The parameters that weigh in a result, by the beginnings of their names, to be shown beside it."""
        return tuple(parameter for name, parameter in self.by_name.items() if name.startswith(prefixes))

    def changed(self, values: Mapping[str, float]) -> Parameters:
        """The same parameters with other values, marked as the planner's own.

        Raises Contradiction for a name that is not there or a value that is not a finite number of at least 0.
        """
        if unknown := sorted(set(values) - set(self.by_name)):
            raise Contradiction(f"No parameter is called {', '.join(unknown)}.")
        if wrong := sorted(name for name, value in values.items() if not (math.isfinite(value) and value >= 0)):
            raise Contradiction(f"These parameters must be numbers of at least 0: {', '.join(wrong)}.")
        own = {
            name: replace(
                self.by_name[name],
                value=value,
                low=min(value, self.by_name[name].low),
                high=max(value, self.by_name[name].high),
                status="own",
            )
            for name, value in values.items()
        }
        return Parameters({**self.by_name, **own})


@lru_cache(maxsize=1)
def default_parameters() -> Parameters:
    """The shipped parameters; most are examples, not facts. Raises BadInput if the shipped table has faults."""
    text = files("luukku.outlook").joinpath("data/parameters.csv").read_text("utf-8")
    read, faults = _parsed(text, known=None)
    if faults:
        raise BadInput("parameters.csv", faults)
    return Parameters(read)


def read_parameters(path: Path) -> Parameters:
    """The shipped parameters with those of the planner's file put in their place.

    The file has the columns `name` and `value`, and may have any of the others; names that it leaves out keep the
    shipped value, and a row without status counts as the planner's own. `write_parameters` makes a template.
    Raises BadInput with every fault; nothing is kept of a faulty file.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput(
            path,
            [Fault("the file is not in UTF-8", "CSV in UTF-8", "save it as CSV UTF-8 in your spreadsheet program")],
        ) from fault
    default = default_parameters()
    read, faults = _parsed(text, known=default.by_name)
    if faults:
        raise BadInput(path, faults)
    return Parameters({**default.by_name, **read})


def write_parameters(path: Path, parameters: Parameters) -> None:
    """All parameters as CSV (UTF-8 with BOM, semicolons), to be changed in a spreadsheet program and read again."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for parameter in parameters.by_name.values():
            writer.writerow([_safe(getattr(parameter, column)) for column in COLUMNS])


def _safe(cell: object) -> object:
    """A text that a spreadsheet program would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _parsed(text: str, known: Mapping[str, Parameter] | None) -> tuple[dict[str, Parameter], list[Fault]]:
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    if missing := [column for column in ("name", "value") if column not in (reader.fieldnames or ())]:
        fault = Fault(
            f"the columns {', '.join(missing)} are missing", "at least name and value", "use the template", row=1
        )
        return {}, [fault]
    read: dict[str, Parameter] = {}
    faults: list[Fault] = []
    for number, row in enumerate(reader, start=2):
        name = (row["name"] or "").strip()
        if known is not None and name not in known:
            faults.append(
                Fault(f'nobody knows the parameter "{name}"', "a name of the template", "correct it", number, "name")
            )
        elif name in read:
            faults.append(Fault(f'"{name}" is there twice', "each name once", "remove one row", number, "name"))
        else:
            try:
                read[name] = _row(row, known[name] if known is not None else None)
            except _CellError as wrong:
                faults.append(Fault(wrong.what, wrong.expected, "correct the cell", number, wrong.column))
    return read, faults


class _CellError(Exception):
    def __init__(self, what: str, expected: str, column: str) -> None:
        super().__init__(what)
        self.what, self.expected, self.column = what, expected, column


def _row(row: Mapping[str, str | None], shipped: Parameter | None) -> Parameter:
    value = _number(row, "value", None)
    low = _number(row, "low", min(value, shipped.low) if shipped else None)
    high = _number(row, "high", max(value, shipped.high) if shipped else None)
    if not low <= value <= high:
        raise _CellError(f"{value:g} is outside {low:g}-{high:g}", "low <= value <= high", "value")
    status = (row.get("status") or "").strip() or "own"
    if status not in STATUS_WORDS["en"]:
        raise _CellError(f'the status is "{status}"', "one of " + ", ".join(STATUS_WORDS["en"]), "status")
    if shipped is not None and status == shipped.status and value != shipped.value:
        status = "own"

    def text(column: str) -> str:
        return (row.get(column) or "").strip() or (getattr(shipped, column) if shipped else "")

    return Parameter(
        name=(row["name"] or "").strip(),
        value=value,
        low=low,
        high=high,
        unit=text("unit"),
        status=cast("Status", status),
        source=text("source"),
        meaning_fi=text("meaning_fi"),
        meaning_sv=text("meaning_sv"),
        meaning_en=text("meaning_en"),
    )


def _number(row: Mapping[str, str | None], column: str, otherwise: float | None) -> float:
    cell = (row.get(column) or "").strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not cell and otherwise is not None:
        return otherwise
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise _CellError(f'"{row.get(column) or ""}" is not a number of at least 0', "a number such as 12.5", column)
    return value
