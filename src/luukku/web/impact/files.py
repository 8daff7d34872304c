"""The tables as CSV files, written as the studio writes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luukku.web.impact import schedule, sections
from luukku.web.impact.chosen import Chosen, WrongScenario, budget_of
from luukku.web.impact.found import impact_of, phased_of
from luukku.web.impact.pages import asked
from luukku.web.impact.table import Table
from luukku.web.impact.words import called
from luukku.web.studio.files import answer
from luukku.web.studio.models import Alternative

if TYPE_CHECKING:
    from luukku.plan.impact import Impact


@require_GET
def points(request: HttpRequest, number: int) -> HttpResponse:
    """Visits, space, staff and cost of each point."""
    alternative, _scenario, found = _found(request, number)
    return _file(alternative, _("points and space"), sections.points(found, called(found), lambda _code: ""))


@require_GET
def costs(request: HttpRequest, number: int) -> HttpResponse:
    """Costs by year."""
    alternative, _scenario, found = _found(request, number)
    return _file(alternative, _("costs"), sections.cost_years(found))


@require_GET
def sharing(request: HttpRequest, number: int) -> HttpResponse:
    """What everybody pays by each rule."""
    alternative, _scenario, found = _found(request, number)
    return _file(alternative, _("sharing"), sections.shares(found.sharing(), called(found), title=""))


@require_GET
def phasing(request: HttpRequest, number: int) -> HttpResponse:
    """The closures of own units with the openings of what replaces them."""
    alternative, scenario, found = _found(request, number)
    try:
        budget = budget_of(request.GET)
    except WrongScenario:
        raise Http404 from None
    made = phased_of(alternative, scenario, budget).phasing
    return _file(alternative, _("openings and closures"), schedule.closures(made, called(found)))


def _found(request: HttpRequest, number: int) -> tuple[Alternative, Chosen, Impact]:
    """Raises Http404 while no point is open: there is nothing to write."""
    alternative, scenario, _wrong = asked(request, number)
    found = impact_of(alternative, scenario) if alternative.open_sites else None
    if found is None or not len(found.network.points):
        raise Http404
    return alternative, scenario, found


def _file(alternative: Alternative, what: str, table: Table) -> HttpResponse:
    return answer(alternative, what, [column.label for column in table.columns], table.values())
