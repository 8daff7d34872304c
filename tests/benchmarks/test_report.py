"""The report of figures: a section a benchmark, and what was not reached told first."""

from __future__ import annotations

import run
from measure import Row, at_least, at_most

SECTION = """## `bench_a`

| what | asked | measured | reached | note |
|---|---|---|---|---|
| quick | at most 1 s | 0.5 s | yes |  |
| slow | at most 1 s | 2.5 s | no | a busy machine |
| told |  | 3 s |  |  |
"""


def test_a_figure_is_judged_before_it_is_rounded():
    assert at_most("memory", 2, 2.001, "GiB", digits=1).verdict == "no"
    assert at_least("ratio", 10, 9.96, "times").verdict == "no"
    assert at_most("time", 1, 1.0, "s").verdict == "yes"
    assert Row("size", "", "3", "MB").verdict == ""


def test_a_figure_that_is_not_reached_says_so_aloud():
    assert str(at_most("time", 1, 2.0, "s")) == "time: 2.0 s, asked at most 1 s, NOT reached"


def test_the_report_begins_with_what_was_not_reached():
    told = run.verdicts({"bench_a": SECTION})
    assert told.splitlines()[0] == "Of 2 figures asked 1 were reached."
    assert told.splitlines()[3:] == ["- slow: 2.5 s (asked: at most 1 s)"]


def test_a_section_that_is_measured_again_takes_the_place_of_the_old_one(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "REPORT", tmp_path / "benchmarks.md")
    run.write("bench_a", SECTION.splitlines())
    run.write("bench_b", ["## `bench_b`", "", "Nothing yet."])
    run.write("bench_a", [line.replace("2.5 s | no", "0.9 s | yes") for line in SECTION.splitlines()])
    text = run.REPORT.read_text()
    assert text.count("## `bench_a`") == text.count("## `bench_b`") == 1
    assert "Of 2 figures asked 2 were reached." in text
    assert "Not reached" not in text
