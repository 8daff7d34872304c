"""Searches on a Dask cluster."""

from __future__ import annotations

import numpy as np
import pytest

from luukku.travel.access import Access
from luukku.travel.graph import RoadGraph, road_graph
from luukku.travel.paths import travel_times
from luukku.travel.speeds import Speeds
from luukku.travel.spread import ClusterError, cluster

from .conftest import cells_at, roads_of, sites_at

distributed = pytest.importorskip("distributed", reason="Dask comes with the extra 'cluster'")
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def two_workers():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as local:
        yield local.scheduler_address


@pytest.fixture
def town(sixty: Speeds) -> RoadGraph:
    rng = np.random.default_rng(7)
    places = [(float(x), float(y)) for x, y in rng.integers(0, 30_000, (300, 2))]
    links = [(int(a), int(b), float(m), "street") for a, b, m in rng.integers(0, (300, 300, 9_000), (900, 3))]
    return road_graph(roads_of(places, links), sixty)


def test_a_cluster_gives_the_same_minutes_to_the_last_bit(two_workers: str, town: RoadGraph) -> None:
    at = list(zip(town.roads.x.tolist(), town.roads.y.tolist(), strict=True))
    told: list[tuple[int, int]] = []
    here, there = (
        travel_times(town, sites_at(*at[:100]), cells_at(*at), 25.0, access=Access(), **chosen)
        for chosen in ({}, {"workers": cluster(two_workers), "progress": lambda *done: told.append(done)})
    )
    assert len(here.cell) > 1_000
    for part in ("start", "cell", "minutes"):
        np.testing.assert_array_equal(getattr(there, part), getattr(here, part))
    assert told[-1] == (100, 100)


def test_a_fault_on_a_worker_is_told(two_workers: str) -> None:
    with pytest.raises(ClusterError, match="broke down: integer division"):
        list(cluster(two_workers)(lambda _shared, _batch: 1 // 0, None, [np.array([0])]))  # type: ignore[arg-type,return-value]


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.travel.spread.PATIENCE", 1)
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at 'tcp://127\.0\.0\.1:9'"):
        list(cluster("tcp://127.0.0.1:9")(lambda _shared, _batch: None, None, []))  # type: ignore[arg-type,return-value]


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(ClusterError, match="No Dask scheduler answers"):
        list(cluster("nowhere://at all")(lambda _shared, _batch: None, None, []))  # type: ignore[arg-type,return-value]


def test_a_cluster_without_workers_is_told() -> None:
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as local,
        pytest.raises(ClusterError, match="has no worker"),
    ):
        list(cluster(local.scheduler_address)(lambda _shared, _batch: None, None, []))  # type: ignore[arg-type,return-value]


def test_workers_of_another_version_are_refused(two_workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.travel.spread.__version__", "99.0")
    with pytest.raises(ClusterError, match=r"this is 99\.0\. Install the same everywhere"):
        list(cluster(two_workers)(lambda _shared, _batch: None, None, []))  # type: ignore[arg-type,return-value]


def test_without_dask_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'luukku\[cluster\]'"):
        list(cluster("tcp://127.0.0.1:8786")(lambda _shared, _batch: None, None, []))  # type: ignore[arg-type,return-value]
