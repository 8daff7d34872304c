"""The population of a later year: the official forecast when there is one, else the trend of counted years.

A trend is not a forecast, and every projection says which of the two it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from luukku.country.model import Cells, Municipality
from luukku.country.provenance import Source
from luukku.errors import Impossible

LABELS: dict[str, dict[str, str]] = {
    "forecast": {
        "fi": "virallinen väestöennuste vuodelle {year}",
        "sv": "officiell befolkningsprognos för år {year}",
        "en": "official population forecast for {year}",
    },
    "trend": {
        "fi": "vuosien {first}–{last} kehityksen jatke vuoteen {year}, ei virallinen ennuste",
        "sv": "utvecklingen {first}–{last} framskriven till år {year}, inte en officiell prognos",
        "en": "trend of {first}–{last} carried on to {year}, not an official forecast",
    },
}


@dataclass(frozen=True, slots=True)
class Projection:
    """People by municipality in one year.

    method: "forecast" (official) or "trend" (the past carried on; never to be shown as a forecast).
    people: {municipality code: people}.
    ratio:  {municipality code: people of `year` / people of `last`}.
    first, last: the counted years that it rests on.
    """

    year: int
    method: Literal["forecast", "trend"]
    first: int
    last: int
    people: Mapping[str, float]
    ratio: Mapping[str, float]
    source: Source

    def label(self, language: str) -> str:
        """What the figures are, in "fi", "sv" or "en"; to be shown wherever they are."""
        return LABELS[self.method][language].format(year=self.year, first=self.first, last=self.last)


def trend(municipalities: Sequence[Municipality], year: int, *, first: int = 2000, last: int = 2022) -> Projection:
    """Each municipality's mean yearly change of `first`-`last`, carried on from `last` to `year`.

    The rate is the slope of ln(people) by least squares, so that no single year decides and nobody falls below zero;
    the projection starts from the people counted in `last`. One that ended before `last` is left out.
    Raises Impossible when a municipality lacks counts (fewer than two years, or `last`), or `year` is
    before `last`.
    """
    if year < last:
        raise Impossible(f"A trend goes forward: {year} is before {last}. Use the counted people of {year}.")
    people: dict[str, float] = {}
    ratio: dict[str, float] = {}
    for municipality in municipalities:
        if municipality.merged_into and last not in municipality.people:
            continue
        counted = {y: n for y, n in municipality.people.items() if first <= y <= last and n > 0}
        if len(counted) < 2 or last not in counted:
            raise Impossible(
                f"{municipality.name_fi} has no people counted for {last} and another year since {first}; "
                "a trend needs both."
            )
        years = np.array(sorted(counted), dtype=np.float64)
        logs = np.log(np.array([counted[int(y)] for y in years], dtype=np.float64))
        from_middle = years - years.mean()
        slope = float((from_middle * (logs - logs.mean())).sum() / (from_middle**2).sum())
        ratio[municipality.code] = float(np.exp(slope * (year - last)))
        people[municipality.code] = counted[last] * ratio[municipality.code]
    where = f"log-linear trend of {first}-{last} by municipality"
    return Projection(
        year, "trend", first, last, people, ratio, Source("computation", "luukku.outlook.population.trend", where)
    )


def forecast(
    municipalities: Sequence[Municipality],
    people: Mapping[str, float],
    year: int,
    source: Source,
    *,
    last: int = 2022,
) -> Projection:
    """An official forecast that the planner has imported, {municipality code: people in `year`}.

    A municipality that the forecast leaves out because it has merged changes as its heir does, whose forecast holds
    them both. Codes of the forecast that are no municipality of the country are left alone.
    Raises Impossible naming the municipalities that it leaves out, or that have no people counted in `last`.
    """
    counted = [municipality for municipality in municipalities if municipality.people.get(last)]
    if uncounted := [m.name_fi for m in municipalities if not m.merged_into and not m.people.get(last)]:
        raise Impossible(f"Nobody is counted in {last} in: {', '.join(uncounted[:10])}{_more(uncounted)}.")
    heir = {m.code: m.merged_into if m.code not in people and m.merged_into else m.code for m in counted}
    if missing := [m.name_fi for m in counted if heir[m.code] not in people]:
        raise Impossible(f"The forecast has no figure of {year} for: {', '.join(missing[:10])}{_more(missing)}.")
    together: dict[str, float] = defaultdict(float)
    for m in counted:
        together[heir[m.code]] += m.people[last]
    ratio = {m.code: people[heir[m.code]] / together[heir[m.code]] for m in counted}
    return Projection(
        year, "forecast", last, last, {m.code: m.people[last] * ratio[m.code] for m in counted}, ratio, source
    )


def project(cells: Cells, projection: Projection) -> Cells:
    """Cells of the projection's year: every cell changes as its municipality does; groups of people change alike.

    Cells without a known municipality change as the whole country does. Use it on cells of the year `projection.last`.
    """
    counted = {code: projection.people[code] / ratio for code, ratio in projection.ratio.items() if ratio > 0}
    whole = sum(projection.people.values()) / sum(counted.values())
    ratio = np.array([projection.ratio.get(code, whole) for code in cells.municipality.tolist()], dtype=np.float64)
    return replace(
        cells,
        people=cells.people * ratio,
        extra={key: values * ratio for key, values in cells.extra.items()},
        year=projection.year,
        source=Source(
            "computation",
            "luukku.outlook.population.project",
            f"{cells.source}; {projection.label('en')}",
            indicative=True,
        ),
    )


def _more(names: list[str]) -> str:
    return f" and {len(names) - 10} more" if len(names) > 10 else ""
