"""What is wrong in a file, in the reader's language: the library's sentences are known by their form.

A sentence that has none of the forms stays in English and is marked so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from luukku.errors import Fault

FORMS = (
    # what is wrong
    gettext_noop("{value} is already in row {row}"),
    gettext_noop("the file has no rows"),
    gettext_noop("the file is empty"),
    gettext_noop("no heading is known; there are {columns}"),
    gettext_noop("the column is missing; the file has {columns}"),
    gettext_noop("the file does not say where the places are; it has {columns}"),
    gettext_noop("the value is missing"),
    gettext_noop("the place is missing"),
    gettext_noop("half of the coordinates is missing"),
    gettext_noop("x and y seem to be swapped"),
    gettext_noop("lon and lat seem to be swapped"),
    gettext_noop("the example of the template is still there"),
    gettext_noop("{value} is not a number"),
    gettext_noop("{value} is negative"),
    gettext_noop("{value} is no date"),
    gettext_noop("{value} is not known; did you mean {guess}?"),
    gettext_noop("{value} is not known"),
    gettext_noop("no municipality of {year} is called {value}; did you mean {guess}?"),
    gettext_noop("no municipality of {year} is called {value}; there is none like it"),
    gettext_noop("the place is more than {km} km from the centre of {town}"),
    gettext_noop("the cell holds a formula"),
    gettext_noop("the row has {count} values"),
    gettext_noop("it has {count} rows"),
    gettext_noop("the file's name ends in {ending}"),
    gettext_noop("the area is 0"),
    gettext_noop("the lease ends before it starts"),
    gettext_noop("nobody knows the parameter {value}"),
    # what is expected
    gettext_noop("each {column} once"),
    gettext_noop("text that no other row has"),
    gettext_noop("a number ({unit})"),
    gettext_noop("a number, zero or more ({unit})"),
    gettext_noop("a number, zero or more"),
    gettext_noop("a number"),
    gettext_noop("a date such as 2026-12-31 or 31.12.2026"),
    gettext_noop("a municipality's code (091) or its name in Finnish or Swedish"),
    gettext_noop("one of {values}"),
    gettext_noop("a municipality's code such as 091, or its name in Finnish or Swedish"),
    gettext_noop("rows of your own"),
    gettext_noop("at least one row under the header"),
    gettext_noop("a header row and at least one row"),
    gettext_noop("at most {most}"),
    gettext_noop("text"),
    # what to do
    gettext_noop("fill it in"),
    gettext_noop("fill it in, or take the row away"),
    gettext_noop("fill in one pair"),
    gettext_noop("exchange the two columns"),
    gettext_noop("take one of the rows away, or name it otherwise"),
    gettext_noop("take the row of the example away"),
    gettext_noop("write one of these"),
    gettext_noop("write the code or the name"),
    gettext_noop("write digits only, with a point for decimals"),
    gettext_noop("write digits only, with a point or a comma for decimals"),
    gettext_noop("write how many there are"),
    gettext_noop("write the date, or leave it empty"),
    gettext_noop("check the municipality and the coordinates"),
    gettext_noop("copy the column and paste it as values"),
    gettext_noop("put the headings in row 1, and name them as the template does"),
    gettext_noop("save the file again with its rows"),
    gettext_noop("save the list in one of these formats"),
    gettext_noop("add the rows"),
    gettext_noop("take rows away"),
    gettext_noop("give it a shorter id"),
    # units
    gettext_noop("degrees"),
    gettext_noop("EUR a year"),
)
"""Sentences of the library's readers, with {names} where values stand; the more special before the more general."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fault for a reader."""

    row: int | None
    column: str
    what: Text
    expected: Text
    cure: Text


def told(fault: Fault) -> Told:
    """A fault in the present language, as far as its sentences are known."""
    return Told(fault.row, fault.column or "", _said(fault.what), _said(fault.expected), _said(fault.cure))


def _said(sentence: str) -> Text:
    language = (get_language() or "fi")[:2]
    for form, pattern in _patterns():
        if language != "en" and (match := pattern.fullmatch(sentence)):
            values = {name: _value(name, value) for name, value in match.groupdict().items()}
            return Text(_(form).format(**values), language)
    return Text(sentence, "en")


def _value(name: str, value: str) -> str:
    """A value in a sentence: guesses are joined by a word, and units are words."""
    if name == "guess":
        either = _("or")
        return value.replace(" or ", f" {either} ")
    return _(value) if name == "unit" else value


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    slots = re.compile(r"\\{(\w+)\\}")
    return tuple((form, re.compile(slots.sub(r"(?P<\1>.+)", re.escape(form)), re.DOTALL)) for form in FORMS)
