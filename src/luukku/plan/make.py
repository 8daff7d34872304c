"""Make a plan: get the request ready, solve it, and tell what came out with its reasons, assumptions and sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np

from luukku import __version__
from luukku.country import finland
from luukku.country.model import Country, Region, Sites
from luukku.country.provenance import Source
from luukku.errors import Contradiction
from luukku.network.criteria import Criteria
from luukku.network.light import DEFAULT_RULES
from luukku.network.problem import Solution, Stop
from luukku.plan.assess import assess
from luukku.plan.comparisons import STUDY_MINUTES, STUDY_SHARE, study_comparison
from luukku.plan.language import words
from luukku.plan.model import (
    Asked,
    Assumption,
    BaseBy,
    Certificate,
    Comparison,
    Keep,
    Later,
    Mode,
    Names,
    Objective,
    Plan,
)
from luukku.plan.modes import TransitOf, by_mode
from luukku.plan.solve import solve_task
from luukku.plan.task import LEAST_PEOPLE, FartherOf, Task, TimesOf, task_of
from luukku.travel.embedded import finland_times


def make_plan(
    country: Country | None = None,
    *,
    criteria: Criteria | None = None,
    coverage: float | None = None,
    points: int | None = None,
    objective: Objective | None = None,
    keep: Keep = "centres",
    fix: Iterable[str] = (),
    forbid: Iterable[str] = (),
    candidates: str | Sites = "default",
    region: str | None = None,
    neighbours: str | Sites | None = None,
    existing: str | Sites | None = None,
    budget: float | None = None,
    cost_per_point: float | None = None,
    base_by: BaseBy = "",
    capacity: float | None = None,
    with_aland: bool = False,
    stop: Stop | None = None,
    times_of: TimesOf = finland_times,
    farther_of: FartherOf | None = None,
    transit_of: TransitOf | None = None,
) -> Plan:
    """Choose the points of a network and prove how good the choice is.

    country:   embedded Finland when None. criteria: the reform's when None; `criteria.minutes` is the limit.
    coverage:  share of the people (0-1) within the limit; 0.995 when neither it nor `points` is given.
    points:    how many points to open, given ones included.
    objective: "fewest" points for the coverage, most people "covered" with so many points, or best "access" (least
               person-minutes) with so many points. When None: "covered" with `points`, `budget` or `base_by`, else
               "fewest".
    keep:      "centres" gives every regional centre a point beforehand, "none" gives nothing.
    fix, forbid: codes, names, sets of points or files.
    candidates, neighbours, existing: as in `luukku.plan.task.task_of`.
    budget:    what all points may cost, instead of `points`; cost_per_point: of the places whose cost is not told.
    base_by:   every chosen point has the criteria's base, by people for whom it is "nearest" or who live "within" the
               limit; most people covered, with at most `points` points.
    capacity:  visits a week that a point can serve, with `points`; whoever finds the nearest one full goes to another.
    region:    name or code of the only region to plan; points across its border still serve.
    times_of:  minutes from the country's cells to sites by car. farther_of: the same as far as asked, where they can be
               lengthened, such as those of a road graph; the shortest trips then count in full. Without it, people
               beyond the horizon count with it, and the certificate says how many there are.
    transit_of: the same by public transport, to tell beside them; the points are chosen by car.

    Raises Impossible with the best that is possible, Contradiction for requests that exclude each other, UnknownPlace
    for a name that nobody knows, and BadInput for a file that cannot be read.
    """
    country = finland() if country is None else country
    criteria = Criteria() if criteria is None else criteria
    limited = points is not None or budget is not None or bool(base_by)
    objective = objective or ("covered" if limited else "fewest")
    _check_request(objective, coverage=coverage, points=points, budget=budget, cost=cost_per_point, base_by=base_by)
    if capacity is not None and (points is None or base_by):
        raise Contradiction(
            "A capacity of the points goes with a number of points, and not with a base of every point."
        )
    asked = Asked(
        objective=objective,
        coverage=STUDY_SHARE if objective == "fewest" and coverage is None else coverage,
        points=points,
        keep=keep,
        fixed=tuple(fix),
        forbidden=tuple(forbid),
        region=country.region(region).code if region else "",
        with_aland=with_aland,
        existing=existing if isinstance(existing, str) else "" if existing is None else str(existing.source),
        budget=budget,
        cost_per_point=cost_per_point,
        base_by=base_by,
        capacity=capacity,
    )
    task = task_of(country, asked, candidates=candidates, neighbours=neighbours, existing=existing, times_of=times_of)
    stop = Stop() if stop is None else stop
    solution = solve_task(task, criteria, stop, farther_of=farther_of)
    beside = _comparisons(task, asked, criteria, solution, stop)
    found = assess(task, solution.sites, criteria)
    modes = by_mode(task, solution.sites, criteria, transit_of)
    return Plan(
        country=country.name,
        year=country.cells.year,
        data=_fingerprint(task),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_by=f"luukku {__version__}",
        asked=asked,
        region=names_of(task.region),
        criteria=criteria,
        candidates=task.candidates,
        candidates_label=task.label,
        certificate=Certificate(
            value=solution.objective,
            bound=solution.bound,
            gap=solution.gap,
            proved=solution.proved,
            stopped_by=solution.stopped_by,
            seconds=round(solution.seconds, 2),
            method=solution.method,
            capped=solution.capped if objective == "access" else None,
            spent=None if budget is None else float(task.problem.price[list(solution.sites)].sum()),
        ),
        points=found.points,
        neighbours=found.neighbours,
        figures=found.figures,
        light=found.light,
        assumptions=_assumptions(
            task, asked, criteria, default_places=isinstance(candidates, str) and candidates == "default"
        ),
        comparisons=beside,
        sources=sources_of(task, beside, modes, found.figures.later),
        areas=found.areas,
        modes=modes,
    )


def names_of(region: Region | None) -> Names | None:
    """What a region is called, None for none."""
    return Names(region.name_fi, region.name_sv, region.name_en) if region else None


def sources_of(
    task: Task, beside: Iterable[Comparison], modes: Iterable[Mode], later: Later | None = None
) -> tuple[Source, ...]:
    """Where the people, the places, the minutes, the criteria and the figures beside ours come from, each once."""
    several = (task.cells.source, task.sites.source, task.times.source, *task.country.sources)
    several += (*(comparison.source for comparison in beside), *(mode.source for mode in modes))
    several += (later.population, later.visits) if later else ()
    return tuple(dict.fromkeys(several))


def _check_request(
    objective: Objective,
    *,
    coverage: float | None,
    points: int | None,
    budget: float | None,
    cost: float | None,
    base_by: BaseBy,
) -> None:
    """Raises Contradiction for requests that exclude each other."""
    limits = [points is not None, budget is not None]
    if objective == "fewest" and (any(limits) or base_by):
        raise Contradiction("Ask either for the fewest points for a coverage, or for the best use of so many points.")
    if objective != "fewest" and not (any(limits) or base_by):
        raise Contradiction("Ask either for the fewest points for a coverage, or for the best use of so many points.")
    if coverage is not None and objective != "fewest":
        raise Contradiction("A coverage can be asked of the fewest points only; leave out either it or the points.")
    if base_by and (objective != "covered" or budget is not None):
        raise Contradiction("A base of every point goes with most people covered, by a number of points or any number.")
    if cost is not None and budget is None:
        raise Contradiction("A cost per point is of use with a budget only.")


def _comparisons(
    task: Task, asked: Asked, criteria: Criteria, solution: Solution, stop: Stop
) -> tuple[Comparison, ...]:
    """The study of 2020 beside a national plan for the same share and limit."""
    national = asked.objective == "fewest" and not asked.region
    if not national or (asked.coverage, criteria.minutes) != (STUDY_SHARE, STUDY_MINUTES):
        return ()
    return (study_comparison(task.problem, len(solution.sites), stop.asked),)


def _assumptions(task: Task, asked: Asked, criteria: Criteria, *, default_places: bool) -> tuple[Assumption, ...]:
    demand = criteria.demand
    named: Sequence[tuple[str, float | str, str]] = (
        ("minutes", criteria.minutes, "minutes"),
        ("base", criteria.base, "people"),
        ("near_base", criteria.near_base, "times"),
        ("visits_a_year", demand.visits_a_year, "visits"),
        ("population", demand.population, "people"),
        ("weeks", demand.weeks, "weeks"),
        ("keep", asked.keep, ""),
        ("population_year", float(task.cells.year), "year"),
        ("place", "centroid", ""),
        ("travel", "car", ""),
        ("horizon", float(task.times.horizon), "minutes"),
        ("light_gather", DEFAULT_RULES.gather_km, "km"),
        ("light_remote_point", DEFAULT_RULES.remote_point, "people"),
        ("light_vehicle", DEFAULT_RULES.vehicle, "people"),
        ("light_far", DEFAULT_RULES.far_minutes, "minutes"),
    )
    if default_places:
        named = (*named, ("candidates", LEAST_PEOPLE, "people"))
    if asked.cost_per_point is not None:
        named = (*named, ("cost_per_point", asked.cost_per_point, ""))
    why = words("en")
    return tuple(Assumption(name, value, unit, why(f"assumption.{name}.why")) for name, value, unit in named)


def _fingerprint(task: Task) -> str:
    """What tells one set of people, places and minutes from another."""
    times = task.problem.times
    digest = hashlib.sha256()
    for part in (task.cells.code, task.cells.people, task.sites.code, times.start, times.cell, times.minutes):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()[:16]
