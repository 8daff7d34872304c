"""What `luukku costs` and `luukku phase` share: the network, its scenario and premises, and what is told of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from luukku.cli.assumptions import assumptions_json, chosen_parameters, show_assumptions, show_sources_in, source_json
from luukku.cli.impact_words import phrase
from luukku.cli.output import say

if TYPE_CHECKING:
    from luukku.country.model import Country
    from luukku.plan.impact import Impact, Network, Terms
    from luukku.premises import Premises

SHOWN = 50
"""Rows shown of a list; JSON has them all."""
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]

Points = Annotated[
    str,
    typer.Option(
        "--points",
        help="A plan's folder, or centres, municipal-centres, joint, authority:CODE, or a file of points.",
    ),
]
Region = Annotated[str | None, typer.Option(help="Take the people and premises of one region only, by name or code.")]
ScenarioCode = Annotated[str, typer.Option("--scenario", help="slow, assumed or fast, or a code of --scenarios.")]
ScenariosFile = Annotated[
    Path | None, typer.Option("--scenarios", help="File of own scenarios (TOML, docs/outlook.md).")
]
PremisesFile = Annotated[
    Path | None,
    typer.Option("--premises", help="List of today's premises (CSV or XLSX). Without it an example list, not a fact."),
]
Decided = Annotated[
    datetime | None,
    typer.Option(formats=DAYS, help="Day on which notice of leases can be given.", show_default="in --first"),
]


def chosen_network(points: str, region: str | None) -> tuple[Country, Network, str]:
    """The country, the network that the options mean, and what it is called."""
    from luukku.country import finland
    from luukku.plan.impact import named_network

    country = finland()
    return country, *named_network(points, country, region=region or "")


def chosen_premises(path: Path | None, country: Country) -> Premises | None:
    """The list of premises of the file, when one is given. Raises BadInput."""
    from luukku.premises import read_premises

    return None if path is None else read_premises(path, country)


def chosen_impact(
    country: Country,
    network: Network,
    scenario: str,
    *,
    scenarios_file: Path | None,
    premises: Premises | None,
    parameters_file: Path | None,
    terms: Terms,
) -> Impact:
    """The impact that the options ask for. Raises BadInput, and UnknownPlace for a scenario that nobody knows."""
    from luukku.errors import UnknownPlace
    from luukku.outlook import read_scenarios
    from luukku.outlook import scenario as shipped
    from luukku.plan.impact import impact

    parameters = chosen_parameters(parameters_file)
    if scenarios_file is None:
        chosen = shipped(scenario)
    else:
        from luukku.cli.assumptions import refuse_missing

        refuse_missing(scenarios_file)
        own = {each.code: each for each in read_scenarios(scenarios_file)}
        if scenario not in own:
            raise UnknownPlace(f"No scenario of {scenarios_file} is called {scenario!r}. It has: {', '.join(own)}.")
        chosen = own[scenario]
    return impact(network, country, chosen, parameters, premises=premises, terms=terms)


def premises_json(found: Impact, language: str) -> dict[str, Any]:
    """Which premises count; `notice` tells when they are the example list."""
    from luukku.plan.impact.example import WORDS

    return {
        "source": found.premises.source.name,
        "example": found.example,
        "notice": WORDS[language] if found.example else "",
        "units": len(found.premises),
        "left_out": found.left_out,
    }


def standing_json(found: Impact, label: str, language: str) -> dict[str, Any]:
    """What the figures are of, and on what they rest."""
    return {
        "points": len(found.network.points),
        "label": label,
        "scenario": {
            "code": found.scenario.code,
            "name": found.scenario.name(language),
            "year": found.scenario.year,
        },
        "population": found.projection.label(language),
        "premises": premises_json(found, language),
        "assumptions": assumptions_json(found.assumptions, language),
        "sources": [source_json(source) for source in found.sources],
    }


def show_what(found: Impact, label: str, language: str) -> None:
    """Print what the figures are of; an example list is told before any figure."""
    from luukku.plan.impact.example import WORDS
    from luukku.plan.language import words

    number = words(language).number
    say(
        phrase(
            "of",
            language,
            points=number(len(found.network.points)),
            label=label,
            scenario=found.scenario.name(language),
        )
    )
    say(phrase("population", language, label=found.projection.label(language)))
    if found.example:
        say(WORDS[language])
        return
    counts = {"units": number(len(found.premises)), "left": number(found.left_out)}
    say(phrase("premises", language, file=found.premises.source.name, **counts))


def show_ground(found: Impact, language: str, more: Sequence[str]) -> None:
    """Print the assumptions that weigh, and the sources."""
    show_assumptions(found.assumptions, language, more)
    show_sources_in(found.sources, language)


def town_names(found: Impact, language: str) -> dict[str, str]:
    """{municipality code: its name}."""
    return {each.code: each.name_sv if language == "sv" else each.name_fi for each in found.country.municipalities}


def joint_names(found: Impact, language: str) -> dict[str, str]:
    """{code of a joint point or office: what to call it}."""
    from luukku.plan.impact.costs import OFFICE

    towns = town_names(found, language)
    names = dict(zip(found.network.points.code.tolist(), found.network.points.name.tolist(), strict=True))
    for place in found.offices.places:
        names[OFFICE + place.municipality] = phrase("office", language, town=towns[place.municipality])
    return names


def day(value: date | None) -> str | None:
    """A day as 2026-12-31."""
    return None if value is None else value.isoformat()


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV that a spreadsheet program opens (UTF-8 with a mark, semicolons). Raises BadInput."""
    from luukku.country.readers.faults import refuse

    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(columns)
            writer.writerows([_safe(cell) for cell in row] for row in rows)
    except OSError as error:
        raise refuse(
            path, f"it cannot be written ({error.strerror})", "a file in a folder of yours", "choose another place"
        ) from None


def _safe(cell: object) -> object:
    """A text that a spreadsheet program would take for a formula, with an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
