"""Make the pictures of the studio in docs/images: `python tools/screenshots.py`. Needs Chromium and built pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from demo_site import Site, demo_site
from playwright.sync_api import Page

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDE, NARROW = (1440, 900), (390, 844)


def picture(
    site: Site, name: str, address: str, size: tuple[int, int], act: Callable[[Page], None] | None = None
) -> None:
    """Open a page of the studio, do what the picture shows, and write docs/images/NAME.png."""
    window = site.window(*size)
    page = window.new_page()
    page.goto(f"{site.address}{address}")
    page.wait_for_selector("body[data-ready=true]", timeout=60_000)
    page.wait_for_timeout(1500)  # labels are placed after the first drawing
    if act is not None:
        act(page)
        page.wait_for_timeout(1500)
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / f"{name}.png")
    window.close()


def find(place: str) -> Callable[[Page], None]:
    """Search a place, which selects it."""

    def act(page: Page) -> None:
        page.fill("#place-search", place)
        page.keyboard.press("Enter")

    return act


def show_difference(page: Page) -> None:
    """Shade the map by what is better and worse than in the compared plan."""
    page.check("#show-difference")


def show_points(page: Page) -> None:
    """Open the table of points."""
    page.click("#tab-points")


def main() -> None:
    """Every picture of the guide."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo_site() as site:
        fewest, region, _by_hand = site.plans.values()
        picture(site, "studio-1440", f"fi/studio/{fewest}/", WIDE)
        picture(site, "studio-390", f"fi/studio/{fewest}/", NARROW)
        picture(site, "studio-point-1440", f"en/studio/{fewest}/", WIDE, find("Kajaani"))
        picture(site, "studio-point-390", f"sv/studio/{fewest}/", NARROW, find("Lieksa"))
        picture(site, "studio-difference-1440", f"en/studio/{fewest}/", WIDE, show_difference)
        picture(site, "studio-points-1440", f"sv/studio/{fewest}/", WIDE, show_points)
        picture(site, "studio-region-1440", f"fi/studio/{region}/", WIDE)


if __name__ == "__main__":
    main()
