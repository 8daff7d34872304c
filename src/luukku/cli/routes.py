"""`luukku routes`: rounds of a service vehicle, or of officials' duty visits, for the people left over the limit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from luukku.cli.assumptions import ParametersFile, chosen_parameters, show_assumptions, show_sources_in
from luukku.cli.options import chosen_criteria
from luukku.cli.output import Json, Language, print_json, print_table, say
from luukku.cli.routes_words import phrase
from luukku.cli.search import searching

if TYPE_CHECKING:
    from luukku.country.model import Sites
    from luukku.network.problem import Progress
    from luukku.plan.language import Words
    from luukku.plan.model import Evaluated, Plan
    from luukku.plan.routes import Frequency, Kind, Left, Place, Round, Routes

NAMED = 5
"""Areas named in a line; JSON has them all."""

PROPOSED = ("remote-point", "vehicle", "pop-up", "duty-visit")
"""Light solutions by which people can be chosen."""


def routes(
    *,
    plan: Annotated[
        Path | None, typer.Option(help="A plan's folder: its points, limit and people over the limit.")
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(
            help="Points in place of a plan: centres, municipal-centres, joint, authority:CODE or a file.",
            show_default="centres",
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option(min=1.0, help="With --points: limit of a trip, minutes by car one way.", show_default="60"),
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="With --points: rounds for one region's people, by name or code.")
    ] = None,
    with_aland: Annotated[bool, typer.Option("--with-aland", help="With --points: count Åland too.")] = False,
    service: Annotated[
        Literal["vehicle", "duty-visit"],
        typer.Option(help="A service vehicle with staff on board, or officials who come by car on duty visits."),
    ] = "vehicle",
    frequency: Annotated[
        Literal["weekly", "fortnightly"], typer.Option(help="Every stop at least once a week or once a fortnight.")
    ] = "weekly",
    vehicles: Annotated[
        int | None, typer.Option(min=1, help="At most so many vehicles.", show_default="few that serve every stop")
    ] = None,
    stops: Annotated[
        int | None,
        typer.Option(min=1, help="So many stops that come near most people.", show_default="few that come near all"),
    ] = None,
    stops_at: Annotated[
        str | None,
        typer.Option(
            help="Where a stop may be: a set such as municipal-centres, or a file.",
            show_default="every inhabited area; municipal-centres for duty visits",
        ),
    ] = None,
    homes: Annotated[
        str | None,
        typer.Option(help="Where a vehicle stands overnight: a set or a file.", show_default="the points"),
    ] = None,
    proposed: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            help=f"Only for people of places with this light solution proposed: {', '.join(PROPOSED)}. Repeatable.",
            show_default="everybody",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Beginning of the search; the same gives the same rounds.")] = 0,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds after which the best rounds so far count.")
    ] = 60.0,
    parameters_file: ParametersFile = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write routes.json, rounds.csv and routes.geojson into.")
    ] = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Choose stops for the people left over the limit, and plan weekly or fortnightly rounds that serve them.

    Ctrl-C stops the search: the best rounds so far count, and the exit code is 130.
    """
    if plan is not None and (points, minutes, region, with_aland) != (None, None, None, False):
        raise typer.BadParameter("--points, --minutes, --region and --with-aland go without --plan, which has its own.")

    if unknown := sorted(set(proposed or ()) - set(PROPOSED)):
        raise typer.BadParameter(f"--for {unknown[0]!r} is not one of {', '.join(PROPOSED)}.")

    from luukku.country import finland
    from luukku.plan.routes import make_routes, refuse_other_folder, to_json, write_routes

    if out is not None:
        refuse_other_folder(out.absolute())
    parameters = chosen_parameters(parameters_file)
    kind: Kind = "vehicle" if service == "vehicle" else "duty_visit"
    with searching("Choosing stops", _vehicle_days) as search:
        found = _points(plan, points or "centres", minutes or 60.0, region, with_aland=with_aland)
        made = search.run(
            lambda: make_routes(
                found,
                country=finland(),
                kind=kind,
                frequency=frequency,
                vehicles=vehicles,
                stops=stops,
                places=_sites(stops_at),
                homes=_sites(homes),
                proposed=[each.replace("-", "_") for each in proposed or ()],
                parameters=parameters,
                seed=seed,
                stop=search.stop(time_limit),
            ),
        )
    if out is not None:
        write_routes(made, out)
    if as_json:
        print_json(to_json(made) | ({"folder": str(out)} if out is not None else {}))
    else:
        _show(made, language)
        if out is not None:
            say(f"→ {out}")
    search.end()


def _vehicle_days(now: Progress) -> str:
    return f"Searching: {now.value:,.0f} vehicle days, bound {now.bound:,.0f}"


def _points(
    plan: Path | None, points: str, minutes: float, region: str | None, *, with_aland: bool
) -> Plan | Evaluated:
    if plan is not None:
        from luukku.plan import read_plan

        return read_plan(plan)
    from luukku.plan import evaluate

    return evaluate(points, criteria=chosen_criteria(minutes, 10_000.0), region=region, with_aland=with_aland)


def _sites(spec: str | None) -> Sites | None:
    from luukku.country import finland
    from luukku.country.sites import parse_points

    return None if spec is None else parse_points(spec, finland()).sites


def _show(made: Routes, language: str) -> None:
    from luukku.plan.language import words

    speak = words(language)
    if made.label:
        say(made.label)
    if not made.over:
        say(phrase("nobody", language, limit=f"{made.limit:g}"))
        show_sources_in(made.sources, language)
        return
    say(
        phrase(
            "lead",
            language,
            title=phrase(f"service.{made.kind}", language),
            frequency=phrase(f"frequency.{made.frequency}", language),
            points=speak.number(made.points),
            over=speak.number(made.over),
            reached=speak.number(made.reached),
            near=speak.number(made.reached_near),
            limit=f"{made.limit:g}",
            ring=f"{made.near:g}",
        )
    )
    print_table("", (phrase("figure", language), phrase("value", language)), _figures(made, speak))
    heads = ("vehicle", "day", "leaves", "calls", "rest", "returns", "drive_minutes")
    names = {stop.code: stop.name for stop in made.stops}
    homes = {each.number: each.home_name for each in made.vehicles}
    rows = [_round(each, names, homes, made.frequency, language) for each in made.rounds]
    print_table(phrase("rounds", language), tuple(phrase(head, language) for head in heads), rows)
    columns = ("stop", "municipality", "people", "near", "visits", "short", "hours", "times", "proposed")
    titles = tuple(phrase(head, language, ring=f"{made.near:g}") for head in columns)
    print_table(phrase("title.stops", language), titles, [_stop(stop, speak) for stop in made.stops])
    for left in made.left:
        say(_left(left, made, speak))
    for refused in made.refused:
        about = {"name": refused.name, "code": refused.code, "minutes": str(refused.minutes)}
        why = "beyond" if refused.why == "too_far" and refused.minutes is None else refused.why
        say(phrase(f"refused.{why}", language, **about))
    for line in _status(made, language):
        say(line)
    show_assumptions(made.assumptions, language)
    show_sources_in(made.sources, language)


def _figures(made: Routes, speak: Words) -> list[tuple[str, str]]:
    cost = made.cost
    figures: tuple[tuple[str, float, int], ...] = (
        ("stops", len(made.stops), 0),
        ("vehicles", len(made.vehicles), 0),
        ("days", len(made.rounds), 0),
        ("open", made.open_a_week, 1),
        ("drive", made.drive_a_week, 1),
        ("work", made.work_a_week, 1),
        ("cost.vehicles", cost.vehicles / 100, 0),
        ("cost.driving", cost.driving / 100, 0),
        ("cost.staff", cost.staff / 100, 0),
        ("cost.total", cost.total / 100, 0),
    )
    return [(phrase(key, speak.language), speak.number(value, decimals)) for key, value, decimals in figures]


def _round(
    each: Round, names: dict[str, str], homes: dict[int, str], frequency: Frequency, language: str
) -> tuple[str, ...]:
    from luukku.plan.routes import clock

    day = phrase(f"weekday.{each.weekday}", language)
    if frequency == "fortnightly":
        day = phrase("week", language, day=day, week=str(each.week))
    return (
        f"{each.vehicle} {homes[each.vehicle]}",
        day,
        clock(each.leaves),
        "; ".join(f"{names[call.stop]} {clock(call.opens)}–{clock(call.closes)}" for call in each.calls),
        f"{clock(each.rest[0])}–{clock(each.rest[1])}" if each.rest else "",
        clock(each.returns),
        str(each.drive),
    )


def _stop(stop: Place, speak: Words) -> tuple[str, ...]:
    return (
        stop.name,
        stop.municipality_name.in_language(speak.language),
        speak.number(stop.people),
        speak.number(stop.near),
        speak.number(stop.visits_a_week, 1),
        speak.number(stop.short_a_week, 1) if stop.short_a_week else "",
        speak.number(stop.open_a_week, 2),
        str(stop.calls),
        speak(f"kind.{stop.proposed}") if stop.proposed else "",
    )


def _left(left: Left, made: Routes, speak: Words) -> str:
    names = ", ".join(left.names[:NAMED])
    if more := len(left.names) - NAMED:
        names = f"{names} {phrase('more', speak.language, count=str(more))}" if more > 0 else names
    about = {"people": speak.number(left.people), "limit": f"{made.limit:g}", "stops": str(len(made.stops))}
    return phrase(f"left.{left.why}", speak.language, names=names, **about)


def _status(made: Routes, language: str) -> list[str]:
    status = made.status
    about = {
        "stops": str(status.stops),
        "bound": str(status.stops_bound),
        "days": str(status.vehicle_days),
        "days_bound": str(status.vehicle_days_bound),
        "vehicles": str(status.vehicles),
        "vehicles_bound": str(status.vehicles_bound),
    }
    keys = ["status.heuristic", "status.stops"]
    keys.append("status.part" if any(stop.unmade for stop in made.stops) else "status.all")
    if status.stopped_by != "searched":
        keys.append(f"status.{status.stopped_by}")
    if made.permanent_funding:
        keys.append("funding")
    return [phrase(key, language, **about) for key in [*keys, "minutes"]]
