"""Addresses of the whole project. Pages carry their language, so that a link opens as it was sent."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from luukku.web.project.health import healthz

urlpatterns = [
    path("healthz", healthz),
    *i18n_patterns(
        path("", include("luukku.web.ui.urls")),
        path("account/", include("luukku.web.accounts.urls")),
        path("studio/", include("luukku.web.studio.urls")),
        path("impact/", include("luukku.web.impact.urls")),
        path("admin/", admin.site.urls),
    ),
]

handler400 = "luukku.web.ui.errors.bad_request"
handler403 = "luukku.web.ui.errors.forbidden"
handler404 = "luukku.web.ui.errors.not_found"
handler500 = "luukku.web.ui.errors.server_error"
