"""The impact of an alternative as pages: the whole, one point, the sharing and the phasing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from luukku.errors import LuukkuError
from luukku.web.impact import schedule, sections, summary
from luukku.web.impact.chosen import OWN, Chosen, Own, WrongScenario, budget_of, chosen, query_of
from luukku.web.impact.found import impact_of, phased_of
from luukku.web.impact.words import Called, called, language
from luukku.web.studio.files import seen
from luukku.web.studio.models import Alternative, Scenario
from luukku.web.studio.rights import may_edit

if TYPE_CHECKING:
    from luukku.plan.impact import Impact


@require_GET
@vary_on_headers("HX-Request")
def impact(request: HttpRequest, number: int) -> HttpResponse:
    """What an alternative means; htmx asks for the figures of another scenario only."""
    if _stranger(request):
        return redirect_to_login(request.get_full_path())
    alternative, scenario, wrong = asked(request, number)
    context = _context(request, alternative, scenario, wrong)
    if (found := context["found"]) is None:
        return render(request, "impact/page.html", context)
    names = called(found)
    told = summary.findings(found, names)
    assumptions, sources = summary.assumptions(found)
    context |= {
        "figures": summary.figures(found),
        "findings": told[: summary.SHOWN],
        "more_findings": told[summary.SHOWN :],
        "stops": sum(each.tone == "danger" for each in told),
        "rises": summary.rises(found, names),
        "points": sections.points(found, names, lambda code: _to("point", alternative, context["query"], code)),
        "years": sections.years(found),
        "groups": sections.by_groups(found, names),
        "assumptions": assumptions,
        "terms": summary.terms(found),
        "examples": summary.examples(found.assumptions),
        "sources": sources,
    }
    return render(request, "impact/figures.html" if context["partial"] else "impact/page.html", context)


@require_GET
@vary_on_headers("HX-Request")
def sharing(request: HttpRequest, number: int) -> HttpResponse:
    """Who pays what of the whole network; a part of the page for htmx, a page of its own without scripts."""
    if _stranger(request):
        return redirect_to_login(request.get_full_path())
    context = _context(request, *asked(request, number))
    if (found := context["found"]) is not None:
        context |= sharing_context(found, called(found))
    context["heading"], context["part"] = _("Sharing the costs"), "impact/sharing.html"
    return render(request, "impact/sharing.html" if context["partial"] else "impact/part.html", context)


@require_GET
@vary_on_headers("HX-Request")
def phasing(request: HttpRequest, number: int) -> HttpResponse:
    """The years of openings and closures; a part of the page for htmx, a page of its own without scripts."""
    if _stranger(request):
        return redirect_to_login(request.get_full_path())
    alternative, scenario, wrong = asked(request, number)
    context = _context(request, alternative, scenario, wrong)
    if (found := context["found"]) is not None:
        names = called(found)
        try:
            budget = budget_of(request.GET)
            phased = phased_of(alternative, scenario, budget)
        except LuukkuError as error:
            context["refused"] = str(error)
        else:
            made = phased.phasing
            if budget is not None:
                context["urls"]["phasing_file"] += f"&budget={budget}"
                context["limited"] = _("Investments of each year cost at most %(amount)s €.") % {
                    "amount": number_format(budget, 0)
                }
            context |= {
                "proof": schedule.proof(phased),
                "stopped": schedule.stops(made, names),
                "late": schedule.late(made),
                "openings": schedule.openings(made, names),
                "gantt": schedule.gantt(made, names),
                "curve": schedule.curve(made),
            }
    context["heading"], context["part"] = _("Openings and closures by year"), "impact/phasing.html"
    return render(request, "impact/phasing.html" if context["partial"] else "impact/part.html", context)


@require_GET
def point(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One point: visits, places, space, costs, and who pays what of it."""
    if _stranger(request):
        return redirect_to_login(request.get_full_path())
    context = _context(request, *asked(request, number))
    found: Impact | None = context["found"]
    codes = [] if found is None else found.network.points.code.tolist()
    if found is None or code not in codes:
        raise Http404
    place, names = codes.index(code), called(found)
    program = found.spaces.programs[place]
    town = str(found.network.points.municipality[place])
    region = next((each.region for each in found.country.municipalities if each.code == town), "")
    context |= sharing_context(found, names, code) | {
        "point": names.joint(code),
        "municipality": names.places.municipality(town),
        "region": names.places.region(region),
        "program": program,
        "visits_a_week": sum(program.a_week.values()),
        "needed": found.needs[code],
        "visits": sections.point_visits(program),
        "space": sections.point_space(program),
        "costs": sections.point_costs(found, code),
    }
    return render(request, "impact/point.html", context)


def asked(request: HttpRequest, number: int) -> tuple[Alternative, Chosen, str]:
    """The alternative that the person may see, the scenario that the address asks for, and what was wrong with it.

    The alternative's own scenario when the address names none, or values that cannot be.
    """
    alternative = seen(request, number)
    try:
        return alternative, chosen(request.GET, alternative.scenario), ""
    except WrongScenario as error:
        return alternative, alternative.scenario, str(error)


def sharing_context(found: Impact, names: Called, code: str = "") -> dict[str, Any]:
    """The tables of sharing of all points, or of one."""
    shared = found.sharing(code)
    title = _("Cost of the point, € a year, shared by each rule") if code else ""
    title = title or _("Cost of all points, € a year, shared by each rule")
    return {"shares": sections.shares(shared, names, title=title), "rules": sections.rules(shared, names)}


def _context(request: HttpRequest, alternative: Alternative, scenario: Chosen, wrong: str) -> dict[str, Any]:
    """What every page has; `found` is None while no point is open in the planned area."""
    from luukku.plan.impact.example import WORDS

    token = request.GET.get("token", "")
    found = impact_of(alternative, scenario) if alternative.open_sites else None
    if found is not None and not len(found.network.points):
        found = None
    query = "?" + urlencode({**query_of(scenario), **({"token": token} if token else {})})
    budget = request.GET.get("budget", "").strip()
    money = f"{query}&{urlencode({'budget': budget})}" if budget else query
    names = ("impact", "sharing", "points_file", "costs_file", "sharing_file", "phasing_file")
    return {
        "alternative": alternative,
        "found": found,
        "scenario": scenario if isinstance(scenario, str) else OWN,
        "own": Own() if isinstance(scenario, str) else scenario,
        "wrong": wrong,
        "scenario_name": found.scenario.name(language()) if found else "",
        "scenarios": list(Scenario),
        "token": token,
        "partial": _partial(request),
        "query": query,
        "budget": budget,
        "urls": {name: _to(name, alternative, query) for name in names}
        | {"phasing": _to("phasing", alternative, money)},
        "back": reverse("studio:shared", args=[token]) if token else reverse("studio:plan", args=[alternative.pk]),
        "asked": {name: str(value) for name, value in {**query_of(scenario), "token": token}.items() if value != ""},
        "editable": may_edit(request.user, alternative),
        "example": WORDS[language()] if found and found.example else "",
        "population": found.projection.label(language()) if found else "",
    }


def _to(name: str, alternative: Alternative, query: str, *more: str) -> str:
    return reverse(f"impact:{name}", args=[alternative.pk, *more]) + query


def _partial(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def _stranger(request: HttpRequest) -> bool:
    """Whether nobody has signed in and no link's token is given: then the sign-in page helps."""
    return not request.user.is_authenticated and not request.GET.get("token")
