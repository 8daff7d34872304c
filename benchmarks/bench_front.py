"""Which point next, in which order, and how many: exact next points, orders of opening and fronts at national size."""

from __future__ import annotations

import time
from collections.abc import Iterator

from measure import Row, median_seconds
from national import HUBS, national

from luukku.network.front import Front, front
from luukku.network.problem import Problem, Stop
from luukku.network.sequence import Objective, next_points, opening_sequence

OBJECTIVES: tuple[Objective, ...] = ("covered", "access")
STEPS = 50
COUNTS = range(20, 61, 10)
SECONDS = 120.0


def main() -> Iterator[Row]:
    """The work of each question, with what is proved of its answers."""
    people, times = national()
    size = f"{len(people):,} cells, {times.sites:,} sites"
    today = Problem(people, times, existing=HUBS)
    for objective in OBJECTIVES:
        next_points(today, within=60.0, objective=objective)  # the first one loads what is compiled
        took = median_seconds(lambda of=objective: next_points(today, within=60.0, objective=of))
        note = f"{size}; every candidate tried"
        yield Row(f"Next point, {objective}", "", f"{1000 * took:.0f}", "ms", note)
        began = time.perf_counter()
        order = opening_sequence(today, within=60.0, points=STEPS, objective=objective, stop=Stop(0.0))
        took = time.perf_counter() - began
        least = min(opening.share for opening in order.openings)
        note = f"{size}; at least {least:.2%} of the best possible at every step, by the gains alone"
        yield Row(f"Order of opening {STEPS} points, {objective}", "", f"{took:.2f}", "s", note)
    network = Problem(people, times, open=HUBS)
    found = front(network, within=60.0, points=COUNTS, stop=Stop(SECONDS))
    yield Row(
        f"Front of {COUNTS[0]} to {COUNTS[-1]} points in steps of {COUNTS.step}, both ends",
        "",
        f"{found.seconds:.0f}",
        "s",
        f"{size}; {_proofs(found)}",
    )


def _proofs(found: Front) -> str:
    """How many networks are proved, and how far the others may be from the best."""
    open_ones = [of.gap for of in found.networks if not of.proved]
    told = f"{len(found.networks) - len(open_ones)} of {len(found.networks)} networks proved"
    return f"{told}, greatest gap {max(open_ones):.3%} of the value" if open_ones else told


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
