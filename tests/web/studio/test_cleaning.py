"""Replaced files: kept as long as undo, redo, a copy or a deleted plan can reach them, and then deleted."""

from __future__ import annotations

import threading
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection, connections, transaction

from luukku.web.accounts.models import AuditEvent
from luukku.web.studio import services
from luukku.web.studio.models import Upload
from luukku.web.studio.services import changes

pytestmark = pytest.mark.django_db

HEAD = "name,value\n"


@pytest.fixture
def take(planner):
    """Take a file of own parameters to a plan."""

    def taken(plan, value):
        content = (HEAD + f"rent.office,{value}\n").encode()
        return services.take_file(
            plan,
            "parameters",
            f"arvot-{value}.csv",
            content,
            source="oma",
            dated=date(2026, 11, 1),
            version=plan.version,
            by=planner,
        )

    return taken


def files():
    return set(Upload.objects.values_list("pk", flat=True))


def test_a_replaced_file_stays_as_long_as_undo_reaches_it(plan, planner, take):
    first, second = take(plan, 1), take(plan, 2)

    assert files() == {first.pk, second.pk}
    services.undo(plan, version=plan.version, by=planner)
    assert plan.parameters == first
    services.redo(plan, version=plan.version, by=planner)
    assert plan.parameters == second


def test_a_file_that_only_redo_had_goes_with_the_next_change_and_the_trail_tells_it(plan, planner, take):
    first, second = take(plan, 1), take(plan, 2)
    services.undo(plan, version=plan.version, by=planner)
    services.set_point(plan, "M422", opened=True, version=plan.version, by=planner)

    assert files() == {first.pk}
    event = AuditEvent.objects.get(action="studio.file_deleted")
    assert (event.object_id, event.object_name, event.user) == (str(second.pk), "arvot-2.csv", planner)


def test_a_file_goes_when_the_step_that_replaced_it_is_forgotten(plan, planner, take, monkeypatch):
    monkeypatch.setattr(changes, "KEPT_STEPS", 2)
    first, second = take(plan, 1), take(plan, 2)
    services.set_point(plan, "M422", opened=True, version=plan.version, by=planner)
    assert files() == {first.pk, second.pk}
    services.set_point(plan, "M541", opened=True, version=plan.version, by=planner)

    assert files() == {second.pk}
    assert plan.parameters == second


def test_a_copys_file_stays_whatever_becomes_of_the_first_plan(plan, planner, take):
    upload = take(plan, 1)
    copy = services.copy(plan, by=planner)
    services.undo(plan, version=plan.version, by=planner)
    services.set_point(plan, "M422", opened=True, version=plan.version, by=planner)

    copy.refresh_from_db()
    assert copy.parameters == upload
    services.set_upload(copy, "parameters", None, version=copy.version, by=planner)
    assert files() == {upload.pk}, "the copy's undo brings it back"


def test_a_deleted_plans_file_stays_since_the_plan_can_be_restored(plan, planner, take):
    upload = take(plan, 1)
    services.delete(plan, by=planner)

    assert services.clean_uploads() == []
    assert services.restore(plan, by=planner).parameters == upload


def test_the_command_deletes_what_older_versions_left_and_tells_what(plan, planner, take):
    take(plan, 1)
    second = take(plan, 2)
    plan.changes.all().delete()
    told = StringIO()
    call_command("clean_uploads", stdout=told)

    assert told.getvalue() == "arvot-1.csv\n1 files deleted.\n"
    assert files() == {second.pk}


def test_a_change_that_comes_to_nothing_deletes_nothing(plan, planner, take):
    take(plan, 1)
    second = take(plan, 2)
    services.undo(plan, version=plan.version, by=planner)

    def change_and_fail():
        with transaction.atomic():
            services.set_point(plan, "M422", opened=True, version=plan.version, by=planner)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()

    assert second.pk in files()
    assert not AuditEvent.objects.filter(action="studio.file_deleted").exists()


def at_once(*deeds):
    """Do deeds in threads of their own that set out together; what each gave or raised."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(deed):
        close_old_connections()
        try:
            start.wait(timeout=10)
            outcomes.append(deed())
        except Exception as error:  # noqa: BLE001 - told to the one who waits
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_two_who_clean_at_once_delete_each_file_once(transactional_db, plan, planner, take):
    take(plan, 1)
    kept = take(plan, 2)
    plan.changes.all().delete()

    outcomes = at_once(services.clean_uploads, services.clean_uploads)

    assert sorted(outcomes) == [[], ["arvot-1.csv"]]
    assert files() == {kept.pk}
    assert AuditEvent.objects.filter(action="studio.file_deleted").count() == 1


def test_a_file_that_moves_into_the_history_while_another_cleans_is_kept(transactional_db, plan, planner, take):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one at a time write; on PostgreSQL this is run by tests/web/project")
    upload = take(plan, 1)
    copy = services.copy(plan, by=planner)
    plan.changes.all().delete()
    type(plan).objects.filter(pk=plan.pk).update(parameters=None)
    moved, cleaned = threading.Event(), threading.Event()

    def take_away():
        with transaction.atomic():
            services.set_upload(copy, "parameters", None, version=copy.version, by=planner)
            moved.set()
            cleaned.wait(timeout=10)

    def clean():
        moved.wait(timeout=10)
        found = services.clean_uploads()
        cleaned.set()
        return found

    assert at_once(take_away, clean) == [[], None]
    assert files() == {upload.pk}
    assert services.clean_uploads() == []
    services.undo(copy, version=copy.version, by=planner)
    assert copy.parameters == upload
