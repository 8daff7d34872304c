"""`luukku evaluate`: how near people are to given points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from luukku.cli import options
from luukku.cli.output import Json, Language, print_json, print_table, progress, say, show_sources

if TYPE_CHECKING:
    from luukku.plan.language import Words
    from luukku.plan.model import Comparison, Evaluated, Plan

Points = Annotated[
    str,
    typer.Option(
        "--points",
        help="centres, municipal-centres, joint, authority:CODE, authority:all, a file of points or a plan's folder.",
    ),
]
Region = Annotated[str | None, typer.Option(help="Count the people of one region only, by name or code.")]


def evaluate(
    *,
    points: Points = "centres",
    minutes: options.Minutes = 60.0,
    region: Region = None,
    with_aland: options.WithAland = False,
    population_file: options.PopulationFile = None,
    population_year: options.PopulationYear = None,
    timetable: options.Timetable = None,
    base: options.Base = 10_000.0,
    visits: options.Visits = 2_000_000.0,
    weeks: options.Weeks = 47.0,
    visiting_people: options.VisitingPeople = 5_500_000.0,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Count the people within the limit of given points, their bases and visits, and who is left out."""
    from luukku.plan import evaluate as evaluated
    from luukku.plan.document import evaluated_json

    with progress("Counting people"):
        found = evaluated(
            points,
            country=options.chosen_country(population_file, population_year),
            criteria=options.chosen_criteria(minutes, base, visits, weeks, visiting_people),
            region=region,
            with_aland=with_aland,
            transit_of=options.chosen_transit(timetable),
        )
    if as_json:
        print_json(evaluated_json(found))
    else:
        _show(found, language)


def _show(found: Evaluated, language: str) -> None:
    from luukku.plan.language import words
    from luukku.plan.wording import figure_rows, left_out_rows, point_heads, point_row, visits_note

    speak = words(language)
    say(found.label)
    print_table("", (speak("head.figure"), speak("head.value")), figure_rows(found, speak))
    say(visits_note(found, speak))
    show_modes(found, speak)
    show_comparisons(found.comparisons, speak)
    print_table(
        speak("title.points"), point_heads(found, speak), [point_row(found, point, speak) for point in found.points]
    )
    if found.figures.left_out:
        heads = tuple(speak(f"head.{key}") for key in ("municipality", "people", "of"))
        print_table(speak("title.left_out"), heads, left_out_rows(found, speak))
    show_sources(found.sources, speak("title.sources"))


def show_modes(found: Plan | Evaluated, speak: Words) -> None:
    """Print how near people are by car and by public transport, when both were counted."""
    from luukku.plan.wording import mode_heads, mode_rows

    if found.modes:
        print_table(speak("title.modes"), mode_heads(found, speak), mode_rows(found, speak))
        say(speak("text.modes"))


def show_comparisons(comparisons: tuple[Comparison, ...], speak: Words) -> None:
    """Print our figures beside those of other sources, and where the differences can come from."""
    from luukku.plan.wording import comparison_heads, comparison_notes, comparison_rows

    if not comparisons:
        return
    print_table(speak("title.comparisons"), comparison_heads(speak), comparison_rows(comparisons, speak))
    for note in comparison_notes(comparisons, speak):
        say(note)
