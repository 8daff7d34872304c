"""Static files: served by whitenoise in both worlds, collected only when something changed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.decorators import sync_and_async_middleware
from whitenoise.middleware import WhiteNoiseMiddleware

from luukku.web.project.headers import AsyncGetResponse, GetResponse

Files = Callable[[HttpRequest], StreamingHttpResponse | None]
AsyncFiles = Callable[[HttpRequest], Awaitable[StreamingHttpResponse | None]]


@sync_to_async
def _next(chunks: Iterator[bytes]) -> bytes | None:
    return next(chunks, None)


async def _in_turn(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await _next(chunks)) is not None:
        yield chunk


@sync_and_async_middleware
def static_files(get_response: GetResponse | AsyncGetResponse) -> GetResponse | AsyncGetResponse:
    """Answer requests of static files; everything else goes on.

    whitenoise's own middleware is synchronous only, and would send every request through a thread twice.
    """
    files: Files = WhiteNoiseMiddleware(lambda _: None)
    if iscoroutinefunction(get_response):
        find: AsyncFiles = sync_to_async(files)

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            if not request.path_info.startswith(settings.STATIC_URL) or (found := await find(request)) is None:
                response: HttpResponseBase = await get_response(request)
                return response
            found.streaming_content = _in_turn(cast("Iterator[bytes]", found.streaming_content))
            return found

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        found = files(request)
        return found if found is not None else cast("GetResponse", get_response)(request)

    return answer


def collect() -> bool:
    """Collect, hash and compress the apps' static files into STATIC_ROOT; False when they are there already.

    Hashing and compressing take seconds, so a fingerprint of names, sizes and times decides.
    """
    root = Path(settings.STATIC_ROOT)
    mark = root / ".fingerprint"
    now = _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == now and (root / "staticfiles.json").exists():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now, encoding="ascii")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda pair: pair[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
