"""Regions and authorities by their names in the reader's language; accounts keep their codes."""

from __future__ import annotations

from operator import itemgetter

from django.utils.translation import get_language

from luukku.country import finland
from luukku.country.model import Authority, Region


def _name(place: Region | Authority) -> str:
    return {"fi": place.name_fi, "sv": place.name_sv}.get(get_language() or "en", place.name_en)


def regions() -> list[tuple[str, str]]:
    """(code, name) of every region, by name."""
    return sorted(((region.code, _name(region)) for region in finland().regions), key=itemgetter(1))


def authorities() -> list[tuple[str, str]]:
    """(code, name) of every authority, by name."""
    return sorted(((authority.code, _name(authority)) for authority in finland().authorities), key=itemgetter(1))


def place_name(region: str, authority: str) -> str:
    """Where a role holds, such as "North Karelia, Tax Administration"; "" for everywhere. Unknown codes stay codes."""
    names = [dict(regions()).get(region, region)] if region else []
    names += [dict(authorities()).get(authority, authority)] if authority else []
    return ", ".join(names)
