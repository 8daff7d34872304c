"""The cost statement: baseline and after by year, region, payer, sector and kind; savings, payback, present value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from luukku.country.model import Country
from luukku.premises.costs.items import RUNNING, CostPlan, JointPoint, Kind, OwnUnit, sector_of
from luukku.premises.sharing import to_the_cent

Group = Literal["payer", "region", "kind", "sector"]


@dataclass(frozen=True, slots=True)
class Line:
    """Cents of one year, kind and payer; `after` False is the baseline, in which everything stays as it is."""

    year: int
    after: bool
    kind: Kind
    payer: str
    region: str
    what: str
    cents: int


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the whole plan in cents. saved = baseline - after; cumulative: saved since the first year.

    double: the part of `after` that is paid for own units after the joint point that replaces them has opened.
    """

    year: int
    baseline: int
    after: int
    saved: int
    cumulative: int
    double: int


@dataclass(frozen=True, slots=True)
class Statement:
    """All lines, and what follows from them.

    payback: the first year at whose end the cumulative savings are at least 0 and stay so, None when there is none.
    present_value: cents of the savings, discounted to the first year by `discount`.
    risers:  {payer: cents a year} whose running costs are higher in the last year than without the plan, although the
             whole may save.
    """

    plan: CostPlan
    lines: tuple[Line, ...]
    years: tuple[Year, ...]
    payback: int | None
    present_value: int
    discount: float
    risers: dict[str, int]
    sector: Callable[[str, int], str]

    @property
    def saves(self) -> bool:
        """Whether the nation's running costs are lower in the last year than without the plan (L96-98)."""
        return self.running_saved > 0

    @property
    def running_saved(self) -> int:
        """Cents saved in the last year, without what is paid once."""
        last = [line for line in self.lines if line.year == self.plan.last and line.kind in RUNNING]
        return sum(line.cents if not line.after else -line.cents for line in last)

    def by(self, group: Group) -> dict[str, dict[int, tuple[int, int]]]:
        """{payer, region, kind or sector: {year: (baseline, after)}} in cents; the columns add up to the years'."""
        table: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for line in self.lines:
            key = self.sector(line.payer, line.year) if group == "sector" else str(getattr(line, group))
            table[key][line.year][line.after] += line.cents
        return {
            key: {year: (row[year][0], row[year][1]) for year in range(self.plan.first, self.plan.last + 1)}
            for key, row in sorted(table.items())
        }


def statement(plan: CostPlan, country: Country, *, discount: float) -> Statement:
    """The cost statement of a plan.

    discount: yearly rate, 0.03 for 3 %. An own unit whose closure nobody has dated is paid to the end.
    """

    def sector(payer: str, year: int) -> str:
        return sector_of(payer, year, country, plan.sectors)

    lines = tuple(line for line in _lines(plan) if line.cents)
    years: list[Year] = []
    cumulative = 0
    sums: dict[tuple[int, bool], int] = defaultdict(int)
    for line in lines:
        sums[line.year, line.after] += line.cents
    for year in range(plan.first, plan.last + 1):
        baseline, after = sums[year, False], sums[year, True]
        cumulative += baseline - after
        years.append(Year(year, baseline, after, baseline - after, cumulative, double_cost(plan, year)))
    present = sum(Fraction(each.saved) / Fraction(1 + discount) ** (each.year - plan.first) for each in years)
    return Statement(
        plan=plan,
        lines=lines,
        years=tuple(years),
        payback=_payback(years),
        present_value=round(present),
        discount=discount,
        risers=_risers(lines, plan.last),
        sector=sector,
    )


def double_cost(plan: CostPlan, year: int | None = None) -> int:
    """Cents paid for own units after the joint points that replace them have opened, in a year or in all years.

    An earlier closure never raises it.
    """
    opens = {point.code: point.opens for point in plan.joint}
    return sum(
        part(cents, opens[unit.replaced_by], unit.closes, each)
        for unit in plan.own
        if unit.replaced_by
        for cents in unit.a_year.values()
        for each in (range(plan.first, plan.last + 1) if year is None else (year,))
    )


def part(a_year: int, begins: date | None, ends: date | None, year: int) -> int:
    """Cents of one year of something that costs `a_year` and runs from `begins` to `ends`, both days counted.

    None means from ever or for ever. Days are counted, and half cents rounded up.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (min(ends or last, last) - max(begins or first, first)).days + 1
    whole = (last - first).days + 1
    return (2 * a_year * max(days, 0) + whole) // (2 * whole)


def _lines(plan: CostPlan) -> Iterator[Line]:
    for year in range(plan.first, plan.last + 1):
        for unit in plan.own:
            yield from _own(unit, year)
        for point in plan.joint:
            yield from _joint(point, year)
        for mobile in plan.mobile:
            cents = part(mobile.a_year, mobile.begins, None, year)
            yield Line(year, True, "mobile", mobile.payer, mobile.region, mobile.name, cents)
        for spent in plan.investments:
            if spent.on.year == year:
                yield Line(year, True, "investment", spent.payer, spent.region, spent.name, spent.cents)
        for sale in plan.sales:
            if sale.on.year == year:
                yield Line(year, True, "sale", sale.payer, sale.region, sale.name, -sale.cents)


def _own(unit: OwnUnit, year: int) -> Iterator[Line]:
    for kind, cents in unit.a_year.items():
        yield Line(year, False, kind, unit.payer, unit.region, unit.unit, cents)
        ends = unit.closes if unit.replaced_by else None
        yield Line(year, True, kind, unit.payer, unit.region, unit.unit, part(cents, None, ends, year))


def _joint(point: JointPoint, year: int) -> Iterator[Line]:
    weights = {payer: Fraction(share) for payer, share in point.shares.items()}
    whole = sum(weights.values(), Fraction(0))
    for kind, cents in point.a_year.items():
        total = part(cents, point.opens, None, year)
        shared = to_the_cent([total * weight / whole for weight in weights.values()], total)
        for payer, own in zip(weights, shared, strict=True):
            yield Line(year, True, kind, payer, point.region, point.code, own)


def _payback(years: list[Year]) -> int | None:
    if all(each.cumulative >= 0 for each in years):
        return years[0].year if years[-1].cumulative > 0 else None
    last_below = max(number for number, each in enumerate(years) if each.cumulative < 0)
    return years[last_below + 1].year if last_below + 1 < len(years) else None


def _risers(lines: tuple[Line, ...], last: int) -> dict[str, int]:
    rise: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.year == last and line.kind in RUNNING:
            rise[line.payer] += line.cents if line.after else -line.cents
    return {payer: cents for payer, cents in sorted(rise.items(), key=lambda item: (-item[1], item[0])) if cents > 0}
