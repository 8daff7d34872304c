"""`luukku plan`: the plan is proved, written, told, and interrupted without loss."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from luukku.cli.output import Exit
from luukku.plan.document import schema
from luukku.plan.folder import FILES, read_plan


def test_the_fewest_points_for_995_per_mille_are_proved(luukku, tmp_path):
    ran = luukku("plan", "--minutes", "60", "--coverage", "0.995", "--json")

    assert ran.code == 0, ran.err
    told = ran.json
    assert told["certificate"]["proved"]
    assert told["certificate"]["value"] == told["certificate"]["bound"] == len(told["points"])
    assert told["figures"]["share"] >= 0.995
    assert told["folder"] == "luukku-plan"
    study = told["comparisons"][0]
    assert (study["about"], study["there"]) == ("points_of_study", 90)
    assert study["difference"] == len(told["points"]) - 90
    assert len(study["note"]) > 100
    longer, shorter = (effect["here"] for effect in study["effects"])
    assert shorter <= len(told["points"]) <= longer
    assert sorted(entry.name for entry in (tmp_path / "luukku-plan").iterdir()) == sorted(FILES)


def test_the_printed_json_fits_the_schema_but_for_the_folder(luukku):
    told = luukku("plan", "--coverage", "0.9", "--json").json

    del told["folder"]
    Draft202012Validator(schema()).validate(told)


def test_the_plan_is_told_in_tables_with_its_proof_and_sources(luukku):
    ran = luukku("plan", "--coverage", "0.9", "--out", "p")

    assert ran.code == 0
    assert "Proved: no smaller number" in ran.out
    assert "Helsinki" in ran.out
    assert "CC BY 4.0" in ran.out


def test_the_tables_and_the_summary_are_in_the_language_asked(luukku, tmp_path):
    ran = luukku("plan", "--coverage", "0.9", "--language", "sv")

    assert "Bevisat:" in ran.out
    assert "Fastlandsfinland" in (tmp_path / "luukku-plan" / "summary.md").read_text("utf-8")


def test_a_regional_plan_has_its_centre_and_points_across_the_border(luukku, tmp_path):
    assert luukku("plan", "--coverage", "0.9", "--out", "country").code == 0

    told = luukku("plan", "--region", "Pohjois-Karjala", "--coverage", "0.99", "--neighbours", "country", "--json").json

    assert told["region"]["sv"] == "Norra Karelen"
    assert {point["region"] for point in told["points"]} == {"12"}
    assert "M167" in {point["code"] for point in told["points"]}
    assert all(point["people_nearest"] > 0 for point in told["neighbours"])


def test_fixed_and_forbidden_places_are_held(luukku):
    told = luukku(
        "plan",
        "--region",
        "12",
        "--coverage",
        "0.95",
        "--fix",
        "Nurmes",
        "--fix",
        "M422",
        "--forbid",
        "Kitee",
        "--json",
    ).json

    points = {point["code"] for point in told["points"]}
    assert {"M541", "M422"} <= points
    assert "M260" not in points


def test_so_many_points_cover_the_most_people(luukku):
    told = luukku("plan", "--points-count", "30", "--json").json

    assert told["asked"]["objective"] == "covered"
    assert len(told["points"]) == 30
    assert told["certificate"]["value"] == pytest.approx(told["figures"]["within"])


def test_a_budget_is_spent_on_new_points_and_existing_ones_are_free(luukku, tmp_path):
    (tmp_path / "today.csv").write_text("id,name,x,y\nown,Here,534000,7123000\n", encoding="utf-8")
    told = luukku(
        *("plan", "--region", "Kainuu", "--keep", "none", "--budget", "25", "--cost-per-point", "10"),
        *("--existing", "today.csv", "--json"),
    ).json

    new = [point for point in told["points"] if point["code"] != "own"]
    assert told["asked"]["budget"] == 25
    assert told["asked"]["existing"] == "today.csv"
    assert told["certificate"]["spent"] == 10 * len(new) <= 25
    assert told["certificate"]["proved"]
    del told["folder"]
    Draft202012Validator(schema()).validate(told)


def test_every_new_point_has_the_base_that_was_asked(luukku):
    told = luukku("plan", "--region", "Pohjois-Karjala", "--base-by", "nearest", "--time-limit", "10", "--json").json

    chosen = [point for point in told["points"] if not point["given"]]
    assert chosen
    assert all(point["people_nearest"] >= 10_000 for point in chosen)
    assert told["asked"]["objective"] == "covered"


@pytest.mark.parametrize(
    "words",
    [
        ("--objective", "fewest", "--points-count", "5"),
        ("--objective", "access"),
        ("--points-count", "5", "--coverage", "0.9"),
        ("--coverage", "1.5"),
        ("--points-count", "0"),
        ("--neighbours", "centres"),
        ("--budget", "5", "--points-count", "5"),
        ("--budget", "5", "--objective", "fewest"),
        ("--budget", "5", "--coverage", "0.9"),
        ("--budget", "-1"),
        ("--cost-per-point", "5", "--points-count", "20"),
        ("--base-by", "nearest", "--objective", "access"),
        ("--base-by", "nearest", "--budget", "5"),
        ("--base-by", "farthest"),
        ("--capacity", "100"),
        ("--capacity", "100", "--points-count", "20", "--base-by", "nearest"),
    ],
    ids=" ".join,
)
def test_options_that_exclude_each_other_are_wrong_use(luukku, tmp_path, words):
    assert luukku("plan", *words).code == Exit.USAGE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--minutes", "10", "--coverage", "0.999"), "best possible"),
        (("--points-count", "100000"), "most possible"),
        (("--fix", "Kitee", "--forbid", "Kitee"), "Kitee"),
        (("--forbid", "Helsinki"), "--keep none"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_impossible_is_told_with_what_is_possible_and_nothing_is_written(luukku, tmp_path, words, told):
    ran = luukku("plan", *words, "--json")

    assert ran.code == Exit.IMPOSSIBLE
    assert told in ran.error["message"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--region", "Atlantis"), "Pohjois-Karjala"),
        (("--fix", "Atlantis"), "Atlantis"),
        (("--candidates", "missing.csv"), "missing.csv"),
        (("--population-file", "missing.gpkg"), "missing.gpkg"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_nobody_knows_is_bad_input(luukku, tmp_path, words, told):
    ran = luukku("plan", *words, "--json")

    assert ran.code == Exit.BAD_INPUT
    assert told in ran.error["message"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_candidates_with_faults_names_row_and_column(luukku, tmp_path):
    (tmp_path / "c.csv").write_text("id,name,lon,lat\na,A,62.1,30.1\n", encoding="utf-8")

    ran = luukku("plan", "--candidates", "c.csv", "--json")

    assert ran.code == Exit.BAD_INPUT
    fault = ran.error["faults"][0]
    assert fault["row"] == 2
    assert fault["column"]
    assert fault["cure"]


def test_a_folder_with_other_files_is_left_alone(luukku, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notes.txt").write_text("mine")

    ran = luukku("plan", "--coverage", "0.9", "--out", "work")

    assert ran.code == Exit.BAD_INPUT
    assert "notes.txt" in ran.err
    assert [entry.name for entry in (tmp_path / "work").iterdir()] == ["notes.txt"]


def test_a_folder_in_a_strange_place_is_fine(luukku, tmp_path):
    assert luukku("plan", "--coverage", "0.5", "--out", "Ääkkösiä/ja ☃").code == 0
    assert read_plan(tmp_path / "Ääkkösiä" / "ja ☃").certificate.proved


def test_a_plan_without_proof_ends_with_five_when_a_proof_is_required(luukku, tmp_path):
    words = ("plan", "--keep", "none", "--coverage", "0.995", "--time-limit", "0.1")

    ran = luukku(*words, "--require-proof", "--json")

    assert ran.code == Exit.NOT_PROVED
    assert json.loads(ran.err)["error"]["kind"] == "not_proved"
    plan = read_plan(tmp_path / "luukku-plan")
    assert not plan.certificate.proved
    assert plan.certificate.bound < plan.certificate.value
    assert plan.figures.share >= 0.995
    assert luukku(*words).code == Exit.OK


def test_a_forecast_by_municipality_changes_the_people(luukku, tmp_path):
    from luukku.country import finland

    towns = [town for town in finland().municipalities if town.people]
    (tmp_path / "forecast.json").write_text(json.dumps(json_stat(towns)), encoding="utf-8")

    told = luukku("evaluate", "--population-file", "forecast.json", "--with-aland", "--json").json

    assert told["year"] == 2030
    assert told["figures"]["people"] == pytest.approx(1_000 * len(towns), rel=1e-6)


def json_stat(towns):
    """A PxWeb answer with a thousand people in every municipality in 2030."""
    index = {f"KU{town.code}": number for number, town in enumerate(towns)}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "forecast",
        "source": "Statistics Finland",
        "id": ["Alue", "Vuosi", "Tiedot"],
        "size": [len(towns), 1, 1],
        "role": {"time": ["Vuosi"], "metric": ["Tiedot"]},
        "dimension": {
            "Alue": {
                "label": "Area",
                "category": {"index": index, "label": {f"KU{town.code}": town.name_fi for town in towns}},
            },
            "Vuosi": {"label": "Year", "category": {"index": {"2030": 0}, "label": {"2030": "2030"}}},
            "Tiedot": {
                "label": "Content",
                "category": {"index": {"vaesto": 0}, "label": {"vaesto": "Population 31 Dec"}},
            },
        },
        "value": [1_000] * len(towns),
    }


def wait_until_it_has_computed(process, seconds):
    """Wait for so many seconds of the process's own computing time, however busy the machine is."""
    ticks = seconds * os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        after_name = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        if int(after_name[11]) + int(after_name[12]) >= ticks:
            return
        time.sleep(0.05)


def test_ctrl_c_writes_the_best_plan_so_far_and_ends_with_130(tmp_path):
    command = [sys.executable, "-c", "from luukku.cli import main; main()", "plan", "--keep", "none"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LUUKKU_LANGUAGE": "en"}
    with subprocess.Popen(
        [*command, "--coverage", "0.995", "--time-limit", "120"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until_it_has_computed(process, seconds=4)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert process.returncode == Exit.INTERRUPTED, err
    assert "Not proved" in out
    plan = read_plan(tmp_path / "luukku-plan")
    assert plan.certificate.stopped_by == "asked"
    assert plan.certificate.bound < plan.certificate.value
    assert plan.figures.share >= 0.995
