"""One day's timetable as connections: each a ride from one stop to the next without a stop between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from luukku.travel.gtfs import Feed

DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Connections by departure, the latest first; of a trip's connections at one instant the later one comes first.

    leaves, reaches:    (connections,) int32 stop numbers.
    departure, arrival: (connections,) int32 seconds after the day's midnight.
    ride:               (connections,) int32 number of the vehicle's run, the same as long as one may keep one's seat.
    boards, alights:    (connections,) bool, whether people may get on where it leaves, and off where it arrives.
    rides:              how many runs there are.
    """

    leaves: NDArray[np.int32]
    reaches: NDArray[np.int32]
    departure: NDArray[np.int32]
    arrival: NDArray[np.int32]
    ride: NDArray[np.int32]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]
    rides: int


def timetable(feed: Feed, day: date, first: int, last: int) -> Timetable:
    """The connections that leave at `first` or later and arrive at `last` or earlier, in seconds of the day.

    Trips of the day before that run past midnight are among them, and those of the next day when `last` lies beyond
    the day's end. Repeated trips (frequencies) leave at every multiple of their interval.
    """
    trips, shifts = _runs(feed, day.toordinal())
    legs = np.maximum(np.diff(feed.start)[trips] - 1, 0)
    ride = np.repeat(np.arange(len(trips), dtype=np.int32), legs)
    call = np.arange(int(legs.sum())) + np.repeat(feed.start[trips] - np.cumsum(legs) + legs, legs)
    departure = feed.departure[call] + shifts[ride]
    arrival = feed.arrival[call + 1] + shifts[ride]
    kept = np.flatnonzero((departure >= first) & (arrival <= last))
    # Calls of a ride stand in their order, so the reverse of a stable order has a ride's later connections first.
    kept = kept[np.argsort(departure[kept], kind="stable")[::-1]]
    call = call[kept]
    return Timetable(
        leaves=feed.call_stop[call].astype(np.int32),
        reaches=feed.call_stop[call + 1].astype(np.int32),
        departure=departure[kept].astype(np.int32),
        arrival=arrival[kept].astype(np.int32),
        ride=ride[kept],
        boards=feed.boards[call],
        alights=feed.alights[call + 1],
        rides=len(trips),
    )


def _runs(feed: Feed, day: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Trips that run about a day, and by how many seconds each is shifted against the feed's times."""
    repeated = np.zeros(len(feed.trip_service), np.bool_)
    repeated[feed.repeats[:, 0]] = True
    trips: list[NDArray[np.int64]] = []
    shifts: list[NDArray[np.int64]] = []
    for offset in (-1, 0, 1):
        runs = feed.calendar.running(day + offset)[feed.trip_service]
        once = np.flatnonzero(runs & ~repeated)
        trips.append(once)
        shifts.append(np.full(len(once), offset * DAY))
        for trip, first, end, apart in feed.repeats[runs[feed.repeats[:, 0]]].tolist():
            if feed.start[trip] < feed.start[trip + 1]:
                leaves = np.arange(first, end, apart)
                trips.append(np.full(len(leaves), trip))
                shifts.append(leaves - feed.departure[feed.start[trip]] + offset * DAY)
    return np.concatenate(trips), np.concatenate(shifts)
