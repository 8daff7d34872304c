"""The summary: the figures that decide, what stops the plan, and on what it all rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.web.impact.table import Cell, Column, Row, Table, euros, figure, word
from luukku.web.impact.words import Called, language
from luukku.web.ui.provenance import source_text

if TYPE_CHECKING:
    from luukku.outlook.parameters import Parameter
    from luukku.plan.impact import Impact

Tone = Literal["info", "good", "attention", "danger", "neutral"]

SHOWN = 10
"""Findings that are seen at once; the rest fold out."""
NAMED = 10
"""Points that are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it is, its source or formula, and whether example values weigh in it."""

    value: str
    label: str
    unit: str = ""
    source: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Something found in the plan: how heavy it is in a word, the sentence, and the document's lines."""

    tone: Tone
    word: str
    text: str
    lines: str


def weighs(found: Impact, *prefixes: str) -> bool:
    """Whether example values are among the parameters with these beginnings."""
    return any(each.status == "example" for each in found.parameters.shown(*prefixes))


def figures(found: Impact) -> list[Figure]:
    """The figures in the order in which they are asked for."""
    from luukku.outlook.population import project
    from luukku.premises.costs.prices import PRICES
    from luukku.premises.program import USED

    count, offices, made, last = len(found.network.points), found.offices, found.costs, found.terms.last
    served = found.network.point_of_cell >= 0
    people = float(project(found.country.cells, found.projection).people[served].sum())
    spaces, money = weighs(found, *USED), found.example or weighs(found, *PRICES)
    visits = _("The scenario's visits (lines 1676–1706), by the population of the areas: %(label)s.") % {
        "label": found.projection.label(language())
    }
    computed = _("Computed from today's premises, the space programmes and the unit prices under Assumptions.")
    return [
        Figure(
            figure(found.visits.a_week),
            _("visits a week to the joint service points"),
            source=visits,
            example=_groups(found),
        ),
        Figure(
            figure(people / count),
            _("people a point, on average"),
            source=_("People whose nearest point it is, in %(year)s: %(label)s.")
            % {"year": found.projection.year, "label": found.projection.label(language())},
        ),
        Figure(
            figure(found.spaces.total_m2),
            _("in the points together"),
            "m²",
            _("The space programme of each point, from its visits and the waiting-time goal."),
            spaces,
        ),
        Figure(
            figure(offices.need_m2),
            _("of office that the scenario's work needs"),
            "m²",
            _("Today's offices, the share of multi-location work and the target of 10 m² (lines 1460–1462)."),
            found.example,
        ),
        Figure(
            figure(offices.released_m2),
            _("of office released at 10 m² a person-year"),
            "m²",
            _("Today %(today)s m² and %(people)s person-years.")
            % {"today": figure(offices.today_m2), "people": figure(offices.person_years)},
            found.example,
        ),
        Figure(
            millions(made.years[-1].baseline),
            _("a year as today"),
            _("M€"),
            _("Year %(year)s, everything as it is today.") % {"year": last},
            money,
        ),
        Figure(
            millions(made.years[-1].after),
            _("a year by the plan"),
            _("M€"),
            _("Year %(year)s, by the plan.") % {"year": last} + " " + computed,
            money,
        ),
        Figure(
            millions(made.running_saved),
            _("saved a year, lastingly"),
            _("M€"),
            _("The implementation plan speaks of up to €50 million a year (lines 1071–1077).") + " " + computed,
            money,
        ),
        Figure(
            _("not by %(year)s") % {"year": last} if made.payback is None else str(made.payback),
            _("the savings have covered the costs"),
            source=_("The first year at whose end the savings have covered the costs and go on covering them."),
            example=money,
        ),
        Figure(
            millions(made.present_value),
            _("the savings' present value"),
            _("M€"),
            _("Savings of %(first)s–%(last)s at a rate of %(rate)s %%.")
            % {"first": found.terms.first, "last": last, "rate": figure(100 * made.discount, 1)},
            money,
        ),
    ]


def millions(cents: float) -> str:
    """Cents as millions of euros, with as many decimals as tell something."""
    return figure(cents / 1e8, 1 if abs(cents) >= 1e9 else 2)


def _groups(found: Impact) -> bool:
    return weighs(found, *(f"group.{name}." for name in found.country.cells.extra))


def findings(found: Impact, names: Called) -> list[Found]:
    """What stops, warns and tells, the heaviest first."""
    speaks = language()
    words: dict[str, tuple[Tone, str]] = {
        "stops": ("danger", _("stops the plan")),
        "warns": ("attention", _("warning")),
        "tells": ("info", _("to be known")),
    }
    told = []
    for each in found.findings:
        name = names.payer(each.what) if each.check == "payer_rises" else names.units.get(each.what, each.what)
        text = each.text(speaks)
        told.append(
            Found(*words[each.weight], text.replace(each.what, name, 1) if each.what else text, _lines(each.lines))
        )
    soon = found.terms.opens.year + 10
    short = [names.joint(code) for code, year in found.needs.items() if year is None or year < soon]
    if short:
        sentence = ngettext(
            "Behind %(count)s point 10,000 people are not seen for ten years from the opening. Give another reason "
            "for the investment: %(points)s",
            "Behind %(count)s points 10,000 people are not seen for ten years from the opening. Give another reason "
            "for the investment: %(points)s",
            len(short),
        ) % {"count": figure(len(short)), "points": listed(short)}
        told.append(Found(*words["warns"], sentence, _lines("L1079-1083")))
    order: list[Tone] = ["danger", "attention", "info"]
    return sorted(told, key=lambda each: order.index(each.tone))


def listed(names: list[str]) -> str:
    """Some of the names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
        "names": shown,
        "count": more,
    }


def rises(found: Impact, names: Called) -> list[tuple[str, str]]:
    """Whose yearly costs rise, and by how many euros."""
    return [(names.payer(payer), euros(cents).text) for payer, cents in found.costs.risers.items()]


def terms(found: Impact) -> list[str]:
    """Assumptions that are no parameters."""
    day = {"day": date_format(found.terms.opens, "SHORT_DATE_FORMAT")}
    decided = {"day": date_format(found.terms.decided, "SHORT_DATE_FORMAT")}
    return [
        _("All points open on %(day)s in the costs by year; phasing chooses the years itself.") % day,
        _("Notice of leases can be given on %(day)s.") % decided,
        _("Points are paid by visits and offices by person-years; the sharing section compares other rules."),
        _("Of a region's plan, points beyond the border serve their areas but are not the plan's."),
    ]


def assumptions(found: Impact) -> tuple[Table, list[str]]:
    """Every parameter that weighs, with its status and the number of its source; and the sources in that order."""
    from luukku.outlook.parameters import STATUS_WORDS

    speaks = language()
    sources = [_lines(source_text(source)) for source in found.sources]
    told: list[Row] = []
    for each in found.assumptions:
        text = _lines(_(each.source)) if each.source else ""
        if each.status == "document":
            text = _("The implementation plan: %(lines)s") % {"lines": text}
        if text and text not in sources:
            sources.append(text)
        place = sources.index(text) + 1 if text else 0
        status = Cell(
            STATUS_WORDS[speaks][each.status], each.status, tone="attention" if each.status == "example" else "neutral"
        )
        note = Cell(f"[{place}]", text, href=f"#source-{place}") if place else word("")
        cells = (_value(each), word(_(each.unit) if each.unit else ""), status, note)
        told.append(Row(word(each.meaning(speaks)), cells))
    columns = (
        Column(_("Assumption")),
        Column(_("Value"), number=True),
        Column(_("Unit")),
        Column(_("Standing")),
        Column(_("Source")),
    )
    return Table(_("Assumptions that weigh in the figures"), columns, tuple(told)), sources


def examples(parameters: Iterable[Parameter]) -> int:
    """How many of the parameters are examples."""
    return sum(each.status == "example" for each in parameters)


def _value(each: Parameter) -> Cell:
    digits = next((digits for digits in range(4) if round(each.value, digits) == each.value), 4)
    return Cell(figure(each.value, digits), each.value, number=True)


def _lines(text: str) -> str:
    """The document's lines as people write them: "L1676-1706" becomes "lines 1676–1706"."""
    import re

    def spelled(match: re.Match[str]) -> str:
        return _("lines %(lines)s") % {"lines": match[1].replace("-", "–")}

    return re.sub(r"\bL(\d+(?:-\d+)?)", spelled, text)
