"""How many will come: scenarios to 2030, population, and visits by cell, week, channel and authority."""

from __future__ import annotations

from luukku.outlook.compare import Comparison, Measure, compare, standard_measures
from luukku.outlook.parameters import Parameter, Parameters, default_parameters, read_parameters, write_parameters
from luukku.outlook.population import Projection, forecast, project, trend
from luukku.outlook.scenario import Scenario, own_scenario, read_scenarios, scenario, scenarios
from luukku.outlook.sensitivity import Band, Bar, Case, Range, bands, ranges, tornado
from luukku.outlook.visits import CHANNELS, Channel, Visits, visits

__all__ = [
    "CHANNELS",
    "Band",
    "Bar",
    "Case",
    "Channel",
    "Comparison",
    "Measure",
    "Parameter",
    "Parameters",
    "Projection",
    "Range",
    "Scenario",
    "Visits",
    "bands",
    "compare",
    "default_parameters",
    "forecast",
    "own_scenario",
    "project",
    "ranges",
    "read_parameters",
    "read_scenarios",
    "scenario",
    "scenarios",
    "standard_measures",
    "tornado",
    "trend",
    "visits",
    "write_parameters",
]
