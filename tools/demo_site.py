"""The demo on a port of its own, in a folder that is thrown away, with a browser that is signed in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, sync_playwright

SERVE = "import sys; from luukku.web.project.serve import serve; serve(port=int(sys.argv[1]))"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where the demo is, its plans by name, and the demo planner's session."""

    address: str
    plans: dict[str, int]
    session: str
    browser: Browser

    def window(self, width: int, height: int) -> BrowserContext:
        """A browser window of the demo planner."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.add_cookies([{"name": "luukku_session", "value": self.session, "url": self.address}])
        return context


@contextmanager
def demo_site() -> Iterator[Site]:
    """The demo, served as in use (hashed and compressed files), while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            LUUKKU_DATA=folder,
            LUUKKU_STATIC="hashed",
            DJANGO_SETTINGS_MODULE="luukku.web.project.settings",
            DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright's loop runs beside plain database calls
        )
        os.environ.pop("DATABASE_URL", None)
        plans, session = _filled()
        port = _free_port()
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], stdin=subprocess.DEVNULL)
        try:
            address = f"http://localhost:{port}/"
            _wait(address)
            with sync_playwright() as playwright:
                system = shutil.which("chromium") or shutil.which("chromium-browser")
                browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
                yield Site(address, plans, session, browser)
                browser.close()
        finally:
            server.terminate()
            server.wait()


def _filled() -> tuple[dict[str, int], str]:
    """The demo's database made; the numbers of its plans by name, and a session of its planner."""
    from luukku.web.project.serve import set_up

    set_up()
    from django.test import Client
    from django.utils import translation

    from luukku.web.accounts.services import demo_planner
    from luukku.web.studio.services import make_demo

    user, _password = demo_planner()
    with translation.override("fi"):
        plans = {plan.name: plan.pk for plan in make_demo(user)}
    client = Client()
    client.force_login(user)
    return plans, client.cookies["luukku_session"].value


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(address: str) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        try:
            urllib.request.urlopen(f"{address}healthz", timeout=2).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"The demo did not answer at {address} within {PATIENCE:g} seconds.")
