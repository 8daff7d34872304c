"""Travel times over a synthetic Finland, beside SciPy's Dijkstra; growth, a cluster, and public transport.

Every case runs in a process of its own, so its memory is its own, and measures SciPy in the same process right after.
Other peers are in bench_peers.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from measure import Row, at_least, at_most, peak_memory, told_by

NODES, CELLS, SITES = 1_030_000, 100_000, 1_000
SEEDS = (1, 2, 3)
RUNS = 3
SAMPLE = 20
"""Sites that SciPy searches from; its time for all sites is extrapolated."""


@dataclass(frozen=True, slots=True)
class Case:
    """Sizes, a seed and a horizon in minutes."""

    sites: int = SITES
    cells: int = CELLS
    nodes: int = NODES
    seed: int = 1
    horizon: int = 60

    @property
    def words(self) -> list[str]:
        """As arguments of a command."""
        return [str(value) for value in (self.sites, self.cells, self.nodes, self.seed, self.horizon)]


def main() -> Iterator[Row]:
    """The figures that are asked, by seed; growth with sites, cells and nodes; the cluster; timetables."""
    base = {}
    for horizon, most in ((60, 1.2), (120, 4.5)):
        told = [told_by(__file__, "engine", *Case(seed=seed, horizon=horizon).words) for seed in SEEDS]
        base[horizon] = told[0]
        each_seed = ", ".join(f"{each['seconds']:.2f}" for each in told)
        yield at_most(
            f"travel times, {SITES:,} sites x {CELLS:,} cells, {horizon} min",
            most,
            statistics.median(each["seconds"] for each in told),
            "s",
            f"with preparing the graph; seeds {each_seed} s; "
            f"{told[0]['pairs']:,} pairs; processor time {told[0]['processor']:.2f} s",
            digits=2,
        )
        yield at_least(
            f"as fast as SciPy, {horizon} min",
            10,
            statistics.median(each["scipy"] / each["seconds"] for each in told),
            "times",
            f"SciPy {1000 * told[0]['scipy'] / SITES:.1f} ms a site; "
            f"{sum(each['equal'] for each in told)} sampled sites equal in every pair; by processor time "
            f"{statistics.median(each['scipy_processor'] / each['processor'] for each in told):.0f} times",
        )
        yield at_most(f"its memory, {horizon} min", 2, max(each["gib"] for each in told), "GiB", digits=2)
    for name, case, horizon, linear, asked in (
        ("3 times the sites", Case(sites=3_000, horizon=120), 120, 3.0, True),
        ("twice the nodes", Case(nodes=2_000_000), 60, 2_000_000 / NODES, True),
        ("a tenth of the sites", Case(sites=100), 60, 0.1, False),
        ("a tenth of the cells", Case(cells=10_000), 60, 1.0, False),
        ("10 times the cells", Case(cells=1_000_000), 60, 10.0, False),
    ):
        told = told_by(__file__, "engine", *case.words)
        grown = told["processor"] / base[horizon]["processor"]
        yield Row(
            f"processor time of {name}, {horizon} min",
            f"in proportion: {linear:.2g} times" if asked else "",
            f"{grown:.2f}",
            "times",
            f"{told['seconds']:.2f} s; {told['pairs']:,} pairs; {told['gib']:.2f} GiB; "
            f"{told['equal']} sampled sites equal",
            grown <= linear if asked else None,
        )
    told = told_by(__file__, "cluster", *Case().words)
    yield Row(
        "the same over a Dask cluster of 2 workers here, 60 min",
        "identical",
        "identical" if told["identical"] else "not identical",
        "",
        f"{told['seconds']:.1f} s on the first call with sending the graph, {told['local']:.1f} s without a cluster",
        told["identical"],
    )
    told = told_by(__file__, "transit", "1000")
    yield Row(
        "public transport, 1,000 sites x 20,000 cells, a made-up timetable",
        "",
        f"{told['seconds']:.1f}",
        "s",
        f"{told['connections']:,} rides from stop to stop, {told['stops']:,} stops; median of 360 departures; "
        f"{told['pairs']:,} pairs; {told['gib']:.2f} GiB",
    )


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    began, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, time.perf_counter() - began, time.process_time() - processor


def engine(sites: int, cells: int, nodes: int, seed: int, horizon: int) -> dict[str, Any]:
    """Seconds of preparing and searching (the median run), and SciPy's for as many sites by a sample."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra
    from synthetic import synthetic

    from luukku.travel.graph import Arcs
    from luukku.travel.search import prepare, search

    country = synthetic(nodes, cells, max(3_000, sites), seed)
    arcs = Arcs(country.start, country.to, country.minutes)
    points, place = country.site_node[:sites], (country.x, country.y)
    search(prepare(arcs, points[:2], country.cell_node, place), 60_000)  # compiled, or loaded from the cache
    runs = [
        _timed(lambda: search(prepare(arcs, points, country.cell_node, place), horizon * 60_000)) for _ in range(RUNS)
    ]
    found, seconds, processor = sorted(runs, key=lambda run: run[1])[RUNS // 2]
    gib = peak_memory()

    backwards = csr_array(
        (country.deciseconds.astype(np.float64), country.to, country.start), shape=(arcs.nodes, arcs.nodes)
    ).T.tocsr()
    sample = np.random.default_rng(seed).choice(sites, min(SAMPLE, sites), replace=False)
    rows, scipy, scipy_processor = _timed(lambda: dijkstra(backwards, indices=points[sample], limit=600.0 * horizon))
    equal = 0
    for site, row in zip(sample.tolist(), rows, strict=True):
        at = row[country.cell_node]
        within = np.flatnonzero(at <= 600 * horizon)
        part = slice(found.start[site], found.start[site + 1])
        if not (np.array_equal(found.cell[part], within) and np.array_equal(found.time[part], 100 * at[within])):
            raise AssertionError(f"site {site} of seed {seed} is not as SciPy has it")
        equal += 1
    return {
        "seconds": seconds,
        "processor": processor,
        "pairs": len(found.cell),
        "gib": gib,
        "scipy": scipy / len(sample) * sites,
        "scipy_processor": scipy_processor / len(sample) * sites,
        "equal": equal,
    }


def cluster(sites: int, cells: int, nodes: int, seed: int, horizon: int) -> dict[str, Any]:
    """Whether two Dask workers on this machine find the same, and how long that takes."""
    import numpy as np
    from distributed import LocalCluster
    from synthetic import synthetic

    from luukku.travel.graph import Arcs
    from luukku.travel.search import prepare, search
    from luukku.travel.spread import cluster as workers_of

    country = synthetic(nodes, cells, max(3_000, sites), seed)
    network = prepare(
        Arcs(country.start, country.to, country.minutes),
        country.site_node[:sites],
        country.cell_node,
        (country.x, country.y),
    )
    search(network, 1)
    here, local, _ = _timed(lambda: search(network, horizon * 60_000))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as dask:
        workers = workers_of(dask.scheduler_address)
        there, seconds, _ = _timed(lambda: search(network, horizon * 60_000, workers=workers))
    identical = all(np.array_equal(getattr(here, part), getattr(there, part)) for part in ("start", "cell", "time"))
    return {"identical": identical, "seconds": seconds, "local": local}


def transit(sites: int) -> dict[str, Any]:
    """Seconds for a made-up timetable: 600 lines of 25 stops over 200 km, a vehicle each way every half an hour."""
    import numpy as np

    from luukku.country.model import Cells, Sites
    from luukku.country.provenance import Source
    from luukku.travel.gtfs import Calendar, Feed
    from luukku.travel.timetable import timetable
    from luukku.travel.transit import transit_times

    random = np.random.default_rng(1)
    lines, length, size, made_up = 600, 25, 200_000, Source("computation", "made up to measure with")
    begin = random.uniform(0, size, (lines, 2))
    end = begin + random.normal(0, 20_000, (lines, 2))
    spots = (begin[:, None] + (end - begin)[:, None] * np.linspace(0, 1, length)[None, :, None]).reshape(-1, 2)
    stops = len(spots)
    hourly = np.arange(5 * 3600, 23 * 3600, 1800)
    there = (np.arange(lines)[:, None] * length + np.arange(length)).astype(np.int64)
    routes = np.concatenate((there, there[:, ::-1]))
    calls = np.repeat(routes[:, None], len(hourly), axis=1).reshape(-1)
    leave = (hourly[None, :] + random.integers(0, 30, len(routes))[:, None] * 60)[:, :, None] + 90 * np.arange(length)
    trips = len(routes) * len(hourly)
    day = np.array([730_000])
    feed = Feed(
        stop=np.arange(stops).astype(str),
        x=spots[:, 0],
        y=spots[:, 1],
        calendar=Calendar(
            np.array(["daily"]), np.ones((1, 7), bool), day, day + 1_000_000, day[:0], day[:0], np.zeros(0, bool)
        ),
        trip_service=np.zeros(trips, np.int64),
        start=np.arange(trips + 1) * length,
        call_stop=calls,
        arrival=leave.reshape(-1),
        departure=leave.reshape(-1),
        boards=np.ones(len(calls), bool),
        alights=np.ones(len(calls), bool),
        repeats=np.zeros((0, 4), np.int64),
        changes=np.zeros((0, 3), np.int64),
        source=made_up,
    )

    def places(count: int) -> dict[str, Any]:
        at = spots[random.integers(0, stops, count)] + random.normal(0, 500, (count, 2))
        codes = np.arange(count).astype(str)
        return {"code": codes, "name": codes, "municipality": codes, "x": at[:, 0], "y": at[:, 1], "source": made_up}

    homes = Cells(**places(20_000), people=np.ones(20_000), year=2022)
    points = Sites(**places(sites), kind=np.full(sites, "own"))
    monday = feed.busiest_weekday()
    if monday is None:
        raise AssertionError("nothing runs")
    transit_times(feed, points.take(np.arange(1)), homes, day=monday)
    times, seconds, _ = _timed(lambda: transit_times(feed, points, homes, day=monday))
    return {
        "seconds": seconds,
        "connections": len(timetable(feed, monday, 9 * 3600, 17 * 3600).leaves),
        "stops": stops,
        "pairs": len(times.cell),
        "gib": peak_memory(),
    }


if __name__ == "__main__":
    cases = {"engine": engine, "cluster": cluster, "transit": transit}
    print(json.dumps(cases[sys.argv[1]](*(int(word) for word in sys.argv[2:]))))
