"""What a scenario means for space and money, as measures to set side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells
from luukku.outlook.compare import Measure
from luukku.outlook.sensitivity import Case
from luukku.outlook.visits import visits
from luukku.premises.costs.prices import office_costs, point_costs
from luukku.premises.offices import OfficeNeed, OfficeUsers, office_need
from luukku.premises.points import PointSpaces, point_spaces
from luukku.premises.sizing import PLACES


def space_measures(
    cells: Cells, point_of_cell: NDArray[np.intp], points: int, users: OfficeUsers
) -> tuple[Measure, ...]:
    """Customer space, office space and their yearly costs of one network and its office users.

    cells: the whole country's, of the scenario's year; point_of_cell as in `point_spaces`. Each case is computed once
    for all its measures.
    """
    kept: list[tuple[Case, tuple[PointSpaces, OfficeNeed]]] = []

    def known(case: Case) -> tuple[PointSpaces, OfficeNeed]:
        for before, result in kept:
            if before == case:
                return result
        found = visits(cells, case.scenario, case.parameters)
        spaces = point_spaces(found, point_of_cell, points, case.parameters)
        result = (spaces, office_need(users, case.scenario, case.parameters))
        kept.append((case, result))
        del kept[:-8]
        return result

    def yearly(case: Case) -> float:
        spaces, offices = known(case)
        cents = sum(sum(point_costs(program, case.parameters).values()) for program in spaces.programs)
        return (cents + sum(office_costs(offices.m2, offices.workplaces, case.parameters).values())) / 100.0

    return (
        Measure(
            "customer_m2",
            "Asiakaspalvelutilaa yhteisissä pisteissä",
            "Kundserviceyta på kundservicepunkterna",
            "Customer-service space of the joint points",
            "m2",
            lambda case: known(case)[0].total_m2,
        ),
        Measure(
            "customer_places",
            "Palvelupaikkoja ja huoneita",
            "Serviceplatser och rum",
            "Service places and rooms",
            "",
            lambda case: float(sum(p.places[kind] for p in known(case)[0].programs for kind in PLACES)),
        ),
        Measure("office_m2", "Toimistotilaa", "Kontorsyta", "Office space", "m2", lambda case: known(case)[1].m2),
        Measure(
            "office_shared_m2",
            "Yhteiskäyttöistä toimistotilaa",
            "Delad kontorsyta",
            "Shared office space",
            "m2",
            lambda case: known(case)[1].shared_m2,
        ),
        Measure(
            "office_m2_a_person_year",
            "Toimistotilaa henkilötyövuotta kohti",
            "Kontorsyta per årsverke",
            "Office space a person-year",
            "m2/htv",
            lambda case: known(case)[1].m2 / max(known(case)[1].person_years, 1e-9),
        ),
        Measure(
            "workplaces", "Työpaikkoja", "Arbetsplatser", "Workplaces", "", lambda c: float(known(c)[1].workplaces)
        ),
        Measure("costs", "Kustannukset vuodessa", "Kostnader per år", "Costs a year", "EUR", yearly),
    )
