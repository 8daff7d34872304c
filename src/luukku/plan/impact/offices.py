"""The offices of a list of premises in a scenario: what is needed where, and what can be released."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from luukku.outlook.parameters import Parameters
from luukku.outlook.scenario import Scenario
from luukku.premises.facts import OfficeFacts, office_facts
from luukku.premises.offices import OfficeNeed, OfficeUsers, office_need
from luukku.premises.units import Premises


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """The offices of one municipality.

    units: of the list; today_m2: together; need: of all their users in the scenario.
    """

    municipality: str
    units: tuple[str, ...]
    today_m2: float
    person_years: dict[str, float]
    need: OfficeNeed


@dataclass(frozen=True, slots=True)
class Offices:
    """Offices today, at the target, and in the scenario. m2 as the list has them: room area and net area may be mixed.

    places: by municipality; estimated: units whose person-years are not told (then m2 / `office.today`).
    mixed:  whether room area and net area are added up, which only a rough figure may do.
    facts:  the document's own figures for all of the state (F6), beside which this stands.
    """

    places: tuple[OfficePlace, ...]
    estimated: int
    mixed: bool
    facts: OfficeFacts

    @property
    def person_years(self) -> float:
        """Person-years of all places."""
        return sum(place.need.person_years for place in self.places)

    @property
    def today_m2(self) -> float:
        """m2 of today's units."""
        return sum(place.today_m2 for place in self.places)

    @property
    def target_m2(self) -> float:
        """m2 at the target of 10 m2 a person-year."""
        return sum(place.need.target_m2 for place in self.places)

    @property
    def released_m2(self) -> float:
        """m2 released at the target (F6)."""
        return self.today_m2 - self.target_m2

    @property
    def need_m2(self) -> float:
        """m2 that the scenario's work needs."""
        return sum(place.need.m2 for place in self.places)

    @property
    def shared_m2(self) -> float:
        """The part of the need that is shared."""
        return sum(place.need.shared_m2 for place in self.places)

    @property
    def workplaces(self) -> int:
        """Workplaces of the shared offices."""
        return sum(place.need.workplaces for place in self.places)


def offices(premises: Premises, scenario: Scenario, parameters: Parameters) -> Offices:
    """The office units of a list, gathered by municipality, in a scenario.

    premises: those in the reform and in the planned area.
    """
    number = np.flatnonzero(premises.use == "office")
    untold = np.isnan(premises.person_years[number])
    people = np.where(untold, premises.m2[number] / parameters["office.today"], premises.person_years[number])
    by_town: dict[str, list[int]] = defaultdict(list)
    for place, town in enumerate(premises.municipality[number].tolist()):
        by_town[town].append(place)
    places = []
    for town in sorted(by_town):
        users: dict[str, float] = defaultdict(float)
        for place in by_town[town]:
            users[str(premises.authority[number[place]])] += float(people[place])
        here = number[by_town[town]]
        places.append(
            OfficePlace(
                municipality=town,
                units=tuple(premises.unit[here].tolist()),
                today_m2=float(premises.m2[here].sum()),
                person_years=dict(users),
                need=office_need(OfficeUsers(users), scenario, parameters),
            )
        )
    mixed = len(np.unique(premises.measure[number])) > 1
    return Offices(tuple(places), int(untold.sum()), mixed, office_facts())
