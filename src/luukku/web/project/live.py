"""Websocket addresses of all rooms."""

from __future__ import annotations

from django.urls import URLPattern

routes: list[URLPattern] = []
