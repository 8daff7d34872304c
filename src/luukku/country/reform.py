"""The reform's own facts, from its implementation plan of 2021: authorities, Tables 1 and 2, the pilot regions' points.

Lines are those of the plan's text. Nothing here is complete: the plan names localities, not addresses.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Authority, NamedPoint
from luukku.country.provenance import Conflict, Figure, Source

REFORM = Path(__file__).parent / "data" / "reform"
DOCUMENT = Source(
    "document",
    "Ministry of Finance: Valtion palvelu- ja toimitilaverkkohankkeen toimeenpanosuunnitelma",
    date="2021",
)
JOINT = "JOINT"
"""The code of joint service points (asiointipisteet) in Table 1."""
TABLE_1 = "Service points of Table 1"
PRINTED_OWN, PRINTED_TOTAL = 723, 926
CENTRE_AT_LEAST = 11
"""Authorities in a locality of Table 2 that make it one of the 18 regional centres."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class PointCount:
    """A row of Table 1: how many service points of its own an authority had in 2020.

    of_which_24_7: points open round the clock, with limited service in person (customs only).
    in_scope:      whether the authority is one of the 12 of the reform, or the joint points.
    """

    code: str
    name_fi: str
    points: int
    of_which_24_7: int
    in_scope: bool
    note: str
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Table 2: which of the 12 authorities have premises, a workplace or a service point in which locality.

    present: (localities, authorities) bool.
    printed: (localities,) the total that the table prints for each locality.
    """

    localities: tuple[str, ...]
    authorities: tuple[str, ...]
    present: NDArray[np.bool_]
    printed: NDArray[np.int64]
    sources: tuple[Source, ...]


@cache
def authorities() -> tuple[Authority, ...]:
    """The 12 authorities of the reform, with the last day of those that have ended since."""
    points = {row.code: row.points for row in table_1()}
    return tuple(
        Authority(
            code=row["code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            offices_in_scope=row["offices_in_scope"] == "yes",
            points_2020=points.get(row["code"]),
            valid_from=None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"],
            source=_at(row["lines"]),
            end_source=(
                Source("document", row["end_source"], row["end_where"], row["end_date"]) if row["end_source"] else None
            ),
        )
        for row in _rows("authorities.csv")
    )


@cache
def table_1() -> tuple[PointCount, ...]:
    """Table 1: service points in 2020, by authority and, last, the joint points; "about" in the plan is indicative."""
    return tuple(
        PointCount(
            code=row["code"],
            name_fi=row["name_fi"],
            points=int(row["points"]),
            of_which_24_7=int(row["of_which_24_7"]),
            in_scope=row["in_scope"] == "yes",
            note=row["note"],
            source=_at(row["lines"], "Table 1", indicative=row["about"] == "yes"),
        )
        for row in _rows("table_1.csv")
    )


@cache
def table_2() -> Presence:
    """Table 2: the 21 localities with at least 9 of the 12 authorities; indicative as line 710 says."""
    rows = _rows("table_2.csv")
    codes = tuple(name for name in rows[0] if name not in {"locality", "total", "lines"})
    return Presence(
        localities=tuple(row["locality"] for row in rows),
        authorities=codes,
        present=np.array([[row[code] == "x" for code in codes] for row in rows]),
        printed=np.array([int(row["total"]) for row in rows]),
        sources=tuple(_at(row["lines"], "Table 2", indicative=True) for row in rows),
    )


def regional_centres() -> tuple[str, ...]:
    """The 18 regional centres of lines 435-441.

    The plan does not name them; they are inferred: 18 localities of Table 2 have 11 or 12 authorities, the rest 9.
    """
    table = table_2()
    many = table.present.sum(axis=1) >= CENTRE_AT_LEAST
    return tuple(locality for locality, centre in zip(table.localities, many.tolist(), strict=True) if centre)


@cache
def named_points() -> tuple[NamedPoint, ...]:
    """Every locality where the plan names a point: Table 2 first, then the text on the pilot regions.

    A locality that both name is there twice, each with its own source; they disagree about Joensuu.
    """
    table = table_2()
    by_table = tuple(
        NamedPoint(
            locality=locality,
            municipality=locality,
            kind="own",
            authorities=tuple(code for code, there in zip(table.authorities, present, strict=True) if there),
            note="",
            source=source,
        )
        for locality, present, source in zip(table.localities, table.present.tolist(), table.sources, strict=True)
    )
    by_text = tuple(
        NamedPoint(
            locality=row["locality"],
            municipality=row["municipality"],
            kind=row["kind"],
            authorities=tuple(row["authorities"].split()),
            note="; ".join(part for part in (row["others"], row["note"]) if part),
            source=_at(row["lines"], "pilot regions"),
        )
        for row in _rows("pilot_points.csv")
    )
    return by_table + by_text


def own_points() -> int:
    """The sum of Table 1 without the joint points."""
    return sum(row.points for row in table_1() if row.code != JOINT)


def points_of(code: str) -> int:
    """How many points Table 1 counts for an authority, or for JOINT. Raises KeyError for a code it does not have."""
    return {row.code: row.points for row in table_1()}[code]


def conflicts() -> tuple[Conflict, ...]:
    """Figures of the plan that do not agree with each other."""
    return (_total_of_table_1(), *_disagreeing_localities(), *_more_localities_than_points())


def _total_of_table_1() -> Conflict:
    own, joint = own_points(), points_of(JOINT)
    limited = sum(row.of_which_24_7 for row in table_1())
    computed = replace(DOCUMENT, kind="computation", where="sum of the rows of Table 1, lines 604-634")
    return Conflict(
        TABLE_1,
        (
            Figure(PRINTED_OWN, "own points", _at("636", "Table 1")),
            Figure(own, "own points", computed),
            Figure(PRINTED_TOTAL, "own and joint points", _at("636", "Table 1")),
            Figure(own + joint, "own and joint points", computed),
        ),
        f"The rows add up to {own} own points and {own} + {joint} = {own + joint} with the joint points, "
        f"as the printed {PRINTED_TOTAL} says. The printed {PRINTED_OWN} is {own - PRINTED_OWN} less: "
        f"it counts customs without its {limited} points that are open round the clock (lines 645-647), "
        f"so {PRINTED_OWN}/{PRINTED_TOTAL} mixes two bases.",
    )


def _disagreeing_localities() -> tuple[Conflict, ...]:
    """Localities whose authorities Table 2 and the text on the pilot regions give differently."""
    own = [point for point in named_points() if point.kind == "own"]
    found = []
    for number, one in enumerate(own):
        for other in own[number + 1 :]:
            if one.locality == other.locality and set(one.authorities) != set(other.authorities):
                apart = ", ".join(sorted(set(one.authorities) ^ set(other.authorities)))
                figures = tuple(Figure(len(point.authorities), "authorities", point.source) for point in (one, other))
                note = (
                    f"Only one of them has {apart}. Both are kept; {apart} in {one.locality} counts as not confirmed."
                )
                found.append(Conflict(f"Authorities in {one.locality}", figures, note))
    return tuple(found)


def _more_localities_than_points() -> tuple[Conflict, ...]:
    """Authorities that Table 2 places in more localities than Table 1 gives them points."""
    table = table_2()
    localities = dict(zip(table.authorities, table.present.sum(axis=0).tolist(), strict=True))
    return tuple(
        Conflict(
            f"Places of {row.name_fi}",
            (
                Figure(localities[row.code], "localities", _at("723-789", "Table 2", indicative=True)),
                Figure(row.points, "service points", row.source),
            ),
            "Table 2 counts any premises, workplace or service point, Table 1 service points (or offices) only.",
        )
        for row in table_1()
        if localities.get(row.code, 0) > row.points
    )


def _at(lines: str, part: str = "", *, indicative: bool = False) -> Source:
    """The plan, at these lines of one of its parts."""
    numbered = f"line {lines}" if lines.isdecimal() else f"lines {lines}"
    return replace(DOCUMENT, where=f"{part}, {numbered}" if part else numbered, indicative=indicative)


def _rows(name: str) -> list[Row]:
    with (REFORM / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
