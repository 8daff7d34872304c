"""From a network, its spaces and its offices to a cost plan: what stays, what is replaced by what, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from luukku.country.model import Country
from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import authority_shares
from luukku.plan.impact.network import Network
from luukku.plan.impact.offices import Offices
from luukku.plan.phasing.items import Delay
from luukku.premises.costs import (
    CostPlan,
    Investment,
    JointPoint,
    MobileService,
    Sale,
    office_costs,
    own_units,
    point_costs,
)
from luukku.premises.points import PointSpaces
from luukku.premises.units import Premises, earliest_end

OFFICE = "office:"
"""The codes of joint offices begin with this, before the municipality's code."""
MUNICIPALITY = "municipality:"
"""The payers of municipal services begin with this, before the municipality's code."""

LANDLORD, PROJECT = "landlord", "project"
"""Who pays the fitting out, and the equipment, at first; the landlord takes it back in the rent."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a planner decides beside the network and the scenario. The defaults are assumptions.

    first, last: the years of the cost statement; phased_to: the last year of phasing (the roadmap's years 2022-2029).
    opens:       the day on which all joint points open when nothing is phased (the middle of the roadmap).
    decided:     the day on which notice of leases can be given.
    budget, works: {year: cents} and {year: points and offices that can be fitted out}, None without limit.
    delays:      {own unit: why it closes later}; decree_bound: own units whose municipality a decree sets.
    sales, mobile, sectors: as in `luukku.premises.costs.CostPlan`.
    """

    first: int = 2022
    last: int = 2040
    phased_to: int = 2029
    opens: date = date(2026, 1, 1)
    decided: date = date(2022, 1, 1)
    budget: Mapping[int, int] | None = None
    works: Mapping[int, int] | None = None
    delays: Mapping[str, Delay] = field(default_factory=dict)
    decree_bound: frozenset[str] = frozenset()
    sales: tuple[Sale, ...] = ()
    mobile: tuple[MobileService, ...] = ()

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Contradiction(f"The last year, {self.last}, is before the first, {self.first}.")
        if not self.first <= self.opens.year <= self.last or not self.first <= self.phased_to <= self.last:
            raise Contradiction(
                f"The opening {self.opens} and the last year of phasing {self.phased_to} must lie in the years "
                f"{self.first}-{self.last}."
            )


def replaced_by(premises: Premises, network: Network, country: Country, offices: Offices) -> dict[str, str]:
    """{own unit: code of the joint point or joint office that takes its place}; units without one stay.

    A public-service unit is replaced by the point that serves most people of its municipality, an office by the joint
    office of its municipality.
    """
    points = len(network.points)
    towns, town = np.unique(country.cells.municipality, return_inverse=True)
    served = network.point_of_cell >= 0
    people = np.zeros((len(towns), points))
    np.add.at(people, (town[served], network.point_of_cell[served]), country.cells.people[served])
    most = {
        code: str(network.points.code[row.argmax()])
        for code, row in zip(towns.tolist(), people, strict=True)
        if points and row.max() > 0
    }
    found = {unit: OFFICE + place.municipality for place in offices.places for unit in place.units}
    service = premises.use == "public_service"
    for unit, code in zip(premises.unit[service].tolist(), premises.municipality[service].tolist(), strict=True):
        if code in most:
            found[unit] = most[code]
    return found


def joint_points(
    network: Network, spaces: PointSpaces, offices: Offices, country: Country, *, parameters: Parameters, opens: date
) -> tuple[JointPoint, ...]:
    """The joint points and the joint offices with their yearly costs; points are paid by visits, offices by users."""
    region = {town.code: town.region for town in country.municipalities}
    shares = authority_shares(parameters)
    municipal = parameters["municipal.visits"]
    found = []
    columns = (network.points.code.tolist(), network.points.municipality.tolist(), spaces.programs)
    for code, town, program in zip(*columns, strict=True):
        payers = {**shares, **({MUNICIPALITY + town: municipal} if municipal else {})}
        found.append(JointPoint(code, region.get(town, ""), opens, point_costs(program, parameters), payers))
    for place in offices.places:
        if place.need.person_years > 0:
            cents = office_costs(place.need.m2, place.need.workplaces, parameters)
            town = place.municipality
            found.append(JointPoint(OFFICE + town, region.get(town, ""), opens, cents, place.person_years))
    return tuple(found)


def investments(
    network: Network,
    spaces: PointSpaces,
    country: Country,
    *,
    parameters: Parameters,
    needs: Mapping[str, int | None],
    opens: date,
) -> dict[str, tuple[Investment, ...]]:
    """{point: fitting out and the equipment of its remote rooms}.

    Fitting out is paid through the rent system, never by the project (L1626-1630); devices may be (L1618-1626).
    """
    region = {town.code: town.region for town in country.municipalities}
    found: dict[str, tuple[Investment, ...]] = {}
    columns = (network.points.code.tolist(), network.points.municipality.tolist(), spaces.programs)
    for code, town, program in zip(*columns, strict=True):
        where, need = region.get(town, ""), needs[code]
        fitting = round(program.total_m2 * parameters["invest.m2"] * 100)
        rooms = round(program.places["remote"] * parameters["invest.remote"] * 100)
        found[code] = (
            Investment(f"{code} fitting", where, LANDLORD, fitting, opens, "fitting", "rent_system", need),
            Investment(f"{code} remote rooms", where, PROJECT, rooms, opens, "equipment", "project", need),
        )
    return found


def cost_plan(
    premises: Premises,
    country: Country,
    parameters: Parameters,
    terms: Terms,
    *,
    replaced: Mapping[str, str],
    joint: tuple[JointPoint, ...],
    invested: Mapping[str, tuple[Investment, ...]],
) -> CostPlan:
    """All points open on one day; own units close on its eve, or as soon after it as their leases and delays let."""
    eve = terms.opens - timedelta(days=1)
    closures: dict[str, tuple[str, date | None]] = {}
    for number, unit in enumerate(premises.unit.tolist()):
        if unit in replaced:
            closures[unit] = (replaced[unit], _closes(premises, number, unit, terms, eve))
    return CostPlan(
        terms.first,
        terms.last,
        own=own_units(premises, country, parameters, closures),
        joint=joint,
        investments=tuple(each for spent in invested.values() for each in spent),
        sales=terms.sales,
        mobile=terms.mobile,
        sectors={LANDLORD: "other", PROJECT: "state"},
    )


def _closes(premises: Premises, number: int, unit: str, terms: Terms, eve: date) -> date | None:
    lease = earliest_end(premises, number, decided=terms.decided)
    delay = terms.delays.get(unit)
    if lease is None or (delay is not None and delay.not_before is None):
        return None
    return max(eve, lease, date(delay.not_before, 1, 1) if delay and delay.not_before else eve)
