"""What is given up, and when: scope, surplus, and the day on which each lease can end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from luukku.errors import Contradiction, Impossible
from luukku.outlook.parameters import Parameters
from luukku.premises.units import Premises, earliest_end

OutOfScope = Literal["", "police", "court", "kela_office"]

SCOPE_WORDS: dict[str, dict[OutOfScope, str]] = {
    "fi": {
        "": "mukana uudistuksessa",
        "police": "poliisin tila, josta mukana on vain lupahallinnon asiakaspalvelu",
        "court": "oikeustalo, jota ei tarkastella tässä uudistuksessa",
        "kela_office": "Kelan toimistotila; Kelasta mukana on asiakaspalvelu",
    },
    "sv": {
        "": "med i reformen",
        "police": "polisens lokal; bara tillståndsförvaltningens kundservice är med",
        "court": "domstolshus, som inte granskas i reformen",
        "kela_office": "FPA:s kontor; av FPA är kundservicen med",
    },
    "en": {
        "": "in the reform",
        "police": "police premises, of which only the permit services' customer service is in the reform",
        "court": "court house, not examined in this reform",
        "kela_office": "Kela's office; of Kela, customer service is in the reform",
    },
}


def out_of_scope(premises: Premises) -> list[OutOfScope]:
    """For each unit why the reform leaves it out, "" when it does not.

    Police premises except the permit services' customer service, and police and court houses (L1127-1133); Kela's
    offices (L1119-1125).
    """

    def why(authority: str, use: str, building: str) -> OutOfScope:
        permit_service = authority == "POLL" and use == "public_service"
        if building == "court_house" and not permit_service:
            return "court"
        if (building == "police_house" or authority == "POLL") and not permit_service:
            return "police"
        return "kela_office" if authority == "KELA" and use != "public_service" else ""

    columns = (premises.authority.tolist(), premises.use.tolist(), premises.building.tolist())
    return [why(*unit) for unit in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Release:
    """One unit that is given up.

    ready:  the first day in the new premises; ends: the last day with rent, None when nobody can tell (no end and no
            notice in the lease): such a release is not yet dated and the plan cannot pass.
    double_days: days from `ready` on which rent still runs, None when undated.
    gap_days: days before `ready` on which the lease is over already: it must be prolonged.
    """

    unit: str
    authority: str
    municipality: str
    m2: float
    measure: str
    rent: int
    ready: date
    ends: date | None
    double_days: int | None
    gap_days: int


def release_list(premises: Premises, ready: Mapping[str, date], *, decided: date) -> tuple[Release, ...]:
    """The units that are given up with their dates, soonest first and the undated last.

    ready:   {unit: the first day in the new premises}; decided: the day on which notice can be given.
    Notice is given so that the lease ends on the eve of the move or as soon after it as it can.
    Raises Contradiction for an unknown unit, or one that the reform leaves out, by name and reason.
    """
    reasons = out_of_scope(premises)
    places = {unit: number for number, unit in enumerate(premises.unit.tolist())}
    found: list[Release] = []
    for unit, day in ready.items():
        number = places[unit] if unit in places else premises.number(unit)  # which refuses an unknown one
        if reason := reasons[number]:
            raise Contradiction(f'"{unit}" cannot be on the list: {SCOPE_WORDS["en"][reason]}.')
        told = earliest_end(premises, number, decided=decided)
        eve = day - timedelta(days=1)
        ends = None if told is None else max(told, eve)
        fixed_end = premises.lease_end[number]
        over = eve if np.isnat(fixed_end) else min(eve, fixed_end.astype(object))
        found.append(
            Release(
                unit=unit,
                authority=str(premises.authority[number]),
                municipality=str(premises.municipality[number]),
                m2=float(premises.m2[number]),
                measure=str(premises.measure[number]),
                rent=int(premises.rent[number]),
                ready=day,
                ends=ends,
                double_days=None if ends is None else (ends - eve).days,
                gap_days=(eve - over).days,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.ends is None, each.ends or each.ready, each.unit)))


def emptied(premises: Premises, releases: Sequence[Release]) -> tuple[str, ...]:
    """Addresses where every unit of the list is given up, so that the whole building can be let go or sold."""
    gone = np.isin(premises.unit, [release.unit for release in releases])
    addresses, place = np.unique(premises.address, return_inverse=True)
    stay = np.bincount(place[~gone], minlength=len(addresses))
    return tuple(addresses[stay == 0].tolist())


@dataclass(frozen=True, slots=True)
class Surplus:
    """Which units to keep so that the need is met at the least rent, and which are too much.

    rent_kept: cents a year of the kept units (the parameter's unit rent where a rent is not told).
    """

    keep: tuple[str, ...]
    give_up: tuple[str, ...]
    m2_kept: float
    rent_kept: int


def surplus(premises: Premises, need_m2: float, parameters: Parameters) -> Surplus:
    """The cheapest units that together have the m2 needed; the rest are surplus. Proved by HiGHS (a knapsack).

    premises: the units of one place and one use that can serve the need, all in one measure.
    Raises Contradiction when the measures are mixed, Impossible when all together are too small.
    """
    if len(np.unique(premises.measure)) > 1:
        raise Contradiction("Room area and net area cannot be added up: list the units in one measure.")
    if premises.m2.sum() < need_m2:
        raise Impossible(f"All units together have {premises.m2.sum():,.0f} m2 and {need_m2:,.0f} m2 are needed.")
    rents = yearly_rents(premises, parameters)
    kept = np.zeros(len(premises), dtype=bool)
    if need_m2 > 0:
        # A cent a m2 breaks ties towards less space.
        found = milp(
            rents + 0.01 * premises.m2,
            constraints=LinearConstraint(premises.m2[None, :], lb=need_m2),
            integrality=np.ones(len(premises), dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        kept = np.asarray(found.x) > 0.5
    return Surplus(
        tuple(premises.unit[kept].tolist()),
        tuple(premises.unit[~kept].tolist()),
        float(premises.m2[kept].sum()),
        int(rents[kept].sum()),
    )


def yearly_rents(premises: Premises, parameters: Parameters) -> NDArray[np.int64]:
    """(units,) cents a year; where a rent is not told, the parameter's unit rent of the use (an example) x m2 x 12."""
    unit_rents = np.array([parameters[f"rent.{use}"] for use in premises.use.tolist()], dtype=np.float64)
    assumed = np.rint(unit_rents * premises.m2 * 12 * 100).astype(np.int64)
    return np.where(premises.rent >= 0, premises.rent, assumed)
