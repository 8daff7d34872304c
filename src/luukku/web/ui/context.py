"""What every page's template knows."""

from __future__ import annotations

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, override

from luukku.web.ui import navigation


class Language(TypedDict):
    """One choice of the language switch; its address is this same page in that language."""

    code: str
    name: str
    address: str
    current: bool


class Page(TypedDict):
    """The header's parts."""

    navigation: list[navigation.Shown]
    languages: list[Language]


NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def page(request: HttpRequest) -> Page:
    """Header entries and the language switch."""
    here = request.get_full_path()
    return {"navigation": navigation.entries(request), "languages": languages(here)}


def languages(address: str) -> list[Language]:
    """The same address in every language; a page that has no language of its own leads to the front page."""
    current = get_language()
    found: list[Language] = []
    for code, _ in settings.LANGUAGES:
        translated = translate_url(address, code)
        if translated == address and code != current:
            with override(code):
                translated = f"/{code}/"
        found.append({"code": code, "name": NAMES[code], "address": translated, "current": code == current})
    return found
