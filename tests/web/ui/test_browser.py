"""Pages in a real browser: accessible, in three languages, wide and narrow, loading nothing from elsewhere."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1440, 320)
LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["", "ui/", "sources/", "account/sign-in/"])
def test_a_page_is_accessible(page, assert_accessible, language, width, place):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/{language}/{place}")
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404, 500])
@pytest.mark.usefixtures("failing_addresses")
def test_an_error_page_is_accessible(page, watch, assert_accessible, language, width, status):  # noqa: PLR0917
    watch.forgive(f"status of {status}")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/{language}/{'nowhere' if status == 404 else f'fail/{status}'}")
    assert page.evaluate("document.documentElement.lang") == language
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["account/", "account/password/"])
def test_the_pages_of_an_account_are_accessible(signed_in_page, assert_accessible, language, width, place):
    signed_in_page.set_viewport_size({"width": width, "height": 900})
    signed_in_page.goto(f"/{language}/{place}")
    assert_accessible(signed_in_page)


def test_every_request_of_a_page_goes_to_its_own_host(page, watch):
    page.goto("/fi/ui/")
    page.wait_for_load_state("networkidle")
    assert {address.split("/")[3] for address in watch.requests} == {"fi", "static"}
    assert any(address.endswith(".woff2") for address in watch.requests)


def test_the_font_is_our_own(page):
    page.goto("/fi/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")


def test_the_watcher_sees_what_the_content_security_policy_stops(page, watch):
    page.goto("/fi/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.com/x.png'}))"
    )
    page.wait_for_function("() => document.querySelector('img[src^=https]').complete")
    assert any("Content Security Policy" in trouble and "style" in trouble for trouble in watch.troubles)
    assert any("Content Security Policy" in trouble and "example.com" in trouble for trouble in watch.troubles)
    watch.forgive("Content Security Policy|another host|Failed to load")


def test_the_first_tab_stop_skips_to_the_content(page):
    page.goto("/en/sources/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_every_tab_stop_shows_where_it_is_and_is_large_enough(page):
    page.goto("/en/ui/")
    stops = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (at === document.body) return null;
              const target = at.labels?.length && at.matches('[type=checkbox], [type=radio]') ? at.labels[0] : at;
              const ringed = at.matches('.segmented input, .choice-cards input') ? target : at;
              const style = getComputedStyle(ringed);
              return { html: at.outerHTML.slice(0, 90), outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
                       height: target.getBoundingClientRect().height, inText: at.matches('p a, [role=tabpanel], .scroll') };
            }"""
        )
        if stop is None:
            break
        assert stop["outline"] == "solid", stop
        assert stop["width"] >= 2, stop
        assert stop["height"] >= 43.5 or stop["inText"], stop
        stops += 1
    assert stops > 30


def test_signing_in_needs_no_mouse(page, planner):
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("planner@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("a long pass phrase")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/")
    menu = page.get_by_role("button", name="planner")
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_text("You have signed out.").is_visible()


def test_a_failed_sign_in_is_said_first_and_keeps_the_address(page, watch, planner, assert_accessible):
    watch.forgive("status of 422")
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill("planner@example.org")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    alert = page.get_by_role("alert")
    assert "do not match" in alert.inner_text()
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    assert page.get_by_label("E-mail address").input_value() == "planner@example.org"
    assert_accessible(page)


def test_the_menu_of_a_narrow_page_opens_and_closes_by_keyboard(page, assert_accessible):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/en/")
    link = page.get_by_role("link", name="Suomi")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert link.is_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert not link.is_visible()


def test_tabs_move_by_arrow_keys(page):
    page.goto("/en/ui/")
    first = page.get_by_role("tab", name="Points")
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Areas").get_attribute("aria-selected") == "true"
    assert page.get_by_text("Every area with the minutes").is_visible()
    assert not page.get_by_text("Every point of the plan").is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.get_by_role("tab", name="Equity").get_attribute("aria-selected") == "true"


def test_a_table_sorts_by_value_and_says_so(page):
    page.goto("/en/ui/")
    table = page.get_by_role("table", name="Largest points")
    places = lambda: table.locator("tbody th").all_inner_texts()  # noqa: E731
    header = table.get_by_role("columnheader", name="People")
    header.get_by_role("button").click()
    assert places() == ["Lieksa", "Tampere", "Helsinki"]
    assert header.get_attribute("aria-sort") == "ascending"
    header.get_by_role("button").click()
    assert places() == ["Helsinki", "Tampere", "Lieksa"]
    assert header.get_attribute("aria-sort") == "descending"


def test_a_table_is_downloaded_as_csv_with_plain_numbers(page):
    page.goto("/en/ui/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    assert waiting.value.suggested_filename == "points.csv"
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Point", "Tier", "People", "Visits a week"]
    assert rows[1] == ["Helsinki", "centre", "1291513", "9992"]


def test_a_cell_that_looks_like_a_formula_is_made_text_in_the_csv(page):
    page.goto("/en/ui/")
    page.evaluate("document.querySelector('[data-table=points] tbody th').textContent = '=HYPERLINK(\"x\";\"y\")'")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][0] == '\'=HYPERLINK("x";"y")'


def test_a_dialog_keeps_the_focus_and_closes_by_escape(page, assert_accessible):
    page.goto("/en/ui/")
    opener = page.get_by_role("button", name="Open the dialog")
    opener.press("Enter")
    assert page.get_by_role("dialog", name="Close the point in Lieksa?").is_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("element => element === document.activeElement")


def test_motion_stops_for_those_who_ask(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/en/ui/")
    moving = page.locator("progress:not([value])").evaluate("element => getComputedStyle(element).animationDuration")
    assert float(moving.removesuffix("s")) < 0.001


def test_print_leaves_the_content(page):
    page.goto("/en/ui/")
    page.emulate_media(media="print")
    assert not page.locator(".header").is_visible()
    assert page.get_by_text("Every area with the minutes").is_visible()
    assert page.get_by_role("heading", name="Components").is_visible()


def test_pages_read_well_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/ui/")
    for text in ("Every point of the plan", "Every area with the minutes", "Helsinki"):
        assert page.get_by_text(text).first.is_visible()
    assert not page.get_by_role("button", name="Download as CSV").is_visible()
    context.close()


@pytest.mark.parametrize("place", ["", "accounts/user/", "accounts/user/add/", "accounts/auditevent/"])
def test_the_administration_keeps_to_the_content_security_policy(page, live_server, make_user, client, place):
    client.force_login(make_user("administrator"))
    session = client.cookies["luukku_session"].value
    page.context.add_cookies([{"name": "luukku_session", "value": session, "url": live_server.url}])
    page.goto(f"/fi/admin/{place}")
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("link", name="Luukku").is_visible()
