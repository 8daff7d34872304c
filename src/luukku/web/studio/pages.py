"""The studio's pages: one's plans, one plan, and a plan by its link."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luukku.country.model import Region
from luukku.web.accounts.services import require
from luukku.web.studio import assets, geography, picture, services
from luukku.web.studio.models import Alternative, Objective, Scenario
from luukku.web.studio.rights import VIEW, may_edit, require_view, visible_to
from luukku.web.studio.services.runs import latest
from luukku.web.studio.settings import Asked
from luukku.web.studio.visits import year_of
from luukku.web.studio.words import words

DELETED = "studio_deleted"
"""Where the session keeps the plan deleted last, so that the next page can offer it back."""


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The plan changed last, or how to make the first one."""
    require(request.user, VIEW)
    services.today()
    mine = visible_to(request.user).exclude(kind=Alternative.Kind.TODAY).first()
    if mine is None:
        return render(request, "studio/home.html", {"deleted": _deleted(request)})
    return redirect("studio:plan", mine.pk)


@login_required
@require_GET
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """One plan with its map, tables and figures."""
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    require_view(request.user, alternative)
    return render(request, "studio/plan.html", _context(request, alternative, may_edit(request.user, alternative)))


@require_GET
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A plan by its link, to look at. Those who may change it are led to the plan itself."""
    alternative = get_object_or_404(Alternative, share_token=token, deleted_at=None)
    if may_edit(request.user, alternative):
        return redirect("studio:plan", alternative.pk)
    return render(request, "studio/plan.html", _context(request, alternative, editable=False, token=token))


def urls_of(alternative: Alternative) -> dict[str, str]:
    """Addresses of what can be done to a plan."""
    names = (
        "run",
        "stop",
        "copy",
        "rename",
        "delete",
        "share",
        "withdraw",
        "let_in",
        "let_out",
        "points",
        "areas",
        "rounds",
    )
    return {name: reverse(f"studio:{name}", args=[alternative.pk]) for name in names}


def _context(request: HttpRequest, alternative: Alternative, editable: bool, token: str = "") -> dict[str, Any]:
    known = geography.get()
    region = known.country.region_by_code.get(alternative.region)
    mine = list(visible_to(request.user))
    others = [other for other in mine if other.pk != alternative.pk]
    compared = _compared(request, others)
    own = editable and alternative.owner_id == request.user.pk
    urls = urls_of(alternative)
    query = f"?token={token}" if token else ""
    return {
        "page": {
            "alternative": alternative.pk,
            "editable": editable,
            "api": _api(f"shared/{token}/" if token else f"plans/{alternative.pk}/"),
            "places": assets.address("places"),
            "borders": assets.address("borders"),
            "worker": static("built/maplibre-gl-worker.mjs"),
            "impactOfPoint": reverse("impact:point", args=[alternative.pk, "CODE"]) + query,
            "picture": picture.of(alternative).model_dump(by_alias=True),
            "compared": _compared_picture(compared, alternative) if compared else None,
        },
        "words": words(alternative),
        "visits_year": str(year_of(alternative)),
        "alternative": alternative,
        "area": _name(region) if region else _("Mainland Finland"),
        "scenario": Scenario(alternative.scenario),
        "editable": editable,
        "own": own,
        "token": token,
        "alternatives": mine,
        "others": [(other, _api(f"plans/{other.pk}/compared")) for other in others],
        "compared": compared,
        "scenarios": list(Scenario),
        "objectives": Objective.choices,
        "regions": [(region.code, _name(region)) for region in known.country.regions],
        "candidates": picture.candidates_of(alternative),
        "run": latest(alternative) if editable else None,
        "urls": {
            **urls,
            "points": urls["points"] + query,
            "areas": urls["areas"] + query,
            "rounds": urls["rounds"] + query,
        },
        "share_address": _share_address(request, alternative) if own else "",
        "editors": list(alternative.editors.all()) if own else [],
        "deleted": _deleted(request),
    }


def _compared(request: HttpRequest, others: list[Alternative]) -> Alternative | None:
    """The plan that the address names, "none", or without a word today's points."""
    wanted = request.GET.get("compare", "")
    if not wanted:
        return next((other for other in others if other.is_today), None)
    return next((other for other in others if str(other.pk) == wanted), None)


def _compared_picture(compared: Alternative, alternative: Alternative) -> dict[str, Any]:
    return picture.seen_with(compared, Asked.of(alternative)).model_dump(by_alias=True)


def _api(path: str) -> str:
    return reverse("studio:api:api-root") + path


def _name(region: Region) -> str:
    return str(getattr(region, f"name_{(get_language() or 'fi')[:2]}"))


def _share_address(request: HttpRequest, alternative: Alternative) -> str:
    if not alternative.share_token:
        return ""
    return request.build_absolute_uri(reverse("studio:shared", args=[alternative.share_token]))


def _deleted(request: HttpRequest) -> Alternative | None:
    number = request.session.get(DELETED)
    return Alternative.objects.filter(pk=number).exclude(deleted_at=None).first() if number else None
