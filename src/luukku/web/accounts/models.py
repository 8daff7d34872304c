"""Accounts, the roles they hold, the trail of what was done, and sign-ins that failed."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.web.accounts.places import place_name


class Role(models.TextChoices):
    """What a person does here."""

    PLANNER = "planner", _("Planner, whole country")
    REGIONAL_PLANNER = "regional planner", _("Regional planner")
    READER = "reader", _("Reader")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are kept in small letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account. Without a password nobody can sign in until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account that may do everything, for the first administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with this e-mail address, however its letters were typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Accounts are closed by unticking this, never deleted: the trail refers to them."),
    )
    demo = models.BooleanField(_("demo account"), default=False, editable=False)
    joined = models.DateTimeField(_("account opened"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("name", "email")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_account_per_address"),)

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Small letters, so that one address is one account."""
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def is_staff(self) -> bool:
        """Administrators use Django's administration pages."""
        return self.is_superuser or any(grant.role == Role.ADMINISTRATOR for grant in self.grants.all())


class Grant(models.Model):
    """A role that a person holds, everywhere or within one region or authority."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=32, choices=Role)
    region = models.CharField(
        _("region"), max_length=8, blank=True, help_text=_("Code of the region; empty means the whole country.")
    )
    authority = models.CharField(
        _("authority"), max_length=16, blank=True, help_text=_("Code of the authority; empty means all.")
    )

    class Meta:
        verbose_name = _("role of an account")
        verbose_name_plural = _("roles of accounts")
        ordering = ("role", "region", "authority")
        constraints = (
            models.UniqueConstraint(fields=("user", "role", "region", "authority"), name="a_role_is_granted_once"),
            models.CheckConstraint(
                condition=~models.Q(role="regional planner", region=""), name="a_regional_planner_has_a_region"
            ),
        )

    def __str__(self) -> str:
        where = place_name(self.region, self.authority)
        return f"{self.get_role_display()}{f' ({where})' if where else ''}"


class AppendOnly(Exception):
    """The trail grows at its end only: nothing in it can be changed or removed."""


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Reads and adds; refuses the rest."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("The audit trail cannot be changed.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("The audit trail cannot be changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly("The audit trail cannot be removed.")


class AuditEvent(models.Model):
    """Something that somebody did. The database itself refuses changes and removals (see migration 0002)."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False, db_index=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("account"), editable=False
    )
    who = models.CharField(_("who"), max_length=254, editable=False, help_text=_("The address as it was then."))
    action = models.CharField(_("action"), max_length=64, editable=False, db_index=True)
    kind = models.CharField(_("kind of object"), max_length=64, blank=True, editable=False)
    object_id = models.CharField(_("object"), max_length=64, blank=True, editable=False)
    object_name = models.CharField(_("name"), max_length=200, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, editable=False)

    objects: ClassVar[models.Manager[AuditEvent]] = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("audit trail")
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("kind", "object_id"), name="audit_by_object"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event. Raises AppendOnly when it is already in the trail."""
        if self.pk is not None:
            raise AppendOnly("The audit trail cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("The audit trail cannot be removed.")


class FailedSignIn(models.Model):
    """A sign-in that failed, kept for a day to slow down guessing."""

    email = models.CharField(max_length=254)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = (
            models.Index(fields=("email", "at"), name="failures_by_email"),
            models.Index(fields=("address", "at"), name="failures_by_address"),
        )

    def __str__(self) -> str:
        return f"{self.email} {self.at:%Y-%m-%d %H:%M}"
