"""Premises as they are: one row a unit, as the state's register of premises (HTH) lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source
from luukku.errors import Contradiction

Use = Literal["operational", "office", "public_service", "archive", "other"]

USES: Mapping[str, tuple[str, ...]] = {
    "operational": ("toiminnan tila", "toiminnan tilat", "verksamhetslokal", "toiminta"),
    "office": ("toimisto", "toimistotila", "toimistotilat", "kontor", "kontorslokal", "monitila"),
    "public_service": ("yleisöpalvelu", "yleisöpalvelut", "asiakaspalvelu", "asiakaspalvelutila", "kundservice"),
    "archive": ("arkisto", "arkistotila", "arkistopalvelut", "arkiv"),
    "other": ("muu", "muut", "muu tila", "annan", "annat", "övrigt"),
}
"""Classes of use (L677-697) and other ways to write them."""

BUILDINGS: Mapping[str, tuple[str, ...]] = {
    "state_building": ("virastotalo", "valtion virastotalo", "ämbetshus", "statens ämbetshus"),
    "municipal": ("kunnantalo", "kaupungintalo", "kirjasto", "kommunhus", "stadshus", "bibliotek", "kunnan"),
    "shopping_centre": ("kauppakeskus", "köpcentrum"),
    "police_house": ("poliisitalo", "poliisiasema", "polishus", "polisstation"),
    "court_house": ("oikeustalo", "käräjätalo", "domstolshus", "tingshus", "oikeus- ja poliisitalo"),
    "other": ("muu", "annan", "annat"),
}
"""Kinds of building and other ways to write them; police and court houses are left out of the reform (L1127-1133)."""

MEASURES: Mapping[str, tuple[str, ...]] = {
    "huoneala": ("hum2", "huone-ala", "rumsyta"),
    "htm2": ("huoneistoala", "lägenhetsyta", "net area"),
}
"""How m2 were measured. The two differ and are never added up together."""

RENT_MODELS: Mapping[str, tuple[str, ...]] = {
    "total": ("kokonaisvuokra", "totalhyra"),
    "split": ("jaettu kokonaisvuokra", "jaettu", "delad totalhyra"),
    "capital": ("pääomavuokra", "kapitalhyra"),
}
"""Models of the state's rents: a total rent (also when it is split) holds the upkeep, a capital rent does not."""

NO_DATE = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True, eq=False)
class Premises:
    """Units of premises. All arrays have one row a unit.

    unit:          unique id; name, address: for people; municipality: code, "" where unknown.
    authority:     code of who uses it, such as "VERO"; owner: who owns or lets it, as written.
    use:           one of USES; building: one of BUILDINGS; measure: one of MEASURES.
    m2:            float64; person_years, workplaces: float64, NaN where not told.
    lease_start, lease_end: datetime64[D], NaT where not told; a lease without an end goes on until notice is given.
    notice_months: float64, NaN where not told.
    rent:          int64 cents a year, -1 where not told; rent_model: one of RENT_MODELS, "" where not told (a total).
    row:           row of the file, 0 when it comes from none.
    """

    unit: NDArray[np.str_]
    name: NDArray[np.str_]
    address: NDArray[np.str_]
    municipality: NDArray[np.str_]
    authority: NDArray[np.str_]
    owner: NDArray[np.str_]
    use: NDArray[np.str_]
    building: NDArray[np.str_]
    measure: NDArray[np.str_]
    m2: NDArray[np.float64]
    person_years: NDArray[np.float64]
    workplaces: NDArray[np.float64]
    lease_start: NDArray[np.datetime64]
    lease_end: NDArray[np.datetime64]
    notice_months: NDArray[np.float64]
    rent: NDArray[np.int64]
    rent_model: NDArray[np.str_]
    row: NDArray[np.int64]
    source: Source

    def __len__(self) -> int:
        return len(self.unit)

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Premises:
        """The chosen units, in the order given."""
        return replace(
            self,
            unit=self.unit[which],
            name=self.name[which],
            address=self.address[which],
            municipality=self.municipality[which],
            authority=self.authority[which],
            owner=self.owner[which],
            use=self.use[which],
            building=self.building[which],
            measure=self.measure[which],
            m2=self.m2[which],
            person_years=self.person_years[which],
            workplaces=self.workplaces[which],
            lease_start=self.lease_start[which],
            lease_end=self.lease_end[which],
            notice_months=self.notice_months[which],
            rent=self.rent[which],
            rent_model=self.rent_model[which],
            row=self.row[which],
        )

    def number(self, unit: str) -> int:
        """The row number of a unit. Raises Contradiction when there is none of this id."""
        found = np.flatnonzero(self.unit == unit)
        if not len(found):
            raise Contradiction(f'No unit of the premises is called "{unit}".')
        return int(found[0])


def earliest_end(premises: Premises, number: int, *, decided: date) -> date | None:
    """The first day after which no rent runs, when the decision to leave is made on the day `decided`.

    A lease with an end ends there (or is over already); one without an end ends the notice after the end of the month
    in which notice is given (Act on commercial leases 482/1995, sec. 40: notice runs from the end of the month).
    None when the lease has no end and the notice is not told.
    """
    end = premises.lease_end[number]
    if not np.isnat(end):
        stands: date = end.astype(object)
        return max(stands, decided)
    months = premises.notice_months[number]
    if np.isnan(months):
        return None
    first_next_month = np.datetime64(decided, "M") + 1 + int(np.ceil(months))
    last: date = (first_next_month.astype("datetime64[D]") - 1).astype(object)
    return last
