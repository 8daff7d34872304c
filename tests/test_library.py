"""`import luukku`: light, and three lines make a plan."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import luukku

HEAVY = {"numpy", "scipy", "pandas", "geopandas", "pyproj", "highspy", "typer", "rich", "django"}


def test_importing_the_library_imports_nothing_heavy():
    code = "import sys, luukku; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not HEAVY & set(ran.stdout.split())


def test_a_plan_on_the_embedded_country_needs_no_geopandas():
    code = "import sys, luukku; luukku.plan(coverage=0.5); print(*{name.split('.')[0] for name in sys.modules})"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"geopandas", "pandas", "django", "typer", "rich"} & set(ran.stdout.split())


def test_three_lines_make_a_plan(tmp_path):
    plan = luukku.plan(coverage=0.9)
    luukku.write_plan(plan, tmp_path / "my-plan", language="fi")

    assert luukku.read_plan(tmp_path / "my-plan").certificate.proved


def test_a_folder_may_be_given_as_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    luukku.write_plan(luukku.plan(coverage=0.5), "my-plan")

    assert luukku.read_plan("my-plan").figures.share >= 0.5


def test_the_country_and_evaluations_are_at_hand():
    assert len(luukku.finland().municipalities) == 309
    first, second = luukku.evaluate("centres"), luukku.evaluate("municipal-centres")

    assert luukku.compare(first, second).gain > 0
    assert len(luukku.parse_points("centres", luukku.finland()).sites) == 18


def test_every_public_name_exists():
    for name in luukku.__all__:
        assert getattr(luukku, name)
    assert set(dir(luukku)) >= set(luukku.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="plans"):
        luukku.plans  # noqa: B018


def test_every_public_name_is_in_the_documentation():
    page = (Path(__file__).parents[1] / "docs" / "library.md").read_text("utf-8")

    missing = [name for name in luukku.__all__ if name[0] != "_" and f"luukku.{name}" not in page]
    assert not missing
