"""Open ZIP files that may be hostile: no path outside, no link, no bomb."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

from luukku.country.readers.faults import Faults, refuse

MOST_FILES = 10_000
MOST_BYTES = 4 * 2**30
"""Unpacked. The largest real input is a national grid of ten million rows, under 1 GB."""
MOST_RATIO = 250
"""Unpacked to packed size. Tables of numbers pack to about a tenth; a bomb packs to a thousandth and less."""
RATIO_MATTERS = 32 * 2**20
"""Bytes unpacked under which the ratio does not matter."""
BLOCK = 2**20


def check_zip(path: Path) -> None:
    """Refuse a ZIP (an XLSX is one too) that is broken, leads outside its folder or unpacks to too much.

    Raises BadInput.
    """
    faults = Faults(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise refuse(
            path, f"it is not a whole ZIP file ({error})", "a ZIP file", "fetch or save the file again"
        ) from None
    for member in members:
        if leads_outside(member.filename):
            faults.add(
                f"the ZIP holds {member.filename!r}, which leads outside the folder it is unpacked to",
                "paths inside the ZIP only",
                "do not use this file; ask its sender what it is",
            )
        elif stat.S_ISLNK(member.external_attr >> 16):
            faults.add(
                f"the ZIP holds a link, {member.filename!r}", "plain files", "pack the file itself, not a link to it"
            )
        elif member.flag_bits & 0x1:
            faults.add(f"{member.filename!r} is locked with a password", "an open ZIP", "pack it without a password")
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MOST_FILES:
        faults.add(f"the ZIP holds {len(members):,} files", f"at most {MOST_FILES:,}", "pack only the file to be read")
    if unpacked > MOST_BYTES or (unpacked > RATIO_MATTERS and unpacked / packed > MOST_RATIO):
        faults.add(
            f"it unpacks from {packed / 2**20:,.1f} MB to {unpacked / 2**20:,.1f} MB, as a ZIP bomb does",
            f"at most {MOST_BYTES / 2**30:.0f} GB and {MOST_RATIO} times the packed size",
            "pack only the file to be read, or give the file unpacked",
        )
    faults.refuse_if_any()


def leads_outside(name: str) -> bool:
    """Whether a path of a ZIP leads out of the folder it would be unpacked to."""
    windows = PureWindowsPath(name)
    return (
        PurePosixPath(name).is_absolute()
        or bool(windows.drive or windows.root)
        or ".." in windows.parts
        or "\0" in name
    )


@contextmanager
def unpacked(path: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The one file of a ZIP that has one of the endings, unpacked for as long as it is needed.

    Sizes are counted while unpacking, because the sizes that a ZIP tells of itself may lie. Raises BadInput.
    """
    check_zip(path)
    with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="luukku-") as folder:
        names = [member.filename for member in archive.infolist() if member.filename.lower().endswith(endings)]
        if len(names) != 1:
            raise refuse(
                path,
                f"the ZIP holds {', '.join(names) or 'no file that can be read'}",
                f"exactly one file that ends in {', '.join(endings)}",
                "pack exactly one such file, or give the file unpacked",
            )
        target = Path(folder) / PurePosixPath(names[0].replace("\\", "/")).name
        try:
            _copy(archive, names[0], target)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, _TooMuchError) as error:
            raise refuse(path, f"{names[0]!r} cannot be unpacked ({error})", "a whole ZIP", "pack it again") from None
        yield target


class _TooMuchError(Exception):
    pass


def _copy(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    told = archive.getinfo(name).file_size
    written = 0
    with archive.open(name) as source, target.open("wb") as out:
        while block := source.read(BLOCK):
            written += len(block)
            if written > told:
                raise _TooMuchError(f"it is longer than the {told:,} bytes that the ZIP tells")
            out.write(block)
