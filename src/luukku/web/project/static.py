"""Static files: served by whitenoise in both worlds, collected only when something changed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from whitenoise.middleware import WhiteNoiseMiddleware

from luukku.web.project.headers import AsyncGetResponse, GetResponse


async def _in_turn(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    rest = iter(chunks)
    while (chunk := await sync_to_async(next)(rest, None)) is not None:
        yield chunk


@sync_and_async_middleware
def static_files(get_response: GetResponse | AsyncGetResponse) -> GetResponse | AsyncGetResponse:
    """Answer requests of static files; everything else goes on.

    whitenoise's own middleware is synchronous only, and would send every request through a thread twice.
    """
    files = WhiteNoiseMiddleware(lambda _: None)
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            found = await sync_to_async(files)(request) if request.path_info.startswith(settings.STATIC_URL) else None
            if found is None:
                return await get_response(request)  # type: ignore[misc]
            found.streaming_content = _in_turn(found.streaming_content)
            return found

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        return files(request) or get_response(request)  # type: ignore[return-value]

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
