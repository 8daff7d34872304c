"""Everything that follows from an alternative as it is now: shading, catchments, figures, points with their reasons."""

from __future__ import annotations

from copy import copy

import numpy as np
from django.utils.translation import gettext as _

from luukku.country import reform
from luukku.country.projection import to_wgs84
from luukku.web.studio import geography
from luukku.web.studio.figures import figures_of
from luukku.web.studio.geography import Geography
from luukku.web.studio.light import left_out_of
from luukku.web.studio.models import Alternative
from luukku.web.studio.points import points_of
from luukku.web.studio.proof import plan_line
from luukku.web.studio.schemas import OwnPlaces, PictureOut, ProspectOut, SettingsOut
from luukku.web.studio.settings import Asked
from luukku.web.studio.trips import evaluation_of
from luukku.web.studio.visits import visits_by_area


def of(alternative: Alternative) -> PictureOut:
    """The picture of an alternative. Takes some milliseconds and is kept nowhere, so that it is never out of date."""
    known = geography.of(alternative)
    found = evaluation_of(alternative)
    points = points_of(known, alternative, found, visits_by_area(alternative))
    left_out = left_out_of(known, alternative, found)
    # Rounded up, so that what is shown as within the limit is within it.
    reached = np.isfinite(found.minutes)
    tenths = np.where(reached, np.ceil(np.where(reached, found.minutes, 0.0) * 10 - 1e-3), -1).astype(int)
    # Built of our own values: checking thousands of them would take longer than computing them.
    return PictureOut.model_construct(
        id=alternative.pk,
        name=alternative.title,
        version=alternative.version,
        label=_label(alternative),
        line=plan_line(alternative),
        settings=SettingsOut.model_construct(
            **{name: getattr(alternative, name) for name in SettingsOut.model_fields},
        ),
        can_undo=alternative.step > 0,
        can_redo=alternative.changes.filter(number__gt=alternative.step).exists(),
        open=found.sites.tolist(),
        fixed=known.numbers(alternative.fixed).tolist(),
        forbidden=known.numbers(alternative.forbidden).tolist(),
        tenths=tenths.tolist(),
        nearest=found.nearest.tolist(),
        classes=(alternative.minutes / 4, alternative.minutes / 2, alternative.minutes, alternative.minutes * 1.5),
        figures=figures_of(known, alternative, found, points, left_out),
        points=points,
        left_out=left_out,
        own=_own(known),
        candidates=candidates_of(alternative),
    )


def seen_with(alternative: Alternative, asked: Asked) -> PictureOut:
    """The picture of an alternative's points by another plan's area, criteria and scenario: so two plans compare."""
    seen = copy(alternative)
    seen.region, seen.minutes, seen.base, seen.scenario = asked.region, asked.minutes, asked.base, asked.scenario
    return of(seen)


def prospect(alternative: Alternative, code: str) -> ProspectOut:
    """What opening a point at a site would do. Raises UnknownPlace."""
    known = geography.of(alternative)
    known.known([code])
    site, limit = known.site_by_code[code], alternative.minutes
    cell, minutes = known.times.of(site)
    people, now = known.cells(alternative.region).people[cell], evaluation_of(alternative).minutes[cell]
    nearer = minutes < now
    return ProspectOut(
        site=site,
        gained=float(people[(minutes <= limit) & (now > limit)].sum()),
        near=float(people[nearer].sum()),
        within=float(people[minutes <= limit].sum()),
        visits=float(visits_by_area(alternative)[cell[nearer]].sum()),
    )


def candidates_of(alternative: Alternative) -> str:
    """What the places are among which a computation chooses, in words."""
    listed = alternative.candidates
    return _("municipal centres and areas") if listed is None else f"{listed.name} ({listed.rows})"


def _own(known: Geography) -> OwnPlaces:
    """The places of the planner's own, whose numbers follow those of the places that all plans have."""
    sites = known.sites.take(np.arange(known.shared, len(known.sites)))
    lon, lat = to_wgs84(sites.x, sites.y)
    return OwnPlaces.model_construct(
        first=known.shared,
        code=sites.code.tolist(),
        name=sites.name.tolist(),
        area=known.area_of_site[known.shared :].tolist(),
        lon=lon.round(4).tolist(),
        lat=lat.round(4).tolist(),
    )


def _label(alternative: Alternative) -> str:
    """What is partial about the points of today; "" for a plan."""
    if not alternative.is_today:
        return ""
    own, joint = reform.own_points(), reform.points_of(reform.JOINT)
    return _(
        "%(named)s localities that the document names, of the %(all)s points that it counts (%(own)s + %(joint)s)."
    ) % {
        "named": len(alternative.open_sites),
        "all": own + joint,
        "own": own,
        "joint": joint,
    }
