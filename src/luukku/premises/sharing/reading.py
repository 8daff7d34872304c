"""Read who shares a point, and what every group of them would pay alone, checked whole before anything is used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from luukku.country.readers.check import Checked, check
from luukku.country.readers.municipalities import Municipalities
from luukku.country.readers.opening import opened
from luukku.country.readers.schema import Column, Schema, Words
from luukku.premises.sharing.game import MOST_PLAYERS, CostGame
from luukku.premises.sharing.rules import Users

USERS = Schema(
    name="users",
    title=Words("Pisteen jakajat", "De som delar kundservicepunkten", "Who shares the point"),
    columns=(
        Column(
            "player",
            Words("Maksaja, esimerkiksi viranomaisen tunnus", "Betalare, t.ex. myndighetens kod", "Who pays"),
            "id",
            required=True,
            example="ESIMERKKI",
            aliases=("maksaja", "viranomainen", "betalare", "myndighet", "authority"),
        ),
        Column(
            "visits",
            Words("Käyntejä viikossa", "Besök i veckan", "Visits a week"),
            "count",
            "visits a week",
            required=True,
            example="60",
            aliases=("käynnit", "käyntejä", "besök"),
        ),
        Column(
            "area",
            Words("Oma pinta-ala pisteessä", "Egen yta vid kundservicepunkten", "Area in its own use"),
            "count",
            "m2",
            example="20",
            aliases=("ala", "pinta_ala", "yta", "m2"),
        ),
        Column(
            "person_years",
            Words("Henkilötyövuodet pisteessä", "Årsverken vid kundservicepunkten", "Person-years at the point"),
            "count",
            "htv",
            example="1.5",
            aliases=("htv", "henkilötyövuodet", "årsverken"),
        ),
        Column(
            "today",
            Words("Kustannus nykyään", "Kostnaden i dag", "What it pays today for what the point replaces"),
            "count",
            "EUR a year",
            example="42000",
            aliases=("nyt", "nykyinen", "i_dag", "nu"),
        ),
    ),
    formats=(".csv", ".xlsx"),
)
"""The columns of a list of those who share a point."""

COSTS = Schema(
    name="costs",
    title=Words("Erilliskustannukset", "Särkostnader", "Stand-alone costs"),
    columns=(
        Column(
            "players",
            Words("Ryhmä, jäsenet plusmerkein", "Grupp, medlemmarna med plustecken", "The group, members joined by +"),
            required=True,
            example="VERO+DVV",
            aliases=("maksajat", "ryhmä", "betalare", "grupp"),
        ),
        Column(
            "cost",
            Words(
                "Mitä ryhmä maksaisi omassa pisteessään",
                "Vad gruppen skulle betala på en egen kundservicepunkt",
                "What the group would pay at a point of its own",
            ),
            "count",
            "EUR a year",
            required=True,
            example="95000",
            aliases=("kustannus", "kostnad"),
        ),
    ),
    formats=(".csv", ".xlsx"),
)
"""The columns of a list of stand-alone costs: one row for every group, each alone and all together too."""


def read_users(path: Path) -> Users:
    """Who shares a point, one row each (CSV or XLSX); visits are kept as told, a week. Today's costs become cents.

    Raises BadInput with every fault, by row and column; nothing of a faulty file is kept.
    """
    checked = _checked(path, USERS)
    players, today = checked.text("player"), checked.number("today")
    faults = checked.faults
    checked.note_repeated("player")
    joined = np.char.find(players, "+") >= 0
    faults.add_rows(
        checked.rows[joined], "player", "the name has a +, which joins groups", "no +", "write another name"
    )
    if not np.isnan(today).all():
        what, cure = "others have today's cost, but this one does not", "write 0 where nothing is paid today"
        faults.add_rows(checked.rows[np.isnan(today)], "today", what, "EUR a year in every row or in none", cure)
    if len(players) > MOST_PLAYERS:
        what = f"{len(players)} share the point"
        faults.add(what, f"at most {MOST_PLAYERS}", "join some of them, such as all municipalities, into one")
    faults.refuse_if_any()
    return Users(
        players=tuple(players.tolist()),
        visits=tuple(checked.number("visits").tolist()),
        area=tuple(np.nan_to_num(checked.number("area")).tolist()),
        person_years=tuple(np.nan_to_num(checked.number("person_years")).tolist()),
        today=None if np.isnan(today).all() else tuple(np.rint(today * 100).astype(np.int64).tolist()),
    )


def read_costs(path: Path, players: Sequence[str]) -> CostGame:
    """The cost game of these players from a list of every group's cost alone (CSV or XLSX); euros become cents.

    Raises BadInput with every fault: an unknown player, a group twice, groups that are missing.
    """
    checked = _checked(path, COSTS)
    faults, bit = checked.faults, {player: number for number, player in enumerate(players)}
    costs = np.full(2 ** len(players), np.nan)
    costs[0] = 0.0
    rows = zip(checked.rows.tolist(), checked.text("players").tolist(), checked.number("cost").tolist(), strict=True)
    for row, text, euros in rows:
        members = {name.strip() for name in text.split("+")} if text else set()
        if unknown := sorted(members - set(bit)):
            what = f"nobody who shares the point is called {', '.join(map(repr, unknown))}"
            faults.add(what, "names joined by +: " + ", ".join(players), "correct the name", row=row, column="players")
        elif members:
            group = sum(1 << bit[name] for name in members)
            if not np.isnan(costs[group]):
                faults.add("the group is there twice", "each group once", "take one away", row=row, column="players")
            # A cost that is no number has its own fault already; the group is there all the same.
            costs[group] = 0.0 if np.isnan(euros) else round(euros * 100)
    missing = np.flatnonzero(np.isnan(costs)).tolist()
    if missing:
        shown = [" + ".join(name for name in players if group >> bit[name] & 1) for group in missing[:5]]
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        what = f"these groups have no cost: {', '.join(shown)}{more}"
        faults.add(what, f"all {len(costs) - 1} groups, each alone and all together too", "add a row for each")
    faults.refuse_if_any()
    return CostGame(tuple(players), costs)


def _checked(path: Path, schema: Schema) -> Checked:
    with opened(path, schema) as table:
        return check(table, schema, Municipalities(None))
