"""Offices: how efficient they are, how much is needed when work is done in many places, and what sharing spares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlog1py, xlogy

from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameter, Parameters
from luukku.outlook.scenario import Scenario
from luukku.premises.units import Premises

NEVER = 1e-20
"""A chance below this changes no sum of chances that is told."""


@dataclass(frozen=True, slots=True)
class Efficiency:
    """m2 a person-year of one authority (or of all, "") in one measure.

    m2, person_years: sums over the office units that tell both; untold: units without person-years, left out.
    """

    authority: str
    measure: str
    m2: float
    person_years: float
    untold: int

    @property
    def m2_a_person_year(self) -> float | None:
        """None when nobody works there."""
        return self.m2 / self.person_years if self.person_years > 0 else None


def efficiency(premises: Premises) -> tuple[Efficiency, ...]:
    """Efficiency of office units by authority, and of all together (""), room area and net area apart."""
    found: list[Efficiency] = []
    office = premises.use == "office"
    for measure in np.unique(premises.measure[office]).tolist():
        here = office & (premises.measure == measure)
        for authority in ["", *np.unique(premises.authority[here]).tolist()]:
            mine = here & (premises.authority == authority) if authority else here
            told = mine & ~np.isnan(premises.person_years)
            found.append(
                Efficiency(
                    authority,
                    measure,
                    float(premises.m2[told].sum()),
                    float(premises.person_years[told].sum()),
                    int((mine & ~told).sum()),
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OfficeUsers:
    """Who needs office space at one place.

    person_years: by authority.
    place_bound:  by authority, share of its work that can be done only at the place (0-1); the parameter
                  `office.place_bound` for those not named.
    home_bases:   by authority, person-years that need an own area (L1837-1841); `office.home_base` x person-years for
                  those not named.
    """

    person_years: Mapping[str, float]
    place_bound: Mapping[str, float] | None = None
    home_bases: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        values = [*self.person_years.values(), *(self.home_bases or {}).values()]
        if not all(math.isfinite(value) and value >= 0 for value in values):
            raise Contradiction("Person-years and home bases must be numbers of at least 0.")
        if not all(0 <= share <= 1 for share in (self.place_bound or {}).values()):
            raise Contradiction("A place-bound share must be between 0 and 1.")
        for code, people in (self.home_bases or {}).items():
            if people > self.person_years.get(code, 0.0):
                raise Contradiction(f"{code} has {self.person_years.get(code, 0):g} person-years and more home bases.")


@dataclass(frozen=True, slots=True)
class OfficeNeed:
    """How much office a place needs.

    person_years: all authorities'.
    elsewhere:    by authority, share of working time done elsewhere.
    m2:           today's m2 a person-year x those present + the home bases' addition (the derived model of F6).
    home_base_m2: the part of m2 that is home bases' addition.
    target_m2:    at the target of 10 htm2 a person-year (L1460-1462).
    shared_m2, own_m2: m2 parted by the scenario's shared share; home bases are own.
    workplaces:   that suffice on `office.peak` of the days when everybody may use all of them.
    workplaces_apart: the same when every authority keeps its own.
    """

    person_years: float
    elsewhere: Mapping[str, float]
    m2: float
    home_base_m2: float
    target_m2: float
    shared_m2: float
    own_m2: float
    workplaces: int
    workplaces_apart: int
    assumptions: tuple[Parameter, ...]

    @property
    def meets_target(self) -> bool:
        """Whether the need stays within the target."""
        return self.m2 <= self.target_m2

    @property
    def spared_by_sharing(self) -> int:
        """Workplaces that sharing spares."""
        return self.workplaces_apart - self.workplaces


def office_need(users: OfficeUsers, scenario: Scenario, parameters: Parameters) -> OfficeNeed:
    """Office space and workplaces of one place in a scenario.

    The scenario's multi-location share is that of all working time, on average; an authority's cannot exceed what is
    not bound to the place, for remote work cannot be done by those whose work is here. More remote work never raises m2
    or workplaces. Workplaces: the number present on a day is binomial (each person-year present with probability 1 -
    elsewhere, independently), and the workplaces suffice on `office.peak` of the days; a pool needs fewer than the
    authorities apart because their peaks do not fall together.
    """
    people = dict(users.person_years)
    bound = {code: (users.place_bound or {}).get(code, parameters["office.place_bound"]) for code in people}
    elsewhere = {code: min(scenario.multi_location, 1.0 - share) for code, share in bound.items()}
    bases = {
        code: (users.home_bases or {}).get(code, parameters["office.home_base"] * count)
        for code, count in people.items()
    }
    today = parameters["office.today"]
    base_m2 = sum(bases.values()) * parameters["office.home_base_m2"]
    work_m2 = sum(today * count * (1.0 - elsewhere[code]) for code, count in people.items())
    total = sum(people.values())
    counts = np.array(list(people.values()), dtype=np.float64)
    present = 1.0 - np.array([elsewhere[code] for code in people], dtype=np.float64)
    peak = parameters["office.peak"]
    apart = sum(
        workplaces(np.array([count]), np.array([share]), peak) for count, share in zip(counts, present, strict=True)
    )
    return OfficeNeed(
        person_years=total,
        elsewhere=elsewhere,
        m2=work_m2 + base_m2,
        home_base_m2=base_m2,
        target_m2=total * parameters["office.target"],
        shared_m2=scenario.shared_space * work_m2,
        own_m2=(1.0 - scenario.shared_space) * work_m2 + base_m2,
        workplaces=min(workplaces(counts, present, peak), apart),
        workplaces_apart=apart,
        assumptions=parameters.shown("office."),
    )


def workplaces(people: NDArray[np.float64], present: NDArray[np.float64], peak: float) -> int:
    """Workplaces that suffice on a share `peak` of the days for groups of people who are present with given chances.

    people, present: one value a group. The number present is a sum of binomials, whose distribution is computed exactly
    by convolution; people are rounded up.
    """
    distribution, least = np.ones(1), 0
    for count, share in zip(np.ceil(people).astype(int).tolist(), present.tolist(), strict=True):
        if count:
            first, chance = _binomial(count, share)
            distribution, least = np.convolve(distribution, chance), least + first
    return least + int(np.searchsorted(np.cumsum(distribution), peak - 1e-12))


@lru_cache(maxsize=4096)
def _binomial(count: int, share: float) -> tuple[int, NDArray[np.float64]]:
    """The chance that so many of `count` people are present, each with the chance `share`, from a first number on.

    Numbers whose chance is below NEVER are left out at both ends.
    """
    here = np.arange(count + 1)
    logs = gammaln(count + 1) - gammaln(here + 1) - gammaln(count - here + 1)
    chance: NDArray[np.float64] = np.exp(logs + xlogy(here, share) + xlog1py(count - here, -share))
    some = np.flatnonzero(chance >= NEVER)
    return int(some[0]), chance[some[0] : some[-1] + 1]
