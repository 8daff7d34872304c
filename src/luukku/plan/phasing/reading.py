"""Read why own units close later, and which of them a decree binds to their municipality, checked whole before use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import cast

import numpy as np

from luukku.country.readers.check import check
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.plan.phasing.items import Delay, Reason

FIRST_YEAR, LAST_YEAR = 2000, 2100

DELAYS = Schema(
    name="delays",
    title=Words("Viivästykset", "Fördröjningar", "Delays"),
    columns=(
        Column(
            "unit",
            Words(
                "Tilan tunnus toimitilaluettelossa",
                "Lokalens kod i lokalförteckningen",
                "The unit's id in the list of premises",
            ),
            "id",
            required=True,
            example="ESIMERKKI-1",
            aliases=("tunnus", "tila", "kohde", "kod", "enhet", "id"),
        ),
        Column(
            "reason",
            Words("Miksi se suljetaan myöhemmin", "Varför den stängs senare", "Why it closes later"),
            "choice",
            example="renovated",
            aliases=("syy", "peruste", "orsak", "skäl"),
            choices={
                "renovated": ("juuri uudistetut tilat", "nyligen förnyade lokaler", "newly renovated"),
                "economy": ("taloudellisuus", "ekonomiska skäl"),
                "decree": ("asetus", "förordning"),
                "nature": ("toiminnan luonne", "verksamhetens karaktär"),
                "other": ("muu", "muu syy", "annat", "annat skäl"),
            },
        ),
        Column(
            "not_before",
            Words(
                "Vuosi, jota ennen sitä ei suljeta",
                "Året före vilket den inte stängs",
                "The year before which it does not close",
            ),
            "count",
            "year",
            example="2026",
            aliases=("aikaisintaan", "vuosi", "tidigast", "år", "year"),
        ),
        Column(
            "why",
            Words("Perustelu sanoin", "Motivering i ord", "The reason in words"),
            example="peruskorjattu 2021",
            aliases=("perustelu", "motivering"),
        ),
        Column(
            "decree_bound",
            Words(
                "Määrätäänkö viranomaisen paikkakunta asetuksessa",
                "Anges myndighetens ort i en förordning",
                "Whether a decree sets that the authority is in this municipality",
            ),
            "choice",
            example="no",
            aliases=("asetuspaikkakunta", "förordningsort"),
            choices={"yes": ("kyllä", "ja", "x", "1", "true"), "no": ("ei", "nej", "0", "false")},
        ),
    ),
    formats=(".csv", ".xlsx"),
)
"""The columns of a list of delays."""


@dataclass(frozen=True, slots=True)
class Delays:
    """Why units close later, {unit: delay}, and the units that a decree binds to their municipality."""

    delays: dict[str, Delay]
    decree_bound: frozenset[str]


def read_delays(path: Path, units: Collection[str]) -> Delays:
    """A list of delays, one row a unit (CSV or XLSX).

    units: ids of the list of premises; others are refused.
    Raises BadInput with every fault, by row and column; nothing of a faulty file is kept.
    """
    with opened(path, DELAYS) as table:
        checked = check(table, DELAYS, Municipalities(None))
    checked.note_repeated("unit")
    faults, known = checked.faults, sorted(units)
    there = set(known)
    years = checked.number("not_before")
    columns = (checked.text("unit"), checked.text("reason"), checked.text("why"), checked.text("decree_bound"))
    delays: dict[str, Delay] = {}
    bound: set[str] = set()
    rows = zip(checked.rows.tolist(), *(column.tolist() for column in columns), years.tolist(), strict=True)
    for row, unit, reason, why, decree, year in rows:
        if unit and unit not in there:
            near = get_close_matches(unit, known, n=1)
            guess = f"; did you mean {near[0]!r}?" if near else ""
            faults.add(
                f"no unit of the premises is called {unit!r}{guess}",
                "an id of the list of premises",
                "correct the id, or take the row away",
                row=row,
                column="unit",
            )
        if not reason and decree != "yes":
            faults.add(
                "the row tells neither a reason for delay nor that a decree binds the unit",
                DELAYS.column("reason").expected,
                "give a reason, or write yes as decree_bound",
                row=row,
                column="reason",
            )
        if reason == "other" and not why:
            faults.add("another reason has to be told in words", "text", "write why it is late", row=row, column="why")
        if not np.isnan(year) and not (year.is_integer() and FIRST_YEAR <= year <= LAST_YEAR):
            faults.add(
                f"{year:g} is no year to plan for",
                f"a year from {FIRST_YEAR} to {LAST_YEAR}, or empty while nobody has said",
                "write the year with four digits",
                row=row,
                column="not_before",
            )
        elif reason and not (reason == "other" and not why):
            # An unknown reason ("?") has its own fault already.
            delays[unit] = Delay(_reason(reason), None if np.isnan(year) else int(year), why)
        if decree == "yes":
            bound.add(unit)
    faults.refuse_if_any()
    return Delays(delays, frozenset(bound))


def _reason(text: str) -> Reason:
    return cast("Reason", text) if text in DELAYS.column("reason").choices else "economy"
