"""Scenarios side by side: the same measures of each, whichever part of the plan they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luukku.outlook.parameters import Parameters
from luukku.outlook.scenario import Scenario
from luukku.outlook.sensitivity import Case


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to compare: its name in three languages, its unit, and how it follows from a case."""

    code: str
    name_fi: str
    name_sv: str
    name_en: str
    unit: str
    of: Callable[[Case], float]

    def name(self, language: str) -> str:
        """The name in "fi", "sv" or "en"."""
        return {"fi": self.name_fi, "sv": self.name_sv, "en": self.name_en}[language]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row a measure, one column a scenario."""

    scenarios: tuple[Scenario, ...]
    measures: tuple[Measure, ...]
    values: tuple[tuple[float, ...], ...]

    def value(self, measure: str, scenario: str) -> float:
        """The value of a measure in a scenario, both by code. Raises KeyError when either is not compared."""
        rows = {each.code: row for each, row in zip(self.measures, self.values, strict=True)}
        columns = {each.code: number for number, each in enumerate(self.scenarios)}
        return rows[measure][columns[scenario]]


def compare(scenarios: Sequence[Scenario], measures: Sequence[Measure], parameters: Parameters) -> Comparison:
    """Every measure of every scenario with the same parameters.

    The parts above give measures of their own (coverage from the network, m2 from the premises, euros from the costs)
    and are compared by the same function.
    """
    cases = [Case(each, parameters) for each in scenarios]
    values = tuple(tuple(measure.of(case) for case in cases) for measure in measures)
    return Comparison(tuple(scenarios), tuple(measures), values)


def standard_measures() -> tuple[Measure, ...]:
    """What follows from the scenario alone: its three variables, F1-F3 and the office factor of F6."""
    return (
        Measure(
            "visits_a_year",
            "Käyntejä vuodessa",
            "Besök per år",
            "Visits a year",
            "",
            lambda c: c.scenario.visits_a_year,
        ),
        Measure(
            "multi_location",
            "Monipaikkaisen työn osuus työajasta",
            "Andel platsoberoende arbete av arbetstiden",
            "Multi-location share of working time",
            "0-1",
            lambda c: c.scenario.multi_location,
        ),
        Measure(
            "shared_space",
            "Yhteiskäyttöisten tilojen osuus keskuskaupunkien toimistotiloista",
            "Andel delade lokaler av kontorsytan i centralorterna",
            "Shared share of office space in regional centres",
            "0-1",
            lambda c: c.scenario.shared_space,
        ),
        Measure(
            "visits_a_week",
            "Käyntejä viikossa 10 000 asukasta kohti",
            "Besök i veckan per 10 000 invånare",
            "Visits a week per 10,000 people",
            "",
            lambda c: c.scenario.demand.visits_a_week(),
        ),
        Measure(
            "base_needed",
            "Väestöpohja, joka tuottaa 100 käyntiä viikossa",
            "Befolkningsunderlag som ger 100 besök i veckan",
            "People needed for 100 visits a week",
            "",
            lambda c: c.scenario.demand.base_needed(),
        ),
        Measure(
            "most_points",
            "Pisteitä enintään, kun jokaisessa on 100 käyntiä viikossa",
            "Högst så många kundservicepunkter med 100 besök i veckan var",
            "Most points with 100 visits a week each",
            "",
            lambda c: c.scenario.demand.most_points(),
        ),
        Measure(
            "office_factor",
            "Toimistotilaa henkilötyövuotta kohti (johdettu)",
            "Kontorsyta per årsverke (härledd)",
            "Office space a person-year (derived)",
            "m2/htv",
            lambda c: c.scenario.office_factor(),
        ),
    )
