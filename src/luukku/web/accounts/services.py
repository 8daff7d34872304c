"""What accounts can do for other rooms: rights, the audit trail, sign-in and the demo account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from luukku.errors import LuukkuError
from luukku.web.accounts.models import AuditEvent, FailedSignIn, Grant, Role, User
from luukku.web.accounts.rights import NotAllowed, allowed, declare, require

__all__ = [
    "DemoRefused",
    "NotAllowed",
    "allowed",
    "declare",
    "demo_planner",
    "forget_failures",
    "note_failure",
    "record",
    "require",
    "wait_until",
]

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
FAILURES_BY_ONE = 5  # one address guessing one account
FAILURES_BY_ADDRESS = 30  # one address guessing many accounts (an office may share an address)
FAILURES_OF_ACCOUNT = 50  # many addresses guessing one account


class DemoRefused(LuukkuError):
    """A demo account was asked for where real people work."""


def record(
    user: AbstractBaseUser | AnonymousUser | None,
    action: str,
    obj: models.Model | None = None,
    details: dict[str, Any] | None = None,
    *,
    who: str = "",
) -> AuditEvent:
    """Add to the audit trail: who did what to which object. Call inside the transaction of the deed itself.

    details: JSON-ready facts, never passwords nor what customers say.
    who:     the name to keep when there is no account, such as an address that failed to sign in.
    """
    account = user if isinstance(user, User) else None
    return AuditEvent.objects.create(
        user=account,
        who=account.email if account else who,
        action=action,
        kind=obj._meta.label_lower if obj is not None else "",  # noqa: SLF001 - the documented way to a model's name
        object_id=str(obj.pk) if obj is not None else "",
        object_name=str(obj)[:200] if obj is not None else "",
        details=details or {},
    )


def wait_until(email: str, address: str | None) -> datetime | None:
    """When this sign-in may be tried again, None when at once."""
    since = timezone.now() - WINDOW
    recent = FailedSignIn.objects.filter(at__gt=since)
    email = email.strip().lower()
    for rows, limit in (
        (recent.filter(Q(email=email) & Q(address=address)), FAILURES_BY_ONE),
        (recent.filter(address=address), FAILURES_BY_ADDRESS),
        (recent.filter(email=email), FAILURES_OF_ACCOUNT),
    ):
        if rows.count() >= limit:
            last: datetime = rows.aggregate(last=Max("at"))["last"]
            return last + WINDOW
    return None


def note_failure(email: str, address: str | None) -> None:
    """Count a sign-in that failed, and forget those older than a day."""
    with transaction.atomic():
        FailedSignIn.objects.filter(at__lt=timezone.now() - KEPT).delete()
        FailedSignIn.objects.create(email=email.strip().lower()[:254], address=address)
        record(None, "accounts.sign_in_failed", who=email.strip()[:254], details={"address": address})


def forget_failures(email: str, address: str | None) -> None:
    """A right password clears the count of this account from this address."""
    FailedSignIn.objects.filter(email=email.strip().lower(), address=address).delete()


@transaction.atomic
def demo_planner() -> tuple[User, str]:
    """The demo planner's account and a new password for it, for `make demo`.

    Raises DemoRefused in production.
    """
    if settings.PRODUCTION:
        raise DemoRefused("There are no demo accounts in production. Add real accounts on the administration pages.")
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    user, _made = User.objects.get_or_create(email="demo@luukku.invalid", defaults={"name": "Demo", "demo": True})
    user.set_password(password)
    user.is_active = True
    user.save()
    for role in (Role.PLANNER, Role.ADMINISTRATOR):
        Grant.objects.get_or_create(user=user, role=role)
    record(user, "accounts.demo_account_opened", user)
    return user, password
