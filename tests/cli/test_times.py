"""`luukku times`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from luukku.country import finland
from luukku.country.projection import to_wgs84
from luukku.travel.times import TravelTimes


@pytest.fixture
def kitee_by_bus(tmp_path: Path) -> Path:
    """A feed with a bus every quarter of an hour from beside the area of Kitee to the centre of Joensuu."""
    country = finland()
    cells = country.cells
    kitee = cells.code.tolist().index("82500")
    joensuu = next(m for m in country.municipalities if m.name_fi == "Joensuu")
    stops = ["stop_id,stop_lat,stop_lon"]
    for stop, x, y in (("kitee", cells.x[kitee], cells.y[kitee]), ("joensuu", joensuu.x, joensuu.y)):
        lon, lat = to_wgs84(x, y)
        stops.append(f"{stop},{float(lat)},{float(lon)}")
    trips, calls = ["trip_id,service_id"], ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for minute in range(7 * 60, 18 * 60, 15):
        trips.append(f"t{minute},weekdays")
        for sequence, (stop, at) in enumerate((("kitee", minute), ("joensuu", minute + 50))):
            clock = f"{at // 60:02d}:{at % 60:02d}:00"
            calls.append(f"t{minute},{clock},{clock},{stop},{sequence}")
    with zipfile.ZipFile(tmp_path / "gtfs.zip", "w") as archive:
        archive.writestr("stops.txt", "\n".join(stops))
        archive.writestr("trips.txt", "\n".join(trips))
        archive.writestr("stop_times.txt", "\n".join(calls))
        archive.writestr(
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            "weekdays,1,1,1,1,1,0,0,20260101,20261231\n",
        )
    return tmp_path / "gtfs.zip"


def test_car_and_public_transport_stand_side_by_side(luukku, kitee_by_bus: Path) -> None:
    told = luukku("times", "--timetable", str(kitee_by_bus), "--day", "2026-06-01", "--json").json
    car, transit = told["modes"]
    assert [car["mode"], transit["mode"]] == ["car", "transit"]
    assert 0 < transit["within"]["60.0"] < car["within"]["60.0"] < 1
    assert transit["beyond"] > car["beyond"]
    assert "2026-06-01" in transit["source"]
    shown = luukku("times", "--timetable", str(kitee_by_bus)).out
    assert "transit" in shown
    assert "people within 60 min" in shown


def test_a_plan_is_reported_by_car_and_public_transport(luukku, kitee_by_bus: Path) -> None:
    assert luukku("plan", "--points-count", "18", "--time-limit", "5").code == 0
    told = luukku("times", "--points", "luukku-plan", "--timetable", str(kitee_by_bus), "--json").json
    of_centres = luukku("times", "--timetable", str(kitee_by_bus), "--json").json
    assert told["modes"] == of_centres["modes"]  # so many points are the centres, given beforehand


def test_a_plan_tells_public_transport_beside_the_car(luukku, kitee_by_bus: Path) -> None:
    ran = luukku("plan", "--points-count", "18", "--time-limit", "5", "--timetable", str(kitee_by_bus))
    assert ran.code == 0
    assert "by public transport or on foot" in ran.out
    car, transit = luukku("evaluate", "--points", "luukku-plan", "--timetable", str(kitee_by_bus), "--json").json[
        "modes"
    ]
    within = [{ring["minutes"]: ring["share"] for ring in mode["rings"]}[60.0] for mode in (car, transit)]
    assert 0 < within[1] < within[0] < 1


def test_the_matrices_are_written_for_later(luukku, kitee_by_bus: Path, tmp_path: Path) -> None:
    assert luukku("times", "--timetable", str(kitee_by_bus), "--out", "minutes").code == 0
    transit = TravelTimes.load(tmp_path / "minutes" / "transit")
    assert transit.sites == TravelTimes.load(tmp_path / "minutes" / "car").sites == 18
    kitee = finland().cells.code.tolist().index("82500")
    assert transit.by_cell().of(kitee)[1].tolist() == [57.0]  # 50 on the bus; of waits of 0 to 14 minutes the middle


def test_a_folder_that_is_there_is_not_written_over(luukku, tmp_path: Path) -> None:
    (tmp_path / "minutes").mkdir()
    ran = luukku("times", "--out", "minutes", "--json")
    assert ran.code == 4
    assert "is there already" in ran.error["message"]


def test_a_grid_without_roads_or_timetable_is_wrong_use(luukku) -> None:
    assert "give --roads or --timetable" in luukku("times", "--cells", "grid.csv").err


@pytest.mark.parametrize("window", ["nine to three", "9", "15-", "-1-3"])
def test_a_window_that_is_no_two_hours_is_wrong_use(luukku, window: str) -> None:
    ran = luukku("times", f"--window={window}")
    assert ran.code == 2
    assert "such as 9-15" in ran.err


def test_a_feed_that_cannot_be_read_is_bad_input(luukku, tmp_path: Path) -> None:
    (tmp_path / "gtfs.zip").write_text("no zip")
    assert luukku("times", "--timetable", "gtfs.zip", "--json").error["kind"] == "bad_input"


def test_a_scheduler_that_does_not_answer_is_told(luukku, kitee_by_bus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.travel.spread.PATIENCE", 1)
    ran = luukku("times", "--timetable", str(kitee_by_bus), "--scheduler", "tcp://127.0.0.1:9")
    assert ran.code == 3
    assert "No Dask scheduler answers" in ran.err
