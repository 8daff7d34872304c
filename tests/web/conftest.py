"""What the web half's tests share: a real browser that watches what it loads, accounts, and a plan."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "luukku" / "web" / "ui" / "static" / "built" / "ui.js"
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
CENTRES = ("M091", "M837", "M564", "M297", "M167", "M398")  # Helsinki, Tampere, Oulu, Kuopio, Joensuu, Lahti


def _missing(what: str) -> None:
    """Under CI a missing tool is a failure; on somebody's machine the test is skipped with the reason."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}. Run `make test`, which sets it up.", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def missing() -> Callable[[str], None]:
    """Call it with what a test lacks."""
    return _missing


@pytest.fixture(scope="session", autouse=True)
def _translations_are_compiled() -> None:
    from luukku.web.project import translations

    translations.compile_all()


@pytest.fixture(autouse=True)
def _passwords_are_quick(settings: object) -> None:
    """The real hasher takes half a second on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _every_test_begins_in_english() -> Iterator[None]:
    """A request leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _the_audit_trail_is_guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """The migration's triggers stand in every test with a database.

    A test with real transactions ends by emptying all tables, which the triggers refuse: they go before, and come back
    with the next test.
    """
    marked = request.node.get_closest_marker("django_db")
    real = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marked and marked.kwargs.get("transaction")
    )
    if not (real or marked or "db" in request.fixturenames):
        yield
        return
    from django.db import connection

    from luukku.web.accounts import append_only

    request.getfixturevalue("transactional_db" if real else "db")
    append_only.install(connection)
    yield
    if real:
        append_only.remove(connection)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium: the system's, or the one that Playwright brought."""
    if not BUILT.exists():
        _missing("the pages' scripts are not built (npm run build)")
    if not AXE.exists():
        _missing("axe-core is not installed (npm ci)")
    from playwright.sync_api import Error, sync_playwright

    # Playwright's own event loop runs in this thread, beside the test's ordinary database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    system = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        except Error as error:
            _missing(f"Chromium does not start ({str(error).splitlines()[0]})")
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What went wrong in a page: console errors (CSP violations among them) and requests to other hosts."""

    host: str
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, pattern: str) -> None:
        """Troubles that match belong to this test, such as "status of 404"."""
        self.forgiven.append(pattern)

    def listen(self, page: object) -> None:
        """Watch one page."""
        page.on("console", lambda message: message.type == "error" and self.troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", self._request)

    def _request(self, request: object) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.troubles.append(f"request to another host: {request.url}")

    def unforgiven(self) -> list[str]:
        """Troubles that nobody expected."""
        return [text for text in self.troubles if not any(re.search(pattern, text) for pattern in self.forgiven)]


@pytest.fixture
def watch(live_server: object) -> Watch:
    """What the page's watcher has seen."""
    return Watch(urlsplit(live_server.url).netloc)


@pytest.fixture
def page(browser: object, live_server: object, watch: Watch) -> Iterator[object]:
    """A page on the live server, 1440 px wide, that fails the test on errors and on requests elsewhere."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="fi-FI")
    context.set_default_timeout(10_000)
    shown = context.new_page()
    watch.listen(shown)
    yield shown
    context.close()
    assert not watch.unforgiven(), "\n".join(watch.unforgiven())


@pytest.fixture
def signed_in_page(page: object, live_server: object, planner: object, client: object) -> object:
    """The same page with the planner signed in."""
    client.force_login(planner)
    cookie = client.cookies["luukku_session"]
    page.context.add_cookies([{"name": "luukku_session", "value": cookie.value, "url": live_server.url}])
    return page


@pytest.fixture
def assert_accessible() -> Callable[[object], None]:
    """Fails with axe-core's findings (WCAG 2.2 AA, text contrast 7:1) and when the page scrolls sideways."""

    def check(page: object) -> None:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)["violations"]
        told = [
            f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})" for rule in found for node in rule["nodes"]
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways <= 0, f"{page.url} is {sideways} px wider than the window"

    return check


@pytest.fixture
def make_user(db: None) -> Callable[..., object]:
    """Makes an account with roles: make_user("reader"), make_user("regional planner", region="12")."""
    from luukku.web.accounts.models import Grant, User

    def make(
        role: str | None = None, *, region: str = "", authority: str = "", email: str = "", **fields: object
    ) -> object:
        email = email or f"{(role or 'nobody').replace(' ', '-')}{User.objects.count()}@example.org"
        user = User.objects.create_user(email, "a long pass phrase", name=email.partition("@")[0], **fields)
        if role:
            Grant.objects.create(user=user, role=role, region=region, authority=authority)
        return user

    return make


@pytest.fixture
def planner(make_user: Callable[..., object]) -> object:
    """A planner of the whole country, with the password "a long pass phrase"."""
    return make_user("planner", email="planner@example.org")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, not in memory: threads and processes then wait for each other as they do in real use."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def planner_client(client: object, planner: object) -> object:
    """The planner's browser, without a browser."""
    client.force_login(planner)
    return client


@pytest.fixture
def colleague(make_user: Callable[..., object]) -> object:
    """Another planner of the whole country."""
    return make_user("planner", email="colleague@example.org")


@pytest.fixture
def reader(make_user: Callable[..., object]) -> object:
    """Somebody who may look but not plan."""
    return make_user("reader", email="reader@example.org")


@pytest.fixture
def plan(planner: object) -> object:
    """A planner's own plan with six points, drawn by hand on the embedded country."""
    from luukku.web.studio import services

    return services.create("Kuusi pistettä", by=planner, open_sites=CENTRES)
