"""Words of `luukku premises` in Finnish, Swedish and English."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str, str]] = {
    "kind.counter": ("Palvelutiskit", "Servicediskar", "Counters"),
    "kind.self_service": ("Itsepalvelupisteet", "Självbetjäningsplatser", "Self-service places"),
    "kind.remote": ("Etäpalveluhuoneet", "Distansservicerum", "Remote rooms"),
    "kind.expert": ("Asiantuntijahuoneet", "Expertrum", "Expert rooms"),
    "kind.seat": ("Odotuspaikat", "Väntplatser", "Seats for waiting"),
    "kind.back_office": ("Taustatyöpisteet", "Arbetsplatser i bakgrunden", "Back-office places"),
    "kind.lobby": ("Aula", "Entré", "Lobby"),
    "kind.corridor": ("Käytävät ja huolto", "Korridorer och service", "Corridors and services"),
    "space": ("Tila", "Utrymme", "Space"),
    "places": ("Määrä", "Antal", "Number"),
    "m2": ("m²", "m²", "m2"),
    "attained": ("Tavoitteessa asiakkaista", "Andel kunder inom målet", "Customers within the goal"),
    "total": ("Yhteensä", "Totalt", "In all"),
    "program": (
        "Tilaohjelma: {visits} käyntiä viikossa",
        "Lokalprogram: {visits} besök i veckan",
        "Space programme: {visits} visits a week",
    ),
    "points": (
        "Pisteiden tilaohjelma: {scenario}",
        "Kundservicepunkternas lokalprogram: {scenario}",
        "Space programme of the points: {scenario}",
    ),
    "hours": (
        "Palveluneuvojien työtä {staff} tuntia viikossa; auki {open} tuntia.",
        "Servicerådgivarnas arbete är {staff} timmar i veckan; öppet {open} timmar.",
        "Service advisers work {staff} hours a week; open {open} hours.",
    ),
    "elsewhere": (
        "Suunnittelualueen käynneistä {visits} viikossa ei tule näihin pisteisiin.",
        "Av områdets besök kommer {visits} i veckan inte till dessa kundservicepunkter.",
        "Of the area's visits {visits} a week do not come to these points.",
    ),
    "population": ("Väestö", "Befolkning", "Population"),
    "read": (
        "{units} tilaa luettu, niistä {inside} on mukana uudistuksessa.",
        "{units} lokaler lästes, av dem är {inside} med i reformen.",
        "{units} units read, of which {inside} are in the reform.",
    ),
    "efficiency": ("Toimistojen tilatehokkuus", "Kontorens yteffektivitet", "Efficiency of the offices"),
    "authority": ("Viranomainen", "Myndighet", "Authority"),
    "all": ("Kaikki", "Alla", "All"),
    "measure": ("Mittaustapa", "Mätsätt", "Measure"),
    "person_years": ("Henkilötyövuosia", "Årsverken", "Person-years"),
    "a_person_year": ("m²/htv", "m²/årsverke", "m2 a person-year"),
    "untold": ("Tiloja ilman htv-tietoa", "Lokaler utan årsverken", "Units without person-years"),
    "releases": (
        "Luovutettavat tilat: uusissa tiloissa {ready}, irtisanominen {decided}",
        "Lokaler som lämnas: i nya lokaler {ready}, uppsägning {decided}",
        "Release list: in the new premises {ready}, notice given {decided}",
    ),
    "unit": ("Tila", "Lokal", "Unit"),
    "municipality": ("Kunta", "Kommun", "Municipality"),
    "rent": ("Vuokra €/v", "Hyra €/år", "Rent EUR a year"),
    "ends": ("Viimeinen vuokrapäivä", "Sista hyresdag", "Last day with rent"),
    "double": ("Päällekkäisen vuokran päiviä", "Dagar med dubbel hyra", "Days of double rent"),
    "prolong": ("Jatkettava päiviä", "Dagar att förlänga", "Days to prolong"),
    "more": (
        "… ja {count} muuta; --json näyttää kaikki.",
        "… och {count} till; --json visar alla.",
        "... and {count} more; --json has them all.",
    ),
    "emptied": (
        "Osoitteita, jotka tyhjenevät kokonaan ({count}): {addresses}",
        "Adresser som töms helt ({count}): {addresses}",
        "Addresses left empty ({count}): {addresses}",
    ),
    "undated": ("ei päivää", "inget datum", "no date"),
    "undated_count": (
        "{count} tilan sopimuksesta ei näy päättymistä eikä irtisanomisaikaa. Ilman päivää suunnitelma ei kelpaa.",
        "För {count} lokaler framgår varken slutdatum eller uppsägningstid. Utan datum kan planen inte godkännas.",
        "The leases of {count} units tell neither an end nor a notice. Without a date the plan cannot pass.",
    ),
    "compliance": ("Uudistuksen sääntöjen kannalta:", "Enligt reformens regler:", "By the rules of the reform:"),
    "nothing": ("Ei huomautettavaa.", "Inget att anmärka.", "Nothing to remark."),
    "not_told": (
        "Toimitilaluettelosta ei näe näitä, tarkista ne muuten: {rules}.",
        "Lokalförteckningen visar inte detta, kontrollera det på annat sätt: {rules}.",
        "A list of premises does not tell these, check them otherwise: {rules}.",
    ),
}

NOT_TOLD: dict[str, dict[str, str]] = {
    "missing_kind": {
        "fi": "neljä tilalajia jokaisessa yhteisessä pisteessä",
        "sv": "fyra slag av utrymmen på varje gemensam kundservicepunkt",
        "en": "four kinds of space at every joint point",
    },
    "named_desk": {
        "fi": "ei nimettyjä huoneita eikä työpisteitä",
        "sv": "inga namngivna rum eller arbetsplatser",
        "en": "no named rooms or desks",
    },
    "back_office_elsewhere": {
        "fi": "taustatilat samassa osoitteessa",
        "sv": "bakgrundsutrymmena på samma adress",
        "en": "back-office at the same address",
    },
    "entrance_without_reason": {
        "fi": "oma sisäänkäynti vain perusteltuna poikkeuksena",
        "sv": "egen ingång bara som motiverat undantag",
        "en": "an own entrance only as a reasoned exception",
    },
    "not_confidential": {
        "fi": "luottamukselliset huoneet",
        "sv": "konfidentiella rum",
        "en": "confidential rooms",
    },
}
"""Rules of `luukku.premises.compliance` that a list of premises has no column for."""


def phrase(key: str, language: str, **values: str) -> str:
    """A text in "fi", "sv" or "en", with the values put in. Raises KeyError when there is none."""
    return PHRASES[key][("fi", "sv", "en").index(language)].format(**values)
