"""Writing a folder of results: all of its files or none, and never over anybody else's."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from luukku.errors import LuukkuError


def write_folder(folder: str | Path, texts: Mapping[str, str], what: str) -> None:
    """Write the texts by file name into `folder`, in the place of those of an earlier run; all or none.

    The files are first written beside the folder and moved into place together: whatever goes wrong on the way, the
    old folder stays as it was. what: what is written, for messages, such as "the plan".

    Raises LuukkuError when the folder cannot be written, or holds other files than these.
    """
    folder = Path(folder).absolute()
    refuse_others(folder, texts, what)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            new, old = Path(beside) / "new", Path(beside) / "old"
            new.mkdir()
            for name, text in texts.items():
                (new / name).write_text(text, encoding="utf-8", newline="")
            if folder.exists():
                folder.rename(old)
            try:
                new.rename(folder)
            except BaseException:
                if old.exists():
                    old.rename(folder)
                raise
    except OSError as error:
        raise LuukkuError(
            f"{folder} was not written ({what}): {error.strerror or error}. Choose another folder, or mend its rights."
        ) from error


def refuse_others(folder: str | Path, names: Collection[str], what: str) -> None:
    """Raise LuukkuError when `folder` holds anything beside files of these names, which writing there would destroy."""
    folder = Path(folder)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise LuukkuError(f"{folder} is not a folder. Choose another name for the folder of {what}.")
    try:
        others = sorted(entry.name for entry in folder.iterdir() if entry.name not in names) if folder.exists() else []
    except OSError as error:
        raise LuukkuError(f"{folder} cannot be read: {error.strerror}. Choose another folder.") from error
    if others:
        raise LuukkuError(
            f"{folder} holds other files than those of {what} ({', '.join(others[:5])}). Choose another folder; "
            "nothing was written."
        )
