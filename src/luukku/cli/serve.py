"""`luukku serve`: the studio in the browser."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from luukku.errors import LuukkuError


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Start the studio, the planner's map, and print its address."""
    try:
        import_module("luukku.web.project.serve").serve(host=host, port=port)
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] == "luukku":
            raise
        raise LuukkuError(
            f"The studio needs the web part of Luukku, and {error.name} is missing. "
            "Install it with: pip install 'luukku[web]'"
        ) from error
