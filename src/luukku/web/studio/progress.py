"""A computation as the page follows it: started, asked about again and again by htmx, stopped."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative, Run
from luukku.web.studio.pages import urls_of
from luukku.web.studio.rights import require_view
from luukku.web.studio.services.runs import ask_to_stop, latest, start


@login_required
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Start a computation (POST), or tell how it goes (GET)."""
    alternative = _plan(request, number)
    refused = ""
    if request.method == "POST":
        try:
            start(alternative, by=request.user)
        except NotPossible as error:
            refused = str(error)
    return _answer(request, alternative, refused)


@login_required
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a computation; its best so far is kept."""
    alternative = _plan(request, number)
    if (going := latest(alternative)) and going.live:
        ask_to_stop(going, by=request.user)
    return _answer(request, alternative)


def _plan(request: HttpRequest, number: int) -> Alternative:
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    require_view(request.user, alternative)
    return alternative


def _answer(request: HttpRequest, alternative: Alternative, refused: str = "") -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("studio:plan", alternative.pk)
    going = latest(alternative)
    context = {"run": going, "refused": refused, "urls": urls_of(alternative)}
    response = render(request, "studio/run.html", context)
    if going and not going.live and request.GET.get("followed") == str(going.pk):
        response["HX-Trigger"] = json.dumps({"studio:solved": _ending(going)})
    return response


def _ending(run: Run) -> dict[str, str]:
    """What the page says when a run it followed has ended, and where to go if the result is another plan."""
    ending = {"value": str(run.get_status_display())}
    if run.result_id and run.result_id != run.alternative_id:
        ending["address"] = reverse("studio:plan", args=[run.result_id])
    return ending
