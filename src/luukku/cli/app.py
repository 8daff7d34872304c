"""The command line as a whole: its verbs, and how it ends whatever happens."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from luukku import __version__
from luukku.cli import (
    compare,
    costs,
    country,
    criteria,
    evaluate,
    front,
    outlook,
    phase,
    plan,
    premises,
    routes,
    sequence,
    serve,
    share,
    solve,
    times,
)
from luukku.cli.output import Exit, print_error, write_error
from luukku.errors import LuukkuError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a wrong option; it has no public name there."""

app = typer.Typer(
    name="luukku",
    help="Plan a country's network of joint public-service points.",
    epilog="Exit codes: 0 done, 1 a fault of the program, 2 wrong use, 3 bad input, 4 impossible, 5 not proved, "
    "130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
app.add_typer(country.app, name="country")
app.command("criteria")(criteria.show)
app.command("evaluate")(evaluate.evaluate)
app.command("plan")(plan.plan)
app.command("front")(front.front)
app.command("next")(sequence.next_points)
app.command("compare")(compare.compare)
app.command("times")(times.times)
app.command("solve")(solve.solve)
app.add_typer(outlook.app, name="outlook")
app.add_typer(premises.app, name="premises")
app.command("share")(share.share)
app.command("costs")(costs.costs)
app.command("phase")(phase.phase)
app.command("routes")(routes.routes)
app.command("serve")(serve.serve)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"luukku {__version__}\n")
        raise typer.Exit


@app.callback()
def luukku(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Plan a country's network of joint public-service points."""


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. Errors for people are printed, as JSON when --json was given."""
    as_json = "--json" in arguments
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="luukku", standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        return _usage(error, as_json=as_json)
    except LuukkuError as error:
        return print_error(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted(as_json=as_json)
    except BrokenPipeError:
        # The reader (such as `head`) has seen enough; without this Python complains once more while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    if code == Exit.INTERRUPTED and not isinstance(code, Exit):
        # Typer turns a KeyboardInterrupt into a bare 130; a command that has written its best ends with our own code.
        return _interrupted(as_json=as_json)
    return int(code or 0)


def _interrupted(*, as_json: bool) -> Exit:
    told = "Interrupted; nothing was written."
    if as_json:
        write_error({"kind": "interrupted", "message": told}, Exit.INTERRUPTED)
    else:
        sys.stderr.write(f"{told}\n")
    return Exit.INTERRUPTED


def _usage(error: Exception, *, as_json: bool) -> Exit:
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    if as_json:
        write_error({"kind": "usage", "message": message}, Exit.USAGE)
    else:
        usage = f"{context.get_usage()}\nTry '{context.command_path} --help'.\n\n" if context else ""
        sys.stderr.write(f"{usage}Error: {message}\n")
    return Exit.USAGE
