"""The impact pages in a real browser: accessible in three languages, switched by keyboard, drawn, and whole without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


FRAMES_ARE_READY = """() => [...document.querySelectorAll(".scroll")].every(
    frame => !frame.checkVisibility() || frame.scrollWidth <= frame.clientWidth || frame.tabIndex === 0)"""


def open_page(page, plan, language="fi"):
    """The page with the parts that are fetched after it."""
    page.goto(f"/{language}/impact/{plan.pk}/")
    page.wait_for_selector("#openings", state="attached", timeout=30_000)
    page.wait_for_selector("#sharing ~ * .facts", timeout=30_000)


def show_tabs(page):
    """Every part behind a tab in turn."""
    for tab in page.locator('[role="tab"]').all():
        tab.click()
        yield tab


@pytest.mark.parametrize(
    ("language", "width"), [("fi", 1440), ("sv", 1440), ("en", 1440), ("fi", 320), ("sv", 320), ("en", 320)]
)
def test_the_page_is_accessible(signed_in_page, plan, assert_accessible, language, width):
    signed_in_page.set_viewport_size({"width": width, "height": 900})
    open_page(signed_in_page, plan, language)
    assert_accessible(signed_in_page)


def test_what_is_folded_and_behind_tabs_is_accessible(signed_in_page, plan, assert_accessible):
    open_page(signed_in_page, plan)
    for summary in signed_in_page.locator("main details > summary").all():
        summary.click()
    for tab in show_tabs(signed_in_page):
        if tab.get_attribute("aria-controls") == "time-line":
            assert_accessible(signed_in_page)


@pytest.mark.parametrize(("language", "width"), [("fi", 1440), ("sv", 320)])
def test_its_parts_are_accessible(signed_in_page, plan, assert_accessible, language, width):
    signed_in_page.set_viewport_size({"width": width, "height": 900})
    for part in ("points/M167/", "sharing/", "phasing/"):
        signed_in_page.goto(f"/{language}/impact/{plan.pk}/{part}")
        assert_accessible(signed_in_page)


def test_a_page_without_points_is_accessible(signed_in_page, planner, assert_accessible):
    from luukku.web.studio import services

    signed_in_page.goto(f"/fi/impact/{services.create('Tyhjä', by=planner).pk}/")
    assert_accessible(signed_in_page)


def test_the_scenario_is_switched_by_keyboard_and_said_aloud_without_a_new_page(signed_in_page, plan):
    open_page(signed_in_page, plan, "en")
    value = signed_in_page.locator(".figures .value").first
    before = value.inner_text()
    signed_in_page.evaluate("window.untouched = true")
    signed_in_page.locator('input[name="scenario"]:checked').focus()
    signed_in_page.keyboard.press("ArrowRight")
    expect(value).not_to_have_text(before)
    expect(signed_in_page.locator("#impact-said")).to_contain_text("Scenario:")
    assert signed_in_page.evaluate("window.untouched")
    assert "scenario=fast" in signed_in_page.url
    assert signed_in_page.evaluate("document.activeElement.value") == "fast", "the focus stays on the choice"
    signed_in_page.wait_for_selector("#openings", state="attached")
    signed_in_page.reload()
    assert signed_in_page.locator('input[name="scenario"]:checked').input_value() == "fast"


@pytest.mark.parametrize(("language", "width"), [("fi", 1440), ("sv", 320), ("en", 320)])
def test_values_of_ones_own_change_the_figures(signed_in_page, plan, assert_accessible, language, width):
    signed_in_page.set_viewport_size({"width": width, "height": 900})
    open_page(signed_in_page, plan, language)
    visits = signed_in_page.locator('input[type="number"][name="visits"]')
    expect(visits).to_be_hidden()
    with signed_in_page.expect_response("**/phasing/**"):
        signed_in_page.check('input[value="own"]')
    expect(visits).to_be_visible()
    signed_in_page.wait_for_selector("#openings", state="attached")
    signed_in_page.wait_for_function(FRAMES_ARE_READY)
    assert_accessible(signed_in_page)
    value = signed_in_page.locator(".figures .value").first
    before = value.inner_text()
    visits.fill("2500000")
    visits.press("Enter")
    expect(value).not_to_have_text(before)
    assert "visits=2500000" in signed_in_page.url


def test_long_tables_are_scrolled_by_keyboard(signed_in_page, planner):
    from luukku.country import finland
    from luukku.country.sites import municipal_centres
    from luukku.web.studio import services

    codes = municipal_centres(finland()).code.tolist()[::12]
    plan = services.create("Paljon pisteitä", by=planner, open_sites=codes)
    open_page(signed_in_page, plan)
    frame = signed_in_page.locator("section[aria-labelledby=points] .scroll")
    expect(frame).to_have_attribute("tabindex", "0")
    frame.focus()
    signed_in_page.keyboard.press("End")
    expect(frame.locator("tfoot")).to_be_in_viewport()


def test_the_tables_are_drawn_as_charts(signed_in_page, plan):
    open_page(signed_in_page, plan)
    for tab in show_tabs(signed_in_page):
        panel = signed_in_page.locator(f"#{tab.get_attribute('aria-controls')}")
        for chart in panel.locator("figure[data-chart]").all():
            expect(chart.locator("svg").first).to_be_visible()


def test_days_are_sorted_by_time_and_not_by_how_they_are_written(signed_in_page, plan):
    signed_in_page.goto(f"/fi/impact/{plan.pk}/phasing/")
    table = signed_in_page.locator("#openings table")
    header = table.get_by_role("columnheader", name="Niistä viimeinen suljetaan")
    header.get_by_role("button").click()
    days = [day for day in table.locator("tbody tr > :nth-child(4)").all_inner_texts() if day[:1].isdecimal()]

    assert days != sorted(days, key=lambda day: [int(part) for part in day.split(".")])
    assert days == sorted(days, key=lambda day: [int(part) for part in reversed(day.split("."))])


def test_the_page_of_the_years_tells_the_choice_and_keeps_the_budget(signed_in_page, plan):
    signed_in_page.goto(f"/fi/impact/{plan.pk}/phasing/")
    signed_in_page.fill("#budget", "9000000")
    signed_in_page.keyboard.press("Enter")
    expect(signed_in_page.locator("#phasing-part")).to_contain_text("enintään 9 000 000 €", timeout=30_000)
    expect(signed_in_page.locator("#impact-said")).to_contain_text("enintään 9 000 000 €")
    signed_in_page.check('input[value="fast"]')
    signed_in_page.locator('form[method="get"] button[type="submit"]').first.click()
    expect(signed_in_page.locator("#phasing-part")).to_contain_text("enintään 9 000 000 €", timeout=30_000)
    assert "scenario=fast" in signed_in_page.url


def test_without_scripts_the_tables_stand_alone(browser, live_server, client, planner, plan):
    client.force_login(planner)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="fi-FI")
    cookie = client.cookies["luukku_session"]
    context.add_cookies([{"name": "luukku_session", "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/fi/impact/{plan.pk}/")
    before = page.locator(".figures .value").first.inner_text()
    page.check('input[value="slow"]')
    page.locator('form[method="get"] button[type="submit"]').first.click()
    assert page.locator(".figures .value").first.inner_text() != before
    page.locator("section[aria-labelledby=phasing] a").click()
    expect(page.locator("#time-line table")).to_be_visible()
    assert "scenario=slow" in page.url
    context.close()


def test_the_years_are_chosen_for_a_budget_by_keyboard_and_the_focus_stays(signed_in_page, plan):
    open_page(signed_in_page, plan)
    signed_in_page.fill("#budget", "9000000")
    signed_in_page.keyboard.press("Enter")
    expect(signed_in_page.locator("#phasing-part")).to_contain_text("enintään 9 000 000 €", timeout=30_000)
    expect(signed_in_page.locator("#budget")).to_be_focused()
    expect(signed_in_page.locator("#budget")).to_have_value("9000000")
    with signed_in_page.expect_response("**/phasing/**"):
        signed_in_page.check('input[value="fast"]')
    expect(signed_in_page.locator("#phasing-part")).to_contain_text("enintään 9 000 000 €", timeout=30_000)


def test_a_scenario_that_does_not_come_is_told_and_the_choice_goes_back_to_the_figures_shown(
    signed_in_page, plan, watch
):
    page = signed_in_page
    watch.forgive("ERR_INTERNET_DISCONNECTED|htmx:")
    open_page(page, plan)
    slow, assumed = (
        page.locator(f'input[type="radio"][name="scenario"][value="{code}"]') for code in ("slow", "assumed")
    )
    before = page.locator("#impact-figures").inner_text()
    page.context.set_offline(True)
    slow.focus()
    page.keyboard.press("Space")
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#connection")).to_contain_text("Yhteyttä palvelimeen ei ole")
    expect(assumed).to_be_checked()
    assert page.locator("#impact-figures").inner_text() == before
    page.context.set_offline(False)
    slow.focus()
    page.keyboard.press("Space")
    expect(page.locator("#connection")).to_be_hidden()
    expect(slow).to_be_checked()
    page.wait_for_function("() => location.search.includes('scenario=slow')")


def test_parts_that_were_cut_off_come_by_themselves_when_the_connection_is_back(signed_in_page, plan, watch):
    page = signed_in_page
    watch.forgive("ERR_FAILED|htmx:")
    cut = {"on": True}
    page.route("**/sharing/**", lambda route: route.abort() if cut["on"] else route.continue_())
    page.goto(f"/fi/impact/{plan.pk}/")
    expect(page.locator("#connection")).to_be_visible()
    cut["on"] = False
    page.wait_for_selector("#sharing ~ * .facts", timeout=30_000)
    expect(page.locator("#connection")).to_be_hidden()


def test_every_page_is_walked_through_with_the_tab_key_alone(signed_in_page, plan):
    """Whatever can be pressed is reached in turn, is seen when it has the focus, and lets the focus on."""
    page = signed_in_page
    for part in ("", "points/M167/", "sharing/", "phasing/"):
        page.goto(f"/fi/impact/{plan.pk}/{part}")
        if not part:
            page.wait_for_selector("#openings", state="attached", timeout=30_000)
            page.wait_for_selector("#sharing ~ * .facts", timeout=30_000)
        walked = page.evaluate(
            """() => [...document.querySelectorAll("main a[href], main button, main input, main summary, main select")]
                .filter((each) => each.checkVisibility() && each.type !== "hidden" && each.tabIndex >= 0 && !each.disabled)
                .filter((each) => each.type !== "radio" || each.checked).length"""
        )
        page.evaluate("() => document.querySelector('main').focus()")
        seen = 0
        for _ in range(3 * walked + 20):
            page.keyboard.press("Tab")
            state = page.evaluate(
                """() => {
                    const here = document.activeElement;
                    const { width, height, bottom, top } = here.getBoundingClientRect();
                    const inside = here.closest("main") !== null;
                    const press = here.matches("a[href], button, input, summary, select");
                    return { inside, press, seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight };
                }"""
            )
            if not state["inside"]:
                break
            assert state["seen"], (part, page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)"))
            seen += state["press"]
        assert seen == walked, part
