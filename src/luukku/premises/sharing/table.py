"""All rules of sharing side by side: what each pays, and who would rather leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from luukku.errors import Contradiction, Impossible
from luukku.premises.sharing.core import CoreTest, core_test, explain
from luukku.premises.sharing.game import CostGame
from luukku.premises.sharing.rules import RULES, Rule, Shares, Users, share


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule applied: its shares and its core test, or why it cannot be applied (then both are None).

    dearer: {player: cents a year more than today}, for those who pay more; empty when today's costs are not known.
    """

    rule: Rule
    shares: Shares | None
    test: CoreTest | None
    dearer: Mapping[str, int] = field(default_factory=dict)
    why_not: str = ""

    def name(self, language: str) -> str:
        """The rule's name in "fi", "sv" or "en"."""
        return RULES[self.rule][language]

    def words(self, language: str, names: Mapping[str, str] | None = None) -> list[str]:
        """Whether anybody would be better off alone, in words; names: {player: name to print}."""
        if self.test is None or self.shares is None:
            return [self.why_not]
        return explain(self.test, language, names, players=self.shares.players)


def sharing_table(game: CostGame, users: Users, *, base_share: float = 0.3) -> tuple[RuleResult, ...]:
    """The game's total shared by every rule, in the order of RULES, each with its core test.

    A rule that lacks its data, or a cap that cannot hold, is listed with the reason.
    Raises Contradiction when the game and the users are not the same players.
    """
    if game.players != users.players:
        raise Contradiction("The cost game and the users must have the same players in the same order.")
    total = round(game.total)
    found: list[RuleResult] = []
    for rule in RULES:
        try:
            shares = share(rule, users, total, base_share=base_share, game=game)
        except (Contradiction, Impossible) as reason:
            found.append(RuleResult(rule, None, None, why_not=str(reason)))
        else:
            found.append(RuleResult(rule, shares, core_test(game, shares), _dearer(shares, users)))
    return tuple(found)


def _dearer(shares: Shares, users: Users) -> dict[str, int]:
    if users.today is None:
        return {}
    both = zip(shares.players, shares.cents, users.today, strict=True)
    return {player: cents - today for player, cents, today in both if cents > today}
