"""What came out of phasing: rows of openings and closures, bars of a Gantt chart, and the cost curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from luukku.plan.phasing.dates import HeldBy, Undated, closing_date, costs_of, undated
from luukku.plan.phasing.items import Closing, Opening, PhasingTask, Reason
from luukku.premises.costs import CostPlan


@dataclass(frozen=True, slots=True)
class Opened:
    """A joint point with its year. money: cents of the year's budget; works: of the year's capacity."""

    code: str
    region: str
    opens: date
    money: int
    works: int


@dataclass(frozen=True, slots=True)
class Closed:
    """An own unit with the day of its closure.

    closes:      last day with costs, None when undated. double_days: days with costs from the opening on (None when
                 undated); gap_days: days between a closure that was decided beforehand and the opening.
    held_by:     what keeps it open after the eve of the opening. reason: the allowed reason for that, "" when none is
                 needed or none is given. A lease or a notice that runs on is counted as economy.
    why:         the planner's words about the delay.
    """

    unit: str
    payer: str
    region: str
    joint: str
    opens: date
    closes: date | None
    double_days: int | None
    gap_days: int
    held_by: HeldBy
    reason: Reason | Literal[""]
    why: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a Gantt chart, both days counted: an own unit before ("own") and after ("double") the opening of its
    joint point, or the joint point itself ("joint"). Bars of one joint point stand together.
    """

    joint: str
    name: str
    kind: Literal["joint", "own", "double"]
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class PhasedYear:
    """One year in whole cents. total = own + joint + investment; double is a part of own; saved = baseline - total.

    budget, works_capacity: what the year has, None without limit.
    """

    year: int
    baseline: int
    own: int
    joint: int
    investment: int
    total: int
    saved: int
    cumulative: int
    double: int
    budget: int | None
    works: int
    works_capacity: int | None


@dataclass(frozen=True, slots=True)
class Phasing:
    """Openings and closures year by year, with the certificate.

    undated:    own units without a dated closure; unreasoned: own units that are decided to close in a later year than
                their point opens, without an allowed reason. The plan passes only when both are empty.
    objective:  cents of all the years; bound: no choice of years costs less; gap: (objective - bound) / objective.
    held_back:  cents more than if each point opened in its own cheapest year, with neither budget nor works limited.
    stopped_by: "proved", "gap", "asked" or "time"; seconds: wall time.
    """

    task: PhasingTask
    openings: tuple[Opened, ...]
    closures: tuple[Closed, ...]
    years: tuple[PhasedYear, ...]
    undated: tuple[Undated, ...]
    objective: int
    bound: int
    gap: float
    held_back: int
    stopped_by: str
    seconds: float
    method: str

    @property
    def unreasoned(self) -> tuple[str, ...]:
        """Units that close in a later year than their point opens although no allowed reason is given."""
        late = (each for each in self.closures if each.closes and each.closes.year > each.opens.year)
        return tuple(each.unit for each in late if not each.reason)

    @property
    def passes(self) -> bool:
        """Whether every own unit has a dated closure, and every late one an allowed reason (L885-887, L2196-2204)."""
        return not self.undated and not self.unreasoned

    @property
    def double(self) -> int:
        """Cents paid for own units after the points that replace them have opened."""
        return sum(year.double for year in self.years)

    def bars(self) -> tuple[Bar, ...]:
        """The Gantt chart's bars: the points by the day of opening, each with its own units after it."""
        begins, ends = date(self.task.first, 1, 1), date(self.task.last, 12, 31)
        found: list[Bar] = []
        for point in self.openings:
            found.append(Bar(point.code, point.code, "joint", point.opens, ends))
            for unit in self.closures:
                if unit.joint == point.code:
                    last, eve = min(unit.closes or ends, ends), point.opens - timedelta(days=1)
                    bars = (
                        Bar(point.code, unit.unit, "own", begins, min(last, eve)),
                        Bar(point.code, unit.unit, "double", point.opens, last),
                    )
                    found += [bar for bar in bars if bar.begins <= bar.ends]
        return tuple(found)

    def cost_plan(self) -> CostPlan:
        """The same as a cost plan, for the cost statement by payer, region and sector, and for its checks."""
        opens = {each.code: each.opens for each in self.openings}
        closes = {each.unit: each.closes for each in self.closures}
        openings, units = self.task.openings, [each.unit for each in self.task.closings]
        return CostPlan(
            self.task.first,
            self.task.last,
            own=tuple(replace(unit, closes=closes[unit.unit]) for unit in units),
            joint=tuple(replace(each.point, opens=opens[each.point.code]) for each in openings),
            investments=tuple(replace(s, on=opens[each.point.code]) for each in openings for s in each.investments),
        )


def opened(opening: Opening, opens: date) -> Opened:
    """The row of a joint point."""
    return Opened(opening.point.code, opening.point.region, opens, opening.money, opening.works)


def closed(closing: Closing, opens: date, *, dated: bool) -> Closed:
    """The row of an own unit whose joint point opens on a day."""
    closes: date | None = None
    held_by: HeldBy = ""
    if dated:
        closes, held_by = closing_date(closing, opens)
    reason: Reason | Literal[""] = ""
    if closing.delay and held_by in ("delay", "decided"):
        reason = closing.delay.reason
    elif held_by == "lease":
        reason = "economy"
    return Closed(
        unit=closing.unit.unit,
        payer=closing.unit.payer,
        region=closing.unit.region,
        joint=closing.unit.replaced_by,
        opens=opens,
        closes=closes,
        double_days=None if closes is None else max((closes - opens).days + 1, 0),
        gap_days=0 if closes is None else max((opens - closes).days - 1, 0),
        held_by=held_by,
        reason=reason,
        why=closing.delay.why if closing.delay and reason == closing.delay.reason else "",
    )


def year_rows(task: PhasingTask, days: Sequence[date]) -> tuple[PhasedYear, ...]:
    """The cost curve when the points open on these days, in the order of the task's openings."""
    rows: list[PhasedYear] = []
    lost = {each.unit for each in undated(task)}
    parts = []
    for opening, opens in zip(task.openings, days, strict=True):
        own = [each for each in task.closings if each.unit.replaced_by == opening.point.code]
        ends = [None if each.unit.unit in lost else closing_date(each, opens)[0] for each in own]
        parts.append(costs_of(task, opening, opens, list(zip(own, ends, strict=True))))
    baseline = sum(sum(each.unit.a_year.values()) for each in task.closings)
    cumulative = 0
    for year in task.years:
        own_units, joint, investment, double = (sum(each[year][n] for each in parts) for n in range(4))
        total = own_units + joint + investment
        cumulative += baseline - total
        rows.append(
            PhasedYear(
                year=year,
                baseline=baseline,
                own=own_units,
                joint=joint,
                investment=investment,
                total=total,
                saved=baseline - total,
                cumulative=cumulative,
                double=double,
                budget=None if task.budget is None else task.budget[year],
                works=sum(o.works for o, day in zip(task.openings, days, strict=True) if day.year == year),
                works_capacity=None if task.works is None else task.works[year],
            )
        )
    return tuple(rows)
