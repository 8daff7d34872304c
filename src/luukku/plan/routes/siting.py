"""Which places a vehicle can reach in a working day, and which of them become stops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells, Sites
from luukku.errors import Impossible
from luukku.network.evaluate import nearest_points
from luukku.network.problem import Stop
from luukku.plan.routes.between import minutes_between
from luukku.plan.routes.ground import Ground
from luukku.plan.routes.model import Refused
from luukku.plan.routes.service import Day, Service, Setting, clock
from luukku.plan.routes.stops import GAP, choose_stops
from luukku.plan.routes.task import FAR, longest_stay
from luukku.travel.times import TravelTimes


@dataclass(frozen=True, slots=True, eq=False)
class StopSites:
    """The stops chosen and what is known of the others.

    sites, times: of the stops; homes: where vehicles stand; out, back: (homes, stops) whole minutes.
    longest:  (stops,) most minutes that a vehicle can be there in a day, set-up included.
    fewest:   no fewer stops come near as many people.
    possible: (cells,) whether any place lies within the limit; able: whether one that a vehicle can reach does.
    """

    sites: Sites
    times: TravelTimes | None
    homes: Sites
    out: NDArray[np.int64]
    back: NDArray[np.int64]
    longest: NDArray[np.int64]
    possible: NDArray[np.bool_]
    able: NDArray[np.bool_]
    refused: tuple[Refused, ...]
    fewest: int

    @classmethod
    def none(cls, homes: Sites) -> StopSites:
        """No stops, when nobody needs them."""
        nothing, nobody = np.zeros((len(homes), 0), dtype=np.int64), np.zeros(0, dtype=np.bool_)
        return cls(
            homes.take(np.zeros(0, dtype=np.intp)), None, homes, nothing, nothing, nothing[0], nobody, nobody, (), 0
        )


def stop_sites(
    ground: Ground, setting: Setting, places: Sites, homes: Sites, *, count: int | None, named: bool, stop: Stop
) -> StopSites:
    """The stops among the places that a vehicle can reach from a home and be back within its working day.

    count: how many stops, None for the fewest that come near everybody; named: whether the planner named the places,
    so that those which cannot be used are told one by one.

    Raises Impossible when no place comes near anybody or none of those that do can be reached.
    """
    service, day = setting.service, setting.day
    cells = ground.country.cells
    times = ground.times_of(places)
    site = np.repeat(np.arange(times.sites), np.diff(times.start))
    near = (times.minutes <= ground.limit) & (ground.people[times.cell] > 0)
    useful = np.unique(site[near])
    possible = _reached(times, near)
    if not len(useful):
        raise Impossible(
            f"None of the {len(places)} places for a stop lies within {ground.limit:g} minutes of any of the "
            f"{ground.people.sum():,.0f} people over the limit. Name other places, or serve them remotely."
        )
    weighed = np.arange(len(places)) if named else useful
    home_times = ground.times_of(homes)
    weighed_times = times.select(weighed)
    out = _whole(minutes_between(homes, places.take(weighed), cells, home_times, weighed_times))
    back = _whole(minutes_between(places.take(weighed), homes, cells, weighed_times, home_times)).T
    hours = np.full((2, len(weighed)), [[day.opens], [day.closes]])
    longest = longest_stay(out, back, hours[0], hours[1], day).max(axis=0)
    able = longest >= service.set_up + service.least_stay
    refused = _refused(places, times, out + back, able) if named else ()
    kept = able & np.isin(weighed, useful)
    if not kept.any():
        raise Impossible(_too_short(service, day, int((out + back)[:, np.isin(weighed, useful)].min())))
    times = weighed_times.select(np.flatnonzero(kept))
    quick = Stop(stop.seconds / 4, GAP, stop.asked)
    numbers, fewest = choose_stops(ground.people, times, ground.limit, count, quick)
    chosen = np.array(numbers, dtype=np.intp)
    at = np.flatnonzero(kept)[chosen]
    return StopSites(
        sites=places.take(weighed[at]),
        times=times.select(chosen),
        homes=homes,
        out=out[:, at],
        back=back[:, at],
        longest=longest[at],
        possible=possible,
        able=_reached(times, times.minutes <= ground.limit),
        refused=refused,
        fewest=fewest,
    )


def _reached(times: TravelTimes, pairs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(cells,) whether a cell is in one of the pairs."""
    return np.bincount(times.cell[pairs], minlength=times.cells) > 0


def _whole(minutes: NDArray[np.float64]) -> NDArray[np.int64]:
    """Minutes rounded up, FAR where no road leads."""
    return np.where(np.isfinite(minutes), np.ceil(minutes), FAR).astype(np.int64)


def _refused(
    places: Sites, times: TravelTimes, trip: NDArray[np.int64], able: NDArray[np.bool_]
) -> tuple[Refused, ...]:
    """The places that cannot be used. trip: (homes, places) minutes there and back."""
    least, roads = trip.min(axis=0), np.diff(times.start)
    return tuple(
        Refused(
            str(places.code[place]),
            str(places.name[place]),
            "too_far" if roads[place] else "no_road",
            int(least[place]) if least[place] < FAR else None,
        )
        for place in np.flatnonzero(~able).tolist()
    )


def _too_short(service: Service, day: Day, trip: int) -> str:
    if trip >= FAR:
        return "No place for a stop can be reached by road from any home of a vehicle. Name other homes or places."
    need = trip + service.set_up + service.least_stay
    return (
        f"The working day is too short for any stop: the nearest takes {trip} min to drive there and back, "
        f"{service.set_up} min of set-up and {service.least_stay} min open, {need} min together, and a day has "
        f"{day.work} min of work between {clock(day.begins)} "
        f"and {clock(day.ends)}. Change route.day.* or route.stay.least, or name nearer homes."
    )


def between_stops(chosen: StopSites, cells: Cells) -> NDArray[np.int64]:
    """(stops, stops) whole minutes of driving between the stops, FAR where no road leads."""
    if chosen.times is None:
        return np.zeros((0, 0), dtype=np.int64)
    return _whole(minutes_between(chosen.sites, chosen.sites, cells, chosen.times, chosen.times))


def catchments(chosen: StopSites, ground: Ground) -> list[NDArray[np.intp]]:
    """By stop, the cells over the limit whose nearest stop it is, within the limit."""
    if chosen.times is None:
        return []
    minutes, nearest = nearest_points(chosen.times, np.arange(chosen.times.sites))
    mine = (minutes <= ground.limit) & (ground.people > 0)
    return [np.flatnonzero(mine & (nearest == number)) for number in range(chosen.times.sites)]


def minutes_to(chosen: StopSites, stops: list[int], cells: int) -> NDArray[np.float32]:
    """(cells,) minutes to the nearest of some of the stops, infinite when out of reach."""
    if chosen.times is None or not stops:
        return np.full(cells, np.inf, dtype=np.float32)
    return nearest_points(chosen.times, np.array(stops, dtype=np.intp))[0]
