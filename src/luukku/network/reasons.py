"""Why each point is there: what it is worth, what would be without it, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.network import tally
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation
from luukku.network.tiers import Tier, tiers
from luukku.travel.times import TravelTimes

Standing = Literal["met", "near", "below"]
"""A base against the least one: at least `near_base` times it, at least it but near, or below it."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a point is there.

    tier:          "centre" or "supporting"; given: fixed beforehand, not chosen by a method.
    base_within, base_nearest: people who live within the limit; people for whom it is the nearest point.
    standing_within, standing_nearest: each base against the least one.
    visits:        visits a week that the second reading makes (F1).
    only_here:     people who would be over the limit, or out of reach, without it.
    added_minutes: minutes by which the mean trip of all people would rise without it; people who would be out of reach
                   count with the horizon, so it is at least this.
    other, other_minutes: the open point nearest to the area where this one stands, and the minutes; None out of reach.
    candidate, candidate_minutes: the same for the sites that are not open.
    municipal_services: whether either base is near or below the least one, which makes municipal services compulsory
                   (L1327-1329).
    needs_exception: whether either base is below the least one, which asks for an exception with a reason (L1347-1351,
                   L1399-1401).
    exception:     the reason that the figures give: "access" (people would be over the limit without it), "given", or
                   "" when they give none.
    """

    site: int
    tier: Tier
    given: bool
    base_within: float
    base_nearest: float
    standing_within: Standing
    standing_nearest: Standing
    visits: float
    only_here: float
    added_minutes: float
    other: int | None
    other_minutes: float | None
    candidate: int | None
    candidate_minutes: float | None
    municipal_services: bool
    needs_exception: bool
    exception: Literal["access", "given", ""]


def reasons(
    evaluation: Evaluation,
    people: NDArray[np.float64],
    times: TravelTimes,
    criteria: Criteria,
    *,
    given: Iterable[int] = (),
    centres: Iterable[int] = (),
    candidates: Iterable[int] | None = None,
) -> tuple[Reasons, ...]:
    """The reasons of every open point, in the order of `evaluation.sites`.

    people: (cells,) as evaluated. given: points fixed beforehand. centres: sites of the first tier. candidates: sites
    that could be open instead (all when None).
    """
    sites = evaluation.sites
    fixed, tier = frozenset(given), tiers(sites, centres)
    is_open = np.zeros(times.sites, dtype=np.bool_)
    is_open[sites] = True
    could = ~is_open
    if candidates is not None:
        could[np.setdiff1d(np.arange(times.sites), np.array(sorted(set(candidates)), dtype=np.intp))] = False
    pairs, numbers = tally.pairs_by_site(times), tally.still(sites, np.int64)
    lost, added = tally.without(
        pairs,
        numbers,
        tally.still(people, np.float64),
        evaluation.minutes,
        evaluation.nearest,
        np.float32(criteria.minutes),
        float(times.horizon),
    )
    near = tally.next_door(pairs, tally.pairs_by_cell(times), numbers, is_open, could)
    other, other_minutes, candidate, candidate_minutes = (values.tolist() for values in near)

    def reason(at: int, site: int) -> Reasons:
        bases = float(evaluation.base_within[at]), float(evaluation.base_nearest[at])
        standing = standing_of(bases[0], criteria), standing_of(bases[1], criteria)
        exception: Literal["access", "given", ""] = "access" if lost[site] > 0 else "given" if site in fixed else ""
        return Reasons(
            site=site,
            tier=tier[at],
            given=site in fixed,
            base_within=bases[0],
            base_nearest=bases[1],
            standing_within=standing[0],
            standing_nearest=standing[1],
            visits=float(evaluation.visits[at]),
            only_here=float(lost[site]),
            added_minutes=float(added[site]) / evaluation.people if evaluation.people > 0 else 0.0,
            other=other[at] if other[at] >= 0 else None,
            other_minutes=other_minutes[at] if other[at] >= 0 else None,
            candidate=candidate[at] if candidate[at] >= 0 else None,
            candidate_minutes=candidate_minutes[at] if candidate[at] >= 0 else None,
            municipal_services=standing != ("met", "met"),
            needs_exception="below" in standing,
            exception=exception if "below" in standing else "",
        )

    return tuple(reason(at, site) for at, site in enumerate(sites.tolist()))


def standing_of(base: float, criteria: Criteria) -> Standing:
    """How a base stands against the criteria's least one and its neighbourhood."""
    if base < criteria.base:
        return "below"
    return "near" if base < criteria.base * criteria.near_base else "met"
