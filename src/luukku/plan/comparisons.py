"""Our figures beside those of other sources, with what a difference can come from, measured one thing at a time."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from luukku.country.model import Country
from luukku.country.provenance import Source
from luukku.errors import Impossible
from luukku.network.cover.solve import fewest_points
from luukku.network.problem import Problem, Solution, Stop
from luukku.plan.later import later_people
from luukku.plan.model import Comparison, Effect

DOCUMENT = Source(
    "document",
    "Ministry of Finance: Valtion palvelu- ja toimitilaverkkohankkeen toimeenpanosuunnitelma",
    "lines 435-441, for 2030",
    "2021",
)
SHARES = {30.0: 0.56, 60.0: 0.82, 90.0: 0.95}
"""Share of all people within so many minutes of the 18 regional centres in 2030 (lines 437-439)."""
OUTSIDE = 260_000.0
"""People outside 90 minutes in 2030 (lines 439-441)."""
CENTRES_NOTE = (
    "The document names neither the 18 centres (they are inferred from its Table 2) nor its travel times, its places "
    "of residence or its forecast. Ours are minutes by car on a road network, people at the centre of their area, and "
    "the population that ships, Åland included as in the document. The effects show what longer trips and the "
    "population's own trend would do; the rest is unexplained."
)

STUDY = Source(
    "document",
    "Kuntalehti, on the study Kohti julkisen hallinnon yhteistä asiakaspalveluverkostoa 2030",
    "90 points guarantee an hour for 99.5 % of people",
    "2020-05-27",
)
STUDY_POINTS = 90
STUDY_SHARE = 0.995
STUDY_MINUTES = 60.0
STUDY_NOTE = (
    "The study's text, with its candidate places, travel times and population, is not available, so this is a loose "
    "comparison. A proved least number is smaller than one found by a heuristic or held to more conditions; minutes, "
    "candidate places and where people are thought to live all move it, as the effects show."
)

LONGER = 1.1
"""The factor by which trips are made longer and shorter to show how much the figures hang on travel times."""
SECONDS_FOR_AN_EFFECT = 2.0
"""How long the number of points for longer or shorter trips may be sought; without a proof it is left out."""
TREND_TO = 2030


def centres_comparisons(
    country: Country, minutes: NDArray[np.float64], people: NDArray[np.float64]
) -> list[Comparison]:
    """The implementation plan's figures for the 18 centres beside ours.

    minutes: (cells,) to the nearest centre, infinite when out of reach; people: (cells,) counted.
    """
    later = people * trend_factor(country)
    rows = []
    for ring, share in SHARES.items():
        here = _share(minutes, people, ring)
        effects = (
            Effect("longer", _share(minutes * LONGER, people, ring)),
            Effect("shorter", _share(minutes / LONGER, people, ring)),
            Effect("trend", _share(minutes, later, ring)),
        )
        rows.append(
            Comparison(f"within_{ring:.0f}", here, share, here - share, "share", DOCUMENT, effects, CENTRES_NOTE)
        )
    outside = _outside(minutes, people)
    effects = (
        Effect("longer", _outside(minutes * LONGER, people)),
        Effect("shorter", _outside(minutes / LONGER, people)),
        Effect("trend", _outside(minutes, later)),
    )
    rows.append(
        Comparison("outside_90", outside, OUTSIDE, outside - OUTSIDE, "people", DOCUMENT, effects, CENTRES_NOTE)
    )
    return rows


def study_comparison(problem: Problem, points: int, asked: threading.Event | None = None) -> Comparison:
    """The 90 points of the study of 2020 beside ours, with the proved number for longer and for shorter trips.

    asked: set to leave out what is not known yet.
    """
    stop = Stop(seconds=SECONDS_FOR_AN_EFFECT, asked=asked)
    effects = tuple(
        Effect(name, float(len(solution.sites)))
        for name, factor in (("longer", LONGER), ("shorter", 1 / LONGER))
        if (solution := _fewest(problem, factor, stop)) is not None
    )
    return Comparison(
        "points_of_study", points, STUDY_POINTS, points - STUDY_POINTS, "points", STUDY, effects, STUDY_NOTE
    )


def _fewest(problem: Problem, factor: float, stop: Stop) -> Solution | None:
    """The fewest points when every trip takes `factor` times as long; None when that is impossible or not proved."""
    try:
        solution = fewest_points(problem, within=STUDY_MINUTES / factor, share=STUDY_SHARE, stop=stop)
    except Impossible:
        return None
    return solution if solution.proved else None


def trend_factor(country: Country) -> NDArray[np.float64]:
    """(cells,) how a cell's people change to 2030 if its municipality goes on as it has, as `later_people` tells.

    1 where nobody lives, and everywhere when the people are of that year already.
    """
    people = country.cells.people
    later = later_people(country, TREND_TO)[0].people
    return np.divide(later, people, out=np.ones_like(people), where=people > 0)


def _share(minutes: NDArray[np.float64], people: NDArray[np.float64], ring: float) -> float:
    return float(people[minutes <= ring].sum() / people.sum())


def _outside(minutes: NDArray[np.float64], people: NDArray[np.float64]) -> float:
    return float(people[minutes > max(SHARES)].sum())
