"""Making, copying, naming, deleting and sharing alternatives."""

from __future__ import annotations

import pytest

from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import services
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative
from luukku.web.studio.rights import may_edit, require_view, visible_to

pytestmark = pytest.mark.django_db


def test_a_copy_has_the_points_and_the_settings_and_knows_where_it_came_from(plan, planner):
    made = services.copy(plan, by=planner)
    assert (made.open_sites, made.minutes, made.parent) == (plan.open_sites, plan.minutes, plan)
    assert made.name != plan.name


def test_a_copy_changes_without_the_first(plan, planner):
    made = services.copy(plan, by=planner)
    services.set_point(made, "M091", opened=False, version=made.version, by=planner)
    plan.refresh_from_db()
    assert "M091" in plan.open_sites


def test_a_plan_without_a_name_is_refused(planner):
    with pytest.raises(NotPossible):
        services.create("   ", by=planner)


def test_a_deleted_plan_leaves_the_lists_and_comes_back_by_undo(plan, planner):
    services.delete(plan, by=planner)
    assert not visible_to(planner).filter(pk=plan.pk).exists()
    services.restore(plan, by=planner)
    assert visible_to(planner).filter(pk=plan.pk).exists()


def test_a_deleted_plan_cannot_be_changed(plan, planner):
    services.delete(plan, by=planner)
    with pytest.raises(NotPossible):
        services.set_point(plan, "M422", opened=True, version=1, by=planner)


def test_others_see_a_plan_only_when_let_in(plan, planner, colleague):
    with pytest.raises(NotAllowed):
        require_view(colleague, plan)
    services.let_in(plan, "Colleague@Example.org ", by=planner)
    require_view(colleague, plan)
    assert may_edit(colleague, plan)
    services.let_out(plan, colleague, by=planner)
    assert not may_edit(colleague, plan)


def test_a_reader_who_was_let_in_looks_but_does_not_change(plan, planner, reader):
    services.let_in(plan, reader.email, by=planner)
    require_view(reader, plan)
    assert not may_edit(reader, plan)


def test_only_the_owner_shares_and_deletes(plan, planner, colleague):
    services.let_in(plan, colleague.email, by=planner)
    for deed in (services.share, services.withdraw, services.delete):
        with pytest.raises(NotAllowed):
            deed(plan, by=colleague)


def test_letting_in_an_address_without_an_account_is_told(plan, planner):
    with pytest.raises(NotPossible, match=r"nobody@example\.org"):
        services.let_in(plan, "nobody@example.org", by=planner)


def test_the_link_is_long_stays_the_same_and_ends_when_withdrawn(plan, planner):
    token = services.share(plan, by=planner)
    assert len(token) >= 40
    assert services.share(plan, by=planner) == token
    services.withdraw(plan, by=planner)
    assert services.share(plan, by=planner) != token


def test_the_points_of_today_are_one_partial_plan_that_nobody_changes(planner):
    today = services.today()
    assert services.today().pk == today.pk
    assert Alternative.objects.filter(kind="today").count() == 1
    assert {"M167", "M422"} <= set(today.open_sites), "Joensuu and Lieksa are named in the document"
    with pytest.raises(NotAllowed):
        services.set_point(today, "M091", opened=False, version=1, by=planner)
    made = services.copy(today, by=planner, name="Nykyisestä")
    assert may_edit(planner, made)
