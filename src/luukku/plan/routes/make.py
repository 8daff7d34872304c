"""Rounds for the people whom a network of points leaves over the limit."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from luukku.country import finland
from luukku.country.model import Country, Sites
from luukku.country.sites import areas_as_sites, municipal_centres
from luukku.errors import Contradiction
from luukku.network.problem import ONE_MINUTE, Stop
from luukku.outlook import Parameters, default_parameters
from luukku.plan.model import Evaluated, Plan
from luukku.plan.routes.calendar import calendar
from luukku.plan.routes.ground import Ground
from luukku.plan.routes.model import Routes
from luukku.plan.routes.schedule import timetable
from luukku.plan.routes.service import QUARTER, Frequency, Kind, Service, Setting, setting_of
from luukku.plan.routes.siting import StopSites, between_stops, catchments, stop_sites
from luukku.plan.routes.solve import Found, search
from luukku.plan.routes.task import FAR, RoundsTask
from luukku.plan.routes.tell import Answer, tell
from luukku.plan.task import TimesOf
from luukku.travel.embedded import finland_times

NEAR = 30.0
"""Minutes within which people near a stop are counted too."""


def make_routes(
    found: Plan | Evaluated,
    *,
    country: Country | None = None,
    kind: Kind = "vehicle",
    frequency: Frequency = "weekly",
    vehicles: int | None = None,
    stops: int | None = None,
    places: Sites | None = None,
    homes: Sites | None = None,
    proposed: Iterable[str] = (),
    parameters: Parameters | None = None,
    near: float = NEAR,
    seed: int = 0,
    stop: Stop = ONE_MINUTE,
    times_of: TimesOf = finland_times,
) -> Routes:
    """Choose stops for the people over the limit from every point, and rounds that serve them.

    found:    the points, with their limit, demand and areas.
    kind:     "vehicle" (service vehicle, L1407-1418) or "duty_visit" (officials' duty visits, L2146).
    frequency: every stop once a week or once a fortnight, oftener when it needs more hours than a day has.
    vehicles: at most so many; None for few enough vehicles that serve every stop.
    stops:    so many stops that come near most people; None for the fewest that come near everybody.
    places:   where a stop may be. Default: every inhabited area for a vehicle, every municipal centre for duty visits.
    homes:    where a vehicle may stand overnight; the points themselves when None.
    proposed: the light solutions ("vehicle", "pop_up", ...) for whose people the rounds are; all when empty.
    near:     the nearer limit within which people are counted too, minutes.
    times_of: minutes from the country's cells to sites by car.

    Nobody over the limit needs no rounds: the answer is empty.

    Raises Contradiction for requests that exclude each other, Impossible when no stop comes near anybody or no vehicle
    can be back within its working day, with what is missing.
    """
    if vehicles is not None and vehicles < 1:
        raise Contradiction("Rounds need at least one vehicle.")
    if stops is not None and stops < 1:
        raise Contradiction("Rounds need at least one stop.")
    country = finland() if country is None else country
    parameters = default_parameters() if parameters is None else parameters
    setting = setting_of(kind, frequency, near, parameters)
    ground = Ground(found, country, times_of, tuple(proposed))
    if homes is None:
        homes = ground.points
    if not len(homes):
        raise Contradiction("No point is there where a vehicle could stand overnight: name homes for the vehicles.")
    if not ground.people.any():
        nothing = Answer((), (), Found((), (), 0, 0, "searched", 0.0), ())
        return tell(ground, setting, StopSites.none(homes), nothing)
    named = places is not None
    if places is None:
        places = areas_as_sites(country, least_people=1) if kind == "vehicle" else municipal_centres(country)
    chosen = stop_sites(ground, setting, places, homes, count=stops, named=named, stop=stop)
    answer = make_rounds(ground, setting, chosen, vehicles=vehicles, seed=seed, stop=stop)
    return tell(ground, setting, chosen, answer)


def make_rounds(
    ground: Ground, setting: Setting, chosen: StopSites, *, vehicles: int | None, seed: int, stop: Stop
) -> Answer:
    """Rounds that call at the stops as often and as long as their people need."""
    service, day = setting.service, setting.day
    people = np.array([ground.people[cells].sum() for cells in catchments(chosen, ground)])
    stop_of: list[int] = []
    open_for: list[int] = []
    for number, (who, longest) in enumerate(zip(people.tolist(), chosen.longest.tolist(), strict=True)):
        visits = ground.demand.visits_a_week(who) * service.share * setting.weeks
        for minutes in _calls(service, visits, longest, setting.days):
            stop_of.append(number)
            open_for.append(minutes)
    stops = np.array(stop_of, dtype=np.intp)
    between = between_stops(chosen, ground.country.cells)
    task = RoundsTask(
        minutes=np.block(
            [
                [np.full((len(chosen.homes), len(chosen.homes)), FAR), chosen.out[:, stops]],
                [chosen.back[:, stops].T, between[np.ix_(stops, stops)]],
            ]
        ).astype(np.int64),
        homes=len(chosen.homes),
        lasts=np.array(open_for, dtype=np.int64) + service.set_up,
        opens=np.full(len(stops), day.opens, dtype=np.int64),
        closes=np.full(len(stops), day.closes, dtype=np.int64),
        worth=people[stops],
        day=day,
        days=setting.days,
    )
    found = search(task, vehicles=vehicles, seed=seed, stop=stop)
    tables = [timetable(task, trip) for trip in found.trips]
    slots = calendar(found.trips, [table.work for table in tables], stop_of, setting.weeks)
    return Answer(tuple(stop_of), tuple(open_for), found, tuple(zip(slots, tables, strict=True)))


def _calls(service: Service, visits: float, longest: int, days: int) -> list[int]:
    """Minutes open of each call that so many visits need, no two of which fit into one day; at most one a day."""
    most = (longest - service.set_up) // QUARTER * QUARTER
    needed = service.stay_for(visits)
    calls = -(-needed // most)
    if calls > days:
        return [most] * days
    each = -(-needed // calls)
    return [min(max(-(-each // QUARTER) * QUARTER, service.least_stay), most)] * calls
