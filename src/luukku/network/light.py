"""Light solutions for people who stay over the limit: remote points, vehicles, pop-ups, officials' duty visits.

The document names them (L45-49, L1401-1418, L2144-2146) and gives no rule for choosing: the rule below is ours, and its
figures are assumptions, shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells
from luukku.network.evaluate import Evaluation

Kind = Literal["remote_point", "vehicle", "duty_visit", "pop_up"]


@dataclass(frozen=True, slots=True)
class LightRules:
    """Which light solution a place gets. Every figure is an assumption.

    gather_km:    areas over the limit within so many straight kilometres of the place's most peopled one belong to it.
    least_people: places with fewer people get none of their own: the remote service at home serves them.
    remote_point: people from which a place gets a remote point with local support (Virtu's model, L1401-1407).
    vehicle:      people from which a place becomes a stop of a multi-service vehicle (L1407-1414); it needs permanent
                  funding (L1414-1418).
    far_minutes:  a smaller place farther than this from every point gets officials' duty visits (L2146); a nearer one
                  a pop-up point now and then.
    """

    gather_km: float = 20.0
    least_people: float = 1.0
    remote_point: float = 1_000.0
    vehicle: float = 200.0
    far_minutes: float = 90.0


DEFAULT_RULES = LightRules()


@dataclass(frozen=True, slots=True)
class LightSolution:
    """A light solution proposed for a place.

    kind:    what is proposed; rule: which rule proposed it, by the name of its figure in `LightRules` ("near" for the
             pop-up, which none of them claimed).
    centre:  the number of the most peopled cell of the place; cells: all of them.
    people:  over the limit there.
    minutes: mean of those people's minutes to the nearest point; None when one of them is out of reach of every point.
    point:   number of the point nearest to the centre, None when out of reach.
    permanent_funding: whether it fails on project money (L1414-1418).
    """

    kind: Kind
    rule: str
    centre: int
    cells: tuple[int, ...]
    people: float
    minutes: float | None
    point: int | None
    permanent_funding: bool


def light_solutions(
    evaluation: Evaluation, cells: Cells, rules: LightRules = DEFAULT_RULES
) -> tuple[LightSolution, ...]:
    """A light solution for every place over the limit, the most peopled first.

    Areas are gathered into places greedily: the most peopled area left becomes a centre and takes the areas near it.
    """
    places = _places(evaluation.left_out, cells, rules.gather_km)
    proposed = [_propose(evaluation, cells, place, rules) for place in places]
    kept = [solution for solution in proposed if solution.people >= rules.least_people]
    return tuple(sorted(kept, key=lambda solution: (-solution.people, solution.centre)))


def _places(left_out: NDArray[np.intp], cells: Cells, gather_km: float) -> list[NDArray[np.intp]]:
    places = []
    remaining = left_out  # most people first
    while len(remaining):
        centre = remaining[0]
        distance = np.hypot(cells.x[remaining] - cells.x[centre], cells.y[remaining] - cells.y[centre])
        near = distance <= 1000.0 * gather_km
        near[0] = True
        places.append(remaining[near])
        remaining = remaining[~near]
    return places


def _propose(evaluation: Evaluation, cells: Cells, place: NDArray[np.intp], rules: LightRules) -> LightSolution:
    people, minutes = cells.people[place], evaluation.minutes[place].astype(np.float64)
    everybody = float(people.sum())
    mean = float(people @ minutes) / everybody if np.isfinite(minutes).all() else None
    kind, rule = _rule(everybody, mean, rules)
    nearest = int(evaluation.nearest[place[0]])
    return LightSolution(
        kind=kind,
        rule=rule,
        centre=int(place[0]),
        cells=tuple(place.tolist()),
        people=everybody,
        minutes=mean,
        point=nearest if nearest >= 0 else None,
        permanent_funding=kind == "vehicle",
    )


def _rule(people: float, minutes: float | None, rules: LightRules) -> tuple[Kind, str]:
    if people >= rules.remote_point:
        return "remote_point", "remote_point"
    if people >= rules.vehicle:
        return "vehicle", "vehicle"
    if minutes is None or minutes > rules.far_minutes:
        return "duty_visit", "far_minutes"
    return "pop_up", "near"
