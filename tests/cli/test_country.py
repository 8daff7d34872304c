"""`luukku country` and `luukku criteria`."""

from __future__ import annotations

import pytest

from luukku.cli.output import Exit
from luukku.country.embedded import read_country


def test_the_country_is_told_in_json(luukku):
    told = luukku("country", "show", "--json").json

    assert told["municipalities"]["count"] == 309
    assert 3_000 <= told["areas"]["count"] <= 3_100
    assert 5.4e6 <= told["people"]["mainland"] <= 5.5e6
    assert (told["table_1"]["own"], told["table_1"]["joint"], told["table_1"]["total"]) == (731, 195, 926)
    assert "723" in told["table_1"]["note"]
    assert told["table_2"]["total"] == 234
    assert any("Joensuu" in conflict["about"] for conflict in told["conflicts"])


def test_the_country_is_told_in_tables_with_its_sources(luukku):
    ran = luukku("country", "show")

    assert ran.code == 0
    assert "309" in ran.out
    assert "731 own + 195 joint = 926" in ran.out
    assert "CC BY 4.0" in ran.out
    assert "Table 2" in ran.out


def test_a_template_is_written_and_read_back(luukku, tmp_path):
    ran = luukku("country", "template", "points.xlsx", "--json")

    assert ran.code == 0
    assert ran.json == {"file": "points.xlsx"}
    assert (tmp_path / "points.xlsx").stat().st_size > 0


def test_a_template_that_nobody_knows_is_refused(luukku):
    ran = luukku("country", "template", "weather.xlsx")

    assert ran.code == Exit.BAD_INPUT
    assert "points" in ran.err


def test_building_from_an_empty_folder_says_what_is_missing(luukku, tmp_path):
    (tmp_path / "raw").mkdir()

    ran = luukku("country", "build", "raw", "--json")

    assert ran.code == Exit.BAD_INPUT
    assert ran.error["kind"] == "bad_input"
    assert not (tmp_path / "luukku-country").exists()


def test_the_criteria_give_the_documents_figures(luukku):
    told = luukku("criteria", "--json").json

    rows = {row["visits_a_year"]: row for row in told["demand"]}
    assert round(rows[2e6]["visits_a_week_of_base"]) == rows[2e6]["document_visits_a_week"] == 77
    assert round(rows[4.4e6]["visits_a_week_of_base"]) == rows[4.4e6]["document_visits_a_week"] == 170
    assert [round(rows[visits]["base_for_100_a_week"]) for visits in (3e6, 2e6, 1e6)] == [8_617, 12_925, 25_850]
    assert [int(rows[visits]["most_points_with_100_a_week"]) for visits in (3e6, 2e6, 1e6)] == [638, 425, 212]
    assert told["most_points_of_base"] == 550
    assert (told["population"], told["weeks"]) == (5.5e6, 47)


def test_the_criteria_are_shown_in_a_table_with_their_lines(luukku):
    ran = luukku("criteria")

    assert ran.code == 0
    assert "12,925" in ran.out
    assert "L1325" in ran.out


@pytest.mark.timeout(300)
def test_a_country_built_from_the_raw_files_is_the_one_that_ships(luukku, tmp_path, shared_data, repository):
    outline = repository / "node_modules" / "world-atlas" / "countries-10m.json"
    if not outline.is_file():
        pytest.skip("node_modules/world-atlas is not installed")

    ran = luukku(
        "country", "build", str(shared_data / "finland"), "--outline", str(outline), "--out", "built", "--json"
    )

    assert ran.code == 0, ran.err
    built = read_country(tmp_path / "built" / "finland")
    assert len(built.municipalities) == 309
    shipped = repository / "src" / "luukku" / "country" / "data" / "finland" / "areas.csv"
    assert (tmp_path / "built" / "finland" / "areas.csv").read_bytes() == shipped.read_bytes()
    assert (tmp_path / "built" / "finland_minutes.npz").stat().st_size < 4_000_000
