"""Reading GTFS feeds, good and ugly."""

from __future__ import annotations

import contextlib
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.errors import BadInput
from luukku.travel.gtfs import FORBIDDEN, read_gtfs

from .feeds import EVERY_DAY, place, tables, write

PLACES = {"a": (0.0, 0.0), "b": (5_000.0, 0.0), "c": (9_000.0, 0.0)}
TRIPS = {
    "t1": [("a", "08:00:00"), ("b", "08:10:00", "08:11:00"), ("c", "08:20:00")],
    "t2": [("c", "23:50:00"), ("a", "25:10:00")],
}


@pytest.fixture
def files() -> dict[str, str | bytes]:
    return dict(tables(PLACES, TRIPS))


def test_a_feed_is_read_whole(files, tmp_path: Path) -> None:
    feed = read_gtfs(write(tmp_path / "feed.zip", files))
    assert feed.stop.tolist() == ["a", "b", "c"]
    np.testing.assert_allclose(feed.x, [place(x)[0] for x, _ in PLACES.values()], atol=0.01)
    assert feed.start.tolist() == [0, 3, 5]
    assert feed.call_stop.tolist() == [0, 1, 2, 2, 0]
    assert feed.arrival.tolist() == [28_800, 29_400, 30_000, 85_800, 90_600]
    assert feed.departure.tolist() == [28_800, 29_460, 30_000, 85_800, 90_600]
    assert feed.trips_on(date(2026, 6, 1)) == 2
    assert feed.trips_on(date(2027, 6, 1)) == 0
    assert feed.days() == (date(2026, 1, 1), date(2026, 12, 31))
    assert feed.busiest_weekday() == date(2026, 1, 1)
    assert feed.source.name == "feed.zip"


def test_an_empty_row_shifts_no_row_numbers(files, tmp_path: Path) -> None:
    files["trips.txt"] = "trip_id,service_id\n\n,\nt1,daily\nt2,never\n"
    with pytest.raises(BadInput, match="row 5, column service_id"):
        read_gtfs(write(tmp_path / "f.zip", files))


def test_calls_are_ordered_by_their_sequence_and_not_by_their_rows(files, tmp_path: Path) -> None:
    head, *rows = files["stop_times.txt"].splitlines()
    files["stop_times.txt"] = "\n".join([head, *reversed(rows)])
    assert read_gtfs(write(tmp_path / "f.zip", files)).call_stop.tolist() == [0, 1, 2, 2, 0]


def test_marks_blanks_quotes_and_windows_line_ends_are_taken_off(files, tmp_path: Path) -> None:
    files = {name: ("\ufeff" + text.replace("\n", "\r\n")).encode() for name, text in files.items()}
    files["trips.txt"] = b'\xef\xbb\xbftrip_id , "service_id"\r\n"t1", daily \r\nt2,daily\r\n\r\n\r\n'
    assert read_gtfs(write(tmp_path / "f.zip", files)).start.tolist() == [0, 3, 5]


def test_a_call_without_times_gets_them_from_its_neighbours(files, tmp_path: Path) -> None:
    files["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,08:00:00,08:00:00,a,1\nt1,,,b,5\nt1,,,a,6\nt1,09:00:00,,c,7\nt2,,10:00:00,a,1\nt2,11:00:00,,b,2\n"
    )
    feed = read_gtfs(write(tmp_path / "f.zip", files))
    assert feed.arrival.tolist() == [28_800, 30_000, 31_200, 32_400, 36_000, 39_600]
    assert feed.departure.tolist() == [28_800, 30_000, 31_200, 32_400, 36_000, 39_600]


def test_days_can_be_added_and_taken_away_and_be_all_there_is(files, tmp_path: Path) -> None:
    files["trips.txt"] = "trip_id,service_id\nt1,daily\nt2,special\n"
    files["calendar.txt"] = EVERY_DAY + "daily,1,1,1,1,1,0,0,20260101,20261231\n"
    files["calendar_dates.txt"] = "service_id,date,exception_type\ndaily,20260619,2\nspecial,20260620,1\n"
    feed = read_gtfs(write(tmp_path / "f.zip", files))
    friday, saturday = date(2026, 6, 19), date(2026, 6, 20)
    assert [feed.trips_on(day) for day in (date(2026, 6, 18), friday, saturday, date(2026, 6, 21))] == [1, 0, 1, 0]
    del files["calendar.txt"]
    files["trips.txt"] = "trip_id,service_id\nt1,special\nt2,special\n"
    assert read_gtfs(write(tmp_path / "f.zip", files)).days() == (saturday, saturday)
    assert read_gtfs(write(tmp_path / "f.zip", files)).busiest_weekday() is None


def test_where_nobody_may_get_on_or_off_is_known(files, tmp_path: Path) -> None:
    files["stop_times.txt"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
        "t1,08:00:00,08:00:00,a,1,0,1\nt1,08:10:00,08:10:00,b,2,2,3\nt1,08:20:00,08:20:00,c,3,1,\n"
        "t2,08:00:00,08:00:00,a,1,,\nt2,09:00:00,09:00:00,b,2,,\n"
    )
    feed = read_gtfs(write(tmp_path / "f.zip", files))
    assert feed.boards.tolist() == [True, True, False, True, True]
    assert feed.alights.tolist() == [False, True, True, True, True]


def test_changes_between_stations_hold_for_all_their_stops(files, tmp_path: Path) -> None:
    head, a, b, c = files["stops.txt"].splitlines()
    files["stops.txt"] = "\n".join(
        [f"{head},location_type,parent_station", f"{a},0,S", f"{b},0,S", f"{c},,", "S,Station,,,1,"]
    )
    files["transfers.txt"] = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\n"
        "S,c,2,300,\nc,a,3,,\na,c,2,999,t1\na,b,0,,\n,,4,,t1\n"
    )
    feed = read_gtfs(write(tmp_path / "f.zip", files))
    assert feed.changes.tolist() == [[0, 2, 300], [1, 2, 300], [2, 0, FORBIDDEN]]
    assert any("2 transfers" in remark for remark in feed.remarks)


def test_a_stop_that_no_trip_calls_at_needs_no_place(files, tmp_path: Path) -> None:
    files["stops.txt"] += "entrance,Door,,\n"
    assert len(read_gtfs(write(tmp_path / "f.zip", files)).stop) == 4


def test_a_trip_with_one_call_is_told(files, tmp_path: Path) -> None:
    files["trips.txt"] += "r,daily,t3\n"
    files["stop_times.txt"] += "t3,08:00:00,08:00:00,a,1\n"
    assert read_gtfs(write(tmp_path / "f.zip", files)).remarks == (
        "1 trips with fewer than two stops take nobody anywhere.",
    )


STOP_TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,08:61:00,08:10:00,b,2\n", r"row 3, column arrival_time of stop_times\.txt: '08:61:00'"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,kahdeksan,08:10:00,b,2\n", r"row 3.*'kahdeksan'"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,999:00:00,999:10:00,b,2\n", r"row 3.*'999:00:00'"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,07:00:00,07:00:00,b,2\n", r"row 3.*'07:00:00' is before the departure"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,07:59:00,a,1\nt1,09:00:00,09:00:00,b,2\n", r"row 2.*'07:59:00' is before the arrival"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,,,b,2\n", r"row 3.*missing at an end"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,1\nt1,09:00:00,09:00:00,b,1\n", r"stop_sequence.*comes twice"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,a,-1\n", r"row 2, column stop_sequence.*'-1'"),
        ("stop_times.txt", STOP_TIMES + "t9,08:00:00,08:00:00,a,1\n", r"row 2, column trip_id.*'t9' is unknown: trips.txt"),
        ("stop_times.txt", STOP_TIMES + "t1,08:00:00,08:00:00,zz,1\n", r"row 2, column stop_id.*'zz' is unknown: stops.txt"),
        ("stop_times.txt", STOP_TIMES + "\nt1,08:00:00\nt1,08:00:00,08:00:00,zz,1\n", r"row 3.*2 fields"),
        ("stop_times.txt", "trip_id,stop_id\n", r"stop_times\.txt has no column stop_sequence"),
        ("stop_times.txt", b"trip_id,stop_id\n\xff\xfe,\xe5\n", r"stop_times\.txt"),
        ("stop_times.txt", b"", r"stop_times\.txt"),
        ("stops.txt", "stop_id,stop_lat,stop_lon\na,60,25\nb,north,25\nc,60,250\n", r"(?s)row 4, column stop_lon.*'250'.*row 3, column stop_lat.*'north'"),
        ("stops.txt", "stop_id,stop_lat,stop_lon\na,60,25\na,60,25\nb,60,25\nc,60,25\n", r"row 3, column stop_id.*'a' comes again"),
        ("stops.txt", "stop_id,stop_lat,stop_lon\na,,\nb,nan,25\nc,inf,25\n", r"(?s)row 2.*is no coordinate"),
        ("trips.txt", "trip_id,service_id\nt1,daily\nt2,never\n", r"row 3, column service_id.*'never' is unknown: no calendar"),
        ("trips.txt", "trip_id,service_id\nt1,daily\nt1,daily\n", r"row 3, column trip_id.*comes again"),
        ("calendar.txt", EVERY_DAY + "daily,1,1,1,yes,1,1,1,20260101,20261231\n", r"row 2, column thursday.*'yes'"),
        ("calendar.txt", EVERY_DAY + "daily,1,1,1,1,1,1,1,20260230,20261231\n", r"row 2, column start_date.*'20260230'"),
        ("calendar.txt", EVERY_DAY + "daily,1,1,1,1,1,1,1,20260301,20260228\n", r"end_date.*is before start_date"),
        ("calendar_dates.txt", "service_id,date,exception_type\ndaily,20260619,3\n", r"exception_type.*'3'"),
        ("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,06:00:00,07:00:00,0\n", r"headway_secs.*'0'"),
        ("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,08:00:00,07:00:00,60\n", r"end_time.*before start_time"),
        ("transfers.txt", "from_stop_id,to_stop_id,transfer_type\na,nowhere,2\n", r"to_stop_id.*'nowhere'"),
        ("transfers.txt", "from_stop_id,to_stop_id,transfer_type\n,a,2\n", r"from_stop_id.*is missing"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_file_row_and_column(file, content, told, files, tmp_path: Path) -> None:
    files[file] = content
    with pytest.raises(BadInput, match=told):
        read_gtfs(write(tmp_path / "f.zip", files))


@pytest.mark.parametrize("file", ["stops.txt", "trips.txt", "stop_times.txt", "calendar.txt"])
def test_a_missing_file_is_told(file: str, files, tmp_path: Path) -> None:
    del files[file]
    with pytest.raises(BadInput, match=rf"holds no {file}"):
        read_gtfs(write(tmp_path / "f.zip", files))


def test_files_in_a_folder_are_told(files, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"holds feed/stops\.txt, in a folder"):
        read_gtfs(write(tmp_path / "f.zip", {f"feed/{name}": text for name, text in files.items()}))


def test_a_path_out_of_the_zip_is_refused(files, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="leads outside"):
        read_gtfs(write(tmp_path / "f.zip", files | {"../../stops.txt": "stop_id\n"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(files, tmp_path: Path) -> None:
    path = write(tmp_path / "f.zip", files)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("stops.txt", "stop_id\n")
    with pytest.raises(BadInput, match=r"stops\.txt twice"):
        read_gtfs(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"stop_id,stop_lat\n"])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.zip").write_bytes(content)
    with pytest.raises(BadInput, match="not a whole ZIP"):
        read_gtfs(tmp_path / "f.zip")


def test_a_zip_cut_in_the_middle_is_refused(files, tmp_path: Path) -> None:
    path = write(tmp_path / "f.zip", files)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BadInput):
        read_gtfs(path)


def test_a_feed_without_rows_is_read_and_never_runs(files, tmp_path: Path) -> None:
    empty = {name: text.splitlines()[0] + "\n" for name, text in files.items()}
    feed = read_gtfs(write(tmp_path / "f.zip", empty))
    assert feed.days() is None
    assert feed.busiest_weekday() is None


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_over_a_feed_it_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    files = dict(tables(PLACES, TRIPS))
    name = data.draw(st.sampled_from(["stops.txt", "trips.txt", "stop_times.txt", "calendar.txt"]))
    text = files[name]
    at = data.draw(st.integers(0, len(text)))
    files[name] = text[:at] + data.draw(st.text(max_size=6)) + text[at + data.draw(st.integers(0, 6)) :]
    with contextlib.suppress(BadInput):
        assert len(read_gtfs(write(tmp_path / "f.zip", files)).call_stop) <= 6
