"""Words and numbers in Finnish, Swedish and English, for summaries and tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from luukku.errors import UnknownPlace

LANGUAGES = ("fi", "sv", "en")
NO_BREAK = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by section and key, and its way of writing numbers."""

    language: str
    table: dict[str, Any]

    def __call__(self, key: str, **values: str) -> str:
        """The text of a dotted key such as "text.lead", with the values put in.

        Raises KeyError when there is no such key.
        """
        section, name = key.rsplit(".", 1)
        found: Any = self.table
        for part in section.split("."):
            found = found[part]
        text: str = found[name]
        return text.format(**values)

    def number(self, value: float, decimals: int = 0) -> str:
        """1234.5 as "1 235" (no-break space) in Finnish and Swedish, "1,235" in English."""
        text = f"{abs(value):,.{decimals}f}"
        if self.language != "en":
            text = text.replace(",", NO_BREAK).replace(".", ",")
        negative = value < 0 and float(f"{value:.{decimals}f}") != 0
        return MINUS + text if negative else text

    def percent(self, share: float, decimals: int = 1) -> str:
        """0.995 as "99,5 %" (no-break space) in Finnish and Swedish, "99.5%" in English."""
        sign = "%" if self.language == "en" else NO_BREAK + "%"
        return self.number(share * 100, decimals) + sign

    def points(self, share: float, decimals: int = 1) -> str:
        """A difference of shares, 0.031, in percentage points: "3,1 %-yks.", "3,1 %-enh." or "3.1 pp"."""
        return self("unit.percentage_points", value=self.number(share * 100, decimals)).replace(" ", NO_BREAK)

    def minutes(self, value: float | None, decimals: int = 0) -> str:
        """45.2 as "45 min", or the words for out of reach when there is no value."""
        return self("text.beyond") if value is None else self.number(value, decimals) + NO_BREAK + "min"


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The words of "fi", "sv" or "en".

    Raises UnknownPlace when there are none.
    """
    if language not in LANGUAGES:
        raise UnknownPlace(
            f"There are no words in the language {language!r}. The languages are: {', '.join(LANGUAGES)}."
        )
    text = files("luukku.plan").joinpath(f"words/{language}.toml").read_text("utf-8")
    return Words(language, tomllib.loads(text))
