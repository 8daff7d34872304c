"""How much a result leans on each assumption: one at a time (tornado), and all at once by sampling (bands)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from luukku.errors import Contradiction
from luukku.outlook.parameters import Parameters
from luukku.outlook.scenario import Scenario

SCENARIO_FIELDS = ("visits_a_year", "multi_location", "shared_space", "population", "weeks")


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario with its parameters: all that a result may depend on."""

    scenario: Scenario
    parameters: Parameters

    def changed(self, name: str, value: float) -> Case:
        """The case with one value changed: a parameter's name, or "scenario." and a field of the scenario."""
        field = name.removeprefix("scenario.")
        if field in SCENARIO_FIELDS and name != field:
            changes: dict[str, float] = {field: value}
            return replace(self, scenario=replace(self.scenario, **changes))  # type: ignore[arg-type]
        return replace(self, parameters=self.parameters.changed({name: value}))

    def value(self, name: str) -> float:
        """The value of a parameter or of a field of the scenario.

        Raises Contradiction when there is none of this name.
        """
        field = name.removeprefix("scenario.")
        if field in SCENARIO_FIELDS and name != field:
            return float(getattr(self.scenario, field))
        if name not in self.parameters:
            raise Contradiction(f"No parameter is called {name}.")
        return self.parameters[name]


@dataclass(frozen=True, slots=True)
class Range:
    """Within which bounds a named value may lie. Raises Contradiction when low > high."""

    name: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise Contradiction(f"The range of {self.name} is upside down: {self.low:g} is above {self.high:g}.")


@dataclass(frozen=True, slots=True)
class Bar:
    """The result when one value is at its low and at its high end, all others as they are."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far apart the two results are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Band:
    """Where a result lies when all values vary at once: 5 %, 50 % and 95 % points of the samples, and their mean."""

    p05: float
    p50: float
    p95: float
    mean: float
    samples: int
    seed: int


def ranges(case: Case, *prefixes: str, spread: float = 0.2) -> tuple[Range, ...]:
    """Ranges of the parameters whose names begin with any of `prefixes`, as their file gives them.

    A name of the scenario ("scenario.visits_a_year") gets +-`spread` of its value, kept to what can be (shares 0-1).
    Parameters whose range is a single value are left out: nothing can swing on them.
    """
    found = [
        Range(name, parameter.low, parameter.high)
        for name, parameter in case.parameters.by_name.items()
        if name.startswith(prefixes) and parameter.low < parameter.high
    ]
    for field in SCENARIO_FIELDS:
        if f"scenario.{field}".startswith(prefixes):
            value = float(getattr(case.scenario, field))
            top = {"multi_location": 1.0, "shared_space": 1.0, "weeks": 53.0}.get(field, np.inf)
            found.append(Range(f"scenario.{field}", value * (1 - spread), min(value * (1 + spread), float(top))))
    return tuple(found)


def tornado(result: Callable[[Case], float], case: Case, ranges: Sequence[Range]) -> tuple[Bar, ...]:
    """How far the result swings with each value alone, widest swing first (ties by name)."""
    bars = [
        Bar(
            each.name,
            each.low,
            each.high,
            result(case.changed(each.name, each.low)),
            result(case.changed(each.name, each.high)),
        )
        for each in ranges
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name)))


def bands(
    result: Callable[[Case], float], case: Case, ranges: Sequence[Range], *, samples: int = 256, seed: int = 2030
) -> Band:
    """Where the result lies when every value varies at once, independently of the others.

    Each value is drawn from a triangle between its ends with its peak at the present value (clipped into the range), by
    Latin hypercube sampling (McKay, Beckman & Conover 1979). The same seed gives the same band.
    Raises Contradiction when there is nothing to vary or fewer than two samples.
    """
    from scipy.stats import qmc, triang  # slow to import, and only sampling needs it

    if not ranges or samples < 2:
        raise Contradiction("A band needs at least one range and two samples.")
    unit = qmc.LatinHypercube(d=len(ranges), rng=np.random.default_rng(seed)).random(samples)
    drawn = np.empty_like(unit)
    for column, each in enumerate(ranges):
        width = each.high - each.low
        peak = 0.5 if width == 0 else (min(max(case.value(each.name), each.low), each.high) - each.low) / width
        drawn[:, column] = each.low if width == 0 else triang.ppf(unit[:, column], peak, each.low, width)
    values = np.empty(samples, dtype=np.float64)
    for row in range(samples):
        varied = case
        for column, each in enumerate(ranges):
            varied = varied.changed(each.name, float(drawn[row, column]))
        values[row] = result(varied)
    p05, p50, p95 = np.quantile(values, (0.05, 0.5, 0.95))
    return Band(float(p05), float(p50), float(p95), float(values.mean()), samples, seed)
