"""The design tokens are Suomi.fi's own."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STYLES = ROOT / "src" / "luukku" / "web" / "ui" / "styles"


def test_the_committed_tokens_are_those_of_the_installed_package(missing):
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "suomifi-design-tokens").is_dir():
        missing("node or the package suomifi-design-tokens is not installed")
    fresh = subprocess.run([node, "tools/tokens.mjs", "--print"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (STYLES / "tokens.css").read_text(encoding="utf-8") == fresh.stdout


def test_every_variable_that_a_style_uses_exists():
    defined, used = set(), {}
    for file in STYLES.rglob("*.css"):
        text = file.read_text(encoding="utf-8")
        defined |= set(re.findall(r"(--luukku-[a-z0-9-]+)\s*:", text))
        used |= dict.fromkeys(re.findall(r"var\((--luukku-[a-z0-9-]+)", text), file.name)
    assert {name: file for name, file in used.items() if name not in defined} == {}


@pytest.mark.parametrize("pattern", [r"@import\s+url\(", r"https?://"])
def test_styles_take_nothing_from_elsewhere(pattern):
    assert [file.name for file in STYLES.rglob("*.css") if re.search(pattern, file.read_text(encoding="utf-8"))] == []
