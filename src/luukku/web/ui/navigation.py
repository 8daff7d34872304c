"""What stands in the header: each room adds its own entry when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


def _always(request: HttpRequest) -> bool:  # noqa: ARG001
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the header.

    view:    name of its first page, such as "studio:home"; every page of the same namespace marks it as current.
    order:   entries stand in this order.
    visible: who sees it.
    summary: a sentence for the front page.
    """

    label: str | Promise
    view: str
    order: int = 100
    visible: Callable[[HttpRequest], bool] = _always
    summary: str | Promise = ""


_entries: dict[str, Entry] = {}


def add(entry: Entry) -> None:
    """Put an entry into the header. Called once by a room's `AppConfig.ready`."""
    _entries[entry.view] = entry


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the page shows it."""

    label: str | Promise
    address: str
    current: bool
    summary: str | Promise


def entries(request: HttpRequest) -> list[Shown]:
    """The entries this visitor sees, in order, the current room marked."""
    match = request.resolver_match
    here = match.namespace if match else ""
    view = match.view_name if match else ""
    return [
        Shown(
            entry.label,
            reverse(entry.view),
            entry.view == view or entry.view.partition(":")[0] == here != "ui",
            entry.summary,
        )
        for entry in sorted(_entries.values(), key=lambda entry: entry.order)
        if entry.visible(request)
    ]
