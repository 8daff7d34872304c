"""Pages in three languages, without a browser."""

from __future__ import annotations

import pytest

from luukku.web.ui import navigation

pytestmark = pytest.mark.django_db


def test_the_bare_address_leads_to_the_language_of_the_browser(client):
    assert client.get("/", headers={"accept-language": "sv"}).url == "/sv/"
    assert client.get("/", headers={"accept-language": "de"}).url == "/fi/"


@pytest.mark.parametrize(("language", "heading"), [("fi", "Lähteet"), ("sv", "Källor"), ("en", "Sources")])
def test_a_page_speaks_the_language_of_its_address(client, language, heading):
    html = client.get(f"/{language}/sources/", headers={"accept-language": "en"}).content.decode()
    assert f'<html lang="{language}">' in html
    assert f"<h1>{heading}</h1>" in html


def test_the_language_switch_leads_to_the_same_page_with_its_question(client):
    html = client.get("/fi/account/sign-in/?next=/fi/ui/").content.decode()
    assert 'href="/sv/account/sign-in/?next=/fi/ui/"' in html


def test_sources_list_every_source_and_both_sides_of_every_conflict(client):
    from luukku.country import finland
    from luukku.web.ui.provenance import source_text

    html = client.get("/en/sources/").content.decode()
    for source in finland().sources:
        assert source.name in html.replace("&#x27;", "'")
    assert '<strong class="number">723</strong> own points' in html
    assert '<strong class="number">731</strong> own points' in html
    for conflict in finland().conflicts:
        assert conflict.about in html
        for figure in conflict.figures:
            assert source_text(figure.source) in html


def test_numbers_and_lines_are_written_as_the_language_writes_them(client):
    assert "5\xa0494\xa0750" in client.get("/fi/sources/").content.decode()
    assert "taulukko 1, rivi 636" in client.get("/fi/sources/").content.decode()
    assert "raderna 604–634" in client.get("/sv/sources/").content.decode()
    assert "5,494,750" in client.get("/en/sources/").content.decode()


def test_an_entry_of_the_header_shows_only_to_those_who_may_use_it(client, planner, monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add(navigation.Entry("For all", "ui:sources", order=2))
    navigation.add(
        navigation.Entry("For users", "accounts:profile", order=1, visible=lambda r: r.user.is_authenticated)
    )
    assert "For users" not in client.get("/en/").content.decode()
    client.force_login(planner)
    html = client.get("/en/account/").content.decode()
    assert html.index("For users") < html.index("For all")
    assert '<a href="/en/account/" aria-current="page">For users</a>' in html


@pytest.mark.parametrize("status", [400, 403, 500])
def test_an_error_says_what_happened_that_nothing_was_lost_and_what_to_do(client, failing_addresses, status):
    client.raise_request_exception = False
    response = client.get(f"/en/fail/{status}")
    html = response.content.decode()
    assert response.status_code == status
    assert f"Error {status}" in html
    assert "lost" in html
    assert "What to do:" in html
    assert "on purpose" not in html


def test_a_page_that_is_not_there_is_told_in_the_language_of_the_address(client):
    response = client.get("/sv/nowhere/")
    assert response.status_code == 404
    assert "Sidan hittades inte" in response.content.decode()


def test_a_form_that_did_not_come_from_us_is_refused_in_words():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/en/account/sign-in/", {})
    assert response.status_code == 403
    assert "The form had expired" in response.content.decode()
