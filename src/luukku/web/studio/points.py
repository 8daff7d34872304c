"""The open points of a plan with their bases, their visits and the reasons for each, in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation
from luukku.network.reasons import Reasons, reasons
from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative
from luukku.web.studio.schemas import PointOut, Tag


def points_of(known: Geography, alternative: Alternative, found: Evaluation) -> list[PointOut]:
    """One row a point, in the order of the sites."""
    region = known.region_of_site[found.sites]
    rows = []
    for place, reason in enumerate(_reasons_of(known, alternative, found)):
        neighbour = bool(alternative.region) and region[place] != alternative.region
        rows.append(
            PointOut.model_construct(
                site=int(found.sites[place]),
                tier="neighbour" if neighbour else reason.tier,
                near=reason.base_nearest,
                within=reason.base_within,
                visits=reason.visits,
                lost=reason.only_here,
                other=-1 if reason.other is None else int(found.sites[reason.other]),
                other_minutes=reason.other_minutes,
                status=_neighbour() if neighbour else _status(reason),
                reasons=_across() if neighbour else _sentences(reason, alternative.criteria),
            )
        )
    return rows


def _reasons_of(known: Geography, alternative: Alternative, found: Evaluation) -> tuple[Reasons, ...]:
    """The reasons, computed on the open sites' part of the matrix: the whole of it is too slow for a click."""
    sites = found.sites
    place = np.full(len(known.sites) + 1, -1, np.int32)  # the last one stands for "none"
    place[sites] = np.arange(len(sites), dtype=np.int32)
    return reasons(
        replace(found, sites=np.arange(len(sites)), nearest=place[found.nearest]),
        known.cells(alternative.region).people,
        known.times.select(sites),
        alternative.criteria,
        given=place[known.numbers(alternative.fixed)].tolist(),
        centres=np.flatnonzero(known.is_centre[sites]).tolist(),
    )


def _neighbour() -> Tag:
    return Tag(tone="neutral", text=_("stands in any case"))


def _across() -> list[str]:
    return [_("It lies beyond the region's border and serves people on this side.")]


def _status(reason: Reasons) -> Tag:
    """Against the population base in both readings."""
    if reason.needs_exception:
        return Tag(tone="attention", text=_("to be reasoned"))
    if reason.municipal_services:
        return Tag(tone="info", text=_("with municipal services"))
    return Tag(tone="good", text=_("base is met"))


def _sentences(reason: Reasons, criteria: Criteria) -> list[str]:
    """Why the point is there, and what its base means."""
    base, limit = number_format(criteria.base, 0), number_format(criteria.minutes, 0)
    said = []
    if reason.tier == "centre":
        said.append(_("It is a regional centre."))
    if reason.given:
        said.append(_("The planner has fixed it open."))
    if reason.only_here >= 1:
        values = {"people": number_format(round(reason.only_here), 0), "minutes": limit}
        said.append(_("Without it, %(people)s people would be over %(minutes)s minutes away.") % values)
    else:
        said.append(_("Without it, nobody would be over %(minutes)s minutes away.") % {"minutes": limit})
    if reason.standing_within == "below":
        said.append(_("Fewer than %(base)s people live within the limit: it needs an exception.") % {"base": base})
    if reason.standing_nearest == "below":
        said.append(_("For fewer than %(base)s people it is the nearest point: it needs a reason.") % {"base": base})
    if reason.municipal_services:
        sentence = _("A base is near %(base)s or below it: municipal services have to be in it (L1327-1329).")
        said.append(sentence % {"base": base})
    return said
