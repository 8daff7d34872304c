"""A country of four municipalities and two postal areas, small enough to see through."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luukku.country.model import Cells, Country, Municipality, Region
from luukku.country.provenance import Source

MADE = Source("computation", "test")


def municipality(code: str, fi: str, sv: str, x: float, y: float) -> Municipality:
    return Municipality(code, fi, sv, "01", "fi", "urban", x, y, 0.0, 0.0)


@pytest.fixture
def country() -> Country:
    cells = Cells(
        code=np.array(["00100", "82500"]),
        name=np.array(["Helsinki", "Kitee"]),
        municipality=np.array(["091", "260"]),
        people=np.array([18030.0, 5000.0]),
        x=np.array([384979.0, 664000.0]),
        y=np.array([6672361.0, 6888000.0]),
        year=2022,
        source=MADE,
    )
    return Country(
        name="Testland",
        year=2021,
        regions=(Region("01", "Uusimaa", "Nyland", "Uusimaa", mainland=True),),
        municipalities=(
            municipality("091", "Helsinki", "Helsingfors", 385_800, 6_672_000),
            municipality("260", "Kitee", "Kitee", 664_000, 6_888_000),
            municipality("423", "Lieto", "Lundo", 250_000, 6_717_000),
            municipality("214", "Kankaanpää", "Kankaanpää", 255_000, 6_860_000),
        ),
        cells=cells,
        authorities=(),
        named_points=(),
        centres=(),
        conflicts=(),
        sources=(),
    )


@pytest.fixture
def write(tmp_path):
    """Writes a file, "points.csv" if nothing else is said; gives its path."""

    def write(text: str | bytes, name: str = "points.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
