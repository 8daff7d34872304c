"""What places are called in a language. Areas have Finnish names only in the data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from luukku.web.studio import geography


@dataclass(frozen=True, slots=True)
class Names:
    """Names of sites by number, and of municipalities and regions by code; "" for a code that is unknown."""

    sites: list[str]
    municipalities: dict[str, str]
    regions: dict[str, str]

    def municipality(self, code: str) -> str:
        """A municipality's name."""
        return self.municipalities.get(code, "")

    def region(self, code: str) -> str:
        """A region's name."""
        return self.regions.get(code, "")


def names_in(language: str, known: geography.Geography | None = None) -> Names:
    """The names in "fi", "sv" or "en"; municipalities have no English names and keep the Finnish ones.

    known: a geography with places of the planner's own, whose names are as they were given.
    """
    names = _shared_names(language)
    if known is None or known.listed is None:
        return names
    return replace(names, sites=[*names.sites, *known.sites.name[known.shared :].tolist()])


@cache
def _shared_names(language: str) -> Names:
    language = language[:2] if language[:2] in {"fi", "sv", "en"} else "fi"
    known = geography.get()
    towns = {town.code: town.name_sv if language == "sv" else town.name_fi for town in known.country.municipalities}
    codes, names = known.sites.code.tolist(), known.sites.name.tolist()
    sites = [
        towns.get(code[1:], name) if kind == "centre" else name
        for code, name, kind in zip(codes, names, known.sites.kind.tolist(), strict=True)
    ]
    regions = {region.code: str(getattr(region, f"name_{language}")) for region in known.country.regions}
    return Names(sites, towns, regions)
