"""Other people in the same areas."""

from __future__ import annotations

import numpy as np
import pytest
from small_country import PEOPLE, SOURCE, TOWN_OF

from luukku.country.model import Cells
from luukku.country.readers import PopulationTable
from luukku.errors import BadInput
from luukku.plan.population import by_municipality, by_nearest_area, with_population


@pytest.fixture
def table():
    """A forecast in which every municipality but the first stays, and the first halves by 2030."""
    towns = tuple(sorted(set(TOWN_OF.tolist())))
    now = np.array([PEOPLE[town == TOWN_OF].sum() for town in towns])
    then = now * np.where(np.array(towns) == "001", 0.5, 1.0)
    return PopulationTable(
        areas=("SSS", *towns),
        names=("All", *towns),
        years=(2022, 2030),
        groups=(),
        people=np.column_stack((np.append(now.sum(), now), np.append(then.sum(), then))),
        status={},
        content="people",
        source=SOURCE,
    )


def without(table, code):
    keep = [place for place, area in enumerate(table.areas) if area != code]
    return PopulationTable(
        areas=tuple(table.areas[place] for place in keep),
        names=tuple(table.names[place] for place in keep),
        years=table.years,
        groups=(),
        people=table.people[keep],
        status={},
        content="people",
        source=SOURCE,
    )


def test_areas_follow_their_municipality_in_the_last_year_of_the_table(country, table, tmp_path):
    found = by_municipality(country, table, tmp_path / "f.json").cells

    assert found.year == 2030
    assert found.people[:2] == pytest.approx(PEOPLE[:2] / 2)
    assert found.people[2:] == pytest.approx(PEOPLE[2:])


def test_a_year_may_be_chosen(country, table, tmp_path):
    assert by_municipality(country, table, tmp_path / "f.json", 2022).cells.people == pytest.approx(PEOPLE)


def test_a_year_that_is_not_there_is_refused_with_the_years_there_are(country, table, tmp_path):
    with pytest.raises(BadInput, match="2022-2030"):
        by_municipality(country, table, tmp_path / "f.json", 2040)


def test_an_area_without_a_municipality_changes_as_the_whole_country(country, table, tmp_path):
    country.cells.municipality[9] = ""

    found = by_municipality(country, table, tmp_path / "f.json").cells

    then = table.people[1:-1, 1].sum()  # without the island, where nobody is left
    assert found.people[9] == pytest.approx(PEOPLE[9] * then / PEOPLE[:9].sum())


def test_a_municipality_that_is_missing_is_refused_by_its_code(country, table, tmp_path):
    with pytest.raises(BadInput, match="003"):
        by_municipality(country, without(table, "003"), tmp_path / "f.json")


def test_a_number_that_is_missing_is_refused_by_its_code(country, table, tmp_path):
    table.people[2, 1] = np.nan

    with pytest.raises(BadInput, match="002"):
        by_municipality(country, table, tmp_path / "f.json")


def test_grid_cells_are_counted_in_the_area_whose_centre_is_nearest(country):
    grid = Cells(
        code=np.array(["a", "b", "c"]),
        name=np.array(["a", "b", "c"]),
        municipality=np.array(["", "", ""]),
        people=np.array([10.0, 20.0, 30.0]),
        x=np.array([301_000.0, 299_000.0, 461_000.0]),
        y=np.full(3, 6_801_000.0),
        year=2023,
        source=SOURCE,
    )

    found = by_nearest_area(country, grid).cells

    assert found.people[[0, 8]].tolist() == [30.0, 30.0]
    assert found.people.sum() == 60.0
    assert found.year == 2023


def test_the_travel_times_stay_whoever_lives_in_the_areas(country, table, tmp_path):
    found = by_municipality(country, table, tmp_path / "f.json").cells

    assert (found.code == country.cells.code).all()


def test_a_grid_file_is_read_by_its_ending(country, tmp_path):
    (tmp_path / "grid.csv").write_text("", encoding="utf-8")

    with pytest.raises(BadInput, match=r"grid\.csv"):
        with_population(country, tmp_path / "grid.csv")


def test_a_table_that_is_no_table_is_bad_input(country, tmp_path):
    (tmp_path / "forecast.json").write_text("[1]", encoding="utf-8")

    with pytest.raises(BadInput, match=r"forecast\.json"):
        with_population(country, tmp_path / "forecast.json")
