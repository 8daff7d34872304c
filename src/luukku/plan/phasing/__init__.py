"""Which joint point opens and which own unit closes in which year."""

from __future__ import annotations

from luukku.plan.phasing.choose import phase
from luukku.plan.phasing.dates import Undated, undated
from luukku.plan.phasing.items import REASONS, Closing, Delay, Opening, PhasingTask, Reason, closings
from luukku.plan.phasing.reading import DELAYS, Delays, read_delays
from luukku.plan.phasing.result import Bar, Closed, Opened, PhasedYear, Phasing

__all__ = [
    "DELAYS",
    "REASONS",
    "Bar",
    "Closed",
    "Closing",
    "Delay",
    "Delays",
    "Opened",
    "Opening",
    "PhasedYear",
    "Phasing",
    "PhasingTask",
    "Reason",
    "Undated",
    "closings",
    "phase",
    "read_delays",
    "undated",
]
