"""Opening and closing a point in a network of the whole country: everything that `evaluate` reports, again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
from measure import Row
from national import national
from numpy.typing import NDArray

from luukku.country import finland
from luukku.country.model import Cells
from luukku.country.provenance import Source
from luukku.network.criteria import Criteria
from luukku.network.evaluate import Evaluation, evaluate
from luukku.network.whatif import WhatIf

SIZES = ((1_000, 1), (1_000, 2), (1_000, 3), (3_000, 1))
"""Sites and seed of each instance."""
POINTS = 100
CLICKS = 400


def main() -> Iterator[Row]:
    """The median click of each instance."""
    for sites, seed in SIZES:
        people, times = national(sites, seed)
        cells = _cells(people, seed)
        draw = np.random.default_rng(seed)
        network = WhatIf(cells, times, draw.choice(sites, POINTS, replace=False).tolist(), Criteria(), finland())
        network.close(network.open_sites[0])  # the first of each loads what is compiled
        network.open(0)
        took = [_click(network, draw, sites, opens=click % 2 == 0) for click in range(CLICKS)]
        scratch = evaluate(cells, times, network.open_sites, Criteria(), finland())
        same = "equal to evaluating from scratch" if _same(network.evaluation, scratch) else "DIFFERS from scratch"
        wall, work = (1000 * statistics.median(of) for of in zip(*took, strict=True))
        yield Row(
            f"What-if click, {len(people):,} cells, {sites:,} sites, seed {seed}",
            "at most 5 ms" if sites == SIZES[0][0] else "",
            f"{wall:.2f}",
            "ms",
            f"median of {CLICKS}, {work:.2f} ms of processor time; {POINTS} points, people in 5 age groups and "
            f"{len(finland().municipalities)} municipalities; {same}",
            reached=wall <= 5 and same.startswith("equal") if sites == SIZES[0][0] else None,
        )


def _click(network: WhatIf, draw: np.random.Generator, sites: int, *, opens: bool) -> tuple[float, float]:
    """Wall and processor seconds of opening or closing a site drawn at random."""
    is_open = set(network.open_sites)
    site = int(draw.choice([site for site in range(sites) if (site in is_open) != opens]))
    began, worked = time.perf_counter(), time.process_time()
    (network.open if opens else network.close)(site)
    return time.perf_counter() - began, time.process_time() - worked


def _cells(people: NDArray[np.float64], seed: int) -> Cells:
    """Cells of these people, each in one of Finland's municipalities, with made-up shares of five age groups."""
    draw = np.random.default_rng(seed)
    number = np.arange(len(people))
    codes = np.array([place.code for place in finland().municipalities])
    shares = draw.dirichlet(np.ones(5), len(people))
    return Cells(
        code=number.astype(np.str_),
        name=number.astype(np.str_),
        municipality=codes[number * len(codes) // len(people)],
        people=people,
        x=np.zeros(len(people)),
        y=np.zeros(len(people)),
        year=2022,
        source=Source("computation", "synthetic Finland"),
        extra={f"age_{group}": people * shares[:, group] for group in range(5)},
    )


def _same(one: Evaluation, other: Evaluation) -> bool:
    """Whether two evaluations are the same to the last bit."""
    ours, theirs = asdict(one), asdict(other)
    try:
        np.testing.assert_equal(ours, theirs)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
