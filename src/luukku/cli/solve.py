"""`luukku solve`: the siting methods for anyone who has an instance in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from luukku.cli.output import Json, print_json, print_table
from luukku.cli.search import searching, status_of

if TYPE_CHECKING:
    from luukku.network.instances import Instance
    from luukku.network.problem import Solution


def solve(
    question: Annotated[
        Literal["p-median", "p-center", "set-cover", "max-cover"],
        typer.Argument(metavar="PROBLEM", help="p-median, p-center, set-cover or max-cover."),
    ],
    file: Annotated[
        Path,
        typer.Argument(help="OR-Library graph or set covering, TSPLIB points (.tsp), or costs (.csv, .npz)."),
    ],
    *,
    p: Annotated[
        int | None, typer.Option("--p", min=0, help="How many sites to choose; else as the file says.")
    ] = None,
    within: Annotated[
        float | None,
        typer.Option(min=0.0, help="Cost within which a customer is covered, for covering with distances."),
    ] = None,
    unit_costs: Annotated[
        bool, typer.Option("--unit-costs", help="set-cover: the fewest columns, whatever they cost.")
    ] = False,
    layout: Annotated[
        Literal["or-pmedian", "tsplib", "or-cover-rows", "or-cover-columns", "csv", "npz"] | None,
        typer.Option(help="How the file is laid out, when its ending and first row do not tell."),
    ] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds after which the best so far counts.")] = 60.0,
    gap: Annotated[float, typer.Option(min=0.0, max=1.0, help="Relative gap to the bound that is good enough.")] = 0.0,
    as_json: Json = False,
) -> None:
    """Choose the best sites of an instance, and prove how good they are.

    Sites are told by their name in the file, or by their number, counted from 1. Ctrl-C stops the search: the best so
    far is told with its bound, and the exit code is 130.
    """
    from luukku.network.instances import answer, read_instance

    with searching(f"Reading {file.name}") as search:
        instance = read_instance(file, layout)
        stop = search.stop(time_limit, gap)
        found = search.run(lambda: answer(instance, question, p=p, within=within, unit_costs=unit_costs, stop=stop))
    told = _told(instance, question, found)
    if as_json:
        print_json(told)
    else:
        sites = ", ".join(str(site) for site in told["sites"])
        rows = [(key, f"{value:,}" if isinstance(value, int) else str(value)) for key, value in told.items()]
        print_table(f"{question} of {instance.name}", ("", ""), [*rows[:-1], ("sites", sites)])
    search.end()


def _told(instance: Instance, question: str, found: Solution) -> dict[str, Any]:
    """What the command tells, in the order told."""
    names = getattr(instance, "site_names", ())
    return {
        "problem": question,
        "instance": instance.name,
        "layout": instance.layout,
        "objective": _number(found.objective),
        "bound": _number(found.bound),
        "gap": found.gap,
        "status": status_of(found.stopped_by),
        "seconds": round(found.seconds, 3),
        "method": found.method,
        "sites": [names[site] if names else site + 1 for site in found.sites],
    }


def _number(value: float) -> int | float:
    """A whole number without its decimal point."""
    return int(value) if value == int(value) else value
