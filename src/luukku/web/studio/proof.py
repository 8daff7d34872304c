"""How good an alternative's choice of points is known to be, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.web.studio import geography
from luukku.web.studio.models import Alternative, Objective
from luukku.web.studio.solving import asked_key

Tone = Literal["good", "attention", "danger", "neutral"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A word with its tone for the status, and a sentence that says what is known."""

    tone: Tone
    word: str
    sentence: str


def proof_of(alternative: Alternative) -> Proof:
    """Proved, not proved with its gap, changed by hand since, computed for other settings, or never computed."""
    held = alternative.certificate
    if not held:
        word = _("partial") if alternative.is_today else _("drawn by hand")
        return Proof(
            "neutral", word, _("No network has been computed, so nothing is proved about the number of points.")
        )
    if held["country"] != geography.get().version:
        sentence = _("The country's data has changed since the network was computed. Compute it again.")
        return Proof("attention", _("data changed"), sentence)
    if held["asked"] != asked_key(alternative):
        return Proof(
            "attention", _("settings changed"), _("The network was computed for other settings. Compute it again.")
        )
    if held["sites"] != alternative.open_sites:
        return Proof("neutral", _("changed by hand"), _changed(alternative))
    method = held["method"]
    trips = _trips(held.get("capped"))
    if held["proved"]:
        sentence = _("No choice of the candidates does better. %(method)s") % {"method": method}
        return Proof("good", _("proved"), f"{sentence} {trips}".strip())
    gap = _("not proved, gap %(gap)s %%") % {"gap": number_format(100 * held["gap"], 1)}
    sentence = _("No choice does better than %(bound)s (%(unit)s); the computation was stopped. %(method)s")
    values = {"bound": _value(held["bound"]), "unit": _unit(alternative), "method": method}
    return Proof("attention", gap, f"{sentence % values} {trips}".strip())


def plan_line(alternative: Alternative) -> str:
    """An alternative in a line for the lists: its points and what is proved."""
    known = geography.of(alternative)
    sites = known.numbers(alternative.open_sites)
    regions = known.region_of_site[sites]
    count = int((regions == alternative.region).sum()) if alternative.region else len(sites)
    points = ngettext("%(count)s point", "%(count)s points", count) % {"count": number_format(count)}
    held = alternative.certificate
    if not held or not _holds(alternative):
        return points
    gap = _("gap to the bound %(gap)s %%") % {"gap": number_format(100 * held["gap"], 1)}
    return f"{points} · {gap}"


def _trips(capped: float | None) -> str:
    """Whether the trips that were to be short count in full; "" when they were not what was looked for."""
    if capped is None:
        return ""
    if capped == 0:
        return _("Every trip counts in full: this is the true value.")
    values = {"people": number_format(capped, 0), "minutes": number_format(geography.get().times.horizon, 0)}
    return (
        _("%(people)s people are farther than the known %(minutes)s minutes from every point and count with them.")
        % values
    )


def _holds(alternative: Alternative) -> bool:
    """Whether the certificate is about the plan as it is now."""
    held = alternative.certificate or {}
    kept = held.get("country"), held.get("sites"), held.get("asked")
    return kept == (geography.get().version, alternative.open_sites, asked_key(alternative))


def _changed(alternative: Alternative) -> str:
    held = alternative.certificate or {}
    now, then = set(alternative.open_sites), set(held["sites"])
    sentence = _("Since it was computed, %(opened)s points have been opened and %(closed)s closed.") % {
        "opened": number_format(len(now - then)),
        "closed": number_format(len(then - now)),
    }
    if alternative.objective != Objective.FEWEST_POINTS:
        return sentence
    bound = _("No network that meets the criteria has fewer than %(bound)s points.") % {"bound": _value(held["bound"])}
    return f"{sentence} {bound}"


def _value(bound: float) -> str:
    return number_format(round(bound, 1), 0 if abs(bound - round(bound)) < 0.05 else 1)


def _unit(alternative: Alternative) -> str:
    return {
        Objective.FEWEST_POINTS.value: _("points"),
        Objective.MOST_COVERED.value: _("people within the limit"),
        Objective.BEST_ACCESS.value: _("person-minutes"),
    }[alternative.objective]
