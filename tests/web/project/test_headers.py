"""What every answer carries beside its content."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.db import connections

pytestmark = pytest.mark.django_db


def run(coroutine_function):
    """What a coroutine answers, run in a thread of its own: a browser test may have left its event loop in this one."""

    def work():
        try:
            return async_to_sync(coroutine_function)()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(work).result()


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("address", ["/fi/", "/sv/ui/", "/en/account/sign-in/", "/fi/no-such-page", "/fi/admin/login/"])
def test_the_content_security_policy_leaves_nothing_inline_and_no_other_host(client, address):
    policy = directives(client.get(address))
    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "worker-src", "connect-src", "font-src", "form-action"):
        assert policy[name] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    text = str(policy)
    assert not [word for word in ("unsafe", "blob:", "http:", "https:", "*") if word in text]


def test_the_browser_is_told_to_be_careful(client):
    headers = client.get("/fi/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_of_those_who_are_signed_in_are_not_stored(client, planner):
    assert "no-store" not in client.get("/fi/sources/").headers.get("Cache-Control", "")
    client.force_login(planner)
    assert "no-store" in client.get("/fi/account/").headers["Cache-Control"]


def test_an_asynchronous_server_answers_those_who_are_signed_in(async_client, transactional_db, planner):
    async def answers():
        await async_client.aforce_login(planner)
        return [await async_client.get(address) for address in ("/healthz", "/fi/account/", "/fi/nowhere")]

    for response in run(answers):
        assert "no-store" in response.headers["Cache-Control"]


def test_an_asynchronous_server_streams_static_files(async_client, transactional_db):
    async def body():
        response = await async_client.get("/static/ui/icon.svg")
        return b"".join([chunk async for chunk in response])

    assert run(body).startswith(b"<svg")


def test_pages_have_no_inline_script_or_style(client, planner):
    client.force_login(planner)
    for address in ("/fi/ui/", "/fi/account/password/"):
        html = client.get(address).content.decode()
        assert "style=" not in html
        assert "<style" not in html
        assert "onclick" not in html
        assert html.count("<script") == html.count('<script type="module" src="/static/')


def test_health_is_told_without_a_language_or_an_account(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_is_bad_when_the_database_does_not_answer(client, monkeypatch):
    from django.db import OperationalError, connection

    def broken():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503
