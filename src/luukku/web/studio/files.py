"""The tables of points and areas as CSV files that spreadsheets open as they are.

UTF-8 with a byte-order mark. In Finnish and Swedish columns are parted by semicolons and decimals by a comma, as
spreadsheets in those languages expect; in English by commas and a point.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import get_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luukku.web.studio import geography, picture
from luukku.web.studio.models import Alternative
from luukku.web.studio.names import names_in
from luukku.web.studio.rights import require_view
from luukku.web.studio.visits import year_of

Cell = str | int | float | None


@require_GET
def points(request: HttpRequest, number: int) -> HttpResponse:
    """The open points with their reasons."""
    alternative = seen(request, number)
    known, shown = geography.of(alternative), picture.of(alternative)
    sites, names = known.sites, names_in(get_language() or "fi", known)
    title = [
        _("Code"),
        _("Point"),
        _("Municipality"),
        _("Region"),
        _("Tier"),
        _("East (EPSG:3067)"),
        _("North (EPSG:3067)"),
        _("People whose nearest point (%(year)s)") % {"year": known.country.cells.year},
        _("People within %(minutes)s min (%(year)s)")
        % {"minutes": f"{alternative.minutes:g}", "year": known.country.cells.year},
        _("Visits a week in %(year)s") % {"year": year_of(alternative)},
        _("If closed, over %(minutes)s min away") % {"minutes": f"{alternative.minutes:g}"},
        _("Nearest other point"),
        _("Minutes to it"),
        _("Status"),
        _("Reasons"),
    ]
    tiers = {"centre": _("centre"), "supporting": _("supporting point"), "neighbour": _("neighbour's point")}
    rows: list[list[Cell]] = [
        [
            str(sites.code[point.site]),
            names.sites[point.site],
            names.municipality(str(sites.municipality[point.site])),
            names.region(str(known.region_of_site[point.site])),
            tiers[point.tier],
            round(float(sites.x[point.site])),
            round(float(sites.y[point.site])),
            round(point.near),
            round(point.within),
            round(point.visits, 1),
            round(point.lost),
            names.sites[point.other] if point.other >= 0 else "",
            None if point.other_minutes is None else round(point.other_minutes, 1),
            point.status.text,
            " ".join(point.reasons),
        ]
        for point in shown.points
    ]
    return answer(alternative, _("points"), title, rows)


@require_GET
def areas(request: HttpRequest, number: int) -> HttpResponse:
    """The areas with the trip to the nearest point."""
    alternative = seen(request, number)
    known, shown = geography.of(alternative), picture.of(alternative)
    cells, names = known.country.cells, names_in(get_language() or "fi", known)
    solutions = {area: left.solution for left in shown.left_out for area in left.areas}
    title = [
        _("Code"),
        _("Area"),
        _("Municipality"),
        _("Region"),
        _("People"),
        _("Minutes to the nearest point"),
        _("Nearest point"),
        _("Light solution"),
    ]
    rows: list[list[Cell]] = [
        [
            str(cells.code[area]),
            str(cells.name[area]),
            names.municipality(str(cells.municipality[area])),
            names.region(str(known.country.region_of_cell[area])),
            round(float(cells.people[area])),
            tenths / 10 if tenths >= 0 else None,
            names.sites[nearest] if nearest >= 0 else "",
            solutions.get(area, ""),
        ]
        for area, (tenths, nearest) in enumerate(zip(shown.tenths, shown.nearest, strict=True))
        if known.planned(alternative.region)[area]
    ]
    return answer(alternative, _("areas"), title, rows)


def as_csv(title: list[str], rows: Iterable[list[Cell]]) -> bytes:
    """The table in the present language's way of writing files for spreadsheets."""
    comma = get_format("DECIMAL_SEPARATOR") == ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\r\n")
    writer.writerow(title)
    writer.writerows([[_written(value, comma=comma) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _written(value: Cell, *, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",") if comma else str(value)
    text = str(value)
    # A spreadsheet would take such a text for a formula.
    return f"'{text}" if isinstance(value, str) and text[:1] in set("=+-@\t\r") else text


def answer(alternative: Alternative, what: str, title: list[str], rows: Iterable[list[Cell]]) -> HttpResponse:
    """The table as a download that is named after the plan."""
    name = f"{slugify(alternative.title) or 'luukku'}-{slugify(what)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(as_csv(title, rows), content_type="text/csv; charset=utf-8", headers=headers)


def seen(request: HttpRequest, number: int) -> Alternative:
    """A plan that the person may see by right, or by the link's token in the address."""
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    token = request.GET.get("token", "")
    if not (token and token == alternative.share_token):
        require_view(request.user, alternative)
    return alternative
