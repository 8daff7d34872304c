"""The population of a later year: forecast or trend, and always said which."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from luukku.country.model import Cells, Municipality
from luukku.country.provenance import Source
from luukku.errors import Impossible
from luukku.outlook import forecast, project, trend

SOURCE = Source("dataset", "made for the test")


def municipality(code: str, people: dict[int, float], merged_into: str = "") -> Municipality:
    return Municipality(code, f"Kunta {code}", f"Kommun {code}", "01", "fi", "rural", 0, 0, 0, 0, people, merged_into)


@pytest.fixture
def growing_and_shrinking() -> list[Municipality]:
    return [
        municipality("001", {year: 1000 * 1.01 ** (year - 2000) for year in range(2000, 2023)}),
        municipality("002", {year: 1000 * 0.98 ** (year - 2000) for year in range(2000, 2023)}),
    ]


@pytest.fixture
def three_cells() -> Cells:
    return Cells(
        code=np.array(["a", "b", "c"]),
        name=np.array(["A", "B", "C"]),
        municipality=np.array(["001", "002", ""]),
        people=np.array([100.0, 200.0, 50.0]),
        x=np.zeros(3),
        y=np.zeros(3),
        year=2022,
        source=SOURCE,
        extra={"swedish": np.array([10.0, 0.0, 5.0])},
    )


def test_a_steady_change_is_carried_on_at_its_own_rate(growing_and_shrinking):
    found = trend(growing_and_shrinking, 2030)
    assert found.people["001"] == pytest.approx(1000 * 1.01**30)
    assert found.people["002"] == pytest.approx(1000 * 0.98**30)


def test_a_trend_is_never_called_a_forecast(growing_and_shrinking):
    found = trend(growing_and_shrinking, 2030)
    assert found.label("en") == "trend of 2000–2022 carried on to 2030, not an official forecast"
    assert "ei virallinen ennuste" in found.label("fi")
    assert "inte en officiell prognos" in found.label("sv")
    assert found.method == "trend"


def test_the_projection_starts_from_the_people_last_counted(growing_and_shrinking):
    jump = replace(growing_and_shrinking[0], people={**growing_and_shrinking[0].people, 2022: 5000.0})
    assert trend([jump], 2022).people["001"] == 5000.0


def test_an_official_forecast_is_taken_from_a_table_that_was_read(growing_and_shrinking):
    from luukku.country.readers import PopulationTable

    people = np.array([[1000.0, 1300.0], [900.0, 600.0], [5e6, 5.5e6]])
    table = PopulationTable(("001", "002", "SSS"), ("A", "B", "Koko maa"), (2025, 2030), (), people, {}, "", SOURCE)
    found = forecast(growing_and_shrinking, table.by_municipality(2030), 2030, table.source)
    assert found.people == pytest.approx({"001": 1300.0, "002": 600.0})
    assert found.method == "forecast"


def test_merged_municipalities_are_left_to_their_heirs(growing_and_shrinking):
    gone = municipality("009", {2000: 10.0}, merged_into="001")
    assert "009" not in trend([*growing_and_shrinking, gone], 2030).people


def test_a_municipality_without_counts_is_named(growing_and_shrinking):
    with pytest.raises(Impossible, match="Kunta 003"):
        trend([*growing_and_shrinking, municipality("003", {2022: 10.0})], 2030)


def test_a_trend_does_not_go_backwards(growing_and_shrinking):
    with pytest.raises(Impossible, match="before 2022"):
        trend(growing_and_shrinking, 2015)


def test_an_imported_forecast_is_taken_as_it_is(growing_and_shrinking):
    found = forecast(growing_and_shrinking, {"001": 1300.0, "002": 600.0}, 2030, SOURCE)
    assert found.people == pytest.approx({"001": 1300.0, "002": 600.0})
    assert found.label("fi") == "virallinen väestöennuste vuodelle 2030"


def test_a_municipality_that_has_merged_changes_as_its_heir_does(growing_and_shrinking):
    merged = municipality("009", {2022: 500.0, 2021: 500.0}, merged_into="001")
    both = growing_and_shrinking[0].people[2022] + 500
    found = forecast([*growing_and_shrinking, merged], {"001": 2 * both, "002": 600.0}, 2030, SOURCE)
    assert found.people["009"] == pytest.approx(1000)
    assert found.people["001"] + found.people["009"] == pytest.approx(2 * both)


def test_a_forecast_that_leaves_a_municipality_out_is_refused_by_name(growing_and_shrinking):
    with pytest.raises(Impossible, match="Kunta 002"):
        forecast(growing_and_shrinking, {"001": 1300.0}, 2030, SOURCE)


def test_cells_change_as_their_municipality_and_the_nameless_as_the_whole_country(growing_and_shrinking, three_cells):
    projection = trend(growing_and_shrinking, 2030)
    found = project(three_cells, projection)
    assert found.year == 2030
    assert found.people[:2] == pytest.approx([100 * 1.01**8, 200 * 0.98**8])
    counted = [m.people[2022] for m in growing_and_shrinking]
    assert found.people[2] == pytest.approx(50 * sum(projection.people.values()) / sum(counted))
    assert found.extra["swedish"][0] == pytest.approx(10 * 1.01**8)
    assert "not an official forecast" in str(found.source)


def test_the_trend_of_the_real_municipalities_tells_most_of_a_known_later_year():
    """Carried on from 2000-2014, the trend has to come nearer to the counted 2022 than "nothing changes" does."""
    from luukku.country import finland

    municipalities = [m for m in finland().municipalities if not m.merged_into and m.people]
    found = trend(municipalities, 2022, last=2014)
    known = np.array([m.people[2022] for m in municipalities])
    told = np.array([found.people[m.code] for m in municipalities])
    stood = np.array([m.people[2014] for m in municipalities])
    assert np.abs(told - known).sum() < 0.75 * np.abs(stood - known).sum()
