"""The whole plan of a country or a region: made, written as a folder, read back, compared.

Names are imported when they are first used: reading words for a table must not load the solvers.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luukku.plan.compare import Compared
    from luukku.plan.evaluation import evaluate
    from luukku.plan.folder import read_plan, refuse_other_folder, write_plan
    from luukku.plan.make import make_plan
    from luukku.plan.model import Evaluated, Plan

_HOME = {
    "Compared": "luukku.plan.compare",
    "Evaluated": "luukku.plan.model",
    "Plan": "luukku.plan.model",
    "evaluate": "luukku.plan.evaluation",
    "make_plan": "luukku.plan.make",
    "read_plan": "luukku.plan.folder",
    "refuse_other_folder": "luukku.plan.folder",
    "write_plan": "luukku.plan.folder",
}

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
        from luukku.plan.make import make_plan

        return make_plan(*args, **kwargs)


def __getattr__(name: str) -> Any:
    """Import a public name the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'luukku.plan' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


sys.modules[__name__].__class__ = _Room
