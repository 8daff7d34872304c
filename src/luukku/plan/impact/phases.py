"""Phasing of a network: which year each point and joint office opens, and each own unit closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luukku.country.model import Country
from luukku.network.problem import ONE_MINUTE, Stop
from luukku.plan.impact.costs import Terms
from luukku.plan.phasing import Opening, Phasing, PhasingTask, closings, phase
from luukku.premises.costs import CostPlan, Investment, Statement, statement
from luukku.premises.units import Premises


@dataclass(frozen=True, slots=True)
class Phased:
    """The proved phasing, and the cost statement of all years that follows from it."""

    phasing: Phasing
    costs: Statement


def phased(
    plan: CostPlan,
    premises: Premises,
    country: Country,
    terms: Terms,
    *,
    municipality: Sequence[str],
    invested: Mapping[str, tuple[Investment, ...]],
    discount: float,
    stop: Stop = ONE_MINUTE,
) -> Phased:
    """Phase the joint points and the own units of a cost plan whose days are not yet chosen.

    municipality: of each joint point of the plan; invested: {point: its investments}.
    Raises as `luukku.plan.phasing.phase` does.
    """
    begins = date(terms.first, 1, 1)
    openings = tuple(
        Opening(replace(point, opens=begins), town, 1, invested.get(point.code, ()))
        for point, town in zip(plan.joint, municipality, strict=True)
    )
    undecided = tuple(replace(unit, closes=None) for unit in plan.own)
    task = PhasingTask(
        openings,
        closings(premises, undecided, decided=terms.decided, decree_bound=terms.decree_bound, delays=terms.delays),
        first=terms.first,
        last=terms.phased_to,
        budget=terms.budget,
        works=terms.works,
    )
    made = phase(task, stop=stop)
    dated = made.cost_plan()
    staying = tuple(unit for unit in plan.own if not unit.replaced_by)
    whole = replace(plan, own=staying + dated.own, joint=dated.joint, investments=dated.investments)
    return Phased(made, statement(whole, country, discount=discount))
