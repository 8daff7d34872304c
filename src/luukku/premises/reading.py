"""Read a list of premises as the register (HTH) exports it, checked whole before anything of it is used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.provenance import Source
from luukku.country.readers.check import Checked, check
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.country.readers.templates import write_schema
from luukku.premises.units import BUILDINGS, MEASURES, NO_DATE, RENT_MODELS, USES, Premises

MOST_M2 = 200_000.0
"""m2 of one unit above which the number is surely wrong (assumption)."""
MOST_MONTHS = 120.0
"""Months of notice above which the number is surely wrong (assumption)."""

PREMISES = Schema(
    name="premises",
    title=Words("Toimitilat", "Lokaler", "Premises"),
    columns=(
        Column(
            "unit",
            Words("Tilan tunnus, joka on vain sillä", "Lokalens egen kod", "The unit's own id"),
            "id",
            required=True,
            example="ESIMERKKI-1",
            aliases=("tunnus", "tila", "kohde", "kod", "enhet", "id"),
        ),
        Column("name", Words("Tilan nimi", "Lokalens namn", "Name of the unit"), aliases=("nimi", "namn")),
        Column(
            "address",
            Words("Osoite", "Adress", "Address"),
            required=True,
            example="Torikatu 36, Joensuu",
            aliases=("osoite", "adress", "katuosoite", "gatuadress"),
        ),
        Column(
            "municipality",
            Words("Kunnan numero tai nimi", "Kommunens nummer eller namn", "The municipality's code or name"),
            "municipality",
            required=True,
            example="Joensuu",
            aliases=("kunta", "kommun", "paikkakunta", "ort"),
        ),
        Column(
            "authority",
            Words("Viranomainen, joka käyttää tilaa", "Myndighet som använder lokalen", "The authority that uses it"),
            required=True,
            example="VERO",
            aliases=("viranomainen", "virasto", "myndighet", "käyttäjä", "ämbetsverk"),
        ),
        Column(
            "owner",
            Words("Omistaja tai vuokranantaja", "Ägare eller hyresvärd", "Owner or landlord"),
            example="Senaatti-kiinteistöt",
            aliases=("omistaja", "vuokranantaja", "ägare", "hyresvärd", "landlord"),
        ),
        Column(
            "use",
            Words("Käyttöluokka", "Användningsklass", "Class of use"),
            "choice",
            required=True,
            example="office",
            aliases=("käyttöluokka", "käyttö", "tilaluokka", "användning", "use_class"),
            choices=USES,
        ),
        Column(
            "building",
            Words("Millainen rakennus on", "Vad för byggnad det är", "What the building is"),
            "choice",
            example="state_building",
            aliases=("rakennus", "byggnad", "kiinteistö"),
            choices=BUILDINGS,
        ),
        Column(
            "m2",
            Words("Pinta-ala", "Yta", "Area"),
            "count",
            "m2",
            required=True,
            example="850.5",
            aliases=("pinta_ala", "ala", "yta", "area"),
        ),
        Column(
            "measure",
            Words(
                "Miten ala on mitattu: huoneala vai huoneistoala (htm2)",
                "Hur ytan är mätt: rumsyta eller lägenhetsyta (htm2)",
                "How the area was measured: room area (huoneala) or net area (htm2)",
            ),
            "choice",
            required=True,
            example="htm2",
            aliases=("mittaustapa", "alan_laji", "mätsätt"),
            choices=MEASURES,
        ),
        Column(
            "person_years",
            Words("Henkilötyövuodet tilassa", "Årsverken i lokalen", "Person-years in the unit"),
            "count",
            "htv",
            example="42",
            aliases=("htv", "henkilötyövuodet", "årsverken"),
        ),
        Column(
            "workplaces",
            Words("Työpisteitä", "Arbetsplatser", "Workplaces"),
            "count",
            example="40",
            aliases=("työpisteet", "työpisteitä", "arbetsplatser"),
        ),
        Column(
            "lease_start",
            Words("Vuokrasopimus alkaa", "Hyresavtalet börjar", "The lease starts"),
            "date",
            example="2016-01-01",
            aliases=("alkaa", "vuokra_alkaa", "sopimus_alkaa", "börjar"),
        ),
        Column(
            "lease_end",
            Words(
                "Vuokrasopimus päättyy; tyhjä, jos se on voimassa toistaiseksi",
                "Hyresavtalet upphör; tomt om det gäller tills vidare",
                "The lease ends; empty if it goes on until further notice",
            ),
            "date",
            example="2026-12-31",
            aliases=("päättyy", "vuokra_päättyy", "sopimus_päättyy", "upphör"),
        ),
        Column(
            "notice_months",
            Words("Irtisanomisaika", "Uppsägningstid", "Notice"),
            "count",
            "months",
            example="12",
            aliases=("irtisanomisaika", "irtisanomisaika_kk", "uppsägningstid"),
        ),
        Column(
            "rent",
            Words("Vuokra vuodessa", "Hyra per år", "Rent a year"),
            "count",
            "EUR a year",
            example="183708.00",
            aliases=("vuokra", "vuosivuokra", "hyra", "årshyra"),
        ),
        Column(
            "rent_model",
            Words(
                "Vuokramalli: kokonaisvuokra, jaettu vai pääomavuokra",
                "Hyresmodell: totalhyra, delad eller kapitalhyra",
                "Model of the rent: total, split or capital (without upkeep)",
            ),
            "choice",
            example="total",
            aliases=("vuokramalli", "hyresmodell"),
            choices=RENT_MODELS,
        ),
    ),
    formats=(".csv", ".xlsx"),
)
"""The columns of a list of premises; the template and the documentation are written from them."""


def write_premises_template(path: Path) -> None:
    """An empty list of premises to fill in, CSV or XLSX by the name's ending. Raises BadInput when it is there."""
    write_schema(path, PREMISES)


def read_premises(path: Path, country: Country) -> Premises:
    """A list of premises, one row a unit (CSV or XLSX).

    An authority may be given by its code or by a name in any language; who is none of the country's authorities (a
    partner) is kept as written. Money is kept in whole cents.
    Raises BadInput with every fault, by row and column; nothing of a faulty file is kept.
    """
    with opened(path, PREMISES) as table:
        checked = check(table, PREMISES, Municipalities(country))
    checked.note_repeated("unit")
    m2 = checked.number("m2")
    rows, faults = checked.rows, checked.faults
    faults.add_rows(rows[m2 == 0], "m2", "the area is 0", "m2 above zero", "write the area, or take the row away")
    faults.add_rows(
        rows[m2 > MOST_M2],
        "m2",
        [f"{value:,.0f} m2 cannot be one unit" for value in m2[m2 > MOST_M2].tolist()[:1000]],
        f"at most {MOST_M2:,.0f} m2",
        "check the decimal sign and the unit of measure",
    )
    notice = checked.number("notice_months")
    faults.add_rows(
        rows[notice > MOST_MONTHS],
        "notice_months",
        f"the notice is over {MOST_MONTHS:g} months",
        "months",
        "write the notice in months, not in days",
    )
    start, end = _dates(checked, "lease_start"), _dates(checked, "lease_end")
    faults.add_rows(
        rows[end < start], "lease_end", "the lease ends before it starts", "a later day", "check the two dates"
    )
    faults.refuse_if_any()
    rent = checked.number("rent")
    return Premises(
        unit=checked.text("unit"),
        name=checked.text("name"),
        address=checked.text("address"),
        municipality=checked.text("municipality"),
        authority=_authorities(checked.text("authority"), country),
        owner=checked.text("owner"),
        use=checked.text("use"),
        building=checked.text("building"),
        measure=checked.text("measure"),
        m2=m2,
        person_years=checked.number("person_years"),
        workplaces=checked.number("workplaces"),
        lease_start=start,
        lease_end=end,
        notice_months=notice,
        rent=np.where(np.isnan(rent), -1, np.rint(np.nan_to_num(rent) * 100)).astype(np.int64),
        rent_model=checked.text("rent_model"),
        row=rows,
        source=Source("dataset", path.name, date="", indicative=True),
    )


def _dates(checked: Checked, column: str) -> NDArray[np.datetime64]:
    """(rows,) days, NaT where empty or faulty (a fault is noted already)."""
    texts = checked.text(column)
    days = np.full(len(texts), NO_DATE, dtype="datetime64[D]")
    told = np.char.str_len(texts) == len("2026-12-31")
    days[told] = texts[told].astype("datetime64[D]")
    return days


def _authorities(texts: NDArray[np.str_], country: Country) -> NDArray[np.str_]:
    known: dict[str, str] = {}
    for authority in country.authorities:
        for name in (authority.code, authority.name_fi, authority.name_sv, authority.name_en):
            known.setdefault(name.casefold(), authority.code)
    unique, inverse = np.unique(texts, return_inverse=True)
    return np.array([known.get(text.casefold(), text) for text in unique.tolist()], dtype=np.str_)[inverse]
