"""A search is told while it lasts, and Ctrl-C stops it with the best so far."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from luukku.cli.search import Search, so_far
from luukku.network.problem import Progress


@pytest.mark.parametrize(
    ("value", "bound", "told"),
    [
        (None, None, "Searching: best none yet, bound unknown"),
        (80.0, None, "Searching: best 80, bound unknown"),
        (80.0, 78.0, "Searching: best 80, bound 78, gap 2.500%"),
        (4_000_000.0, 4_001_000.5, "Searching: best 4,000,000, bound 4,001,000.5, gap 0.025%"),
        (0.0, 0.0, "Searching: best 0, bound 0, gap 0.000%"),
    ],
)
def test_progress_tells_the_best_so_far_its_bound_and_the_gap(value, bound, told):
    assert so_far(Progress(1.0, value, bound)) == told


def test_the_first_interrupt_asks_the_work_to_stop_and_gives_its_best():
    search = Search(lambda _now: None)

    def work():
        os.kill(os.getpid(), signal.SIGINT)
        assert search.interrupted.wait(10)
        return "the best so far"

    assert search.run(work) == "the best so far"


def test_the_second_interrupt_ends_at_once():
    search = Search(lambda _now: None)
    over = threading.Event()

    def work():
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)
        over.wait(10)

    with pytest.raises(KeyboardInterrupt):
        search.run(work)
    over.set()


def test_an_error_of_the_work_comes_out_as_it_is():
    def work():
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        Search(lambda _now: None).run(work)
