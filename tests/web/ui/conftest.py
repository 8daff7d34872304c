"""Addresses that fail on purpose, to see the error pages in a browser."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest, PermissionDenied
from django.urls import clear_url_caches, path


@pytest.fixture
def failing_addresses(settings, monkeypatch):
    """/fi/fail/400, /fi/fail/403 and /fi/fail/500 fail as their number says, beside all real addresses."""
    from luukku.web.project import urls

    def fail(error):
        def view(request):
            raise error

        return view

    module = ModuleType("failing_urls")
    failing = [
        path("fail/400", fail(BadRequest("bad"))),
        path("fail/403", fail(PermissionDenied("no"))),
        path("fail/500", fail(RuntimeError("broken on purpose"))),
    ]
    module.urlpatterns = [*i18n_patterns(*failing), *urls.urlpatterns]
    for code in (400, 403, 404, 500):
        setattr(module, f"handler{code}", getattr(urls, f"handler{code}"))
    monkeypatch.setitem(sys.modules, "failing_urls", module)
    settings.ROOT_URLCONF = "failing_urls"
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    clear_url_caches()
    yield
    clear_url_caches()
