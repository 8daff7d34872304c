"""Translations without GNU gettext: `python -m luukku.web.project.translations [update|compile|check]`.

update  takes every string of the web half into locale/<language>/LC_MESSAGES/django.po and drops those that are gone.
compile writes the .mo files that Django reads.
check   tells what is missing: strings not taken, not translated, unsure (fuzzy) or with wrong placeholders.

English is the language of the source, so only Finnish and Swedish have files.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from luukku.country import finland
from luukku.web.ui import provenance

WEB = Path(__file__).resolve().parents[1]
LOCALE = WEB / "locale"
LANGUAGES = ("fi", "sv")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Translations of Luukku.\n#"
VERSION = "1"

Found = tuple[str, str | tuple[str, str], str | None]


def messages(folder: Path = WEB) -> Iterator[Found]:
    """Every string to be translated: (file, string or (singular, plural), context).

    The sources and conflicts of the embedded country are data, but people read them too.
    """
    yield from (("country", text, None) for text in provenance.strings(finland()) if text)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder.parent).as_posix()
        if file.suffix == ".py" and "migrations" not in file.parts:
            code = file.read_text(encoding="utf-8")
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            code = _as_python(file.read_text(encoding="utf-8"))
        else:
            continue
        for _line, function, found, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
            yield from _message(name, function, found)


def _as_python(template: str) -> str:
    # templatize keeps the template's indentation, which is none of Python's.
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _message(name: str, function: object, found: object) -> Iterator[Found]:
    parts = [part for part in (found if isinstance(found, tuple) else (found,)) if isinstance(part, str)]
    keyword = str(function)
    context = parts.pop(0) if "pgettext" in keyword and parts else None
    if not parts:
        return
    yield name, (parts[0], parts[1]) if keyword.lstrip("p").startswith("n") and len(parts) > 1 else parts[0], context


def po_file(language: str) -> Path:
    """Where a language's translations are."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    """A language's translations; an empty catalogue when there are none yet."""
    file = po_file(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def template() -> Catalog:
    """All strings, untranslated."""
    catalog = Catalog(header_comment=HEADER, project="luukku", charset="utf-8")
    for name, string, context in messages():
        catalog.add(string, locations=[(name, 0)], context=context)
    return catalog


def update() -> None:
    """Bring every language's file up to date with the strings of the source."""
    wanted = template()
    for language in LANGUAGES:
        catalog = load(language)
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        catalog.project, catalog.version = "Luukku", VERSION
        catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Luukku"
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = io.BytesIO()
        write_po(text, catalog, sort_by_file=True, include_lineno=False, omit_header=False, width=110)
        # The date of the last run would change the file every time.
        lines = [line for line in text.getvalue().decode().splitlines() if "-Date:" not in line]
        file.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def compile_all() -> None:
    """Write the .mo files beside the .po files."""
    for language in LANGUAGES:
        compiled = io.BytesIO()
        write_mo(compiled, load(language))
        file = po_file(language).with_suffix(".mo")
        # Put in place at once: another process may be reading the old one.
        passing = file.with_suffix(f".{os.getpid()}")
        passing.write_bytes(compiled.getvalue())
        passing.replace(file)


def faults() -> list[str]:
    """What is wrong with the translations, one line each; empty when all is well."""
    wanted = {(message.id, message.context) for message in template() if message.id}
    found: list[str] = []
    for language in LANGUAGES:
        catalog = load(language)
        known = {(message.id, message.context): message for message in catalog if message.id}
        found += [f"{language}: not taken into the file: {text!r}" for text, _ in wanted - known.keys()]
        found += [f"{language}: no longer used: {text!r}" for text, _ in known.keys() - wanted]
        for (text, _context), message in known.items():
            strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if not all(strings):
                found.append(f"{language}: not translated: {text!r}")
            if message.fuzzy:
                found.append(f"{language}: unsure: {text!r}")
        found += [f"{language}: {message.id!r}: {error}" for message, errors in catalog.check() for error in errors]
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Run one of the three commands; 1 when `check` found faults."""
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            for fault in (found := faults()):
                sys.stderr.write(f"{fault}\n")
            return 1 if found else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
