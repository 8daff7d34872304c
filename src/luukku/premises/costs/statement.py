"""The cost statement: baseline and after by year, region, payer, sector and kind; savings, payback, present value."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from luukku.country.model import Country
from luukku.premises.costs.items import RUNNING, CostPlan, JointPoint, Kind, sector_of

Group = Literal["payer", "region", "kind", "sector"]


class Key(NamedTuple):
    """Whose costs a row holds; `after` False is the baseline, in which everything stays as it is."""

    after: bool
    kind: Kind
    payer: str
    region: str


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
    """All costs, and what follows from them.

    rows:     {key: cents of each year of the plan}.
    payback: the first year at whose end the cumulative savings are at least 0 and stay so, None when there is none.
    present_value: cents of the savings, discounted to the first year by `discount`.
    risers:  {payer: cents a year} whose running costs are higher in the last year than without the plan, although the
             whole may save.
    """

    plan: CostPlan
    rows: Mapping[Key, Sequence[int]]
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
        return sum(row[-1] if not key.after else -row[-1] for key, row in self.rows.items() if key.kind in RUNNING)

    def by(self, group: Group) -> dict[str, dict[int, tuple[int, int]]]:
        """{payer, region, kind or sector: {year: (baseline, after)}} in cents; the columns add up to the years'."""
        table: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        years = range(self.plan.first, self.plan.last + 1)
        for key, row in self.rows.items():
            for year, cents in zip(years, row, strict=True):
                name = self.sector(key.payer, year) if group == "sector" else str(getattr(key, group))
                table[name][year][key.after] += cents
        return {
            name: {year: (columns[year][0], columns[year][1]) for year in years}
            for name, columns in sorted(table.items())
        }


def statement(plan: CostPlan, country: Country, *, discount: float) -> Statement:
    """The cost statement of a plan.

    discount: yearly rate, 0.03 for 3 %. An own unit whose closure nobody has dated is paid to the end.
    """

    def sector(payer: str, year: int) -> str:
        return sector_of(payer, year, country, plan.sectors)

    rows = _rows(plan)
    years: list[Year] = []
    cumulative = 0
    double = _double(plan)
    for year in range(plan.first, plan.last + 1):
        baseline, after = (
            sum(row[year - plan.first] for key, row in rows.items() if key.after is side) for side in (False, True)
        )
        cumulative += baseline - after
        years.append(Year(year, baseline, after, baseline - after, cumulative, double[year - plan.first]))
    present = sum(Fraction(each.saved) / Fraction(1 + discount) ** (each.year - plan.first) for each in years)
    return Statement(
        plan=plan,
        rows=rows,
        years=tuple(years),
        payback=_payback(years),
        present_value=round(present),
        discount=discount,
        risers=_risers(rows),
        sector=sector,
    )


def double_cost(plan: CostPlan, year: int | None = None) -> int:
    """Cents paid for own units after the joint points that replace them have opened, in a year or in all years.

    An earlier closure never raises it.
    """
    by_year = _double(plan)
    return sum(by_year) if year is None else by_year[year - plan.first]


def part(a_year: int, begins: date | None, ends: date | None, year: int) -> int:
    """Cents of one year of something that costs `a_year` and runs from `begins` to `ends`, both days counted.

    None means from ever or for ever. Days are counted, and half cents rounded up.
    """
    if (begins is not None and begins.year > year) or (ends is not None and ends.year < year):
        return 0
    if (begins is None or begins.year < year) and (ends is None or ends.year > year):
        return a_year
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (min(ends or last, last) - max(begins or first, first)).days + 1
    whole = (last - first).days + 1
    return (2 * a_year * max(days, 0) + whole) // (2 * whole)


def in_proportion(weights: Sequence[int], total: int) -> list[int]:
    """Whole cents that sum to `total`, by whole weights (largest remainders, exactly; ties to the earlier)."""
    whole = sum(weights)
    shared = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    for number in sorted(range(len(weights)), key=lambda n: (-remainders[n], n))[: total - sum(shared)]:
        shared[number] += 1
    return shared


class _Years(dict[Key, list[int]]):
    """Cents by year of each key."""

    def __init__(self, plan: CostPlan) -> None:
        super().__init__()
        self.years = range(plan.first, plan.last + 1)

    def __missing__(self, key: Key) -> list[int]:
        self[key] = [0] * len(self.years)
        return self[key]

    def run(self, key: Key, a_year: int, begins: date | None, ends: date | None) -> None:
        """Something that costs `a_year` from `begins` to `ends`."""
        if a_year:
            add_run(self[key], self.years, (a_year,), begins, ends)

    def once(self, key: Key, cents: int, on: date) -> None:
        """Something that is paid in one year."""
        if on.year in self.years:
            self[key][on.year - self.years.start] += cents


def add_run(row: list[int], years: range, costs: Sequence[int], begins: date | None, ends: date | None) -> None:
    """Add to a row of cents by year what costs so much a year each and runs from `begins` to `ends`; see `part`."""
    first = 0 if begins is None else max(begins.year - years.start, 0)
    last = len(years) if ends is None else min(ends.year - years.start + 1, len(years))
    whole = sum(costs)
    for number in range(first, last):
        row[number] += whole
    # Only the years of the two days themselves may be parts.
    for number in {first, last - 1} if first < last else ():
        row[number] += sum(part(each, begins, ends, years[number]) for each in costs) - whole


def _rows(plan: CostPlan) -> _Years:
    table = _Years(plan)
    for unit in plan.own:
        ends = unit.closes if unit.replaced_by else None
        for kind, cents in unit.a_year.items():
            table.run(Key(False, kind, unit.payer, unit.region), cents, None, None)
            table.run(Key(True, kind, unit.payer, unit.region), cents, None, ends)
    for point in plan.joint:
        _add_joint(table, point)
    for mobile in plan.mobile:
        table.run(Key(True, "mobile", mobile.payer, mobile.region), mobile.a_year, mobile.begins, None)
    for spent in plan.investments:
        table.once(Key(True, "investment", spent.payer, spent.region), spent.cents, spent.on)
    for sale in plan.sales:
        table.once(Key(True, "sale", sale.payer, sale.region), -sale.cents, sale.on)
    return table


def _add_joint(table: _Years, point: JointPoint) -> None:
    """The point's costs of each year among its payers, to the cent."""
    payers, weights = list(point.shares), _whole(tuple(point.shares.values()))
    for kind, cents in point.a_year.items():
        rows = [table[Key(True, kind, payer, point.region)] for payer in payers]
        shared: dict[int, list[int]] = {}
        for number, year in enumerate(table.years):
            total = part(cents, point.opens, None, year)
            if total:
                if total not in shared:
                    shared[total] = in_proportion(weights, total)
                for row, own in zip(rows, shared[total], strict=True):
                    row[number] += own


@lru_cache(maxsize=256)
def _whole(weights: tuple[float, ...]) -> tuple[int, ...]:
    """The same weights as whole numbers, exactly."""
    exact = [Fraction(weight) for weight in weights]
    unit = math.lcm(*(weight.denominator for weight in exact))
    return tuple(int(weight * unit) for weight in exact)


def _double(plan: CostPlan) -> list[int]:
    """Cents of each year paid for own units after the joint points that replace them have opened."""
    years = range(plan.first, plan.last + 1)
    opens = {point.code: point.opens for point in plan.joint}
    row = [0] * len(years)
    for unit in plan.own:
        if unit.replaced_by:
            add_run(row, years, tuple(unit.a_year.values()), opens[unit.replaced_by], unit.closes)
    return row


def _payback(years: list[Year]) -> int | None:
    if all(each.cumulative >= 0 for each in years):
        return next((each.year for each in years if each.cumulative > 0), None)
    last_below = max(number for number, each in enumerate(years) if each.cumulative < 0)
    return years[last_below + 1].year if last_below + 1 < len(years) else None


def _risers(rows: Mapping[Key, Sequence[int]]) -> dict[str, int]:
    rise: dict[str, int] = defaultdict(int)
    for key, row in rows.items():
        if key.kind in RUNNING:
            rise[key.payer] += row[-1] if key.after else -row[-1]
    return {payer: cents for payer, cents in sorted(rise.items(), key=lambda item: (-item[1], item[0])) if cents > 0}
