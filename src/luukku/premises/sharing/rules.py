"""Rules of sharing a cost, each with shares that sum to the cent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from luukku.errors import Contradiction, Impossible
from luukku.premises.sharing.game import CostGame
from luukku.premises.sharing.nucleolus import nucleolus
from luukku.premises.sharing.shapley import shapley

Rule = Literal["use", "area", "person_years", "equal_base", "capped", "shapley", "nucleolus"]

RULES: dict[Rule, dict[str, str]] = {
    "use": {"fi": "käyntien mukaan", "sv": "enligt besök", "en": "by visits"},
    "area": {"fi": "pinta-alan mukaan", "sv": "enligt yta", "en": "by area"},
    "person_years": {"fi": "henkilötyövuosien mukaan", "sv": "enligt årsverken", "en": "by person-years"},
    "equal_base": {
        "fi": "tasan jaettava perusosa, loput käyntien mukaan",
        "sv": "en grunddel lika, resten enligt besök",
        "en": "an equal base, the rest by visits",
    },
    "capped": {
        "fi": "käyntien mukaan, kukaan ei maksa nykyistä enempää",
        "sv": "enligt besök, ingen betalar mer än i dag",
        "en": "by visits, nobody pays more than today",
    },
    "shapley": {
        "fi": "Shapleyn arvo: keskimääräinen lisäkustannus mukaan tulosta",
        "sv": "Shapleyvärdet: den genomsnittliga merkostnaden av att ansluta sig",
        "en": "Shapley value: the average added cost of joining",
    },
    "nucleolus": {
        "fi": "nukleolus: tyytymättömin ryhmä mahdollisimman tyytyväiseksi",
        "sv": "nukleolus: den minst nöjda gruppen så nöjd som möjligt",
        "en": "nucleolus: the least content group as content as can be",
    },
}
"""The rules and what they are called."""


@dataclass(frozen=True, slots=True)
class Users:
    """Who shares a point, and what the rules weigh. All tuples have one value a player.

    visits:       a year; area: m2 in their own use; person_years: at the point.
    today:        cents a year that each pays today for what the point replaces; None when it is not known.
    """

    players: tuple[str, ...]
    visits: tuple[float, ...]
    area: tuple[float, ...]
    person_years: tuple[float, ...]
    today: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("visits", "area", "person_years", "today"):
            values = getattr(self, name)
            if values is None:
                continue
            if len(values) != len(self.players):
                raise Contradiction(f"{len(self.players)} share the point, but {len(values)} have {name}.")
            if not all(math.isfinite(value) and value >= 0 for value in values):
                raise Contradiction(f"{name} must be numbers of at least 0.")


@dataclass(frozen=True, slots=True)
class Shares:
    """What each pays by one rule: whole cents a year that sum to `total` exactly.

    unrounded: the same before rounding, in cents; for the core test, which must not stumble on half a cent.
    """

    rule: Rule
    players: tuple[str, ...]
    cents: tuple[int, ...]
    unrounded: tuple[float, ...]
    total: int

    @property
    def percent(self) -> tuple[float, ...]:
        """Percent of the total that each pays; all 0 when there is nothing to pay."""
        return tuple(100.0 * cents / self.total if self.total else 0.0 for cents in self.cents)


def share(rule: Rule, users: Users, total: int, *, base_share: float = 0.3, game: CostGame | None = None) -> Shares:
    """Share `total` cents a year by one rule.

    base_share: for "equal_base", the part (0-1) that is shared equally.
    game:       for "shapley" and "nucleolus", the same players' cost game; its total has to be `total`, to a cent.
    Raises Contradiction when the rule lacks what it needs, and Impossible when today's costs together are below the
    total, so that somebody must pay more than today.
    """
    if rule in ("shapley", "nucleolus"):
        if game is None or game.players != users.players:
            raise Contradiction(f'The rule "{rule}" needs the cost game of the same players in the same order.')
        if abs(game.total - total) > 1:
            raise Contradiction(f"The cost game's total is {game.total:.0f} cents, but {total} are to be shared.")
        exact = shapley(game) if rule == "shapley" else nucleolus(game)
        amounts = [Fraction(float(value)) for value in exact + (total - game.total) / len(exact)]
    elif rule == "capped":
        amounts = _capped(users, total)
    elif rule == "equal_base":
        if not 0 <= base_share <= 1:
            raise Contradiction(f"The base share is {base_share:g} and must be between 0 and 1.")
        base = Fraction(base_share) * total / len(users.players)
        amounts = [base + rest for rest in _proportional(users.visits, (1 - Fraction(base_share)) * total, "visits")]
    else:
        weights = {"use": users.visits, "area": users.area, "person_years": users.person_years}[rule]
        amounts = _proportional(weights, Fraction(total), {"use": "visits"}.get(rule, rule))
    return Shares(rule, users.players, to_the_cent(amounts, total), tuple(float(amount) for amount in amounts), total)


def to_the_cent(amounts: Sequence[Fraction | float], total: int) -> tuple[int, ...]:
    """Whole cents that sum to `total`, each amount rounded down or up (largest remainders; ties to the earlier).

    Raises Contradiction when the amounts do not sum to the total to within a cent for each.
    """
    exact = [Fraction(amount) for amount in amounts]
    whole = sum(exact, Fraction(0))
    if abs(whole - total) > len(exact):
        raise Contradiction(f"The amounts sum to {float(whole):.2f} cents and not to {total}.")
    down = [math.floor(amount) for amount in exact]
    missing = total - sum(down)
    by_remainder = sorted(range(len(exact)), key=lambda i: (float(down[i] - exact[i]), i))
    cents = list(down)
    step = 1 if missing > 0 else -1
    order = by_remainder if missing > 0 else by_remainder[::-1]
    for turn in range(abs(missing)):
        cents[order[turn % len(order)]] += step
    return tuple(cents)


def _proportional(weights: Sequence[float], total: Fraction, name: str) -> list[Fraction]:
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if whole == 0:
        raise Contradiction(f"Nobody has any {name}, so the cost cannot be shared by them. Choose another rule.")
    return [total * weight / whole for weight in exact]


def _capped(users: Users, total: int) -> list[Fraction]:
    """By visits, but at most today's cost each; what is cut off is shared among those still below theirs."""
    if users.today is None:
        raise Contradiction("To cap the shares at today's cost, today's cost of everyone must be known.")
    if sum(users.today) < total:
        raise Impossible(
            f"Together they pay {sum(users.today) / 100:,.2f} EUR a year today and the point costs "
            f"{total / 100:,.2f} EUR: somebody must pay more than today."
        )
    caps = [Fraction(cap) for cap in users.today]
    amounts = [Fraction(0)] * len(caps)
    below = [i for i, cap in enumerate(caps) if cap > 0]
    rest = Fraction(total)
    while rest > 0:
        # Those without visits take part only when nobody with visits is below the cap any more.
        weights = {i: Fraction(users.visits[i]) for i in below}
        if not any(weights.values()):
            weights = {i: caps[i] - amounts[i] for i in below}
        whole = sum(weights.values())
        full = [i for i in below if amounts[i] + rest * weights[i] / whole >= caps[i]]
        if not full:
            for i in below:
                amounts[i] += rest * weights[i] / whole
            break
        for i in full:
            rest -= caps[i] - amounts[i]
            amounts[i] = caps[i]
        below = [i for i in below if i not in full]
    return amounts


def users_of(players: Sequence[str], values: Mapping[str, Mapping[str, float]]) -> Users:
    """Users from tables by player: {"visits": {player: a year}, "area": ..., "person_years": ..., "today": cents}.

    A player that a table does not name has 0 there; without a table "today" today's costs are unknown.
    """

    def column(name: str) -> tuple[float, ...]:
        return tuple(float(values.get(name, {}).get(player, 0.0)) for player in players)

    today = tuple(int(np.rint(value)) for value in column("today")) if "today" in values else None
    return Users(tuple(players), column("visits"), column("area"), column("person_years"), today)
