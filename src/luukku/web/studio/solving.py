"""An alternative's network computed: the request made ready as for the command line, solved, and certified."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from luukku.country.model import Sites
from luukku.country.readers.points import PointsFile
from luukku.network.problem import Solution, Stop
from luukku.plan.model import Asked as Request
from luukku.plan.task import Task, task_of
from luukku.web.studio import geography
from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative, Objective

OBJECTIVES: dict[str, Literal["fewest", "access", "covered"]] = {
    Objective.FEWEST_POINTS: "fewest",
    Objective.BEST_ACCESS: "access",
    Objective.MOST_COVERED: "covered",
}


def task(alternative: Alternative) -> Task:
    """The people in scope, the places and what is decided beforehand.

    Points that the alternative has beyond its region's border stand as they are; without any, the regional centres of
    the other regions do. Raises Contradiction for a point that must be both open and closed.
    """
    known = geography.of(alternative)
    asked = Request(
        objective=OBJECTIVES[alternative.objective],
        coverage=alternative.coverage,
        points=alternative.points,
        keep="centres" if alternative.keep_centres else "none",
        fixed=tuple(alternative.fixed),
        forbidden=tuple(alternative.forbidden),
        region=alternative.region,
    )
    return task_of(
        known.country,
        asked,
        candidates=_candidates(known, alternative),
        neighbours=_neighbours(known, alternative),
        times_of=known.times_of,
    )


def solve(alternative: Alternative, stop: Stop) -> tuple[list[str], dict[str, Any]]:
    """Open sites of the best network found, neighbours' included, and its certificate.

    Raises Impossible with the best that is possible, and Contradiction.
    """
    # Only the background worker solves: the web server need not load the solvers.
    from luukku.plan.solve import solve_task

    ready = task(alternative)
    solution = solve_task(ready, alternative.criteria, stop)
    chosen = ready.sites.code[sorted({*solution.sites, *ready.problem.free})].tolist()
    return chosen, certificate(alternative, chosen, solution)


def certificate(alternative: Alternative, open_sites: list[str], solution: Solution) -> dict[str, Any]:
    """What was proved, of which open sites, under which settings."""
    return {
        "sites": sorted(open_sites),
        "asked": asked_key(alternative),
        "country": geography.get().version,
        "objective": solution.objective,
        "bound": solution.bound,
        "gap": solution.gap,
        "proved": solution.proved,
        "stopped_by": solution.stopped_by,
        "seconds": round(solution.seconds, 2),
        "method": solution.method,
        "capped": solution.capped if alternative.objective == Objective.BEST_ACCESS else None,
    }


def asked_key(alternative: Alternative) -> list[Any]:
    """The settings that a certificate depends on; the scenario and the base change no choice of sites."""
    return [
        alternative.objective,
        alternative.minutes,
        alternative.coverage if alternative.objective == Objective.FEWEST_POINTS else None,
        alternative.points if alternative.objective != Objective.FEWEST_POINTS else None,
        alternative.region,
        alternative.keep_centres,
        sorted(alternative.fixed),
        sorted(alternative.forbidden),
        *([] if alternative.candidates_id is None else [alternative.candidates_id]),
    ]


def _candidates(known: Geography, alternative: Alternative) -> Sites | PointsFile:
    """The places weighed, with what the planner has decided about places beside them; groups are the list's own."""
    decided = known.numbers([*alternative.fixed, *alternative.forbidden])
    sites = known.sites.take(np.union1d(np.flatnonzero(known.is_candidate), decided))
    if known.listed is None:
        return sites
    group = dict(zip(known.listed.sites.code.tolist(), known.listed.group.tolist(), strict=True))
    nothing = np.full(len(sites), "")
    return PointsFile(
        sites=replace(sites, source=known.listed.sites.source),
        type=nothing,
        status=nothing,
        group=np.array([group.get(code, "") for code in sites.code.tolist()], dtype=np.str_),
        cost=np.full(len(sites), np.nan),
    )


def _neighbours(known: Geography, alternative: Alternative) -> Sites | None:
    if not alternative.region:
        return None
    standing = known.numbers(alternative.open_sites)
    across = standing[known.region_of_site[standing] != alternative.region]
    return known.sites.take(across) if len(across) else None
