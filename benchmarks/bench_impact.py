"""A national plan with all its consequences, a scenario switch, and a register's list of premises."""

from __future__ import annotations

import csv
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from measure import Row, at_most, median_seconds
from openpyxl import Workbook

from luukku.country import finland
from luukku.outlook import default_parameters, scenario, scenarios
from luukku.plan import make_plan
from luukku.plan.impact import Impact, Network, Terms, impact, network_of_plan
from luukku.premises import read_premises
from luukku.premises.reading import PREMISES

UNITS = 50_000
SWITCH = 300.0
"""Milliseconds that a scenario switch may take."""
YEARS = range(2022, 2030)


def main() -> Iterator[Row]:
    """The speeds asked of the planner's consequences."""
    country, parameters = finland(), default_parameters()
    began, busy = time.perf_counter(), time.process_time()
    plan = make_plan(country, coverage=0.995)
    network = network_of_plan(plan, country)
    phased = [national(network, code.code) for code in scenarios()]
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    proved = "proved" if all(each.phasing().phasing.stopped_by == "proved" for each in phased) else "not proved"
    yield at_most(
        "national run: network, three scenarios, space, costs, sharing, phasing",
        60,
        seconds,
        "s",
        f"{len(plan.points)} points, {len(phased[0].premises)} example units; phasing {proved}; "
        f"processor {processor:.1f} s",
    )

    codes = [each.code for each in scenarios()]

    def switch(part: str) -> float:
        turn = iter(codes * 4)

        def work() -> None:
            found = impact(network, country, scenario(next(turn)), parameters)
            getattr(found, part)() if part == "sharing" else getattr(found, part)

        return 1000 * median_seconds(work, times=9)

    points = len(plan.points)
    for what, part in (("space", "spaces"), ("costs", "findings"), ("sharing", "sharing")):
        yield at_most(
            f"scenario switch, {what} of {points} points", SWITCH, switch(part), "ms", "median of 9", digits=0
        )

    with tempfile.TemporaryDirectory() as folder:
        for ending, write in ((".csv", _write_csv), (".xlsx", _write_workbook)):
            file = Path(folder) / f"premises{ending}"
            write(file)
            loaded = median_seconds(lambda file=file: read_premises(file, country), times=3)
            yield at_most(f"list of {UNITS:,} premises, {ending[1:].upper()}", 10, loaded, "s")


def national(network: Network, code: str) -> Impact:
    """Everything of one scenario: the whole network and every point shared, and phased within eight even years."""
    country, parameters = finland(), default_parameters()
    open_ended = impact(network, country, scenario(code), parameters)
    money = sum(each.cents for spent in open_ended.investments.values() for each in spent)
    works = len(open_ended.cost_plan.joint)
    most = max(sum(each.cents for each in spent) for spent in open_ended.investments.values())
    terms = Terms(
        budget=dict.fromkeys(YEARS, max(money * 11 // 10 // len(YEARS), most)),
        works=dict.fromkeys(YEARS, works * 11 // 10 // len(YEARS) + 1),
    )
    found = impact(network, country, scenario(code), parameters, terms=terms)
    found.findings  # noqa: B018 - costs and checks are computed when asked for
    found.sharing()
    for point in network.points.code.tolist():
        found.sharing(point)
    found.phasing()
    return found


def _rows() -> Iterator[list[object]]:
    dice = random.Random(1)  # noqa: S311 - no secret is made
    towns, users = ("Joensuu", "Helsinki", "091", "Lieksa", "Oulu", "Turku"), ("VERO", "DVV", "Verohallinto", "TE")
    for number in range(UNITS):
        told: dict[str, object] = {
            "unit": f"U{number}",
            "address": f"Katu {number % 9000}",
            "municipality": dice.choice(towns),
            "authority": dice.choice(users),
            "use": dice.choice(("office", "public_service", "toimisto")),
            "m2": round(dice.uniform(20, 3000), 1),
            "measure": "htm2",
            "person_years": dice.randint(1, 80),
            "lease_start": date(2015, 1, 1),
            "lease_end": date(2026, 12, 31) if number % 3 else None,
            "notice_months": 12,
            "rent": round(dice.uniform(1e3, 1e6), 2),
            "rent_model": "total",
        }
        yield [told.get(column.name) for column in PREMISES.columns]


def _write_csv(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[column.name for column in PREMISES.columns], *_rows()])


def _write_workbook(file: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("premises")
    sheet.append([column.name for column in PREMISES.columns])
    for row in _rows():
        sheet.append(row)
    book.save(file)


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
