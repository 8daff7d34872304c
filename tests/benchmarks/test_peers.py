"""Comparing with peers: equal tasks, and ratios that say when answers are not the same."""

from __future__ import annotations

import bench_peers
import numpy as np
import peers
import pytest

TASK = bench_peers.Task("a task", "max-cover", {}, {})
OURS = {"objective": 10.0, "seconds": 0.5, "status": "proved"}


def test_a_ratio_comes_with_both_times_and_whether_the_answer_is_the_same():
    row = bench_peers.compared(TASK, "peer", 10, OURS, {"objective": 10.0, "seconds": 6.0, "status": "ok"})
    assert (row.measured, row.unit, row.asked, row.reached) == ("12", "x", "at least 10 x", True)
    assert row.note == "Luukku 0.5 s, peer 6 s; same answer"


def test_different_answers_are_said_loudly():
    row = bench_peers.compared(TASK, "peer", 10, OURS, {"objective": 9.0, "seconds": 6.0, "status": "Optimal"})
    assert "DIFFERENT answers: Luukku 10, peer 9" in row.note
    assert row.reached is False


def test_a_peer_at_its_time_limit_is_not_taken_at_its_word():
    late = {"objective": 9.0, "seconds": bench_peers.SECONDS, "status": "Optimal"}
    row = bench_peers.compared(TASK, "peer", None, OURS, late)
    assert row.measured == "more than 240"
    assert "ran into its time limit" in row.note


def test_an_answer_of_ours_without_proof_is_said():
    row = bench_peers.compared(TASK, "peer", None, {**OURS, "status": "time"}, {**OURS, "seconds": 1.0})
    assert "Luukku's answer is not proved (time)" in row.note


def test_a_peer_that_does_not_install_or_fails_is_left_out_with_the_reason():
    row = bench_peers.compared(TASK, "peer", 1, OURS, {"failed": "does not install: no wheel"})
    assert (row.measured, row.reached, row.note) == ("not compared", None, "peer: does not install: no wheel")


@pytest.fixture(scope="module")
def tasks(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUUKKU_BENCH_CACHE", str(tmp_path_factory.mktemp("cache")))
        made = [rung() for ladder in bench_peers.ladders(quick=True) for rung in ladder.rungs]
        return {task.question: task for task in made}


def test_quick_tasks_ask_every_question(tasks):
    assert set(tasks) >= {"p-median", "p-center", "set-cover", "max-cover", "travel"}


@pytest.mark.parametrize("question", ["set-cover", "max-cover"])
def test_scipy_and_luukku_answer_covering_alike(tasks, question, tmp_path):
    path = tmp_path / "task.npz"
    np.savez(path, question=np.array(question), **tasks[question].data)
    ours, theirs = (peers.main(str(path), method, 60.0) for method in ("luukku", "scipy"))
    assert ours["objective"] == pytest.approx(theirs["objective"])
    assert ours["seconds"] > 0


def test_scipy_and_luukku_find_the_same_travel_times(tasks, tmp_path):
    path = tmp_path / "task.npz"
    np.savez(path, question=np.array("travel"), **tasks["travel"].data)
    ours, theirs = (peers.main(str(path), method, 60.0) for method in ("luukku", "scipy"))
    assert ours["pairs"] == theirs["pairs"] > 1000
    assert ours["objective"] == pytest.approx(theirs["objective"])
