"""The command line as a whole: help, version, wrong use, and how errors are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import luukku as library
from luukku.cli import output
from luukku.cli.output import Exit
from luukku.errors import BadInput, Contradiction, Fault, Impossible, LuukkuError, UnknownPlace

COMMANDS = (
    ("country", "show"),
    ("country", "build"),
    ("country", "template"),
    ("criteria",),
    ("evaluate",),
    ("plan",),
    ("front",),
    ("next",),
    ("compare",),
    ("times",),
    ("solve",),
    ("outlook", "compare"),
    ("premises", "template"),
    ("premises", "check"),
    ("premises", "program"),
    ("share",),
    ("costs",),
    ("phase",),
    ("routes",),
    ("serve",),
)


def test_the_version_is_the_librarys(luukku):
    ran = luukku("--version")

    assert (ran.code, ran.out) == (0, f"luukku {library.__version__}\n")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(luukku, command):
    ran = luukku(*command, "--help")

    assert ran.code == 0
    assert "Usage: luukku" in ran.out


def test_the_door_opens_without_the_rooms_that_a_command_does_not_enter():
    code = "import sys, luukku.cli.app; print(*sys.modules)"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"luukku.premises", "luukku.outlook", "scipy", "pyarrow"} & set(ran.stdout.split())


def test_an_unknown_option_is_wrong_use(luukku):
    ran = luukku("plan", "--covrage", "0.9")

    assert ran.code == Exit.USAGE
    assert "--covrage" in ran.err
    assert "Usage: luukku plan" in ran.err
    assert ran.out == ""


def test_wrong_use_is_json_when_json_was_asked(luukku):
    ran = luukku("plan", "--coverage", "2", "--json")

    assert ran.code == Exit.USAGE
    assert ran.error["kind"] == "usage"
    assert json.loads(ran.err)["exit_code"] == 2


def test_an_unknown_command_is_wrong_use(luukku):
    assert luukku("plant").code == Exit.USAGE


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (BadInput("a.csv", [Fault("it is empty", "rows", "add some", row=2, column="x")]), "bad_input", 3),
        (UnknownPlace("nowhere"), "unknown_place", 3),
        (LuukkuError("something"), "error", 3),
        (Contradiction("both"), "contradiction", 4),
        (Impossible("at most 90 %"), "impossible", 4),
        (output.NotProved("not yet"), "not_proved", 5),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_error_has_its_kind_and_exit_code(capsys, error, kind, code):
    assert output.print_error(error, as_json=True) == code

    told = json.loads(capsys.readouterr().err)
    assert told["error"]["kind"] == kind
    assert told["error"]["message"] == str(error)
    assert told["exit_code"] == code


def test_the_faults_of_a_file_are_told_one_by_one_in_json(capsys):
    error = BadInput("a.csv", [Fault("negative people", "zero or more", "mend it", row=7, column="people")])

    output.print_error(error, as_json=True)

    told = json.loads(capsys.readouterr().err)["error"]
    assert told["file"] == "a.csv"
    assert told["faults"] == [
        {"what": "negative people", "expected": "zero or more", "cure": "mend it", "row": 7, "column": "people"}
    ]


def test_an_error_is_plain_text_without_a_traceback(luukku):
    ran = luukku("evaluate", "--points", "nowhere.csv")

    assert ran.code == Exit.BAD_INPUT
    assert "nowhere.csv" in ran.err
    assert "Traceback" not in ran.err


def test_the_language_follows_the_locale_unless_it_is_chosen(monkeypatch):
    for name in ("LUUKKU_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_FI.UTF-8")
    assert output.default_language() == "sv"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert output.default_language() == "en"
    monkeypatch.setenv("LUUKKU_LANGUAGE", "fi")
    assert output.default_language() == "fi"


def test_a_language_without_words_is_wrong_use(luukku):
    ran = luukku("evaluate", "--language", "de")

    assert ran.code == Exit.USAGE
    assert "fi, sv, en" in ran.err


def test_a_wrong_language_in_the_environment_is_wrong_use(luukku, monkeypatch):
    monkeypatch.setenv("LUUKKU_LANGUAGE", "xx")

    assert luukku("evaluate").code == Exit.USAGE


def test_a_reader_that_closes_early_is_no_fault():
    command = f"{sys.executable} -c 'from luukku.cli import main; main()' country show --json | head -1"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    ran = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)

    assert ran.stdout == "{\n"
    assert ran.stderr == ""


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["plain", "json"])
def test_an_interrupt_ends_with_130_and_says_that_nothing_was_written(luukku, monkeypatch, words):
    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("luukku.plan.evaluation.evaluate", interrupted)

    ran = luukku("evaluate", *words)

    assert ran.code == Exit.INTERRUPTED
    assert "nothing was written" in ran.err
    if words:
        assert ran.error["kind"] == "interrupted"
