"""A plan's folder: whole or not at all, and the same when it is read back."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from luukku.errors import BadInput, LuukkuError
from luukku.plan import model
from luukku.plan.document import schema, to_json
from luukku.plan.folder import FILES, read_plan, write_plan
from luukku.plan.model import Areas, Evaluated, Plan


def same(left: Plan, right: Plan) -> bool:
    arrays = all(
        np.array_equal(
            getattr(left.areas, entry.name), getattr(right.areas, entry.name), equal_nan=entry.name == "minutes"
        )
        for entry in fields(Areas)
    )
    return arrays and to_json(left) == to_json(right)


def test_a_plan_that_is_read_back_is_the_plan_that_was_written(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")

    assert same(read_plan(tmp_path / "plan"), small_plan)


def test_the_folder_holds_its_five_files_and_nothing_else(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")

    assert sorted(entry.name for entry in (tmp_path / "plan").iterdir()) == sorted(FILES)
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan"]


def test_names_outside_ascii_are_fine_in_folders_and_in_the_plan(small_plan, tmp_path):
    folder = tmp_path / "Pääsuunnitelma – Äänekoski ☃"

    write_plan(small_plan, folder)

    assert same(read_plan(folder), small_plan)


def test_missing_folders_above_the_plan_are_made(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plans" / "2026" / "first")

    assert (tmp_path / "plans" / "2026" / "first" / "plan.json").is_file()


def test_the_plan_fits_its_schema(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")

    written = json.loads((tmp_path / "plan" / "plan.json").read_text("utf-8"))

    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(written)


def test_the_schema_names_exactly_the_fields_of_the_model():
    described = schema()
    other = {Plan, Areas, Evaluated}
    records = [record for record in vars(model).values() if is_dataclass(record) and record not in other]

    later = {
        "Asked": {"existing", "budget", "cost_per_point", "base_by", "capacity"},
        "Certificate": {"spent", "capped"},
        "Figures": {"later"},
        "Point": {"later_visits_a_week"},
    }
    for record in records:
        names, described_as = {entry.name for entry in fields(record)}, described["$defs"][record.__name__]
        assert set(described_as["properties"]) == names
        assert set(described_as["required"]) == names - later.get(record.__name__, set())  # earlier plans have none
    assert set(described["properties"]) == {entry.name for entry in fields(Plan)} - {"areas"} | {"schema"}
    assert set(described["required"]) == set(described["properties"]) - {"modes"}  # earlier plans have none


def test_a_plan_made_before_there_were_budgets_is_read(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")
    file = tmp_path / "plan" / "plan.json"
    document = json.loads(file.read_text("utf-8"))
    for name in ("existing", "budget", "cost_per_point", "base_by", "capacity"):
        del document["asked"][name]
    del document["certificate"]["spent"]
    file.write_text(json.dumps(document), "utf-8")

    Draft202012Validator(schema()).validate(document)
    assert read_plan(tmp_path / "plan").asked == small_plan.asked


def test_a_plan_with_a_share_over_one_does_not_fit_the_schema(small_plan):
    document = to_json(small_plan)
    document["figures"]["share"] = 1.2

    assert list(Draft202012Validator(schema()).iter_errors(document))


def test_the_points_are_a_map_in_longitude_and_latitude(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")

    collection = json.loads((tmp_path / "plan" / "points.geojson").read_text("utf-8"))

    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0]["geometry"] == {"type": "Point", "coordinates": [29.76321, 62.60118]}
    assert collection["features"][1]["properties"]["name"] == "Nurmes Kes|kus"


def test_the_tables_are_utf8_with_one_row_each(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")

    with (tmp_path / "plan" / "points.csv").open(encoding="utf-8", newline="") as lines:
        points = list(csv.DictReader(lines))
    with (tmp_path / "plan" / "areas.csv").open(encoding="utf-8", newline="") as lines:
        areas = list(csv.DictReader(lines))

    assert [row["code"] for row in points] == ["M167", "A75500"]
    assert areas[1]["name"] == "Nurmes, Keskus"
    assert areas[2]["minutes"] == ""


def test_writing_again_replaces_the_old_plan(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan", "fi")
    write_plan(small_plan, tmp_path / "plan", "sv")

    assert "Kundservicepunkter" in (tmp_path / "plan" / "summary.md").read_text("utf-8")


def test_a_crash_while_the_files_are_written_leaves_the_old_plan(small_plan, tmp_path, monkeypatch):
    write_plan(small_plan, tmp_path / "plan", "fi")
    before = {name: (tmp_path / "plan" / name).read_bytes() for name in FILES}
    real = Path.write_text

    def full_disk(self, *args, **kwargs):
        if self.name == "points.geojson":
            raise OSError(28, "No space left on device")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(LuukkuError, match="No space left on device"):
        write_plan(small_plan, tmp_path / "plan", "sv")

    assert {name: (tmp_path / "plan" / name).read_bytes() for name in FILES} == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan"]


@pytest.mark.parametrize("crash", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_a_crash_while_the_new_plan_is_moved_into_place_brings_the_old_one_back(
    small_plan, tmp_path, monkeypatch, crash
):
    write_plan(small_plan, tmp_path / "plan", "fi")
    before = (tmp_path / "plan" / "summary.md").read_bytes()
    real = Path.rename

    def torn(self, target):
        if self.name == "new":
            raise crash
        return real(self, target)

    monkeypatch.setattr(Path, "rename", torn)
    with pytest.raises((LuukkuError, KeyboardInterrupt)):
        write_plan(small_plan, tmp_path / "plan", "sv")

    assert (tmp_path / "plan" / "summary.md").read_bytes() == before


def test_a_folder_with_other_files_is_never_overwritten(small_plan, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(LuukkuError, match=r"thesis\.docx"):
        write_plan(small_plan, tmp_path)

    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_a_file_in_the_place_of_the_folder_is_refused(small_plan, tmp_path):
    (tmp_path / "plan").write_text("a file")

    with pytest.raises(LuukkuError, match="not a folder"):
        write_plan(small_plan, tmp_path / "plan")


def test_a_place_that_cannot_be_written_is_told_plainly(small_plan, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(LuukkuError, match="was not written"):
        write_plan(small_plan, tmp_path / "file" / "plan")


def test_a_plan_of_another_version_is_refused_with_the_version_found(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")
    file = tmp_path / "plan" / "plan.json"
    file.write_text(file.read_text("utf-8").replace("luukku-plan/1", "luukku-plan/2"), encoding="utf-8")

    with pytest.raises(BadInput, match="luukku-plan/2"):
        read_plan(tmp_path / "plan")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1, 2]", "not a plan"),
        (b'{"schema": "luukku-plan/1"}', "is missing"),
    ],
    ids=["empty", "not UTF-8", "another JSON", "fields missing"],
)
def test_a_broken_plan_is_refused_with_what_is_wrong(small_plan, tmp_path, content, told):
    write_plan(small_plan, tmp_path / "plan")
    (tmp_path / "plan" / "plan.json").write_bytes(content)

    with pytest.raises(BadInput, match=told):
        read_plan(tmp_path / "plan")


def test_a_folder_without_a_plan_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened"):
        read_plan(tmp_path)


def test_a_broken_table_of_areas_is_refused_with_its_columns(small_plan, tmp_path):
    write_plan(small_plan, tmp_path / "plan")
    (tmp_path / "plan" / "areas.csv").write_text("code,people\n00100,many\n", encoding="utf-8")

    with pytest.raises(
        BadInput, match="code, name, municipality, municipality_fi, municipality_sv, people, minutes, point"
    ):
        read_plan(tmp_path / "plan")
