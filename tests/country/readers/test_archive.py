from __future__ import annotations

import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luukku.country.readers import archive
from luukku.country.readers.archive import check_zip, leads_outside, unpacked
from luukku.errors import BadInput


@pytest.fixture
def pack(tmp_path):
    def pack(**files: bytes):
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in files.items():
                packed.writestr(name.replace("__", "."), content)
        return tmp_path / "a.zip"

    return pack


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "C:\\a.csv", "..\\a.csv", "\\\\host\\a.csv"]
)
def test_a_path_outside_is_refused_and_nothing_is_written(name, tmp_path):
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(name, "x")
        packed.writestr("good.csv", "x")
    with pytest.raises(BadInput, match="leads outside"), unpacked(path, (".csv",)):
        pass
    assert [file.name for file in tmp_path.rglob("*")] == ["in", "a.zip"]


@given(
    st.lists(st.text("abc. -_åäö", min_size=1, max_size=8).filter(lambda part: part != ".."), min_size=1, max_size=4)
)
def test_ordinary_paths_do_not_lead_outside(parts):
    assert not leads_outside("/".join(parts))


def test_a_link_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(BadInput, match="link"):
        check_zip(tmp_path / "a.zip")


def test_a_bomb_is_refused_before_it_unpacks(pack):
    with pytest.raises(BadInput, match="bomb"):
        check_zip(pack(a__csv=b"0" * (64 * 2**20)))


def test_a_file_that_is_longer_than_the_zip_tells_is_refused(pack):
    path = pack(a__csv=b"abc" * 10_000)
    raw = bytearray(path.read_bytes())
    place = raw.rindex(b"PK\x01\x02") + 24  # the size in the central directory
    raw[place : place + 4] = (5).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    with pytest.raises(BadInput), unpacked(path, (".csv",)):
        pass


def test_too_many_files_are_refused(pack, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(BadInput, match="3 files"):
        check_zip(pack(a=b"", b=b"", c=b""))


def test_a_zip_must_hold_exactly_one_file_that_can_be_read(pack):
    with pytest.raises(BadInput, match="exactly one"), unpacked(pack(a__csv=b"1", b__csv=b"2"), (".csv",)):
        pass
    with pytest.raises(BadInput, match="no file that can be read"), unpacked(pack(a__md=b"1"), (".csv",)):
        pass


def test_a_torn_zip_is_refused(pack):
    path = pack(a__csv=b"abc" * 10_000)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BadInput, match="not a whole ZIP"):
        check_zip(path)


def test_the_unpacked_file_is_gone_afterwards(pack):
    with unpacked(pack(a__csv=b"abc"), (".csv",)) as file:
        assert file.read_bytes() == b"abc"
    assert not file.exists()
