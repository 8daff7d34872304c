"""Rounds for the people whom the national plan, and the regional centres alone, leave over an hour."""

from __future__ import annotations

import time
from collections.abc import Iterator

from measure import Row

from luukku.plan import evaluate, make_plan
from luukku.plan.routes import Routes, make_routes


def main() -> Iterator[Row]:
    """Processor time, people reached, and vehicle days and vehicles beside their bounds."""
    networks = {"the national plan": make_plan(), "the regional centres": evaluate("centres")}
    cases = (
        ("the national plan", "vehicle", "weekly"),
        ("the national plan", "vehicle", "fortnightly"),
        ("the national plan", "duty_visit", "weekly"),
        ("the regional centres", "vehicle", "weekly"),
    )
    for network, kind, frequency in cases:
        begun = time.process_time()
        made = make_routes(networks[network], kind=kind, frequency=frequency)
        seconds = time.process_time() - begun
        name = f"{kind.replace('_', ' ')} {frequency}, {network}"
        yield Row(f"rounds: {name}", "", f"{seconds:.1f}", "s of processor time", _note(made))


def _note(made: Routes) -> str:
    status = made.status
    return (
        f"{made.reached / made.over:.1%} of {made.over:,.0f} people reached from {status.stops} stops (bound "
        f"{status.stops_bound}); {status.vehicle_days} vehicle days (bound {status.vehicle_days_bound}), "
        f"{status.vehicles} vehicles (bound {status.vehicles_bound}); {status.stopped_by}"
    )
