"""`luukku phase`: which year each joint point opens and each own unit closes, as a table and a Gantt chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from luukku.cli import impact as shared
from luukku.cli import options
from luukku.cli.assumptions import ParametersFile
from luukku.cli.impact_words import phrase
from luukku.cli.output import Exit, Json, Language, print_json, print_table, say
from luukku.cli.search import searching, status_of

if TYPE_CHECKING:
    from luukku.network.problem import Progress
    from luukku.plan.impact import Impact, Phased
    from luukku.plan.phasing import Phasing

OWN, BOTH, JOINT = "·", "▒", "█"


def phase(
    *,
    points: shared.Points = "centres",
    region: shared.Region = None,
    scenario: shared.ScenarioCode = "assumed",
    scenarios_file: shared.ScenariosFile = None,
    premises_file: shared.PremisesFile = None,
    parameters_file: ParametersFile = None,
    budget: Annotated[
        float | None, typer.Option(min=0.0, help="EUR for investments in each year. Default: no limit.")
    ] = None,
    works: Annotated[
        int | None, typer.Option(min=0, help="Points and joint offices that can be fitted out in each year.")
    ] = None,
    delays_file: Annotated[
        Path | None,
        typer.Option("--delays", help="Why own units close later, and which are decree-bound (CSV or XLSX)."),
    ] = None,
    decided: shared.Decided = None,
    first: Annotated[int, typer.Option(min=2000, max=2100, help="First year in which points open.")] = 2022,
    last: Annotated[int, typer.Option(min=2000, max=2100, help="Last year in which they open.")] = 2029,
    time_limit: options.TimeLimit = 60.0,
    csv_file: options.CsvFile = None,
    leases_file: Annotated[
        Path | None,
        typer.Option(
            "--leases", help="File to write the lease procedure to, as CSV: what to agree and give notice of."
        ),
    ] = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Give each joint point a year and each own unit a day of closure so that all years together cost least.

    The exit code is 4 when the points do not fit into the years' money and works, or an own unit gets no dated closure.
    """
    from luukku.plan.impact import Terms
    from luukku.plan.phasing import read_delays

    with searching("Phasing", _euros) as search:
        country, network, label = shared.chosen_network(points, region)
        terms = Terms(
            first=first,
            last=last,
            phased_to=last,
            opens=date(first, 1, 1),
            decided=date(first, 1, 1) if decided is None else decided.date(),
            budget=None if budget is None else dict.fromkeys(range(first, last + 1), round(budget * 100)),
            works=None if works is None else dict.fromkeys(range(first, last + 1), works),
        )
        found = shared.chosen_impact(
            country,
            network,
            scenario,
            scenarios_file=scenarios_file,
            premises=shared.chosen_premises(premises_file, country),
            parameters_file=parameters_file,
            terms=terms,
        )
        if delays_file is not None:
            read = read_delays(delays_file, found.premises.unit.tolist())
            found = replace(found, terms=replace(terms, delays=read.delays, decree_bound=read.decree_bound))
        phased = search.run(lambda: found.phasing(stop=search.stop(time_limit)))
    written = _written(found, phased.phasing, csv_file, leases_file, language)
    if as_json:
        print_json(_told(found, phased, language) | shared.standing_json(found, label, language))
    else:
        shared.show_what(found, label, language)
        _show(found, phased.phasing, language)
        for line in written:
            say(line)
    search.end()
    if not phased.phasing.passes:
        raise typer.Exit(Exit.IMPOSSIBLE)


def _euros(now: Progress) -> str:
    return "Phasing" if now.value is None else f"Phasing: best EUR {now.value / 100:,.0f}"


def _told(found: Impact, phased: Phased, language: str) -> dict[str, Any]:
    from luukku.plan.impact import lease_pack

    made, names = phased.phasing, shared.joint_names(found, language)
    return {
        "first": made.task.first,
        "last": made.task.last,
        "openings": [
            {
                "code": each.code,
                "name": names[each.code],
                "region": each.region,
                "opens": each.opens.isoformat(),
                "investments_cents": each.money,
                "works": each.works,
            }
            for each in made.openings
        ],
        "closures": [
            {
                "unit": each.unit,
                "payer": each.payer,
                "region": each.region,
                "joint": each.joint,
                "opens": each.opens.isoformat(),
                "closes": shared.day(each.closes),
                "double_days": each.double_days,
                "gap_days": each.gap_days,
                "held_by": each.held_by,
                "reason": each.reason,
                "why": each.why,
            }
            for each in made.closures
        ],
        "bars": [
            {
                "joint": each.joint,
                "name": names.get(each.name, each.name),
                "kind": each.kind,
                "begins": each.begins.isoformat(),
                "ends": each.ends.isoformat(),
            }
            for each in made.bars()
        ],
        "years": [
            {
                "year": each.year,
                "baseline_cents": each.baseline,
                "own_cents": each.own,
                "joint_cents": each.joint,
                "investment_cents": each.investment,
                "total_cents": each.total,
                "saved_cents": each.saved,
                "cumulative_cents": each.cumulative,
                "double_cents": each.double,
                "budget_cents": each.budget,
                "works": each.works,
                "works_capacity": each.works_capacity,
            }
            for each in made.years
        ],
        "leases": [
            {
                "step": each.code,
                "what": each.what,
                "joint": each.joint,
                "unit": each.unit,
                "by": shared.day(each.by),
                "party": each.party(language),
                "text": each.text(language),
                "lines": each.lines,
            }
            for each in lease_pack(found, made)
        ],
        "undated": [{"unit": each.unit, "why": each.why, "text": each.text(language)} for each in made.undated],
        "unreasoned": list(made.unreasoned),
        "passes": made.passes,
        "objective_cents": made.objective,
        "bound_cents": made.bound,
        "gap": made.gap,
        "held_back_cents": made.held_back,
        "status": status_of(made.stopped_by),
        "seconds": round(made.seconds, 3),
        "method": made.method,
    }


def _show(found: Impact, made: Phasing, language: str) -> None:
    from luukku.plan.language import words

    speak, names = words(language), shared.joint_names(found, language)
    years = made.task.years
    print_table(
        phrase("title.openings", language),
        (
            *(phrase(key, language) for key in ("joint", "opens", "units", "closes", "money")),
            *(str(year) for year in years),
        ),
        [
            (names[each.code], each.opens.isoformat(), *row)
            for each in made.openings[: shared.SHOWN]
            for row in (_row(made, each.code, speak.number(each.money / 100), phrase("no_day", language)),)
        ],
    )
    say(phrase("legend", language))
    if len(made.openings) > shared.SHOWN:
        say(phrase("more", language, count=speak.number(len(made.openings) - shared.SHOWN)))

    def cents(value: int | None) -> str:
        return "" if value is None else speak.number(value / 100)

    keys = ("year", "baseline", "own", "joint.cost", "investment", "all", "saved", "cumulative", "double", "works")
    print_table(
        phrase("title.curve", language),
        tuple(phrase(key, language) for key in keys),
        [
            (
                str(each.year),
                *map(cents, (each.baseline, each.own, each.joint, each.investment, each.total)),
                *map(cents, (each.saved, each.cumulative, each.double)),
                str(each.works),
            )
            for each in made.years
        ],
    )
    _show_proof(made, language)
    lines = [phrase("undated", language, text=each.text(language)) for each in made.undated]
    lines += [phrase("unreasoned", language, unit=unit) for unit in made.unreasoned]
    for line in lines[: shared.SHOWN]:
        say(f"  - {line}")
    if len(lines) > shared.SHOWN:
        say(phrase("more", language, count=speak.number(len(lines) - shared.SHOWN)))
    say(phrase("stops", language, count=speak.number(len(lines))) if lines else phrase("passes", language))
    more = [
        phrase("terms.july", language),
        phrase("terms.decided", language, day=found.terms.decided.isoformat()),
        phrase("terms.payers", language),
    ]
    shared.show_ground(found, language, more)


def _row(made: Phasing, joint: str, money: str, no_day: str) -> tuple[str, ...]:
    """Own units, the last day of the last of them, money, and a mark for each year of the Gantt chart."""
    own = [each for each in made.closures if each.joint == joint]
    opens = next(each.opens for each in made.openings if each.code == joint)
    closes = [each.closes for each in own]
    dated = [each for each in closes if each is not None]
    last = no_day if len(dated) < len(closes) else max(dated).isoformat() if dated else ""
    marks = []
    for year in made.task.years:
        here = any(each is None or each.year >= year for each in closes)
        marks.append(OWN if year < opens.year else BOTH if here else JOINT)
    return (str(len(own)), last, money, *marks)


def _show_proof(made: Phasing, language: str) -> None:
    from luukku.plan.language import words
    from luukku.plan.phasing import REASONS
    from luukku.premises.sharing.core import euros

    speak = words(language)
    span = {"first": str(made.task.first), "last": str(made.task.last), "euros": euros(made.objective, language)}
    if made.stopped_by == "proved":
        say(phrase("proof", language, **span))
    else:
        gap = {"bound": euros(made.bound, language), "gap": speak.percent(made.gap, 2)}
        say(phrase("gap", language, **span, **gap))
    if made.held_back:
        say(phrase("held_back", language, euros=euros(made.held_back, language)))
    late = [each for each in made.closures if each.closes and each.closes.year > each.opens.year and each.reason]
    if late:
        count = Counter(REASONS[language][each.reason] for each in late if each.reason)
        told = ", ".join(f"{reason} {number}" for reason, number in count.most_common())
        say(phrase("late", language, count=speak.number(len(late)), reasons=told))


def _written(found: Impact, made: Phasing, csv_file: Path | None, leases_file: Path | None, language: str) -> list[str]:
    """Write the files that are asked for; what to say of them."""
    said = []
    if csv_file is not None:
        _write(csv_file, found, made, language)
        said.append(phrase("wrote", language, file=str(csv_file)))
    if leases_file is not None:
        _write_leases(leases_file, found, made, language)
        said += [phrase("wrote", language, file=str(leases_file)), phrase("leases", language)]
    return said


def _write(path: Path, found: Impact, made: Phasing, language: str) -> None:
    """The bars of the Gantt chart, one row each."""
    names = shared.joint_names(found, language)
    shared.write_csv(
        path,
        ("joint", "joint_name", "name", "kind", "begins", "ends"),
        (
            (
                each.joint,
                names[each.joint],
                names.get(each.name, each.name),
                each.kind,
                each.begins.isoformat(),
                each.ends.isoformat(),
            )
            for each in made.bars()
        ),
    )


def _write_leases(path: Path, found: Impact, made: Phasing, language: str) -> None:
    """The lease procedure, one row a step, with an empty column to tick."""
    from luukku.plan.impact import lease_pack

    names = shared.joint_names(found, language)
    shared.write_csv(
        path,
        ("joint", "joint_name", "what", "unit", "by", "party", "step", "lines", "done"),
        (
            (
                each.joint,
                names[each.joint],
                each.what,
                each.unit,
                shared.day(each.by) or "",
                each.party(language),
                each.text(language),
                each.lines,
                "",
            )
            for each in lease_pack(found, made)
        ),
    )
