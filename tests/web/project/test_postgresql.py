"""The same on PostgreSQL, which production uses."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PORT = "54329"  # of a socket in a folder of its own; nothing listens on the network

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def postgresql(missing):
    """A PostgreSQL server in a passing folder, reached through a socket there; gives its DATABASE_URL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not found[-1].is_file():
        missing("PostgreSQL is not installed")
    programs = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="luukku-pg-"))  # short: a socket's path may have 107 characters
    # PostgreSQL refuses to run as root.
    owner = {"user": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    if owner:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def run(program, *arguments):
        subprocess.run([programs / program, *arguments], check=True, capture_output=True, cwd=folder, **owner)

    run("initdb", "-D", folder / "data", "-U", "luukku", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -p {PORT} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
    yield f"postgresql://luukku@/postgres?host={folder}&port={PORT}"
    run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("room", ["accounts", "studio"])
def test_a_room_works_on_postgresql_as_on_sqlite(postgresql, room):
    chosen = ["-m", "not browser", f"tests/web/{room}"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *chosen],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": postgresql},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 40
