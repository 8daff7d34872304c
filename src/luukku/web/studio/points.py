"""The open points of a plan with their bases, their visits and the reasons for each, in words."""

from __future__ import annotations

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation
from luukku.network.reasons import Reasons, reasons
from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative
from luukku.web.studio.schemas import PointOut, Tag


def points_of(
    known: Geography, alternative: Alternative, found: Evaluation, a_week: NDArray[np.float64]
) -> list[PointOut]:
    """One row a point, in the order of the sites. a_week: (areas,) visits a week."""
    reached = found.nearest >= 0
    visits = np.bincount(found.nearest[reached], weights=a_week[reached], minlength=len(known.sites))
    region = known.region_of_site[found.sites]
    words = _Words(alternative.criteria)
    rows = []
    for place, reason in enumerate(_reasons_of(known, alternative, found)):
        neighbour = bool(alternative.region) and region[place] != alternative.region
        rows.append(
            PointOut.model_construct(
                site=int(found.sites[place]),
                tier="neighbour" if neighbour else reason.tier,
                near=reason.base_nearest,
                within=reason.base_within,
                visits=float(visits[found.sites[place]]),
                lost=reason.only_here,
                other=-1 if reason.other is None else reason.other,
                other_minutes=reason.other_minutes,
                status=words.neighbour if neighbour else words.status(reason),
                reasons=[words.across] if neighbour else words.sentences(reason),
            )
        )
    return rows


def _reasons_of(known: Geography, alternative: Alternative, found: Evaluation) -> tuple[Reasons, ...]:
    return reasons(
        found,
        known.cells(alternative.region).people,
        known.times,
        alternative.criteria,
        given=known.numbers(alternative.fixed).tolist(),
        centres=np.flatnonzero(known.is_centre).tolist(),
    )


class _Words:
    """The words about points, translated once for all of them."""

    def __init__(self, criteria: Criteria) -> None:
        base = {"base": number_format(criteria.base, 0)}
        limit = {"minutes": number_format(criteria.minutes, 0)}
        self.centre = _("It is a regional centre.")
        self.given = _("The planner has fixed it open.")
        self.across = _("It lies beyond the region's border and serves people on this side.")
        self.needed = _("Without it, %(people)s people would be over %(minutes)s minutes away.") % {
            "people": "%s",
            **limit,
        }
        self.not_needed = _("Without it, nobody would be over %(minutes)s minutes away.") % limit
        self.few_within = _("Fewer than %(base)s people live within the limit: it needs an exception.") % base
        self.few_nearest = _("For fewer than %(base)s people it is the nearest point: it needs a reason.") % base
        self.municipal = (
            _("A base is near %(base)s or below it: municipal services have to be in it (lines 1327–1329).") % base
        )
        self.neighbour = Tag(tone="neutral", text=_("stands in any case"))
        self.exception = Tag(tone="attention", text=_("to be reasoned"))
        self.with_services = Tag(tone="info", text=_("with municipal services"))
        self.met = Tag(tone="good", text=_("base is met"))

    def status(self, reason: Reasons) -> Tag:
        """Against the population base in both readings."""
        if reason.needs_exception:
            return self.exception
        return self.with_services if reason.municipal_services else self.met

    def sentences(self, reason: Reasons) -> list[str]:
        """Why the point is there, and what its base means."""
        needed = reason.only_here >= 1
        said = (
            (self.centre, reason.tier == "centre"),
            (self.given, reason.given),
            (self.needed % number_format(round(reason.only_here), 0) if needed else self.not_needed, True),
            (self.few_within, reason.standing_within == "below"),
            (self.few_nearest, reason.standing_nearest == "below"),
            (self.municipal, reason.municipal_services),
        )
        return [sentence for sentence, holds in said if holds]
