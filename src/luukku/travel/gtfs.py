"""Public-transport timetables: GTFS feeds as they are published, read whole or refused.

Source of the format: GTFS Schedule Reference, gtfs.org/documentation/schedule/reference. Read are stops, trips, stop
times, calendars, frequencies and transfers. Fares, shapes, pathways, bookings and in-seat transfers are not.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from luukku.country.projection import to_metres
from luukku.country.provenance import Source
from luukku.country.readers.archive import check_zip
from luukku.country.readers.faults import Faults, refuse
from luukku.travel.gtfs_table import Table, day_number, read_table, time_of, whole_number

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORBIDDEN = -1
"""Seconds of a change that the feed rules out."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """On which days services run.

    service: (services,) ids. weekday: (services, 7) bool, Monday first, on the days first..last (ordinals, inclusive).
    changed, changed_on, runs: (exceptions,) service numbers, days, and whether they run then.
    """

    service: NDArray[np.str_]
    weekday: NDArray[np.bool_]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    changed: NDArray[np.int64]
    changed_on: NDArray[np.int64]
    runs: NDArray[np.bool_]

    def running(self, day: int) -> NDArray[np.bool_]:
        """(services,) whether each runs on a day, an ordinal as of `datetime.date.toordinal`."""
        runs = self.weekday[:, (day - 1) % 7] & (self.first <= day) & (day <= self.last)
        on = self.changed_on == day
        runs[self.changed[on]] = self.runs[on]
        return runs


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """A timetable. Times are seconds after the midnight that a service's day begins with; 90,000 is 1 a.m. next day.

    stop, x, y:         (stops,) ids and metres in EPSG:3067.
    trip_service:       (trips,) number of the service that each trip belongs to.
    start:              (trips + 1,) trip t has the calls start[t]:start[t + 1], in order.
    call_stop:          (calls,) stop number. arrival, departure: (calls,) seconds, never falling along a trip.
    boards, alights:    (calls,) bool, whether people may get on, and off.
    repeats:            (rows, 4) a trip, then the first second, the end and the seconds between of its departures.
    changes:            (rows, 3) a stop, another, and the seconds that changing takes, or FORBIDDEN.
    remarks:            what was left out, for people.
    """

    stop: NDArray[np.str_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    calendar: Calendar
    trip_service: NDArray[np.int64]
    start: NDArray[np.int64]
    call_stop: NDArray[np.int64]
    arrival: NDArray[np.int64]
    departure: NDArray[np.int64]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]
    repeats: NDArray[np.int64]
    changes: NDArray[np.int64]
    source: Source
    remarks: tuple[str, ...] = ()

    def trips_on(self, day: date) -> int:
        """How many trips the timetable has on a day; one that is repeated counts once."""
        return int(self.calendar.running(day.toordinal())[self.trip_service].sum())

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which anything may run, None when nothing ever does."""
        regular = self.calendar.weekday.any(axis=1)
        days = np.concatenate(
            (self.calendar.first[regular], self.calendar.last[regular], self.calendar.changed_on[self.calendar.runs])
        )
        return (date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))) if len(days) else None

    def busiest_weekday(self) -> date | None:
        """The day from Monday to Friday with the most trips, the first of them; None when nothing runs on any."""
        span = self.days()
        if span is None:
            return None
        days = [day for day in range(span[0].toordinal(), span[1].toordinal() + 1) if (day - 1) % 7 < 5]
        trips = np.bincount(self.trip_service, minlength=len(self.calendar.service))
        most = max(days, key=lambda day: (int(trips[self.calendar.running(day)].sum()), -day), default=None)
        return date.fromordinal(most) if most is not None and trips[self.calendar.running(most)].any() else None


def read_gtfs(path: Path | str) -> Feed:
    """Read a GTFS feed (a ZIP).

    Times past midnight (25:10:00) belong to the day that the trip began. A stop time without a time gets one by
    interpolation between its neighbours. Stops where one must phone first count as open.

    Raises BadInput with every fault found: the file in the ZIP, the row and the column.
    """
    path = Path(path)
    check_zip(path)
    faults = Faults(path)
    with zipfile.ZipFile(path) as archive:
        tables = _tables(archive, path, faults)
    faults.refuse_if_any()
    remarks: list[str] = []
    stops = _Stops.read(tables["stops.txt"], faults)
    calendar, service_of = _calendar(tables, faults)
    trips = tables["trips.txt"]
    trip_of = trips.numbered("trip_id", faults)
    trip_service = trips.found("service_id", service_of, "no calendar has this service", faults)
    calls = _Calls.read(tables["stop_times.txt"], trip_of, stops, faults)
    repeats = _repeats(tables.get("frequencies.txt"), trip_of, faults)
    changes = _changes(tables.get("transfers.txt"), stops, faults, remarks)
    faults.refuse_if_any()
    x, y = stops.places(calls.stop, faults)
    faults.refuse_if_any()
    start = np.concatenate(([0], np.cumsum(np.bincount(calls.trip, minlength=len(trip_of)))))
    if short := int((np.diff(start) < 2).sum()):
        remarks.append(f"{short} trips with fewer than two stops take nobody anywhere.")
    return Feed(
        stop=stops.code,
        x=x,
        y=y,
        calendar=calendar,
        trip_service=trip_service,
        start=start,
        call_stop=calls.stop,
        arrival=calls.arrival,
        departure=calls.departure,
        boards=calls.boards,
        alights=calls.alights,
        repeats=repeats,
        changes=changes,
        source=Source("dataset", path.name, "GTFS", _version(tables.get("feed_info.txt"))),
        remarks=tuple(remarks),
    )


COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stops.txt": (("stop_id", "stop_lat", "stop_lon"), ("location_type", "parent_station")),
    "trips.txt": (("trip_id", "service_id"), ()),
    "stop_times.txt": (
        ("trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"),
        ("pickup_type", "drop_off_type"),
    ),
    "calendar.txt": (("service_id", *WEEKDAYS, "start_date", "end_date"), ()),
    "calendar_dates.txt": (("service_id", "date", "exception_type"), ()),
    "frequencies.txt": (("trip_id", "start_time", "end_time", "headway_secs"), ()),
    "transfers.txt": (
        ("from_stop_id", "to_stop_id"),
        ("transfer_type", "min_transfer_time", "from_route_id", "to_route_id", "from_trip_id", "to_trip_id"),
    ),
    "feed_info.txt": ((), ("feed_version", "feed_start_date")),
}
"""Files of a feed that are read, with the columns that must be there and those that may."""
NEEDED = ("stops.txt", "trips.txt", "stop_times.txt")


def _tables(archive: zipfile.ZipFile, path: Path, faults: Faults) -> dict[str, Table]:
    names = archive.namelist()
    if double := sorted({name for name in COLUMNS if names.count(name) > 1}):
        raise refuse(path, f"the ZIP holds {', '.join(double)} twice", "each file once", "pack the feed again")
    missing = [name for name in NEEDED if name not in names]
    if "calendar.txt" not in names and "calendar_dates.txt" not in names:
        missing.append("calendar.txt or calendar_dates.txt")
    for name in missing:
        inside = next((other for other in names if other.endswith(f"/{name}")), None)
        faults.add(
            f"the ZIP holds {inside}, in a folder" if inside else f"the ZIP holds no {name}",
            f"{name} at the top of the ZIP",
            "pack the files themselves, not their folder" if inside else "ask the feed's publisher for a whole feed",
        )
    faults.refuse_if_any()
    return {name: read_table(archive, name, *columns, faults) for name, columns in COLUMNS.items() if name in names}


@dataclass(frozen=True, slots=True, eq=False)
class _Stops:
    """Stops as the file lists them: stations and entrances too, which no trip calls at."""

    table: Table
    code: NDArray[np.str_]
    number: dict[str, int]
    children: dict[int, list[int]]

    @classmethod
    def read(cls, table: Table, faults: Faults) -> _Stops:
        number = table.numbered("stop_id", faults)
        parent = table.found("parent_station", number, "no stop has this id", faults, empty=-1)
        children: dict[int, list[int]] = {}
        for stop, station in enumerate(parent.tolist()):
            if station >= 0:
                children.setdefault(station, []).append(stop)
        return cls(table, np.array(list(number), np.str_), number, children)

    def places(self, called: NDArray[np.int64], faults: Faults) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres of every stop; those that trips call at must have a place on earth."""
        used = np.zeros(len(self.code), np.bool_)
        used[called] = True
        degrees = []
        for column, most in (("stop_lon", 180.0), ("stop_lat", 90.0)):
            values = self.table.parsed(column, _degrees)
            wrong = used & ~(np.abs(values) <= most)
            self.table.fault(wrong, column, "is no coordinate", f"degrees from -{most:g} to {most:g}", faults)
            degrees.append(np.where(np.abs(values) <= most, values, np.nan))
        x, y = to_metres(*degrees)
        return np.where(np.isfinite(x), x, np.inf), np.where(np.isfinite(y), y, np.inf)

    def all_of(self, stop: int) -> list[int]:
        """The stops of a station, or the stop itself."""
        return self.children.get(stop, [stop])


@dataclass(frozen=True, slots=True, eq=False)
class _Calls:
    """Calls of trips at stops, by trip and in order; all arrays (calls,)."""

    trip: NDArray[np.int64]
    stop: NDArray[np.int64]
    arrival: NDArray[np.int64]
    departure: NDArray[np.int64]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]

    @classmethod
    def read(cls, table: Table, trip_of: dict[str, int], stops: _Stops, faults: Faults) -> _Calls:
        trip = table.found("trip_id", trip_of, "trips.txt has no such trip", faults)
        stop = table.found("stop_id", stops.number, "stops.txt has no such stop", faults)
        sequence = table.checked("stop_sequence", whole_number, "a whole number of at least 0", faults)
        arrival = table.checked("arrival_time", time_of, "a time such as 08:05:00 or 25:10:00", faults, empty=-1)
        departure = table.checked("departure_time", time_of, "a time such as 08:05:00 or 25:10:00", faults, empty=-1)
        boards = table.checked("pickup_type", whole_number, "0, 1, 2 or 3", faults, empty=0) != 1
        alights = table.checked("drop_off_type", whole_number, "0, 1, 2 or 3", faults, empty=0) != 1

        order = np.lexsort((sequence, trip))
        trip, sequence, row = trip[order], sequence[order], table.row[order]
        same = (trip[1:] == trip[:-1]) & (trip[1:] >= 0)
        again = np.flatnonzero(same & (sequence[1:] == sequence[:-1])) + 1
        table.fault_rows(row[again], "stop_sequence", "comes twice in the trip", "a number for each stop", faults)
        arrival, departure = _filled(arrival[order], departure[order])
        begins = np.concatenate(([True], ~same)) if len(trip) else np.zeros(0, np.bool_)
        ends = np.concatenate((~same, [True])) if len(trip) else begins
        bare = (begins | ends) & ((arrival < 0) | (departure < 0))
        table.fault_rows(
            row[bare], "arrival_time", "is missing at an end of the trip", "a time at the first and last stop", faults
        )
        if not faults:
            arrival, departure = _interpolated(arrival, departure)
            early = np.flatnonzero(departure < arrival)
            table.fault_rows(row[early], "departure_time", "is before the arrival", "the arrival or later", faults)
            back = np.flatnonzero(same & (arrival[1:] < departure[:-1])) + 1
            table.fault_rows(
                row[back], "arrival_time", "is before the departure from the stop before", "that or later", faults
            )
        return cls(trip, stop[order], arrival, departure, boards[order], alights[order])


def _filled(arrival: NDArray[np.int64], departure: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of a call with only one time, both are that time."""
    return np.where(arrival < 0, departure, arrival), np.where(departure < 0, arrival, departure)


def _interpolated(
    arrival: NDArray[np.int64], departure: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Times of calls without one (negative), evenly between the calls with times before and after in the trip."""
    known = np.flatnonzero(arrival >= 0)
    if len(known) == len(arrival):
        return arrival, departure
    unknown = np.flatnonzero(arrival < 0)
    after = np.searchsorted(known, unknown)
    before, behind = known[after - 1], known[after]
    share = (unknown - before) / (behind - before)
    arrival = arrival.copy()
    arrival[unknown] = np.rint(departure[before] + share * (arrival[behind] - departure[before]))
    departure = departure.copy()
    departure[unknown] = arrival[unknown]
    return arrival, departure


def _calendar(tables: dict[str, Table], faults: Faults) -> tuple[Calendar, dict[str, int]]:
    number: dict[str, int] = {}
    regular, special = tables.get("calendar.txt"), tables.get("calendar_dates.txt")
    weekday, first, last = np.zeros((0, 7), np.bool_), np.zeros(0, np.int64), np.zeros(0, np.int64)
    if regular is not None:
        number |= regular.numbered("service_id", faults)
        weekday = np.column_stack([regular.checked(day, _flag, "0 or 1", faults) for day in WEEKDAYS]) == 1
        first = regular.checked("start_date", day_number, "a day such as 20260131", faults)
        last = regular.checked("end_date", day_number, "a day such as 20260131", faults)
        regular.fault(last < first, "end_date", "is before start_date", "a day not before start_date", faults)
    changed, changed_on, runs = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_)
    if special is not None:
        for service in special.texts("service_id"):
            number.setdefault(service, len(number))
        changed = special.found("service_id", number, "", faults)
        changed_on = special.checked("date", day_number, "a day such as 20260131", faults)
        kind = special.checked("exception_type", _exception, "1 (runs) or 2 (does not run)", faults)
        runs = kind == 1
    more = len(number) - len(weekday)
    return (
        Calendar(
            service=np.array(list(number), np.str_),
            weekday=np.concatenate((weekday, np.zeros((more, 7), np.bool_))),
            first=np.concatenate((first, np.zeros(more, np.int64))),
            last=np.concatenate((last, np.zeros(more, np.int64))),
            changed=changed,
            changed_on=changed_on,
            runs=runs,
        ),
        number,
    )


def _repeats(table: Table | None, trip_of: dict[str, int], faults: Faults) -> NDArray[np.int64]:
    if table is None:
        return np.zeros((0, 4), np.int64)
    trip = table.found("trip_id", trip_of, "trips.txt has no such trip", faults)
    first = table.checked("start_time", time_of, "a time such as 06:00:00", faults)
    end = table.checked("end_time", time_of, "a time such as 23:30:00", faults)
    apart = table.checked("headway_secs", _positive, "whole seconds, at least 1", faults)
    table.fault((end < first) & (end >= 0), "end_time", "is before start_time", "a time not before it", faults)
    return np.column_stack((trip, first, end, apart))


def _changes(table: Table | None, stops: _Stops, faults: Faults, remarks: list[str]) -> NDArray[np.int64]:
    if table is None:
        return np.zeros((0, 3), np.int64)
    special = np.zeros(len(table), np.bool_)
    for column in ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id"):
        special |= table.filled(column)
    kind = table.checked("transfer_type", whole_number, "a whole number from 0 to 5", faults, empty=0)
    seconds = table.checked("min_transfer_time", whole_number, "whole seconds, at least 0", faults, empty=0)
    ours = ~special & ((kind == 2) | (kind == 3))
    left = table.found("from_stop_id", stops.number, "stops.txt has no such stop", faults, empty=-1)
    right = table.found("to_stop_id", stops.number, "stops.txt has no such stop", faults, empty=-1)
    table.fault(ours & (left < 0), "from_stop_id", "is missing", "a stop", faults)
    table.fault(ours & (right < 0), "to_stop_id", "is missing", "a stop", faults)
    if special.any():
        remarks.append(f"{int(special.sum())} transfers between certain lines or trips are taken for ordinary changes.")
    if faults:
        return np.zeros((0, 3), np.int64)
    rows = [
        (a, b, FORBIDDEN if kind[row] == 3 else int(seconds[row]))
        for row in np.flatnonzero(ours).tolist()
        for a in stops.all_of(int(left[row]))
        for b in stops.all_of(int(right[row]))
    ]
    return np.array(rows, np.int64).reshape(-1, 3)


def _version(table: Table | None) -> str:
    """What the feed says of its date, "" when nothing."""
    if table is None or not len(table):
        return ""
    return table.texts("feed_version")[0] or table.texts("feed_start_date")[0]


def _degrees(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _one_of(*values: str) -> Callable[[str], int | None]:
    return lambda text: int(text) if text in values else None


_flag = _one_of("0", "1")
_exception = _one_of("1", "2")


def _positive(text: str) -> int | None:
    return whole_number(text) or None
