"""`luukku solve`: instances in, objective, bound, gap and sites out."""

from __future__ import annotations

from pathlib import Path

import pytest

from luukku.cli.output import Exit

GRAPH = "4 3 2\n1 2 3\n2 3 4\n3 4 1\n"
KEYS = {"problem", "instance", "layout", "objective", "bound", "gap", "status", "seconds", "method", "sites"}


@pytest.fixture
def graph(tmp_path: Path) -> str:
    """A path of four vertices, two sites asked."""
    path = tmp_path / "path.txt"
    path.write_text(GRAPH)
    return str(path)


def test_it_explains_itself(luukku):
    ran = luukku("solve", "--help")
    assert ran.code == Exit.OK
    assert "p-median, p-center, set-cover or max-cover" in ran.out


@pytest.mark.parametrize(
    ("question", "more", "objective", "sites"),
    [
        ("p-median", [], 4, None),
        ("p-median", ["--p", "4"], 0, [1, 2, 3, 4]),
        ("p-center", [], 3, None),
        ("set-cover", ["--within", "4"], 2, None),
        ("max-cover", ["--within", "1", "--p", "1"], 2, None),
    ],
)
def test_json_holds_the_answer_with_its_certificate(*, luukku, graph, question, more, objective, sites):
    ran = luukku("solve", question, graph, *more, "--json")
    assert ran.code == Exit.OK
    assert set(ran.json) == KEYS
    assert (ran.json["objective"], ran.json["bound"], ran.json["gap"]) == (objective, objective, 0)
    assert (ran.json["status"], ran.json["problem"], ran.json["instance"]) == ("proved", question, "path")
    assert sites is None or ran.json["sites"] == sites
    assert all(1 <= site <= 4 for site in ran.json["sites"])


def test_sites_with_names_are_told_by_name(luukku, tmp_path):
    (tmp_path / "costs.csv").write_text("customer,North,South\na,1,5\nb,2,9\n")
    assert luukku("solve", "p-median", "costs.csv", "--p", "1", "--json").json["sites"] == ["North"]


def test_without_json_it_is_a_table(luukku, graph):
    ran = luukku("solve", "p-median", graph)
    assert ran.code == Exit.OK
    assert "proved" in ran.out
    assert "sites" in ran.out


def test_a_published_instance_is_reproduced(luukku, shared_data):
    ran = luukku("solve", "p-median", str(shared_data / "benchmarks" / "pmedian" / "pmed1.txt"), "--json")
    assert (ran.json["objective"], ran.json["status"]) == (5819, "proved")


@pytest.mark.parametrize(
    ("words", "code", "kind", "told"),
    [
        (["p-median", "absent.txt"], Exit.BAD_INPUT, "bad_input", "there is no such file"),
        (["p-median", "cut.txt"], Exit.BAD_INPUT, "bad_input", "3 edges of 3 numbers"),
        (["p-median", "path.txt", "--p", "0"], Exit.IMPOSSIBLE, "impossible", "No choice of 0 sites"),
        (["p-center", "path.txt", "--p", "5"], Exit.IMPOSSIBLE, "impossible", "The most possible is 4"),
        (["set-cover", "path.txt"], Exit.IMPOSSIBLE, "contradiction", "within which cost"),
        (["p-median", "path.txt", "--p", "-1"], Exit.USAGE, "usage", "--p"),
        (["p-mean", "path.txt"], Exit.USAGE, "usage", "p-mean"),
        (["p-median", "path.txt", "--layout", "csv"], Exit.BAD_INPUT, "bad_input", "4 3 2"),
    ],
)
def test_what_cannot_be_ends_with_its_exit_code(*, luukku, graph, tmp_path, words, code, kind, told):
    (tmp_path / "cut.txt").write_text(GRAPH[:-4])
    ran = luukku("solve", *words, "--json")
    assert ran.code == code
    assert ran.out == ""
    assert ran.error["kind"] == kind
    assert told in ran.error["message"]


@pytest.mark.usefixtures("interrupted")
def test_an_interrupted_search_tells_the_best_so_far_and_ends_with_130(luukku, shared_data):
    ran = luukku("solve", "set-cover", str(shared_data / "benchmarks" / "setcover" / "scpb1.txt"), "--json")
    assert ran.code == Exit.INTERRUPTED
    assert ran.json["status"] == "interrupted"
    assert ran.json["bound"] < ran.json["objective"]


def test_a_gap_that_is_good_enough_ends_the_search(luukku, shared_data):
    path = str(shared_data / "benchmarks" / "setcover" / "scpb1.txt")
    ran = luukku("solve", "set-cover", path, "--unit-costs", "--gap", "0.9", "--json")
    assert ran.code == Exit.OK
    assert ran.json["status"] == "gap"
    assert 0 < ran.json["gap"] <= 0.9
