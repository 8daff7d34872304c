"""Alternatives and computations on the administration pages, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from luukku.web.studio.models import Alternative, Run


class LookOnly:
    """Changes go through the services, which check rights and keep the history."""

    def has_add_permission(self, _request: HttpRequest, *_args: object) -> bool:
        """Refused."""
        return False

    def has_change_permission(self, _request: HttpRequest, *_args: object) -> bool:
        """Refused."""
        return False

    def has_delete_permission(self, _request: HttpRequest, *_args: object) -> bool:
        """Refused."""
        return False


@admin.register(Alternative)
class AlternativeAdmin(LookOnly, admin.ModelAdmin[Alternative]):
    """Who has which plans."""

    list_display = ("name", "owner", "region", "objective", "changed_at", "deleted_at")
    list_filter = ("objective", "region")
    search_fields = ("name", "owner__email")
    exclude = ("share_token",)


@admin.register(Run)
class RunAdmin(LookOnly, admin.ModelAdmin[Run]):
    """Computations and how they ended."""

    list_display = ("alternative", "status", "asked_by", "asked_at", "seconds")
    list_filter = ("status",)
