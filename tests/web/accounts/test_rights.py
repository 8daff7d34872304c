"""Who may do what, by role, region and authority."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from luukku.web.accounts import rights
from luukku.web.accounts.models import Grant, Role
from luukku.web.accounts.services import NotAllowed, allowed, declare, require

pytestmark = pytest.mark.django_db


@dataclass
class Plan:
    region: str = ""
    authority: str = ""


NATIONAL, KARELIA, LAPLAND = Plan(), Plan(region="12"), Plan(region="19")


@pytest.fixture(autouse=True)
def actions(monkeypatch):
    monkeypatch.setattr(rights, "_roles", dict(rights._roles))
    declare("plans.view", Role.PLANNER, Role.REGIONAL_PLANNER, Role.READER)
    declare("plans.edit", Role.PLANNER, Role.REGIONAL_PLANNER)


@pytest.mark.parametrize(
    ("role", "region", "action", "may"),
    [
        ("planner", "", "plans.view", (NATIONAL, KARELIA, LAPLAND)),
        ("planner", "", "plans.edit", (NATIONAL, KARELIA, LAPLAND)),
        ("planner", "", "accounts.manage", ()),
        ("regional planner", "12", "plans.view", (KARELIA,)),
        ("regional planner", "12", "plans.edit", (KARELIA,)),
        ("reader", "", "plans.view", (NATIONAL, KARELIA, LAPLAND)),
        ("reader", "", "plans.edit", ()),
        ("reader", "19", "plans.view", (LAPLAND,)),
        ("administrator", "", "plans.edit", ()),
        ("administrator", "", "accounts.manage", (NATIONAL, KARELIA, LAPLAND)),
        ("administrator", "", "audit.view", (NATIONAL, KARELIA, LAPLAND)),
        (None, "", "plans.view", ()),
    ],
)
def test_a_role_reaches_as_far_as_its_grant(make_user, role, region, action, may):
    user = make_user(role, region=region)
    assert tuple(plan for plan in (NATIONAL, KARELIA, LAPLAND) if allowed(user, action, plan)) == may
    assert allowed(user, action) == bool(may)


def test_a_grant_may_be_narrowed_to_one_authority(make_user):
    user = make_user("reader", authority="KELA")
    assert allowed(user, "plans.view", Plan(authority="KELA"))
    assert not allowed(user, "plans.view", Plan(authority="VERO"))
    assert not allowed(user, "plans.view", NATIONAL)


def test_two_regional_grants_cover_two_regions(make_user):
    user = make_user("regional planner", region="12")
    Grant.objects.create(user=user, role=Role.REGIONAL_PLANNER, region="19")
    assert allowed(user, "plans.edit", KARELIA)
    assert allowed(user, "plans.edit", LAPLAND)
    assert not allowed(user, "plans.edit", Plan(region="01"))


def test_nobody_without_an_account_or_with_a_closed_one_may_do_anything(make_user):
    closed = make_user("planner", is_active=False)
    assert not allowed(AnonymousUser(), "plans.view")
    assert not allowed(closed, "plans.view")


def test_what_is_not_allowed_is_refused_in_words(make_user):
    with pytest.raises(NotAllowed, match="another role or another region"):
        require(make_user("regional planner", region="12"), "plans.edit", LAPLAND)


def test_an_action_that_no_room_declared_is_a_mistake_in_the_program(planner):
    with pytest.raises(KeyError):
        allowed(planner, "plans.burn")


def test_a_regional_planner_without_a_region_cannot_be_made(make_user):
    with pytest.raises(IntegrityError):
        make_user("regional planner")


def test_an_address_is_one_account_however_it_is_typed(make_user):
    make_user(email="Liisa@Example.org")
    with pytest.raises(IntegrityError):
        make_user(email="liisa@example.org")
