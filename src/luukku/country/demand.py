"""How many visits people make: the formulas F1-F3 that tie visits a year to visits a week and to population bases."""

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
