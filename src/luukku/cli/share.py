"""`luukku share`: the cost of a joint point shared by every rule, and whether anybody would be better off alone."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from luukku.premises.sharing import CostGame, RuleResult, Users

SHOWN = 20
"""Groups that would gain by leaving, in JSON; their count is always told."""

WORDS = {
    "fi": {
        "title": "Yhteisen pisteen kustannus {total} € vuodessa, jaettuna eri säännöillä",
        "network": "Kaikkien pisteiden kustannus {total} € vuodessa, jaettuna eri säännöillä",
        "player": "Maksaja",
        "alone": "yksin omassa pisteessä",
        "today": "nykyään",
        "total": "Yhteensä",
        "dearer": "Nykyistä enemmän maksaa {count}, eniten {name}: {amount} € vuodessa lisää.",
        "only_dearer": "Nykyistä enemmän maksaa vain {name}: {amount} € vuodessa lisää.",
        "base": "Tasan jaettava perusosa: {share} (oletus)",
        "computed": "Kunkin ryhmän kustannus omassa pisteessään on laskettu käynneistä.",
        "rule": "Sääntö",
    },
    "sv": {
        "title": "Den gemensamma kundservicepunktens kostnad {total} € per år, delad enligt olika regler",
        "network": "Alla kundservicepunkters kostnad {total} € per år, delad enligt olika regler",
        "player": "Betalare",
        "alone": "ensam på en egen kundservicepunkt",
        "today": "i dag",
        "total": "Totalt",
        "dearer": "Mer än i dag betalar {count}, mest {name}: {amount} € mer per år.",
        "only_dearer": "Mer än i dag betalar bara {name}: {amount} € mer per år.",
        "base": "Grunddel som delas lika: {share} (antagande)",
        "computed": "Varje grupps kostnad på en egen kundservicepunkt är beräknad ur besöken.",
        "rule": "Regel",
    },
    "en": {
        "title": "Cost of the joint point, EUR {total} a year, shared by each rule",
        "network": "Cost of all points, EUR {total} a year, shared by each rule",
        "player": "Who pays",
        "alone": "alone at a point of its own",
        "today": "today",
        "total": "In all",
        "dearer": "More than today is paid by {count}, most by {name}: EUR {amount} more a year.",
        "only_dearer": "More than today is paid by {name} only: EUR {amount} more a year.",
        "base": "Base shared equally: {share} (assumption)",
        "computed": "What each group would pay at a point of its own is computed from the visits.",
        "rule": "Rule",
    },
}


def share(
    file: Annotated[
        Path,
        typer.Argument(help="Who shares the point (CSV or XLSX): player, visits a week; area, person_years, today."),
    ],
    *,
    costs: Annotated[
        Path | None,
        typer.Option(help="What each group would pay alone (CSV or XLSX): players, cost. Default: from the visits."),
    ] = None,
    base_share: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Part that is shared equally, in the rule with an equal base.")
    ] = 0.3,
    parameters_file: ParametersFile = None,
    language: Language = "",
    as_json: Json = False,
) -> None:
    """Share the yearly cost of a joint point by seven rules, and say by each who would rather be alone."""
    from luukku.country.provenance import Source
    from luukku.premises.costs import joint_point_game
    from luukku.premises.costs.prices import PRICES
    from luukku.premises.program import USED
    from luukku.premises.sharing import read_costs, read_users, sharing_table

    with progress("Sharing the cost"):
        parameters, users = chosen_parameters(parameters_file), read_users(file)
        if costs is None:
            game = joint_point_game(dict(zip(users.players, users.visits, strict=True)), parameters)
        else:
            game = read_costs(costs, users.players)
        table = sharing_table(game, users, base_share=base_share)
    weighing = parameters.shown(*USED, *PRICES) if costs is None else ()
    sources = [Source("dataset", path.name) for path in (file, costs) if path is not None]
    names = player_names(users.players, language)
    if as_json:
        print_json(
            {
                "total_eur_a_year": game.total / 100,
                "costs": "from the visits" if costs is None else str(costs),
                "base_share": base_share,
                "players": players_json(game, users, names),
                "rules": [rule_json(result, language, names) for result in table],
                "assumptions": assumptions_json(weighing, language),
                "sources": [source_json(source) for source in sources],
            }
        )
        return
    show_shares(game, users, table, names, language)
    from luukku.plan.language import words

    mine = WORDS[language]
    more = [mine["base"].format(share=words(language).percent(base_share))]
    show_assumptions(weighing, language, [*more, mine["computed"]] if costs is None else more)
    show_sources_in(sources, language)


def player_names(players: tuple[str, ...], language: str) -> dict[str, str]:
    """What to call the players in words: authorities by name, "municipality:167" by the municipality's."""
    from luukku.country import finland

    country = finland()
    known = {each.code: getattr(each, f"name_{language}") for each in country.authorities}
    for each in country.municipalities:
        known[f"municipality:{each.code}"] = each.name_sv if language == "sv" else each.name_fi
    return {player: known.get(player) or player for player in players}


def show_shares(
    game: CostGame,
    users: Users,
    table: tuple[RuleResult, ...],
    names: dict[str, str],
    language: str,
    *,
    what: str = "title",
) -> None:
    """Print what each pays by each rule, and who would rather leave; what: a key of WORDS, with the total put in."""
    from luukku.plan.language import words

    speak, mine = words(language), WORDS[language]

    def euros(cents: float) -> str:
        return speak.number(cents / 100, 2)

    columns: list[tuple[str, tuple[float, ...]]] = []
    if users.today is not None:
        columns.append((mine["today"], users.today))
    columns.append((mine["alone"], tuple(game.alone.tolist())))
    columns += [(result.name(language), result.shares.cents) for result in table if result.shares is not None]
    rows = [
        (names[player], *(euros(cents[number]) for _, cents in columns)) for number, player in enumerate(users.players)
    ]
    rows.append((mine["total"], *(euros(sum(cents)) for _, cents in columns)))
    title = mine[what].format(total=euros(game.total))
    print_table(title, (mine["player"], *(head for head, _ in columns)), rows)
    for result in table:
        told = result.words(language, names)
        if result.dearer:
            player, cents = max(result.dearer.items(), key=lambda each: each[1])
            values = {"count": speak.number(len(result.dearer)), "name": names[player], "amount": euros(cents)}
            told = [*told, mine["dearer" if len(result.dearer) > 1 else "only_dearer"].format(**values)]
        say(f"{mine['rule']} \u2013 {result.name(language)}:")
        for line in told:
            say(f"  - {line}")


def players_json(game: CostGame, users: Users, names: dict[str, str]) -> list[dict[str, Any]]:
    """Who shares, with what the rules weigh."""
    return [
        {
            "player": player,
            "name": names[player],
            "visits_a_week": users.visits[number],
            "area_m2": users.area[number],
            "person_years": users.person_years[number],
            "today_eur_a_year": None if users.today is None else users.today[number] / 100,
            "alone_eur_a_year": float(game.alone[number]) / 100,
        }
        for number, player in enumerate(users.players)
    ]


def rule_json(result: RuleResult, language: str, names: dict[str, str]) -> dict[str, Any]:
    """One rule; shares in whole cents, which sum to the total exactly."""
    shares, test = result.shares, result.test
    return {
        "rule": result.rule,
        "name": result.name(language),
        "cents": None if shares is None else dict(zip(shares.players, shares.cents, strict=True)),
        "percent": None if shares is None else dict(zip(shares.players, shares.percent, strict=True)),
        "core": None
        if test is None
        else {
            "stable": test.stable,
            "possible": test.possible,
            "groups_that_gain": len(test.complaints),
            "greatest_gains": [
                {"players": list(each.players), "gain_eur_a_year": each.gain / 100} for each in test.complaints[:SHOWN]
            ],
        },
        "dearer_than_today_cents": dict(result.dearer),
        "words": result.words(language, names),
        "why_not": result.why_not,
    }
