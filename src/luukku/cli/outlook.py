"""`luukku outlook`: the scenarios of 2030 and the planner's own, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from luukku.cli.assumptions import (
    ParametersFile,
    assumptions_json,
    chosen_parameters,
    refuse_missing,
    show_assumptions,
    show_sources_in,
    source_json,
)
from luukku.cli.output import Json, Language, print_json, print_table, progress, say

if TYPE_CHECKING:
    from luukku.outlook import Comparison, Parameter, Scenario

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Set scenarios of 2030 side by side.")

WORDS = {
    "fi": {
        "title": "Skenaariot rinnakkain",
        "measure": "Mittari",
        "people": "Käyntejä tekevät",
        "weeks": "Palveluviikkoja vuodessa",
        "standing": "oletus",
        "population": "Väestö",
    },
    "sv": {
        "title": "Scenarierna sida vid sida",
        "measure": "Mått",
        "people": "Invånare som gör besöken",
        "weeks": "Serviceveckor per år",
        "standing": "antagande",
        "population": "Befolkning",
    },
    "en": {
        "title": "Scenarios side by side",
        "measure": "Measure",
        "people": "People who make the visits",
        "weeks": "Service weeks a year",
        "standing": "assumption",
        "population": "Population",
    },
}


@app.callback()
def outlook() -> None:
    """Set scenarios of 2030 side by side."""


@app.command("compare")
def compare(
    *,
    plan: Annotated[
        Path | None, typer.Option(help="A plan's folder: adds its people, visits, space and costs in each scenario.")
    ] = None,
    scenarios_file: Annotated[
        Path | None,
        typer.Option("--scenarios", help="Own scenarios beside the three (TOML, docs/outlook.md)."),
    ] = None,
    parameters_file: ParametersFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Show slow change, the assumed course and fast change side by side, with own scenarios and a plan's figures."""
    from luukku.outlook import compare as compared
    from luukku.outlook import read_scenarios, scenarios, standard_measures
    from luukku.premises.costs.prices import PRICES
    from luukku.premises.program import USED

    with progress("Comparing the scenarios"):
        parameters = chosen_parameters(parameters_file)
        columns = scenarios()
        if scenarios_file is not None:
            refuse_missing(scenarios_file)
            columns = _together(columns, read_scenarios(scenarios_file))
        measures = standard_measures()
        weighing: tuple[Parameter, ...] = ()
        population: dict[int, str] = {}
        sources = [each.source for each in columns]
        if plan is not None:
            from luukku.country import finland
            from luukku.outlook import trend
            from luukku.plan import read_plan
            from luukku.plan.outlook import plan_measures

            country, made = finland(), read_plan(plan)
            years = sorted({each.year for each in columns})
            measures += plan_measures(made, country, years)
            weighing = parameters.shown(
                *USED, *PRICES, "municipal.", *(f"group.{name}." for name in country.cells.extra)
            )
            population = {year: trend(country.municipalities, year).label(language) for year in years}
            sources += [country.cells.source, *made.sources]
        found = compared(columns, measures, parameters)
    if as_json:
        told = _told(found, language)
        print_json(
            told
            | {
                "plan": None if plan is None else str(plan),
                "population": {str(year): label for year, label in population.items()},
                "assumptions": assumptions_json(weighing, language),
                "sources": [source_json(source) for source in dict.fromkeys(sources)],
            }
        )
        return
    words = WORDS[language]
    print_table(words["title"], (words["measure"], *(each.name(language) for each in columns)), _rows(found, language))
    for label in population.values():
        say(f"{words['population']}: {label}.")
    show_assumptions(weighing, language, _scenario_assumptions(columns, language))
    show_sources_in(sources, language)


def _together(shipped: tuple[Scenario, ...], own: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """The document's scenarios and the planner's; raises Contradiction when two have the same code."""
    from luukku.errors import Contradiction

    if same := {each.code for each in shipped} & {each.code for each in own}:
        raise Contradiction(
            f"Your own scenarios have the codes of the document's: {', '.join(sorted(same))}. Give yours other names."
        )
    return shipped + own


def _told(found: Comparison, language: str) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "code": each.code,
                "name": each.name(language),
                "year": each.year,
                "population": each.population,
                "weeks": each.weeks,
                "source": source_json(each.source),
            }
            for each in found.scenarios
        ],
        "measures": [
            {
                "code": measure.code,
                "name": measure.name(language),
                "unit": measure.unit,
                "values": {each.code: value for each, value in zip(found.scenarios, row, strict=True)},
            }
            for measure, row in zip(found.measures, found.values, strict=True)
        ],
    }


def _rows(found: Comparison, language: str) -> list[tuple[str, ...]]:
    from luukku.plan.language import words

    speak = words(language)

    def shown(value: float, unit: str) -> str:
        if unit == "0-1":
            return speak.percent(value)
        return speak.number(value, 1 if unit == "m2/htv" else 0)

    return [
        (
            measure.name(language) + (f" ({measure.unit})" if measure.unit not in ("", "0-1") else ""),
            *(shown(value, measure.unit) for value in row),
        )
        for measure, row in zip(found.measures, found.values, strict=True)
    ]


def _scenario_assumptions(columns: tuple[Scenario, ...], language: str) -> list[str]:
    """The two fitted values that turn visits a year into visits a week, by scenario when they differ."""
    from luukku.plan.language import words

    speak, mine = words(language), WORDS[language]
    lines: dict[str, None] = {}
    for each in columns:
        lines[f"{mine['people']}: {speak.number(each.population)} ({mine['standing']})"] = None
        lines[f"{mine['weeks']}: {each.weeks:g} ({mine['standing']})"] = None
    return list(lines)
