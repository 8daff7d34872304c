"""What phasing is given: points to open, own units to close, the money and the works of each year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from luukku.errors import Contradiction
from luukku.premises.costs import CostPlan, Investment, JointPoint, OwnUnit
from luukku.premises.units import Premises, earliest_end

Reason = Literal["renovated", "economy", "decree", "nature", "other"]

REASONS: Mapping[str, Mapping[Reason, str]] = {
    "fi": {
        "renovated": "juuri uudistetut tilat",
        "economy": "taloudellisuus",
        "decree": "asetuksissa määritellyt paikkakunnat",
        "nature": "viranomaisen toiminnan luonne",
        "other": "muu syy",
    },
    "sv": {
        "renovated": "nyligen förnyade lokaler",
        "economy": "ekonomiska skäl",
        "decree": "orter som anges i förordningar",
        "nature": "karaktären av myndighetens verksamhet",
        "other": "annat skäl",
    },
    "en": {
        "renovated": "newly renovated premises",
        "economy": "economy",
        "decree": "localities set in decrees",
        "nature": "the nature of the authority's work",
        "other": "another reason",
    },
}
"""Why a move may be late (L2196-2204). The document gives four as examples; any other has to be told in words."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Why an own unit closes later than its joint point opens.

    not_before: the year before which it does not close, None when nobody has said (then its closure has no date).
    Raises Contradiction for an unknown reason, and for "other" without words.
    """

    reason: Reason
    not_before: int | None
    why: str = ""

    def __post_init__(self) -> None:
        if self.reason not in get_args(Reason):
            raise Contradiction(f'"{self.reason}" is no reason for delay; these are: {", ".join(get_args(Reason))}.')
        if self.reason == "other" and not self.why.strip():
            raise Contradiction("Another reason for delay than the four named ones has to be told in words.")


@dataclass(frozen=True, slots=True)
class Opening:
    """A joint point that has to open.

    point:       its `opens` is the soonest day on which it can open.
    works:       how much of a year's works capacity it takes, in whole units of the planner's choice (points, m2).
    investments: spent in the year in which it opens; their own dates are not looked at.
    """

    point: JointPoint
    municipality: str
    works: int = 1
    investments: tuple[Investment, ...] = ()

    @property
    def money(self) -> int:
        """Cents of the budget of the year in which it opens."""
        return sum(each.cents for each in self.investments)


@dataclass(frozen=True, slots=True)
class Closing:
    """An own unit that a joint point replaces.

    unit:         its `closes` is its last day with costs when that is decided already; None leaves it to phasing.
    lease_over:   the soonest last day of rent (`luukku.premises.units.earliest_end`), None when nobody can tell.
    decree_bound: whether a decree sets that the authority is in this municipality (L1164-1166). It may then move to a
                  joint point of the same municipality, but elsewhere only with a "decree" delay that dates the change.
    """

    unit: OwnUnit
    municipality: str
    lease_over: date | None
    decree_bound: bool = False
    delay: Delay | None = None


@dataclass(frozen=True, slots=True)
class PhasingTask:
    """What opens and closes in the years `first` to `last`, both counted (2022-2029: L1729-1743).

    budget:      {year: cents} for the investments of the points that open in it, None without limit. What is left of a
                 year does not go over to the next.
    works:       {year: units of works}, None without limit.
    opening_day: month and day on which a point opens unless it can only later in that year; an assumption, the middle
                 of the year.

    Raises Contradiction when a year has no budget or works, an amount is negative, two codes are the same, a unit is
    replaced by no point of the task, or a decided closure is against the unit's own lease or delay.
    """

    openings: tuple[Opening, ...]
    closings: tuple[Closing, ...]
    first: int = 2022
    last: int = 2029
    budget: Mapping[int, int] | None = None
    works: Mapping[int, int] | None = None
    opening_day: tuple[int, int] = (7, 1)

    def __post_init__(self) -> None:
        CostPlan(
            self.first,
            self.last,
            own=tuple(each.unit for each in self.closings),
            joint=tuple(each.point for each in self.openings),
        )
        for what, limit in (("budget", self.budget), ("works capacity", self.works)):
            if limit is not None:
                _check_limit(what, limit, self.years)
        for opening in self.openings:
            if opening.works < 0 or any(each.cents < 0 for each in opening.investments):
                raise Contradiction(f'The works or the investments of "{opening.point.code}" are negative.')
        for closing in self.closings:
            _check_closing(closing)
        try:
            date(2023, *self.opening_day)
        except ValueError:
            raise Contradiction(f"{self.opening_day} is no month and day that every year has.") from None

    @property
    def years(self) -> range:
        """The years in which points can open and units close."""
        return range(self.first, self.last + 1)


def closings(
    premises: Premises,
    own: Sequence[OwnUnit],
    *,
    decided: date,
    decree_bound: Collection[str] = (),
    delays: Mapping[str, Delay] | None = None,
) -> tuple[Closing, ...]:
    """The own units that joint points replace, with the ends of their leases in a list of premises.

    decided: the day on which notice can be given. decree_bound, delays: by unit.
    Raises Contradiction for a unit that is not on the list.
    """
    places = {unit: number for number, unit in enumerate(premises.unit.tolist())}
    found: list[Closing] = []
    for unit in own:
        if unit.replaced_by:
            # Asking the list refuses an unknown unit in words.
            number = places[unit.unit] if unit.unit in places else premises.number(unit.unit)
            found.append(
                Closing(
                    unit=unit,
                    municipality=str(premises.municipality[number]),
                    lease_over=earliest_end(premises, number, decided=decided),
                    decree_bound=unit.unit in decree_bound,
                    delay=(delays or {}).get(unit.unit),
                )
            )
    return tuple(found)


def _check_limit(what: str, limit: Mapping[int, int], years: range) -> None:
    if missing := [str(year) for year in years if year not in limit]:
        raise Contradiction(f"No {what} is given for {', '.join(missing)}: give every year, 0 where there is none.")
    if negative := [str(year) for year in years if limit[year] < 0]:
        raise Contradiction(f"The {what} of {', '.join(negative)} is negative.")


def _check_closing(closing: Closing) -> None:
    unit, closes = closing.unit, closing.unit.closes
    if not unit.replaced_by:
        raise Contradiction(f'"{unit.unit}" is to close, but no joint point replaces it.')
    if closes is None:
        return
    if closing.lease_over is not None and closing.lease_over > closes:
        raise Contradiction(f'"{unit.unit}" is to close on {closes}, but its rent runs until {closing.lease_over}.')
    if closing.delay and closing.delay.not_before is not None and closing.delay.not_before > closes.year:
        raise Contradiction(f'"{unit.unit}" is to close on {closes}, but not before {closing.delay.not_before}.')
