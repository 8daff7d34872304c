"""The minutes against published drives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from luukku.country import finland
from luukku.country.readers.tmc import read_tmc
from luukku.country.roads import Roads
from luukku.travel.build import tmc_table
from luukku.travel.calibration import by_class, drives, lengths, report


@pytest.fixture(scope="module")
def roads(shared_data: Path) -> Roads:
    return read_tmc(tmc_table(shared_data / "finland"))


def test_every_published_drive_names_its_source_and_is_plausible() -> None:
    for drive in drives():
        assert "/" in drive.source or "." in drive.source
        if drive.minutes:
            assert 50 < drive.km / drive.minutes * 60 < 100


def test_distances_come_within_a_few_percent_of_the_published_ones(roads: Roads) -> None:
    errors = np.array([row.km_error for row in report(finland(), roads)])
    assert abs(errors.mean()) < 0.03
    assert np.abs(errors).max() < 0.08


def test_minutes_are_right_on_average_on_every_class_of_main_road(roads: Roads) -> None:
    groups = {group.road_class: group for group in by_class(report(finland(), roads))}
    for name in ("motorway", "main_1", "main_2"):
        assert abs(groups[name].minutes) < 0.03


def test_road_lengths_come_near_the_published_ones(roads: Roads) -> None:
    for read, published in lengths(roads).values():
        assert read == pytest.approx(published, rel=0.1)


def test_slower_roads_make_longer_drives(roads: Roads) -> None:
    from luukku.travel.speeds import Speeds, default_speeds

    speeds = default_speeds()
    half = Speeds(speeds.rural / 2, speeds.urban / 2, speeds.wait, speeds.of_limit, speeds.why)
    for slow, quick in zip(report(finland(), roads, half), report(finland(), roads), strict=True):
        assert slow.minutes > 1.7 * quick.minutes
