"""Components as template tags. They are built in: no template has to load them. See `/ui/` for how each looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from luukku.country.provenance import Source
from luukku.web.ui import provenance

register = template.Library()

Kind = Literal["info", "good", "attention", "danger", "neutral"]
ICONS = {
    "info": "M12 11v6M12 7.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "good": "M4.5 12.5l5 5 10-11",
    "attention": "M12 9v5M12 17.3v.01M12 3 2.5 20h19z",
    "danger": "M8.5 8.5l7 7M15.5 8.5l-7 7M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z",
    "neutral": "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z",
    "close": "M6 6l12 12M18 6 6 18",
    "down": "M6 9l6 6 6-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.7 3.8-5.5 7.5-5.5s6.7 1.8 7.5 5.5",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20.5 20.5 16 16",
    "map": "M9 4 3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20",
    "download": "M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14",
}


@register.filter
def source(source: Source) -> str:
    """A source with its place, date and licence, in the reader's language."""
    return provenance.source_text(source)


@register.filter
def source_where(source: Source) -> str:
    """The place in a source alone."""
    return provenance.where_text(source)


@register.filter
def in_words(text: str) -> str:
    """A string of the library in the reader's language (see `ui.provenance`)."""
    return gettext(text) if text else ""


@register.inclusion_tag("ui/components/icon.html")
def icon(name: str) -> dict[str, str]:
    """A drawn sign beside a word; never alone, so screen readers pass it by."""
    return {"path": ICONS[name]}


@register.inclusion_tag("ui/components/button.html")
def button(
    text: str,
    href: str = "",
    kind: str = "",
    *,
    type: str = "submit",  # noqa: A002
    opens: str = "",
    sign: str = "",
) -> dict[str, str]:
    """A button, or with `href` a link that looks like one.

    kind: "", "primary", "danger" or "quiet". opens: id of the dialog it opens. sign: name of an icon.
    """
    return {"text": text, "href": href, "kind": kind, "type": "button" if opens else type, "opens": opens, "sign": sign}


@register.inclusion_tag("ui/components/status.html")
def status(word: str, kind: Kind = "info") -> dict[str, str]:
    """A state in a word, with the shape and colour of its kind."""
    return {"word": word, "kind": kind, "path": ICONS[kind]}


@register.simple_block_tag
def notice(content: SafeString, kind: Kind = "info", title: str = "", role: str = "") -> SafeString:
    """A message that belongs to the page. role="alert" when it appears by itself and must be heard at once."""
    context = {"content": content, "kind": kind, "title": title, "role": role, "path": ICONS[kind]}
    return render_to_string("ui/components/notice.html", context)


@register.inclusion_tag("ui/components/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, object]:
    """Where one is in a series; `current` counts from 1."""
    return {"steps": [(name, number < current, number == current) for number, name in enumerate(names, 1)]}


@register.simple_block_tag
def tabs(content: SafeString, label: str) -> SafeString:
    """Parts of one thing, one at a time; the label says of what. Without scripts they follow one another."""
    return render_to_string("ui/components/tabs.html", {"content": content, "label": label})


@register.simple_block_tag
def tab(content: SafeString, label: str, id: str) -> SafeString:  # noqa: A002
    """One part inside `tabs`."""
    return render_to_string("ui/components/tab.html", {"content": content, "label": label, "id": id})


@register.simple_block_tag
def table(content: SafeString, title: str, file: str = "", note: str = "") -> SafeString:
    """A table (its thead and tbody) with a title.

    file: name of the CSV download, "" for none.
    Inside, `data-sort` on a `th` makes its column sortable (`data-sort="number"` by number), and a cell's `data-value`
    is what sorting and CSV take instead of its text.
    """
    return render_to_string(
        "ui/components/table.html", {"content": content, "title": title, "file": file, "note": note}
    )


@register.inclusion_tag("ui/components/figure.html")
def figure(
    value: str, label: str, *, source: str = "", state: str = "", kind: Kind = "info", change: str = "", unit: str = ""
) -> dict[str, str]:
    """A figure of a plan with its source note, its state against the criteria and its change."""
    return {
        "value": value,
        "unit": unit,
        "label": label,
        "source": source,
        "state": state,
        "kind": kind,
        "change": change,
    }


@register.simple_block_tag
def map_frame(content: SafeString, id: str, label: str) -> SafeString:  # noqa: A002
    """Where a map goes. Scripts draw into its `.map`; the content lies over it, such as a legend."""
    return render_to_string("ui/components/map_frame.html", {"content": content, "id": id, "label": label})


@register.simple_block_tag
def empty(content: SafeString, title: str, sign: str = "search") -> SafeString:
    """Nothing to show yet: why, and what to do next."""
    return render_to_string("ui/components/empty.html", {"content": content, "title": title, "path": ICONS[sign]})


@register.inclusion_tag("ui/components/progress.html")
def progress(doing: str, done: float | None = None, note: str = "") -> dict[str, object]:
    """What long work is doing, and how far it is: `done` from 0 to 1, None when nobody knows."""
    return {"doing": doing, "percent": None if done is None else round(100 * done), "note": note}


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str) -> SafeString:  # noqa: A002
    """A dialog that a button with `opens` shows."""
    return render_to_string("ui/components/dialog.html", {"content": content, "id": id, "title": title})
