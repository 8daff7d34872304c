"""The siting problems asked of an instance: which method answers which, and what an absent pair means to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from luukku.country.provenance import Source
from luukku.errors import Contradiction, Impossible
from luukku.network.cover.cheapest import cheapest_cover
from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import most_covered
from luukku.network.instances.model import Covering, Distances, Instance
from luukku.network.median.solve import best_access
from luukku.network.problem import ONE_MINUTE, Problem, Solution, Stop
from luukku.network.radius import smallest_radius
from luukku.travel.times import TravelTimes

Question = Literal["p-median", "p-center", "set-cover", "max-cover"]
FARTHER = 16.0
"""How many times the charge for an unserved customer grows when the last one was too small to keep all served."""


def answer(
    instance: Instance,
    question: Question,
    *,
    p: int | None = None,
    within: float | None = None,
    unit_costs: bool = False,
    stop: Stop = ONE_MINUTE,
) -> Solution:
    """The best sites of an instance, with their certificate; `sites` count from 0.

    p-median:  `p` sites with the least weighted cost of serving every customer from the nearest one.
    p-center:  `p` sites with the least cost of the customer that is worst served (weights only say who counts).
    set-cover: the cheapest columns that cover every row, or, with distances, the fewest sites that have everybody
               `within` a cost. unit_costs: count the columns instead of adding up their costs.
    max-cover: the most rows covered by `p` columns (whatever they cost), or the most weight `within` a cost of them.

    p: the number in the file when not given. Raises Contradiction when something needed is missing or the file holds
    the other kind of instance, Impossible when no choice does what is asked.
    """
    p = p if p is not None else getattr(instance, "p", None)
    if isinstance(instance, Covering):
        if question == "set-cover":
            costs = np.ones(len(instance.costs)) if unit_costs else instance.costs
            return cheapest_cover(instance.covers, costs, stop=stop)
        if question == "max-cover":
            return most_covered(_rows_to_cover(instance), within=1.0, points=_needed(p), stop=stop)
        raise Contradiction(
            f"{question} needs distances, but {instance.name} is a set covering. Ask set-cover or max-cover of it."
        )
    if question == "p-median":
        return _median(instance, _needed(p), stop)
    problem = Problem(instance.weights, instance.times)
    if question == "p-center":
        return smallest_radius(problem, points=_needed(p), stop=stop)
    if within is None:
        raise Contradiction(f"{question} of distances needs to know within which cost a customer is covered.")
    # An absent pair is out of reach whatever the limit, so the limit may lie beyond the largest cost.
    problem = replace(problem, times=replace(instance.times, horizon=max(instance.times.horizon, within)))
    if question == "set-cover":
        return fewest_points(problem, within=within, stop=stop)
    return most_covered(problem, within=within, points=_needed(p), stop=stop)


def _needed(p: int | None) -> int:
    if p is None:
        raise Contradiction("The file does not say how many sites to choose: give the number p.")
    return p


def _rows_to_cover(instance: Covering) -> Problem:
    """Rows as cells of one person each, at no distance from the columns that cover them."""
    by_column = instance.covers.tocsc()
    times = TravelTimes(
        start=by_column.indptr.astype(np.int64),
        cell=by_column.indices.astype(np.int32),
        minutes=np.zeros(by_column.nnz, dtype=np.float32),
        cells=instance.covers.shape[0],
        horizon=1.0,
        source=Source("dataset", instance.name),
    )
    return Problem(np.ones(times.cells), times)


def _median(instance: Distances, p: int, stop: Stop) -> Solution:
    """The p-median in which every customer must be served.

    The method charges whoever is out of reach with the horizon. A choice that leaves nobody out of reach is best
    without the charge too. When the best one leaves somebody out, the charge was too small, or no choice serves
    everybody: that is proved once the bound passes what serving everybody from the farthest site would cost.
    """
    times, weights = instance.times, instance.weights
    farthest = np.zeros(times.cells)
    np.maximum.at(farthest, times.cell, times.minutes)
    at_most = float(weights @ farthest)
    spent = 0.0
    while True:
        left = replace(stop, seconds=max(stop.seconds - spent, 0.0))
        found = best_access(Problem(weights, times), points=p, stop=left)
        spent += found.seconds
        if found.capped == 0:
            return replace(found, seconds=spent)
        if found.bound > at_most:
            raise Impossible(
                f"No choice of {p} sites reaches every customer. The best one found leaves {found.capped:g} of "
                f"{weights.sum():g} (by weight) out of reach."
            )
        if found.stopped_by == "time" or (stop.asked is not None and stop.asked.is_set()) or spent >= stop.seconds:
            raise Impossible(f"No choice of {p} sites that reaches every customer was found within the limits.")
        times = replace(times, horizon=times.horizon * FARTHER)
