"""Pages for a planner's own files: what a plan has, a form for another one with its faults, and a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luukku.errors import BadInput, Fault, LuukkuError
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import geography, services, uploads
from luukku.web.studio.faults import told
from luukku.web.studio.files import Cell, answer
from luukku.web.studio.forms import UploadForm
from luukku.web.studio.models import Alternative, Upload
from luukku.web.studio.names import names_in
from luukku.web.studio.rights import may_edit, require_view

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN = 100
"""Faults shown; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind of file is called and does. none: what counts without it; back: where it is used."""

    title: str
    lead: str
    none: str
    back: str
    address: str


def _words(kind: str) -> Words:
    plan, impact = (
        ("studio:plan", _("Back to the plan on the map")),
        ("impact:impact", _("Back to what the plan means")),
    )
    if kind == Upload.Kind.CANDIDATES:
        return Words(
            _("Own candidates"),
            _(
                "The places of your list are weighed instead of the municipal centres and areas, can be opened on the "
                "map, and may be fixed or forbidden in the list itself. Other places can still be opened by hand."
            ),
            _("Weighed now: every municipal centre and every area with at least 1,000 people."),
            plan[1],
            plan[0],
        )
    if kind == Upload.Kind.PREMISES:
        return Words(
            _("List of premises"),
            _(
                "Today's premises with their space, staff, rent and lease. Costs, offices, sharing and the years of "
                "openings and closures are counted from your list instead of the example."
            ),
            _("Counted now: an example list, not a fact."),
            impact[1],
            impact[0],
        )
    return Words(
        _("Own parameters"),
        _(
            "Prices, areas, service times and other values that weigh in what the plan means. Rows that you leave out "
            "keep the value that ships. The template has them all."
        ),
        _("Counted now: the values that ship, of which many are examples."),
        impact[1],
        impact[0],
    )


@login_required
@require_http_methods(["GET", "POST"])
def own_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The file of a kind that a plan has, and a form for another one."""
    alternative = _plan(request, number, kind)
    faults: list[Fault] = []
    form = UploadForm(kind, initial={"version": alternative.version})
    if request.method == "POST":
        form = UploadForm(kind, request.POST, request.FILES)
        if form.is_valid():
            try:
                return _taken(request, alternative, kind, form)
            except BadInput as error:
                faults = error.faults
            except NotAllowed:
                raise
            except LuukkuError as error:
                form.add_error(None, str(error))
    return render(request, "studio/own_file.html", _context(request, alternative, kind, form, faults))


def _taken(request: HttpRequest, alternative: Alternative, kind: str, form: UploadForm) -> HttpResponse:
    given = form.cleaned_data
    upload = services.take_file(
        alternative,
        kind,
        given["file"].name,
        given["file"].read(),
        source=given["source"],
        dated=given["dated"],
        version=given["version"],
        by=request.user,
    )
    messages.success(request, _("“%(file)s” was read and is used in this plan.") % {"file": upload.name})
    return redirect("studio:own_file", alternative.pk, kind)


def _context(
    request: HttpRequest, alternative: Alternative, kind: str, form: UploadForm, faults: list[Fault]
) -> dict[str, Any]:
    words = _words(kind)
    held: Upload | None = getattr(alternative, kind)
    return {
        "alternative": alternative,
        "kind": kind,
        "about": words,
        "back": reverse(words.address, args=[alternative.pk]),
        "held": held,
        "editable": may_edit(request.user, alternative),
        "form": form,
        "faults": [told(fault) for fault in faults[:SHOWN]],
        "more_faults": max(0, len(faults) - SHOWN),
        "templates": [ending for ending in TYPES if ending in uploads.rules(kind).endings],
        "places": _places(alternative) if held and kind == Upload.Kind.CANDIDATES else [],
    }


def _places(alternative: Alternative) -> list[dict[str, str]]:
    """The places of the plan's list as they stand in the plan."""
    known = geography.of(alternative)
    names, listed = names_in(get_language() or "fi", known), known.listed
    if listed is None:
        return []
    opened, fixed, barred = (set(codes) for codes in (alternative.open_sites, alternative.fixed, alternative.forbidden))
    shown = []
    for code, group in zip(listed.sites.code.tolist(), listed.group.tolist(), strict=True):
        site = known.site_by_code[code]
        state = _("always open") if code in fixed else _("no point here") if code in barred else ""
        state = state or (_("point") if code in opened else "")
        shown.append(
            {
                "code": code,
                "name": names.sites[site],
                "municipality": names.municipality(str(known.sites.municipality[site])),
                "state": state,
                "group": group,
            }
        )
    return shown


@login_required
@require_POST
def remove(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Use what ships again."""
    alternative = _plan(request, number, kind)
    try:
        version = int(request.POST.get("version", ""))
        services.set_upload(alternative, kind, None, version=version, by=request.user)
    except NotAllowed:
        raise
    except (LuukkuError, ValueError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your file is no longer used. Undo in the plan brings it back."))
    return redirect("studio:own_file", number, kind)


@login_required
@require_GET
def template(request: HttpRequest, kind: str, ending: str) -> HttpResponse:  # noqa: ARG001
    """A file to fill in."""
    ending = f".{ending}"
    if kind not in Upload.Kind.values or ending not in TYPES or ending not in uploads.rules(kind).endings:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{kind}{ending}"'}
    return HttpResponse(uploads.template(kind, ending), content_type=TYPES[ending], headers=headers)


@login_required
@require_GET
def places(request: HttpRequest, number: int) -> HttpResponse:
    """The plan's own candidates as CSV, in the columns in which they can be sent again."""
    alternative = _plan(request, number, Upload.Kind.CANDIDATES)
    listed = geography.of(alternative).listed
    if listed is None:
        raise Http404
    sites = listed.sites
    columns = (sites.code, sites.name, sites.municipality, sites.x.round(1), sites.y.round(1))
    values = zip(*(column.tolist() for column in (*columns, listed.status, listed.group)), strict=True)
    rows: list[list[Cell]] = [list(row) for row in values]
    return answer(alternative, _("candidates"), ["id", "name", "municipality", "x", "y", "status", "group"], rows)


def _plan(request: HttpRequest, number: int, kind: str) -> Alternative:
    if kind not in Upload.Kind.values:
        raise Http404
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    require_view(request.user, alternative)
    return alternative
