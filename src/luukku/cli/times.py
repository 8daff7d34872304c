"""`luukku times`: minutes to points by car and by public transport, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luukku.cli import options
from luukku.cli.output import Json, print_json, print_table, progress, say, show_sources

if TYPE_CHECKING:
    from luukku.country.model import Cells, Sites
    from luukku.travel.modes import Nearness
    from luukku.travel.times import TravelTimes
    from luukku.travel.workers import Workers

Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help="Search on the Dask cluster with this scheduler, such as tcp://10.0.0.5:8786."
    ),
]
LIMITS = (15.0, 30.0, 45.0, 60.0, 90.0, 120.0)


def times(
    *,
    points: Annotated[
        str,
        typer.Option(
            help="centres, municipal-centres, joint, authority:CODE, authority:all, a file of points or a plan's "
            "folder."
        ),
    ] = "centres",
    cells: Annotated[
        Path | None,
        typer.Option(help="Population grid whose cells people set out from; the country's areas when not given."),
    ] = None,
    roads: options.RoadsFile = None,
    timetable: Annotated[Path | None, typer.Option(help="Public transport: a GTFS feed (.zip).")] = None,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the timetable; its busiest weekday when not given."),
    ] = None,
    window: Annotated[str, typer.Option(help="Hours of setting out by public transport, such as 9-15.")] = "9-15",
    horizon: Annotated[
        float, typer.Option(min=1.0, max=1439.0, help="Minutes beyond which nothing is computed.")
    ] = 120.0,
    scheduler: Scheduler = None,
    with_aland: options.WithAland = False,
    out: Annotated[Path | None, typer.Option(help="New folder to write the matrices into, car and transit.")] = None,
    as_json: Json = False,
) -> None:
    """Compute minutes to points by car, and by public transport when a timetable is given, side by side."""
    from luukku.country import finland
    from luukku.country.sites import parse_points
    from luukku.errors import Contradiction
    from luukku.travel.modes import nearness
    from luukku.travel.spread import cluster
    from luukku.travel.workers import this_machine

    hours = _hours(window)
    if cells is not None and roads is None and timetable is None:
        raise typer.BadParameter("The minutes that ship are of the country's areas: give --roads or --timetable too.")
    if out is not None and out.exists():
        raise Contradiction(f"{out} is there already: give a folder that is not.")
    country = finland()
    of_plan = Path(points) / "points.csv"
    chosen = parse_points(str(of_plan) if of_plan.is_file() else points, country)
    homes, people = country.cells, country.cells.people * (country.on_mainland | with_aland)
    if cells is not None:
        from luukku.country.readers import read_population_grid

        homes = read_population_grid(cells, country=country)
        people = homes.people
    workers: Workers = cluster(scheduler) if scheduler is not None else this_machine

    found = {}
    with progress("Computing minutes") as shown:

        def tell(done: int, of: int) -> None:
            shown.update(shown.task_ids[0], completed=done, total=of)

        if roads is not None or cells is None:
            found["car"] = _by_car(roads, chosen.sites, homes, horizon, workers=workers, tell=tell)
        if timetable is not None:
            found["transit"] = _by_transit(
                timetable,
                chosen.sites,
                homes,
                horizon,
                day=day.date() if day else None,
                hours=hours,
                workers=workers,
                tell=tell,
            )
    if out is not None:
        for mode, matrix in found.items():
            matrix.save(out / mode)
    told = [nearness(mode, matrix, people, LIMITS) for mode, matrix in found.items()]
    if as_json:
        print_json({"points": chosen.label, "modes": [asdict(each) for each in told]})
    else:
        _show(chosen.label, told)


def _by_car(
    file: Path | None,
    sites: Sites,
    cells: Cells,
    horizon: float,
    *,
    workers: Workers,
    tell: Callable[[int, int], None],
) -> TravelTimes:
    if file is None:
        from luukku.travel.embedded import finland_times

        return finland_times(sites, horizon)
    from luukku.travel.graph import road_graph
    from luukku.travel.paths import travel_times
    from luukku.travel.speeds import default_speeds

    graph = road_graph(options.read_roads(file), default_speeds())
    return travel_times(graph, sites, cells, horizon, workers=workers, progress=tell)


def _by_transit(
    file: Path,
    sites: Sites,
    cells: Cells,
    horizon: float,
    *,
    day: date | None,
    hours: tuple[float, float],
    workers: Workers,
    tell: Callable[[int, int], None],
) -> TravelTimes:
    from luukku.travel.gtfs import read_gtfs
    from luukku.travel.transit import transit_times

    return transit_times(read_gtfs(file), sites, cells, horizon, day=day, window=hours, workers=workers, progress=tell)


def _hours(window: str) -> tuple[float, float]:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", window.strip())
    if match is None:
        raise typer.BadParameter(f"--window {window!r} is not two hours such as 9-15.")
    return float(match[1]), float(match[2])


def _show(label: str, told: list[Nearness]) -> None:
    say(label)
    rows = [
        [
            f"people within {limit:g} min",
            *(f"{each.within[limit]:.1%}" if limit in each.within else "" for each in told),
        ]
        for limit in LIMITS
        if any(limit in each.within for each in told)
    ]
    rows.append(["minutes of the middle person", *("" if e.median is None else f"{e.median:.0f}" for e in told)])
    rows.append([f"people farther than {told[0].horizon:g} min", *(f"{each.beyond:,.0f}" for each in told)])
    print_table("", ("to the nearest point", *(each.mode for each in told)), rows)
    show_sources((each.source for each in told), "Sources")
