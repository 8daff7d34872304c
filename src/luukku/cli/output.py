"""What every command shares: exit codes, JSON, tables, errors for people and progress on the terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from luukku.errors import BadInput, Contradiction, Impossible, LuukkuError, UnknownPlace
from luukku.plan.language import LANGUAGES


class Exit(IntEnum):
    """The exit codes of `luukku`."""

    OK = 0
    FAULT = 1
    USAGE = 2
    BAD_INPUT = 3
    IMPOSSIBLE = 4
    NOT_PROVED = 5
    INTERRUPTED = 130


class NotProved(LuukkuError):
    """A proof was required and the limits did not allow it. The best plan found was still written."""


KINDS: tuple[tuple[type[LuukkuError], str, Exit], ...] = (
    (BadInput, "bad_input", Exit.BAD_INPUT),
    (UnknownPlace, "unknown_place", Exit.BAD_INPUT),
    (Contradiction, "contradiction", Exit.IMPOSSIBLE),
    (Impossible, "impossible", Exit.IMPOSSIBLE),
    (NotProved, "not_proved", Exit.NOT_PROVED),
    (LuukkuError, "error", Exit.BAD_INPUT),
)
"""Errors with their name in JSON and their exit code; the first that fits counts."""

Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys instead of tables.")]


def default_language() -> str:
    """LUUKKU_LANGUAGE, or the language of the terminal's locale when it is Finnish or Swedish, or English."""
    chosen = os.environ.get("LUUKKU_LANGUAGE", "")
    if chosen:
        return chosen
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return locale[:2] if locale[:2] in LANGUAGES else "en"


def check_language(language: str) -> str:
    """The language chosen, or the default one, when there are words in it."""
    language = language or default_language()
    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is not one of {', '.join(LANGUAGES)}.")
    return language


Language = Annotated[
    str,
    typer.Option(
        "--language",
        show_default="LUUKKU_LANGUAGE, the locale's, or en",
        callback=check_language,
        help="Language of the summary and the tables: fi, sv or en.",
    ),
]


def print_json(value: object) -> None:
    """Print JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def say(text: str) -> None:
    """Print a line on standard output as it is."""
    _console().print(text, markup=False, highlight=False, soft_wrap=True)


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; the columns after the first hold figures where every cell looks like one."""
    rows = [list(row) for row in rows]
    shown = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for number, head in enumerate(heads):
        figures = number > 0 and all(not row[number] or row[number][0] in "0123456789+-−" for row in rows)
        shown.add_column(head, justify="right" if figures else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    _console().print(shown)


def write_csv(file: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as CSV in UTF-8 with its mark; a text that a spreadsheet would take for a formula gets an apostrophe.

    Raises LuukkuError when the file cannot be written.
    """

    def safe(cell: object) -> object:
        return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell

    try:
        with file.open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerows([heads, *([safe(cell) for cell in row] for row in rows)])
    except OSError as error:
        raise LuukkuError(f"{file} was not written: {error.strerror}. Choose another file.") from error


def show_sources(sources: Iterable[object], title: str) -> None:
    """Print numbered sources under a title."""
    say(f"{title}:")
    for number, source in enumerate(sources, 1):
        say(f"  {number}. {source}")


def print_error(error: LuukkuError, *, as_json: bool) -> Exit:
    """Print an error on standard error, plainly or as JSON, and return the exit code that belongs to it."""
    kind, code = next((kind, code) for cls, kind, code in KINDS if isinstance(error, cls))
    if not as_json:
        sys.stderr.write(f"{error}\n")
        return code
    told: dict[str, Any] = {"kind": kind, "message": str(error)}
    if isinstance(error, BadInput):
        told["file"] = error.file
        told["faults"] = [
            {
                "what": fault.what,
                "expected": fault.expected,
                "cure": fault.cure,
                "row": fault.row,
                "column": fault.column,
            }
            for fault in error.faults
        ]
    write_error(told, code)
    return code


def write_error(told: dict[str, Any], code: Exit) -> None:
    """Print the JSON of an error on standard error: {"error": {...}, "exit_code": n}."""
    sys.stderr.write(json.dumps({"error": told, "exit_code": int(code)}, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """A progress display on standard error with one task, shown only where somebody looks at it."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        shown.add_task(text, total=None)
        yield shown


def _console() -> Console:
    width = None if sys.stdout.isatty() else 200
    return Console(width=width)
