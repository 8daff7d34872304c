"""Words of `luukku routes` in Finnish, Swedish and English."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str, str]] = {
    "service.vehicle": ("Palveluauton kierrokset", "Servicebilens rundor", "Rounds of the service vehicle"),
    "service.duty_visit": (
        "Virkailijapäivystysten kierrokset",
        "Jourmottagningarnas rundor",
        "Rounds of officials' duty visits",
    ),
    "frequency.weekly": ("joka viikko", "varje vecka", "every week"),
    "frequency.fortnightly": ("joka toinen viikko", "varannan vecka", "every other week"),
    "nobody": (
        "Kukaan ei asu yli {limit} minuutin päässä pisteistä. Kierroksia ei tarvita.",
        "Ingen bor över {limit} minuter från kundservicepunkterna. Inga rundor behövs.",
        "Nobody lives over {limit} minutes from the points. No rounds are needed.",
    ),
    "lead": (
        (
            "{title}, {frequency}: {over} asukasta on yli {limit} minuutin päässä ({points} pistettä). "
            "Heistä {reached} pääsee enintään {limit} minuutissa pysäkille ja {near} enintään {ring} minuutissa."
        ),
        (
            "{title}, {frequency}: {over} invånare bor över {limit} minuter bort ({points} kundservicepunkter). "
            "Av dem når {reached} en hållplats inom {limit} minuter och {near} inom {ring} minuter."
        ),
        (
            "{title}, {frequency}: {over} people live over {limit} minutes away ({points} points). "
            "Of them {reached} come to a stop within {limit} minutes and {near} within {ring} minutes."
        ),
    ),
    "figure": ("Luku", "Siffra", "Figure"),
    "value": ("Arvo", "Värde", "Value"),
    "stops": ("Pysäkkejä", "Hållplatser", "Stops"),
    "vehicles": ("Autoja", "Bilar", "Vehicles"),
    "days": ("Ajopäiviä kierroksessa", "Kördagar per runda", "Vehicle days in a round"),
    "open": ("Auki tuntia viikossa", "Öppet timmar per vecka", "Hours open a week"),
    "drive": ("Ajoa tuntia viikossa", "Körning timmar per vecka", "Hours of driving a week"),
    "work": ("Autojen työtunteja viikossa", "Bilarnas arbetstimmar per vecka", "Working hours of the vehicles a week"),
    "cost.vehicles": ("Autot € vuodessa", "Bilarna € per år", "Vehicles EUR a year"),
    "cost.driving": ("Ajo € vuodessa", "Körningen € per år", "Driving EUR a year"),
    "cost.staff": ("Henkilöstö € vuodessa", "Personalen € per år", "Staff EUR a year"),
    "cost.total": ("Yhteensä € vuodessa", "Totalt € per år", "In all EUR a year"),
    "rounds": ("Kierrokset", "Rundor", "Rounds"),
    "vehicle": ("Auto", "Bil", "Vehicle"),
    "day": ("Päivä", "Dag", "Day"),
    "leaves": ("Lähtö", "Avfärd", "Leaves"),
    "calls": ("Pysäkit, auki klo", "Hållplatser, öppet kl.", "Stops, open at"),
    "rest": ("Tauko", "Rast", "Break"),
    "returns": ("Paluu", "Återkomst", "Back"),
    "drive_minutes": ("Ajoa min", "Körning min", "Driving min"),
    "week": ("{day}, viikko {week}", "{day}, vecka {week}", "{day}, week {week}"),
    "weekday.1": ("ma", "mån", "Mon"),
    "weekday.2": ("ti", "tis", "Tue"),
    "weekday.3": ("ke", "ons", "Wed"),
    "weekday.4": ("to", "tors", "Thu"),
    "weekday.5": ("pe", "fre", "Fri"),
    "title.stops": ("Pysäkit", "Hållplatser", "Stops"),
    "stop": ("Pysäkki", "Hållplats", "Stop"),
    "municipality": ("Kunta", "Kommun", "Municipality"),
    "people": ("Asukkaita", "Invånare", "People"),
    "near": ("Heistä {ring} min päässä", "Av dem inom {ring} min", "Of them within {ring} min"),
    "visits": ("Käyntejä viikossa", "Besök per vecka", "Visits a week"),
    "short": ("Niistä ei mahdu", "Av dem ryms inte", "Of them too many"),
    "hours": ("Auki h/viikko", "Öppet h/vecka", "Open h a week"),
    "times": ("Kertoja kierroksessa", "Gånger per runda", "Calls a round"),
    "proposed": ("Ehdotettu kevyt ratkaisu", "Föreslagen lättare lösning", "Light solution proposed"),
    "left.no_stop": (
        "{people} asukasta on yli {limit} minuutin päässä jokaisesta mahdollisesta pysäkistä: {names}.",
        "{people} invånare bor över {limit} minuter från varje möjlig hållplats: {names}.",
        "{people} people live over {limit} minutes from every possible stop: {names}.",
    ),
    "left.too_far": (
        (
            "{people} asukkaan lähellä on mahdollisia pysäkkejä, mutta mikään auto ei ehdi sinne ja takaisin työpäivän "
            "aikana: {names}."
        ),
        (
            "{people} invånare har möjliga hållplatser i närheten, men ingen bil hinner dit och tillbaka under "
            "arbetsdagen: {names}."
        ),
        (
            "{people} people have possible stops near them, but no vehicle can be there and back within its "
            "working day: {names}."
        ),
    ),
    "left.not_chosen": (
        "{people} asukasta jää ilman, koska pysäkkejä pyydettiin {stops}: {names}.",
        "{people} invånare blir utan, eftersom {stops} hållplatser begärdes: {names}.",
        "{people} people go without, because {stops} stops were asked: {names}.",
    ),
    "left.no_time": (
        "{people} asukasta jää ilman, koska autot eivät ehdi heidän pysäkeilleen: {names}.",
        "{people} invånare blir utan, eftersom bilarna inte hinner till deras hållplatser: {names}.",
        "{people} people go without, because the vehicles have no time for their stops: {names}.",
    ),
    "more": ("ja {count} muuta", "och {count} andra", "and {count} more"),
    "refused.no_road": (
        "{name} ({code}): pysäkiksi ei käy, koska sinne ei vie tietä.",
        "{name} ({code}): kan inte bli hållplats, eftersom ingen väg leder dit.",
        "{name} ({code}): cannot be a stop, because no road leads there.",
    ),
    "refused.beyond": (
        "{name} ({code}): pysäkiksi ei käy, koska ajo sinne ja takaisin on pidempi kuin mikään työpäivä.",
        "{name} ({code}): kan inte bli hållplats, eftersom körningen dit och tillbaka är längre än en arbetsdag.",
        "{name} ({code}): cannot be a stop: driving there and back takes longer than any working day.",
    ),
    "refused.too_far": (
        "{name} ({code}): pysäkiksi ei käy, koska ajo sinne ja takaisin vie {minutes} min eikä päivä riitä.",
        (
            "{name} ({code}): kan inte bli hållplats, eftersom körningen dit och tillbaka tar {minutes} min och "
            "dagen inte räcker."
        ),
        "{name} ({code}): cannot be a stop: driving there and back takes {minutes} min, and the day is too short.",
    ),
    "status.heuristic": (
        "Reitit on haettu likimääräisellä menetelmällä: ne ovat hyviä, mutta niitä ei ole todistettu parhaiksi.",
        "Rutterna har sökts med en approximativ metod: de är bra, men inte bevisat bäst.",
        "The routes were searched by a heuristic: they are good, but not proved best.",
    ),
    "status.stops": (
        "Pysäkkejä on {stops}; vähemmällä kuin {bound} pysäkillä samoja asukkaita ei tavoiteta.",
        "Hållplatserna är {stops}; färre än {bound} når inte samma invånare.",
        "There are {stops} stops; fewer than {bound} do not reach the same people.",
    ),
    "status.all": (
        (
            "Ajopäiviä on {days}, vähintään tarvitaan {days_bound}. Autoja on {vehicles}, vähintään tarvitaan "
            "{vehicles_bound}."
        ),
        "Kördagarna är {days}, minst {days_bound} behövs. Bilarna är {vehicles}, minst {vehicles_bound} behövs.",
        (
            "There are {days} vehicle days, at least {days_bound} are needed. There are {vehicles} vehicles, at least "
            "{vehicles_bound} are needed."
        ),
    ),
    "status.part": (
        (
            "Autoja on {vehicles} ja ajopäiviä {days}. Kaikki pysäkit vaatisivat vähintään {vehicles_bound} autoa ja "
            "{days_bound} ajopäivää."
        ),
        (
            "Bilarna är {vehicles} och kördagarna {days}. Alla hållplatser skulle kräva minst {vehicles_bound} "
            "bilar och {days_bound} kördagar."
        ),
        (
            "There are {vehicles} vehicles and {days} vehicle days. All stops would take at least {vehicles_bound} "
            "vehicles and {days_bound} vehicle days."
        ),
    ),
    "status.time": (
        "Haku katkesi aikarajaan: uusi haku voi antaa toisen tuloksen.",
        "Sökningen avbröts av tidsgränsen: en ny sökning kan ge ett annat resultat.",
        "The search was cut by the time limit: another run may give another answer.",
    ),
    "status.asked": (
        "Haku keskeytettiin: tässä on paras siihen asti löydetty.",
        "Sökningen avbröts: detta är det bästa som hittades dittills.",
        "The search was interrupted: this is the best found until then.",
    ),
    "funding": (
        "Palveluauto tarvitsee pysyvän rahoituksen: hankerahoitus ei ole ollut kestävä lähtökohta (r. 1414–1418).",
        "En servicebil behöver permanent finansiering: projektmedel har inte varit en hållbar grund (r. 1414–1418).",
        "A service vehicle needs permanent funding: project money has not been a lasting basis (lines 1414-1418).",
    ),
    "minutes": (
        (
            "Ajoajat ovat matkamatriisin minuutteja ylöspäin pyöristettyinä; kilometrejä ei tunneta. Kartan viivat "
            "ovat suoria pysäkiltä toiselle."
        ),
        (
            "Körtiderna är restidsmatrisens minuter avrundade uppåt; kilometer är inte kända. Kartans linjer är "
            "raka från hållplats till hållplats."
        ),
        (
            "Driving times are minutes of the travel-time matrix, rounded up; kilometres are not known. The lines "
            "on the map are straight from stop to stop."
        ),
    ),
}


def phrase(key: str, language: str, **values: str) -> str:
    """A text in "fi", "sv" or "en", with the values put in. Raises KeyError when there is none."""
    return PHRASES[key][("fi", "sv", "en").index(language)].format(**values)
