"""A planner's own candidates in a real browser: sent by keyboard, told in words, seen on the map, undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from luukku.web.studio.models import Alternative

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEAD = "id,name,municipality,lon,lat,status\n"
PLACES = "talo/1,Kajaanin kaupungintalo,Kajaani,27.7278,64.2270,\ntalo/2,Sotkamon kirjasto,Sotkamo,28.3900,64.1310,\n"


@pytest.fixture
def send(signed_in_page, plan, tmp_path):
    """Send a file on the page of own candidates, by keyboard."""

    def sent(content, language="fi"):
        file = tmp_path / "paikat.csv"
        file.write_text(content, encoding="utf-8")
        signed_in_page.goto(f"/{language}/studio/{plan.pk}/own/candidates/")
        signed_in_page.set_input_files("#id_file", file)
        signed_in_page.fill("#id_source", "kunnat")
        with signed_in_page.expect_navigation():
            signed_in_page.keyboard.press("Enter")
        return signed_in_page

    return sent


@pytest.mark.parametrize(("language", "width"), [("fi", 1440), ("sv", 320), ("en", 320)])
def test_the_pages_are_accessible_empty_with_faults_and_with_a_list(send, plan, assert_accessible, language, width):
    page = send(HEAD + "a,A,Atlantis,30.1,kaksi,\n", language)
    page.set_viewport_size({"width": width, "height": 900})
    assert_accessible(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page = send(HEAD + PLACES, language)
    assert_accessible(page)
    for kind in ("premises", "parameters"):
        page.goto(f"/{language}/studio/{plan.pk}/own/{kind}/")
        assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_place_of_the_list_is_opened_on_the_map_and_leaves_with_its_list(send, plan):
    page = send(HEAD + PLACES)
    page.get_by_role("link", name="Kajaanin kaupungintalo").press("Enter")
    page.wait_for_selector("body[data-ready=true]", timeout=30_000)
    card = page.locator("#place-card")
    expect(card).to_contain_text("talo/1")
    expect(card).to_contain_text("2030")
    card.locator("[data-main]").press("Enter")
    value = page.locator(".studio-figure:has(#source-points) .studio-figure-value")
    expect(value).to_have_text("7")
    assert "talo/1" in Alternative.objects.get(pk=plan.pk).open_sites

    page.locator("#undo").press("Enter")
    expect(value).to_have_text("6")
    page.locator("#undo").press("Enter")
    expect(card).to_be_hidden()
    assert Alternative.objects.get(pk=plan.pk).candidates is None
    page.locator("#redo").press("Enter")
    page.fill("#place-search", "sotkamon kirj")
    expect(page.get_by_role("option", name="Sotkamon kirjasto")).to_be_visible()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("talo/2")


def test_two_plans_with_lists_of_their_own_are_compared_by_place(send, plan, planner):
    from luukku.web.studio import services

    page = send(HEAD + PLACES)
    plan.refresh_from_db()
    other = services.copy(plan, by=planner, name="Toinen")
    services.take_file(
        other,
        "candidates",
        "muut.csv",
        (HEAD + "talo/9,Kuhmon kirjasto,Kuhmo,29.5200,64.1270,fixed\n" + PLACES).encode(),
        source="kunnat",
        dated="2026-11-01",
        version=other.version,
        by=planner,
    )
    services.set_point(plan, "talo/1", opened=True, version=plan.version, by=planner)
    page.goto(f"/fi/studio/{plan.pk}/?compare={other.pk}")
    page.wait_for_selector("body[data-ready=true]", timeout=30_000)
    page.click("#tab-comparison")

    expect(page.locator("#only-here")).to_have_text("Kajaanin kaupungintalo")
    expect(page.locator("#only-there")).to_have_text("Kuhmon kirjasto")


def test_an_upload_that_is_cut_keeps_what_was_filled_in_and_can_be_sent_again(
    signed_in_page, plan, tmp_path, watch, assert_accessible
):
    page = signed_in_page
    watch.forgive("ERR_FAILED")
    file = tmp_path / "paikat.csv"
    file.write_text(HEAD + PLACES, encoding="utf-8")
    page.goto(f"/fi/studio/{plan.pk}/own/candidates/")
    page.set_input_files("#id_file", file)
    page.fill("#id_source", "kunnat")
    cut = {"on": True}
    page.route(
        "**/own/candidates/",
        lambda route: route.abort() if cut["on"] and route.request.method == "POST" else route.continue_(),
    )
    page.keyboard.press("Enter")
    expect(page.locator("#connection")).to_contain_text("Yhteys katkesi")
    expect(page.locator("#id_source")).to_have_value("kunnat")
    assert_accessible(page)
    assert Alternative.objects.get(pk=plan.pk).candidates is None
    cut["on"] = False
    page.locator("#id_source").press("Enter")
    expect(page.get_by_role("heading", name="Luettelon paikat")).to_be_visible()
    expect(page.locator("#connection")).to_be_hidden()
    assert Alternative.objects.get(pk=plan.pk).candidates.rows == 2
