from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "luukku.web.ui"
    label = "ui"
