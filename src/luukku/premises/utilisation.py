"""What was designed against what is used: counts of people present, held against the workplaces there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from luukku.country.provenance import Figure, Source
from luukku.country.readers.check import check
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.errors import Contradiction

JOENSUU = Figure(
    0.2,
    "highest share of places in use",
    Source("dataset", "Yle, yle.fi/a/74-20045722", "Joensuu, a bit over 20 %", "August 2023", indicative=True),
)
"""The first joint environment's measured utilisation, for comparison: designed and used are two things."""

COUNTS = Schema(
    name="utilisation",
    title=Words("Käyttöaste", "Beläggning", "Utilisation"),
    columns=(
        Column(
            "place",
            Words("Paikka, jossa laskettiin", "Plats där man räknade", "The place where people were counted"),
            required=True,
            example="Kauppakatu 40",
            aliases=("paikka", "kohde", "plats"),
        ),
        Column(
            "date",
            Words("Päivä", "Dag", "Day"),
            "date",
            required=True,
            example="2026-03-02",
            aliases=("päivä", "pvm", "dag", "datum"),
        ),
        Column(
            "hour",
            Words("Alkava tunti", "Timme som börjar", "Hour that begins"),
            "count",
            required=True,
            example="9",
            aliases=("tunti", "kello", "timme"),
        ),
        Column(
            "present",
            Words("Paikalla olevia", "Närvarande", "People present"),
            "count",
            required=True,
            example="42",
            aliases=("paikalla", "läsnä", "närvarande"),
        ),
    ),
    formats=(".csv", ".xlsx"),
)


@dataclass(frozen=True, slots=True)
class Utilisation:
    """How full a place was.

    designed: workplaces; mean, peak: people present, over all counts and at the fullest; often: present on at most 95 %
    of the counts; counts: how many; days: on how many days.
    """

    place: str
    designed: int
    mean: float
    often: float
    peak: float
    counts: int
    days: int

    @property
    def peak_share(self) -> float:
        """People present at the fullest / workplaces; above 1 there was not room for all."""
        return self.peak / self.designed

    @property
    def unused(self) -> int:
        """Workplaces that nobody needed even at the fullest."""
        return max(0, self.designed - int(np.ceil(self.peak)))


def read_utilisation(path: Path, designed: Mapping[str, int]) -> tuple[Utilisation, ...]:
    """Counts of people present (CSV or XLSX; place, date, hour, present) against {place: workplaces designed}.

    Raises BadInput with every fault by row and column; Contradiction for a place without designed workplaces.
    """
    with opened(path, COUNTS) as table:
        checked = check(table, COUNTS, Municipalities(None))
    hour = checked.number("hour")
    wrong = (hour > 23) | (hour != np.floor(hour))
    checked.faults.add_rows(
        checked.rows[wrong], "hour", "this is no hour of the day", "0 to 23", "write the hour that begins"
    )
    checked.faults.refuse_if_any()
    places = checked.text("place")
    present = checked.number("present")
    found: list[Utilisation] = []
    for place in np.unique(places).tolist():
        if designed.get(place, 0) < 1:
            raise Contradiction(f'How many workplaces were designed at "{place}"? They are needed to compare with.')
        here = places == place
        counts = present[here]
        found.append(
            Utilisation(
                place,
                designed[place],
                float(counts.mean()),
                float(np.quantile(counts, 0.95, method="higher")),
                float(counts.max()),
                len(counts),
                len(np.unique(checked.text("date")[here])),
            )
        )
    return tuple(found)
