"""An example list of premises, for when nobody has given the real one: counts from the document, the rest examples.

The document tells how many points of its own each authority had (Table 1) and where it is present in 21 localities
(Table 2), but no address, area, rent or lease of any unit: their table is a picture, not in the text (L709-710).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from luukku.country.model import Country, Municipality
from luukku.country.provenance import Source
from luukku.country.reform import JOINT, PointCount, named_points, table_1, table_2
from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import channel_shares as shares_of_channels
from luukku.premises.program import work_hours
from luukku.premises.units import NO_DATE, Premises

EXAMPLE_BY = ("example.", "rent.", "upkeep", "staff.", "open.weeks", "office.today", "channel.", "shift.", "time.")
"""Beginnings of the names of the parameters that weigh in the example list; to be shown beside it."""

WORDS = {
    "fi": "Esimerkkiluettelo, ei tosiasia: viranomaisten omien pisteiden määrät ovat taulukosta 1 ja toimipaikat "
    "taulukosta 2, mutta sijainnit, pinta-alat, vuokrat ja sopimukset ovat esimerkkejä. Anna oikea toimitilaluettelo.",
    "sv": "Exempelförteckning, inte ett faktum: antalet egna kundservicepunkter är ur tabell 1 och orterna ur tabell "
    "2, men lägen, ytor, hyror och avtal är exempel. Ge den riktiga lokalförteckningen.",
    "en": "An example list, not a fact: the numbers of the authorities' own points are from Table 1 and the localities "
    "from Table 2, but places, areas, rents and leases are examples. Give the real list of premises.",
}
"""To be shown wherever the example list weighs."""

SOURCE = Source(
    "computation",
    "example list of premises, not a fact",
    "own points by authority of Table 1 (L602-638), offices in the localities of Table 2 (L723-789); areas, "
    "person-years and rents by the parameters",
    indicative=True,
)


def is_example(premises: Premises) -> bool:
    """Whether a list is the example list, which has to be told wherever it weighs."""
    return premises.source == SOURCE


def example_premises(country: Country, parameters: Parameters) -> Premises:
    """The example list: every own point of the 12 authorities in Table 1, and an office where Table 2 has them.

    Points stand in the localities that the document names for the authority, the most peopled first, and what Table 1
    counts beyond these in further municipalities of the mainland, the most peopled first, one each. Every point has
    `example.m2` and the advisers whose hours an equal part of `example.visits` takes, none of them idle: nothing shall
    seem saved by staff that was only assumed. Offices are alike, and as large together as `example.premises` leaves
    money for at the parameters' rents; those that the reform leaves out (Kela's and the police's) are not listed.
    Leases go on until further notice, `example.notice` months.
    """
    points = sum(row.points for row in _counted())
    shares, _ = shares_of_channels(parameters)
    a_week = parameters["example.visits"] / parameters["open.weeks"] / points
    hours = float(work_hours((a_week * shares)[None, :], parameters)["counter"][0])
    a_m2 = {use: (parameters[f"rent.{use}"] + parameters["upkeep"]) * 12 for use in ("public_service", "office")}
    left = parameters["example.premises"] - points * parameters["example.m2"] * a_m2["public_service"]
    return _listed(
        country,
        point_m2=parameters["example.m2"],
        point_person_years=hours * parameters["staff.ready"] * parameters["open.weeks"] / parameters["staff.hours"],
        office_m2=max(left, 0.0) / a_m2["office"] if a_m2["office"] else 0.0,
        office_today=parameters["office.today"],
        notice=parameters["example.notice"],
    )


@lru_cache(maxsize=8)
def _listed(
    country: Country,
    *,
    point_m2: float,
    point_person_years: float,
    office_m2: float,
    office_today: float,
    notice: float,
) -> Premises:
    points = list(_points(country))
    offices = list(_offices(country)) if office_m2 > 0 else []
    units = [(*each, "public_service") for each in points] + [(*each, "office") for each in offices]
    count = len(units)
    m2 = np.concatenate([np.full(len(points), point_m2), np.full(len(offices), office_m2 / max(len(offices), 1))])
    people = np.concatenate([np.full(len(points), point_person_years), m2[len(points) :] / office_today])
    names = [f"{authority} {town.name_fi}" for authority, town, _ in units]
    return Premises(
        unit=np.array([f"example-{a}-{town.code}-{use}" for a, town, use in units], dtype=np.str_),
        name=np.array(names, dtype=np.str_),
        address=np.array([f"{town.name_fi} ({a}, example)" for a, town, _ in units], dtype=np.str_),
        municipality=np.array([town.code for _, town, _ in units], dtype=np.str_),
        authority=np.array([authority for authority, _, _ in units], dtype=np.str_),
        owner=np.full(count, ""),
        use=np.array([use for _, _, use in units], dtype=np.str_),
        building=np.full(count, "other"),
        measure=np.full(count, "huoneala"),
        m2=m2,
        person_years=people,
        workplaces=np.full(count, np.nan),
        lease_start=np.full(count, NO_DATE, dtype="datetime64[D]"),
        lease_end=np.full(count, NO_DATE, dtype="datetime64[D]"),
        notice_months=np.full(count, notice),
        rent=np.full(count, -1, dtype=np.int64),
        rent_model=np.full(count, ""),
        row=np.zeros(count, dtype=np.int64),
        source=SOURCE,
    )


def _counted() -> list[PointCount]:
    """Table 1's rows of the authorities of the reform."""
    return [row for row in table_1() if row.in_scope and row.code != JOINT]


def _points(country: Country) -> Iterator[tuple[str, Municipality]]:
    """Each authority's own points, as many as Table 1 counts, in as many municipalities."""
    towns = _by_people(country)
    named: dict[str, set[str]] = {}
    for point in named_points():
        if point.kind == "own":
            for code in point.authorities:
                named.setdefault(code, set()).add(point.municipality)
    for row in _counted():
        first = [town for town in towns if town.name_fi in named.get(row.code, ())]
        rest = [town for town in towns if town.name_fi not in named.get(row.code, ())]
        yield from ((row.code, town) for town in (first + rest)[: row.points])


def _offices(country: Country) -> Iterator[tuple[str, Municipality]]:
    """The authorities' presence in the localities of Table 2, without the offices that the reform leaves out."""
    table = table_2()
    by_name = {town.name_fi: town for town in country.municipalities}
    for locality, present in zip(table.localities, table.present.tolist(), strict=True):
        for code, there in zip(table.authorities, present, strict=True):
            if there and locality in by_name and code not in ("KELA", "POLL"):
                yield code, by_name[locality]


def _by_people(country: Country) -> list[Municipality]:
    """Municipalities of the mainland, the most peopled first."""
    mainland = {region.code for region in country.regions if region.mainland}
    towns = [town for town in country.municipalities if town.region in mainland and not town.merged_into]
    return sorted(
        towns, key=lambda town: (-town.people.get(country.year, max(town.people.values(), default=0.0)), town.code)
    )
