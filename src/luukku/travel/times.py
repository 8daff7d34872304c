"""The travel-time matrix: minutes between sites and cells, sparse, saved and mapped from disk."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luukku.country.provenance import Source
from luukku.errors import LuukkuError

FORMAT = 2
ROOM = 33
"""Bits of 64 that minutes leave for the numbers of a cell and a site."""
_BY_SITE = {"start": np.int64, "cell": np.int32, "minutes": np.float32}
_BY_CELL = {"start": np.int64, "site": np.int32, "minutes": np.float32}


class DamagedMatrixError(LuukkuError):
    """A saved matrix that is incomplete, altered or of another format. It can be thrown away and computed again."""


@dataclass(frozen=True, slots=True, eq=False)
class ByCell:
    """The same pairs kept by cell: cell c has the pairs start[c]:start[c + 1].

    start: (cells + 1,) int64. site: (pairs,) int32. minutes: (pairs,) float32, ascending within a cell; of sites
    equally far the one with the lower number comes first.
    """

    start: NDArray[np.int64]
    site: NDArray[np.int32]
    minutes: NDArray[np.float32]

    def of(self, cell: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The sites within the horizon of a cell, and their minutes."""
        part = slice(int(self.start[cell]), int(self.start[cell + 1]))
        return self.site[part], self.minutes[part]


@dataclass(frozen=True, slots=True, eq=False)
class TravelTimes:
    """Minutes from cells to sites (the customer's trip to the point), kept by site.

    start:   (sites + 1,) int64; site s has the pairs start[s]:start[s + 1].
    cell:    (pairs,) int32 cell numbers, ascending within a site.
    minutes: (pairs,) float32.
    cells:   how many cells there are.
    horizon: minutes beyond which nothing was computed; an absent pair is farther than this.
    turned:  the same pairs by cell, when they are at hand (a loaded matrix maps them from disk).
    """

    start: NDArray[np.int64]
    cell: NDArray[np.int32]
    minutes: NDArray[np.float32]
    cells: int
    horizon: float
    source: Source
    turned: ByCell | None = None

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return len(self.start) - 1

    def of(self, site: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The cells within the horizon of a site, and their minutes."""
        part = slice(int(self.start[site]), int(self.start[site + 1]))
        return self.cell[part], self.minutes[part]

    def select(self, sites: NDArray[np.intp] | NDArray[np.bool_]) -> TravelTimes:
        """The minutes of the chosen sites, in the order given (numbers) or kept (a mask)."""
        chosen = np.flatnonzero(sites) if sites.dtype == np.bool_ else sites
        counts = np.diff(self.start)[chosen]
        start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        pairs = np.arange(start[-1]) + np.repeat(self.start[:-1][chosen] - start[:-1], counts)
        return TravelTimes(start, self.cell[pairs], self.minutes[pairs], self.cells, self.horizon, self.source)

    def by_cell(self) -> ByCell:
        """The pairs kept by cell, nearest site first, for asking which sites a cell can reach."""
        if self.turned is not None:
            return self.turned
        start = np.concatenate(([0], np.cumsum(np.bincount(self.cell, minlength=self.cells)))).astype(np.int64)
        site = np.repeat(np.arange(self.sites, dtype=np.int32), np.diff(self.start))
        site_bits = max(self.sites - 1, 0).bit_length()
        if self.cells.bit_length() + site_bits > ROOM:
            order = np.lexsort((self.minutes, self.cell))
            return ByCell(start, site[order], np.asarray(self.minutes[order]))
        # Floats of at least 0 are in the order of their bits: one number holds cell, minutes and site, and numbers sort
        # several times faster than pairs.
        pairs = self.cell.astype(np.uint64) << np.uint64(31 + site_bits)
        pairs |= (self.minutes + np.float32(0)).view(np.uint32).astype(np.uint64) << np.uint64(site_bits)
        pairs |= site.astype(np.uint64)
        pairs.sort()
        minutes = (pairs >> np.uint64(site_bits)) & np.uint64(2**31 - 1)
        site = (pairs & np.uint64(2**site_bits - 1)).astype(np.int32)
        return ByCell(start, site, minutes.astype(np.uint32).view(np.float32))

    def save(self, folder: str | Path) -> None:
        """Write the matrix, by site and by cell, into a folder of its own: all or nothing, also with two at once.

        What another process has saved there meanwhile is kept if it is sound, and replaced otherwise.
        """
        folder = Path(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            checks = _save(self, _BY_SITE, draft, "") | _save(self.by_cell(), _BY_CELL, draft, "cell_")
            about = {
                "format": FORMAT,
                "cells": self.cells,
                "horizon": self.horizon,
                "source": asdict(self.source),
                "checks": checks,
            }
            (draft / "about.json").write_text(json.dumps(about), encoding="utf-8")
            _move_into_place(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @classmethod
    def load(cls, folder: str | Path) -> TravelTimes:
        """Map a saved matrix from disk: only what is used is held in memory.

        Raises DamagedMatrixError when something is missing, cut short, altered, or written in another format.
        """
        folder = Path(folder)
        try:
            about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT:
                raise DamagedMatrixError(
                    f"{folder} is written in format {about['format']}, this version reads {FORMAT}."
                )
            start, cell, minutes = _load(_BY_SITE, folder, "", about["checks"])
            cell_start, site, cell_minutes = _load(_BY_CELL, folder, "cell_", about["checks"])
            return cls(
                start=np.asarray(start),
                cell=cell,
                minutes=minutes,
                cells=int(about["cells"]),
                horizon=float(about["horizon"]),
                source=Source(**about["source"]),
                turned=ByCell(np.asarray(cell_start), site, cell_minutes),
            )
        except (OSError, ValueError, KeyError, TypeError, EOFError) as trouble:
            raise DamagedMatrixError(f"{folder} holds no sound travel-time matrix ({trouble}).") from trouble


def cached(folder: str | Path, key: str, compute: Callable[[], TravelTimes]) -> TravelTimes:
    """The matrix saved in `folder` under a key, computed and saved when it is absent or damaged.

    A folder that cannot be written (a full or read-only disk) costs the saving, never the answer.
    """
    place = Path(folder) / key
    try:
        return TravelTimes.load(place)
    except DamagedMatrixError:
        times = compute()
    try:
        times.save(place)
        return TravelTimes.load(place)
    except (OSError, DamagedMatrixError):
        return times


def key_of(*parts: object) -> str:
    """A key that changes with everything a matrix was computed from: arrays, texts and numbers, in order."""
    digest = hashlib.sha256(f"luukku travel times {FORMAT}".encode())
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"|{part.dtype.str}{part.shape}|".encode())
            digest.update(np.ascontiguousarray(part).data.cast("B") if part.size else b"")
        else:
            digest.update(f"|{part!r}|".encode())
    return digest.hexdigest()[:32]


def _save(of: TravelTimes | ByCell, arrays: Mapping[str, type[Any]], folder: Path, before: str) -> dict[str, int]:
    """Write the arrays as files whose names begin with `before`; their checksums by name."""
    checks = {}
    for name, kind in arrays.items():
        values = np.ascontiguousarray(getattr(of, name), dtype=kind)
        np.save(folder / f"{before}{name}.npy", values)
        checks[f"{before}{name}"] = zlib.crc32(values.data)
    return checks


def _load(arrays: Mapping[str, type[Any]], folder: Path, before: str, checks: dict[str, int]) -> list[NDArray[Any]]:
    loaded = []
    for name, kind in arrays.items():
        file = folder / f"{before}{name}.npy"
        values: NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
        if values.dtype != kind or values.ndim != 1 or zlib.crc32(values.data) != checks[f"{before}{name}"]:
            raise DamagedMatrixError(f"{file} is not what was saved.")
        loaded.append(values)
    return loaded


def _move_into_place(draft: Path, folder: Path) -> None:
    while True:
        try:
            os.rename(draft, folder)  # noqa: PTH104 - Path.rename would do the same; this one says it replaces nothing
        except OSError:
            if not folder.exists():
                raise
        else:
            return
        try:
            TravelTimes.load(folder)
        except DamagedMatrixError:
            grave = Path(tempfile.mkdtemp(prefix=f".{folder.name}-damaged-", dir=folder.parent))
            try:
                folder.rename(grave / "matrix")
            except FileNotFoundError:
                pass  # another process has cleared it away
            finally:
                shutil.rmtree(grave, ignore_errors=True)
        else:
            return
