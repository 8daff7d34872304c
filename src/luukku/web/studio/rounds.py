"""Rounds as the page shows them: tables of rounds and stops, and what the map draws, the same data in both."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luukku.web.studio import geography
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.files import Cell, answer, seen
from luukku.web.studio.models import Alternative, Rounds
from luukku.web.studio.names import names_in
from luukku.web.studio.rights import may_edit
from luukku.web.studio.services.rounds import ask, key_of, latest, unattended

COLOURS = 6
"""Colours of vehicles, after which they begin anew; every vehicle has its number too."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One vehicle's day as it is shown; colour: number of the vehicle's colour."""

    vehicle: int
    colour: int
    home: str
    day: str
    leaves: str
    calls: str
    returns: str
    drive: str


@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest, number: int) -> HttpResponse:
    """The plan's rounds, a part of the page for htmx; POST asks for them to be computed."""
    alternative, refused = seen(request, number), ""
    if request.method == "POST":
        try:
            ask(alternative, by=request.user)
        except NotPossible as error:
            refused = str(error)
    if not request.headers.get("HX-Request"):
        return redirect("studio:plan", alternative.pk)
    found, token = latest(alternative), request.GET.get("token", "")
    query = f"?token={token}" if token else ""
    context: dict[str, Any] = {
        "rounds": found,
        "live": found is not None and found.status in Rounds.LIVE,
        "unattended": found is not None and unattended(found),
        "refused": refused,
        "editable": may_edit(request.user, alternative),
        "url": reverse("studio:rounds", args=[alternative.pk]) + query,
        "file": reverse("studio:rounds_file", args=[alternative.pk]) + query,
        "limit": f"{alternative.minutes:g}",
    }
    if told := _holding(found, alternative):
        context |= {"told": told, "trips": trips_of(told), "stops": told["stops"], "lead": _lead(told)}
        context |= {
            "map": json.dumps(told["map"], ensure_ascii=False),
            "status_line": _status(told),
            "cost_line": _cost(told),
        }
        context["left"] = number_format(round(sum(each["people"] for each in told["left"])), 0)
    return render(request, "studio/rounds.html", context)


@require_GET
def rounds_file(request: HttpRequest, number: int) -> HttpResponse:
    """The rounds as a file, one row a call."""
    alternative = seen(request, number)
    told = _holding(latest(alternative), alternative)
    names = {stop["code"]: stop["name"] for stop in told["stops"]} if told else {}
    homes = {each["number"]: each["home_name"] for each in told["vehicles"]} if told else {}
    title = [
        _("Vehicle"),
        _("Stands overnight in"),
        _("Day"),
        _("Stop"),
        _("Opens"),
        _("Closes"),
        _("Leaves home"),
        _("Is back"),
    ]
    rows: list[list[Cell]] = [
        [
            each["vehicle"],
            homes[each["vehicle"]],
            weekday(each["weekday"]),
            names[call["stop"]],
            clock(call["opens"]),
            clock(call["closes"]),
            clock(each["leaves"]),
            clock(each["returns"]),
        ]
        for each in (told["rounds"] if told else [])
        for call in each["calls"]
    ]
    return answer(alternative, _("rounds"), title, rows)


def trips_of(told: dict[str, Any]) -> list[Trip]:
    """The rounds as rows, by vehicle and day."""
    names = {stop["code"]: stop["name"] for stop in told["stops"]}
    homes = {each["number"]: each["home_name"] for each in told["vehicles"]}
    return [
        Trip(
            vehicle=each["vehicle"],
            colour=(each["vehicle"] - 1) % COLOURS,
            home=homes[each["vehicle"]],
            day=weekday(each["weekday"]),
            leaves=clock(each["leaves"]),
            calls="; ".join(
                f"{names[call['stop']]} {clock(call['opens'])}–{clock(call['closes'])}" for call in each["calls"]
            ),
            returns=clock(each["returns"]),
            drive=number_format(each["drive"], 0),
        )
        for each in sorted(told["rounds"], key=lambda each: (each["vehicle"], each["week"], each["weekday"]))
    ]


def clock(minutes: int) -> str:
    """A time of day as the language writes it: 9.15, or 9:15 in English."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}{':' if (get_language() or 'fi').startswith('en') else '.'}{rest:02d}"


def weekday(number: int) -> str:
    """A working day's name, from 1 for Monday."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))[number - 1]


def _holding(found: Rounds | None, alternative: Alternative) -> dict[str, Any] | None:
    """The rounds of the plan as it is now; None when there are none, or they are of another state of it."""
    if found is None or found.told is None or found.key != key_of(alternative):
        return None
    return named(found.told, alternative)


def named(told: dict[str, Any], alternative: Alternative) -> dict[str, Any]:
    """The rounds with places called as everywhere else in the studio: a municipal centre in the reader's language."""
    known = geography.of(alternative)
    names = names_in(get_language() or "fi", known)

    def called(code: str, otherwise: str) -> str:
        site = known.site_by_code.get(code)
        return otherwise if site is None else names.sites[site]

    often = Counter(called(each["code"], each["name"]) for each in told["stops"])

    def name(code: str, otherwise: str) -> str:
        """Two stops of one name are told apart by their postal codes."""
        plain = called(code, otherwise)
        return f"{plain} {code.removeprefix('A')}" if often[plain] > 1 and code.startswith("A") else plain

    features = [
        each
        | {"properties": each["properties"] | {"name": name(each["properties"]["code"], each["properties"]["name"])}}
        if "name" in each["properties"]
        else each
        for each in told["map"]["features"]
    ]
    return told | {
        "stops": [each | {"name": name(each["code"], each["name"])} for each in told["stops"]],
        "vehicles": [each | {"home_name": name(each["home"], each["home_name"])} for each in told["vehicles"]],
        "map": told["map"] | {"features": features},
    }


def _lead(told: dict[str, Any]) -> str:
    if not told["over"]:
        return _("Nobody is over the limit: no rounds are needed.")
    return _(
        "%(over)s people are over %(limit)s minutes from every point. %(reached)s of them come to a stop within "
        "%(limit)s minutes, %(near)s within %(ring)s minutes."
    ) % {
        "over": number_format(round(told["over"]), 0),
        "limit": f"{told['limit']:g}",
        "reached": number_format(round(told["reached"]), 0),
        "near": number_format(round(told["reached_near"]), 0),
        "ring": f"{told['near']:g}",
    }


def _cost(told: dict[str, Any]) -> str:
    """What the rounds cost in a year, in whole euros."""
    euros = {name: number_format(round(cents / 100), 0) for name, cents in told["cost"].items()}
    return (
        _("The rounds cost %(total)s euros a year: vehicles %(vehicles)s, driving %(driving)s, staff %(staff)s.")
        % euros
    )


def _status(told: dict[str, Any]) -> str:
    status = told["status"]
    return _(
        "The rounds are a heuristic's: good, not proved best. %(days)s vehicle days a week with %(vehicles)s vehicles; "
        "no plan makes all the calls with fewer than %(days_bound)s days and %(vehicles_bound)s vehicles. Prices, "
        "speeds, hours and service times are examples, not facts, unless you have given your own."
    ) % {
        "days": status["vehicle_days"],
        "vehicles": status["vehicles"],
        "days_bound": status["vehicle_days_bound"],
        "vehicles_bound": status["vehicles_bound"],
    }
