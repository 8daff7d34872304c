"""The front: how many people are covered, and how near they are, with how many points; nothing on it is beaten.

For every number of points two ends are found: the network that covers most people and the one with the least
person-minutes; and, where asked, networks between them. Each begins with the network of one point fewer, and the bounds
of all numbers of points tighten each other.

Sources: Ehrgott (2005), "Multicriteria Optimization", for the weighted sum that finds networks between the ends;
Nemhauser, Wolsey & Fisher (1978) for the bounds that numbers of points give each other.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction
from luukku.network.coverage.solve import check_points, most_covered
from luukku.network.evaluate import nearest_points
from luukku.network.median.solve import certified_access
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.sequence import SAME, Objective, Stage, consistent


@dataclass(frozen=True, slots=True)
class Trade:
    """What a network of the front is best in.

    objective: most people covered, or least person-minutes.
    within:    minutes within which people are covered.
    penalty:   minutes that a person farther away counts more: what makes a network lie between the ends.
    """

    objective: Objective
    within: float
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class FrontPoint:
    """A network that no other one of the front beats.

    points: how many it has; sites: their numbers, ascending, without the free ones.
    shares: of all people within each of the front's limits; mean_minutes: people out of reach charged with the horizon.
    value, bound, gap: of what it is best in, as in a `Solution`: people covered, or person-minutes with penalties.
    stopped_by: "proved", or why the search for it ended.
    """

    points: int
    sites: tuple[int, ...]
    shares: tuple[float, ...]
    mean_minutes: float
    best_in: Trade
    value: float
    bound: float
    gap: float
    stopped_by: str

    @property
    def proved(self) -> bool:
        """Whether no network of as many points is better in what this one is best in."""
        return self.stopped_by == "proved"


@dataclass(frozen=True, slots=True)
class Front:
    """Networks of which none is beaten by another, by number of points, and of equal ones most covered first.

    limits:    minutes, ascending, to which the shares belong.
    seconds:   wall time.
    """

    limits: tuple[float, ...]
    networks: tuple[FrontPoint, ...]
    seconds: float


def front(
    problem: Problem,
    *,
    within: float | Iterable[float],
    points: Iterable[int],
    objectives: Iterable[Objective] = ("covered", "access"),
    between: Iterable[float] = (),
    stop: Stop = ONE_MINUTE,
) -> Front:
    """The networks of these numbers of points that are not beaten in points, share covered and mean minutes at once.

    within:  minutes, one limit or several; the share within each is a measure of its own.
    points:  how many, the fixed ones among them and the free ones not, as in `most_covered`.
    objectives: the ends that are wanted.
    between: penalties, in minutes, each of which adds a network between the ends: the one with the least person-minutes
             when everybody over the first limit counts so many minutes more.
    stop:    its time is shared out evenly among what is still to be found.

    A network is found for every end and number of points, and then dropped when another one has no more points, covers
    no fewer people and is no farther: so only the numbers of points remain where something gets better.

    Raises Contradiction when no number, limit or objective is given, a penalty is not above 0, or a limit is beyond the
    travel times; Impossible for fewer points than are fixed, or more than there are places.
    """
    begun = time.perf_counter()
    limits = tuple(sorted({within} if isinstance(within, int | float) else set(within)))
    counts, wanted, penalties = sorted(set(points)), set(objectives), sorted(set(between))
    if not (counts and limits and wanted | set(penalties)):
        raise Contradiction("A front needs a number of points, a limit in minutes and something to be best in.")
    if penalties and not (np.isfinite(penalties).all() and penalties[0] > 0):
        raise Contradiction("A penalty is a number of minutes above 0.")
    for count in (counts[0], counts[-1]):
        check_points(problem, count)
    trades = [Trade("covered", limit) for limit in limits if "covered" in wanted]
    trades += [Trade("access", limits[0], penalty) for penalty in reversed(penalties)]
    trades += [Trade("access", limits[0])] if "access" in wanted else []
    every: list[_Series] = []
    for place, trade in enumerate(trades):
        every.append(series := _Series(problem, trade, counts))
        for number in range(len(counts)):
            left = len(counts) * (len(trades) - place) - number
            _tell(stop, begun, series.step(number, _part(stop, begun, left)))
            if series.exhausted:
                break
    _again(every, stop, begun)
    found = [network for series in every for network in series.networks(limits)]
    return Front(limits, _unbeaten(found), time.perf_counter() - begun)


def _again(every: list[_Series], stop: Stop, begun: float) -> None:
    """Look once more at what is not proved, the greatest gap first, in the time that the others left."""
    loose = [
        (series, number)
        for series in every
        for number in range(len(series.steps))
        if series.gap(number) > max(SAME, stop.gap)
    ]
    loose.sort(key=lambda of: -of[0].gap(of[1]))
    for place, (series, number) in enumerate(loose):
        part = _part(stop, begun, len(loose) - place)
        if part.seconds <= 0 or (stop.asked is not None and stop.asked.is_set()):
            return
        if series.gap(number) > max(SAME, stop.gap):
            _tell(stop, begun, series.again(number, part))


def _part(stop: Stop, begun: float, left: int) -> Stop:
    """The limits of one search when so many are left."""
    spent = time.perf_counter() - begun
    return replace(stop, seconds=max(stop.seconds - spent, 0.0) / left, tell=None)


def _tell(stop: Stop, begun: float, step: _Step) -> None:
    if stop.tell is not None:
        stop.tell(Progress(time.perf_counter() - begun, step.value, step.bound))


def _unbeaten(found: list[FrontPoint]) -> tuple[FrontPoint, ...]:
    """The networks that no other one beats; of equal ones the first."""
    measures = np.array([[of.points, *(-share for share in of.shares), of.mean_minutes] for of in found])
    kept = [
        of
        for place, of in enumerate(found)
        if not (
            (measures <= measures[place]).all(axis=1)
            & ((measures < measures[place]).any(axis=1) | (np.arange(len(found)) < place))
        ).any()
    ]
    return tuple(sorted(kept, key=lambda of: (of.points, *(-share for share in of.shares), of.mean_minutes)))


@dataclass(frozen=True, slots=True)
class _Step:
    """Candidates chosen for a number of points, the value with them, and what is proved of it."""

    sites: tuple[int, ...]
    value: float
    bound: float
    stopped_by: str


class _Series:
    """The networks that are best in one thing, from few points to many, each from the one before.

    steps:     what was found, by number of points; exhausted: whether no more points can make anything better.
    """

    def __init__(self, problem: Problem, trade: Trade, counts: list[int]) -> None:
        self._given, self._trade = problem, trade
        self._problem = penalised(problem, trade)
        self._stage = Stage(self._problem, trade.within, trade.objective)
        self._sign = 1.0 if trade.objective == "covered" else -1.0
        self._before = self._stage.value
        self._more = np.array(counts) - len(problem.fixed)
        self._most = self._reach()
        self.steps: list[_Step] = []
        self._price: NDArray[np.float64] | None = None
        self.exhausted = False

    def step(self, number: int, stop: Stop) -> _Step:
        """The network of the next number of points."""
        sites = self._begun(int(self._more[number]))
        self._most = consistent(self._more, np.minimum(self._most, self._reach()))
        self.steps.append(_Step(sites, self._stage.value, self._bound(number, self._stage.value), "proved"))
        step = self.again(number, stop) if self.gap(number) > SAME else self.steps[number]
        self.exhausted = abs(step.value - self._stage.with_all) <= SAME * max(abs(step.value), 1.0)
        return step

    def again(self, number: int, stop: Stop) -> _Step:
        """A better network of so many points, or a better bound, if `stop` leaves time for one."""
        sites, value = self.steps[number].sites, self.steps[number].value
        stopped_by = "asked" if stop.asked is not None and stop.asked.is_set() else "time"
        if stopped_by == "time" and stop.seconds > 0:
            solution = self._solved(int(self._more[number]), sites, stop)
            stopped_by = solution.stopped_by
            self._most[number] = min(self._most[number], self._sign * (solution.bound - self._before))
            self._most = consistent(self._more, self._most)
            theirs = tuple(sorted(set(solution.sites) - self._problem.fixed))
            self._stage.begin(theirs)
            if self._sign * (self._stage.value - value) > 0:
                sites, value = theirs, self._stage.value
        self.steps[number] = _Step(sites, value, self._bound(number, value), stopped_by)
        return self.steps[number]

    def gap(self, number: int) -> float:
        """How far the bound is from the value of a network, relative to the value."""
        value = self.steps[number].value
        return abs(value - self._bound(number, value)) / max(abs(value), 1e-9)

    def networks(self, limits: tuple[float, ...]) -> list[FrontPoint]:
        """What was found, with the bounds that all numbers of points together give."""
        found = []
        for number, step in enumerate(self.steps):
            bound, gap = self._bound(number, step.value), self.gap(number)
            sites = tuple(sorted({*step.sites, *self._given.fixed}))
            shares, mean = _measured(self._given, sites, limits)
            why = "proved" if gap <= SAME else step.stopped_by
            found.append(FrontPoint(len(sites), sites, shares, mean, self._trade, step.value, bound, gap, why))
        return found

    def _begun(self, more: int) -> tuple[int, ...]:
        """The network before with as many further candidates as are wanted, each the best one then."""
        sites = list(self.steps[-1].sites) if self.steps else []
        self._stage.begin(sites)
        may = np.zeros(self._problem.times.sites, dtype=np.bool_)
        may[self._stage.candidates] = True
        for site in sites:
            self._close(may, site)
        while len(sites) < more and (best := self._stage.best(may)) >= 0:
            self._stage.open(best)
            self._close(may, best)
            sites.append(best)
        return tuple(sorted(sites))

    def _close(self, may: NDArray[np.bool_], site: int) -> None:
        """A site that is in, and those that share a group with it, may not come in again."""
        may[[site, *(other for group in self._problem.groups if site in group for other in group)]] = False

    def _solved(self, more: int, begun: tuple[int, ...], stop: Stop) -> Solution:
        """The best network that `stop` leaves time for, from the one begun and the prices of the one before."""
        points = more + len(self._problem.fixed)
        if self._trade.objective == "covered":
            within = self._trade.within
            return most_covered(self._problem, within=within, points=points, start=begun, stop=stop)
        found = certified_access(self._problem, points=points, start=begun, price=self._price, stop=stop)
        self._price = found.price
        return found.solution

    def _reach(self) -> NDArray[np.float64]:
        """(numbers,) what no choice of so many candidates could gain, seen from what is open now."""
        reach = np.append(0.0, self._sign * (self._stage.reach(int(self._more[-1])) - self._before))
        return np.asarray(reach[self._more])

    def _bound(self, number: int, value: float) -> float:
        gained = self._sign * (value - self._before)
        return self._before + self._sign * max(float(self._most[number]), gained)


def penalised(problem: Problem, trade: Trade) -> Problem:
    """The problem with the trade's penalty on every trip over its limit, out of reach or not."""
    times = problem.times
    if trade.penalty == 0:
        return problem
    minutes = np.asarray(times.minutes)
    dearer = np.where(minutes > np.float32(trade.within), minutes + np.float32(trade.penalty), minutes)
    return replace(
        problem,
        times=replace(times, minutes=dearer.astype(np.float32), horizon=times.horizon + trade.penalty, turned=None),
    )


def _measured(problem: Problem, sites: tuple[int, ...], limits: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    """The share of the people within each limit of the sites and the free ones, and everybody's mean minutes."""
    minutes, _ = nearest_points(problem.times, np.array(sorted({*sites, *problem.free}), dtype=np.intp))
    people = problem.people
    total = float(people.sum())
    if total <= 0:
        return (1.0,) * len(limits), 0.0
    shares = tuple(float(people[minutes <= np.float32(limit)].sum()) / total for limit in limits)
    return shares, float(people @ np.minimum(minutes.astype(np.float64), problem.times.horizon)) / total
