"""The front page, the sources, and the components page for developers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luukku.web.ui.forms import ExampleForm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "ui/home.html")


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Where the figures come from, and which figures disagree."""
    from luukku.country import finland

    return render(request, "ui/sources.html", {"country": finland()})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states."""
    filled = ExampleForm({"email": "liisa", "channel": "", "reading": "nearest"})
    return render(request, "ui/components.html", {"form": ExampleForm(), "form_with_errors": filled})
