"""Sources and conflicts in the reader's language. The library writes them in English, which is what translates here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from luukku.country.model import Country
from luukku.country.provenance import Source

LINES = re.compile(r"^(?P<what>.*?)(?:, )?lines? (?P<lines>\d[\d,\- ]*)$")


def source_text(source: Source) -> str:
    """Name, place, date and licence, such as "Table 1, line 636" in the reader's language."""
    return ", ".join(
        part for part in (gettext(source.name), where_text(source), source.date, licence_text(source)) if part
    )


def where_text(source: Source) -> str:
    """The place in the source: a table, a column, lines."""
    what, lines = _parts(source.where)
    parts = [gettext(what)] if what else []
    if lines:
        count = 2 if re.search(r"\D", lines) else 1
        parts.append(ngettext("line %(lines)s", "lines %(lines)s", count) % {"lines": lines.replace("-", "–")})
    return ", ".join(parts)


def licence_text(source: Source) -> str:
    """The licence; names of licences are the same in every language, "public domain" is not."""
    return gettext(source.licence) if source.licence else ""


def strings(country: Country) -> Iterator[str]:
    """Every string of the country's sources and conflicts that these functions translate."""
    found = list(country.sources)
    for conflict in country.conflicts:
        yield from (conflict.about, conflict.note)
        for figure in conflict.figures:
            yield figure.unit
            found.append(figure.source)
    for source in found:
        yield from (source.name, _parts(source.where)[0], source.licence)


def _parts(where: str) -> tuple[str, str]:
    match = LINES.match(where)
    return (match["what"], match["lines"]) if match else (where, "")
