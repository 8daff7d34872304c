"""Charts drawn from the tables of a page, in a real browser under the site's own content security policy."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

YEARS = "".join(
    f"<tr><th scope='row'>{year}</th><td data-value='50000000'>50</td><td data-value='{(year - 2024) * 1e6}'>x</td></tr>"
    for year in range(2024, 2034)
)
BARS = "".join(
    f"<tr><th scope='row'>{name}</th><td data-value='{value}'>{value}</td></tr>"
    for name, value in (("Verohallinto", 12_100_000), ("Kela", 9_000_000))
)
TOTAL = "<tr class='total'><th scope='row'>Yhteensä</th><td data-value='21100000'>21 100 000</td></tr>"
SPANS = "".join(
    f"<tr data-kind='{kind}' data-start='{start}' data-end='{end}'><th scope='row'>Lieksa</th><td>{word}</td></tr>"
    for kind, start, end, word in (
        ("own", "2022-01-01", "2025-06-30", "Oma toimipaikka"),
        ("double", "2025-06-30", "2025-12-31", "Kaksi vuokraa"),
        ("joint", "2025-12-31", "2029-12-31", "Yhteinen piste"),
    )
)


def figure(kind: str, heads: tuple[str, ...], rows: str) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    return (
        f"<figure class='chart' data-chart='{kind}' data-unit='€'><div class='scroll'><table>"
        f"<caption>Kuvio: {kind}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></figure>"
    )


COSTS = figure("years", ("Vuosi", "Nyt", "Säästö"), YEARS)
PAYERS = figure("bars", ("Maksaja", "Kustannus"), BARS + TOTAL)
PHASES = figure("gantt", ("Kohde", "Mitä"), SPANS)


@pytest.fixture
def drawn(page):
    """Show figures on a page of the site; returns the words and the number of shapes of each drawing."""

    def show(*figures: str) -> list[tuple[str, int]]:
        policy = page.request.get("/").headers["content-security-policy"]
        body = (
            "<!doctype html><html lang='fi'><head><title>Kuviot</title><meta name='viewport' content='width=device-width'>"
            "<link rel='icon' href='data:,'><link rel='stylesheet' href='/static/built/ui.css'>"
            "<link rel='stylesheet' href='/static/built/impact.css'>"
            "<script type='module' src='/static/built/impact.js'></script></head>"
            f"<body><main id='main'><h1>Kuviot</h1>{''.join(figures)}</main></body></html>"
        )
        page.route(
            "**/figures/",
            lambda route: route.fulfill(
                body=body, content_type="text/html; charset=utf-8", headers={"content-security-policy": policy}
            ),
        )
        page.goto("/figures/")
        page.wait_for_function(
            "() => [...document.querySelectorAll('.chart')].every((figure) => 'drawn' in figure.dataset)"
        )
        page.wait_for_timeout(200)
        found = page.evaluate(
            """() => [...document.querySelectorAll(".chart-drawing:not([hidden])")].map((drawing) =>
              [[...drawing.querySelectorAll("text")].map((text) => text.textContent).join("|"),
               drawing.querySelectorAll("path").length])"""
        )
        return [(words, shapes) for words, shapes in found]

    return show


def test_a_chart_of_each_kind_is_drawn_from_its_table(drawn):
    (costs, _), (payers, _), (phases, _) = drawn(COSTS, PAYERS, PHASES)

    assert all(word in costs for word in ("2024", "2033", "Nyt", "Säästö", "50\u00a0milj.\u00a0€"))
    assert all(word in payers for word in ("Verohallinto", "Kela", "12,1\u00a0milj.\u00a0€"))
    assert all(word in phases for word in ("Lieksa", "Oma toimipaikka", "Kaksi vuokraa", "Yhteinen piste", "2025"))


def test_a_row_of_totals_is_not_drawn_beside_its_parts(drawn):
    assert "Yhteensä" not in drawn(PAYERS)[0][0]


def test_more_rows_bring_more_shapes(drawn):
    more = "<tr><th scope='row'>Maahanmuuttovirasto</th><td data-value='1'>1</td></tr>"

    few = drawn(PAYERS)[0][1]

    assert drawn(figure("bars", ("Maksaja", "Kustannus"), BARS + more))[0][1] > few


def test_an_empty_table_has_no_chart(drawn):
    assert drawn(figure("bars", ("Maksaja", "Kustannus"), ""), figure("gantt", ("Kohde", "Mitä"), "")) == []


def test_a_part_of_the_page_that_is_swapped_in_gets_its_charts(page, drawn):
    drawn(PAYERS)

    page.evaluate(
        """(html) => { document.querySelector("main").insertAdjacentHTML("beforeend", html);
          document.dispatchEvent(new CustomEvent("htmx:afterSwap")); }""",
        COSTS,
    )

    assert page.locator(".chart-drawing svg").count() == 2


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_charts_fit_the_page_and_are_told_to_screen_readers(page, drawn, width, assert_accessible):
    page.set_viewport_size({"width": width, "height": 900})
    drawn(COSTS, PAYERS, PHASES)

    assert page.get_by_role("img", name="Kuvio: years").count() == 1
    assert page.locator("table").count() == 3
    assert_accessible(page)


def test_charts_follow_the_width_of_the_window(page, drawn):
    drawn(COSTS)
    page.set_viewport_size({"width": 600, "height": 900})

    page.wait_for_function("() => document.querySelector('.chart-drawing svg').getBoundingClientRect().width <= 600")


def test_chosen_colours_hold_for_charts_too(page, drawn):
    page.emulate_media(forced_colors="active")
    drawn(PAYERS)

    fills = page.evaluate(
        "[...document.querySelectorAll('.chart-drawing path')].map((path) => path.getAttribute('fill') ?? '')"
    )
    assert not any(fill in {"hsl(212, 63%, 45%)", "rgb(42,108,187)"} for fill in fills)
