"""What is given to the routing: homes of vehicles, calls to make, minutes between them, and the working day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.plan.routes.service import Day

FAR = 100_000
"""Minutes that stand for a way that nobody drives, longer than any day."""


@dataclass(frozen=True, slots=True, eq=False)
class RoundsTask:
    """Calls that vehicles make from their homes, each in one day and back home for the night.

    minutes: (homes + calls, homes + calls) int64 whole minutes of driving from row to column, homes first; FAR where no
             road leads.
    homes:   how many places a vehicle may stand at overnight.
    lasts:   (calls,) int64 minutes at the stop, set-up included.
    opens, closes: (calls,) int64 earliest begin and latest end of the call, minutes after midnight.
    worth:   (calls,) float64 people, by which calls are chosen when not all can be made.
    days:    working days of a round, on each of which a vehicle goes out once at most.

    Raises Contradiction when the lengths disagree or a value is negative.
    """

    minutes: NDArray[np.int64]
    homes: int
    lasts: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    worth: NDArray[np.float64]
    day: Day
    days: int

    def __post_init__(self) -> None:
        calls, places = len(self.lasts), self.homes + len(self.lasts)
        lengths = {len(self.opens), len(self.closes), len(self.worth)}
        if self.homes < 1 or self.days < 1:
            raise Contradiction("Rounds need at least one home for a vehicle and one working day.")
        if self.minutes.shape != (places, places) or lengths != {calls}:
            raise Contradiction(f"{self.homes} homes and {calls} calls do not fit a matrix of {self.minutes.shape}.")
        if min(a.min(initial=0) for a in (self.minutes, self.lasts, self.worth)) < 0:
            raise Contradiction("Minutes, stays and people cannot be negative.")

    @property
    def calls(self) -> int:
        """How many calls there are."""
        return len(self.lasts)

    def only(self, calls: NDArray[np.intp]) -> RoundsTask:
        """The same with some of the calls, in the order given."""
        places = np.concatenate((np.arange(self.homes), self.homes + calls))
        return replace(
            self,
            minutes=self.minutes[np.ix_(places, places)],
            lasts=self.lasts[calls],
            opens=self.opens[calls],
            closes=self.closes[calls],
            worth=self.worth[calls],
        )

    def time_alone(self) -> NDArray[np.int64]:
        """(homes, calls) minutes that a call may last at most when a vehicle of the home makes no other that day."""
        return longest_stay(
            self.minutes[: self.homes, self.homes :],
            self.minutes[self.homes :, : self.homes].T,
            self.opens,
            self.closes,
            self.day,
        )


def longest_stay(
    out: NDArray[np.int64], back: NDArray[np.int64], opens: NDArray[np.int64], closes: NDArray[np.int64], day: Day
) -> NDArray[np.int64]:
    """(homes, stops) minutes left for a stop on a day for it alone; negative when the day is too short.

    out, back: (homes, stops) whole minutes of driving. The break is always kept free, wherever it will be taken.
    """
    begin = np.maximum(opens, day.begins + out)
    end = np.minimum(closes - day.rest, day.latest - back)
    stay: NDArray[np.int64] = np.minimum(end - begin, day.work - out - back)
    return stay
