"""Words of `luukku costs` and `luukku phase` in Finnish, Swedish and English."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str, str]] = {
    "of": (
        "{points} pistettä ({label}), skenaario: {scenario}",
        "{points} kundservicepunkter ({label}), scenario: {scenario}",
        "{points} points ({label}), scenario: {scenario}",
    ),
    "population": ("Väestö: {label}.", "Befolkning: {label}.", "Population: {label}."),
    "premises": (
        "Toimitilat: {file}, {units} tilaa mukana, {left} jää uudistuksen tai alueen ulkopuolelle.",
        "Lokaler: {file}, {units} lokaler är med, {left} är utanför reformen eller området.",
        "Premises: {file}, {units} units in the plan, {left} outside the reform or the area.",
    ),
    "title.years": (
        "Kustannukset vuosittain, €",
        "Kostnader per år, €",
        "Costs by year, EUR",
    ),
    "year": ("Vuosi", "År", "Year"),
    "baseline": ("Nykyisellään", "Som i dag", "As today"),
    "after": ("Suunnitelman mukaan", "Enligt planen", "By the plan"),
    "saved": ("Säästö", "Besparing", "Saved"),
    "cumulative": ("Säästö kertyneenä", "Besparing sammanlagt", "Saved so far"),
    "double": ("Päällekkäistä", "Dubbelt", "Double"),
    "title.region": ("Maakunnittain vuonna {year}, €", "Per landskap år {year}, €", "By region in {year}, EUR"),
    "title.authority": ("Maksajittain vuonna {year}, €", "Per betalare år {year}, €", "By payer in {year}, EUR"),
    "title.sector": ("Sektoreittain vuonna {year}, €", "Per sektor år {year}, €", "By sector in {year}, EUR"),
    "title.kind": ("Lajeittain vuonna {year}, €", "Per slag år {year}, €", "By kind in {year}, EUR"),
    "region": ("Maakunta", "Landskap", "Region"),
    "authority": ("Maksaja", "Betalare", "Payer"),
    "sector": ("Sektori", "Sektor", "Sector"),
    "kind": ("Laji", "Slag", "Kind"),
    "total": ("Yhteensä", "Totalt", "In all"),
    "kind.rent": ("Vuokra", "Hyra", "Rent"),
    "kind.upkeep": ("Ylläpito", "Underhåll", "Upkeep"),
    "kind.staff": ("Palveluneuvonta", "Servicerådgivning", "Service advice"),
    "kind.ict": ("ICT", "IKT", "ICT"),
    "kind.mobile": ("Liikkuva palvelu", "Mobil service", "Mobile service"),
    "kind.investment": ("Investoinnit", "Investeringar", "Investments"),
    "kind.sale": ("Myyntitulot", "Försäljningsinkomster", "Sales"),
    "sector.state": ("Valtio", "Staten", "The state"),
    "sector.municipality": ("Kunnat", "Kommunerna", "Municipalities"),
    "sector.kela": ("Kela", "FPA", "Kela"),
    "sector.other": ("Muut", "Övriga", "Others"),
    "payer.landlord": ("Vuokranantaja", "Hyresvärden", "The landlord"),
    "payer.project": ("Hanke", "Projektet", "The project"),
    "payer.municipality": ("Kunnat", "Kommunerna", "Municipalities"),
    "unknown": ("Ei tiedossa", "Okänt", "Not known"),
    "payback": (
        "Säästöt ovat kattaneet kustannukset vuoden {year} lopussa.",
        "Besparingarna har täckt kostnaderna i slutet av år {year}.",
        "The savings have covered the costs by the end of {year}.",
    ),
    "no_payback": (
        "Säästöt eivät kata kustannuksia vuoteen {year} mennessä.",
        "Besparingarna täcker inte kostnaderna före utgången av år {year}.",
        "The savings do not cover the costs by {year}.",
    ),
    "present": (
        "Säästöjen nykyarvo vuosilta {first}–{last} on {euros} (korko {rate}).",
        "Besparingarnas nuvärde åren {first}–{last} är {euros} (ränta {rate}).",
        "The savings of {first}-{last} are worth {euros} today (rate {rate}).",
    ),
    "running": (
        (
            "Pysyvä säästö on {euros} vuodessa, josta toimitiloista (vuokra ja ylläpito) {premises}. "
            "Toimeenpanosuunnitelma puhuu jopa 50 miljoonasta eurosta vuodessa (rivit 1071–1077)."
        ),
        (
            "Den bestående besparingen är {euros} per år, varav lokalerna (hyra och underhåll) {premises}. "
            "Genomförandeplanen talar om upp till 50 miljoner euro per år (raderna 1071–1077)."
        ),
        (
            "The lasting saving is {euros} a year, of which premises (rent and upkeep) {premises}. "
            "The implementation plan speaks of up to EUR 50 million a year (lines 1071-1077)."
        ),
    ),
    "offices": (
        (
            "Toimistoja on {today} m² ja {people} henkilötyövuotta. Tavoitteella 10 m² riittää {target} m²: vapautuu "
            "{released} m² ({share}). Skenaariossa tarve on {need} m², josta yhteiskäytössä {shared} m²."
        ),
        (
            "Kontoren omfattar {today} m² och {people} årsverken. Med målet 10 m² räcker {target} m²: {released} m² "
            "frigörs ({share}). I scenariot är behovet {need} m², varav {shared} m² delas."
        ),
        (
            "There are {today} m2 of office and {people} person-years. At the target of 10 m2 {target} m2 suffice: "
            "{released} m2 are released ({share}). In the scenario {need} m2 are needed, of which {shared} m2 shared."
        ),
    ),
    "offices.mixed": (
        "Toimistojen huoneala ja huoneistoala on laskettu yhteen, joten luvut ovat suuntaa antavia.",
        "Kontorens rumsyta och lägenhetsyta har räknats ihop, så siffrorna är riktgivande.",
        "Room area and net area of the offices are added up, so the figures are indicative.",
    ),
    "points.m2": (
        "Yhteisissä pisteissä on {m2} m² ja {a_week} käyntiä viikossa.",
        "De gemensamma punkterna har {m2} m² och {a_week} besök i veckan.",
        "The joint points have {m2} m2 and {a_week} visits a week.",
    ),
    "stay": (
        "{count} tilaa jää ennalleen, koska mikään piste ei palvele niiden kuntaa.",
        "{count} lokaler blir kvar, eftersom ingen punkt betjänar deras kommun.",
        "{count} units stay as they are, because no point serves their municipality.",
    ),
    "findings": ("Tarkistukset:", "Kontroller:", "Checks:"),
    "nothing": ("Ei huomautettavaa.", "Inget att anmärka.", "Nothing to remark."),
    "more": (
        "… ja {count} muuta; --json näyttää kaikki.",
        "… och {count} till; --json visar alla.",
        "... and {count} more; --json has them all.",
    ),
    "short_needs": (
        (
            "{count} pisteen takana ei nähdä 10 000 asukasta kymmenen vuoden ajan avaamisesta. Perustele investointi "
            "muuten (rivit 1079–1083): {points}"
        ),
        (
            "Bakom {count} punkter syns inte 10 000 invånare tio år efter öppnandet. Motivera investeringen på annat "
            "sätt (raderna 1079–1083): {points}"
        ),
        (
            "Behind {count} points 10,000 people are not seen for ten years from the opening. Give another reason for "
            "the investment (lines 1079-1083): {points}"
        ),
    ),
    "stops": (
        "Suunnitelma ei mene läpi. Esteitä: {count}.",
        "Planen godkänns inte. Antal hinder: {count}.",
        "The plan cannot pass. Things that stop it: {count}.",
    ),
    "wrote": ("Kirjoitettiin {file}.", "Skrev {file}.", "Wrote {file}."),
    "title.openings": (
        "Pisteet ja yhteiset toimistot avaamisen mukaan",
        "Kundservicepunkter och gemensamma kontor enligt öppnande",
        "Points and joint offices by their opening",
    ),
    "joint": ("Piste", "Punkt", "Point"),
    "opens": ("Avataan", "Öppnas", "Opens"),
    "money": ("Investoinnit €", "Investeringar €", "Investments EUR"),
    "closes": ("Omat tilat suljetaan", "Egna lokaler stängs", "Own units close"),
    "units": ("Omia tiloja", "Egna lokaler", "Own units"),
    "legend": (
        "· vain omat tilat   ▒ omat ja yhteinen rinnakkain   █ vain yhteinen",
        "· bara egna lokaler   ▒ egna och gemensam samtidigt   █ bara gemensam",
        "· own units only   ▒ own and joint side by side   █ joint only",
    ),
    "office": ("Yhteinen toimisto: {town}", "Gemensamt kontor: {town}", "Joint office: {town}"),
    "title.curve": ("Kustannuskäyrä, €", "Kostnadskurva, €", "Cost curve, EUR"),
    "own": ("Omat tilat", "Egna lokaler", "Own units"),
    "joint.cost": ("Yhteiset", "Gemensamma", "Joint"),
    "investment": ("Investoinnit", "Investeringar", "Investments"),
    "all": ("Yhteensä", "Totalt", "In all"),
    "budget": ("Rahaa", "Pengar", "Money"),
    "works": ("Töitä", "Arbeten", "Works"),
    "proof": (
        "Halvin mahdollinen, todistettu: {euros} vuosina {first}–{last}.",
        "Den billigaste möjliga, bevisad: {euros} åren {first}–{last}.",
        "The cheapest possible, proved: {euros} in {first}-{last}.",
    ),
    "gap": (
        "Paras löydetty: {euros} vuosina {first}–{last}. Mikään ei ole halvempi kuin {bound} (ero {gap}).",
        "Den bästa som hittades: {euros} åren {first}–{last}. Inget är billigare än {bound} (gap {gap}).",
        "The best found: {euros} in {first}-{last}. Nothing is cheaper than {bound} (gap {gap}).",
    ),
    "held_back": (
        "Rahan ja töiden rajat maksavat {euros}.",
        "Gränserna för pengar och arbeten kostar {euros}.",
        "The limits on money and works cost {euros}.",
    ),
    "leases": (
        (
            "Toimeenpanosuunnitelma nimeää vuokrasopimusmenettelyn (rivit 2005 ja 2007) mutta ei sen vaiheita: "
            "luettelo on työlista."
        ),
        (
            "Genomförandeplanen nämner hyresavtalsförfarandet (raderna 2005 och 2007) men inte dess steg: listan är en "
            "arbetslista."
        ),
        (
            "The implementation plan names the lease procedure (lines 2005 and 2007) but not its steps: this is a "
            "working list."
        ),
    ),
    "no_day": ("ei päivää", "inget datum", "no date"),
    "undated": ("Ilman sulkemispäivää: {text}", "Utan stängningsdatum: {text}", "Without a day of closure: {text}"),
    "unreasoned": (
        "{unit}: suljetaan vasta pisteen avaamista myöhempänä vuonna ilman sallittua syytä.",
        "{unit}: stängs ett senare år än punkten öppnas utan en tillåten orsak.",
        "{unit}: closes in a later year than its point opens, without an allowed reason.",
    ),
    "passes": (
        "Jokaisella korvattavalla tilalla on sulkemispäivä.",
        "Varje lokal som ersätts har ett stängningsdatum.",
        "Every unit that is replaced has a day of closure.",
    ),
    "late": (
        "Myöhässä sallitusta syystä: {count} tilaa ({reasons}).",
        "Försenade av en tillåten orsak: {count} lokaler ({reasons}).",
        "Late for an allowed reason: {count} units ({reasons}).",
    ),
    "terms.opens": (
        "Kaikki pisteet avataan {day} (oletus, ellei anneta)",
        "Alla punkter öppnas {day} (antagande, om inget annat anges)",
        "All points open on {day} (assumption unless given)",
    ),
    "terms.decided": (
        "Vuokrasopimukset voidaan irtisanoa {day} (oletus, ellei anneta)",
        "Hyresavtalen kan sägas upp {day} (antagande, om inget annat anges)",
        "Notice of leases can be given on {day} (assumption unless given)",
    ),
    "terms.july": (
        "Piste avataan vuoden puolivälissä, 1. heinäkuuta (oletus)",
        "En punkt öppnas i mitten av året, den 1 juli (antagande)",
        "A point opens in the middle of the year, on 1 July (assumption)",
    ),
    "terms.payers": (
        "Pisteet maksetaan käyntien ja toimistot henkilötyövuosien mukaan (oletus; luukku share vertaa sääntöjä)",
        "Punkterna betalas enligt besök och kontoren enligt årsverken (antagande; luukku share jämför reglerna)",
        "Points are paid by visits and offices by person-years (assumption; luukku share compares the rules)",
    ),
}


def phrase(key: str, language: str, **values: str) -> str:
    """A text in "fi", "sv" or "en", with the values put in. Raises KeyError when there is none."""
    return PHRASES[key][("fi", "sv", "en").index(language)].format(**values)
