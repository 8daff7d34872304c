"""What can go wrong, told so that a person can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class LuukkuError(Exception):
    """Anything the user can do something about. Its text is shown as it is."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it is, what was found, what was expected, how to mend it.

    row is counted as the user's program shows it (the header is row 1); None means the whole file.
    """

    what: str
    expected: str
    cure: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{where + ': ' if where else ''}{self.what}. Expected: {self.expected}. What to do: {self.cure}."


class BadInput(LuukkuError):
    """A file that cannot be taken. Every fault found is listed; nothing of the file was kept."""

    SHOWN = 20

    def __init__(self, file: str | Path, faults: list[Fault]) -> None:
        self.file = str(file)
        self.faults = faults
        shown = "\n".join(f"  - {fault}" for fault in faults[: self.SHOWN])
        more = f"\n  ... and {len(faults) - self.SHOWN} more" if len(faults) > self.SHOWN else ""
        super().__init__(f"{self.file} was not read; nothing of it was kept.\n{shown}{more}")


class UnknownPlace(LuukkuError):
    """A municipality, region, authority or point that nobody knows by this name."""


class Contradiction(LuukkuError):
    """Two things were asked that cannot both hold, such as a site both fixed open and forbidden."""


class Impossible(LuukkuError):
    """No choice of sites does what was asked. The text says what the best possible is."""
