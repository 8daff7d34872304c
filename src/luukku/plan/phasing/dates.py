"""What a year of opening means: the day, the closures that follow from it, and what all of it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luukku.plan.phasing.items import Closing, Opening, PhasingTask
from luukku.premises.costs.statement import add_run

WhyUndated = Literal["lease_unknown", "delay_without_year", "decree", "after_last_year"]
HeldBy = Literal["", "lease", "delay", "decided"]

UNDATED: dict[str, dict[WhyUndated, str]] = {
    "fi": {
        "lease_unknown": "vuokrasopimuksella ei ole päättymispäivää eikä irtisanomisaikaa",
        "delay_without_year": "viivästykselle ei ole annettu vuotta",
        "decree": "paikkakunta on määrätty asetuksessa, eikä asetuksen muuttamiselle ole annettu vuotta",
        "after_last_year": "sulkeminen on mahdollista vasta suunnitelman viimeisen vuoden jälkeen",
    },
    "sv": {
        "lease_unknown": "hyresavtalet har varken slutdatum eller uppsägningstid",
        "delay_without_year": "inget år har angetts för fördröjningen",
        "decree": "orten anges i en förordning, och inget år har angetts för en ändring av förordningen",
        "after_last_year": "stället kan stängas först efter planens sista år",
    },
    "en": {
        "lease_unknown": "the lease has neither an end nor a notice",
        "delay_without_year": "no year is given for the delay",
        "decree": "a decree sets the locality, and no year is given for changing the decree",
        "after_last_year": "it can close only after the last year of the plan",
    },
}


@dataclass(frozen=True, slots=True)
class Undated:
    """An own unit whose closure has no date within the plan: the plan fails as long as there is one (L885-887)."""

    unit: str
    why: WhyUndated

    def text(self, language: str) -> str:
        """Why, in "fi", "sv" or "en"."""
        return f"{self.unit}: {UNDATED[language][self.why]}."


def undated(task: PhasingTask) -> tuple[Undated, ...]:
    """The units that get no dated closure in these years, whenever the points open."""
    places = {each.point.code: each.municipality for each in task.openings}
    found = ((each, _why_undated(each, places[each.unit.replaced_by], task.last)) for each in task.closings)
    return tuple(Undated(each.unit.unit, why) for each, why in found if why is not None)


def opening_date(task: PhasingTask, opening: Opening, year: int) -> date | None:
    """The day on which a point opens when it opens in a year, None when it cannot yet."""
    day = max(date(year, *task.opening_day), opening.point.opens)
    return day if day.year == year else None


def closing_date(closing: Closing, opens: date) -> tuple[date, HeldBy]:
    """The last day of costs of a unit with a dated closure, and what keeps it open after the eve of the opening.

    It closes on the eve, never in an earlier year than the point opens in, or as soon after it as lease and delay let.
    """
    eve = max(opens - timedelta(days=1), date(opens.year, 1, 1))
    if closing.unit.closes is not None:
        return closing.unit.closes, "decided" if closing.unit.closes > eve else ""
    lease = closing.lease_over or eve
    delay = date(closing.delay.not_before, 1, 1) if closing.delay and closing.delay.not_before else eve
    day = max(eve, lease, delay)
    if day == eve:
        return day, ""
    return day, "delay" if delay == day else "lease"


def costs_of(
    task: PhasingTask, opening: Opening, opens: date, closes: Sequence[tuple[Closing, date | None]]
) -> dict[int, tuple[int, int, int, int]]:
    """{year: (own units, joint point, investments, double)} in cents, when a point opens and its units close so.

    double: the part of `own units` that is paid after the point has opened. A unit without a date is paid to the end.
    """
    years = task.years
    own, joint, double = ([0] * len(years) for _ in range(3))
    for closing, day in closes:
        a_year = tuple(closing.unit.a_year.values())
        add_run(own, years, a_year, None, day)
        add_run(double, years, a_year, opens, day)
    add_run(joint, years, tuple(opening.point.a_year.values()), opens, None)
    return {
        year: (own[number], joint[number], opening.money if opens.year == year else 0, double[number])
        for number, year in enumerate(years)
    }


def _why_undated(closing: Closing, joint_municipality: str, last: int) -> WhyUndated | None:
    delay = closing.delay
    if delay is not None and delay.not_before is None:
        return "decree" if delay.reason == "decree" else "delay_without_year"
    leaves = closing.decree_bound and closing.municipality != joint_municipality
    if leaves and (delay is None or delay.reason != "decree"):
        return "decree"
    if closing.unit.closes is not None:
        return "after_last_year" if closing.unit.closes.year > last else None
    if closing.lease_over is None:
        return "lease_unknown"
    soonest = delay.not_before if delay and delay.not_before else 0
    return "after_last_year" if max(soonest, closing.lease_over.year) > last else None
