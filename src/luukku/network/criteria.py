"""The two criteria of the reform, and the visits and population bases that follow from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """How many visits there are (F1-F3). The document gives no formula; both defaults are assumptions fitted to its 77.

    visits_a_year: state-service visits a year in the whole country (L1325: 2 M in 2030).
    population:    people who make them (assumption: 5.5 M).
    weeks:         service weeks a year (assumption: 47 reproduces "77 a week", L1325-1327).
    """

    visits_a_year: float = 2_000_000.0
    population: float = 5_500_000.0
    weeks: float = 47.0

    def visits_a_week(self, people: float = 10_000.0) -> float:
        """Visits a week that so many people make (F1): visits_a_year x people / (population x weeks)."""
        return self.visits_a_year * people / (self.population * self.weeks)

    def base_needed(self, visits_a_week: float = 100.0) -> float:
        """People needed behind a point for so many visits a week (F2)."""
        return visits_a_week * self.population * self.weeks / self.visits_a_year

    def most_points(self, visits_a_week: float = 100.0) -> float:
        """Upper bound of points that the country's people can keep so busy (F3): population / base needed."""
        return self.population / self.base_needed(visits_a_week)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the reform asks of a network.

    minutes: nobody farther from the nearest point than this by car (60; L33, L1309-1319).
    base:    people behind each point (10,000; L35-37, L1319). Read in two ways, both reported: people who live within
             `minutes` of the point, and people for whom it is the nearest point.
    near_base: a base below base x near_base counts as "near 10,000", where municipal services are compulsory
             (L1327-1329; the factor is an assumption, shown as such).
    rings:   minutes for which people are counted (30, 60, 90; L437-439).
    """

    minutes: float = 60.0
    base: float = 10_000.0
    near_base: float = 1.5
    rings: tuple[float, ...] = (30.0, 60.0, 90.0)
    demand: Demand = Demand()
