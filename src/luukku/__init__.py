"""Luukku plans a country's network of joint public-service points.

    import luukku
    plan = luukku.plan(coverage=0.995)
    luukku.write_plan(plan, Path("my-plan"), language="fi")

Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luukku.country import finland
    from luukku.country.sites import parse_points
    from luukku.network.criteria import Criteria
    from luukku.network.problem import Stop
    from luukku.plan import evaluate, read_plan, write_plan
    from luukku.plan import make_plan as plan
    from luukku.plan.compare import compare

__version__ = "0.1.0"

_HOME = {
    "Criteria": "luukku.network.criteria",
    "Stop": "luukku.network.problem",
    "compare": "luukku.plan.compare",
    "evaluate": "luukku.plan",
    "finland": "luukku.country",
    "parse_points": "luukku.country.sites",
    "plan": "",
    "read_plan": "luukku.plan",
    "write_plan": "luukku.plan",
}

__all__ = [
    "Criteria",
    "Stop",
    "__version__",
    "compare",
    "evaluate",
    "finland",
    "parse_points",
    "plan",
    "read_plan",
    "write_plan",
]


def __getattr__(name: str) -> Any:
    """Import a public name the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'luukku' has no attribute {name!r}")
    if name == "plan":
        return import_module("luukku.plan")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
