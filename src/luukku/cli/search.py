"""A search that the terminal shows while it lasts, and that Ctrl-C stops with the best so far."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import typer

from luukku.cli.output import Exit, progress

if TYPE_CHECKING:
    from types import FrameType

    from luukku.network.problem import Progress, Stop

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Search:
    """A search going on. tell: shows how far it is; interrupted: set when Ctrl-C was pressed."""

    tell: Callable[[Progress], None]
    interrupted: threading.Event = field(default_factory=threading.Event)

    def stop(self, seconds: float, gap: float = 0.0) -> Stop:
        """When the solver stops: after so many seconds, at this gap, or at Ctrl-C."""
        from luukku.network.problem import Stop

        return Stop(seconds, gap, self.interrupted, self.tell)

    def run(self, work: Callable[[], Found]) -> Found:
        """What `work` finds; the first Ctrl-C asks it to stop with the best so far, the second ends at once.

        The work runs in a thread of its own, so that this one is always free to hear the signal.
        """
        loud = threading.current_thread() is threading.main_thread()

        def interrupt(_number: int, _frame: FrameType | None) -> None:
            if self.interrupted.is_set():
                raise KeyboardInterrupt
            self.interrupted.set()

        future: Future[Found] = Future()

        def find() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
                future.set_exception(error)

        before = signal.signal(signal.SIGINT, interrupt) if loud else None
        try:
            threading.Thread(target=find, daemon=True).start()
            while not future.done():
                wait([future], timeout=0.1)
            return future.result()
        finally:
            if loud:
                signal.signal(signal.SIGINT, before)

    def end(self) -> None:
        """Leave the command with the exit code of an interruption, if there was one: all it found is told by now."""
        if self.interrupted.is_set():
            raise typer.Exit(Exit.INTERRUPTED)


def so_far(now: Progress) -> str:
    """How far a search is: the best value so far, the bound that none can pass, and the gap relative to the value."""
    value, bound = now.value, now.bound
    told = f"Searching: best {'none yet' if value is None else f'{value:,.10g}'}"
    told += f", bound {'unknown' if bound is None else f'{bound:,.10g}'}"
    if value is not None and bound is not None:
        told += f", gap {abs(value - bound) / max(abs(value), 1e-9):.3%}"
    return told


@contextmanager
def searching(title: str, told: Callable[[Progress], str] = so_far) -> Iterator[Search]:
    """A search with a progress display. title: shown until there is something to tell; told: what to show then."""
    with progress(title) as shown:
        yield Search(lambda now: shown.update(shown.task_ids[0], description=told(now)))


def status_of(stopped_by: str) -> str:
    """Why a search stopped, as commands tell it."""
    return "interrupted" if stopped_by == "asked" else stopped_by
