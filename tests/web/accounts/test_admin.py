"""Administration pages: for administrators, leaving a trace, and the trail to read only."""

from __future__ import annotations

import pytest

from luukku.web.accounts.models import AuditEvent, Grant, User
from luukku.web.accounts.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(make_user):
    return make_user("administrator", email="admin@example.org")


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_a_planner_does_not_reach_the_administration(client, planner):
    client.force_login(planner)
    assert client.get("/en/admin/accounts/user/").status_code == 302


def test_an_administrator_adds_an_account_and_the_trail_tells(admin, administrator):
    fields = {"email": "Uusi@example.org", "name": "Uusi", "usable_password": "true"}
    fields |= {"password1": "a long pass phrase", "password2": "a long pass phrase"}
    fields |= {"grants-TOTAL_FORMS": "0", "grants-INITIAL_FORMS": "0"}
    assert admin.post("/en/admin/accounts/user/add/", fields).status_code == 302
    assert User.objects.get(email="uusi@example.org").check_password("a long pass phrase")
    event = AuditEvent.objects.get(action="accounts.added")
    assert (event.user, event.object_name) == (administrator, "Uusi")


def test_granting_a_role_is_in_the_trail(admin, planner):
    fields = {"email": planner.email, "name": planner.name, "is_active": "on"}
    fields |= {"grants-TOTAL_FORMS": "2", "grants-INITIAL_FORMS": "1"}
    grant = planner.grants.get()
    fields |= {"grants-0-id": grant.pk, "grants-0-user": planner.pk, "grants-0-role": "planner"}
    fields |= {"grants-1-user": planner.pk, "grants-1-role": "reader", "grants-1-region": "12"}
    response = admin.post(f"/en/admin/accounts/user/{planner.pk}/change/", fields)
    assert response.status_code == 302, response.context["errors"]
    assert Grant.objects.filter(user=planner, role="reader", region="12").exists()
    assert "Reader (North Karelia)" in AuditEvent.objects.get(action="accounts.changed").details["roles"]


def test_a_regional_planner_without_a_region_is_refused_in_words(admin, planner):
    fields = {"email": planner.email, "name": planner.name, "is_active": "on"}
    fields |= {"grants-TOTAL_FORMS": "1", "grants-INITIAL_FORMS": "0"}
    fields |= {"grants-0-user": planner.pk, "grants-0-role": "regional planner"}
    response = admin.post(f"/en/admin/accounts/user/{planner.pk}/change/", fields)
    assert "A regional planner needs a region." in response.content.decode()


def test_a_region_is_chosen_by_its_name(admin, planner):
    html = admin.get(f"/sv/admin/accounts/user/{planner.pk}/change/").content.decode()
    assert '<option value="12">Norra Karelen</option>' in html


def test_accounts_are_closed_and_not_deleted(admin, planner):
    assert admin.post(f"/en/admin/accounts/user/{planner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=planner.pk).exists()


def test_the_trail_can_be_read_and_nothing_else(admin, planner):
    event = record(planner, "plans.approved")
    page = f"/en/admin/accounts/auditevent/{event.pk}/change/"
    assert "plans.approved" in admin.get("/en/admin/accounts/auditevent/").content.decode()
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"action": "x"}).status_code == 403
    assert admin.get("/en/admin/accounts/auditevent/add/").status_code == 403
