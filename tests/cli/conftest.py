"""Running the command line in this process, as a person would see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from luukku.cli.app import run
from luukku.cli.search import Search


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


Luukku = Callable[..., Ran]


@pytest.fixture
def luukku(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Luukku:
    """Run `luukku` with these words, in an empty folder and in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LUUKKU_LANGUAGE", "en")

    def ran(*words: str) -> Ran:
        code = run(list(words))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's folder."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is pressed as soon as a search begins."""

    def run(search: Search, work: Callable[[], Any]) -> Any:
        search.interrupted.set()
        return work()

    monkeypatch.setattr(Search, "run", run)
