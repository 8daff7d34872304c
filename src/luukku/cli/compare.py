"""`luukku compare A B`: two plans, or two sets of points, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from luukku.cli import options
from luukku.cli.evaluate import Region
from luukku.cli.output import Json, Language, print_json, print_table, progress, say, show_sources

if TYPE_CHECKING:
    from luukku.plan.compare import Compared, Line
    from luukku.plan.language import Words

SHOWN = 30
"""Municipalities shown in the table; JSON has them all."""

Points = Annotated[str, typer.Argument(show_default=False, help="A plan's folder, or points as in `luukku evaluate`.")]


def compare(
    first: Points,
    second: Points,
    *,
    minutes: options.Minutes = 60.0,
    region: Region = None,
    with_aland: options.WithAland = False,
    population_file: options.PopulationFile = None,
    population_year: options.PopulationYear = None,
    base: options.Base = 10_000.0,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Show which points open and close from A to B, who gains and who loses, and the figures of both."""
    from luukku.plan import evaluate
    from luukku.plan.compare import compare as compared
    from luukku.plan.document import compared_json

    with progress("Counting people"):
        country = options.chosen_country(population_file, population_year)
        criteria = options.chosen_criteria(minutes, base)
        one, other = (
            evaluate(points, country=country, criteria=criteria, region=region, with_aland=with_aland)
            for points in (first, second)
        )
        found = compared(one, other)
    if as_json:
        print_json(compared_json(found))
    else:
        _show(found, language)


def _show(found: Compared, language: str) -> None:
    from luukku.plan.language import words
    from luukku.plan.wording import point_name

    speak = words(language)
    say(f"A: {found.first.label}")
    say(f"B: {found.second.label}")
    heads = (speak("head.figure"), "A", "B", speak("head.difference"))
    print_table("", heads, [_line(line, speak, found.first.criteria.minutes) for line in found.lines])
    for title, points in (("title.opened", found.opened), ("title.closed", found.closed)):
        names = ", ".join(point_name(point, speak) for point in points) or speak("text.nothing")
        say(f"{speak(title)} ({len(points)}): {names}")
    values = {name: speak.number(getattr(found, name)) for name in ("nearer", "farther", "gain", "lose")}
    say(speak("text.change", **values))
    if found.changes:
        columns = tuple(speak(f"head.{key}") for key in ("municipality", "people", "nearer", "farther", "gain", "lose"))
        rows = [
            (
                change.municipality_name.in_language(language) or speak("text.no_municipality"),
                *(speak.number(getattr(change, name)) for name in ("people", "nearer", "farther", "gain", "lose")),
            )
            for change in found.changes[:SHOWN]
        ]
        print_table(speak("title.changes"), columns, rows)
        if len(found.changes) > SHOWN:
            say(speak("text.more", count=speak.number(len(found.changes) - SHOWN)))
    show_sources(found.first.sources, speak("title.sources"))


def _line(line: Line, speak: Words, limit: float) -> tuple[str, ...]:
    def shown(value: float) -> str:
        if line.unit == "share":
            return speak.percent(value, 2)
        if line.unit == "minutes":
            return speak.minutes(value, 1)
        return speak.number(value)

    name = {
        "share": "share",
        "worst_tenth_minutes": "worst_tenth",
        "points_under_base_within": "under_base_within",
        "points_under_base_nearest": "under_base_nearest",
    }.get(line.name, line.name)
    title = speak(f"figure.{name}", minutes=speak.minutes(limit), base=speak.number(10_000))
    moved = speak.points(line.difference, 2) if line.unit == "share" else shown(line.difference)
    return title, shown(line.first), shown(line.second), moved
