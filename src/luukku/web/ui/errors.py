"""Pages for when something went wrong: what happened, that nothing was lost, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from luukku.errors import LuukkuError


def _page(request: HttpRequest, status: int, title: str, happened: str, cure: str) -> HttpResponse:
    context = {"status": status, "title": title, "happened": happened, "cure": cure}
    return render(request, "ui/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400: the request cannot be understood."""
    return _page(
        request,
        400,
        _("This request could not be read"),
        _("The address or the data that came with it is not in a form that we can use."),
        _("Go back, reload the page and try again. If you followed a link, ask its sender for a new one."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed. The reason is shown when the error was written for people."""
    return _page(
        request,
        403,
        _("You do not have the right to do this"),
        str(exception)
        if isinstance(exception, LuukkuError)
        else _("Your account does not have the role that this page needs."),
        _("Ask your administrator for the role, or sign in with another account."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form was too old, or came from elsewhere."""
    return _page(
        request,
        403,
        _("The form had expired"),
        _(
            "The page had been open for a long time, or cookies are blocked, "
            "so we could not be sure that the form came from you."
        ),
        _("Go back, reload the page and send the form again."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: no such page."""
    return _page(
        request,
        404,
        _("The page was not found"),
        _("There is no page at this address. It may have been moved or removed."),
        _("Check the address, or start from the front page."),
    )


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: our fault. Rendered without the request's context, which may be what broke."""
    return HttpResponse(render_to_string("ui/error_500.html", {"status": 500}), status=500)
