"""The checker of the benchmarks: it passes what is right and refuses what is not."""

from __future__ import annotations

import checker
import numpy as np
import pytest

from luukku.network.instances import answer, read_instance

RIGHT = {"objective": 10.0, "bound": 10.0, "gap": 0.0, "status": "proved"}
LINE = np.array([[0.0, 3.0, 7.0], [3.0, 0.0, 4.0], [7.0, 4.0, 0.0]])
ALL = np.ones(3)


def test_a_right_certificate_has_no_fault():
    assert checker.certificate_faults(RIGHT, known=10) == []
    assert checker.certificate_faults({**RIGHT, "bound": 9.0, "gap": 0.1, "status": "time"}, known=9.5) == []
    assert checker.certificate_faults({**RIGHT, "bound": 11.0, "gap": 0.1, "status": "time"}, most=True) == []


@pytest.mark.parametrize(
    ("change", "known", "told"),
    [
        ({"bound": 11.0, "gap": 0.1}, None, "past the objective"),
        ({"bound": 9.0}, None, "the gap 0 is not that"),
        ({"bound": 9.0, "gap": 0.1}, None, "called proved"),
        ({"bound": 9.0, "gap": 0.1, "status": "time"}, 8.0, "past the known optimum"),
        ({}, 11.0, "better than the known optimum"),
        ({"bound": float("-inf"), "gap": float("inf")}, None, "not all finite"),
    ],
)
def test_a_wrong_certificate_is_refused(change, known, told):
    assert told in " ".join(checker.certificate_faults({**RIGHT, **change}, known=known))


def test_a_wrong_choice_is_refused():
    assert checker.median_value(LINE, ALL, [0], 1) == (10.0, [])
    assert "2 were asked" in checker.median_value(LINE, ALL, [0], 2)[1][0]
    assert "twice" in checker.center_value(LINE, ALL, [1, 1], 2)[1][0]
    assert "none of the 3" in checker.covered_value(LINE, ALL, [-1], 1, 4.0)[1][0]
    assert "within 3" in checker.fewest_value(LINE, ALL, [1], 3.0)[1][0]
    assert checker.fewest_value(LINE, ALL, [1], 4.0) == (1.0, [])
    away = np.where(LINE > 4, np.inf, LINE)
    assert "served by no site" in checker.median_value(away, ALL, [0], 1)[1][0]
    assert "1 rows" in checker.cover_value([{0}, {1}], np.ones(2), 2, [0])[1][0]


def test_an_objective_that_the_choice_is_not_worth_is_refused():
    faults = checker.solution_faults(checker.median_value(LINE, ALL, [1], 1), RIGHT)
    assert "worth 7" in faults[0]


def test_prices_bound_by_weak_duality():
    assert checker.median_bound(LINE, ALL, 1, np.array([7.0, 4.0, 7.0])) == 7.0
    assert checker.cover_bound([{0, 1}, {1, 2}], np.array([2.0, 2.0]), np.array([2.0, 0.0, 2.0])) == 4.0
    assert checker.cover_bound([{0, 1}], np.array([2.0]), np.array([2.0, 2.0])) == 2.0
    with pytest.raises(ValueError, match="at least 0"):
        checker.cover_bound([{0}], np.array([2.0]), np.array([-1.0]))
    assert checker.center_bound(LINE, 4.0, 1, {0: 1.0, 2: 1.0})
    assert not checker.center_bound(LINE, 5.0, 1, {0: 1.0, 2: 1.0})


def test_prices_bound_what_sites_cover_and_a_site_left_out_needs_one_that_covers_as_much():
    covers = [np.array([0, 1]), np.array([1, 2]), np.array([1])]
    people = np.array([4.0, 2.0, 3.0, 9.0])  # nobody reaches the last
    assert checker.most_value(covers, people, [0], 1) == (6.0, [])
    assert "2 were asked" in checker.most_value(covers, people, [0], 2)[1][0]
    assert checker.most_bound(covers, people, 1, np.array([4.0, 2.0, 3.0, 0.0]), {2: 0}) == 6.0
    assert checker.most_bound(covers, people, 2, np.zeros(4), {}) == 9.0
    with pytest.raises(ValueError, match="between 0 and their people"):
        checker.most_bound(covers, people, 1, np.array([5.0, 0.0, 0.0, 0.0]), {})
    with pytest.raises(ValueError, match="does not cover all"):
        checker.most_bound(covers, people, 1, np.zeros(4), {0: 1})


@pytest.mark.parametrize("name", ["pmed1", "pmed3"])
def test_it_reads_graphs_as_the_readers_do(shared_data, name):
    path = shared_data / "benchmarks" / "pmedian" / f"{name}.txt"
    instance = read_instance(path)
    distance, p = checker.graph_distances(path)
    assert (instance.p, instance.times.minutes.reshape(len(distance), -1).tolist()) == (p, distance.tolist())


def test_it_reads_points_as_the_readers_do(shared_data):
    path = shared_data / "benchmarks" / "pmedian" / "rl1304.tsp"
    distance = checker.point_distances(path)
    assert (read_instance(path).times.minutes.reshape(1304, 1304) == distance).all()


@pytest.mark.parametrize(("name", "by_columns"), [("scp41", False), ("rail507", True)])
def test_it_reads_covers_as_the_readers_do(shared_data, name, by_columns):
    path = shared_data / "benchmarks" / "setcover" / f"{name}.txt"
    instance = read_instance(path)
    sets, costs, rows = checker.cover_sets(path, by_columns=by_columns)
    by_column = instance.covers.tocsc()
    assert costs.tolist() == instance.costs.tolist()
    assert rows == instance.covers.shape[0]
    assert all(
        sets[column] == set(by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]].tolist())
        for column in range(0, len(sets), 97)
    )


def test_a_proved_answer_passes_it(shared_data):
    path = shared_data / "benchmarks" / "pmedian" / "pmed3.txt"
    found = answer(read_instance(path), "p-center")
    told = {"objective": found.objective, "bound": found.bound, "gap": found.gap, "status": found.stopped_by}
    distance, p = checker.graph_distances(path)
    worth = checker.center_value(distance, np.ones(len(distance)), found.sites, p)
    assert checker.solution_faults(worth, told, known=93) == []
