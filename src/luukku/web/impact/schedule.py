"""When points open and own units close, as tables and sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.web.impact.summary import listed
from luukku.web.impact.table import (
    Column,
    Row,
    Table,
    columns,
    day,
    euros,
    figure,
    number,
    rows,
    word,
    year,
)
from luukku.web.impact.words import Called, language

if TYPE_CHECKING:
    from luukku.plan.impact import Phased
    from luukku.plan.phasing import Phasing
    from luukku.plan.phasing.result import Bar


def openings(made: Phasing, names: Called) -> Table:
    """When each joint point and office opens, and when the own units that it replaces are all closed."""
    told = []
    for each in made.openings:
        own = [unit for unit in made.closures if unit.joint == each.code]
        dated = [unit.closes for unit in own if unit.closes]
        last = day(max(dated)) if dated and len(dated) == len(own) else word(_("no date") if own else "")
        told.append(
            Row(word(names.joint(each.code)), (day(each.opens), number(len(own)), last, euros(each.money))),
        )
    head = (
        Column(_("Point or office")),
        Column(_("Opens")),
        Column(_("Own units replaced"), number=True),
        Column(_("The last of them closes")),
        Column(_("Investments, €"), number=True),
    )
    return Table(_("Openings and closures"), head, tuple(told))


def gantt(made: Phasing, names: Called) -> Table:
    """The bars of the Gantt chart, gathered by joint point: own units, both side by side, the joint point alone."""
    spans: dict[tuple[str, str], list[Bar]] = {}
    for bar in made.bars():
        spans.setdefault((bar.joint, bar.kind), []).append(bar)
    called = {"own": _("own units"), "double": _("both side by side"), "joint": _("joint point")}
    told = []
    for each in made.openings:
        for kind, word_of in called.items():
            if bars := spans.get((each.code, kind)):
                begins, ends = min(bar.begins for bar in bars), max(bar.ends for bar in bars)
                cells = (word(word_of), day(begins), day(ends))
                name = word(names.joint(each.code))
                told.append(Row(name, cells, kind=kind, start=begins.isoformat(), end=ends.isoformat()))
    head = (Column(_("Point or office")), Column(_("What is open")), Column(_("Begins")), Column(_("Ends")))
    return Table(_("Time line of openings and closures"), head, tuple(told), chart="gantt")


def curve(made: Phasing) -> Table:
    """What the own and the joint ones cost year by year."""
    told = [
        (year(each.year), *map(euros, (each.own, each.joint, each.investment, each.double, each.total)))
        for each in made.years
    ]
    head = columns(_("Year"), _("Own units"), _("Joint ones"), _("Investments"), _("Of it double"), _("In all"))
    return Table(_("Cost curve, €"), head, rows(told), chart="years", unit="€")


def closures(made: Phasing, names: Called) -> Table:
    """One row a closure, for the file."""
    from luukku.plan.phasing import REASONS

    reasons = REASONS[language()]
    told = (
        Row(
            word(names.units.get(each.unit, each.unit)),
            (
                word(each.unit),
                word(names.payer(each.payer)),
                word(names.places.region(each.region)),
                word(names.joint(each.joint)),
                day(each.opens),
                day(each.closes, _("no date")),
                number(each.double_days),
                word(reasons[each.reason] if each.reason else ""),
            ),
        )
        for each in made.closures
    )
    head = tuple(
        Column(label)
        for label in (
            _("Own unit"),
            _("Code"),
            _("Payer"),
            _("Region"),
            _("Replaced by"),
            _("It opens"),
            _("The own unit closes"),
            _("Days of double cost"),
            _("Reason for closing late"),
        )
    )
    return Table(_("Closures of own units"), head, tuple(told))


def proof(phased: Phased) -> str:
    """What is proved of the years."""
    made = phased.phasing
    span = {"euros": euros(made.objective).text, "first": made.task.first, "last": made.task.last}
    if made.stopped_by == "proved":
        return _("The cheapest possible, proved: %(euros)s € in %(first)s–%(last)s.") % span
    bound = {"bound": euros(made.bound).text, "gap": figure(100 * made.gap, 2)}
    return _(
        "The best found: %(euros)s € in %(first)s–%(last)s. Nothing is cheaper than %(bound)s € (gap %(gap)s %%)."
    ) % (span | bound)


def stops(made: Phasing, names: Called) -> list[str]:
    """What stops the phasing: own units without a dated closure, and late ones without a reason."""
    said = []
    if made.undated:
        units = [names.units.get(each.unit, each.unit) for each in made.undated]
        said.append(
            ngettext(
                "%(count)s own unit has no day of closure: %(units)s. Without it the plan cannot pass.",
                "%(count)s own units have no day of closure: %(units)s. Without it the plan cannot pass.",
                len(units),
            )
            % {"count": figure(len(units)), "units": listed(units)}
        )
    if made.unreasoned:
        units = [names.units.get(unit, unit) for unit in made.unreasoned]
        said.append(
            _("These close in a later year than their point opens, without an allowed reason: %(units)s.")
            % {"units": listed(units)}
        )
    return said


def late(made: Phasing) -> str:
    """How many own units close late for an allowed reason; "" when none does."""
    from luukku.plan.phasing import REASONS

    reasons = Counter(
        each.reason for each in made.closures if each.closes and each.closes.year > each.opens.year and each.reason
    )
    if not reasons:
        return ""
    named = REASONS[language()]
    told = ", ".join(f"{named[reason]} {count}" for reason, count in reasons.most_common() if reason)
    return _("Late for an allowed reason: %(count)s own units (%(reasons)s).") % {
        "count": figure(sum(reasons.values())),
        "reasons": told,
    }
