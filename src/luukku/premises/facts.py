"""What the document and public sources say of the state's premises and their costs, and what follows from it.

The document's figures are for the whole state, not for the 12 authorities (their table is a picture, not in the text,
L709-710), and are indicative by its own word (L710). Room area (huoneala) and net area (htm2) differ: dividing the
one by an efficiency in the other is the document's own simplification.
"""

from __future__ import annotations

from dataclasses import dataclass

from luukku.country.provenance import Figure, Source

DOCUMENT = "Valtion palvelu- ja toimitilaverkkohankkeen toimeenpanosuunnitelma"


def _printed(value: float, unit: str, lines: str) -> Figure:
    return Figure(value, unit, Source("document", DOCUMENT, lines, "2021", indicative=True))


OFFICE_M2 = _printed(1_155_022.0, "m2 huoneala", "L699-701")
CUSTOMER_M2 = _printed(81_833.0, "m2 huoneala", "L697-699")
EFFICIENCY_NOW = _printed(19.2, "m2/htv", "L666-668")
EFFICIENCY_TARGET = _printed(10.0, "htm2/htv", "L1460-1462")
SAVINGS = _printed(50_000_000.0, "EUR a year", "L1071-1077")
USE_SHARES = {
    "operational": _printed(0.65, "", "L677-689"),
    "office": _printed(0.22, "", "L677-689"),
    "public_service": _printed(0.02, "", "L677-689"),
    "archive": _printed(0.02, "", "L677-689"),
    "other": _printed(0.09, "", "L677-689"),
}
"""Shares of the state's space by use in 2020 (HTH, without Kela)."""

PREMISES_COSTS = Figure(
    120_000_000.0,
    "EUR a year",
    Source("dataset", "Suomen Kuvalehti", "interview with the under-secretary: 'noin 120 miljoonaa'", indicative=True),
)
"""Annual premises costs of the examined authorities, as an interview has it; a comparison, not a plan's input."""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """F6: what the document's figures of offices imply.

    person_years: office m2 / present efficiency; target_m2: at the target efficiency; released_m2, released_share: the
    difference; all_m2: all the state's space if offices are their share of it; customer_share: of all space.
    """

    person_years: float
    target_m2: float
    released_m2: float
    released_share: float
    all_m2: float
    customer_share: float


def office_facts() -> OfficeFacts:
    """F6 computed from the printed figures: 60,157 person-years, 601,574 m2, 553,448 m2 released (47.9 %)."""
    person_years = OFFICE_M2.value / EFFICIENCY_NOW.value
    target = person_years * EFFICIENCY_TARGET.value
    everything = OFFICE_M2.value / USE_SHARES["office"].value
    return OfficeFacts(
        person_years=person_years,
        target_m2=target,
        released_m2=OFFICE_M2.value - target,
        released_share=1.0 - target / OFFICE_M2.value,
        all_m2=everything,
        customer_share=CUSTOMER_M2.value / everything,
    )


@dataclass(frozen=True, slots=True)
class SavingsFacts:
    """F7: the printed savings beside what the released space would save of the costs in the press.

    by_space:         EUR a year: costs x released share; of the same order only, for the printed savings also cover
                      customer service, and the released share is the whole state's.
    share_of_costs:   the printed savings / the costs.
    a_released_m2:    the printed savings / released m2, EUR a year.
    """

    by_space: float
    share_of_costs: float
    a_released_m2: float


def savings_facts() -> SavingsFacts:
    """F7 computed: 57.5 M EUR, 41.7 %, 90 EUR a released m2."""
    offices = office_facts()
    return SavingsFacts(
        by_space=PREMISES_COSTS.value * offices.released_share,
        share_of_costs=SAVINGS.value / PREMISES_COSTS.value,
        a_released_m2=SAVINGS.value / offices.released_m2,
    )
