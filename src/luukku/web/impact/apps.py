"""The impact pages as a Django app. They have no entry in the header: one comes to them from an alternative."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    """Nothing is declared: who may see an alternative may see what it means."""

    name = "luukku.web.impact"
    label = "impact"
    verbose_name = _("Impact")
