"""What the map is drawn from, served once and kept by the browser: places and borders, compressed beforehand.

The address holds a fingerprint of the content, so a browser never has to ask again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import brotli  # type: ignore[import-untyped]
import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from numpy.typing import NDArray

from luukku.country.projection import to_wgs84
from luukku.web.studio import geography
from luukku.web.studio.names import names_in

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
    content = _places(language) if name == "places" else _borders()
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


def _places(language: str) -> bytes:
    """What the page knows of areas, sites, municipalities and regions, as JSON in a language."""
    known, names = geography.get(), names_in(language)
    cells, sites = known.country.cells, known.sites
    return _json(
        {
            "areas": {
                "code": cells.code.tolist(),
                "name": cells.name.tolist(),
                "municipality": cells.municipality.tolist(),
                "people": [round(people) for people in cells.people.tolist()],
                **_degrees(cells.x, cells.y),
            },
            "sites": {
                "code": sites.code.tolist(),
                "name": names.sites,
                "centre": (sites.kind == "centre").tolist(),
                "area": known.area_of_site.tolist(),
                **_degrees(sites.x, sites.y),
            },
            "municipalities": {
                municipality.code: {"name": names.municipality(municipality.code), "region": municipality.region}
                for municipality in known.country.municipalities
            },
            "regions": names.regions,
            "islands": [region.code for region in known.country.regions if not region.mainland],
        }
    )


def _borders() -> bytes:
    """The areas' shared borders as TopoJSON, as it ships."""
    return (files("luukku.country") / "data" / "finland" / "map.topojson").read_bytes()


def _degrees(x: NDArray[np.float64], y: NDArray[np.float64]) -> dict[str, list[float]]:
    lon, lat = to_wgs84(x, y)
    return {"lon": lon.round(4).tolist(), "lat": lat.round(4).tolist()}


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
