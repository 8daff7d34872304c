"""What a network means in a scenario: visits, space, offices, costs, sharing and phasing, each computed when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.provenance import Source
from luukku.network.criteria import Criteria
from luukku.network.problem import ONE_MINUTE, Stop
from luukku.outlook.parameters import Parameter, Parameters
from luukku.outlook.population import Projection, project, trend
from luukku.outlook.scenario import Scenario
from luukku.outlook.visits import visits
from luukku.plan.impact import costs as joined
from luukku.plan.impact.example import EXAMPLE_BY, example_premises, is_example
from luukku.plan.impact.network import Network
from luukku.plan.impact.offices import Offices, offices
from luukku.plan.impact.phases import Phased, phased
from luukku.plan.impact.sharing import Sharing, sharing
from luukku.plan.impact.visits import NetworkVisits, network_visits
from luukku.premises.costs import CostFinding, CostPlan, Investment, Statement, check_costs, need_until, statement
from luukku.premises.costs.prices import PRICES
from luukku.premises.points import PointSpaces, point_spaces
from luukku.premises.program import USED
from luukku.premises.release import out_of_scope
from luukku.premises.units import Premises

Terms = joined.Terms

LONG_NEED = (0, 10, 20)
"""Years after the opening at which the people behind a point are told; between them they are interpolated."""


@dataclass(frozen=True, eq=False)
class Impact:
    """The consequences of a network in a scenario. Every part is computed when it is first asked for, and kept.

    premises:   the own units in the reform whose municipality has planned cells.
    left_out:   units of the list that the reform leaves out or that stand outside the planned area.
    projection: where the people of the scenario's year come from; its label is to be shown.
    """

    network: Network
    country: Country
    scenario: Scenario
    parameters: Parameters
    premises: Premises
    left_out: int
    projection: Projection
    terms: Terms

    @property
    def example(self) -> bool:
        """Whether the premises are the example list, which has to be told wherever it weighs."""
        return is_example(self.premises)

    @cached_property
    def visits(self) -> NetworkVisits:
        """Visits a week by cell and by point."""
        cells = project(self.country.cells, self.projection)
        return network_visits(visits(cells, self.scenario, self.parameters), self.network)

    @cached_property
    def spaces(self) -> PointSpaces:
        """The space programme of every point: places, rooms, m2 and staff hours."""
        return point_spaces(self.visits.found, self.network.point_of_cell, len(self.network.points), self.parameters)

    @cached_property
    def offices(self) -> Offices:
        """Offices today, at 10 m2 a person-year, and in the scenario; what is released (F6)."""
        return offices(self.premises, self.scenario, self.parameters)

    @cached_property
    def replaced(self) -> dict[str, str]:
        """{own unit: code of the joint point or joint office that takes its place}."""
        return joined.replaced_by(self.premises, self.network, self.country, self.offices)

    @cached_property
    def needs(self) -> dict[str, int | None]:
        """{point: the last year in which 10,000 people are seen behind it}, None when not even at the opening.

        The question before any investment (L1079-1083). People by the trend of the municipalities, 20 years on.
        """
        return dict(_needs(self.network, self.country, self.terms.opens.year))

    @cached_property
    def investments(self) -> dict[str, tuple[Investment, ...]]:
        """{point: what is spent on it once}."""
        return joined.investments(
            self.network,
            self.spaces,
            self.country,
            parameters=self.parameters,
            needs=self.needs,
            opens=self.terms.opens,
        )

    @cached_property
    def cost_plan(self) -> CostPlan:
        """What stays, what replaces what and when, with every cost; all points open on `terms.opens`."""
        return joined.cost_plan(
            self.premises,
            self.country,
            self.parameters,
            self.terms,
            replaced=self.replaced,
            joint=joined.joint_points(
                self.network,
                self.spaces,
                self.offices,
                self.country,
                parameters=self.parameters,
                opens=self.terms.opens,
            ),
            invested=self.investments,
        )

    @cached_property
    def costs(self) -> Statement:
        """The cost statement: baseline and after, by year, payer, region and sector; payback and present value."""
        return statement(self.cost_plan, self.country, discount=self.parameters["money.discount"])

    @cached_property
    def findings(self) -> tuple[CostFinding, ...]:
        """What stops the plan, what to be warned of, and whose costs rise."""
        return check_costs(self.costs)

    def sharing(self, point: str = "") -> Sharing:
        """The yearly cost of a point (by code), or of all points ("", the default), shared by every rule.

        Raises UnknownPlace for a code that is no point of the network.
        """
        if point not in self._shared:
            self._shared[point] = sharing(
                self.network, self.spaces, self.premises, self.cost_plan, parameters=self.parameters, point=point
            )
        return self._shared[point]

    @cached_property
    def _shared(self) -> dict[str, Sharing]:
        """What has been shared so far."""
        return {}

    def phasing(self, *, stop: Stop = ONE_MINUTE) -> Phased:
        """The years in which points open and own units close, at the least cost within `terms`, with the proof.

        Raises Impossible when not every point can open within the money and the works.
        """
        towns = dict(zip(self.network.points.code.tolist(), self.network.points.municipality.tolist(), strict=True))
        return phased(
            self.cost_plan,
            self.premises,
            self.country,
            self.terms,
            municipality=[
                towns.get(point.code) or point.code.removeprefix(joined.OFFICE) for point in self.cost_plan.joint
            ],
            invested=self.investments,
            discount=self.parameters["money.discount"],
            stop=stop,
        )

    @property
    def assumptions(self) -> tuple[Parameter, ...]:
        """The parameters that weigh, to be shown beside the figures."""
        groups = (f"group.{name}." for name in self.country.cells.extra)
        example = EXAMPLE_BY if self.example else ()
        used = (*USED, *PRICES, "office.", "invest.", "money.", "municipal.", "authority.", *groups, *example)
        return self.parameters.shown(*used)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where people, scenario, points and premises come from."""
        own = (self.country.cells.source, self.projection.source, self.scenario.source, self.premises.source)
        return tuple(dict.fromkeys((*own, self.network.points.source)))


def impact(
    network: Network,
    country: Country,
    scenario: Scenario,
    parameters: Parameters,
    *,
    premises: Premises | None = None,
    projection: Projection | None = None,
    terms: Terms | None = None,
) -> Impact:
    """What a network means in a scenario. Nothing is computed yet but whose premises count.

    premises:   the list of today's own units; the example list when None, which is then told (`Impact.example`).
    projection: the people of the scenario's year; the trend when None. terms: dates and limits; assumptions when None.
    Raises Impossible when the scenario's year is too early for a trend.
    """
    listed = example_premises(country, parameters) if premises is None else premises
    towns = np.unique(country.cells.municipality[network.planned])
    outside = np.array([bool(reason) for reason in out_of_scope(listed)], dtype=np.bool_)
    inside = ~outside & np.isin(listed.municipality, towns)
    return Impact(
        network=network,
        country=country,
        scenario=scenario,
        parameters=parameters,
        premises=listed.take(inside),
        left_out=int((~inside).sum()),
        projection=trend(country.municipalities, scenario.year) if projection is None else projection,
        terms=Terms() if terms is None else terms,
    )


@lru_cache(maxsize=8)
def _needs(network: Network, country: Country, since: int) -> Mapping[str, int | None]:
    """See `Impact.needs`; the same in every scenario."""
    base: dict[int, NDArray[np.float64]] = {}
    served = network.point_of_cell >= 0
    for year in (since + later for later in LONG_NEED):
        people = project(country.cells, trend(country.municipalities, year)).people
        base[year] = np.bincount(
            network.point_of_cell[served], weights=people[served], minlength=len(network.points)
        ).astype(np.float64)
    return {
        code: need_until({year: float(people[number]) for year, people in base.items()}, Criteria().base, since=since)
        for number, code in enumerate(network.points.code.tolist())
    }
