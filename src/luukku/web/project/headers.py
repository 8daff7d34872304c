"""Headers that every answer carries beside Django's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]
AsyncGetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def _add(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        # After signing out, nobody may step back to the page on a shared computer.
        response.headers.setdefault("Cache-Control", "no-store, private")
    return response


@sync_and_async_middleware
def headers(get_response: GetResponse | AsyncGetResponse) -> GetResponse | AsyncGetResponse:
    """Permissions-Policy for everyone; no stored pages for those who are signed in."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            return _add(request, await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _add(request, get_response(request))  # type: ignore[arg-type]

    return answer
