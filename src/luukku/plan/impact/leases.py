"""The lease procedure of joint points and joint offices: what to agree, and by which day to give notice of what.

The document names the procedure as something to measure (L2005, L2007) and gives no steps: this is a working list, with
the lines or the act that each step rests on. Days follow from the phasing and from the leases.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import numpy as np

from luukku.plan.impact.costs import OFFICE
from luukku.plan.impact.parts import Impact
from luukku.plan.phasing import Closed, Phasing
from luukku.premises.units import Premises

Party = Literal["project", "users", "landlord", "tenant"]

PARTIES: Mapping[str, Mapping[Party, str]] = {
    "fi": {
        "project": "alueen projektiryhmä",
        "users": "käyttäjät yhdessä",
        "landlord": "vuokranantaja ja käyttäjät",
        "tenant": "nykyinen vuokralainen",
    },
    "sv": {
        "project": "regionens projektgrupp",
        "users": "användarna tillsammans",
        "landlord": "hyresvärden och användarna",
        "tenant": "nuvarande hyresgäst",
    },
    "en": {
        "project": "the region's project group",
        "users": "the users together",
        "landlord": "the landlord and the users",
        "tenant": "today's tenant",
    },
}
"""Who acts."""

STEPS: Mapping[str, tuple[Party, str]] = {
    "need": ("project", "L1079-1083"),
    "need_unseen": ("project", "L1079-1083"),
    "programme": ("users", "L984-990"),
    "office_need": ("users", "L1460-1462"),
    "home_bases": ("users", "L1837-1841"),
    "sharing": ("users", "L864-866"),
    "lease": ("landlord", "L2005"),
    "office_lease": ("landlord", "L2007"),
    "fitting": ("landlord", "L1626-1630"),
    "joint_use": ("users", "L1837-1857"),
    "joint_service": ("users", "223/2007"),
    "notice": ("tenant", "482/1995"),
    "notice_unknown": ("tenant", "L885-887"),
    "ends": ("tenant", "482/1995"),
    "prolong": ("tenant", "482/1995"),
    "hand_over": ("tenant", "L885-887"),
}
"""Each step: who acts, and the document's lines or the act."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "need": "Selvitä pysyvä tarve 10–20 vuodeksi ennen vuokrausta. Väestön perusteella se nähdään vuoteen {year}.",
        "need_unseen": "Perustele pysyvä tarve muuten: pisteen takana ei nähdä 10 000 asukasta avaamisesta lähtien.",
        "programme": "Hyväksy tilaohjelma: {m2} m².",
        "office_need": "Hyväksy yhteisen toimiston mitoitus: {m2} m² ja {places} työpistettä.",
        "home_bases": "Perustele kotipesät; pääsääntö on yhteinen tila.",
        "sharing": "Sovi kustannusten jako ja varmista, että se kannattaa jokaiselle.",
        "lease": "Tee asiakaspalvelutilan vuokrasopimus. Vuokranantaja on kunta, muu omistaja tai "
        "Senaatti-kiinteistöt, joka voi myös vuokrata tilan edelleen käyttäjille. Sovi vuokramalli: kokonaisvuokra, "
        "jaettu kokonaisvuokra vai pääomavuokra.",
        "office_lease": "Tee toimistotilan vuokrasopimus Senaatti-kiinteistöjen tai muun omistajan kanssa ja sovi "
        "vuokramalli: kokonaisvuokra, jaettu kokonaisvuokra vai pääomavuokra.",
        "fitting": "Sovi muutostyöt osaksi vuokraa; hankkeen rahalla niitä ei makseta.",
        "joint_use": "Tee yhteiskäyttösopimus: tilat, ajat, turvallisuus, tietosuoja ja kustannukset.",
        "joint_service": "Tee yhteispalvelusopimus toimeksiantajien ja palvelun hoitajan kesken (laki 223/2007).",
        "notice": "Irtisano vuokrasopimus viimeistään tänä päivänä, jotta vuokra päättyy {ends}.",
        "notice_unknown": "Selvitä sopimuksen päättyminen ja irtisanomisaika: sulkemisella ei ole päivää.",
        "ends": "Määräaikainen sopimus päättyy {ends} ilman irtisanomista; ilmoita, ettei sitä jatketa.",
        "prolong": "Jatka sopimusta {ends} asti: se päättyisi ennen yhteisen pisteen avaamista.",
        "hand_over": "Luovuta tila; viimeinen vuokrapäivä.",
    },
    "sv": {
        "need": "Utred det bestående behovet för 10–20 år före uthyrningen. Enligt befolkningen syns det till {year}.",
        "need_unseen": "Motivera det bestående behovet på annat sätt: bakom punkten syns inte 10 000 invånare "
        "från öppnandet.",
        "programme": "Godkänn lokalprogrammet: {m2} m².",
        "office_need": "Godkänn dimensioneringen av det gemensamma kontoret: {m2} m² och {places} arbetsplatser.",
        "home_bases": "Motivera hemmabaserna; huvudregeln är gemensam lokal.",
        "sharing": "Kom överens om kostnadsfördelningen och se till att den lönar sig för alla.",
        "lease": "Ingå hyresavtalet för kundservicelokalen. Hyresvärd är kommunen, en annan ägare eller "
        "Senatfastigheter, som också kan hyra ut lokalen vidare till användarna. Välj hyresmodell: totalhyra, delad "
        "totalhyra eller kapitalhyra.",
        "office_lease": "Ingå hyresavtalet för kontoret med Senatfastigheter eller en annan ägare och välj "
        "hyresmodell: totalhyra, delad totalhyra eller kapitalhyra.",
        "fitting": "Avtala om ändringsarbetena som en del av hyran; de betalas inte med projektets pengar.",
        "joint_use": "Ingå ett avtal om gemensam användning: lokaler, tider, säkerhet, dataskydd och kostnader.",
        "joint_service": "Ingå avtalet om samservice mellan uppdragsgivarna och uppdragstagaren (lag 223/2007).",
        "notice": "Säg upp hyresavtalet senast denna dag så att hyran upphör {ends}.",
        "notice_unknown": "Ta reda på när avtalet upphör och uppsägningstiden: stängningen saknar datum.",
        "ends": "Det tidsbundna avtalet upphör {ends} utan uppsägning; meddela att det inte förlängs.",
        "prolong": "Förläng avtalet till {ends}: det skulle upphöra innan den gemensamma punkten öppnar.",
        "hand_over": "Överlämna lokalen; sista hyresdagen.",
    },
    "en": {
        "need": "Examine the permanent need for 10-20 years before leasing. By the people it is seen until {year}.",
        "need_unseen": "Give another reason for a permanent need: behind the point 10,000 people are not seen from "
        "the opening on.",
        "programme": "Accept the space programme: {m2} m2.",
        "office_need": "Accept the size of the joint office: {m2} m2 and {places} workplaces.",
        "home_bases": "Give the reasons for home bases; common space is the rule.",
        "sharing": "Agree on the sharing of the costs, and see that it is worth while for everyone.",
        "lease": "Make the lease of the customer space. The landlord is the municipality, another owner, or Senate "
        "Properties, which may also sublet the space to the users. Choose the model of the rent: total, split total or "
        "capital rent.",
        "office_lease": "Make the lease of the office with Senate Properties or another owner, and choose the model of "
        "the rent: total, split total or capital rent.",
        "fitting": "Agree on the fitting out as a part of the rent; it is not paid by project money.",
        "joint_use": "Make the joint-use agreement: spaces, hours, security, data protection and costs.",
        "joint_service": "Make the joint-service agreement between the principals and the agent (act 223/2007).",
        "notice": "Give notice of the lease by this day, so that the rent ends on {ends}.",
        "notice_unknown": "Find out when the lease ends and its notice: the closure has no date.",
        "ends": "The fixed-term lease ends on {ends} without notice; tell that it will not be prolonged.",
        "prolong": "Prolong the lease until {ends}: it would end before the joint point opens.",
        "hand_over": "Hand the unit over; the last day of rent.",
    },
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the lease procedure.

    what:  "customer" (R222: a joint point's customer space) or "office" (R223).
    joint: code of the joint point or office; unit: the own unit that is left, "" for steps of the joint place.
    by:    the last day on which it can be done, None when nobody can tell.
    values: what the words tell.
    """

    code: str
    what: Literal["customer", "office"]
    joint: str
    unit: str
    by: date | None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> str:
        """The document's lines or the act."""
        return STEPS[self.code][1]

    def party(self, language: str) -> str:
        """Who acts, in "fi", "sv" or "en"."""
        return PARTIES[language][STEPS[self.code][0]]

    def text(self, language: str) -> str:
        """What to do, in "fi", "sv" or "en"."""
        return WORDS[language][self.code].format(**self.values)


def lease_pack(found: Impact, phasing: Phasing) -> tuple[Step, ...]:
    """The lease procedure of every joint point and joint office, in the order of their openings."""
    closures: dict[str, list[Closed]] = {}
    for each in phasing.closures:
        closures.setdefault(each.joint, []).append(each)
    places = {unit: number for number, unit in enumerate(found.premises.unit.tolist())}
    steps: list[Step] = []
    for point in phasing.openings:
        office, eve = point.code.startswith(OFFICE), point.opens - timedelta(days=1)
        steps += _office(found, point.code, eve) if office else _point(found, point.code, eve)
        for unit in sorted(closures.get(point.code, ()), key=lambda each: each.unit):
            steps += _leave(found.premises, places[unit.unit], unit, "office" if office else "customer")
    return tuple(steps)


def latest_notice(months: float, ends: date) -> date:
    """The last day on which notice can be given of a lease that goes on, so that no rent runs after `ends`.

    months: notice, counted from the end of the month in which it is given (Act on commercial leases 482/1995, sec. 40).
    """
    last = calendar.monthrange(ends.year, ends.month)[1]
    over = np.datetime64(ends, "M") if ends.day == last else np.datetime64(ends, "M") - 1
    day: date = ((over - int(np.ceil(months)) + 1).astype("datetime64[D]") - 1).astype(object)
    return day


def _point(found: Impact, code: str, eve: date) -> Iterator[Step]:
    number = found.network.points.code.tolist().index(code)
    seen = found.needs[code]
    m2 = f"{found.spaces.programs[number].total_m2:.0f}"
    yield Step("need_unseen" if seen is None else "need", "customer", code, "", eve, {"year": str(seen)})
    yield Step("programme", "customer", code, "", eve, {"m2": m2})
    for step in ("sharing", "lease", "fitting", "joint_use", "joint_service"):
        yield Step(step, "customer", code, "", eve)


def _office(found: Impact, code: str, eve: date) -> Iterator[Step]:
    need = next(place.need for place in found.offices.places if OFFICE + place.municipality == code)
    yield Step("office_need", "office", code, "", eve, {"m2": f"{need.m2:.0f}", "places": str(need.workplaces)})
    for step in ("home_bases", "sharing", "office_lease", "fitting", "joint_use"):
        yield Step(step, "office", code, "", eve)


def _leave(premises: Premises, number: int, closed: Closed, what: Literal["customer", "office"]) -> Iterator[Step]:
    """Leaving one own unit: notice, the end of a fixed term, or a lease to prolong; then the hand-over."""
    if closed.closes is None:
        yield Step("notice_unknown", what, closed.joint, closed.unit, None)
        return
    ends = {"ends": closed.closes.isoformat()}
    # A closure has a date only when the lease has an end or a notice.
    fixed, months = premises.lease_end[number], premises.notice_months[number]
    if not np.isnat(fixed):
        over: date = fixed.astype(object)
        if over < closed.closes:
            yield Step("prolong", what, closed.joint, closed.unit, over, ends)
        else:
            yield Step("ends", what, closed.joint, closed.unit, over, ends)
    else:
        yield Step("notice", what, closed.joint, closed.unit, latest_notice(float(months), closed.closes), ends)
    yield Step("hand_over", what, closed.joint, closed.unit, closed.closes)
