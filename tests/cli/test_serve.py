"""`luukku serve`."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from luukku.cli import serve
from luukku.cli.output import Exit


def test_the_studio_is_started_at_the_address_asked(luukku, monkeypatch):
    calls = []
    web = ModuleType("luukku.web.project.serve")
    web.serve = lambda host, port: calls.append((host, port))
    monkeypatch.setitem(sys.modules, "luukku.web.project.serve", web)

    assert luukku("serve", "--port", "9001").code == 0
    assert calls == [("127.0.0.1", 9001)]


def test_without_the_web_part_the_way_to_install_it_is_told(luukku, monkeypatch):
    def missing(_name):
        raise ModuleNotFoundError("No module named 'django'", name="django")

    monkeypatch.setattr(serve, "import_module", missing)

    ran = luukku("serve", "--json")
    assert ran.code == Exit.USAGE  # serve has nothing to tell in JSON

    ran = luukku("serve")
    assert ran.code == Exit.BAD_INPUT
    assert "luukku[web]" in ran.err


def test_a_package_that_is_missing_only_while_it_starts_is_told_as_well(luukku, monkeypatch):
    def start(host, port):
        raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")

    web = ModuleType("luukku.web.project.serve")
    web.serve = start
    monkeypatch.setitem(sys.modules, "luukku.web.project.serve", web)

    assert "uvicorn is missing" in luukku("serve").err


def test_a_fault_in_our_own_web_part_is_not_hidden(monkeypatch):
    def broken(_name):
        raise ModuleNotFoundError("No module named 'luukku.web.lost'", name="luukku.web.lost")

    monkeypatch.setattr(serve, "import_module", broken)

    with pytest.raises(ModuleNotFoundError):
        serve.serve()
