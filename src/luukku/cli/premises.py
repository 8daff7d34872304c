"""`luukku premises`: a list of premises as it is, and the space programme of joint points."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from luukku.cli.assumptions import (
    ParametersFile,
    assumptions_json,
    chosen_parameters,
    show_assumptions,
    show_sources_in,
    source_json,
)
from luukku.cli.output import Json, Language, print_json, print_table, progress, say
from luukku.cli.premises_words import NOT_TOLD, phrase

if TYPE_CHECKING:
    from luukku.outlook import Parameters
    from luukku.plan.model import Plan
    from luukku.premises import Finding, PointSpaces, Premises, Release, SpaceProgram
    from luukku.premises.offices import Efficiency

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check premises and size joint points.")

SHOWN = 50
"""Units shown in a table; JSON has them all."""
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
ALL_PLACES = ("counter", "self_service", "remote", "expert", "seat", "back_office")


@app.command("template")
def template(
    file: Annotated[Path, typer.Argument(help="File to write; it ends in .xlsx or .csv.")], as_json: Json = False
) -> None:
    """Write an empty list of premises with the columns that Luukku reads, ready to be filled in."""
    from luukku.premises import write_premises_template

    write_premises_template(file)
    if as_json:
        print_json({"file": str(file)})
    else:
        say(f"Wrote {file}.")


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="List of premises (CSV or XLSX), such as the register HTH exports.")],
    *,
    decided: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="Day on which notice can be given.", show_default="today")
    ] = None,
    ready: Annotated[
        datetime | None,
        typer.Option(formats=DAYS, help="First day in the new premises.", show_default="the day of --decided"),
    ] = None,
    units: Annotated[
        list[str] | None, typer.Option("--unit", help="Unit that is given up; repeatable. Default: all in the reform.")
    ] = None,
    parameters_file: ParametersFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Read a list of premises: how efficient offices are, when each lease can end, what goes against the reform."""
    import numpy as np

    from luukku.country import finland
    from luukku.premises import efficiency, emptied, out_of_scope, read_premises, release_list

    with progress("Reading the premises"):
        country, parameters = finland(), chosen_parameters(parameters_file)
        premises = read_premises(file, country)
        reasons = out_of_scope(premises)
        inside = premises.take(np.array([not reason for reason in reasons], dtype=np.bool_))
        notice = datetime.now(UTC).date() if decided is None else decided.date()
        move = notice if ready is None else ready.date()
        chosen = units or inside.unit.tolist()
        releases = release_list(premises, dict.fromkeys(chosen, move), decided=notice)
        told = {
            "file": str(file),
            "units": len(premises),
            "in_reform": len(inside),
            "decided": notice.isoformat(),
            "ready": move.isoformat(),
            "efficiency": [_efficiency_json(each, parameters) for each in efficiency(inside)],
            "releases": [_release_json(each) for each in releases],
            "undated": sum(each.ends is None for each in releases),
            "emptied_addresses": list(emptied(premises, releases)),
            "left_out": _left_out(premises, reasons, language),
            "findings": [_finding_json(each, language) for each in _over_target(inside, parameters)],
            "not_told_by_a_list": _not_told(language),
            "assumptions": assumptions_json(parameters.shown("office.target"), language),
            "sources": [source_json(premises.source)],
        }
    if as_json:
        print_json(told)
        return
    names = {each.code: each.name_sv if language == "sv" else each.name_fi for each in country.municipalities}
    _show_check(told, names, language)
    show_assumptions(parameters.shown("office.target"), language)
    show_sources_in([premises.source], language)


@app.command("program")
def program(
    *,
    plan: Annotated[Path | None, typer.Option(help="A plan's folder: size every point of it.")] = None,
    visits: Annotated[
        float | None, typer.Option(min=0.0, help="Visits a week: size one point with so many, in all channels.")
    ] = None,
    scenario: Annotated[
        str, typer.Option(help="With --plan, whose visits: slow, assumed or fast (docs/outlook.md).")
    ] = "assumed",
    parameters_file: ParametersFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Size joint points from their visits: counters, self-service places, rooms, seats, back-office, in m2."""
    if (plan is None) == (visits is None):
        raise typer.BadParameter("Give either --plan or --visits.")
    parameters = chosen_parameters(parameters_file)
    if plan is not None:
        _program_of_plan(plan, scenario, parameters, language, as_json=as_json)
    elif visits is not None:
        _program_of_visits(visits, parameters, language, as_json=as_json)


def _program_of_visits(visits: float, parameters: Parameters, language: str, *, as_json: bool) -> None:
    from luukku.outlook import CHANNELS
    from luukku.outlook.visits import channel_shares
    from luukku.premises import space_program

    shares, _ = channel_shares(parameters)
    found = space_program(dict(zip(CHANNELS, (visits * shares).tolist(), strict=True)), parameters)
    if as_json:
        print_json(_program_json(found) | {"assumptions": assumptions_json(found.assumptions, language)})
        return
    from luukku.plan.language import words

    speak = words(language)
    rows = [
        (
            phrase(f"kind.{kind}", language),
            speak.number(found.places[kind]) if kind in found.places else "",
            speak.number(m2, 1),
            speak.percent(found.attained[kind]) if kind in found.attained else "",
        )
        for kind, m2 in found.m2.items()
    ]
    rows.append((phrase("total", language), "", speak.number(found.total_m2, 1), ""))
    heads = tuple(phrase(key, language) for key in ("space", "places", "m2", "attained"))
    print_table(phrase("program", language, visits=speak.number(sum(found.a_week.values()))), heads, rows)
    say(
        phrase(
            "hours",
            language,
            staff=speak.number(found.staff_hours, 1),
            open=speak.number(found.open_hours, 1),
        )
    )
    show_assumptions(found.assumptions, language)


def _program_of_plan(folder: Path, code: str, parameters: Parameters, language: str, *, as_json: bool) -> None:
    from luukku.country import finland
    from luukku.outlook import scenario as scenario_of
    from luukku.outlook import visits
    from luukku.plan import read_plan
    from luukku.plan.outlook import served
    from luukku.premises import point_spaces
    from luukku.premises.program import USED

    with progress("Sizing the points"):
        made, chosen = read_plan(folder), scenario_of(code)
        there = served(made, finland(), chosen.year)
        coming = visits(there.cells, chosen, parameters)
        spaces = point_spaces(coming, there.point_of_cell, len(made.points), parameters)
    elsewhere = float(coming.by_cell[there.planned & (there.point_of_cell < 0)].sum())
    # Groups whose people are not counted in the cells do not weigh.
    weighing = parameters.shown(*USED, "municipal.", *(f"group.{name}." for name in there.cells.extra))
    sources = [chosen.source, there.cells.source, *made.sources]
    if as_json:
        print_json(
            {
                "plan": str(folder),
                "scenario": {"code": chosen.code, "name": chosen.name(language), "year": chosen.year},
                "population": there.projection.label(language),
                "points": [
                    {"code": point.code, "name": point.name} | _program_json(each)
                    for point, each in zip(made.points, spaces.programs, strict=True)
                ],
                "total_m2": spaces.total_m2,
                "visits_a_week_elsewhere": elsewhere,
                "assumptions": assumptions_json(weighing, language),
                "sources": [source_json(source) for source in dict.fromkeys(sources)],
            }
        )
        return
    _show_points(made, spaces, language, chosen.name(language))
    from luukku.plan.language import words

    say(phrase("elsewhere", language, visits=words(language).number(elsewhere)))
    say(f"{phrase('population', language)}: {there.projection.label(language)}.")
    show_assumptions(weighing, language)
    show_sources_in(sources, language)


def _show_points(made: Plan, spaces: PointSpaces, language: str, scenario: str) -> None:
    from luukku.plan.language import words
    from luukku.plan.wording import point_name

    speak = words(language)
    rows = [
        (
            point_name(point, speak),
            speak.number(sum(each.a_week.values())),
            *(str(each.places[kind]) for kind in ALL_PLACES),
            speak.number(each.total_m2),
        )
        for point, each in zip(made.points, spaces.programs, strict=True)
    ]
    a_week = sum(sum(each.a_week.values()) for each in spaces.programs)
    sums = [speak.number(sum(each.places[kind] for each in spaces.programs)) for kind in ALL_PLACES]
    rows.append((phrase("total", language), speak.number(a_week), *sums, speak.number(spaces.total_m2)))
    heads = (
        speak("head.point"),
        speak("head.visits"),
        *(phrase(f"kind.{kind}", language) for kind in ALL_PLACES),
        phrase("m2", language),
    )
    print_table(phrase("points", language, scenario=scenario), heads, rows)


def _show_check(told: dict[str, Any], names: dict[str, str], language: str) -> None:
    from luukku.plan.language import words

    speak = words(language)
    say(phrase("read", language, units=speak.number(told["units"]), inside=speak.number(told["in_reform"])))
    print_table(
        phrase("efficiency", language),
        tuple(
            phrase(key, language) for key in ("authority", "measure", "m2", "person_years", "a_person_year", "untold")
        ),
        [
            (
                row["authority"] or phrase("all", language),
                row["measure"],
                speak.number(row["m2"]),
                speak.number(row["person_years"], 1),
                "" if row["m2_a_person_year"] is None else speak.number(row["m2_a_person_year"], 1),
                speak.number(row["units_untold"]),
            )
            for row in told["efficiency"]
        ],
    )
    print_table(
        phrase("releases", language, ready=told["ready"], decided=told["decided"]),
        tuple(
            phrase(key, language)
            for key in ("unit", "municipality", "authority", "m2", "rent", "ends", "double", "prolong")
        ),
        [
            (
                row["unit"],
                names.get(row["municipality"], row["municipality"]),
                row["authority"],
                speak.number(row["m2"]),
                "" if row["rent_eur_a_year"] is None else speak.number(row["rent_eur_a_year"]),
                row["ends"] or phrase("undated", language),
                "" if row["double_days"] is None else speak.number(row["double_days"]),
                speak.number(row["gap_days"]),
            )
            for row in told["releases"][:SHOWN]
        ],
    )
    if len(told["releases"]) > SHOWN:
        say(phrase("more", language, count=speak.number(len(told["releases"]) - SHOWN)))
    if told["emptied_addresses"]:
        addresses = told["emptied_addresses"]
        more = ", ..." if len(addresses) > SHOWN else ""
        count = speak.number(len(addresses))
        say(phrase("emptied", language, count=count, addresses=", ".join(addresses[:SHOWN]) + more))
    if told["undated"]:
        say(phrase("undated_count", language, count=speak.number(told["undated"])))
    say(phrase("compliance", language))
    lines = [f"{row['unit']}: {row['text']} ({row['lines']})" for row in told["left_out"]]
    lines += [f"{row['address']}: {row['text']} ({row['lines']})" for row in told["findings"]]
    for line in lines[:SHOWN] or [phrase("nothing", language)]:
        say(f"  - {line}")
    if len(lines) > SHOWN:
        say(phrase("more", language, count=speak.number(len(lines) - SHOWN)))
    rules = "; ".join(f"{row['text']} ({row['lines']})" for row in told["not_told_by_a_list"])
    say(phrase("not_told", language, rules=rules))


def _over_target(inside: Premises, parameters: Parameters) -> list[tuple[str, Finding]]:
    """Addresses whose offices, in net area and with their people told, are over the target; by the rules of a point."""
    import numpy as np

    from luukku.premises import Space, compliance

    offices = inside.take((inside.use == "office") & (inside.measure == "htm2") & (inside.person_years > 0))
    addresses, place = np.unique(offices.address, return_inverse=True)
    found: list[tuple[str, Finding]] = []
    people = np.bincount(place, weights=offices.person_years, minlength=len(addresses))
    m2 = np.bincount(place, weights=offices.m2, minlength=len(addresses))
    for number, address in enumerate(addresses.tolist()):
        office = Space(address, "office", float(m2[number]), address)
        findings = compliance(address, [office], float(people[number]), parameters)
        found += [(address, each) for each in findings if each.rule == "over_target"]
    return found


def _not_told(language: str) -> list[dict[str, str]]:
    from luukku.premises.compliance import RULES

    return [{"rule": rule, "lines": RULES[rule][1], "text": NOT_TOLD[rule][language]} for rule in NOT_TOLD]


def _left_out(premises: Premises, reasons: list[Any], language: str) -> list[dict[str, str]]:
    from luukku.premises.compliance import RULES
    from luukku.premises.release import SCOPE_WORDS

    return [
        {
            "unit": str(premises.unit[number]),
            "authority": str(premises.authority[number]),
            "reason": reason,
            "text": SCOPE_WORDS[language][reason],
            "lines": RULES["out_of_scope"][1],
        }
        for number, reason in enumerate(reasons)
        if reason
    ]


def _finding_json(found: tuple[str, Finding], language: str) -> dict[str, str]:
    address, finding = found
    return {
        "address": address,
        "rule": finding.rule,
        "weight": finding.weight,
        "lines": finding.lines,
        "text": finding.text(language),
    }


def _efficiency_json(each: Efficiency, parameters: Parameters) -> dict[str, Any]:
    """The target is in net area (htm2); room area is not held against it."""
    return {
        "authority": each.authority,
        "measure": each.measure,
        "m2": each.m2,
        "person_years": each.person_years,
        "m2_a_person_year": each.m2_a_person_year,
        "target": parameters["office.target"] if each.measure == "htm2" else None,
        "units_untold": each.untold,
    }


def _release_json(each: Release) -> dict[str, Any]:
    def day(value: date | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "unit": each.unit,
        "authority": each.authority,
        "municipality": each.municipality,
        "m2": each.m2,
        "measure": each.measure,
        "rent_eur_a_year": None if each.rent < 0 else each.rent / 100,
        "ready": day(each.ready),
        "ends": day(each.ends),
        "double_days": each.double_days,
        "gap_days": each.gap_days,
    }


def _program_json(found: SpaceProgram) -> dict[str, Any]:
    return {
        "visits_a_week": dict(found.a_week),
        "places": dict(found.places),
        "m2": dict(found.m2),
        "total_m2": found.total_m2,
        "attained": dict(found.attained),
        "staff_hours_a_week": found.staff_hours,
        "open_hours_a_week": found.open_hours,
    }
