"""`luukku next`: which point to open next, or the order in which to open a network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from luukku.cli import options
from luukku.cli.assumptions import source_json
from luukku.cli.output import Json, Language, print_json, print_table, say, show_sources, write_csv
from luukku.cli.search import searching, status_of

if TYPE_CHECKING:
    from luukku.network.sequence import Opening, Prospect
    from luukku.plan.language import Words
    from luukku.plan.task import Task


PROSPECT = ("code", "name", "municipality", "gained", "saved_person_minutes", "people_within", "people_nearest")
OPENING = (
    "step",
    "code",
    "name",
    "municipality",
    "value",
    "gain",
    "bound",
    "share_of_best",
    "proved",
    "beyond_horizon",
)
"""Keys of the rows of both answers, in JSON and as columns of CSV."""


def next_points(
    *,
    order_of: Annotated[
        str | None,
        typer.Option("--order-of", help="Network to bring into an order of opening: a plan folder, a set or a file."),
    ] = None,
    points_count: Annotated[
        int | None, typer.Option(min=1, help="How many points to open one after another, among all candidates.")
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, help="How many candidates to tell when neither of the two is given, best first.")
    ] = 10,
    objective: Annotated[
        Literal["covered", "access"],
        typer.Option(help="What the next point is to be best in: most people covered, or least person-minutes."),
    ] = "covered",
    minutes: options.Minutes = 60.0,
    existing: options.Existing = None,
    keep: options.Keep = "centres",
    fix: options.Fix = None,
    forbid: options.Forbid = None,
    candidates: options.Candidates = "default",
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
    """Show which point to open next and what every candidate would bring, or the order in which to open points.

    What is kept, fixed or existing stands from the start. An order shows at every step its share of the best possible
    with as many points. Ctrl-C stops the search for bounds: the order is told with the bounds so far, exit code 130.
    """
    if order_of is not None and points_count is not None:
        raise typer.BadParameter("Give either --order-of or --points-count, not both.")
    from luukku.network import sequence

    with searching("Weighing the candidates") as search:
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
            network=order_of,
        )
        if order_of is None and points_count is None:
            tried = sequence.next_points(task.problem, within=minutes, objective=objective, most=most)
            rows = [_prospect(task, prospect) for prospect in tried]
            told = {"tried": len(sequence.from_today(task.problem).candidates), "prospects": rows}
        else:
            network = task.wanted if order_of is not None else None
            found = search.run(
                lambda: sequence.opening_sequence(
                    task.problem,
                    within=minutes,
                    order_of=network,
                    points=points_count,
                    objective=objective,
                    stop=search.stop(time_limit, gap),
                ),
            )
            left = _beyond(task, [opening.site for opening in found.openings])
            steps = enumerate(zip(found.openings, left, strict=True), 1)
            rows = [_opening(task, step, opening, people) for step, (opening, people) in steps]
            told = {
                "before": found.before,
                "openings": rows,
                "status": status_of(found.stopped_by),
                "seconds": round(found.seconds, 3),
            }
    told = _asked(task, minutes, objective) | told
    if csv_file is not None:
        heads = PROSPECT if "prospects" in told else OPENING
        write_csv(csv_file, heads, [list(row.values()) for row in rows])
    if as_json:
        print_json(told)
    else:
        _show(task, told, language, on_roads=roads is not None)
        if csv_file is not None:
            say(f"→ {csv_file}")
    search.end()


def _asked(task: Task, minutes: float, objective: str) -> dict[str, Any]:
    """What every answer tells besides its rows."""
    from luukku.network.sequence import from_today
    from luukku.plan.make import sources_of

    return {
        "country": task.country.name,
        "region": task.region.code if task.region else "",
        "candidates": task.candidates,
        "candidates_label": task.label,
        "people": float(task.cells.people.sum()),
        "horizon": task.times.horizon,
        "minutes": minutes,
        "objective": objective,
        "standing": [str(task.sites.code[site]) for site in sorted(from_today(task.problem).open)],
        "sources": [source_json(source) for source in sources_of(task, (), ())],
    }


def _place(task: Task, site: int) -> tuple[str, str, str]:
    return str(task.sites.code[site]), str(task.sites.name[site]), str(task.sites.municipality[site])


def _prospect(task: Task, of: Prospect) -> dict[str, Any]:
    values = (*_place(task, of.site), of.gained, of.saved, of.within, of.nearest)
    return dict(zip(PROSPECT, values, strict=True))


def _opening(task: Task, step: int, of: Opening, beyond: float) -> dict[str, Any]:
    values = (step, *_place(task, of.site), of.value, of.gain, of.bound, of.share, of.proved, beyond)
    return dict(zip(OPENING, values, strict=True))


def _show(task: Task, told: dict[str, Any], language: str, *, on_roads: bool) -> None:
    from luukku.plan.language import words
    from luukku.plan.make import sources_of

    speak = words(language)
    say(speak("next.standing", count=speak.number(len(told["standing"]))))
    if "prospects" in told:
        _show_prospects(task, told, speak)
    else:
        _show_order(task, told, speak, on_roads=on_roads)
    show_sources(sources_of(task, (), ()), speak("title.sources"))


def _show_prospects(task: Task, told: dict[str, Any], speak: Words) -> None:
    from luukku.plan.assess import names_of_town

    everybody = max(told["people"], 1e-9)
    heads = [
        speak("head.point"),
        speak("head.municipality"),
        speak("next.gained", minutes=speak.minutes(told["minutes"])),
        speak("next.shorter"),
        speak("head.within"),
        speak("head.nearest"),
    ]
    rows = [
        [
            row["name"],
            names_of_town(task.country, row["municipality"]).in_language(speak.language),
            speak.number(row["gained"]),
            speak.minutes(row["saved_person_minutes"] / everybody, 2),
            speak.number(row["people_within"]),
            speak.number(row["people_nearest"]),
        ]
        for row in told["prospects"]
    ]
    print_table("", heads, rows)
    say(speak("next.tried", count=speak.number(told["tried"])))


def _show_order(task: Task, told: dict[str, Any], speak: Words, *, on_roads: bool) -> None:
    from luukku.plan.assess import names_of_town

    everybody, covered = max(told["people"], 1e-9), told["objective"] == "covered"

    def shown(value: float) -> str:
        return speak.percent(value / everybody, 2) if covered else speak.minutes(value / everybody, 2)

    def gained(value: float) -> str:
        return speak.number(value) if covered else speak.minutes(value / everybody, 2)

    limit = speak.minutes(told["minutes"])
    heads = [
        speak("next.step"),
        speak("head.point"),
        speak("head.municipality"),
        speak("figure.share", minutes=limit) if covered else speak("figure.mean_minutes"),
        speak("next.gained", minutes=limit) if covered else speak("next.shorter"),
        speak("next.share_of_best"),
    ]
    rows = [
        [
            speak.number(row["step"]),
            row["name"],
            names_of_town(task.country, row["municipality"]).in_language(speak.language),
            shown(row["value"]),
            gained(row["gain"]),
            speak("front.proved")
            if row["proved"]
            else speak("next.least", share=speak.percent(row["share_of_best"], 2)),
        ]
        for row in told["openings"]
    ]
    say(speak("next.before", value=shown(told["before"])))
    print_table("", heads, rows)
    say(speak("next.note"))
    if not covered and (opened := told["openings"]):
        first, last = (row["beyond_horizon"] for row in (opened[0], opened[-1]))
        people = {"first": speak.number(first), "last": speak.number(last)}
        known = speak.minutes(task.times.horizon)
        left_out = "next.no_road" if on_roads else "next.capped"
        say(speak(left_out, minutes=known, **people) if first else speak("next.true"))


def _beyond(task: Task, sites: Iterable[int]) -> list[float]:
    """(steps,) people whom no point reaches within the horizon of the travel times, once each site has opened too."""
    import numpy as np

    from luukku.network.median.uncapped import beyond
    from luukku.network.sequence import from_today

    left = np.zeros(len(task.cells), dtype=np.bool_)
    left[beyond(from_today(task.problem), ())] = True
    people = []
    for site in sites:
        left[task.times.of(site)[0]] = False
        people.append(float(task.cells.people[left].sum()))
    return people
