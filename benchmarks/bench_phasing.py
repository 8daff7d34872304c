"""Phasing a network as large as the country's: which year each point opens and each own unit closes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from measure import Row, median_seconds

from luukku.plan.phasing import Closing, Opening, PhasingTask, phase
from luukku.premises.costs import Investment, JointPoint, OwnUnit

SIZES = ((130, 1.15), (200, 1.05), (200, 1.02))
"""Points, and the years' money and works as a multiple of what the points need."""


def main() -> Iterator[Row]:
    """The time to the proof for three made-up networks with four own units a point."""
    for points, plenty in SIZES:
        task = made_up(points, plenty)
        how = phase(task).stopped_by
        seconds = median_seconds(lambda task=task: phase(task), times=3)
        note = f"{how}; made up, {4 * points} own units, {plenty - 1:.0%} more money and works than needed"
        yield Row(f"phasing {points} points", "", f"{seconds:.1f}", "s", note)


def made_up(points: int, plenty: float) -> PhasingTask:
    """Points and units with random rents, leases, works and investments; equal arguments give equal tasks."""
    dice = random.Random(points)  # noqa: S311 - no secret is made

    def opening(number: int) -> Opening:
        soonest = date(dice.randint(2021, 2024), dice.randint(1, 12), 1)
        point = JointPoint(f"J{number}", "12", soonest, {"rent": dice.randint(3_000_000, 30_000_000)}, {"VERO": 1})
        cents = dice.randint(5_000_000, 90_000_000)
        fitting = Investment("fitting", "12", "VERO", cents, soonest, "fitting", "project")
        return Opening(point, "167", dice.randint(1, 4), (fitting,))

    def closing(number: int) -> Closing:
        rent, joint = dice.randint(1_000_000, 15_000_000), f"J{dice.randrange(points)}"
        unit = OwnUnit(f"U{number}", "VERO", "12", {"rent": rent}, joint)
        return Closing(unit, "167", date(dice.randint(2020, 2028), 12, 31))

    openings = tuple(opening(number) for number in range(points))
    units = tuple(closing(number) for number in range(4 * points))
    years = range(2022, 2030)
    money = int(sum(each.money for each in openings) * plenty / len(years))
    works = int(sum(each.works for each in openings) * plenty / len(years)) + 1
    return PhasingTask(openings, units, budget=dict.fromkeys(years, money), works=dict.fromkeys(years, works))
