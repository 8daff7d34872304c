"""Scenarios of 2030: the document's three (slow, assumed, fast) and the planner's own.

A scenario holds the document's three variables (L1696-1702), the year, and the two values that turn visits a year into
visits a week. See `luukku.country.demand` for the formulas.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from luukku.country.demand import Demand
from luukku.country.provenance import Source
from luukku.errors import BadInput, Contradiction, Fault, UnknownPlace

DOCUMENT = "Valtion palvelu- ja toimitilaverkkohankkeen toimeenpanosuunnitelma"
OFFICE_TODAY = 19.2
"""m2 of office a person-year in 2020 (L666-668)."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One course of things to come.

    code:           "slow", "assumed", "fast" or the planner's own.
    visits_a_year:  visits to state service points a year in the whole country (L1696-1698).
    multi_location: share of working time done elsewhere than at the office, on average (0-1; L1698-1700).
    shared_space:   share of the office space in regional centres that is shared (0-1; L1700-1702).
    year:           the population year.
    population:     people who make the visits (assumption: 5.5 M).
    weeks:          service weeks a year (assumption: 47 reproduces "77 a week", L1325-1327).

    Raises Contradiction when a value cannot be.
    """

    code: str
    name_fi: str
    name_sv: str
    name_en: str
    visits_a_year: float
    multi_location: float
    shared_space: float
    source: Source
    year: int = 2030
    population: float = 5_500_000.0
    weeks: float = 47.0

    def __post_init__(self) -> None:
        if wrong := _wrong_values(self):
            raise Contradiction(f'The scenario "{self.code}" cannot be: {"; ".join(wrong)}.')

    def name(self, language: str) -> str:
        """The name in "fi", "sv" or "en"."""
        return {"fi": self.name_fi, "sv": self.name_sv, "en": self.name_en}[language]

    @property
    def demand(self) -> Demand:
        """The visits of this scenario, for F1-F3."""
        return Demand(self.visits_a_year, self.population, self.weeks)

    def office_factor(self, today: float = OFFICE_TODAY) -> float:
        """m2 of office a person-year when the absent need no room (F6, derived): today x (1 - multi_location)."""
        return today * (1.0 - self.multi_location)


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """The document's three scenarios, slow, assumed and fast (T7, L1676-1706)."""
    text = files("luukku.outlook").joinpath("data/scenarios.toml").read_text("utf-8")
    return tuple(
        _made(code, entry, Source("document", DOCUMENT, entry["where"])) for code, entry in tomllib.loads(text).items()
    )


def scenario(code: str) -> Scenario:
    """One of the document's scenarios by its code.

    Raises UnknownPlace with the codes there are.
    """
    for each in scenarios():
        if each.code == code:
            return each
    known = ", ".join(each.code for each in scenarios())
    raise UnknownPlace(f"No scenario is called {code!r}. The scenarios are: {known}; read your own from a file.")


def own_scenario(base: Scenario, code: str, name: str, **changes: float) -> Scenario:
    """A scenario of the planner's own: `base` with other values, marked as the planner's assumption.

    Raises Contradiction when a value cannot be.
    """
    source = Source("computation", "planner's own scenario", f'"{base.code}" with ' + ", ".join(sorted(changes)))
    values: dict[str, Any] = dict(changes)
    if "year" in values:
        values["year"] = int(values["year"])
    return replace(base, code=code, name_fi=name, name_sv=name, name_en=name, source=source, **values)


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """The planner's own scenarios from a TOML file: a table a scenario, with the same keys as the shipped file.

    `visits_a_year`, `multi_location` and `shared_space` must be given; names, year, population and weeks may be.
    Raises BadInput with every fault; nothing is kept of a faulty file.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadInput(
            path, [Fault(f"the file is not TOML ({fault})", "a TOML file in UTF-8", "mend the line that is named")]
        ) from fault
    faults: list[Fault] = []
    read: list[Scenario] = []
    for code, entry in tables.items():
        found = _entry_faults(code, entry)
        faults += found
        if not found:
            try:
                read.append(_made(code, entry, Source("dataset", path.name, f"[{code}]")))
            except Contradiction as wrong:
                faults.append(Fault(str(wrong).rstrip("."), "values that can be", "change them", column=f"[{code}]"))
    if not tables:
        faults.append(Fault("no scenario was found", "a table a scenario, such as [own]", "write one"))
    if faults:
        raise BadInput(path, faults)
    return tuple(read)


NEEDED = ("visits_a_year", "multi_location", "shared_space")
NUMBERS = (*NEEDED, "year", "population", "weeks")
KEYS = (*NUMBERS, "name_fi", "name_sv", "name_en", "where")


def _entry_faults(code: str, entry: object) -> list[Fault]:
    if not isinstance(entry, dict):
        return [Fault(f'"{code}" is not a table', f"[{code}] and its keys below it", "put the value in a table")]
    faults = [
        Fault(f'the key "{key}" is missing', "a number", f"add {key} = ...", column=f"[{code}]")
        for key in NEEDED
        if key not in entry
    ]
    for key, value in entry.items():
        if key not in KEYS:
            faults.append(
                Fault(f'nobody knows the key "{key}"', "one of " + ", ".join(KEYS), "correct it", column=f"[{code}]")
            )
        elif key in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
            faults.append(Fault(f"{key} is {value!r}", "a number", "write it without quotes", column=f"[{code}]"))
        elif key not in NUMBERS and not isinstance(value, str):
            faults.append(Fault(f"{key} is {value!r}", "a text", "write it in quotes", column=f"[{code}]"))
    return faults


def _made(code: str, entry: dict[str, Any], source: Source) -> Scenario:
    return Scenario(
        code=code,
        name_fi=entry.get("name_fi", code),
        name_sv=entry.get("name_sv", entry.get("name_fi", code)),
        name_en=entry.get("name_en", entry.get("name_fi", code)),
        visits_a_year=float(entry["visits_a_year"]),
        multi_location=float(entry["multi_location"]),
        shared_space=float(entry["shared_space"]),
        source=source,
        year=int(entry.get("year", 2030)),
        population=float(entry.get("population", 5_500_000)),
        weeks=float(entry.get("weeks", 47)),
    )


def _wrong_values(scenario: Scenario) -> list[str]:
    wrong = [
        f"{name} is {value:g} and must be above 0"
        for name, value in (
            ("visits_a_year", scenario.visits_a_year),
            ("population", scenario.population),
            ("weeks", scenario.weeks),
        )
        if not (value > 0 and math.isfinite(value))
    ]
    if scenario.weeks > 53:
        wrong.append(f"weeks is {scenario.weeks:g} and a year has at most 53")
    wrong += [
        f"{name} is {value:g} and must be between 0 and 1 (50 % is 0.5)"
        for name, value in (("multi_location", scenario.multi_location), ("shared_space", scenario.shared_space))
        if not 0 <= value <= 1
    ]
    return wrong
