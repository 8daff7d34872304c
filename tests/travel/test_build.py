"""Building the shipped minutes from the raw files."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.readers.tmc import read_tmc
from luukku.errors import BadInput
from luukku.travel.build import MINUTES, build_travel, tmc_table
from luukku.travel.embedded import HORIZON, build_minutes, middle_minutes


def test_the_latest_table_is_taken(tmp_path: Path) -> None:
    (tmp_path / "roads").mkdir()
    for version in ("1.9.3", "1.11.45", "1.11.7"):
        (tmp_path / "roads" / f"fi_tmc_location_table_{version}.zip").touch()
    assert tmc_table(tmp_path).stem.endswith("1.11.45")


def test_a_folder_without_roads_is_refused_with_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="fi_tmc_location_table"):
        build_travel(finland(), tmp_path, tmp_path / "minutes.npz")


def test_rounded_minutes_are_at_most_a_quarter_off_on_the_right_side_of_every_limit_and_the_same_again(
    shared_data: Path, tmp_path: Path
) -> None:
    country = finland()
    roads = read_tmc(tmc_table(shared_data / "finland"))
    some = replace(country, cells=country.cells.take(np.arange(0, len(country.cells), 9)))
    exact = build_minutes(some, roads, tmp_path / "one.npz")
    build_minutes(some, roads, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()

    with np.load(tmp_path / "one.npz", allow_pickle=False) as held:
        rounded = middle_minutes(held["steps"])
    full = np.full(rounded.shape, np.inf)
    full[np.repeat(np.arange(exact.sites), np.diff(exact.start)), exact.cell] = exact.minutes
    assert (np.isfinite(full) == np.isfinite(rounded)).all()
    known = np.isfinite(full)
    assert np.abs(full[known] - rounded[known]).max() <= 0.25 + 1e-5
    assert rounded[known].max() <= HORIZON
    for limit in (5.5, 30.0, 60.0, 90.0, 119.5):
        assert ((full <= limit) == (rounded <= limit)).all()


def test_what_ships_is_what_the_raw_files_give(shared_data: Path, tmp_path: Path) -> None:
    began = time.perf_counter()
    build_travel(finland(), shared_data / "finland", tmp_path / "minutes.npz")
    assert time.perf_counter() - began < 80
    with np.load(tmp_path / "minutes.npz") as built, np.load(MINUTES) as shipped:
        for name in ("row", "cell", "x", "y"):
            np.testing.assert_array_equal(built[name], shipped[name])
        # Another machine may round a sum of floats the other way.
        apart = np.abs(built["steps"].astype(int) - shipped["steps"].astype(int))
        assert (apart > 0).mean() < 1e-4
