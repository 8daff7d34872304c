"""Points, costs, sharing and phasing as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.web.impact.summary import listed
from luukku.web.impact.table import (
    Cell,
    Column,
    Row,
    Table,
    columns,
    day,
    euros,
    figure,
    number,
    percent,
    rows,
    to_the_cent,
    word,
    year,
)
from luukku.web.impact.words import Called, channels, kinds, language, places, sectors

if TYPE_CHECKING:
    from luukku.plan.impact import Impact, Phased, Sharing
    from luukku.plan.phasing import Phasing
    from luukku.plan.phasing.result import Bar
    from luukku.premises.costs import JointPoint
    from luukku.premises.program import SpaceProgram
    from luukku.premises.sharing import RuleResult

COUNTED = ("counter", "self_service", "remote", "expert")
"""Kinds of places that serve visitors."""


def points(found: Impact, names: Called, address: Callable[[str], str]) -> Table:
    """One row a point; address: of a point's own page, by its code."""
    costs = _costs(found)
    network = found.network.points
    told = []
    for code, town, program in zip(
        network.code.tolist(), network.municipality.tolist(), found.spaces.programs, strict=True
    ):
        told.append(
            Row(
                word(names.joint(code), address(code)),
                (
                    word(names.places.municipality(town)),
                    number(sum(program.a_week.values())),
                    *(number(program.places[kind]) for kind in COUNTED),
                    number(program.total_m2),
                    number(program.staff_hours, 1),
                    euros(sum(costs[code].a_year.values())),
                ),
            )
        )
    whole = found.spaces.programs
    total = Row(
        word(_("In all")),
        (
            word(""),
            number(sum(sum(each.a_week.values()) for each in whole)),
            *(number(sum(each.places[kind] for each in whole)) for kind in COUNTED),
            number(found.spaces.total_m2),
            number(sum(each.staff_hours for each in whole), 1),
            euros(sum(sum(costs[code].a_year.values()) for code in network.code.tolist())),
        ),
        total=True,
    )
    head = (
        Column(_("Joint service point")),
        Column(_("Municipality")),
        *(
            Column(label, number=True)
            for label in (
                _("Visits a week"),
                _("Counters"),
                _("Self-service places"),
                _("Remote rooms"),
                _("Expert rooms"),
                _("m²"),
                _("Staff hours a week"),
                _("Cost, € a year"),
            )
        ),
    )
    return Table(_("Points: visits, space, staff and cost"), head, (*told, total))


def _costs(found: Impact) -> Mapping[str, JointPoint]:
    return {point.code: point for point in found.cost_plan.joint}


# One point


def point_visits(program: SpaceProgram) -> Table:
    """Visits a week of a point by channel."""
    whole = sum(program.a_week.values())
    called = channels()
    told = [
        (word(called[channel]), number(visits, 1), percent(visits / whole if whole else 0.0))
        for channel, visits in program.a_week.items()
    ]
    head = columns(_("Channel"), _("Visits a week"), _("Share of visits"))
    return Table(_("Visits by channel"), head, rows(told))


def point_space(program: SpaceProgram) -> Table:
    """Places and m2 of a point by kind, and how well they meet the goals."""
    called = places()
    told: list[Row] = []
    for kind, m2 in program.m2.items():
        attained = program.attained.get(kind)
        cells = (
            number(program.places.get(kind)),
            number(m2, 1),
            Cell("", None, number=True) if attained is None else percent(attained, 1),
        )
        told.append(Row(word(called[kind]), cells))
    total = Row(
        word(_("In all")), (Cell("", None, number=True), number(program.total_m2, 1), Cell("", None, number=True)), True
    )
    head = columns(_("Kind"), _("Places"), _("m²"), _("Within the goal"))
    note = _(
        "Within the goal: the share of visitors at the counter and in self-service who wait at most the goal's "
        "minutes, and of booked visitors who get the time that they first wish for."
    )
    return Table(_("Places and space by kind"), head, (*told, total), note=note)


def point_costs(found: Impact, code: str) -> tuple[Table, Table]:
    """What a point costs a year by kind, and what is spent on it once."""
    called = kinds()
    a_year = _costs(found)[code].a_year
    told = [Row(word(called[kind]), (euros(cents),)) for kind, cents in a_year.items()]
    total = Row(word(_("In all, a year")), (euros(sum(a_year.values())),), total=True)
    payers = {"fitting": _("Fitting out: the landlord, through the rent system")}
    payers["equipment"] = _("Equipment of the remote rooms: the project")
    once = [Row(word(payers.get(each.kind, each.kind)), (euros(each.cents),)) for each in found.investments[code]]
    return (
        Table(_("Costs a year, €"), columns(_("Cost"), _("€ a year")), (*told, total)),
        Table(_("Investments, €"), columns(_("What, and who pays it at first"), "€"), tuple(once)),
    )


# Costs


def years(found: Impact) -> tuple[Table, Table]:
    """Costs by year, and the savings by year."""
    made = found.costs.years
    costs = [(year(each.year), euros(each.baseline), euros(each.after), euros(each.double)) for each in made]
    saved = [(year(each.year), euros(each.saved), euros(each.cumulative)) for each in made]
    return (
        Table(
            _("Costs by year, €"),
            columns(_("Year"), _("As today"), _("By the plan"), _("Of it double")),
            rows(costs),
            chart="years",
            unit="€",
            note=_("Double: paid for own units after the joint point that replaces them has opened."),
        ),
        Table(
            _("Savings by year, €"),
            columns(_("Year"), _("Saving"), _("Saved so far")),
            rows(saved),
            chart="years",
            unit="€",
        ),
    )


def cost_years(found: Impact) -> Table:
    """All of a year in one row, for the file."""
    return Table(
        _("Costs by year, €"),
        columns(_("Year"), *(f"{label}, €" for label in _year_columns())),
        rows(
            (year(each.year), *map(to_the_cent, (each.baseline, each.after, each.saved, each.cumulative, each.double)))
            for each in found.costs.years
        ),
    )


def _year_columns() -> tuple[str, ...]:
    return (_("As today"), _("By the plan"), _("Saving"), _("Saved so far"), _("Double"))


def by_groups(found: Impact, names: Called) -> list[tuple[str, str, Table]]:
    """The last year's costs by payer, region, sector and kind: (id of its tab, label, table)."""
    last = found.terms.last
    called = {
        "payer": names.payers,
        "region": names.places.regions | {"": _("Not known")},
        "sector": sectors(),
        "kind": kinds(),
    }
    year_of = {"year": last}
    titles = {
        "payer": (_("By payer in %(year)s, €") % year_of, _("Payer")),
        "region": (_("By region in %(year)s, €") % year_of, _("Region")),
        "sector": (_("By sector in %(year)s, €") % year_of, _("Sector")),
        "kind": (_("By kind of cost in %(year)s, €") % year_of, _("Kind")),
    }
    made = found.costs
    sums: dict[str, dict[str, list[int]]] = {group: {} for group in called}
    # Only the last year is asked for: adding up every year of every group would take longer than the whole page.
    for key, row in made.rows.items():
        of_row = {"payer": key.payer, "region": key.region, "kind": key.kind, "sector": made.sector(key.payer, last)}
        for group, code in of_row.items():
            sums[group].setdefault(code, [0, 0])[key.after] += row[-1]
    return [
        (f"by-{group}", label, _by_group(title, label, called[group], dict(sorted(sums[group].items()))))
        for group, (title, label) in titles.items()
    ]


def _by_group(title: str, label: str, called: Mapping[str, str], sums: Mapping[str, Sequence[int]]) -> Table:
    told = [
        Row(word(called.get(code, code)), (euros(before), euros(after), euros(before - after, drawn=False)))
        for code, (before, after) in sums.items()
        if before or after
    ]
    before, after = (sum(both[side] for both in sums.values()) for side in (0, 1))
    total = Row(word(_("In all")), (euros(before), euros(after), euros(before - after, drawn=False)), total=True)
    head = columns(label, _("As today"), _("By the plan"), _("Saving"))
    return Table(title, head, (*told, total), chart="bars", unit="€")


# Sharing


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule in words: whether everybody stays, who would leave, and who pays more than today."""

    name: str
    tone: str
    state: str
    sentences: list[str]


def shares(sharing: Sharing, names: Called, *, title: str) -> Table:
    """What everybody pays by each rule, to the cent, beside today's cost and that of a point of one's own."""
    lines: list[tuple[str, Iterable[float]]] = []
    if sharing.users.today is not None:
        lines.append((_("Today"), sharing.users.today))
    lines.append((_("Alone at own points"), sharing.game.alone.tolist()))
    lines += [(_capital(each.name(language())), each.shares.cents) for each in sharing.table if each.shares]
    series = [list(values) for _label, values in lines]
    told = [
        Row(word(names.payer(player)), tuple(to_the_cent(values[place]) for values in series))
        for place, player in enumerate(sharing.users.players)
    ]
    total = Row(word(_("In all")), tuple(to_the_cent(sum(values)) for values in series), total=True)
    return Table(title, columns(_("Payer"), *(label for label, _values in lines)), (*told, total), unit="€")


def rules(sharing: Sharing, names: Called) -> list[RuleTold]:
    """Each rule with its core test in words."""
    return [_rule(each, names) for each in sharing.table]


def _rule(each: RuleResult, names: Called) -> RuleTold:
    said = [sentence for sentence in each.words(language(), names.payers) if sentence]
    if each.test is None:
        return RuleTold(_capital(each.name(language())), "neutral", _("cannot be used"), [_why_not(each)])
    if each.dearer:
        player, cents = max(each.dearer.items(), key=lambda dearer: dearer[1])
        values = {"count": len(each.dearer), "name": names.payer(player), "amount": euros(cents).text}
        only = _("More than today is paid by %(name)s only: %(amount)s € more a year.")
        most = _("More than today is paid by %(count)s, most by %(name)s: %(amount)s € more a year.")
        said.append((only if len(each.dearer) == 1 else most) % values)
    else:
        said.append(_("Nobody pays more than today."))
    if each.test.stable:
        return RuleTold(_capital(each.name(language())), "good", _("everybody gains by staying"), said)
    return RuleTold(_capital(each.name(language())), "attention", _("somebody would rather leave"), said)


def _why_not(each: RuleResult) -> str:
    if each.rule == "capped":
        return _("Together the payers pay less today than the points cost: somebody must pay more than today.")
    return _("What the rule weighs is 0 for everybody, so the cost cannot be shared by it.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Phasing


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
