"""Points, costs and sharing as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luukku.web.impact.table import (
    Cell,
    Column,
    Row,
    Table,
    columns,
    euros,
    number,
    percent,
    rows,
    to_the_cent,
    word,
    year,
)
from luukku.web.impact.words import Called, channels, kinds, language, places, sectors

if TYPE_CHECKING:
    from luukku.plan.impact import Impact, Sharing
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
