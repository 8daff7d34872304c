"""The open points of a plan with their bases, their visits and the reasons for each."""

from __future__ import annotations

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from luukku.network.criteria import Criteria
from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative
from luukku.web.studio.schemas import PointOut, Tag
from luukku.web.studio.trips import Trips


def points_of(known: Geography, alternative: Alternative, trips: Trips) -> list[PointOut]:
    """One row a point, in the order of the sites."""
    criteria, count = alternative.criteria, len(trips.sites)
    reached = trips.first >= 0
    near = np.bincount(trips.first[reached], trips.people[reached], minlength=count)
    alone = reached & (trips.minutes <= criteria.minutes) & (trips.other > criteria.minutes)
    lost = np.bincount(trips.first[alone], trips.people[alone], minlength=count)
    within = _within(known, trips, criteria.minutes)
    others = _other_points(known, trips)
    region = known.region_of_site[trips.sites]
    fixed = set(alternative.fixed)
    rows = []
    for place, site in enumerate(trips.sites.tolist()):
        neighbour = bool(alternative.region) and region[place] != alternative.region
        tier = "neighbour" if neighbour else "centre" if known.is_centre[site] else "supporting"
        other, minutes = others[place]
        row = PointOut.model_construct(
            site=site,
            tier=tier,
            near=float(near[place]),
            within=float(within[place]),
            visits=criteria.demand.visits_a_week(float(near[place])),
            lost=float(lost[place]),
            other=other,
            other_minutes=minutes,
            status=_neighbour() if neighbour else _status(float(near[place]), float(within[place]), criteria),
            reasons=[],
        )
        row.reasons = _reasons(row, criteria, fixed=str(known.sites.code[site]) in fixed)
        rows.append(row)
    return rows


def _within(known: Geography, trips: Trips, limit: float) -> list[float]:
    """People within the limit of each point, whichever is nearest."""
    found = []
    for site in trips.sites.tolist():
        cell, minutes = known.times.of(site)
        found.append(float(trips.people[cell[minutes <= limit]].sum()))
    return found


def _other_points(known: Geography, trips: Trips) -> list[tuple[int, float | None]]:
    """The open point nearest to each open point, by the trip from the area that the point is in."""
    area = known.area_of_site[trips.sites]
    found: list[tuple[int, float | None]] = []
    for place, home in enumerate(area.tolist()):
        first, second = int(trips.first[home]), int(trips.second[home])
        other, minutes = (second, trips.other[home]) if first == place else (first, trips.minutes[home])
        found.append((int(trips.sites[other]), float(minutes)) if other >= 0 else (-1, None))
    return found


def _neighbour() -> Tag:
    return Tag(tone="neutral", text=_("stands in any case"))


def _status(near: float, within: float, criteria: Criteria) -> Tag:
    """Against the population base in both readings: people who live within the limit, and whose nearest point it is."""
    if within < criteria.base:
        return Tag(tone="danger", text=_("below the base"))
    if near < criteria.base:
        return Tag(tone="attention", text=_("to be reasoned"))
    return Tag(tone="good", text=_("base is met"))


def _reasons(point: PointOut, criteria: Criteria, *, fixed: bool) -> list[str]:
    """Why the point is there, and what its base means, as sentences."""
    base, limit = number_format(criteria.base, 0), number_format(criteria.minutes, 0)
    reasons = []
    if point.tier == "centre":
        reasons.append(_("It is a regional centre."))
    if fixed:
        reasons.append(_("The planner has fixed it open."))
    if point.tier == "neighbour":
        reasons.append(_("It lies beyond the region's border and serves people on this side."))
        return reasons
    if point.lost >= 0.5:
        values = {"people": number_format(round(point.lost), 0), "minutes": limit}
        reasons.append(_("Without it, %(people)s people would be over %(minutes)s minutes away.") % values)
    else:
        reasons.append(_("Without it, nobody would be over %(minutes)s minutes away.") % {"minutes": limit})
    if point.within < criteria.base:
        reasons.append(_("Fewer than %(base)s people live within the limit: it needs an exception.") % {"base": base})
    elif point.near < criteria.base:
        reasons.append(_("Fewer than %(base)s people have it as their nearest point.") % {"base": base})
    if point.near < criteria.base * criteria.near_base:
        reasons.append(_("The base is near %(base)s: municipal services have to be in it (L1327-1329).") % {"base": base})
    return reasons
