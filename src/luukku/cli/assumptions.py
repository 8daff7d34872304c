"""Parameters on the command line: the planner's file of them, and how firm each is, shown beside what it weighs in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from luukku.cli.output import say, show_sources

if TYPE_CHECKING:
    from luukku.country.provenance import Source
    from luukku.outlook import Parameter, Parameters

ParametersFile = Annotated[
    Path | None,
    typer.Option(
        "--parameters",
        help="Own values in the place of the shipped examples: CSV with the columns name and value (docs/outlook.md).",
    ),
]

TITLES = {
    "fi": ("Oletukset, jotka tässä painavat", "Lähteet"),
    "sv": ("Antaganden som väger här", "Källor"),
    "en": ("Assumptions that weigh here", "Sources"),
}


def chosen_parameters(path: Path | None) -> Parameters:
    """The shipped parameters, with those of the planner's file in their place when one is given. Raises BadInput."""
    from luukku.outlook import default_parameters, read_parameters

    if path is None:
        return default_parameters()
    refuse_missing(path)
    return read_parameters(path)


def refuse_missing(path: Path) -> None:
    """Raise BadInput when the file cannot be opened or is empty."""
    from luukku.country.readers.contents import contents

    contents(path)


def assumptions_json(parameters: Iterable[Parameter], language: str) -> list[dict[str, Any]]:
    """The parameters as JSON; `standing` says how firm a value is, such as "example, not a fact"."""
    from luukku.outlook.parameters import STATUS_WORDS

    return [
        {
            "name": parameter.name,
            "value": parameter.value,
            "low": parameter.low,
            "high": parameter.high,
            "unit": parameter.unit,
            "status": parameter.status,
            "standing": STATUS_WORDS[language][parameter.status],
            "meaning": parameter.meaning(language),
            "source": parameter.source,
        }
        for parameter in parameters
    ]


def show_assumptions(parameters: Iterable[Parameter], language: str, more: Sequence[str] = ()) -> None:
    """Print what the figures above rest on, one line each with how firm it is; `more` are lines of other kinds."""
    say(f"{TITLES[language][0]}:")
    for line in (*more, *(parameter.label(language) for parameter in parameters)):
        say(f"  - {line}")


def show_sources_in(sources: Iterable[Source], language: str) -> None:
    """Print numbered sources under their title, each once."""
    show_sources(dict.fromkeys(sources), TITLES[language][1])


def source_json(source: Source) -> dict[str, Any]:
    """A source as JSON."""
    return {"name": source.name, "where": source.where, "date": source.date, "indicative": source.indicative}
