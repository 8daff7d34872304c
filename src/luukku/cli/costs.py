"""`luukku costs`: what a network costs before and after, who pays, and what stops the plan."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from luukku.cli import impact as shared
from luukku.cli import options
from luukku.cli.assumptions import ParametersFile
from luukku.cli.impact_words import PHRASES, phrase
from luukku.cli.output import Exit, Json, Language, print_json, print_table, progress, say

if TYPE_CHECKING:
    from luukku.plan.impact import Impact, Sharing
    from luukku.premises.costs.statement import Group

NETWORK = "network"
"""The word for all points of the network together."""
OPENS = date(2026, 1, 1)
"""The middle of the roadmap."""
SHORT = 10
"""Points named in a line; JSON has them all."""

By = Literal["authority", "region", "sector", "kind"]


def costs(
    *,
    points: shared.Points = "centres",
    region: shared.Region = None,
    scenario: shared.ScenarioCode = "assumed",
    scenarios_file: shared.ScenariosFile = None,
    premises_file: shared.PremisesFile = None,
    parameters_file: ParametersFile = None,
    by: Annotated[By, typer.Option(help="Who or what the last year's costs are parted by.")] = "authority",
    opens: Annotated[
        datetime | None,
        typer.Option(formats=shared.DAYS, help="Day on which all points open.", show_default="2026-01-01"),
    ] = None,
    decided: shared.Decided = None,
    first: Annotated[int, typer.Option(min=2000, max=2100, help="First year counted.")] = 2022,
    last: Annotated[int, typer.Option(min=2000, max=2100, help="Last year counted.")] = 2040,
    share: Annotated[
        str | None,
        typer.Option(help="Share the yearly cost of the points by every rule: network for all, or a point's code."),
    ] = None,
    csv_file: options.CsvFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Count the costs of joint points and offices before and after: savings, payback, who pays more, what stops it.

    The exit code is 4 when something stops the plan, such as an own point whose closure has no date.
    """
    from luukku.plan.impact import Terms

    with progress("Counting the costs"):
        terms = Terms(
            first=first,
            last=last,
            phased_to=last,
            opens=max(OPENS, date(first, 1, 1)) if opens is None else opens.date(),
            decided=date(first, 1, 1) if decided is None else decided.date(),
        )
        country, network, label = shared.chosen_network(points, region)
        found = shared.chosen_impact(
            country,
            network,
            scenario,
            scenarios_file=scenarios_file,
            premises=shared.chosen_premises(premises_file, country),
            parameters_file=parameters_file,
            terms=terms,
        )
        told = _told(found, language) | shared.standing_json(found, label, language)
        sharing = None if share is None else found.sharing("" if share == NETWORK else share)
    if csv_file is not None:
        _write(csv_file, found, by, language)
    if as_json:
        print_json(told | {"sharing": None if sharing is None else _sharing_json(sharing, found, language)})
    else:
        shared.show_what(found, label, language)
        _show(found, by, language, sharing)
        if csv_file is not None:
            say(phrase("wrote", language, file=str(csv_file)))
    if any(each.weight == "stops" for each in found.findings):
        raise typer.Exit(Exit.IMPOSSIBLE)


def _told(found: Impact, language: str) -> dict[str, Any]:
    made, offices = found.costs, found.offices
    return {
        "terms": {
            "first": found.terms.first,
            "last": found.terms.last,
            "opens": found.terms.opens.isoformat(),
            "decided": found.terms.decided.isoformat(),
        },
        "years": [
            {
                "year": each.year,
                "baseline_cents": each.baseline,
                "after_cents": each.after,
                "saved_cents": each.saved,
                "cumulative_cents": each.cumulative,
                "double_cents": each.double,
            }
            for each in made.years
        ],
        "by": {
            name: [
                {
                    "code": code,
                    "name": names.get(code, code),
                    "years": {
                        str(year): {"baseline_cents": before, "after_cents": after}
                        for year, (before, after) in years.items()
                    },
                }
                for code, years in made.by(_group(name)).items()
            ]
            for name in ("authority", "region", "sector", "kind")
            for names in (_names(found, name, language),)
        },
        "payback": made.payback,
        "present_value_cents": made.present_value,
        "discount": made.discount,
        "running_saved_cents": made.running_saved,
        "premises_saved_cents": _premises_saved(found),
        "rises_cents": dict(made.risers),
        "stay": sorted(unit.unit for unit in found.cost_plan.own if not unit.replaced_by),
        "points_m2": found.spaces.total_m2,
        "visits_a_week": found.visits.a_week,
        "offices": {
            "today_m2": offices.today_m2,
            "person_years": offices.person_years,
            "target_m2": offices.target_m2,
            "released_m2": offices.released_m2,
            "need_m2": offices.need_m2,
            "shared_m2": offices.shared_m2,
            "workplaces": offices.workplaces,
            "measures_mixed": offices.mixed,
        },
        "needs": dict(found.needs),
        "findings": [
            {
                "check": each.check,
                "weight": each.weight,
                "what": each.what,
                "amount": each.amount,
                "lines": each.lines,
                "text": each.text(language),
            }
            for each in found.findings
        ],
        "passes": not any(each.weight == "stops" for each in found.findings),
    }


def _group(by: str) -> Group:
    groups: dict[str, Group] = {"authority": "payer", "region": "region", "sector": "sector", "kind": "kind"}
    return groups[by]


def _names(found: Impact, by: str, language: str) -> dict[str, str]:
    if by == "region":
        regions = {each.code: getattr(each, f"name_{language}") for each in found.country.regions}
        return regions | {"": phrase("unknown", language)}
    if by in ("sector", "kind"):
        return {key.partition(".")[2]: phrase(key, language) for key in PHRASES if key.startswith(f"{by}.")}
    names = {each.code: getattr(each, f"name_{language}") for each in found.country.authorities}
    names |= {f"municipality:{code}": name for code, name in shared.town_names(found, language).items()}
    return names | {key.removeprefix("payer."): phrase(key, language) for key in PHRASES if key.startswith("payer.")}


def _premises_saved(found: Impact) -> int:
    """Cents of rent and upkeep saved in the last year."""
    table = found.costs.by("kind")
    sums = [table[kind][found.terms.last] for kind in ("rent", "upkeep") if kind in table]
    return sum(before - after for before, after in sums)


def _sharing_json(sharing: Sharing, found: Impact, language: str) -> dict[str, Any]:
    from luukku.cli.share import players_json, rule_json

    names = _player_names(sharing, found, language)
    return {
        "points": list(sharing.points),
        "total_cents": sharing.total,
        "players": players_json(sharing.game, sharing.users, names),
        "rules": [rule_json(result, language, names) for result in sharing.table],
    }


def _player_names(sharing: Sharing, found: Impact, language: str) -> dict[str, str]:
    names = _names(found, "authority", language)
    return {player: names.get(player, player) for player in sharing.game.players}


def _show(found: Impact, by: By, language: str, sharing: Sharing | None) -> None:
    from luukku.plan.language import words
    from luukku.premises.sharing.core import euros

    speak, made = words(language), found.costs

    def cents(value: int) -> str:
        return speak.number(value / 100)

    print_table(
        phrase("title.years", language),
        tuple(phrase(key, language) for key in ("year", "baseline", "after", "saved", "cumulative", "double")),
        [
            (str(each.year), *map(cents, (each.baseline, each.after, each.saved, each.cumulative, each.double)))
            for each in made.years
        ],
    )
    last = found.terms.last
    names, table = _names(found, by, language), made.by(_group(by))
    rows = [(names.get(code, code), *years[last]) for code, years in table.items() if any(years[last])]
    rows.append((phrase("total", language), made.years[-1].baseline, made.years[-1].after))
    print_table(
        phrase(f"title.{by}", language, year=str(last)),
        tuple(phrase(key, language) for key in (by, "baseline", "after", "saved")),
        [(name, cents(before), cents(after), cents(before - after)) for name, before, after in rows],
    )
    if made.payback is None:
        say(phrase("no_payback", language, year=str(last)))
    else:
        say(phrase("payback", language, year=str(made.payback)))
    say(
        phrase(
            "present",
            language,
            first=str(found.terms.first),
            last=str(last),
            euros=euros(made.present_value, language),
            rate=speak.percent(made.discount),
        )
    )
    saved = {"euros": euros(made.running_saved, language), "premises": euros(_premises_saved(found), language)}
    say(phrase("running", language, **saved))
    _show_space(found, language)
    _show_findings(found, language)
    if sharing is not None:
        from luukku.cli.share import show_shares

        what = "title" if len(sharing.points) == 1 else "network"
        names = _player_names(sharing, found, language)
        show_shares(sharing.game, sharing.users, sharing.table, names, language, what=what)
    more = [
        phrase("terms.opens", language, day=found.terms.opens.isoformat()),
        phrase("terms.decided", language, day=found.terms.decided.isoformat()),
        phrase("terms.payers", language),
    ]
    shared.show_ground(found, language, more)


def _show_space(found: Impact, language: str) -> None:
    from luukku.plan.language import words

    speak, offices = words(language), found.offices
    m2, a_week = speak.number(found.spaces.total_m2), speak.number(found.visits.a_week)
    say(phrase("points.m2", language, m2=m2, a_week=a_week))
    if offices.places:
        say(
            phrase(
                "offices",
                language,
                today=speak.number(offices.today_m2),
                people=speak.number(offices.person_years),
                target=speak.number(offices.target_m2),
                released=speak.number(offices.released_m2),
                share=speak.percent(offices.released_m2 / offices.today_m2),
                need=speak.number(offices.need_m2),
                shared=speak.number(offices.shared_m2),
            )
        )
    if offices.mixed:
        say(phrase("offices.mixed", language))
    stay = sum(not unit.replaced_by for unit in found.cost_plan.own)
    if stay:
        say(phrase("stay", language, count=speak.number(stay)))


def _show_findings(found: Impact, language: str) -> None:
    from luukku.plan.language import words

    speak = words(language)
    say(phrase("findings", language))
    payers = _names(found, "authority", language)
    lines = []
    for each in found.findings:
        text = each.text(language)
        if each.check == "payer_rises":
            text = text.replace(each.what, payers.get(each.what, each.what), 1)
        lines.append(f"{text} ({each.lines})")
    soon = found.terms.opens.year + 10
    short = [code for code, year in found.needs.items() if year is None or year < soon]
    if short:
        names = shared.joint_names(found, language)
        told = ", ".join(names[code] for code in short[:SHORT]) + (", ..." if len(short) > SHORT else "")
        lines.append(phrase("short_needs", language, count=speak.number(len(short)), points=told))
    for line in lines[: shared.SHOWN] or [phrase("nothing", language)]:
        say(f"  - {line}")
    if len(lines) > shared.SHOWN:
        say(phrase("more", language, count=speak.number(len(lines) - shared.SHOWN)))
    stops = sum(each.weight == "stops" for each in found.findings)
    if stops:
        say(phrase("stops", language, count=speak.number(stops)))


def _write(path: Path, found: Impact, by: By, language: str) -> None:
    """One row a year and a group, in euros."""
    names = _names(found, by, language)
    shared.write_csv(
        path,
        (by, "name", "year", "baseline_eur", "after_eur", "saved_eur"),
        (
            (code, names.get(code, code), year, before / 100, after / 100, (before - after) / 100)
            for code, years in found.costs.by(_group(by)).items()
            for year, (before, after) in years.items()
        ),
    )
