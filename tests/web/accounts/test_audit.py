"""The audit trail grows at its end only."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from luukku.web.accounts.models import AppendOnly, AuditEvent
from luukku.web.accounts.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(planner):
    return record(planner, "plans.approved", planner, {"version": 3})


def test_an_event_says_who_did_what_to_what(event, planner):
    kept = AuditEvent.objects.get()
    assert (kept.who, kept.user, kept.action) == (planner.email, planner, "plans.approved")
    assert (kept.kind, kept.object_id, kept.object_name) == ("accounts.user", str(planner.pk), "planner")
    assert kept.details == {"version": 3}


def test_an_event_cannot_be_changed_or_removed_in_the_program(event):
    event.action = "plans.rejected"
    for deed in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="plans.rejected"),
        lambda: AuditEvent.objects.bulk_update([event], ["action"]),
    ):
        with pytest.raises(AppendOnly):
            deed()
    assert AuditEvent.objects.get().action == "plans.approved"


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditevent SET action = 'x'", "DELETE FROM accounts_auditevent"]
)
def test_the_database_itself_refuses(event, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get().action == "plans.approved"


def test_an_account_with_a_trail_cannot_be_deleted(event, planner):
    with pytest.raises(ProtectedError):
        planner.delete()


def test_an_event_that_was_rolled_back_is_not_in_the_trail(planner):
    with transaction.atomic():
        record(planner, "plans.approved")
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
