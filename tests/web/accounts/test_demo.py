"""The demo planner exists for `make demo` only."""

from __future__ import annotations

import pytest

from luukku.web.accounts.models import User
from luukku.web.accounts.services import DemoRefused, demo_planner

pytestmark = pytest.mark.django_db


def test_the_demo_planner_signs_in_with_the_password_given(client):
    user, password = demo_planner()
    assert client.login(username=user.email, password=password)
    assert user.demo


def test_every_call_gives_the_same_account_a_new_password():
    first, old = demo_planner()
    second, new = demo_planner()
    assert first == second
    assert old != new
    assert User.objects.get().check_password(new)


def test_production_has_no_demo_account(settings):
    settings.PRODUCTION = True
    with pytest.raises(DemoRefused):
        demo_planner()
    assert not User.objects.exists()
