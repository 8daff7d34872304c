"""`luukku front`: how many points for how good a network, each weighed against all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from luukku.cli import options
from luukku.cli.assumptions import source_json
from luukku.cli.output import Json, Language, print_json, print_table, say, show_sources, write_csv
from luukku.cli.search import searching, status_of

if TYPE_CHECKING:
    from luukku.network.front import Front, FrontPoint
    from luukku.plan.task import Task

RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")


def front(
    *,
    points_count: Annotated[
        str, typer.Option(metavar="NUMBERS", help="Numbers of points: 20-60, 20-60/5 for every fifth, or 20,30,45.")
    ] = "20-60/5",
    minutes: Annotated[
        list[float] | None,
        typer.Option(min=1.0, help="Limit of a trip to the nearest point, minutes by car; repeatable. Default: 60."),
    ] = None,
    objective: Annotated[
        Literal["both", "covered", "access"],
        typer.Option(help="What networks are best in: most people covered, least person-minutes, or both in turn."),
    ] = "both",
    between: Annotated[
        list[float] | None,
        typer.Option(
            help="Adds networks between the two: least person-minutes when a person over the limit counts so many "
            "minutes more. Repeatable."
        ),
    ] = None,
    keep: options.Keep = "centres",
    fix: options.Fix = None,
    forbid: options.Forbid = None,
    candidates: options.Candidates = "default",
    existing: options.Existing = None,
    region: options.Region = None,
    neighbours: options.Neighbours = None,
    with_aland: options.WithAland = False,
    population_file: options.PopulationFile = None,
    population_year: options.PopulationYear = None,
    roads: options.RoadsFile = None,
    time_limit: options.TimeLimit = 60.0,
    gap: options.Gap = 0.0,
    csv_file: options.CsvFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Show networks of which none is beaten by another in points, share of people covered and mean minutes at once.

    Every network tells what it is best in, and how far from the best possible it may be. Ctrl-C stops the search: every
    number of points has a network then, with the bound so far, and the exit code is 130.
    """
    counts = numbers_of(points_count)
    from luukku.network.front import front as drawn

    with searching("Searching for the best networks") as search:
        task = options.chosen_task(
            options.chosen_country(population_file, population_year),
            keep=keep,
            fix=fix,
            forbid=forbid,
            candidates=candidates,
            existing=existing,
            region=region,
            neighbours=neighbours,
            with_aland=with_aland,
            roads=roads,
        )
        found = search.run(
            lambda: drawn(
                task.problem,
                within=minutes or [60.0],
                points=counts,
                objectives=("covered", "access") if objective == "both" else (objective,),
                between=between or (),
                stop=search.stop(time_limit, gap),
            ),
        )
    if csv_file is not None:
        write_csv(csv_file, *_table(task, found))
    if as_json:
        print_json(_told(task, found))
    else:
        _show(task, found, language, on_roads=roads is not None)
        if csv_file is not None:
            say(f"→ {csv_file}")
    search.end()


def numbers_of(text: str) -> list[int]:
    """The numbers that "20-60", "20-60/5" or "20,30,45" mean.

    Raises typer.BadParameter for anything else.
    """
    counts: list[int] = []
    for part in text.replace(" ", "").split(","):
        if found := RANGE.fullmatch(part):
            first, last, step = int(found[1]), int(found[2]), int(found[3] or 1)
            if step < 1 or last < first:
                raise typer.BadParameter(f"{part} is no range: give the smaller number first, such as 20-60/5.")
            counts += [*range(first, last + 1, step)]
        elif part.isdecimal():
            counts.append(int(part))
        else:
            raise typer.BadParameter(f"{part!r} is no number of points. Give 20-60, 20-60/5 or 20,30,45.")
    return counts


def _told(task: Task, found: Front) -> dict[str, Any]:
    """Everything, with stable keys."""
    from luukku.plan.make import sources_of

    return {
        "country": task.country.name,
        "region": task.region.code if task.region else "",
        "candidates": task.candidates,
        "candidates_label": task.label,
        "people": float(task.cells.people.sum()),
        "horizon": task.times.horizon,
        "limits": list(found.limits),
        "networks": [
            {
                "points": of.points,
                "shares": {f"{limit:g}": share for limit, share in zip(found.limits, of.shares, strict=True)},
                "mean_minutes": of.mean_minutes,
                "beyond_horizon": _beyond(task, of),
                "best_in": of.best_in.objective,
                "within": of.best_in.within,
                "penalty": of.best_in.penalty,
                "value": of.value,
                "bound": of.bound,
                "gap": of.gap,
                "status": status_of(of.stopped_by),
                "sites": _codes(task, of),
            }
            for of in found.networks
        ],
        "seconds": round(found.seconds, 3),
        "sources": [source_json(source) for source in sources_of(task, (), ())],
    }


def _table(task: Task, found: Front) -> tuple[list[str], list[list[object]]]:
    """The networks as columns and rows of a CSV file."""
    heads = [
        "points",
        *(f"share_within_{limit:g}" for limit in found.limits),
        "mean_minutes",
        "beyond_horizon",
        "best_in",
        "within",
    ]
    heads += ["penalty", "value", "bound", "gap", "status", "sites"]
    rows: list[list[object]] = [
        [
            of.points,
            *of.shares,
            of.mean_minutes,
            _beyond(task, of),
            of.best_in.objective,
            of.best_in.within,
            of.best_in.penalty,
            of.value,
            of.bound,
            of.gap,
            status_of(of.stopped_by),
            " ".join(_codes(task, of)),
        ]
        for of in found.networks
    ]
    return heads, rows


def _codes(task: Task, of: FrontPoint) -> list[str]:
    return [str(task.sites.code[site]) for site in of.sites]


def _beyond(task: Task, of: FrontPoint) -> float:
    """People whom no point of a network reaches within the horizon of the travel times."""
    from luukku.network.median.uncapped import beyond

    return float(task.cells.people[beyond(task.problem, of.sites)].sum())


def _show(task: Task, found: Front, language: str, *, on_roads: bool) -> None:
    from luukku.plan.language import words
    from luukku.plan.make import sources_of

    speak = words(language)
    say(
        speak(
            "front.lead",
            networks=speak.number(len(found.networks)),
            people=speak.number(float(task.cells.people.sum())),
            given=speak.number(len(task.problem.fixed)),
            candidates=speak.number(task.candidates),
        )
    )
    heads = [
        speak("figure.points"),
        *(speak("figure.share", minutes=speak.minutes(limit)) for limit in found.limits),
        speak("figure.mean_minutes"),
        speak("front.best_in"),
        speak("front.proof"),
    ]
    rows = [
        [
            speak.number(of.points),
            *(speak.percent(share, 2) for share in of.shares),
            speak.minutes(of.mean_minutes, 1),
            speak(
                f"front.{'between' if of.best_in.penalty else of.best_in.objective}",
                minutes=speak.minutes(of.best_in.within),
                penalty=speak.minutes(of.best_in.penalty),
            ),
            speak("front.proved") if of.proved else speak("front.gap", gap=speak.percent(of.gap, 2)),
        ]
        for of in found.networks
    ]
    print_table("", heads, rows)
    say(speak("front.note"))
    left = [_beyond(task, of) for of in found.networks]
    told = {"least": speak.number(min(left)), "most": speak.number(max(left))}
    known = speak.minutes(task.times.horizon)
    left_out = "front.no_road" if on_roads else "front.capped"
    say(speak(left_out, minutes=known, **told) if any(left) else speak("front.true"))
    show_sources(sources_of(task, (), ()), speak("title.sources"))
