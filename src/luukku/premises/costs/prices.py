"""From m2, places and hours to cents a year, by the parameters' prices where a real price is not told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.outlook.parameters import Parameters
from luukku.outlook.visits import channel_shares as shares_of_channels
from luukku.premises.costs.items import Kind, OwnUnit
from luukku.premises.program import USED, SpaceProgram, space_programs
from luukku.premises.release import out_of_scope, yearly_rents
from luukku.premises.sharing import CostGame
from luukku.premises.sizing import PLACES
from luukku.premises.units import Premises

STEP = 1.01
"""Coalitions' visits are rounded up to powers of this (1 %), so that few programmes serve all coalitions."""

PRICES = ("rent.", "upkeep", "wage.", "staff.", "ict.", "open.weeks")
"""Beginnings of the names of the parameters that weigh in yearly costs; to be shown beside them."""


def point_costs(program: SpaceProgram, parameters: Parameters) -> dict[Kind, int]:
    """Cents a year of a joint point: rent, upkeep, service advisers' wages and ICT. Experts are not in it: their wages
    are their own authority's wherever they sit.
    """
    m2 = program.total_m2
    person_years = program.staff_hours * parameters["open.weeks"] / parameters["staff.hours"]
    places = sum(program.places[kind] for kind in (*PLACES, "back_office"))
    return {
        "rent": _cents(m2 * parameters["rent.public_service"] * 12),
        "upkeep": _cents(m2 * parameters["upkeep"] * 12),
        "staff": _cents(person_years * parameters["wage.adviser"]),
        "ict": _cents(places * parameters["ict.place"] + parameters["ict.point"]),
    }


def office_costs(m2: float, workplaces: int, parameters: Parameters) -> dict[Kind, int]:
    """Cents a year of so much office: rent, upkeep and ICT of the workplaces."""
    return {
        "rent": _cents(m2 * parameters["rent.office"] * 12),
        "upkeep": _cents(m2 * parameters["upkeep"] * 12),
        "ict": _cents(workplaces * parameters["ict.place"]),
    }


def own_units(
    premises: Premises,
    country: Country,
    parameters: Parameters,
    closures: Mapping[str, tuple[str, date | None]],
) -> tuple[OwnUnit, ...]:
    """The units of a list of premises that are in the reform, with their costs of today.

    closures: {unit: (code of the joint point that replaces it, its last day or None)}; the others stay.
    Rent as told, else the parameter's. Upkeep only where the rent does not hold it: a capital rent, or one that is not
    told. Wages of those who serve in public-service units. ICT of the workplaces, or of the person-years where the
    workplaces are not told.
    """
    rents = yearly_rents(premises, parameters)
    reasons = out_of_scope(premises)
    region = {municipality.code: municipality.region for municipality in country.municipalities}
    upkeep, wage, ict = (parameters[name] for name in ("upkeep", "wage.adviser", "ict.place"))
    bare = (premises.rent < 0) | (premises.rent_model == "capital")
    people = np.nan_to_num(premises.person_years)
    places = np.where(np.isnan(premises.workplaces), people, premises.workplaces)
    columns = (
        premises.unit.tolist(),
        premises.authority.tolist(),
        premises.municipality.tolist(),
        (premises.use == "public_service").tolist(),
        rents.tolist(),
        np.where(bare, premises.m2, 0.0).tolist(),
        people.tolist(),
        places.tolist(),
        reasons,
    )
    found: list[OwnUnit] = []
    for unit, payer, town, serves, rent, kept_up, here, desks, reason in zip(*columns, strict=True):
        if reason:
            continue
        replaced_by, closes = closures.get(unit, ("", None))
        found.append(
            OwnUnit(
                unit=unit,
                payer=payer,
                region=region.get(town, ""),
                a_year={
                    "rent": rent,
                    "upkeep": _cents(kept_up * upkeep * 12),
                    "staff": _cents(here * wage) if serves else 0,
                    "ict": _cents(desks * ict),
                },
                replaced_by=replaced_by,
                closes=closes,
            )
        )
    return tuple(found)


def joint_point_game(visits: Mapping[str, float], parameters: Parameters) -> CostGame:
    """The cost game of those who share a point: each coalition pays for a point sized for its own visits.

    visits: {player: visits a week}, in the order of the players; the channels' shares are the parameters'. The visits
    of coalitions are rounded up to the next per cent, those of all together are not.
    """
    total = sum(visits.values())
    parts = {player: each / total if total else 0.0 for player, each in visits.items()}
    return network_game(parts, np.array([total]), parameters)


def network_game(parts: Mapping[str, float], a_week: NDArray[np.float64], parameters: Parameters) -> CostGame:
    """The cost game of those who share a whole network: each coalition pays for points sized for its own visits.

    parts:  {player: its part of the visits at every point}, in the order of the players, summing to 1.
    a_week: (points,) visits a week of all players. Otherwise as in `joint_point_game`.
    """
    players = tuple(parts)
    numbers = np.arange(2 ** len(players))[:, None]
    shares = ((numbers >> np.arange(len(players))) & 1) @ np.array(list(parts.values()), dtype=np.float64)
    visits = shares[:, None] * a_week[None, :]
    some = visits > 0
    steps = np.zeros(visits.shape, dtype=np.int64)
    steps[some] = np.ceil(np.log(visits[some]) / math.log(STEP) - 1e-9).astype(np.int64)
    used = np.unique(steps[some])
    channels, _ = shares_of_channels(parameters)

    def cents(weeks: NDArray[np.float64]) -> list[int]:
        programs = space_programs(weeks[:, None] * channels, parameters)
        return [sum(point_costs(each, parameters).values()) for each in programs]

    known = _known(tuple((name, parameters[name]) for name in parameters if name.startswith((*USED, *PRICES))))
    if missing := [step for step in used.tolist() if step not in known]:
        known.update(zip(missing, cents(np.array([STEP**step for step in missing])), strict=True))
    by_step = np.array([known[step] for step in used.tolist()] or [0], dtype=np.float64)
    empty = cents(np.zeros(1))[0]
    costs = np.where(some, by_step[np.searchsorted(used, steps).clip(max=len(by_step) - 1)], empty).sum(axis=1)
    costs[-1] = sum(cents(a_week))
    costs[0] = 0.0
    return CostGame(players, costs)


@lru_cache(maxsize=16)
def _known(values: tuple[tuple[str, float], ...]) -> dict[int, int]:  # noqa: ARG001 - the key
    """{step: cents a year of a point of so many visits}, filled as steps are met, for one set of parameters."""
    return {}


def _cents(euros: float) -> int:
    return round(float(euros) * 100)
