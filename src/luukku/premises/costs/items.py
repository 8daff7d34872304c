"""What a cost plan is made of: own units with their closures, joint points, investments, sales, mobile services.

All money is whole cents at the prices of one year; nothing is indexed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from luukku.country.model import Country
from luukku.errors import Contradiction

Kind = Literal["rent", "upkeep", "staff", "ict", "mobile", "investment", "sale"]
Sector = Literal["state", "municipality", "kela", "other"]
Funding = Literal["project", "rent_system", "payer"]
InvestmentKind = Literal["renovation", "building", "fitting", "equipment", "ict", "moving"]

RUNNING: tuple[Kind, ...] = ("rent", "upkeep", "staff", "ict", "mobile")
"""Kinds that come back every year; the others come once."""


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit that an authority has of its own today.

    a_year:      cents a year by kind of cost.
    replaced_by: code of the joint point that takes its place, "" when it stays; closes: its last day with costs, None
                 when it stays, or when nobody has dated its closure (which stops the plan).
    """

    unit: str
    payer: str
    region: str
    a_year: Mapping[Kind, int]
    replaced_by: str = ""
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class JointPoint:
    """A joint point or a joint office.

    a_year: cents a year by kind; opens: its first day with costs.
    shares: {payer: share of the costs}; shares are weights and need not sum to 1.
    """

    code: str
    region: str
    opens: date
    a_year: Mapping[Kind, int]
    shares: Mapping[str, float]

    def __post_init__(self) -> None:
        if not sum(self.shares.values()) > 0 or min(self.shares.values()) < 0:
            raise Contradiction(f'Nobody pays for the joint point "{self.code}": give somebody a share above 0.')


@dataclass(frozen=True, slots=True)
class Investment:
    """Money spent once.

    funding:    "project" (the reform's own money), "rent_system" (the landlord's, who takes it back in the rent: then
                the rent is given without it) or "payer".
    need_until: the last year in which a permanent need of the place is seen; None when nobody has looked.
    """

    name: str
    region: str
    payer: str
    cents: int
    on: date
    kind: InvestmentKind
    funding: Funding
    need_until: int | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """Income from a vacated building."""

    name: str
    region: str
    payer: str
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class MobileService:
    """A vehicle, pop-up or duty visits. permanent: whether its funding goes on after the project."""

    name: str
    region: str
    payer: str
    a_year: int
    begins: date
    permanent: bool


@dataclass(frozen=True, slots=True)
class CostPlan:
    """All of it over the years `first` to `last`, both counted.

    Raises Contradiction when a unit is replaced by a joint point that is not in the plan, or two have one code.
    """

    first: int
    last: int
    own: tuple[OwnUnit, ...] = ()
    joint: tuple[JointPoint, ...] = ()
    investments: tuple[Investment, ...] = ()
    sales: tuple[Sale, ...] = ()
    mobile: tuple[MobileService, ...] = ()
    sectors: Mapping[str, Sector] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Contradiction(f"The plan ends in {self.last}, before it begins in {self.first}.")
        codes = [point.code for point in self.joint]
        units = [unit.unit for unit in self.own]
        if len(set(codes)) < len(codes) or len(set(units)) < len(units):
            raise Contradiction("Two joint points or two own units have the same code.")
        if unknown := sorted({unit.replaced_by for unit in self.own} - {"", *codes}):
            raise Contradiction(f"No joint point of the plan is called {', '.join(unknown)}.")


def sector_of(payer: str, year: int, country: Country, own: Mapping[str, Sector] | None = None) -> Sector:
    """Who stands behind a payer in a year: the state, a municipality, Kela or another.

    own: sectors that the planner has given. An authority whose successor is municipal belongs to the municipalities
    after its last day (employment services from 2025). A payer "municipality" or "municipality:CODE" is municipal.
    """
    if own and payer in own:
        return own[payer]
    if payer.partition(":")[0] == "municipality":
        return "municipality"
    if payer == "KELA":
        return "kela"
    for authority in country.authorities:
        if authority.code == payer:
            over = authority.valid_to is not None and date(year, 12, 31) > authority.valid_to
            return "municipality" if over and "kunt" in authority.successor.casefold() else "state"
    return "other"
