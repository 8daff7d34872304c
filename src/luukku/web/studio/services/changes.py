"""Changing an alternative, one step at a time, with the steps kept for undo and redo.

A change says on which version it was made. The database lets only one change a version through: of two people who
change the same version at the same instant, the second gets `Stale` and nothing of theirs is half-made.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from luukku.web.accounts.services import record
from luukku.web.studio import geography, uploads
from luukku.web.studio.errors import NotPossible, Stale
from luukku.web.studio.models import Alternative, Change, Upload
from luukku.web.studio.rights import Person, require_edit
from luukku.web.studio.services.cleaning import clean_uploads, files_of
from luukku.web.studio.settings import Asked

KEPT_STEPS = 500
"""Older steps are forgotten; the audit trail still tells of them."""


@transaction.atomic
def set_point(alternative: Alternative, site: str, *, opened: bool, version: int, by: Person) -> Alternative:
    """Open or close the point at a site. What is so already stays so, and is no step.

    Raises NotAllowed, Stale, UnknownPlace, and NotPossible for a point that is fixed open or a site that is forbidden.
    """
    require_edit(by, alternative)
    _claim(alternative, version)
    geography.of(alternative).known([site])
    if opened == (site in alternative.open_sites):
        return alternative
    if opened and site in alternative.forbidden:
        raise NotPossible(_("No point may be opened here: the place is on the list of forbidden places."))
    if not opened and site in alternative.fixed:
        raise NotPossible(_("This point is fixed open. Take it off the list of fixed points first."))
    sites = set(alternative.open_sites) ^ {site}
    kind = Change.Kind.OPEN if opened else Change.Kind.CLOSE
    return _step(alternative, kind, {"open_sites": sorted(sites)}, by=by, site=site)


@transaction.atomic
def set_asked(alternative: Alternative, asked: Asked, *, version: int, by: Person) -> Alternative:
    """Change scenario, criteria, objective, region, fixed and forbidden points.

    Points fixed open are opened and forbidden ones closed. Raises NotAllowed and Stale.
    """
    require_edit(by, alternative)
    _claim(alternative, version)
    fields = asked.fields()
    if all(getattr(alternative, name) == value for name, value in fields.items()):
        return alternative
    sites = (set(alternative.open_sites) | set(asked.fixed)) - set(asked.forbidden)
    require_edit(by, Alternative(owner=alternative.owner, pk=alternative.pk, region=asked.region))
    return _step(alternative, Change.Kind.SETTINGS, {**fields, "open_sites": sorted(sites)}, by=by)


def mark(alternative: Alternative, site: str, mark: str, *, version: int, by: Person) -> Alternative:
    """Decide beforehand about a site: "fixed" (always a point), "forbidden" (never one) or "" (neither).

    Raises as `set_asked` does, and UnknownPlace.
    """
    geography.of(alternative).known([site])
    asked = Asked.of(alternative)
    fixed, forbidden = set(asked.fixed) - {site}, set(asked.forbidden) - {site}
    if mark == "fixed":
        fixed.add(site)
    elif mark == "forbidden":
        forbidden.add(site)
    asked = asked.but(fixed=tuple(sorted(fixed)), forbidden=tuple(sorted(forbidden)))
    return set_asked(alternative, asked, version=version, by=by)


@transaction.atomic
def set_upload(alternative: Alternative, kind: str, upload: Upload | None, *, version: int, by: Person) -> Alternative:
    """Put a planner's own file (a kind of `Upload`) in the place of what ships, or with None what ships again.

    Candidates bring along what they say of themselves: fixed and existing ones are fixed open, forbidden ones
    forbidden, and in a regional plan the neighbours beyond its border are opened. Places that are known no more leave
    the plan. Raises NotAllowed, Stale, and NotPossible when there is no file to take away.
    """
    require_edit(by, alternative)
    _claim(alternative, version)
    before = getattr(alternative, f"{kind}_id")
    if before is None and upload is None:
        raise NotPossible(_("There is no file of your own to take away."))
    fields: dict[str, Any] = {f"{kind}_id": None if upload is None else upload.pk}
    if kind == Upload.Kind.CANDIDATES:
        fields |= _with_candidates(alternative, upload)
    return _step(alternative, Change.Kind.UPLOAD, fields, by=by)


def _with_candidates(alternative: Alternative, upload: Upload | None) -> dict[str, list[str]]:
    """The open, fixed and forbidden places of an alternative once it has the list of an upload."""
    known = geography.get() if upload is None else geography.with_list(uploads.candidates(upload))
    given: set[str] = set()
    barred: set[str] = set()
    across: set[str] = set()
    if (listed := known.listed) is not None:
        given = set(listed.having("fixed", "existing").code.tolist())
        barred = set(listed.having("forbidden").code.tolist())
        regions = dict(zip(known.sites.code.tolist(), known.region_of_site.tolist(), strict=True))
        beside = listed.having("neighbour").code.tolist()
        across = {code for code in beside if alternative.region not in ("", regions[code])}
    there = known.site_by_code.keys()
    fixed = ((set(alternative.fixed) & there) - barred) | given
    forbidden = ((set(alternative.forbidden) & there) - given) | barred
    sites = ((set(alternative.open_sites) & there) | fixed | across) - forbidden
    return {"fixed": sorted(fixed), "forbidden": sorted(forbidden), "open_sites": sorted(sites)}


@transaction.atomic
def set_solution(
    alternative: Alternative, open_sites: list[str], certificate: dict[str, Any], *, version: int, by: Person | None
) -> Alternative:
    """Open the sites of a computed network, with its certificate; the right to it was checked when it was asked.

    Raises Stale when the plan has changed since.
    """
    _claim(alternative, version)
    fields = {"open_sites": sorted(open_sites), "certificate": certificate}
    return _step(alternative, Change.Kind.SOLVED, fields, by=by)


@transaction.atomic
def undo(alternative: Alternative, *, version: int, by: Person) -> Alternative:
    """Take the last step back. Raises NotAllowed, Stale, and NotPossible when there is none."""
    require_edit(by, alternative)
    _claim(alternative, version)
    change = alternative.changes.filter(number=alternative.step).first()
    if change is None:
        raise NotPossible(_("There is nothing to undo."))
    _put(alternative, change.before, step=alternative.step - 1)
    record(by, "studio.undone", alternative, {"step": change.number, "kind": change.kind, "site": change.site})
    return alternative


@transaction.atomic
def redo(alternative: Alternative, *, version: int, by: Person) -> Alternative:
    """Take the step again that was taken back. Raises NotAllowed, Stale, and NotPossible when there is none."""
    require_edit(by, alternative)
    _claim(alternative, version)
    change = alternative.changes.filter(number=alternative.step + 1).first()
    if change is None:
        raise NotPossible(_("There is nothing to redo."))
    _put(alternative, change.after, step=change.number)
    record(by, "studio.redone", alternative, {"step": change.number, "kind": change.kind, "site": change.site})
    return alternative


def _claim(alternative: Alternative, version: int) -> None:
    """Take the next version, which the database gives to one change only."""
    rows = Alternative.objects.filter(pk=alternative.pk, version=version, deleted_at=None)
    claimed = rows.update(version=F("version") + 1)
    alternative.refresh_from_db()
    if alternative.deleted_at is not None:
        raise NotPossible(_("“%(plan)s” has been deleted.") % {"plan": alternative.name})
    if not claimed:
        raise Stale(alternative)


def _step(
    alternative: Alternative, kind: Change.Kind, fields: dict[str, Any], *, by: Person | None, site: str = ""
) -> Alternative:
    before = {name: getattr(alternative, name) for name in fields}
    number = alternative.step + 1
    forgotten = alternative.changes.filter(Q(number__gt=alternative.step) | Q(number__lte=number - KEPT_STEPS))
    files = files_of(forgotten)
    forgotten.delete()
    who = by if by is not None and by.is_authenticated else None
    Change.objects.create(
        alternative=alternative, number=number, kind=kind, site=site, before=before, after=fields, by=who
    )
    _put(alternative, fields, step=number)
    record(by, f"studio.{kind}", alternative, {"step": number, "site": site} if site else {"step": number})
    if files:
        clean_uploads(files, by=by)
    return alternative


def _put(alternative: Alternative, fields: dict[str, Any], *, step: int) -> None:
    for name, value in fields.items():
        setattr(alternative, name, value)
    alternative.step = step
    alternative.save(update_fields=[*fields, "step", "changed_at"])
