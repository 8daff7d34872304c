"""The studio's speed: a what-if click in the server and in Chromium, a scenario switch, and the first load's weight."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Row, at_most

ROOT = Path(__file__).resolve().parents[1]
PLACE = "M205"  # Kajaani: serves a large catchment alone
CLICKS = 31
WARM = 3
"""First requests, which load the library."""

sys.path.insert(0, str(ROOT / "tools"))

from demo_site import Site, demo_site  # noqa: E402 - beside the other tools


def main() -> Iterator[Row]:
    """Each speed asked of the studio, with its median."""
    with demo_site() as site:
        plan = next(iter(site.plans.values()))
        took = 1000 * statistics.median(_server_clicks(plan))
        yield at_most("What-if click in the server", 20, took, "ms", "the whole request, database included", digits=0)
        took = 1000 * statistics.median(_scenario_switches(plan))
        yield at_most("Scenario switch in the server", 300, took, "ms", "visits, space, costs: computed anew", digits=0)
        weight, drawn = _browser(site, plan)
        took = statistics.median(drawn)
        yield at_most(
            "What-if click until the map has changed", 100, took, "ms", "Chromium, drawn in software", digits=0
        )
        yield at_most("First load of the studio", 1.5, weight / 1e6, "MB", "over the wire", digits=2)


def _server_clicks(number: int) -> Iterator[float]:
    """Seconds of requests that close and open a point, as the server handles them."""
    from django.test import Client

    from luukku.web.accounts.models import User
    from luukku.web.studio.models import Alternative

    plan = Alternative.objects.get(pk=number)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(pk=plan.owner_id))
    version, is_open = plan.version, PLACE in plan.open_sites
    for click in range(CLICKS + 2):
        is_open = not is_open
        body = {"site": PLACE, "open": is_open, "version": version}
        begun = time.perf_counter()
        response = client.post(f"/fi/studio/api/plans/{number}/point", body, content_type="application/json")
        took = time.perf_counter() - begun
        if response.status_code != 200:
            raise RuntimeError(response.content.decode())
        version = response.json()["version"]
        if click >= 2:  # the first ones load the country
            yield took


def _scenario_switches(number: int) -> Iterator[float]:
    """Seconds of requests for the impact in a scenario that nobody has asked for before: only the network is kept."""
    from django.test import Client

    from luukku.web.accounts.models import User
    from luukku.web.studio.models import Alternative

    client = Client(HTTP_HOST="localhost", headers={"HX-Request": "true"})
    client.force_login(User.objects.get(pk=Alternative.objects.get(pk=number).owner_id))
    for turn in range(WARM + CLICKS):
        values = {"scenario": "own", "visits": 2_000_000 + turn, "remote": 50, "shared": 50}
        begun = time.perf_counter()
        response = client.get(f"/fi/impact/{number}/", values)
        took = time.perf_counter() - begun
        if response.status_code != 200:
            raise RuntimeError(response.content.decode())
        if turn >= WARM:
            yield took


def _browser(site: Site, plan: int) -> tuple[int, list[float]]:
    """Bytes of the first load, and milliseconds from click to drawn map."""
    window = site.window(1440, 900)
    page = window.new_page()
    page.goto(f"{site.address}fi/studio/{plan}/")
    page.wait_for_selector("body[data-ready=true]", timeout=60_000)
    page.wait_for_timeout(1500)
    weight = page.evaluate(
        """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
    )
    page.fill("#place-search", "Kajaani")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    for _ in range(CLICKS):
        page.locator("#place-card [data-main]").click()
        page.wait_for_timeout(350)
    drawn = page.evaluate("performance.getEntriesByName('what-if').map(entry => entry.duration)")
    window.close()
    return int(weight), drawn


if __name__ == "__main__":
    for row in main():
        print(row, flush=True)
