"""The plan's figures against the criteria, each with its status, its meaning and its source."""

from __future__ import annotations

import math
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.network.evaluate import Evaluation
from luukku.web.studio.geography import Geography
from luukku.web.studio.light import counted
from luukku.web.studio.models import Alternative, Objective
from luukku.web.studio.proof import proof_of
from luukku.web.studio.schemas import FigureOut, LeftOutOut, PointOut, Tag
from luukku.web.studio.visits import year_of
from luukku.web.ui.provenance import source_text

Unit = Literal["share", "count", "people", "minutes", "visits"]
DIGITS: dict[str, int] = {"share": 1, "count": 0, "people": 0, "minutes": 1, "visits": 0}


def figures_of(
    known: Geography, alternative: Alternative, evaluation: Evaluation, points: list[PointOut], left: list[LeftOutOut]
) -> list[FigureOut]:
    """The figures in the order in which a planner asks for them."""
    criteria = alternative.criteria
    limit, base = number_format(criteria.minutes, 0), number_format(criteria.base, 0)
    own = [point for point in points if point.tier != "neighbour"]
    centres = sum(point.tier == "centre" for point in own)
    under = [point for point in own if point.near < criteria.base]
    far_under = sum(point.within < criteria.base for point in own)
    proof = proof_of(alternative)
    computed = _("Computed from: %(people)s; %(minutes)s") % {
        "people": source_text(known.country.cells.source),
        "minutes": source_text(known.times.source),
    }

    found = [
        _figure(
            "within",
            evaluation.share,
            "share",
            _("live within %(minutes)s minutes of a point") % {"minutes": limit},
            tag=_coverage_tag(alternative, evaluation.share),
            note=_("Criterion: at most %(minutes)s minutes by car (lines 33, 1309–1319).") % {"minutes": limit},
            source=computed,
            better=1,
            digits=_digits(alternative, evaluation.share),
        ),
        _figure(
            "points",
            len(own),
            "count",
            _("points, %(centres)s of them in regional centres") % {"centres": centres},
            tag=Tag(tone=proof.tone, text=proof.word),
            note=proof.sentence,
            source=_("The plan's own list of open points."),
            better=-1,
        ),
        _figure(
            "under_base",
            len(under),
            "count",
            _("points nearest to fewer than %(base)s people") % {"base": base},
            tag=Tag(tone="attention", text=_("to be reasoned")) if under else Tag(tone="good", text=_("base is met")),
            note=_(
                "Read the other way, by people who live within the limit of a point, %(count)s points are below "
                "%(base)s (lines 35–37, 1319). Near the base, municipal services are compulsory (lines 1327–1329)."
            )
            % {"count": far_under, "base": base},
            source=computed,
            better=-1,
        ),
        _figure(
            "mean",
            _known(evaluation.equity.mean),
            "minutes",
            _("mean trip by car"),
            note=_("For the tenth of people who live farthest: %(minutes)s min. Public transport is not known here.")
            % {"minutes": number_format(_known(evaluation.equity.worst_tenth), 0)},
            source=computed,
            better=-1,
        ),
        _figure(
            "over",
            evaluation.people - evaluation.within,
            "people",
            _("people over %(minutes)s minutes away") % {"minutes": limit},
            tag=_light_tag(left),
            note=_("Proposed by a rule of our own for places over the limit (lines 45–49): %(solutions)s.")
            % {"solutions": counted(left)}
            if left
            else "",
            source=computed,
            better=-1,
        ),
    ]
    for ring in evaluation.rings:
        if ring.minutes != criteria.minutes:
            label = _("within %(minutes)s minutes") % {"minutes": number_format(ring.minutes, 0)}
            found.append(_figure(f"ring-{ring.minutes:g}", ring.share, "share", label, source=computed, better=1))
    found.append(_visits(alternative, own))
    return found


def _digits(alternative: Alternative, share: float) -> int:
    """Enough digits to tell the share from the aim that it does not quite reach."""
    missed = share < alternative.coverage and alternative.objective == Objective.FEWEST_POINTS
    return 2 if missed and round(share, 3) >= round(alternative.coverage, 3) else 1


def _figure(
    key: str,
    value: float,
    unit: Unit,
    label: str,
    *,
    source: str,
    better: Literal[-1, 0, 1],
    tag: Tag | None = None,
    note: str = "",
    digits: int | None = None,
) -> FigureOut:
    return FigureOut.model_construct(
        key=key,
        value=value,
        unit=unit,
        digits=DIGITS[unit] if digits is None else digits,
        label=label,
        tag=tag,
        note=note,
        source=source,
        better=better,
    )


def _visits(alternative: Alternative, own: list[PointOut]) -> FigureOut:
    demand = alternative.criteria.demand
    values = {
        "visits": number_format(demand.visits_a_year / 1e6, 0),
        "population": number_format(demand.population / 1e6, 1),
        "weeks": number_format(demand.weeks, 0),
        "needed": number_format(round(demand.base_needed()), 0),
        "week": number_format(demand.visits_a_week(), 0),
        "year": year_of(alternative),
    }
    return _figure(
        "visits",
        sum(point.visits for point in own),
        "visits",
        _("visits a week to the points in %(year)s") % values,
        note=_(
            "By the people that each area will have in %(year)s, as on the page “Space, costs and time”. The rule of "
            "thumb for people of any year: %(week)s a week for 10,000; 100 a week needs a base of %(needed)s people."
        )
        % values,
        source=_(
            "Assumption: %(visits)s M visits a year (lines 1676–1706) in %(weeks)s weeks, shared out by the trend of "
            "each municipality's people. The rule of thumb takes %(population)s M people: the document gives no "
            "formula, and these values reproduce its 77 a week (lines 1325–1327)."
        )
        % values,
        better=0,
    )


def _coverage_tag(alternative: Alternative, share: float) -> Tag | None:
    if alternative.objective != Objective.FEWEST_POINTS:
        return None
    if share >= alternative.coverage - 1e-9:
        return Tag(tone="good", text=_("is met"))
    return Tag(
        tone="danger", text=_("not met, aim %(share)s %%") % {"share": number_format(100 * alternative.coverage, 1)}
    )


def _light_tag(left: list[LeftOutOut]) -> Tag:
    if not left:
        return Tag(tone="good", text=_("nobody left out"))
    return Tag(tone="attention", text=_("light solutions"))


def _known(minutes: float) -> float:
    """Nobody's mean trip is shown as 0."""
    return 0.0 if math.isnan(minutes) else minutes
