"""The core: whether anybody, alone or with others, would be better off with a point of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from luukku.premises.sharing.game import CostGame
from luukku.premises.sharing.rules import Shares

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "stable": "Kukaan ei maksaisi vähemmän omassa pisteessään, ei yksin eikä minkään ryhmän kanssa. Jako kestää.",
        "alone": "{names} maksaisi yksin omassa pisteessään {gain} vähemmän vuodessa kuin tällä jaolla.",
        "group": "Nämä maksaisivat keskenään yhteisessä pisteessä ilman muita {gain} vähemmän vuodessa: {names}.",
        "all_but": "Kaikki muut paitsi nämä maksaisivat keskenään ilman heitä {gain} vähemmän vuodessa: {names}.",
        "one_more": "Lisäksi yksi muu ryhmä hyötyisi erosta.",
        "more": "Lisäksi {count} muuta ryhmää hyötyisi erosta.",
        "none": "Mikään jako ei pidä kaikkia mukana: jokin ryhmä hyötyy erosta aina vähintään {gain} vuodessa. "
        "Yhteinen piste on sille kalliimpi kuin oma.",
    },
    "sv": {
        "stable": "Ingen skulle betala mindre på en egen kundservicepunkt, varken ensam eller i någon grupp. "
        "Fördelningen håller.",
        "alone": "{names} skulle ensam på en egen kundservicepunkt betala {gain} mindre per år än så här.",
        "group": "Dessa skulle tillsammans på en egen kundservicepunkt betala {gain} mindre per år: {names}.",
        "all_but": "Alla utom dessa skulle tillsammans utan dem betala {gain} mindre per år: {names}.",
        "one_more": "Dessutom skulle en annan grupp vinna på att lämna.",
        "more": "Dessutom skulle {count} andra grupper vinna på att lämna.",
        "none": "Ingen fördelning håller alla med: någon grupp vinner alltid minst {gain} per år på att lämna. "
        "Den gemensamma kundservicepunktens kostnad är för den högre än en egen.",
    },
    "en": {
        "stable": "Nobody would pay less at a point of their own, neither alone nor in any group. The sharing holds.",
        "alone": "{names} would pay {gain} less a year alone at a point of its own than by this sharing.",
        "group": "These would pay {gain} less a year together at a point without the others: {names}.",
        "all_but": "All but these would pay {gain} less a year together without them: {names}.",
        "one_more": "Another group would gain by leaving.",
        "more": "Another {count} groups would gain by leaving.",
        "none": "No sharing keeps everyone in: some group always gains at least {gain} a year by leaving. "
        "The joint point costs it more than its own.",
    },
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A coalition that would pay less alone, and how many cents a year less."""

    players: tuple[str, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class CoreTest:
    """Whether a sharing keeps everyone in.

    complaints:  coalitions that would gain, the greatest gain first.
    least_worst: cents a year: the smallest greatest gain that any sharing could reach; at most 0 when a sharing exists
                 that keeps everyone in.
    """

    complaints: tuple[Complaint, ...]
    least_worst: float

    @property
    def stable(self) -> bool:
        """Whether nobody would gain by leaving."""
        return not self.complaints

    @property
    def possible(self) -> bool:
        """Whether any sharing at all keeps everyone in (the core is not empty)."""
        return self.least_worst <= 0.5


def core_test(game: CostGame, shares: Shares | NDArray[np.float64]) -> CoreTest:
    """Test all coalitions. A gain of less than one cent a year for each member counts as none."""
    amounts = np.array(shares.unrounded) if isinstance(shares, Shares) else shares
    excess = game.excess(amounts)
    excess[[0, -1]] = 0.0
    gains = np.flatnonzero(excess >= game.members.sum(axis=1).clip(min=1))
    order = gains[np.lexsort((gains, -excess[gains]))]
    complaints = tuple(Complaint(game.names(int(coalition)), float(excess[coalition])) for coalition in order)
    return CoreTest(complaints, least_core(game))


@lru_cache(maxsize=32)
def least_core(game: CostGame) -> float:
    """Cents a year: the smallest possible greatest excess of a coalition; above 0 the core is empty.

    Source: Maschler, Peleg & Shapley (1979).
    """
    n = len(game.players)
    if n == 1:
        return 0.0
    scale = float(np.abs(game.cost).max()) or 1.0
    rows = np.hstack([game.members[1:-1], -np.ones((len(game.cost) - 2, 1))])
    objective = np.zeros(n + 1)
    objective[-1] = 1.0
    found = linprog(
        objective,
        A_ub=rows,
        b_ub=game.cost[1:-1] / scale,
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[game.total / scale],
        bounds=[(None, None)] * (n + 1),
        method="highs",
    )
    return float(found.fun or 0.0) * scale


def explain(
    test: CoreTest, language: str, names: Mapping[str, str] | None = None, *, players: Collection[str] = ()
) -> list[str]:
    """The test in words for people who pay, in "fi", "sv" or "en": who would gain most, and how many groups more.

    names: {player: name to print}. players: all who share; a group of more than half is told by those not in it.
    """
    words = WORDS[language]
    named = names or {}
    if test.stable:
        return [words["stable"]]
    first = test.complaints[0]
    others = [player for player in players if player not in first.players]
    few = bool(others) and len(others) < len(first.players)
    form = "alone" if len(first.players) == 1 else "all_but" if few else "group"
    who = ", ".join(named.get(player, player) for player in (others if few else first.players))
    lines = [words[form].format(names=who, gain=euros(first.gain, language))]
    if more := len(test.complaints) - 1:
        lines.append(words["one_more" if more == 1 else "more"].format(count=more))
    if not test.possible:
        lines.append(words["none"].format(gain=euros(test.least_worst, language)))
    return lines


def euros(cents: float, language: str) -> str:
    """Whole euros as people write them: 12 300 € in Finnish and Swedish, EUR 12,300 in English."""
    whole = f"{round(cents / 100):,}"
    return f"EUR {whole}" if language == "en" else whole.replace(",", "\u00a0") + "\u00a0€"
