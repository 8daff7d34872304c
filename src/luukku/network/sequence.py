"""Which point next? The order in which to open a network, and what each further point would bring.

Sources: Nemhauser, Wolsey & Fisher (1978) for the guarantee of opening the best next point again and again, and for the
bound that the gains at any stage give for every number of points; Minoux (1978) for not counting every gain anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Contradiction, Impossible
from luukku.network import tally
from luukku.network.coverage.solve import most_covered
from luukku.network.evaluate import nearest_points
from luukku.network.median.solve import best_access
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Stop

Objective = Literal["covered", "access"]
"""What a point is opened for: most people within the limit, or least person-minutes."""
SAME = 1e-9
"""Relative distance at which a value is its bound."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One step of a sequence.

    site:  opened now; value: people covered, or person-minutes, once it is open; gain: by how much that is better.
    bound: no choice of as many further candidates is better than this.
    share: of the best possible: value / bound of people covered, bound / value of person-minutes.
    """

    site: int
    value: float
    gain: float
    bound: float
    share: float

    @property
    def proved(self) -> bool:
        """Whether no other choice of as many points is better."""
        return self.share >= 1 - SAME


@dataclass(frozen=True, slots=True)
class Sequence:
    """The order in which points open.

    standing:  sites that stand before the first step, ascending; before: the value with them alone.
    openings:  the steps, first to last.
    stopped_by: "proved" when every bound is the best possible, else why some are not: "time", "gap", "asked", "size".
    seconds:   wall time.
    """

    objective: Objective
    standing: tuple[int, ...]
    before: float
    openings: tuple[Opening, ...]
    stopped_by: str
    seconds: float

    @property
    def sites(self) -> tuple[int, ...]:
        """The sites in the order of their opening."""
        return tuple(opening.site for opening in self.openings)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one more point would bring.

    gained: people who come within the limit; saved: person-minutes, people out of reach charged with the horizon.
    within: people within the limit of the site; nearest: people for whom it would be nearer than any other point.
    """

    site: int
    gained: float
    saved: float
    within: float
    nearest: float


def next_points(
    problem: Problem, *, within: float, objective: Objective = "covered", most: int | None = None
) -> tuple[Prospect, ...]:
    """What each candidate would bring as the next point, the best first: every one is tried, so the order is proved.

    Fixed, free and existing sites stand already. Of candidates that bring equally much by the objective the one that
    brings more by the other measure comes first, then the one with the lower number. most: how many to tell, None for
    all.

    Raises Contradiction for a limit beyond the travel times.
    """
    problem = from_today(problem)
    stage = Stage(problem, within, objective)
    bases = tally.people_within(stage.pairs, stage.people, stage.limit)
    found = []
    for site in problem.candidates.tolist():
        gained, saved, served = stage.gains(site)
        found.append(Prospect(site, gained, saved, float(bases[site]), served))

    def rank(of: Prospect) -> tuple[float, float, int]:
        first, second = (of.gained, of.saved) if objective == "covered" else (of.saved, of.gained)
        return -first, -second, of.site

    return tuple(sorted(found, key=rank)[:most])


def opening_sequence(
    problem: Problem,
    *,
    within: float,
    order_of: Iterable[int] | None = None,
    points: int | None = None,
    objective: Objective = "covered",
    stop: Stop = ONE_MINUTE,
) -> Sequence:
    """Open points one after another, each the one that brings most: those of a chosen network, or any candidates.

    order_of: the sites of the network to bring into an order; points: else how many candidates to open. Fixed, free and
    existing sites stand from the start. Each step tells its share of the best possible with as many further points,
    chosen freely among all candidates: from the gains at every stage, and, while `stop` leaves time, from the bounds of
    `most_covered` or `best_access`, the loosest first.

    With `points`, every stage has at least 1 - 1/e (63 %) of what the best choice would gain (Nemhauser, Wolsey &
    Fisher 1978) when no groups forbid a choice; `order_of` has that against the best choice within the network.

    Raises Contradiction when not exactly one of the two is given, for a site that is forbidden or does not exist, two
    sites of a group, or a limit beyond the travel times; Impossible when not so many can be opened.
    """
    if (order_of is None) == (points is None):
        raise Contradiction("Give either the sites to bring into an order, or how many points to open.")
    begun = time.perf_counter()
    problem = from_today(problem)
    stage = Stage(problem, within, objective)
    chosen = problem.candidates if order_of is None else _network(problem, order_of)
    steps = len(chosen) if points is None else points
    may = np.zeros(problem.times.sites, dtype=np.bool_)
    may[chosen] = True
    before, reach = stage.value, stage.reach(steps)
    sites: list[int] = []
    values = [before]
    for step in range(steps):
        site = stage.best(may)
        if site < 0:
            raise Impossible(
                f"{steps} further points were asked, but after {step} there is no other that may be opened."
            )
        stage.open(site)
        may[[site, *(other for group in problem.groups if site in group for other in group)]] = False
        sites.append(site)
        values.append(stage.value)
        reach = stage.nearer(reach, stage.reach(steps))
    bounds = _Bounds(problem, within=within, objective=objective, sites=sites, values=np.array(values), reach=reach)
    stopped_by = bounds.tighten(stop, begun)
    openings = tuple(
        Opening(site, values[step + 1], abs(values[step + 1] - values[step]), bounds.bound(step), bounds.share(step))
        for step, site in enumerate(sites)
    )
    return Sequence(objective, tuple(sorted(problem.open)), before, openings, stopped_by, time.perf_counter() - begun)


def from_today(problem: Problem) -> Problem:
    """The problem with every existing site open, and the other sites of its groups forbidden."""
    standing = problem.open | (problem.existing - problem.closed)
    done = [group for group in problem.groups if group & standing]
    return replace(
        problem,
        open=standing,
        closed=problem.closed | (frozenset().union(*done) - standing),
        groups=tuple(group for group in problem.groups if not group & standing),
    )


def _network(problem: Problem, sites: Iterable[int]) -> NDArray[np.intp]:
    """The sites that are still to open. Raises Contradiction for one that may not."""
    wanted = frozenset(sites) - problem.open
    if strangers := sorted(wanted - frozenset(problem.candidates.tolist())):
        raise Contradiction(f"Sites {strangers} cannot be opened: they are forbidden, or no sites of the problem.")
    for group in problem.groups:
        if len(crowd := group & wanted) > 1:
            raise Contradiction(f"Sites {sorted(crowd)} are all in the network, but at most one of them may be.")
    return np.array(sorted(wanted), dtype=np.intp)


class Stage:
    """How near the cells are to what is open, and what each candidate would bring, or at most brings.

    first, second: (sites,) by the objective and by the other measure; what a site brings only shrinks as others open.
    """

    def __init__(self, problem: Problem, within: float, objective: Objective) -> None:
        times = problem.times
        if not 0 < within <= times.horizon:
            raise Contradiction(
                f"The limit is {within:g} minutes, but the travel times are known from 0 to {times.horizon:g} minutes."
            )
        self.most = objective == "covered"
        self.people = tally.still(problem.people, np.float64)
        self.limit, self.horizon = np.float32(within), float(times.horizon)
        self.pairs = tally.pairs_by_site(times)
        self.candidates = problem.candidates
        self.minutes, self.nearest = nearest_points(times, np.array(sorted(problem.open), dtype=np.intp))
        self.first, self.second = np.zeros(times.sites), np.zeros(times.sites)
        for site in self.candidates.tolist():
            covered, saved, _ = self.gains(site)
            self.first[site], self.second[site] = (covered, saved) if self.most else (saved, covered)
        self._begun = self.minutes, self.nearest, self.first, self.second
        self.begin(self.candidates)
        self.with_all = self.value
        self.begin(())

    @property
    def value(self) -> float:
        """The objective of what is open: people covered, or person-minutes with the horizon charged out of reach."""
        if self.most:
            return float(self.people[self.minutes <= self.limit].sum())
        return float(self.people @ np.minimum(self.minutes.astype(np.float64), self.horizon))

    def gains(self, site: int) -> tuple[float, float, float]:
        """People who come within the limit, person-minutes saved and people served when a site opens."""
        return tally.gains(self.pairs, site, self.people, self.minutes, self.limit, self.horizon)

    def best(self, may: NDArray[np.bool_]) -> int:
        """The best site to open next, -1 when none may."""
        state = (self.pairs, self.people, self.minutes, self.limit, self.horizon)
        return int(tally.best_gain(*state, may, self.first, self.second, self.most))

    def begin(self, sites: Iterable[int]) -> None:
        """Open just these candidates besides what is open from the start."""
        minutes, nearest, first, second = self._begun
        self.minutes, self.nearest = minutes.copy(), nearest.copy()
        self.first, self.second = first.copy(), second.copy()
        for site in sites:
            self.open(int(site))

    def open(self, site: int) -> None:
        """Open a site."""
        tally.join(self.pairs, tally.still(np.array([site]), np.int64), self.minutes, self.nearest)
        self.first[site] = self.second[site] = 0.0

    def reach(self, steps: int) -> NDArray[np.float64]:
        """(steps,) what no choice of 1, 2, ... candidates can pass: besides what is open they bring at most this."""
        gains = np.zeros(steps)
        highest = np.sort(self.first[self.candidates])[::-1][:steps]
        gains[: len(highest)] = highest
        upto = self.value + np.cumsum(gains) * (1 if self.most else -1)
        return self.nearer(upto, np.full(steps, self.with_all))

    def nearer(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
        """The tighter of two bounds."""
        return np.minimum(one, other) if self.most else np.maximum(one, other)


class _Bounds:
    """The best possible after each step, brought nearer as long as there is time.

    gained: (steps,) by which what is open is better than before; most: (steps,) by which any choice could be.
    settled: (steps,) whether `most` is the best possible.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        within: float,
        objective: Objective,
        sites: list[int],
        values: NDArray[np.float64],
        reach: NDArray[np.float64],
    ) -> None:
        self.problem, self.within, self.objective, self.sites = problem, within, objective, sites
        self.sign = 1.0 if objective == "covered" else -1.0
        self.before, self.values = float(values[0]), values[1:]
        self.gained = self.sign * (self.values - self.before)
        self.settled = np.zeros(len(self.values), dtype=np.bool_)
        self.most = self._consistent(self.sign * (reach - self.before))

    def _consistent(self, most: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum(consistent(np.arange(1, len(most) + 1), most), self.gained)

    def bound(self, step: int) -> float:
        """No choice of `step` + 1 candidates is better than this."""
        return float(self.before + self.sign * self.most[step]) if self.gap[step] > SAME else float(self.values[step])

    def share(self, step: int) -> float:
        """Of the best possible."""
        value, bound = float(self.values[step]), self.bound(step)
        part, whole = (value, bound) if self.objective == "covered" else (bound, value)
        return part / whole if whole > 0 else 1.0

    @property
    def gap(self) -> NDArray[np.float64]:
        """(steps,) how far each bound is from the value, relative to the value."""
        gap: NDArray[np.float64] = (self.most - self.gained) / np.maximum(self.values, 1e-9)
        return gap

    def tighten(self, stop: Stop, begun: float) -> str:
        """Work out bounds until all are the best possible; else why not. What time ran out for has a second turn."""
        why = self._round(stop, begun)
        return self._round(stop, begun) if why == "time" and time.perf_counter() - begun < stop.seconds else why

    def _round(self, stop: Stop, begun: float) -> str:
        """Work out every bound that is not settled, the loosest first, each in its part of the time."""
        untried = ~self.settled
        why = "proved"
        while (loose := untried & (self.gap > max(SAME, stop.gap))).any():
            left = stop.seconds - (time.perf_counter() - begun)
            if stop.asked is not None and stop.asked.is_set():
                return "asked"
            if left <= 0:
                return "time"
            step = int(np.argmax(np.where(loose, self.gap, -1.0)))
            untried[step] = False
            bound, ended = self._solved(step + 1, Stop(left / int(loose.sum()), stop.gap, stop.asked))
            self.most[step] = min(self.most[step], self.sign * (bound - self.before))
            self.most = self._consistent(self.most)
            self.settled[step] = ended == "proved"
            why = why if ended == "proved" else ended
            if stop.tell is not None:
                stop.tell(Progress(time.perf_counter() - begun, float(self.values[step]), self.bound(step)))
        return "gap" if why == "proved" and (untried & (self.gap > SAME)).any() else why

    def _solved(self, more: int, stop: Stop) -> tuple[float, str]:
        """The bound for so many further points, and why its search ended."""
        points, begun = len(self.problem.fixed) + more, self.sites[:more]
        if self.objective == "covered":
            found = most_covered(self.problem, within=self.within, points=points, start=begun, stop=stop)
        else:
            found = best_access(self.problem, points=points, start=begun, stop=stop)
        return found.bound, found.stopped_by


def consistent(more: NDArray[np.intp], most: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bounds on what any `more` candidates could gain, ascending, each tightened by the others.

    Fewer points never gain more; and of n points the best k gain at least k / n of it all, since what a point gains
    only shrinks as others open (Nemhauser, Wolsey & Fisher 1978).
    """
    most = np.minimum.accumulate(most[::-1])[::-1]
    for place in range(1, len(most)):
        if more[place - 1] > 0:
            most[place] = min(most[place], most[place - 1] * more[place] / more[place - 1])
    return most
