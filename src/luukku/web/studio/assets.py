"""What the map is drawn from, served once and kept by the browser: places and borders, compressed beforehand.

The address holds a fingerprint of the content, so a browser never has to ask again.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

import brotli
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from luukku.web.studio import geography

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A content in the encodings that browsers take."""

    plain: bytes
    zipped: bytes
    brotli: bytes
    digest: str


@cache
def _asset(name: str, language: str) -> Asset:
    content = geography.places(language) if name == "places" else geography.borders()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, gzip.compress(content, 9, mtime=0), brotli.compress(content, quality=9), digest)


def _find(name: str) -> Asset:
    language = (get_language() or "fi")[:2] if name == "places" else ""
    return _asset(name, language)


def address(name: str) -> str:
    """Where "places" (in the present language) or "borders" are."""
    return reverse("studio:asset", args=[name, _find(name).digest])


@require_GET
def asset(request: HttpRequest, name: str, digest: str) -> HttpResponse:
    """Places or borders as JSON. 404 for a fingerprint that is not the present one."""
    if name not in {"places", "borders"}:
        raise Http404
    found = _find(name)
    if digest != found.digest:
        raise Http404
    etag = f'"{found.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        accepted = request.headers.get("Accept-Encoding", "")
        encoding, content = "", found.plain
        if "br" in accepted:
            encoding, content = "br", found.brotli
        elif "gzip" in accepted:
            encoding, content = "gzip", found.zipped
        response = HttpResponse(content, content_type="application/json")
        if encoding:
            response["Content-Encoding"] = encoding
    response["Cache-Control"] = FOREVER
    response["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
