"""Building what the travel part ships from the raw files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from luukku.country.model import Country
from luukku.country.readers.tmc import read_tmc
from luukku.country.roads import Roads
from luukku.errors import BadInput, Fault
from luukku.travel.embedded import build_minutes
from luukku.travel.workers import Workers, this_machine

ROADS = "roads/fi_tmc_location_table_*.zip"
MINUTES = Path(__file__).parent / "data" / "finland_minutes.npz"


def build_travel(
    country: Country,
    source_folder: str | Path,
    out: str | Path = MINUTES,
    progress: Callable[[int, int], None] | None = None,
    *,
    workers: Workers = this_machine,
) -> Roads:
    """Compute the shipped minutes from the TMC location table of the raw files, after the country's tables are built.

    source_folder: holds `roads/fi_tmc_location_table_*.zip`; the latest version is taken.
    Returns the roads as they were read, with remarks on what was mended.

    Raises BadInput when there is no table or it cannot be read.
    """
    roads = read_tmc(tmc_table(source_folder))
    build_minutes(country, roads, out, progress, workers=workers)
    return roads


def tmc_table(source_folder: str | Path) -> Path:
    """The latest TMC location table of the raw files. Raises BadInput when there is none."""
    found = sorted(Path(source_folder).glob(ROADS), key=lambda path: [part.zfill(6) for part in path.stem.split(".")])
    if not found:
        raise BadInput(
            source_folder,
            [Fault("it holds no roads", ROADS, "download Fintraffic's TMC location table and put it there")],
        )
    return found[-1]
