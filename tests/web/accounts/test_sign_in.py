"""Signing in and out, and what slows down guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.web.accounts import services
from luukku.web.accounts.models import AuditEvent, FailedSignIn

pytestmark = pytest.mark.django_db

ADDRESS = "/en/account/sign-in/"
PASSWORD = "a long pass phrase"


def sign_in(client, email="planner@example.org", password=PASSWORD, **more):
    return client.post(ADDRESS, {"username": email, "password": password, **more})


def age(minutes):
    FailedSignIn.objects.update(at=timezone.now() - timedelta(minutes=minutes))


def test_an_e_mail_address_and_a_password_sign_in_and_leave_a_trace(client, planner):
    response = sign_in(client, "Planner@Example.org ")
    assert (response.status_code, response.url) == (302, "/en/")
    assert client.session["_auth_user_id"] == str(planner.pk)
    assert AuditEvent.objects.get().action == "accounts.signed_in"


def test_signing_in_leads_back_to_the_page_that_asked(client, planner):
    assert sign_in(client, next="/en/account/").url == "/en/account/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, planner, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/en/"


@pytest.mark.parametrize(
    ("email", "password"),
    [("planner@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("closed@example.org", PASSWORD)],
)
def test_a_wrong_pair_is_refused_in_the_same_words_whatever_was_wrong(client, planner, make_user, email, password):
    make_user(email="closed@example.org", is_active=False)
    response = sign_in(client, email, password)
    assert response.status_code == 422
    assert "do not match an open account" in response.content.decode()
    assert AuditEvent.objects.get().action == "accounts.sign_in_failed"
    assert PASSWORD not in str(AuditEvent.objects.values())


def test_after_five_failures_even_the_right_password_waits(client, planner):
    for _ in range(services.FAILURES_BY_ONE):
        sign_in(client, password="wrong")
    response = sign_in(client)
    assert response.status_code == 422
    assert "too many failed attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_wait_ends_after_a_quarter_of_an_hour(client, planner):
    for _ in range(services.FAILURES_BY_ONE):
        sign_in(client, password="wrong")
    age(minutes=16)
    assert sign_in(client).status_code == 302


def test_somebody_elsewhere_cannot_lock_an_account_out(client, planner):
    for _ in range(services.FAILURES_BY_ONE):
        client.post(ADDRESS, {"username": planner.email, "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
    assert sign_in(client).status_code == 302


def test_one_address_cannot_try_many_accounts(client, planner):
    for number in range(services.FAILURES_BY_ADDRESS):
        services.note_failure(f"guess{number}@example.org", "127.0.0.1")
    assert "too many failed attempts" in sign_in(client).content.decode()


def test_a_success_clears_the_count(client, planner):
    for _ in range(services.FAILURES_BY_ONE - 1):
        sign_in(client, password="wrong")
    sign_in(client)
    sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302


def test_failures_are_forgotten_after_a_day(planner):
    services.note_failure("old@example.org", "127.0.0.1")
    age(minutes=25 * 60)
    services.note_failure("new@example.org", "127.0.0.1")
    assert [row.email for row in FailedSignIn.objects.all()] == ["new@example.org"]


def test_signing_out_ends_the_session_and_says_so(client, planner):
    client.force_login(planner)
    response = client.post("/en/account/sign-out/", follow=True)
    assert "You have signed out." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_link_cannot_sign_anybody_out(client, planner):
    client.force_login(planner)
    assert client.get("/en/account/sign-out/").status_code == 405


def test_a_password_is_changed_with_the_old_one_and_other_sessions_end(client, planner):
    from django.test import Client

    elsewhere = Client()
    elsewhere.force_login(planner)
    client.force_login(planner)
    new = {"old_password": PASSWORD, "new_password1": "another long phrase", "new_password2": "another long phrase"}
    assert client.post("/en/account/password/", {**new, "old_password": "wrong"}).status_code == 422
    assert client.post("/en/account/password/", new).status_code == 302
    assert client.get("/en/account/").status_code == 200
    assert elsewhere.get("/en/account/").status_code == 302


def test_a_short_password_is_refused_with_the_length_that_is_needed(client, planner):
    client.force_login(planner)
    short = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert "12 characters" in client.post("/en/account/password/", short).content.decode()


def test_the_own_account_page_shows_the_roles(client, make_user):
    client.force_login(make_user("regional planner", region="12"))
    assert "Regional planner (North Karelia)" in client.get("/en/account/").content.decode()
