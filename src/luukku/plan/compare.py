"""Two sets of points side by side: which open and close, who gains and who loses, and the figures of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.plan.model import Evaluated, Names, Point


@dataclass(frozen=True, slots=True)
class Change:
    """How the people of a municipality fare in the second set against the first.

    nearer, farther: people whose trip becomes shorter or longer.
    gain, lose:      people who come within the limit, or fall out of it.
    """

    municipality: str
    municipality_name: Names
    people: float
    nearer: float
    farther: float
    gain: float
    lose: float


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both: `name` is a key of the words, `unit` is "people", "minutes", "share" or "points"."""

    name: str
    unit: str
    first: float
    second: float

    @property
    def difference(self) -> float:
        """Second less first."""
        return self.second - self.first


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The second set of points against the first.

    opened, closed: points only in the second, and only in the first.
    changes:        municipalities where anybody gains or loses, those with most such people first.
    """

    first: Evaluated
    second: Evaluated
    lines: tuple[Line, ...]
    opened: tuple[Point, ...]
    closed: tuple[Point, ...]
    nearer: float
    farther: float
    gain: float
    lose: float
    changes: tuple[Change, ...]


def compare(first: Evaluated, second: Evaluated) -> Compared:
    """Set two evaluations side by side.

    Raises Contradiction when they do not count the same people by the same limit.
    """
    same_people = np.array_equal(first.areas.code, second.areas.code) and np.array_equal(
        first.areas.people, second.areas.people
    )
    if not same_people or first.criteria.minutes != second.criteria.minutes:
        raise Contradiction("The two do not count the same people by the same limit, so they cannot be compared.")
    before = np.nan_to_num(first.areas.minutes, nan=np.inf)
    after = np.nan_to_num(second.areas.minutes, nan=np.inf)
    limit = first.criteria.minutes
    people = first.areas.people
    both_out = np.isinf(before) & np.isinf(after)
    moved = np.subtract(after, before, out=np.zeros_like(after), where=~both_out)
    who = {
        "nearer": np.where(moved < 0, people, 0.0),
        "farther": np.where(moved > 0, people, 0.0),
        "gain": np.where((before > limit) & (after <= limit), people, 0.0),
        "lose": np.where((before <= limit) & (after > limit), people, 0.0),
    }
    here, there = {point.code for point in first.points}, {point.code for point in second.points}
    return Compared(
        first=first,
        second=second,
        lines=_lines(first, second),
        opened=tuple(point for point in second.points if point.code not in here),
        closed=tuple(point for point in first.points if point.code not in there),
        nearer=float(who["nearer"].sum()),
        farther=float(who["farther"].sum()),
        gain=float(who["gain"].sum()),
        lose=float(who["lose"].sum()),
        changes=_changes(first, who),
    )


def _lines(first: Evaluated, second: Evaluated) -> tuple[Line, ...]:
    rows = [Line("points", "points", float(len(first.points)), float(len(second.points)))]
    for name, unit in (
        ("people", "people"),
        ("within", "people"),
        ("share", "share"),
        ("outside", "people"),
        ("mean_minutes", "minutes"),
        ("worst_tenth_minutes", "minutes"),
        ("points_under_base_within", "points"),
        ("points_under_base_nearest", "points"),
    ):
        rows.append(Line(name, unit, float(getattr(first.figures, name)), float(getattr(second.figures, name))))
    return tuple(rows)


def _changes(first: Evaluated, who: dict[str, NDArray[np.float64]]) -> tuple[Change, ...]:
    areas = first.areas
    codes, example, place = np.unique(areas.municipality, return_index=True, return_inverse=True)
    names = zip(areas.municipality_fi[example].tolist(), areas.municipality_sv[example].tolist(), strict=True)
    people = np.bincount(place, weights=areas.people)
    by = {name: np.bincount(place, weights=values, minlength=len(codes)) for name, values in who.items()}
    rows = [
        Change(
            code,
            Names(fi, sv, fi),
            float(people[row]),
            *(float(by[name][row]) for name in ("nearer", "farther", "gain", "lose")),
        )
        for row, (code, (fi, sv)) in enumerate(zip(codes.tolist(), names, strict=True))
        if by["nearer"][row] or by["farther"][row]
    ]
    return tuple(sorted(rows, key=lambda change: (-(change.gain + change.lose), -(change.nearer + change.farther))))
