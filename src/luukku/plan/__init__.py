"""The whole plan of a country or a region: made, written as a folder, read back, compared."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from luukku.plan.compare import Compared
from luukku.plan.evaluation import evaluate
from luukku.plan.folder import read_plan, refuse_other_folder, write_plan
from luukku.plan.make import make_plan
from luukku.plan.model import Evaluated, Plan

__all__ = [
    "Compared",
    "Evaluated",
    "Plan",
    "evaluate",
    "make_plan",
    "read_plan",
    "refuse_other_folder",
    "write_plan",
]


class _Room(ModuleType):
    """The module that can be called: `luukku.plan` is the room and, in `luukku.plan(coverage=0.995)`, the verb."""

    def __call__(self, *args: Any, **kwargs: Any) -> Plan:
        return make_plan(*args, **kwargs)


sys.modules[__name__].__class__ = _Room
