"""When customers come: the opening hours of a week cut into quarter hours, with the share of the visits in each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction

DAYS = ("mon", "tue", "wed", "thu", "fri")


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """The quarters of an opening week in order, day by day.

    day:   (quarters,) 0 for Monday; begins: (quarters,) minutes after midnight;
    hours: (quarters,) length, 0.25 or less.
    share: (quarters,) share of the week's visits; sums to 1.
    """

    day: NDArray[np.int64]
    begins: NDArray[np.float64]
    hours: NDArray[np.float64]
    share: NDArray[np.float64]

    @property
    def open_hours(self) -> float:
        """Opening hours a week."""
        return float(self.hours.sum())

    def an_hour(self, a_week: NDArray[np.float64]) -> NDArray[np.float64]:
        """(..., quarters) visits an hour when there are `a_week` visits a week."""
        rates: NDArray[np.float64] = a_week[..., None] * (self.share / self.hours)
        return rates


def pattern(parameters: Mapping[str, float]) -> Pattern:
    """The week of the parameters: the same hours on five days (8.00-16.15 by default), weighted by day and hour.

    Raises Contradiction when the point opens after it closes, or there is no weight for an hour.
    """
    opens, closes = parameters["open.from"], parameters["open.to"]
    if not opens < closes:
        raise Contradiction(f"The point opens at {opens:g} and closes at {closes:g}.")
    cuts = np.unique([opens, *(np.arange(math.ceil(opens * 4), math.floor(closes * 4) + 1) / 4), closes])
    begins, lengths = cuts[:-1], np.diff(cuts)
    names = [f"arrive.hour.{int(hour):02d}" for hour in begins]
    if missing := [name for name in names if name not in parameters]:
        raise Contradiction(f"There is no weight of arrivals for an hour when the point is open: {', '.join(missing)}.")
    by_hour = np.array([parameters[name] for name in names]) * lengths
    by_day = np.array([parameters[f"arrive.day.{day}"] for day in DAYS])
    weight = np.outer(by_day, by_hour).ravel()
    if not weight.sum() > 0:
        raise Contradiction("All weights of arrivals are 0: nobody would ever come.")
    return Pattern(
        day=np.repeat(np.arange(len(DAYS)), len(begins)),
        begins=np.tile(begins * 60.0, len(DAYS)),
        hours=np.tile(lengths, len(DAYS)),
        share=weight / weight.sum(),
    )
