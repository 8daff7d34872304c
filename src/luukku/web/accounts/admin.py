"""Administration of accounts and their roles; the audit trail to read. Every change leaves its trace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from luukku.web.accounts.models import AuditEvent, Grant, Role, User
from luukku.web.accounts.places import authorities, regions
from luukku.web.accounts.services import allowed, record

admin.site.unregister(Group)
admin.site.site_header = "Luukku"
admin.site.site_title = "Luukku"
admin.site.index_title = _("Administration")


class ManagesAccounts:
    """Rights of the administration pages come from roles, not from Django's permissions."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return allowed(request.user, "accounts.manage")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return allowed(request.user, "accounts.manage")

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class GrantForm(forms.ModelForm[Grant]):
    """A role within a region and an authority that exist."""

    class Meta:
        model = Grant
        fields = ("role", "region", "authority")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label, places in (("region", _("region"), regions()), ("authority", _("authority"), authorities())):
            self.fields[field] = forms.ChoiceField(label=label, choices=[("", _("all")), *places], required=False)

    def clean(self) -> dict[str, Any] | None:
        """A regional planner plans a region."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") == Role.REGIONAL_PLANNER and not cleaned.get("region"):
            self.add_error("region", _("A regional planner needs a region."))
        return cleaned


class GrantInline(ManagesAccounts, admin.TabularInline[Grant, User]):
    model = Grant
    form = GrantForm
    extra = 0


class UserCreation(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name")


class UserChange(UserChangeForm[User]):
    class Meta:
        model = User
        fields = ("email", "name", "password", "is_active")


@admin.register(User)
class AccountAdmin(ManagesAccounts, UserAdmin[User]):
    form = UserChange
    add_form = UserCreation
    list_display = ("name", "email", "is_active", "last_login")
    list_filter = ("is_active", "grants__role", "grants__region")
    search_fields = ("name", "email")
    ordering = ("name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "joined")
    fieldsets = ((None, {"fields": ("email", "name", "password", "is_active", "last_login", "joined")}),)
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    inlines = (GrantInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False  # accounts are closed, not deleted

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        record(request.user, "accounts.added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        roles = [str(grant) for grant in obj.grants.all()]
        record(request.user, "accounts.changed", obj, {"changes": message, "roles": roles})
        return super().log_change(request, obj, message)


@admin.register(AuditEvent)
class AuditAdmin(admin.ModelAdmin[AuditEvent]):
    list_display = ("at", "who", "action", "kind", "object_name")
    list_filter = ("action", "kind", "at")
    search_fields = ("who", "object_name", "object_id")
    date_hierarchy = "at"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return allowed(request.user, "audit.view")

    def has_view_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:  # noqa: ARG002
        return allowed(request.user, "audit.view")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:  # noqa: ARG002
        return False
