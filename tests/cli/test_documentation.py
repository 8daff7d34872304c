"""The page on the command line says what `--help` says."""

from __future__ import annotations

import re

import pytest
import typer

from luukku.cli.app import app
from luukku.cli.output import KINDS, Exit

ROOT = typer.main.get_command(app)


def commands():
    """Every command as its words and its typer object."""
    for name, command in ROOT.commands.items():
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {inner}", part) for inner, part in below.items())


def options(command):
    return {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--") and name != "--help"
    }


@pytest.fixture(scope="module")
def page(repository):
    return (repository / "docs" / "command-line.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_on_the_page(page, name, command):
    section = page.split(f"## `luukku {name.split()[0]}", 1)[1].split("\n## ", 1)[0]

    assert f"luukku {name}" in page
    missing = {option for option in options(command) if f"`{option}" not in section and f"[{option}" not in section}
    assert not missing


def test_the_page_names_no_option_that_does_not_exist(page):
    known = {option for _, command in commands() for option in options(command)} | {"--help", "--version"}

    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= known


def test_every_exit_code_and_kind_of_error_is_on_the_page(page):
    for code in Exit:
        assert f"| {int(code)} |" in page
    for _, kind, _ in KINDS:
        assert f"`{kind}`" in page


def test_every_option_has_a_help_text():
    for name, command in commands():
        for parameter in command.params:
            assert parameter.name == "help" or parameter.help, f"{name}: {parameter.name}"
