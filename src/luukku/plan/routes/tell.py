"""The rounds told as they are kept: with names, times of day, people, hours and costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.country.projection import to_wgs84
from luukku.country.provenance import Source
from luukku.plan.assess import names_of_town
from luukku.plan.model import Plan
from luukku.plan.routes.calendar import Slot
from luukku.plan.routes.ground import Ground
from luukku.plan.routes.model import Call, Left, Place, Round, Routes, Status, Vehicle, WhyLeft, YearlyCost
from luukku.plan.routes.schedule import Timed, Timetable
from luukku.plan.routes.service import Service, Setting
from luukku.plan.routes.siting import StopSites, catchments, minutes_to
from luukku.plan.routes.solve import Found

METHOD = (
    "stops by covering (luukku.network.cover); routes by the iterated local search of PyVRP (Wouda, Lan & Kool 2024, "
    "doi.org/10.1287/ijoc.2023.0055), a heuristic; bound on vehicle days by bin packing (Martello & Toth 1990)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The rounds found. stop_of: the stop (number) of each call; open: minutes that each call is open."""

    stop_of: tuple[int, ...]
    open: tuple[int, ...]
    found: Found
    timed: tuple[tuple[Slot, Timetable], ...]


def tell(ground: Ground, setting: Setting, chosen: StopSites, answer: Answer) -> Routes:
    """The rounds with all that is shown of them."""
    service, weeks, found = setting.service, setting.weeks, answer.found
    rounds = tuple(_round(slot, table, answer, chosen, service) for slot, table in sorted(answer.timed, key=_in_order))
    made = Counter(answer.stop_of[call] for trip in found.trips for call in trip.calls)
    minutes = minutes_to(chosen, sorted(made), len(ground.people))
    vehicles = _vehicles(chosen, answer)
    drive, work = sum(each.drive for each in rounds), sum(each.work for each in rounds)
    a_year = service.weeks / weeks
    return Routes(
        kind=service.kind,
        frequency=setting.frequency,
        points=len(ground.points),
        label="" if isinstance(ground.found, Plan) else ground.found.label,
        limit=ground.limit,
        near=setting.near,
        day=setting.day,
        set_up=service.set_up,
        over=_people(ground.people.sum()),
        reached=_people(ground.people[minutes <= ground.limit].sum()),
        reached_near=_people(ground.people[minutes <= setting.near].sum()),
        stops=_places(ground, setting, chosen, answer, made),
        vehicles=vehicles,
        rounds=rounds,
        left=_left(chosen, ground, minutes),
        refused=chosen.refused,
        drive_a_week=drive / 60 / weeks,
        open_a_week=sum(each.open for each in rounds) / 60 / weeks,
        work_a_week=work / 60 / weeks,
        rounds_a_year=a_year,
        cost=YearlyCost(
            vehicles=round(len(vehicles) * service.year),
            driving=round(drive / 60 * a_year * service.drive),
            staff=round(work / 60 * a_year * service.staff * service.hour),
        ),
        status=Status(
            stops=len(chosen.sites),
            stops_bound=chosen.fewest,
            vehicle_days=len(rounds),
            vehicle_days_bound=found.days_bound,
            vehicles=len(vehicles),
            vehicles_bound=found.vehicles_bound,
            stopped_by=found.stopped_by,
            seconds=round(found.seconds, 2),
            method=METHOD,
        ),
        permanent_funding=service.kind == "vehicle",
        assumptions=setting.assumptions,
        sources=_sources(ground, chosen),
    )


def _in_order(timed: tuple[Slot, Timetable]) -> tuple[int, int, int]:
    slot = timed[0]
    return slot.vehicle, slot.week, slot.weekday


def _round(slot: Slot, table: Timetable, answer: Answer, chosen: StopSites, service: Service) -> Round:
    return Round(
        vehicle=slot.vehicle + 1,
        week=slot.week + 1,
        weekday=slot.weekday + 1,
        leaves=table.leaves,
        returns=table.returns,
        rest=table.rest,
        drive=table.drive,
        open=sum(answer.open[each.call] for each in table.calls),
        work=table.work,
        calls=tuple(_call(each, table.rest, answer, chosen, service) for each in table.calls),
    )


def _call(timed: Timed, rest: tuple[int, int] | None, answer: Answer, chosen: StopSites, service: Service) -> Call:
    """The call with its doors: half of the set-up comes before they open; a break amid set-up moves them."""
    opens = timed.begins + service.set_up // 2
    closes = timed.leaves - (service.set_up - service.set_up // 2)
    rested = timed.leaves - timed.begins - service.set_up - answer.open[timed.call]
    if rest and rested:
        if rest[0] < opens:
            opens += rested
        elif rest[1] > closes:
            closes -= rested
    stop = str(chosen.sites.code[answer.stop_of[timed.call]])
    return Call(stop, timed.arrives, timed.begins, opens, closes, timed.leaves)


def _vehicles(chosen: StopSites, answer: Answer) -> tuple[Vehicle, ...]:
    homes = chosen.homes
    home_of = {slot.vehicle: trip.home for (slot, _), trip in zip(answer.timed, answer.found.trips, strict=True)}
    rounds = Counter(slot.vehicle for slot, _ in answer.timed)
    at = [home_of[vehicle] for vehicle in sorted(home_of)]
    lon, lat = to_wgs84(homes.x[at], homes.y[at])
    return tuple(
        Vehicle(
            number=vehicle + 1,
            home=str(homes.code[home]),
            home_name=str(homes.name[home]),
            lon=round(float(lon[vehicle]), 6),
            lat=round(float(lat[vehicle]), 6),
            rounds=rounds[vehicle],
        )
        for vehicle, home in enumerate(at)
    )


def _places(
    ground: Ground, setting: Setting, chosen: StopSites, answer: Answer, made: Counter[int]
) -> tuple[Place, ...]:
    service, sites, cells = setting.service, chosen.sites, ground.country.cells
    lon, lat = to_wgs84(sites.x, sites.y)
    wanted = Counter(answer.stop_of)
    open_for = dict(zip(answer.stop_of, answer.open, strict=True))
    places = []
    for number, mine in enumerate(catchments(chosen, ground)):
        people = ground.people[mine]
        within_near = minutes_to(chosen, [number], len(cells))[mine] <= setting.near
        visits = ground.demand.visits_a_week(float(people.sum())) * service.share
        hours = made[number] * open_for[number] / 60 / setting.weeks
        town = str(sites.municipality[number])
        place = Place(
            code=str(sites.code[number]),
            name=str(sites.name[number]),
            municipality=town,
            municipality_name=names_of_town(ground.country, town),
            x=round(float(sites.x[number]), 1),
            y=round(float(sites.y[number]), 1),
            lon=round(float(lon[number]), 6),
            lat=round(float(lat[number]), 6),
            people=_people(people.sum()),
            near=_people(people[within_near].sum()),
            proposed=_proposed(mine, ground),
            areas=tuple(cells.code[mine].tolist()),
            visits_a_week=round(visits, 2),
            open_a_week=hours,
            short_a_week=round(max(visits - hours * 60 * service.counters / service.visit, 0.0), 2),
            calls=made[number],
            unmade=wanted[number] - made[number],
        )
        places.append(place)
    return tuple(places)


def _proposed(mine: NDArray[np.intp], ground: Ground) -> str:
    """The light solution proposed for most of the people of these cells."""
    people: defaultdict[str, float] = defaultdict(float)
    for cell in mine.tolist():
        if cell in ground.kind_of:
            people[ground.kind_of[cell]] += float(ground.people[cell])
    return max(people, key=lambda kind: (people[kind], kind)) if people else ""


def _left(chosen: StopSites, ground: Ground, minutes: NDArray[np.float32]) -> tuple[Left, ...]:
    cells, still = ground.country.cells, (ground.people > 0) & ~(minutes <= ground.limit)
    if not still.any():
        return ()
    covered = minutes_to(chosen, list(range(len(chosen.sites))), len(cells)) <= ground.limit
    cases: tuple[tuple[WhyLeft, NDArray[np.bool_]], ...] = (
        ("no_stop", ~chosen.possible),
        ("too_far", chosen.possible & ~chosen.able),
        ("not_chosen", chosen.able & ~covered),
        ("no_time", covered),
    )
    told = []
    for why, case in cases:
        mine = np.flatnonzero(still & case)
        mine = mine[np.argsort(-ground.people[mine], kind="stable")]
        if len(mine):
            areas, names = tuple(cells.code[mine].tolist()), tuple(cells.name[mine].tolist())
            told.append(Left(why, _people(ground.people[mine].sum()), areas, names))
    return tuple(told)


def _sources(ground: Ground, chosen: StopSites) -> tuple[Source, ...]:
    several = [*ground.found.sources, chosen.sites.source, chosen.homes.source]
    if chosen.times is not None:
        several.append(chosen.times.source)
    return tuple(dict.fromkeys(several))


def _people(value: float) -> float:
    return round(float(value), 2)
