"""The plan's figures against the criteria, each with its status, its meaning and its source."""

from __future__ import annotations

from typing import Literal

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative, Objective
from luukku.web.studio.proof import proof_of
from luukku.web.studio.schemas import FigureOut, LeftOutOut, PointOut, Tag
from luukku.web.studio.trips import Trips

Unit = Literal["share", "count", "people", "minutes", "visits"]
DIGITS: dict[str, int] = {"share": 1, "count": 0, "people": 0, "minutes": 1, "visits": 0}


def figures_of(
    known: Geography, alternative: Alternative, trips: Trips, points: list[PointOut], left_out: list[LeftOutOut]
) -> list[FigureOut]:
    """The figures in the order in which a planner asks for them."""
    criteria = alternative.criteria
    limit, base = number_format(criteria.minutes, 0), number_format(criteria.base, 0)
    everybody = max(float(trips.people.sum()), 1.0)
    own = [point for point in points if point.tier != "neighbour"]
    centres = sum(point.tier == "centre" for point in own)
    under = [point for point in own if point.near < criteria.base]
    far_under = sum(point.within < criteria.base for point in own)
    over = float(trips.people[~(trips.minutes <= criteria.minutes)].sum())
    proof = proof_of(alternative)
    people, minutes = _people_source(known), _minutes_source(known)
    computed = _("Computed from: %(people)s; %(minutes)s") % {"people": people, "minutes": minutes}

    def share_within(ring: float) -> float:
        return float(trips.people[trips.minutes <= ring].sum()) / everybody

    found = [
        _figure(
            "within",
            share_within(criteria.minutes),
            "share",
            _("live within %(minutes)s minutes of a point") % {"minutes": limit},
            tag=_coverage_tag(alternative, share_within(criteria.minutes)),
            note=_("Criterion: at most %(minutes)s minutes by car (L33, L1309-1319).") % {"minutes": limit},
            source=computed,
            better=1,
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
                "Read the other way, by people who live within the limit of a point, %(count)s points are below %(base)s "
                "(L35-37, L1319). Near the base, municipal services are compulsory (L1327-1329)."
            )
            % {"count": far_under, "base": base},
            source=computed,
            better=-1,
        ),
        _figure(
            "mean",
            _mean(trips),
            "minutes",
            _("mean trip by car"),
            note=_("For the tenth of people who live farthest: %(minutes)s min. Public transport is not known here.")
            % {"minutes": number_format(_worst_tenth(trips), 0)},
            source=computed,
            better=-1,
        ),
        _figure(
            "over",
            over,
            "people",
            _("people over %(minutes)s minutes away") % {"minutes": limit},
            tag=_light_tag(left_out),
            note=_("A light solution is proposed for each area over the limit by a rule (L45-49)."),
            source=computed,
            better=-1,
        ),
    ]
    for ring in criteria.rings:
        if ring != criteria.minutes:
            label = _("within %(minutes)s minutes") % {"minutes": number_format(ring, 0)}
            found.append(_figure(f"ring-{ring:g}", share_within(ring), "share", label, source=computed, better=1))
    found.append(_visits(alternative, own))
    return found


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
) -> FigureOut:
    return FigureOut.model_construct(
        key=key,
        value=value,
        unit=unit,
        digits=DIGITS[unit],
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
    }
    return _figure(
        "visits",
        sum(point.visits for point in own),
        "visits",
        _("visits a week to the points"),
        note=_("%(week)s a week for 10,000 people; 100 a week needs a base of %(needed)s people.") % values,
        source=_(
            "Assumption: %(visits)s M visits a year (L1676-1706), made by %(population)s M people in %(weeks)s weeks. "
            "The document gives no formula; these values reproduce its 77 a week (L1325-1327)."
        )
        % values,
        better=0,
    )


def _coverage_tag(alternative: Alternative, share: float) -> Tag | None:
    if alternative.objective != Objective.FEWEST_POINTS:
        return None
    if share >= alternative.coverage - 1e-9:
        return Tag(tone="good", text=_("is met"))
    return Tag(tone="danger", text=_("not met, aim %(share)s %%") % {"share": number_format(100 * alternative.coverage, 1)})


def _light_tag(left_out: list[LeftOutOut]) -> Tag:
    if not left_out:
        return Tag(tone="good", text=_("nobody left out"))
    return Tag(tone="attention", text=_("light solution"))


def _mean(trips: Trips) -> float:
    """People's mean trip; those without a point within reach count with the horizon of the travel times."""
    people = max(float(trips.people.sum()), 1.0)
    return float((np.where(np.isfinite(trips.minutes), trips.minutes, 120.0) * trips.people).sum()) / people


def _worst_tenth(trips: Trips) -> float:
    """The trip that the tenth of people who live farthest have at least."""
    order = np.argsort(trips.minutes)
    people = np.cumsum(trips.people[order])
    place = min(int(np.searchsorted(people, 0.9 * people[-1])), len(order) - 1)
    return min(float(trips.minutes[order][place]), 120.0)


def _people_source(known: Geography) -> str:
    return str(known.country.cells.source)


def _minutes_source(known: Geography) -> str:
    return str(known.times.source)
