"""The front page, the sources, and the components page for developers."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.country import finland, reform
from luukku.web.ui.forms import ExampleForm

KINDS = {
    "document": gettext_lazy("Document"),
    "dataset": gettext_lazy("Data set"),
    "computation": gettext_lazy("Computation"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what Luukku is, what one may do here, and the country in figures."""
    country = finland()
    context = {
        "people": float(country.cells.people[country.on_mainland].sum()),
        "areas": len(country.cells),
        "municipalities": len(country.municipalities),
        "centres": len(country.centres),
        "year": country.cells.year,
        "people_source": country.cells.source,
        "municipalities_source": country.sources[1],
        # The plan does not name the centres: they are read from Table 2 (see reform.regional_centres).
        "centres_source": replace(reform.DOCUMENT, where="Table 2, lines 435-441", indicative=True),
    }
    return render(request, "ui/home.html", context)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Where the figures come from, and which figures disagree."""
    country = finland()
    rows = [(source, KINDS[source.kind]) for source in country.sources]
    return render(request, "ui/sources.html", {"rows": rows, "conflicts": country.conflicts})


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in all its states."""
    filled = ExampleForm(
        {"email": "liisa", "channel": "", "reading": "nearest", "minutes": "240", "note": ""}, prefix="filled"
    )
    filled.data = {f"filled-{name}": value for name, value in filled.data.items()}
    steps = [_("Current state"), _("Network"), _("Premises"), _("Costs"), _("Approval")]
    return render(request, "ui/components.html", {"form": ExampleForm(), "form_with_errors": filled, "steps": steps})
