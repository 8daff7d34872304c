"""Every problem on random towns, with all that can be decided beforehand, against trying everything.

Larger than the small problems of the other tests: large enough for prices, swaps and branches to have something to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from tests.network.conftest import matrix

from luukku.errors import Impossible
from luukku.network.base.solve import fewest_points_with_base, most_covered_with_base
from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import most_covered
from luukku.network.median.solve import best_access
from luukku.network.problem import Problem
from luukku.network.radius import smallest_radius

SEEDS = range(60)
CLOSE = 1e-6


@dataclass(frozen=True)
class Towns:
    """A problem with all its choices.

    minutes: (sites, cells), infinite beyond the horizon. within, points, share, base: what is asked of it.
    choices: every choice that keeps to what is decided.
    """

    problem: Problem
    minutes: np.ndarray
    within: float
    points: int
    share: float
    base: float
    choices: list[tuple[int, ...]]

    @property
    def sized(self) -> list[tuple[int, ...]]:
        """Those of at most `points` points."""
        return [choice for choice in self.choices if len(choice) <= self.points]

    @property
    def has_room(self) -> bool:
        """Whether there is one of so many points."""
        return any(len(choice) == self.points for choice in self.choices)

    def nearest(self, choice):
        """(cells,) minutes to the nearest of a choice and the free points."""
        serving = [*choice, *self.problem.free]
        return self.minutes[serving].min(axis=0) if serving else np.full(self.minutes.shape[1], np.inf)

    def covered(self, choice):
        return float(self.problem.people[self.nearest(choice) <= self.within].sum())

    def person_minutes(self, choice):
        farthest = np.where(np.isinf(self.minutes), -1.0, self.minutes).max(axis=0)
        charge = np.maximum(farthest, self.problem.times.horizon)
        return float(self.problem.people @ np.minimum(self.nearest(choice), charge))

    def radius(self, choice):
        return float(self.nearest(choice)[self.problem.people > 0].max(initial=0.0))

    def fed(self, choice, reading):
        """Whether every chosen point has its base; the nearest point is, of equals, the one with the lower number."""
        serving = sorted({*choice, *self.problem.free})
        if not serving:
            return True
        first = np.array(serving)[self.minutes[serving].argmin(axis=0)]
        for site in set(choice) - self.problem.fixed:
            near = self.minutes[site] <= self.within
            behind = near if reading == "within" else (first == site) & np.isfinite(self.minutes[site])
            if self.problem.people[behind].sum() < self.base:
                return False
        return True


@pytest.fixture(params=SEEDS)
def towns(request) -> Towns:
    draw = np.random.default_rng(request.param)
    sites, cells = int(draw.integers(6, 11)), int(draw.integers(10, 60))
    site, cell = draw.uniform(0, 60, (sites, 2)), draw.uniform(0, 60, (cells, 2))
    minutes = np.hypot(*(site[:, None] - cell[None]).transpose(2, 0, 1)).astype(np.float32)
    if draw.random() < 0.6:
        minutes = np.rint(minutes)  # ties
    horizon = float(draw.choice([25, 40, 100]))
    people = np.rint(draw.lognormal(4, 1.2, cells)) * (draw.random(cells) > 0.1)
    order = draw.permutation(sites).tolist()
    count = int(draw.integers(0, 3))
    standing = frozenset(order[:count])
    free = frozenset(order[: int(draw.integers(0, count + 1))]) if draw.random() < 0.4 else frozenset()
    closed = frozenset(order[count : count + int(draw.integers(0, 2))])
    drawn = [
        frozenset(draw.choice(sites, size=int(draw.integers(2, 5)), replace=False).tolist())
        for _ in range(int(draw.integers(0, 4)))
    ]
    groups = tuple(group for group in drawn if len(group & (standing - free)) < 2)
    trips = [[float(trip) if trip <= horizon else None for trip in row] for row in minutes]
    problem = Problem(people, matrix(trips, horizon), open=standing, closed=closed, free=free, groups=groups)
    undecided = [one for one in range(sites) if one not in standing | closed]
    every = [
        tuple(sorted([*problem.fixed, *more]))
        for size in range(len(undecided) + 1)
        for more in combinations(undecided, size)
    ]
    return Towns(
        problem=problem,
        minutes=np.where(minutes <= horizon, minutes.astype(np.float64), np.inf),
        within=float(draw.integers(5, int(horizon))),
        points=int(draw.integers(0, 7)),
        share=float(draw.choice([0.3, 0.5, 0.8, 0.95, 1.0])),
        base=float(draw.choice([0, 50, 200, 500, 1500])),
        choices=[choice for choice in every if all(len(group & set(choice)) <= 1 for group in groups)],
    )


def holds(towns, solution):
    """Whether the solution is proved and one of the choices."""
    return solution.proved and solution.sites in towns.choices


def test_best_access(towns):
    if not towns.has_room:
        with pytest.raises(Impossible):
            best_access(towns.problem, points=towns.points)
        return
    solution = best_access(towns.problem, points=towns.points)
    assert holds(towns, solution)
    assert len(solution.sites) <= towns.points
    least = min(map(towns.person_minutes, towns.sized))
    assert solution.objective == pytest.approx(least, rel=CLOSE)
    assert towns.person_minutes(solution.sites) == pytest.approx(least, rel=CLOSE)


def test_most_covered(towns):
    if not towns.has_room:
        with pytest.raises(Impossible):
            most_covered(towns.problem, within=towns.within, points=towns.points)
        return
    solution = most_covered(towns.problem, within=towns.within, points=towns.points)
    assert holds(towns, solution)
    assert len(solution.sites) <= towns.points
    assert solution.objective == towns.covered(solution.sites) == max(map(towns.covered, towns.sized))


def test_smallest_radius(towns):
    least = min(map(towns.radius, towns.sized), default=np.inf)
    if not towns.has_room or np.isinf(least):
        with pytest.raises(Impossible):
            smallest_radius(towns.problem, points=towns.points)
        return
    solution = smallest_radius(towns.problem, points=towns.points)
    assert holds(towns, solution)
    assert len(solution.sites) <= towns.points
    assert solution.objective == towns.radius(solution.sites) == least


def test_fewest_points(towns):
    need = towns.share * towns.problem.people.sum() * (1 - 1e-9)
    enough = [len(choice) for choice in towns.choices if towns.covered(choice) >= need]
    if not enough:
        with pytest.raises(Impossible):
            fewest_points(towns.problem, within=towns.within, share=towns.share)
        return
    solution = fewest_points(towns.problem, within=towns.within, share=towns.share)
    assert holds(towns, solution)
    assert solution.objective == len(solution.sites) == min(enough)
    assert towns.covered(solution.sites) >= need


@pytest.mark.parametrize("reading", ["nearest", "within"])
def test_most_covered_with_a_base(towns, reading):
    asked = {"within": towns.within, "base": towns.base, "reading": reading}
    solution = most_covered_with_base(towns.problem, **asked)
    assert holds(towns, solution)
    assert towns.fed(solution.sites, reading)
    best = max(towns.covered(choice) for choice in towns.choices if towns.fed(choice, reading))
    assert solution.objective == towns.covered(solution.sites) == best


@pytest.mark.parametrize("reading", ["nearest", "within"])
def test_fewest_points_with_a_base(towns, reading):
    asked = {"within": towns.within, "base": towns.base, "reading": reading, "share": towns.share}
    need = towns.share * towns.problem.people.sum() * (1 - 1e-9)
    enough = [len(choice) for choice in towns.choices if towns.fed(choice, reading) and towns.covered(choice) >= need]
    if not enough:
        with pytest.raises(Impossible):
            fewest_points_with_base(towns.problem, **asked)
        return
    solution = fewest_points_with_base(towns.problem, **asked)
    assert holds(towns, solution)
    assert solution.objective == len(solution.sites) == min(enough)
    assert towns.fed(solution.sites, reading)
    assert towns.covered(solution.sites) >= need
