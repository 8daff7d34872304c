"""The Finland that ships: complete, consistent, sourced and quick to load."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from luukku.country.model import Country
from luukku.country.projection import to_metres
from luukku.errors import UnknownPlace


def test_there_are_the_309_municipalities_of_2021_in_19_regions(finland: Country) -> None:
    assert len(finland.municipalities) == 309
    assert len(finland.regions) == 19
    assert {town.region for town in finland.municipalities} == set(finland.region_by_code)


def test_cells_are_the_postal_areas_in_the_order_of_their_codes_each_once(finland: Country) -> None:
    codes = finland.cells.code.tolist()
    assert len(codes) == 3025
    assert codes == sorted(set(codes))


def test_the_mainland_has_about_five_and_a_half_million_people_and_aland_is_apart(finland: Country) -> None:
    mainland = finland.cells.people[finland.on_mainland].sum()
    assert 5_400_000 < mainland < 5_500_000
    assert finland.cells.people.sum() - mainland == pytest.approx(29_902)
    assert [region.name_sv for region in finland.regions if not region.mainland] == ["Åland"]


def test_every_cell_lies_in_a_known_municipality_and_region(finland: Country) -> None:
    assert set(finland.cells.municipality.tolist()) <= set(finland.municipality_by_code)
    assert "" not in finland.region_of_cell.tolist()


def test_every_municipality_has_a_population_in_every_year_from_2000_to_2022(finland: Country) -> None:
    for town in finland.municipalities:
        assert sorted(town.people) == list(range(2000, 2023))
        assert min(town.people.values()) > 0


def test_centres_lie_in_finland_and_their_metres_agree_with_their_degrees(finland: Country) -> None:
    x, y = to_metres([town.lon for town in finland.municipalities], [town.lat for town in finland.municipalities])
    assert np.abs(x - [town.x for town in finland.municipalities]).max() < 2
    assert np.abs(y - [town.y for town in finland.municipalities]).max() < 2


def test_a_centre_lies_near_the_areas_of_its_municipality(finland: Country) -> None:
    for town in finland.municipalities:
        own = finland.cells.take(finland.cells.municipality == town.code)
        assert np.hypot(own.x - town.x, own.y - town.y).min() < 30_000, town.name_fi


def test_languages_tell_the_majority_first(finland: Country) -> None:
    languages = {town.name_fi: town.languages for town in finland.municipalities}
    assert languages["Helsinki"] == "fi+sv"
    assert languages["Raasepori"] == "sv+fi"
    assert languages["Maarianhamina"] == "sv"
    assert languages["Tampere"] == "fi"


def test_the_two_centres_that_the_list_lacks_are_mended_and_said_so(finland: Country) -> None:
    by_name = {town.name_fi: town for town in finland.municipalities}
    mended = {mend.code for mend in finland.mends if "list of centres lacks" in mend.what}
    assert mended == {by_name["Tuusula"].code, by_name["Pertunmaa"].code}
    assert (by_name["Tuusula"].lon, by_name["Tuusula"].lat) == pytest.approx((25.03, 60.40), abs=0.05)
    assert (by_name["Pertunmaa"].lon, by_name["Pertunmaa"].lat) == pytest.approx((26.48, 61.50), abs=0.05)


def test_pertunmaa_is_kept_and_known_to_have_merged_into_mantyharju(finland: Country) -> None:
    merged = {town.name_fi: town.merged_into for town in finland.municipalities if town.merged_into}
    assert merged.keys() == {"Pertunmaa"}
    assert finland.municipality_by_code[merged["Pertunmaa"]].name_fi == "Mäntyharju"


def test_the_raw_rows_that_were_left_out_are_named_with_the_reason(finland: Country) -> None:
    left_out = {(mend.table, mend.code) for mend in finland.mends if mend.how.startswith("left out")}
    assert left_out == {("areas", "90600"), ("municipalities", "099"), ("municipalities", "838")}


def test_names_are_written_as_people_write_them(finland: Country) -> None:
    names = set(finland.cells.name.tolist())
    assert {"Jäniksenlinna", "Suomussalmi kk", "Urjala as", "Yli-Ii"} <= names
    assert not any(name.isupper() or not name for name in names)


def test_people_of_the_two_statistics_are_kept_side_by_side(finland: Country) -> None:
    conflict = next(conflict for conflict in finland.conflicts if conflict.about.startswith("People"))
    assert [figure.value for figure in conflict.figures] == [5_494_750, 5_563_970]


def test_every_source_says_what_it_is_and_every_data_set_under_which_licence(finland: Country) -> None:
    for source in finland.sources:
        assert source.kind in {"document", "dataset", "computation"}
        assert source.name
        assert source.licence or source.kind != "dataset"


def test_a_region_is_found_by_code_or_by_a_name_in_any_language(finland: Country) -> None:
    for name in ("12", "pohjois-karjala", " Norra Karelen ", "North Karelia"):
        assert finland.region(name).code == "12"


def test_an_unknown_region_is_refused_with_the_regions_there_are(finland: Country) -> None:
    with pytest.raises(UnknownPlace, match="Etelä-Karjala"):
        finland.region("Itä-Karjala")


def test_loading_finland_imports_no_table_map_or_projection_library() -> None:
    program = (
        "import sys, luukku.country as country; country.finland(); country.polygons();"
        "print([name for name in ('pandas', 'geopandas', 'shapely', 'pyproj', 'scipy', 'django') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
