"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from luukku.country.model import Country
    from luukku.country.roads import Roads
    from luukku.network.criteria import Criteria
    from luukku.plan.modes import TransitOf
    from luukku.plan.task import FartherOf, Task, TimesOf

Minutes = Annotated[float, typer.Option(min=1.0, help="Limit of a trip to the nearest point, minutes by car one way.")]
Base = Annotated[float, typer.Option(min=1.0, help="Least people behind a point.")]
Visits = Annotated[float, typer.Option(min=1.0, help="State-service visits a year in the whole country.")]
Weeks = Annotated[float, typer.Option(min=1.0, max=53.0, help="Service weeks a year.")]
VisitingPeople = Annotated[float, typer.Option(min=1.0, help="People who make the visits.")]
WithAland = Annotated[
    bool, typer.Option("--with-aland/--mainland", help="Take Åland with the mainland, or the mainland alone.")
]
PopulationFile = Annotated[
    Path | None,
    typer.Option(
        help="People from a file instead of the embedded ones: a population grid (GeoPackage, GeoParquet, CSV) "
        "or a PxWeb table by municipality (JSON-stat)."
    ),
]

PopulationYear = Annotated[int | None, typer.Option(help="Year of the PxWeb table; its last when not given.")]

RoadsFile = Annotated[
    Path | None,
    typer.Option(
        help="Roads for the car: an OpenStreetMap extract (.osm.pbf) or a TMC location table (.zip). "
        "The minutes that ship with the country when not given."
    ),
]

Timetable = Annotated[
    Path | None,
    typer.Option(
        help="Public transport from a GTFS feed (.zip), told beside the car: its busiest weekday, setting out from 9 "
        "to 15. `luukku times` has more options."
    ),
]


Keep = Annotated[
    Literal["centres", "none"],
    typer.Option(help="Points given beforehand: the regional centres (the reform's first tier), or none."),
]
Fix = Annotated[
    list[str] | None,
    typer.Option(help="Point that the plan must have: a code, a name, a set such as joint, or a file. Repeatable."),
]
Forbid = Annotated[
    list[str] | None, typer.Option(help="Place that must not get a point: a code, a name or a set. Repeatable.")
]
Candidates = Annotated[
    str, typer.Option(help="Places that may get a point: default (municipal centres and areas), a set, or a file.")
]
Existing = Annotated[
    str | None,
    typer.Option(help="Points that stand today and may be kept or given up: a set, a file or a plan folder."),
]
Region = Annotated[str | None, typer.Option(help="Plan one region only, by name or code.")]
Neighbours = Annotated[
    str | None,
    typer.Option(
        help="Points beyond the region's border that serve this side too: a set, a file or a plan folder. "
        "Default with --region: the regional centres."
    ),
]
CsvFile = Annotated[Path | None, typer.Option("--csv", help="File to write the rows to, as CSV.")]
TimeLimit = Annotated[float, typer.Option(min=0.1, help="Seconds after which the best so far counts.")]
Gap = Annotated[float, typer.Option(min=0.0, max=1.0, help="Relative gap to the bound that is good enough.")]


def chosen_transit(timetable: Path | None) -> TransitOf | None:
    """Minutes by the public transport of a timetable file, when one is given.

    Raises BadInput for a file that cannot be read.
    """
    if timetable is None:
        return None
    from luukku.travel.gtfs import read_gtfs
    from luukku.travel.transit import transit_times

    feed = read_gtfs(timetable)
    return lambda sites, cells: transit_times(feed, sites, cells)


def read_roads(file: Path) -> Roads:
    """The roads of a TMC location table (.zip) or an OpenStreetMap extract. Raises BadInput."""
    from luukku.country.readers import read_osm, read_tmc

    return read_tmc(file) if file.suffix.lower() == ".zip" else read_osm(file)


def chosen_times(country: Country, file: Path | None) -> tuple[TimesOf, FartherOf | None]:
    """Minutes of the country's cells to sites by car, and those as far as asked where roads are given.

    The minutes that ship reach as far as they do and cannot be lengthened.
    """
    if file is None:
        from luukku.travel.embedded import finland_times

        return finland_times, None
    from luukku.plan.roads import RoadMinutes

    minutes = RoadMinutes(country, read_roads(file))
    return minutes.times_of, minutes.farther_of


def chosen_country(population_file: Path | None, population_year: int | None) -> Country:
    """Embedded Finland, with the people of a file when one is given."""
    from luukku.country import finland

    if population_file is None:
        return finland()
    from luukku.plan.population import with_population

    return with_population(finland(), population_file, population_year)


def chosen_task(
    country: Country,
    *,
    keep: Literal["centres", "none"],
    fix: list[str] | None,
    forbid: list[str] | None,
    candidates: str,
    existing: str | None,
    region: str | None,
    neighbours: str | None,
    with_aland: bool,
    roads: Path | None,
    network: str | None = None,
) -> Task:
    """What the options that say where points may be and what is decided mean, by car.

    roads: minutes on these reach as far as every network needs; those that ship end at their horizon.

    Raises what `luukku.plan.task.task_of` raises, and typer.BadParameter for neighbours of no region.
    """
    if neighbours and not region:
        raise typer.BadParameter("--neighbours are points beyond a region's border: give --region too.")
    from luukku.plan.model import Asked
    from luukku.plan.task import task_of

    asked = Asked(
        objective="covered",
        coverage=None,
        points=None,
        keep=keep,
        fixed=tuple(fix or ()),
        forbidden=tuple(forbid or ()),
        region=country.region(region).code if region else "",
        with_aland=with_aland,
    )
    times_of, farther_of = chosen_times(country, roads)
    task = task_of(
        country,
        asked,
        candidates=candidates,
        neighbours=neighbours,
        existing=existing,
        network=network,
        times_of=times_of,
    )
    if farther_of is None:
        return task
    from luukku.plan.roads import in_full

    return in_full(task, farther_of)


def chosen_criteria(
    minutes: float, base: float, visits: float = 2_000_000.0, weeks: float = 47.0, people: float = 5_500_000.0
) -> Criteria:
    """The criteria that the options ask for; people are counted within 30, 60 and 90 minutes and within the limit."""
    from luukku.country.demand import Demand
    from luukku.network.criteria import Criteria

    rings = tuple(sorted({*Criteria().rings, minutes}))
    return Criteria(minutes=minutes, base=base, rings=rings, demand=Demand(visits, people, weeks))
