"""Who pays what of one point, and of the whole network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from luukku.errors import UnknownPlace
from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import authority_shares
from luukku.plan.impact.network import Network
from luukku.premises.costs import CostPlan, network_game
from luukku.premises.points import PointSpaces
from luukku.premises.sharing import CostGame, RuleResult, Users, sharing_table
from luukku.premises.units import Premises

MUNICIPALITIES = "municipality"
"""The player that all municipalities are together when the whole network is shared."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """The yearly cost of points shared by every rule.

    points: the codes whose cost it is; game: what each group would pay for points sized for its own visits.
    users:  what the rules weigh: visits a week, and m2, person-years and costs of the own units that are replaced.
    table:  one result a rule.
    """

    points: tuple[str, ...]
    game: CostGame
    users: Users
    table: tuple[RuleResult, ...]

    @property
    def total(self) -> int:
        """Cents a year."""
        return round(self.game.total)


def sharing(
    network: Network,
    spaces: PointSpaces,
    premises: Premises,
    plan: CostPlan,
    *,
    parameters: Parameters,
    point: str = "",
) -> Sharing:
    """The cost of one point (by code), or of all points of the network together ("").

    Every authority has the same part of the visits at every point, as its parameter says; municipal services take part
    when `municipal.visits` is above 0, as the point's municipality or, for the network, as all municipalities together.
    Raises UnknownPlace for a code that is no point of the network.
    """
    codes = network.points.code.tolist()
    if point and point not in codes:
        raise UnknownPlace(f"No point of the network has the code {point!r}. Its points are: {', '.join(codes)}.")
    numbers = [codes.index(point)] if point else list(range(len(codes)))
    state = {number: sum(spaces.programs[number].a_week.values()) for number in numbers}
    municipal = parameters["municipal.visits"]
    town = f"{MUNICIPALITIES}:{network.points.municipality[numbers[0]]}" if point else MUNICIPALITIES
    weights = {**authority_shares(parameters), **({town: municipal} if municipal else {})}
    whole = sum(weights.values())
    parts = {player: weight / whole for player, weight in weights.items()}
    a_week = np.array([state[number] for number in numbers], dtype=np.float64)
    game = network_game(parts, a_week, parameters)
    chosen = {codes[number] for number in numbers}
    users = _users(parts, float(a_week.sum()), premises, plan, chosen)
    table = sharing_table(game, users, base_share=parameters["money.base_share"])
    return Sharing(tuple(codes[number] for number in numbers), game, users, table)


def _users(parts: Mapping[str, float], visits: float, premises: Premises, plan: CostPlan, points: set[str]) -> Users:
    place = {unit: number for number, unit in enumerate(premises.unit.tolist())}
    m2, person_years = premises.m2.tolist(), np.nan_to_num(premises.person_years).tolist()
    area: dict[str, float] = defaultdict(float)
    people: dict[str, float] = defaultdict(float)
    today: dict[str, int] = defaultdict(int)
    for unit in plan.own:
        if unit.replaced_by in points:
            number = place[unit.unit]
            area[unit.payer] += m2[number]
            people[unit.payer] += person_years[number]
            today[unit.payer] += sum(unit.a_year.values())
    players = tuple(parts)
    return Users(
        players,
        visits=tuple(visits * part for part in parts.values()),
        area=tuple(area[player] for player in players),
        person_years=tuple(people[player] for player in players),
        today=tuple(today[player] for player in players),
    )
