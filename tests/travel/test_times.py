"""The travel-time matrix on disk and in memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.travel import times as times_module
from luukku.travel.times import DamagedMatrixError, TravelTimes, cached, key_of

from .conftest import MADE_UP


def matrix(rows: list[dict[int, float]], cells: int) -> TravelTimes:
    return TravelTimes(
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64),
        cell=np.array([cell for row in rows for cell in sorted(row)], np.int32),
        minutes=np.array([row[cell] for row in rows for cell in sorted(row)], np.float32),
        cells=cells,
        horizon=60.0,
        source=MADE_UP,
    )


def rows_of(times: TravelTimes) -> list[dict[int, float]]:
    rows = []
    for site in range(times.sites):
        cells, minutes = times.of(site)
        rows.append(dict(zip(cells.tolist(), minutes.tolist(), strict=True)))
    return rows


@pytest.fixture
def three_sites() -> TravelTimes:
    return matrix([{0: 1.0, 2: 30.5}, {}, {1: 2.0, 2: 3.0}], cells=4)


some_rows = st.lists(st.dictionaries(st.integers(0, 5), st.floats(0, 60, width=32), max_size=6), max_size=6)


def test_a_saved_matrix_comes_back_the_same_and_mapped_from_disk(three_sites: TravelTimes, tmp_path: Path) -> None:
    three_sites.save(tmp_path / "times")
    loaded = TravelTimes.load(tmp_path / "times")
    assert rows_of(loaded) == rows_of(three_sites)
    assert (loaded.cells, loaded.horizon, loaded.source) == (4, 60.0, MADE_UP)
    assert isinstance(loaded.minutes, np.memmap)
    assert isinstance(loaded.cell, np.memmap)
    assert isinstance(loaded.by_cell().site, np.memmap)
    for name in ("start", "site", "minutes"):
        np.testing.assert_array_equal(getattr(loaded.by_cell(), name), getattr(three_sites.by_cell(), name))


@pytest.mark.parametrize("rows", [[], [{}], [{}, {}]])
def test_a_matrix_without_pairs_is_saved_too(rows: list[dict[int, float]], tmp_path: Path) -> None:
    matrix(rows, cells=3).save(tmp_path / "times")
    assert rows_of(TravelTimes.load(tmp_path / "times")) == rows


@settings(deadline=None)
@given(some_rows, st.data())
def test_chosen_sites_keep_their_minutes_in_the_order_asked(rows: list[dict[int, float]], data: st.DataObject) -> None:
    times = matrix(rows, cells=6)
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=8)) if rows else []
    assert rows_of(times.select(np.array(chosen, np.intp))) == [rows[site] for site in chosen]
    mask = np.array([len(row) > 2 for row in rows], np.bool_)
    assert rows_of(times.select(mask)) == [row for row in rows if len(row) > 2]


@pytest.mark.parametrize("room", [times_module.ROOM, 0])
@given(rows=some_rows)
def test_the_pairs_by_cell_are_the_pairs_by_site_nearest_first(room: int, rows: list[dict[int, float]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(times_module, "ROOM", room)  # without room in one number, pairs are sorted as pairs
        by_cell = matrix(rows, cells=6).by_cell()
    for cell in range(6):
        sites, minutes = by_cell.of(cell)
        expected = {site: row[cell] for site, row in enumerate(rows) if cell in row}
        assert dict(zip(sites.tolist(), minutes.tolist(), strict=True)) == expected
        assert sites.tolist() == sorted(expected, key=lambda site: (expected[site], site))


@pytest.mark.parametrize(
    "victim",
    ["start.npy", "cell.npy", "minutes.npy", "cell_start.npy", "cell_site.npy", "cell_minutes.npy", "about.json"],
)
@pytest.mark.parametrize("harm", ["missing", "cut short", "altered", "emptied"])
def test_a_damaged_matrix_is_never_taken_for_a_sound_one(
    three_sites: TravelTimes, tmp_path: Path, victim: str, harm: str
) -> None:
    three_sites.save(tmp_path / "times")
    file = tmp_path / "times" / victim
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        altered = content[:-1] + bytes([content[-1] ^ 0x41])
        file.write_bytes({"cut short": content[:-4], "altered": altered, "emptied": b""}[harm])
    with pytest.raises(DamagedMatrixError):
        TravelTimes.load(tmp_path / "times")


def test_a_matrix_in_the_format_of_another_version_is_not_read(three_sites: TravelTimes, tmp_path: Path) -> None:
    three_sites.save(tmp_path / "times")
    about = tmp_path / "times" / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"format": 99}))
    with pytest.raises(DamagedMatrixError, match="format 99"):
        TravelTimes.load(tmp_path / "times")


def test_a_matrix_is_computed_once_and_then_reused(three_sites: TravelTimes, tmp_path: Path) -> None:
    asked = []

    def compute() -> TravelTimes:
        asked.append(1)
        return three_sites

    first, second = (cached(tmp_path, "key", compute) for _ in range(2))
    assert rows_of(first) == rows_of(second) == rows_of(three_sites)
    assert len(asked) == 1


def test_a_damaged_cache_is_computed_again_and_mended(three_sites: TravelTimes, tmp_path: Path) -> None:
    cached(tmp_path, "key", lambda: three_sites)
    (tmp_path / "key" / "minutes.npy").write_bytes(b"rubbish")
    assert rows_of(cached(tmp_path, "key", lambda: three_sites)) == rows_of(three_sites)
    assert rows_of(TravelTimes.load(tmp_path / "key")) == rows_of(three_sites)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key"]


def test_a_folder_that_cannot_be_written_costs_only_the_saving(three_sites: TravelTimes, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file stands where the folder should be")
    assert rows_of(cached(blocked, "key", lambda: three_sites)) == rows_of(three_sites)


def test_nothing_is_left_behind_when_the_disk_fails_midway(
    three_sites: TravelTimes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_text", lambda *_args, **_kw: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        three_sites.save(tmp_path / "times")
    assert list(tmp_path.iterdir()) == []


def test_many_processes_may_save_the_same_matrix_at_once(tmp_path: Path) -> None:
    script = tmp_path / "save.py"
    script.write_text(
        textwrap.dedent("""
            import sys
            import numpy as np
            from luukku.country.provenance import Source
            from luukku.travel.times import TravelTimes, cached

            def compute():
                pairs = np.arange(200_000, dtype=np.int32)
                return TravelTimes(np.array([0, 200_000]), pairs, pairs.astype(np.float32), 200_000, 60.0,
                                   Source("computation", "made up"))

            for _ in range(20):
                times = cached(sys.argv[1], "key", compute)
                assert times.minutes[-1] == 199_999, times.minutes[-1]
        """)
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    folder = tmp_path / "cache"
    workers = [
        subprocess.Popen([sys.executable, str(script), str(folder)], env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for worker in workers:
        _, trouble = worker.communicate(timeout=120)
        assert worker.returncode == 0, trouble
    assert TravelTimes.load(folder / "key").minutes[-1] == 199_999
    assert [path.name for path in folder.iterdir()] == ["key"]
    shutil.rmtree(folder)


def test_the_key_changes_with_everything_that_was_computed_from() -> None:
    numbers = np.arange(3)
    keys = {
        key_of(numbers, 60.0),
        key_of(numbers, 61.0),
        key_of(numbers.astype(np.int32), 60.0),
        key_of(numbers[::-1], 60.0),
        key_of(numbers, "60.0"),
        key_of(np.array(["0", "1", "2"]), 60.0),
        key_of(np.array([]), 60.0),
    }
    assert len(keys) == 7
    assert key_of(numbers, 60.0) == key_of(numbers.copy(), 60.0)
