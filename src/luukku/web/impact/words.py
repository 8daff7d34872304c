"""What the library's codes are called on the pages, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from luukku.web.studio.names import Names, names_in

if TYPE_CHECKING:
    from luukku.plan.impact import Impact

OFFICE = "office:"
"""As in `luukku.plan.impact.costs`."""

LIBRARY = (
    gettext_noop("no source: an example until measured"),
    gettext_noop("weight = own points in 2020 (Table 1, L602-638); visits by authority are not in the document"),
    gettext_noop("every point has all four kinds of space (L984-990)"),
    gettext_noop("1 adds nothing"),
    gettext_noop("1 adds nothing; growth is named at L381-387 without a figure"),
    gettext_noop("0 keeps the scenario's visits as they are printed (L1696-1698)"),
    gettext_noop(
        "0 keeps the scenario's visits as they are printed; visits to municipal services are not in the document"
    ),
    gettext_noop("L1460-1462, the target of 10 htm2 a person-year"),
    gettext_noop("L528-530; of all state work, not of office work"),
    gettext_noop(
        "81,833 m2 of customer space (L697-699) / 588 points of Table 1 (L602-638), both without Kela and with customs"
    ),
    gettext_noop(
        "the examined authorities' premises costs as an interview has them (Suomen Kuvalehti), indicative; what "
        "customer service leaves of them is offices"
    ),
    gettext_noop(
        "the state's office hours: 7 h 15 min a day, 36 h 15 min a week (Ministry of Finance, vm.fi/en/working-hours)"
    ),
    gettext_noop(
        "at least half an hour in a working day of over six hours (SAK, "
        "sak.fi/tyoelama/tyoelaman-perustieto/tauot-ja-lepoaika, on the Working Time Act 872/2019)"
    ),
    gettext_noop("luukku.outlook.population.trend"),
    gettext_noop("log-linear trend of 2000-2022 by municipality"),
    gettext_noop("example list of premises, not a fact"),
    gettext_noop(
        "own points by authority of Table 1 (L602-638), offices in the localities of Table 2 (L723-789); areas, "
        "person-years and rents by the parameters"
    ),
    gettext_noop("population, municipality and centroid of each postal area"),
    gettext_noop("the planner's own scenario"),
    gettext_noop("weight"),
    gettext_noop("0-1"),
    gettext_noop("min"),
    gettext_noop("times"),
    gettext_noop("m2"),
    gettext_noop("h"),
    gettext_noop("EUR"),
    gettext_noop("EUR/m2"),
    gettext_noop("EUR/m2/month"),
    gettext_noop("EUR/year"),
    gettext_noop("EUR/h"),
    gettext_noop("EUR/htv"),
    gettext_noop("people"),
    gettext_noop("places"),
    gettext_noop("m2/htv"),
    gettext_noop("h/htv"),
    gettext_noop("weeks"),
    gettext_noop("months"),
    gettext_noop("visits/year"),
)
"""Units and sources of the library's parameters and example premises, which pages show translated."""


def language() -> str:
    """The reader's language as the library's own texts have it: "fi", "sv" or "en"."""
    code = (get_language() or "fi")[:2]
    return code if code in ("sv", "en") else "fi"


def kinds() -> dict[str, str]:
    """Kinds of costs."""
    return {
        "rent": _("Rent"),
        "upkeep": _("Upkeep"),
        "staff": _("Service advice"),
        "ict": _("ICT"),
        "mobile": _("Mobile service"),
        "investment": _("Investments"),
        "sale": _("Sales"),
    }


def sectors() -> dict[str, str]:
    """Who stands behind the payers."""
    return {
        "state": _("The state"),
        "municipality": _("Municipalities"),
        "kela": _("Kela"),
        "other": _("Others"),
    }


def channels() -> dict[str, str]:
    """How visitors are served."""
    return {
        "self_service": _("Self-service"),
        "remote": _("Remote service"),
        "expert": _("Meeting with an expert"),
        "adviser": _("Service advice"),
    }


def places() -> dict[str, str]:
    """Kinds of places and rooms of a point."""
    return {
        "counter": _("Counters"),
        "self_service": _("Self-service places"),
        "remote": _("Remote rooms"),
        "expert": _("Expert rooms"),
        "seat": _("Waiting seats"),
        "back_office": _("Back-office at the same address"),
        "lobby": _("Lobby"),
        "corridor": _("Corridors and technical space"),
    }


@dataclass(frozen=True, slots=True)
class Called:
    """Names of points, offices, payers and own units."""

    places: Names
    joints: dict[str, str]
    payers: dict[str, str]
    units: dict[str, str]

    def joint(self, code: str) -> str:
        """A joint point or a joint office."""
        return self.joints.get(code, code)

    def payer(self, code: str) -> str:
        """An authority, a municipality or another payer."""
        return self.payers.get(code, code)


def called(found: Impact) -> Called:
    """The names of an impact in the reader's language."""
    from luukku.web.studio import geography

    speaks, known = language(), geography.get()
    names = names_in(speaks)
    points = found.network.points
    joints = dict(zip(points.code.tolist(), points.name.tolist(), strict=True))
    joints |= {code: names.sites[known.site_by_code[code]] for code in joints.keys() & known.site_by_code.keys()}
    for place in found.offices.places:
        town = names.municipality(place.municipality)
        joints[OFFICE + place.municipality] = _("Joint office: %(town)s") % {"town": town}
    payers = {each.code: str(getattr(each, f"name_{speaks}")) for each in found.country.authorities}
    payers |= {f"municipality:{code}": name for code, name in names.municipalities.items()}
    payers |= {
        "municipality": _("Municipalities"),
        "landlord": _("The landlord"),
        "project": _("The project"),
    }
    units = dict(zip(found.premises.unit.tolist(), found.premises.name.tolist(), strict=True))
    return Called(names, joints, payers, units)
