"""Visits by cell, week and channel, and by authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Cells
from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameter, Parameters
from luukku.outlook.scenario import Scenario

Channel = Literal["self_service", "remote", "expert", "adviser"]

CHANNELS: tuple[Channel, ...] = ("self_service", "remote", "expert", "adviser")
"""The four channels in the document's order (L1484-1500)."""


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """Visits to joint points in an average service week.

    a_week:      (cells, 4) float64, visits a week by channel in the order of CHANNELS.
    from_home:   (cells,) float64, contacts a week that are made by video from home instead of a visit.
    authorities: {authority code: share of the visits}, sums to 1.
    weeks:       service weeks a year.
    unused:      groups for which a rate is given but no cell has people counted; they have no effect.
    assumptions: the parameters that weigh in these visits.
    """

    a_week: NDArray[np.float64]
    from_home: NDArray[np.float64]
    authorities: Mapping[str, float]
    weeks: float
    scenario: Scenario
    unused: tuple[str, ...]
    assumptions: tuple[Parameter, ...]

    @property
    def by_cell(self) -> NDArray[np.float64]:
        """(cells,) visits a week, all channels."""
        total: NDArray[np.float64] = self.a_week.sum(axis=1)
        return total

    @property
    def by_channel(self) -> dict[Channel, float]:
        """Visits a week by channel, all cells."""
        sums = self.a_week.sum(axis=0)
        return {channel: float(sums[number]) for number, channel in enumerate(CHANNELS)}

    @property
    def by_authority(self) -> dict[str, float]:
        """Visits a week by authority, all cells and channels."""
        total = float(self.a_week.sum())
        return {code: total * share for code, share in self.authorities.items()}

    @property
    def a_year(self) -> float:
        """Visits a year, all cells and channels."""
        return float(self.a_week.sum()) * self.weeks

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Visits:
        """The visits of some of the cells, such as a region's or a point's."""
        return replace(self, a_week=self.a_week[which], from_home=self.from_home[which])


def visits(cells: Cells, scenario: Scenario, parameters: Parameters, *, population: float | None = None) -> Visits:
    """Visits a week by cell and channel.

    The scenario's visits a year are those of `population` people (all the cells' when None: then the cells are the
    whole country and the year's visits are exactly the scenario's). People of a group with rate r make r times the
    visits of others; the rates move visits between cells and leave the sum. Only a group's growth adds visits: growth g
    adds (g - 1) x the group's. `shift.share` of the expert's and the adviser's visits become remote contacts, and
    `shift.from_home` of these are made at home and so do not come to a point.

    To plan a region, compute the whole country and `take` its cells, so that the rates weigh as in the country.
    """
    whole = float(cells.people.sum()) if population is None else population
    weight = cells.people.astype(np.float64, copy=True)
    known = [name for name in _groups(parameters) if name in cells.extra]
    for name in known:
        weight += (parameters[f"group.{name}.rate"] - 1.0) * cells.extra[name]
    weight = np.maximum(weight, 0.0)
    people_sum = float(cells.people.sum())
    mean_rate = float(weight.sum()) / people_sum if people_sum else 1.0
    each = scenario.visits_a_year / (whole * scenario.weeks * mean_rate) if whole and mean_rate else 0.0
    total = weight * each
    for name in known:
        growth = parameters[f"group.{name}.growth"] - 1.0
        total = total + np.maximum(each * parameters[f"group.{name}.rate"] * growth * cells.extra[name], -total)
    shares, home = channel_shares(parameters)
    return Visits(
        a_week=total[:, None] * shares[None, :],
        from_home=total * home,
        authorities=authority_shares(parameters),
        weeks=scenario.weeks,
        scenario=scenario,
        unused=tuple(name for name in _groups(parameters) if name not in cells.extra),
        assumptions=parameters.shown("channel.", "shift.", "authority.", *(f"group.{name}." for name in known)),
    )


def channel_shares(parameters: Parameters) -> tuple[NDArray[np.float64], float]:
    """(4,) the share of each channel of the visits in the order of CHANNELS, and the share that is served at home.

    Together they sum to 1. Raises Contradiction when all weights are 0.
    """
    weights = np.array([parameters[f"channel.{channel}"] for channel in CHANNELS], dtype=np.float64)
    if not weights.any():
        raise Contradiction("All weights of the channels are 0: no visit could be made.")
    shares = weights / weights.sum()
    share = min(parameters["shift.share"], 1.0)
    moved = share * (shares[2] + shares[3])
    home = moved * min(parameters["shift.from_home"], 1.0)
    shares[2:] *= 1.0 - share
    shares[1] += moved - home
    return shares, float(home)


def authority_shares(parameters: Parameters) -> dict[str, float]:
    """{authority code: share of the visits}; sums to 1. Raises Contradiction when all weights are 0."""
    weights = parameters.under("authority.")
    total = sum(weights.values())
    if not total:
        raise Contradiction("All weights of the authorities are 0: no visit could be made.")
    return {code: weight / total for code, weight in weights.items()}


def _groups(parameters: Parameters) -> list[str]:
    return [name.split(".")[1] for name in parameters if name.startswith("group.") and name.endswith(".rate")]
