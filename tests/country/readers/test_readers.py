from __future__ import annotations

import csv
import subprocess
import sys

import pytest

from luukku.country.readers.municipalities import Municipalities, former_municipalities


def test_importing_the_readers_imports_no_slow_library():
    slow = "{'pyarrow', 'pandas', 'geopandas', 'pyogrio', 'pyproj', 'openpyxl', 'shapely'}"
    code = f"import sys, luukku.country.readers; print(sorted({slow} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("year", ["2021", "2026"])
def test_former_municipalities_are_gone_and_what_they_became_is_there(year, shared_data):
    with (shared_data / f"finland/municipalities/municipalities_{year}.csv").open(encoding="utf-8") as file:
        names = {row["code"]: row["municipality_name_fi"] for row in csv.DictReader(file)}
    for former in former_municipalities().values():
        assert (former.code in names) == (former.year > int(year))
        assert names[former.into] == former.into_name


def test_a_code_nobody_has_is_answered_with_the_nearest_ones(country):
    what, _ = Municipalities(country).unknown("092")
    assert "091 Helsinki" in what


def test_without_a_country_only_codes_are_municipalities():
    anywhere = Municipalities(None)
    assert anywhere.code("91") == "091"
    assert anywhere.code("Helsinki") is None
