"""Making small routing tasks, and checking trips with arithmetic of our own."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations, product

import numpy as np

from luukku.plan.routes.service import Day
from luukku.plan.routes.solve import Trip
from luukku.plan.routes.task import RoundsTask

DAY = Day(begins=420, ends=1080, work=435, rest=30, opens=480, closes=975)


def task_of(minutes, lasts, *, homes=1, day=DAY, days=5, opens=None, closes=None, worth=None):
    """A task of plain lists."""
    calls = len(lasts)
    return RoundsTask(
        minutes=np.array(minutes, dtype=np.int64),
        homes=homes,
        lasts=np.array(lasts, dtype=np.int64),
        opens=np.array([day.opens] * calls if opens is None else opens, dtype=np.int64),
        closes=np.array([day.closes] * calls if closes is None else closes, dtype=np.int64),
        worth=np.array([100.0] * calls if worth is None else worth, dtype=np.float64),
        day=day,
        days=days,
    )


def on_a_map(places, lasts, *, homes=1, uneven=0, **more):
    """A task of places (x, y) with a minute a unit, rounded up; ways to later places take `uneven` minutes longer."""
    xy = np.array(places, dtype=np.float64).reshape(-1, 2)
    minutes = np.ceil(np.hypot(*(xy[:, None] - xy[None, :]).transpose(2, 0, 1)))
    minutes += uneven * np.triu(np.ones_like(minutes), 1)
    return task_of(minutes, lasts, homes=homes, **more)


def driving(task, home, calls):
    """Minutes of driving of a trip."""
    places = [home, *(task.homes + call for call in calls), home]
    return sum(int(task.minutes[a, b]) for a, b in pairwise(places))


def shortest_day(task, home, calls):
    """Least driving of one trip that makes these calls within the day, None when no order does."""
    best = None
    for order in permutations(calls):
        work = driving(task, home, order) + int(task.lasts[list(order)].sum())
        if fits(task, home, order) and work <= task.day.work:
            drive = driving(task, home, order)
            best = drive if best is None else min(best, drive)
    return best


def fits(task, home, order):
    """Whether some time of leaving keeps working time, windows and return, with the break added before any closing."""
    day = task.day
    for leaves in range(day.begins, day.ends, 5):
        now = leaves
        place = home
        for call in order:
            now = max(now + int(task.minutes[place, task.homes + call]), int(task.opens[call])) + int(task.lasts[call])
            if now > task.closes[call] - day.rest:
                break
            place = task.homes + call
        else:
            now += int(task.minutes[place, home])
            if now <= day.latest and now - leaves <= day.work:
                return True
    return False


def partitions(items):
    """Every way to part a list into groups."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for groups in partitions(rest):
        yield [[first], *groups]
        for number in range(len(groups)):
            yield [*groups[:number], [first, *groups[number]], *groups[number + 1 :]]


def fewest_then_shortest(task):
    """(vehicle days, driving) of the best plan from one home, by trying all of them."""
    best = None
    for groups in partitions(list(range(task.calls))):
        trips = [shortest_day(task, 0, group) for group in groups]
        if all(trip is not None for trip in trips):
            value = (len(groups), sum(trips))
            best = value if best is None else min(best, value)
    return best


def fewest_vehicles(task):
    """(vehicles, vehicle days, driving) of the best plan from any homes, by trying all of them."""
    best = None
    for groups in partitions(list(range(task.calls))):
        choices = [
            [(home, drive) for home in range(task.homes) if (drive := shortest_day(task, home, group)) is not None]
            for group in groups
        ]
        for choice in product(*choices):
            days = Counter(home for home, _ in choice)
            vehicles = sum(-(-number // task.days) for number in days.values())
            value = (vehicles, len(groups), sum(drive for _, drive in choice))
            best = value if best is None else min(best, value)
    return best


def faults(task, trip: Trip, table):
    """What is wrong with a trip's times; nothing when it keeps every rule."""
    day = task.day
    now, place, rested, wrong = table.leaves, trip.home, 0, []
    for timed, call in zip(table.calls, trip.calls, strict=True):
        wrong += call_faults(task, call, timed, now + task.minutes[place, task.homes + call], table.rest)
        rested += timed.leaves - timed.begins - int(task.lasts[call])
        now, place = timed.leaves, task.homes + call
    rules = {
        "outside the day": day.begins <= table.leaves and table.returns <= day.ends,
        "too much work": table.work <= day.work,
        "returns before it can": table.returns >= now + task.minutes[place, trip.home],
        "driving is not the sum of its legs": table.drive == driving(task, trip.home, trip.calls),
        "work and break are not the whole day": table.returns - table.leaves == table.work + rested,
        "the break is missing or superfluous": rested == (day.rest if table.work > 360 else 0),
    }
    return wrong + [rule for rule, kept in rules.items() if not kept]


def call_faults(task, call, timed, earliest, rest):
    """What is wrong with one call that can be reached at `earliest`."""
    held = timed.leaves - timed.begins != task.lasts[call]
    rules = {
        "another call": timed.call == call,
        "reached before it can be": timed.arrives >= earliest,
        "begun too early": timed.begins >= max(timed.arrives, task.opens[call]),
        "left too late": timed.leaves <= task.closes[call],
        "a break that is not told": not held or (rest and timed.begins <= rest[0] <= rest[1] <= timed.leaves),
    }
    return [f"call {call}: {rule}" for rule, kept in rules.items() if not kept]
