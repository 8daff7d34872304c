"""The smallest radius: with so many points, nobody farther from the nearest one than this (the vertex p-center).

Sources: Hakimi (1964) for the problem; Minieka (1970) for asking, radius by radius, whether so many points cover
everybody; Chen & Chen (2009) and Contardo, Iori & Kramer (2019) for asking it of a few cells first and adding those
that the answer leaves too far away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from luukku.errors import Impossible
from luukku.network.cover.solve import fewest_points
from luukku.network.coverage.solve import check_points
from luukku.network.problem import ONE_MINUTE, Problem, Progress, Solution, Stop
from luukku.network.watch import Watch
from luukku.network.whole import Enough
from luukku.travel.times import ByCell, TravelTimes

ADDED = 20
"""Cells at most that one answer adds to the cells asked about."""


def smallest_radius(problem: Problem, *, points: int, stop: Stop = ONE_MINUTE) -> Solution:
    """The `points` points with the least minutes from the farthest inhabited cell to its nearest one.

    The fixed points are among the `points`, the free ones are not; of a group at most one is chosen, and where the
    groups leave no room for so many points, there are fewer. People only say which cells count: those above 0.

    Raises Impossible when there are not so many candidates, more points are fixed, or no choice of so many points
    reaches every cell within the horizon of the travel times.
    """
    check_points(problem, points)
    watch = Watch(stop)
    search = _Search.of(problem, points, watch)
    if len(search.cells) == 0:
        search.best = sorted(problem.fixed)
        watch.improve(value=0.0, bound=0.0)
    else:
        search.run()
    best = [site for site in search.best if site not in problem.free]
    for site in problem.candidates.tolist():
        if len(best) < points and search.beside(site, best):
            best.append(site)
    return watch.solution(best, "p-center by covering a growing set of cells (Minieka 1970, Contardo et al. 2019)")


@dataclass(slots=True, eq=False)
class _Search:
    """A bisection over the radii that can be the answer.

    cells:  (cells,) the inhabited ones; near: their pairs with the sites that may serve, by cell.
    asked:  cells about which is asked so far; best: the sites of the best choice.
    """

    problem: Problem
    points: int
    watch: Watch
    cells: NDArray[np.intp]
    near: ByCell
    asked: list[int]
    best: list[int]

    @classmethod
    def of(cls, problem: Problem, points: int, watch: Watch) -> _Search:
        serving = np.zeros(problem.times.sites, dtype=np.bool_)
        serving[problem.candidates] = True
        serving[list(problem.open)] = True
        by_cell = problem.times.by_cell()
        cells = np.flatnonzero(problem.people > 0)
        row = np.repeat(np.arange(problem.times.cells), np.diff(by_cell.start))
        keep = serving[by_cell.site] & (problem.people[row] > 0)
        counts = np.bincount(row[keep], minlength=problem.times.cells)
        start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        near = ByCell(start, by_cell.site[keep], by_cell.minutes[keep])
        if len(cells) and (alone := int((counts[cells] == 0).sum())):
            raise Impossible(
                f"{alone} cells are within the horizon of no site, whatever is chosen: they are farther than "
                f"{problem.times.horizon:g} minutes from every one. Compute the travel times to a longer horizon, or "
                "set the people of these cells to 0 to leave them out."
            )
        return cls(problem, points, watch, cells, near, [], [])

    def run(self) -> None:
        """Halve the radii that are left until one is, or it is time to stop."""
        least = float(np.minimum.reduceat(self.near.minutes, self.near.start[self.cells]).max())
        self.watch.improve(bound=least)
        sites, far = self._spread(sorted(self.problem.open), -1.0)
        self._take(sites)
        self.asked = far[: self.points + 1]
        radii = np.unique(self.near.minutes[self.near.minutes >= least])
        low = 0
        if self.watch.value is None and self._covered(float(radii[-1])) is False:
            raise Impossible(
                f"No choice of {self.points} points reaches every cell within the horizon of "
                f"{self.problem.times.horizon:g}: more points are needed, or travel times to a longer horizon."
            )
        while self.watch.value is not None and self.watch.why is None:
            high = int(np.searchsorted(radii, np.float32(self.watch.value)))
            if low >= high:
                self.watch.improve(bound=self.watch.value)
                break
            middle = (low + high) // 2
            covered = self._covered(float(radii[middle]))
            if covered is None:
                break
            if not covered:
                low = middle + 1
                self.watch.improve(bound=float(radii[low]))
        if self.watch.value is None:
            raise Impossible(
                f"No choice of {self.points} points that reaches every cell was found within the time limit, "
                "nor a proof that there is none."
            )

    def _covered(self, radius: float) -> bool | None:
        """Whether so many points bring every cell within the radius; None when time did not allow to tell."""
        while True:
            try:
                answer = self._asked_of(radius)
            except Impossible:  # the groups leave no choice, or none was found in time
                return None if self.watch.why is not None else False
            if answer is None or answer.bound > self.points:
                return None if answer is None else False
            if answer.objective > self.points:
                return None
            sites, far = self._spread([*answer.sites, *sorted(self.problem.free)], radius)
            self._take(sites)
            if not far:
                return True
            self.asked += far

    def _asked_of(self, radius: float) -> Solution | None:
        """The fewest points for the cells asked about, searched only until it is plain whether they are too many."""
        cells = np.array(sorted(set(self.asked)), dtype=np.intp)
        place = np.full(self.problem.times.cells, -1)
        place[cells] = np.arange(len(cells))
        times = self.problem.times
        use = (place[times.cell] >= 0) & (times.minutes <= radius)
        start = np.concatenate(([0], np.cumsum(use)))[times.start].astype(np.int64)
        within = TravelTimes(
            start=start,
            cell=place[times.cell[use]].astype(np.int32),
            minutes=np.zeros(int(use.sum()), dtype=np.float32),
            cells=len(cells),
            horizon=1.0,
            source=times.source,
        )
        enough = Enough(self.watch.stop)

        def tell(progress: Progress) -> None:
            if (progress.value is not None and progress.value <= self.points) or (
                progress.bound is not None and progress.bound > self.points
            ):
                enough.set()

        if self.watch.left <= 0:
            return None
        asked = replace(self.problem, people=np.ones(len(cells)), times=within)
        return fewest_points(asked, within=1.0, stop=Stop(self.watch.left, 0.0, enough, tell))

    def _spread(self, sites: list[int], radius: float) -> tuple[list[int], list[int]]:
        """Serve the farthest cell beyond the radius by its nearest site, again and again (Gonzalez 1985).

        Returns the sites with those added, as many as may be, and the cells that were the farthest, at most ADDED
        of them or as many as there are points.
        """
        sites = list(sites)
        room = self.points - len([site for site in sites if site not in self.problem.free])
        trip = np.full(self.problem.times.cells, -1.0, dtype=np.float32)
        trip[self.cells] = np.inf
        for site in sites:
            self._serve(trip, site)
        far: list[int] = []
        while len(far) < max(ADDED, self.points + 1):
            cell = int(np.argmax(trip))
            if trip[cell] <= radius or trip[cell] < 0:
                break
            far.append(cell)
            near = self.near.of(cell)[0].tolist()
            site = next((each for each in near if each in sites or self.beside(each, sites)), near[0])
            if room > 0 and self.beside(site, sites):
                sites.append(site)
                room -= 1
            self._serve(trip, site)
            trip[cell] = min(trip[cell], radius)  # it has been asked about, whatever serves it
        return sites, far

    def beside(self, site: int, sites: list[int]) -> bool:
        """Whether a site is not among these and may be chosen beside them."""
        others = set(sites) - self.problem.free
        return site not in sites and not any(site in group and group & others for group in self.problem.groups)

    def _serve(self, trip: NDArray[np.float32], site: int) -> None:
        cells, minutes = self.problem.times.of(site)
        trip[cells] = np.minimum(trip[cells], minutes)

    def _take(self, sites: list[int]) -> None:
        """Note a choice when it is better than the best."""
        trip = np.full(self.problem.times.cells, -1.0, dtype=np.float32)
        trip[self.cells] = np.inf
        for site in sites:
            self._serve(trip, site)
        radius = float(trip.max())
        if np.isfinite(radius) and (self.watch.value is None or radius < self.watch.value):
            self.best = sites
            self.watch.improve(value=radius)
