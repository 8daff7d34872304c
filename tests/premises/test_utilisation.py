"""Designed against measured utilisation."""

from __future__ import annotations

from pathlib import Path

import pytest

from luukku.errors import BadInput, Contradiction
from luukku.premises.utilisation import JOENSUU, read_utilisation


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    file = tmp_path / "utilisation.csv"
    file.write_text("place,date,hour,present\nA,2026-03-02,9,20\nA,2026-03-02,10,30\nA,2026-03-03,9,10\n")
    return file


def test_a_place_is_measured_against_its_design(counts):
    (found,) = read_utilisation(counts, {"A": 150})
    assert (found.mean, found.peak, found.counts, found.days) == (20, 30, 3, 2)
    assert found.peak_share == pytest.approx(0.2)
    assert found.unused == 120


def test_joensuu_is_there_to_compare_with_and_has_its_source():
    assert JOENSUU.value == 0.2
    assert "yle.fi" in JOENSUU.source.name


def test_a_place_without_design_and_faulty_rows_are_refused(counts, tmp_path: Path):
    with pytest.raises(Contradiction, match='designed at "A"'):
        read_utilisation(counts, {})
    file = tmp_path / "bad.csv"
    file.write_text("place,date,hour,present\nA,2026-03-02,25,20\nA,yesterday,9,-1\n")
    with pytest.raises(BadInput) as refused:
        read_utilisation(file, {"A": 1})
    assert len(refused.value.faults) == 3
