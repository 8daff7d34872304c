"""The people whom a network leaves over the limit, and what light solution is proposed for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country, Sites
from luukku.country.provenance import Source
from luukku.errors import Contradiction
from luukku.network.evaluate import evaluate
from luukku.network.light import light_solutions
from luukku.plan.model import Evaluated, Plan
from luukku.plan.task import TimesOf


class Ground:
    """The people over the limit, on the country's cells.

    people: (cells,) over the limit whom the rounds are for; kind_of: light solution proposed for a cell.
    """

    def __init__(self, found: Plan | Evaluated, country: Country, times_of: TimesOf, proposed: tuple[str, ...]) -> None:
        self.found, self.country, self.times_of = found, country, times_of
        self.limit, self.demand = found.criteria.minutes, found.criteria.demand
        self.points = _sites_of(found)
        number = {code: cell for cell, code in enumerate(country.cells.code.tolist())}
        codes = found.areas.code.tolist()
        if unknown := [code for code in codes if code not in number]:
            raise Contradiction(
                f"There are {len(unknown)} areas that the country does not have, such as {unknown[0]}: the points were "
                "planned with other areas. Make the plan again."
            )
        rows = np.array([number[code] for code in codes], dtype=np.intp)
        self.people = np.zeros(len(country.cells))
        over = ~(found.areas.minutes <= self.limit)
        self.people[rows[over]] = found.areas.people[over]
        minutes = np.full(len(country.cells), np.inf, dtype=np.float32)
        minutes[rows] = np.where(np.isnan(found.areas.minutes), np.inf, found.areas.minutes)
        self.kind_of = self._proposals(minutes)
        if proposed:
            kept = [cell for cell, kind in self.kind_of.items() if kind in proposed]
            asked = np.zeros_like(self.people)
            asked[kept] = self.people[kept]
            self.people = asked

    def _proposals(self, minutes: NDArray[np.float32]) -> dict[int, str]:
        cells = self.country.cells
        if isinstance(self.found, Plan):
            number = {code: cell for cell, code in enumerate(cells.code.tolist())}
            return {number[code]: light.kind for light in self.found.light for code in light.areas}
        if not self.people.any():
            return {}
        left = replace(cells, people=self.people)
        evaluation = evaluate(left, self.times_of(self.points), range(len(self.points)), self.found.criteria)
        order = np.argsort(-self.people, kind="stable")
        evaluation = replace(evaluation, minutes=minutes, left_out=order[self.people[order] > 0])
        return {cell: light.kind for light in light_solutions(evaluation, left) for cell in light.cells}


def _sites_of(found: Plan | Evaluated) -> Sites:
    """The points as sites."""
    points = found.points
    return Sites(
        code=np.array([point.code for point in points], dtype=np.str_),
        name=np.array([point.name for point in points], dtype=np.str_),
        kind=np.array([point.kind for point in points], dtype=np.str_),
        municipality=np.array([point.municipality for point in points], dtype=np.str_),
        x=np.array([point.x for point in points], dtype=np.float64),
        y=np.array([point.y for point in points], dtype=np.float64),
        source=Source("computation", "points of the plan" if isinstance(found, Plan) else found.label),
    )
